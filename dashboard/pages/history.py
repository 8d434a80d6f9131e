"""Historik: every event, and each batch with its story."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from dashboard import access, data, filters, frame, log
from dashboard.components import history, markup
from dashboard.sections import story
from dashboard.words import SUBJECTS
from schemas import swedish
from schemas.roles import Action

#: How many events the page lists before all are asked for.
SHOWN = 100

_LEAD = (
    "Allt som har hänt med det som är levererat: vad, när, varför och vilken version av uppgifterna det gav. "
    "Ingenting tas bort. Det som återkallas kan återställas."
)
_FOR_READERS = (
    "Du ser det som har publicerats, återkallats och återställts. Filernas namn, vem som gjorde vad och det som "
    "väntar visas för den som får se leveranser."
)


def show() -> None:
    """Draw the page."""
    version = data.version()
    batches = data.batches(version)
    opened = story.opened(batches)
    everything = _entries(version, opened)
    told = sorted({entry.batch for entry in everything}, reverse=True)
    heading = st.container()
    columns = st.columns(3)
    with columns[0]:
        batch = filters.batch(told)
    with columns[1]:
        subject = filters.subject()
    person = None
    if opened:
        with columns[2]:
            person = filters.person(log.people(everything))
    with heading:
        events = swedish.count_text(len(everything), "händelse", "händelser")
        of = swedish.count_text(len(told), "leverans", "leveranser")
        frame.heading(
            f"Historik: {events} i {of}" if told else "Historik: ingenting är levererat ännu", _LEAD
        )
        refusal = access.allowed(Action.INSPECT)
        if refusal is not None:
            frame.remark(_FOR_READERS, key="for-readers")
    story.done()
    if batch is not None:
        told_of = log.chosen(everything, batch=batch)
        story.show(batches.filter(batch=batch).row(0, named=True), told_of, opened=batch in opened)
    else:
        word = SUBJECTS[subject] if subject else None
        _events(log.chosen(everything, subject=word, person=person), opened=bool(opened))
    frame.footer()


@lru_cache(maxsize=8)
def _entries(version: data.Version, opened: frozenset[int]) -> list[log.Entry]:
    """Everything that somebody who may inspect these batches may see."""
    return log.entries(data.events(version), data.batches(version), data.sources(data.live()), opened)


def _events(found: list[log.Entry], *, opened: bool) -> None:
    st.header("Händelser", anchor=False)
    if not found:
        st.info("Inga händelser passar med valen ovanför.", icon=":material/info:")
        return
    shown = found
    if len(found) > SHOWN and not filters.switch(f"Visa alla {len(found)} händelser", filters.ALL_EVENTS):
        shown = found[:SHOWN]
        frame.remark(f"De {SHOWN} senaste av {swedish.number(len(found))}.", key="some-events")
    markup.show(history.log(shown, opened=opened), key="events")
    st.download_button(
        "Hämta händelserna som CSV",
        data=lambda: log.download(found),
        file_name="historik.csv",
        mime="text/csv",
        on_click="ignore",
        key="events-csv",
    )
