"""Granska: what waits to be published, what each of it would change, and the decision."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from dashboard import access, data, filters, frame, links, moment
from dashboard.components import markup, notes, report, waiting
from dashboard.sections import deciding, difference, story
from schemas import clock, swedish
from schemas.problem import Report
from schemas.roles import Action
from schemas.safe_name import safe_name
from schemas.words import SUBJECT_WORDS

_LEAD = (
    "Det som väntar syns inte på de andra sidorna förrän någon publicerar det. Här ser du vad som skulle ändras, "
    "innan det ändras."
)


def show() -> None:
    """Draw the page."""
    batches = data.batches(data.live())
    staged = batches.filter(pl.col("status") == "staged")
    seen = staged.filter(pl.col("batch").is_in(story.opened(staged)))
    frame.heading(_finding(seen.height), _LEAD)
    _done()
    if moment.day() is not None:
        st.info(
            "Det som väntar visas bara för i dag. Välj Visa dagens överst på sidan.", icon=":material/lock:"
        )
    elif seen.is_empty():
        _nothing(staged.height)
    else:
        numbers = sorted(seen["batch"].to_list())
        with st.columns(3)[0]:
            chosen = filters.waiting(numbers)
        markup.show(waiting.html(seen, chosen), key="waiting")
        _one(seen.filter(pl.col("batch") == chosen).row(0, named=True))
    frame.footer()


def _finding(count: int) -> str:
    if not count:
        return "Granska: ingenting väntar"
    return f"Granska: {swedish.count_text(count, 'leverans', 'leveranser')} väntar"


def _done() -> None:
    said = st.session_state.pop(deciding.DONE, None)
    if said:
        st.success(said, icon=":material/check:")
        markup.show(f"<p>{markup.link(links.href(links.OVERVIEW), 'Se översikten')}</p>", key="to-overview")


def _nothing(hidden: int) -> None:
    refusal = access.allowed(Action.INSPECT)
    if refusal is not None:
        st.info(refusal.reason, icon=":material/lock:")
    elif hidden:
        number = swedish.count_text(hidden, "leverans", "leveranser")
        st.info(
            f"{number} väntar, men rör indikatorer som du inte har någon roll för. {access.whom_to_ask()}",
            icon=":material/lock:",
        )
    else:
        address = links.href(links.UPLOAD)
        st.info(
            "Ingen leverans väntar på granskning. En fil som sparas på sidan Ladda upp utan att publiceras hamnar här.",
            icon=":material/info:",
        )
        markup.show(f"<p>{markup.link(address, 'Ladda upp en fil')}</p>", key="to-upload")


def _one(batch: dict[str, Any]) -> None:
    number = batch["batch"]
    st.header(f"Leverans {number}: {markup.plain(batch['name'])}", anchor=False)
    markup.show(notes.facts(_facts(batch)), key="batch-facts")
    with st.container(horizontal=True):
        st.download_button(
            "Hämta filen som den levererades",
            data=lambda: data.warehouse().original(number),
            file_name=safe_name(batch["name"]),
            mime="application/octet-stream",
            on_click="ignore",
            icon=":material/download:",
            key=f"original-{number}",
        )
    _warnings(number)
    st.header("Om leveransen publiceras", anchor=False)
    version = data.live()
    with st.spinner("Räknar ut vad som ändras …"):
        found = difference.of_batch(version, number)
    difference.show(found, key=difference.IN_ADDRESS)
    deciding.show(batch, version)


def _facts(batch: dict[str, Any]) -> list[tuple[str, str]]:
    rows = swedish.number(batch["observations"] + batch["allocations"])
    due = f"{clock.moment_text(batch['due'])} (svensk tid)" if batch["due"] else ""
    return [
        ("Ämne", ", ".join(SUBJECT_WORDS.get(job, job) for job in batch["jobs"])),
        ("Levererad", f"{clock.moment_text(batch['delivered_at'])} av {markup.text(batch['delivered_by'])}"),
        ("Innehåll", f"{rows}\u00a0tal"),
        ("Anteckning", markup.text(batch["note"] or "")),
        ("Publiceras", due),
    ]


def _warnings(number: int) -> None:
    warnings = data.warehouse().problems(number)
    if warnings.is_empty():
        frame.remark("Kontrollen hade inget att varna för.", key="no-warnings")
        return
    said = swedish.count_text(warnings.height, "varning", "varningar")
    st.warning(f"Kontrollen gav {said}. De hindrar inte publicering.", icon=":material/warning:")
    with st.expander("Läs varningarna"):
        markup.show(report.grouped(Report.of(warnings), "warning"), key="batch-warnings")
