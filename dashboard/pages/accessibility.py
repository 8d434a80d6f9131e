"""Tillgänglighetsredogörelse: what the law asks for, and what is known of how far the pages meet it."""

from __future__ import annotations

import streamlit as st

from dashboard import frame
from dashboard.components import accessibility, markup
from etl.settings import settings


def show() -> None:
    """Draw the page."""
    found = settings()
    frame.heading("Tillgänglighetsredogörelse", accessibility.summary(found.owner))
    for place, (name, said) in enumerate(accessibility.parts(found.owner, found.accessibility_contact)):
        st.header(name, anchor=False)
        markup.show(said, key=f"part-{place}")
    frame.footer()
