"""Datakvalitet: how fresh and complete the figures are, and when and from whom the next ones are due."""

from __future__ import annotations

import streamlit as st

from dashboard import data, filters, frame, quality
from dashboard.components import markup, quality_table
from etl.measures.data_quality import Freshness
from schemas import clock

_HOW = (
    "Katalogen säger hur ofta en ny uppgift väntas, men inte hur lång tid det tar efter periodens slut. En uppgift "
    "räknas därför som försenad först när en hel uppdatering har uteblivit."
)


def show() -> None:
    """Draw the page."""
    heading = st.container()
    columns = st.columns(3)
    with columns[0]:
        division = filters.division()
    with columns[1]:
        subject = filters.subject()
    version, today = data.version(), quality.day()
    counts, table = quality.shown(version, today, division.id, subject)
    with heading:
        frame.heading(quality.finding(counts), f"Läget {clock.day_text(today)}. {_HOW}")
        markup.show(quality_table.tally(counts), key="tally")
    if not sum(counts[kind] for kind in Freshness if kind is not Freshness.LACKING):
        st.info(
            "Inga uppgifter är levererade än. Leverera en fil på sidan Ladda upp.", icon=":material/info:"
        )
    markup.show(table, key="quality")
    st.download_button(
        "Hämta som CSV",
        quality.as_csv(version, today, division.id, subject),
        file_name=f"datakvalitet-{today.isoformat()}.csv",
        mime="text/csv",
        icon=":material/download:",
    )
    markup.show(quality_table.legend(), key="legend")
    frame.footer()
