"""Delregion: everything for one delregion beside the county."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import board, data, filters, frame, summary
from dashboard.components import markup, notes, profile
from dashboard.sections import talk
from etl.measures.population import latest_year, newest
from schemas import swedish
from schemas.catalogue import Evidence

if TYPE_CHECKING:
    from schemas.catalogue import Area


@lru_cache(maxsize=2)
def _lines(version: data.Version) -> list[board.Line]:
    return board.lines(data.judgements(version), data.catalogue())


@lru_cache(maxsize=32)
def _profile(version: data.Version, delregion: str) -> str:
    catalogue = data.catalogue()
    return profile.html(_lines(version), catalogue.areas[delregion], catalogue.county)


def show() -> None:
    """Draw the page."""
    catalogue = data.catalogue()
    version = data.version()
    heading = st.container()
    columns = st.columns(3)
    with columns[0]:
        division = filters.division()
    with columns[1]:
        delregion = filters.delregion(division, everything=None)
    place: Area = delregion or catalogue.delregioner(division.id)[0]
    found = _lines(version)
    pairs = board.with_target(found, place.id)
    own = [line.figures[place.id] for line in found if place.id in line.figures]
    members = catalogue.members(place.id)
    population = data.knowledge().population
    people = newest(population, members)
    with heading:
        frame.heading(
            summary.reached(place.name, pairs),
            f"{place.name} har {swedish.count_text(len(members), 'kommun', 'kommuner')} och "
            f"{swedish.number(sum(people.values()))} invånare (SCB, 31 december {latest_year(population)}).",
        )
        talk.lead(version, division.id, place)
        markup.show(notes.tally(board.tally([figure for _, figure in pairs])), key="tally")
        frame.example_notice(own)
    if all(figure.value is None for figure in own):
        st.info(
            f"Inga uppgifter är levererade för {place.name}. Leverera en fil på sidan Ladda upp.",
            icon=":material/info:",
        )
    talk.show(version, division.id, place)
    markup.show(_profile(version, place.id), key="profile")
    st.header(f"Kommunerna i {place.name}", anchor=False)
    markup.show(profile.municipalities(members, people), key="members")
    unsure = [
        catalogue.areas[row.municipality].name
        for row in catalogue.memberships
        if row.area == place.id and row.evidence in (Evidence.DERIVED, Evidence.UNCONFIRMED)
    ]
    if unsure:
        frame.remark(
            f"Att {swedish.listing(unsure)} hör hit är inte läst i en källa utan härlett eller obekräftat. "
            "Det kan ändras i katalogen, en rad per kommun.",
            key="unsure",
        )
    frame.footer()
