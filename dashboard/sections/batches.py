"""What was delivered before, and changing its status."""

from __future__ import annotations

import streamlit as st

from dashboard import access, data
from dashboard.components import history, markup
from etl.jobs.publishing import publish, restore, withdraw
from etl.warehouse import WarehouseError

#: Where the page keeps the word about what was just done, to show it after the rerun.
DONE = "_delivery_done"


def show() -> None:
    """The delivered files, newest first, and a way to publish, withdraw or restore one."""
    batches = data.batches(data.version())
    st.header("Leveranser", anchor=False)
    if batches.is_empty():
        st.info("Inga filer är levererade ännu.", icon=":material/info:")
        return
    markup.show(history.html(batches), key="history")
    if access.may_write():
        _change_batch(batches["batch"].to_list(), dict(zip(batches["batch"], batches["status"], strict=True)))


def _change_batch(numbers: list[int], status: dict[int, str]) -> None:
    with st.expander("Publicera, återkalla eller återställ en leverans"):
        number = st.selectbox("Leverans", numbers, key="batch", format_func=lambda item: f"Leverans {item}")
        verbs = {
            "staged": ("Publicera", publish, "publicerad"),
            "published": ("Återkalla", withdraw, "återkallad"),
            "withdrawn": ("Återställ", restore, "återställd"),
        }
        if status[number] not in verbs:
            st.markdown("Leveransen är avvisad och kan inte ändras.")
            return
        verb, change, done = verbs[status[number]]
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
