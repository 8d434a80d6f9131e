"""Rättelser: which published figures were changed afterwards, for everybody to read."""

from __future__ import annotations

from functools import lru_cache

import polars as pl
import streamlit as st

from dashboard import data, filters, frame
from dashboard.components import corrections, markup
from etl.jobs.corrected import Kind
from schemas import clock, swedish
from schemas.catalogue import Subject

#: How many publications the page lists before all are asked for.
SHOWN = 30

_LEAD = (
    "Här står varje tal som har visats på sidorna och sedan ändrats, tagits bort eller kommit tillbaka: när det "
    "hände, vad som stod, vad som står nu och varför. Ett tal för en ny period är ingen rättelse. Tal som är så små "
    "att de inte visas i dag är utelämnade."
)


def show() -> None:
    """Draw the page."""
    catalogue = data.catalogue()
    version = data.version()
    heading = st.container()
    columns = st.columns(3)
    with columns[0]:
        subject = filters.subject()
    with st.spinner("Jämför alla publiceringar …"):
        real, told = _told(version, subject)
    with heading:
        frame.heading(_finding(real), _LEAD)
    if real.is_empty():
        st.info(_nothing(), icon=":material/info:")
    shown = len(told)
    if shown > SHOWN and not filters.switch(f"Visa alla {shown} publiceringar", filters.ALL_CORRECTIONS):
        shown = SHOWN
    if told:
        markup.show(_html(version, subject, shown), key="corrections")
    if real.height:
        st.download_button(
            "Hämta alla rättelser som CSV",
            data=lambda: corrections.download(real, catalogue),
            file_name="rattelser.csv",
            mime="text/csv",
            on_click="ignore",
            key="corrections-csv",
        )
    frame.footer()


@lru_cache(maxsize=8)
def _told(
    version: data.Version, subject: Subject | None
) -> tuple[pl.DataFrame, list[corrections.Publication]]:
    """The corrected real figures of a subject, and all there is to tell, a publication at a time."""
    catalogue = data.catalogue()
    found = data.corrections(version)
    if subject is not None:
        about = [item.id for item in catalogue.indicators.values() if item.subject is subject]
        found = found.filter(pl.col("indicator").is_in(about))
    real = found.filter(pl.col("kind") != Kind.EXAMPLE_REPLACED)
    return real, corrections.publications(found, catalogue)


@lru_cache(maxsize=8)
def _html(version: data.Version, subject: Subject | None, shown: int) -> str:
    return corrections.html(_told(version, subject)[1][:shown], data.catalogue())


def _finding(real: pl.DataFrame) -> str:
    if real.is_empty():
        return "Inga tal har rättats"
    publications = swedish.count_text(real["version"].n_unique(), "publicering", "publiceringar")
    return f"{swedish.count_text(real.height, 'tal', 'tal')} har rättats, vid {publications}"


def _nothing() -> str:
    first = data.first_day(data.live())
    if first is None:
        return "Ingenting är publicerat ännu, så det finns inget att rätta."
    return (
        f"Inget verkligt tal som har publicerats har ändrats eller tagits bort i efterhand sedan "
        f"{clock.day_text(first)}, då de första uppgifterna kom. Exempeldata räknas inte."
    )
