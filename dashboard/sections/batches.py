"""What was delivered before, each with a way to what can be done with it."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import access, data, frame, links
from dashboard.components import history, markup
from dashboard.sections import story
from schemas import swedish
from schemas.roles import Action

#: Where the page keeps the word about what was just done, to show it after the rerun.
DONE = "_delivery_done"


def show() -> None:
    """The delivered files that may be inspected, newest first; what waits is reviewed, the rest is in the history."""
    batches = data.batches(data.version())
    st.header("Leveranser", anchor=False)
    hidden = access.allowed(Action.INSPECT)
    if hidden is not None:
        frame.remark(hidden.reason, key="batches-hidden")
        return
    if batches.is_empty():
        st.info("Inga filer är levererade ännu.", icon=":material/info:")
        return
    batches = batches.filter(pl.col("batch").is_in(story.opened(batches)))
    if batches.is_empty():
        st.info("Ingen fil är levererad som rör det du har en roll för.", icon=":material/info:")
        return
    waiting = batches.filter(pl.col("status") == "staged").height
    if waiting:
        number = swedish.count_text(waiting, "leverans", "leveranser")
        address = links.href(links.REVIEW)
        markup.show(f"<p>{markup.link(address, f'{number} väntar på granskning')}.</p>", key="to-review")
    markup.show(history.html(batches), key="history")
    address = links.href(links.HISTORY)
    markup.show(
        f"<p>{markup.link(address, 'Historik')} har allt som har hänt. Där återkallas och återställs leveranser.</p>",
        key="to-history",
    )
