"""Ladda upp: drop a file, see what it was recognised as and what is wrong or new, and publish it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import access, data, frame, links
from dashboard.components import markup
from dashboard.sections import batches, delivered, difference, mapped, templates
from etl.jobs.delivery import check
from schemas.roles import Action

if TYPE_CHECKING:
    from etl.jobs.delivery import Checked

_CHECKED = "_checked"


def show() -> None:
    """Draw the page."""
    frame.heading(
        "Leverera en fil",
        "Släpp en fil i rutan. Den läses och kontrolleras, och du ser allt som är fel innan något sparas. "
        "Ingenting ändras på de andra sidorna förrän du publicerar.",
    )
    refusal = access.allowed(Action.DELIVER)
    if refusal is not None:
        st.info(refusal.reason, icon=":material/lock:")
        _tell_done()
    else:
        _deliver()
    templates.show()
    batches.show()
    frame.footer()


def _deliver() -> None:
    uploaded = st.file_uploader(
        "Fil från Folkhälsomyndigheten, Kolada, i vår egen mall eller en egen tabell (högst 200\u00a0MB)",
        key="delivery",
        max_upload_size=200,
    )
    _tell_done()
    if uploaded is None:
        st.session_state.pop(_CHECKED, None)
        return
    content = uploaded.getvalue()
    key = hashlib.sha256(content).hexdigest()
    checked = _checked(content, key)
    if not mapped.show(checked, uploaded.name, key):
        delivered.show(checked, content, uploaded.name)


def _tell_done() -> None:
    """What became of the last thing that was done with a file or a batch."""
    done = st.session_state.pop(batches.DONE, None)
    if done:
        st.success(done, icon=":material/check:")
        markup.show(f"<p>{markup.link(links.href(links.OVERVIEW), 'Se översikten')}</p>", key="to-overview")


def _checked(content: bytes, key: str) -> Checked:
    """What the file holds; read once a file and a way to read it, not once a rerun."""
    told, mappings = mapped.told(key), mapped.remembered(data.live())
    kept: tuple[object, Checked] | None = st.session_state.get(_CHECKED)
    if kept is None or kept[0] != (key, told, mappings):
        with st.spinner("Läser och kontrollerar filen …"):
            checked = check(
                content, data.knowledge(), mappings=mappings, mapping=told, published=difference.published()
            )
        kept = ((key, told, mappings), checked)
        st.session_state[_CHECKED] = kept
    return kept[1]
