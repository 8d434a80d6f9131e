"""Withdrawing and restoring a batch: first what would change, then the reason, then the button."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from dashboard import access, data, frame, links
from dashboard.components import markup
from dashboard.sections import difference
from etl.jobs import publishing
from etl.warehouse import WarehouseError
from schemas.roles import Action

if TYPE_CHECKING:
    from collections.abc import Callable

    from etl.warehouse import Receipt

#: Where the page keeps the word about what was just done, to show it after the rerun.
DONE = "_turned"

#: The batch that is about to be changed.
_CHOSEN = "_turning"

_LONGEST_NOTE = 500


class _Turn(NamedTuple):
    """What can be done with a batch in one status."""

    action: Action
    verb: str
    done: str
    does: Callable[..., Receipt]


_TURNS = {
    "published": _Turn(Action.WITHDRAW, "Återkalla", "återkallad", publishing.withdraw),
    "withdrawn": _Turn(Action.RESTORE, "Återställ", "publicerad igen", publishing.restore),
    "rejected": _Turn(Action.RESTORE, "Återställ", "återställd och väntar igen", publishing.restore),
}


def show(number: int, status: str) -> None:
    """What can be done with a batch; where nothing can, why not."""
    if status == "staged":
        address = links.href(links.REVIEW, leverans=str(number))
        markup.show(
            f"<p>Leveransen väntar. {markup.link(address, 'Granska och publicera eller avvisa den')}.</p>",
            key="to-review",
        )
        return
    turn = _TURNS[status]
    refusal = access.allowed_for(turn.action, number)
    if refusal is not None:
        frame.remark(refusal.reason, key="may-not-turn")
        return
    if st.session_state.get(_CHOSEN) != (number, status):
        st.button(
            f"{turn.verb} leverans {number} …", key="turn", on_click=_choose, args=((number, status),),
        )  # fmt: skip
        return
    _confirm(number, status, turn)


def _choose(chosen: tuple[int, str] | None) -> None:
    st.session_state[_CHOSEN] = chosen


def _confirm(number: int, status: str, turn: _Turn) -> None:
    version = data.live()
    with st.container(border=True, key="turning"):
        st.subheader(f"{turn.verb} leverans {number}", anchor=False)
        if status == "rejected":
            st.markdown("Leveransen väntar då på publicering igen. Ingenting ändras på sidorna.")
        else:
            with st.spinner("Räknar ut vad som ändras …"):
                found = difference.of_batch(version, number)
            difference.show(found, key="turning-difference")
        needed = turn.action is Action.WITHDRAW
        note = st.text_area(
            "Varför? Det visas för alla på sidorna Historik och Rättelser."
            if needed
            else "Varför? (frivilligt, visas för alla)",
            key=f"turning-note-{number}",
            max_chars=_LONGEST_NOTE,
            height=80,
        )
        with st.container(horizontal=True):
            # What is confirmed is what was shown: in another version the button is another one.
            sure = st.button(f"{turn.verb} leverans {number}", type="primary", key=f"turn-{number}-{version}")
            st.button("Avbryt", key="turn-not", on_click=_choose, args=(None,))
        if sure:
            _turn(number, turn, (note or "").strip() or None, version, needed=needed)


def _turn(number: int, turn: _Turn, note: str | None, version: int, *, needed: bool) -> None:
    if needed and note is None:
        st.error("Skriv varför leveransen återkallas.", icon=":material/error:")
        return
    try:
        with st.spinner("Räknar om …"):
            turn.does(
                data.warehouse(), number, knowledge=data.knowledge(), by=access.user(), note=note,
                permit=access.permit(shown=version),
            )  # fmt: skip
    except WarehouseError as error:
        st.error(str(error), icon=":material/error:")
        return
    _choose(None)
    st.session_state[DONE] = f"Leverans {number} är {turn.done}."
    st.rerun()
