"""Ordlista: every term of the pages with its definition."""

from __future__ import annotations

import streamlit as st

from dashboard import frame
from dashboard.components import markup, term
from dashboard.glossary import TERMS

#: The name of a term in addresses.
KEY = "ord"


def show() -> None:
    """Draw the page, and first the term that the address asks for."""
    asked = st.query_params.get(KEY)
    found = TERMS.get(asked or "")
    frame.heading(
        "Ordlista",
        f"{len(TERMS)} ord så som de används här. Ord med prickad understrykning på sidorna "
        "förklaras när du väljer dem.",
    )
    if found:
        markup.show(term.one(found), key="asked")
    elif asked:
        st.warning(markup.plain(f"”{asked[:40]}” finns inte i ordlistan."), icon=":material/info:")
    markup.show(term.glossary(), key="glossary")
    frame.footer()
