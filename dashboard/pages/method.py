"""Metod: every formula in use, its source, and every departure from the tools it is taken from."""

from __future__ import annotations

import streamlit as st

from dashboard import frame
from dashboard.components import markup, method
from dashboard.components.method_figures import FIGURES, UNCERTAINTY
from dashboard.components.method_signals import COMPARED, EQUAL, REAL
from dashboard.components.method_targets import FROM_FINGERTIPS, FROM_MAKING_DATA_COUNT, JUDGEMENTS, TARGETS

GROUPS = (FIGURES, UNCERTAINTY, REAL, COMPARED, TARGETS, EQUAL)


def show() -> None:
    """Draw the page."""
    count = sum(len(group.methods) for group in GROUPS)
    frame.heading(
        "Så räknar vi",
        f"{count} metoder med formel och källa, och varje avsteg från de verktyg som de är hämtade från. Talen på "
        "sidan är de som programmet räknar med. Om uppgifterna och källorna står det på sidan Om.",
    )
    for place, group in enumerate(GROUPS):
        st.header(group.name, anchor=False)
        markup.show(method.html(group.methods), key=f"group-{place}")
        if group is TARGETS:
            markup.show(
                method.table(
                    "Bedömningen: den första raden som passar gäller", ["Läge", "Bedömning"], JUDGEMENTS
                ),
                key="judgements",
            )
    st.header("Avsteg, och varför", anchor=False)
    markup.show(
        method.departures("Avsteg från Making Data Count", FROM_MAKING_DATA_COUNT), key="making-data-count"
    )
    markup.show(method.departures("Avsteg från Fingertips", FROM_FINGERTIPS), key="fingertips")
    frame.footer()
