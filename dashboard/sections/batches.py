"""What was delivered before, and changing its status."""

from __future__ import annotations

import streamlit as st

from dashboard import access, data, frame
from dashboard.components import history, markup
from etl.jobs.publishing import publish, restore, withdraw
from etl.warehouse import WarehouseError
from schemas.roles import Action

#: Where the page keeps the word about what was just done, to show it after the rerun.
DONE = "_delivery_done"

#: What can be done with a batch, by its status: the action, the button's word, what does it, what it then is.
_VERBS = {
    "staged": (Action.PUBLISH, "Publicera", publish, "publicerad"),
    "published": (Action.WITHDRAW, "Återkalla", withdraw, "återkallad"),
    "withdrawn": (Action.RESTORE, "Återställ", restore, "återställd"),
}


def show() -> None:
    """The delivered files, newest first, and a way to publish, withdraw or restore one."""
    batches = data.batches(data.version())
    st.header("Leveranser", anchor=False)
    hidden = access.allowed(Action.INSPECT)
    if hidden is not None:
        frame.remark(hidden.reason, key="batches-hidden")
        return
    if batches.is_empty():
        st.info("Inga filer är levererade ännu.", icon=":material/info:")
        return
    markup.show(history.html(batches), key="history")
    if any(access.allowed(verb[0]) is None for verb in _VERBS.values()):
        _change_batch(batches["batch"].to_list(), dict(zip(batches["batch"], batches["status"], strict=True)))


def _change_batch(numbers: list[int], status: dict[int, str]) -> None:
    with st.expander("Publicera, återkalla eller återställ en leverans"):
        number = st.selectbox("Leverans", numbers, key="batch", format_func=lambda item: f"Leverans {item}")
        if status[number] not in _VERBS:
            st.markdown("Leveransen är avvisad och kan inte ändras.")
            return
        action, verb, change, done = _VERBS[status[number]]
        refusal = access.allowed_for(action, number)
        if refusal is not None:
            st.info(refusal.reason, icon=":material/lock:")
            return
        if not st.button(f"{verb} leverans {number}", key="change-batch"):
            return
        try:
            change(
                data.warehouse(),
                number,
                by=access.user(),
                note=None,
                knowledge=data.knowledge(),
                permit=access.permit(),
            )
        except WarehouseError as error:
            st.error(str(error), icon=":material/error:")
            return
        st.session_state[DONE] = f"Leverans {number} är {done}."
        st.rerun()
