"""What can be done with a batch that waits: comment it, publish it now or at a set time, reject it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
import streamlit as st

from dashboard import access, data, frame
from dashboard.components import markup, waiting
from etl.jobs.publishing import publish
from etl.warehouse import WarehouseError
from schemas import clock
from schemas.clock import SWEDEN
from schemas.roles import Action

if TYPE_CHECKING:
    from collections.abc import Callable

#: Where the page keeps the word about what was just done, to show it after the rerun.
DONE = "_decided"

_LONGEST = 500

#: When a meeting of the day has begun.
_MORNING = time(8, 0)


def show(batch: dict[str, Any], version: int) -> None:
    """Comments, and the buttons that the one at the browser may press; where he may not, why.

    Args:
        batch: One staged row of `Snapshot.batches`.
        version: The version that the difference on screen was found in.
    """
    number = batch["batch"]
    _comments(number)
    st.header("Beslut", anchor=False)
    refusal = access.allowed_for(Action.PUBLISH, number)
    if refusal is not None:
        st.info(refusal.reason, icon=":material/lock:")
    else:
        _publish(number, version)
        _schedule(batch)
    if access.allowed_for(Action.REJECT, number) is None:
        _reject(number)


def _comments(number: int) -> None:
    st.header("Kommentarer", anchor=False)
    said = data.events(data.live()).filter((pl.col("batch") == number) & (pl.col("action") == "commented"))
    if said.is_empty():
        frame.remark("Ingen har kommenterat leveransen.", key="no-comments")
    else:
        markup.show(waiting.comments(said), key="comments")
    if access.allowed_for(Action.COMMENT, number) is not None:
        return
    with st.form(f"comment-{number}", clear_on_submit=True, border=False):
        text = st.text_area("Ny kommentar", key=f"comment-text-{number}", max_chars=_LONGEST, height=80)
        sent = st.form_submit_button("Kommentera")
    if sent:
        _do(
            lambda: data.warehouse().comment(number, text, by=access.user(), permit=access.permit()),
            "Kommentaren är sparad.",
        )


def _publish(number: int, version: int) -> None:
    note = st.text_input(
        "Anteckning till beslutet (frivillig, visas för alla när leveransen är publicerad)",
        key=f"decision-note-{number}",
        max_chars=_LONGEST,
    )
    # What is published is what was shown: in another version the button is another one.
    if st.button(f"Publicera leverans {number}", type="primary", key=f"publish-{number}-{version}"):
        _do(
            lambda: publish(
                data.warehouse(), number, knowledge=data.knowledge(), by=access.user(),
                note=note.strip() or None, permit=access.permit(shown=version),
            ),
            f"Leverans {number} är publicerad.",
        )  # fmt: skip


def _schedule(batch: dict[str, Any]) -> None:
    number = batch["batch"]
    if batch["due"] is not None:
        frame.remark(f"Leveransen publiceras {clock.moment_text(batch['due'])}, svensk tid.", key="due")
        if st.button("Ta bort tiden", key=f"unschedule-{number}"):
            _do(
                lambda: data.warehouse().unschedule(number, by=access.user(), permit=access.permit()),
                f"Leverans {number} publiceras inte längre av sig själv.",
            )
    with st.expander("Publicera vid en viss tid"), st.form(f"schedule-{number}", border=False):
        columns = st.columns(2)
        day = columns[0].date_input(
            "Dag", value=clock.today() + timedelta(days=1), min_value=clock.today(), format="YYYY-MM-DD",
            key="schedule-day",
        )  # fmt: skip
        at = columns[1].time_input("Klockslag (svensk tid)", value=_MORNING, step=900, key="schedule-time")
        frame.remark(
            "Skillnaden räknas om när det är dags. Det som är publicerat kan ha ändrats till dess.",
            key="schedule-remark",
        )
        sent = st.form_submit_button("Bestäm tiden")
    if sent:
        _set_time(number, day, at)


def _set_time(number: int, day: Any, at: Any) -> None:
    if day is None or at is None:
        st.error("Välj både dag och klockslag.", icon=":material/error:")
        return
    due = datetime.combine(day, at, tzinfo=SWEDEN)
    actor = access.actor()
    _do(
        lambda: data.warehouse().schedule(
            number, due, by=access.user(), trusted=actor is not None and actor.trusted, permit=access.permit(),
        ),
        f"Leverans {number} publiceras {clock.moment_text(due)}.",
    )  # fmt: skip


def _reject(number: int) -> None:
    with st.expander("Avvisa leveransen"):
        note = st.text_area(
            "Varför? Den som levererade ser det.", key=f"reject-note-{number}", max_chars=_LONGEST, height=80
        )
        if not st.button(f"Avvisa leverans {number}", key=f"reject-{number}"):
            return
        if not (note or "").strip():
            st.error("Skriv varför leveransen avvisas.", icon=":material/error:")
            return
        _do(
            lambda: data.warehouse().reject(
                number, by=access.user(), note=note.strip(), permit=access.permit()
            ),
            f"Leverans {number} är avvisad. Ingenting är ändrat på sidorna.",
        )


def _do(change: Callable[[], object], done: str) -> None:
    try:
        with st.spinner("Sparar …"):
            change()
    except WarehouseError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.session_state[DONE] = done
    st.rerun()
