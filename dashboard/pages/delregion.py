"""Delregion: everything for one delregion, or one of its municipalities, beside the county."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import board, data, filters, frame, place, recent, summary
from dashboard.components import markup, members, notes, profile
from dashboard.sections import own_place, purse, talk
from etl.measures.population import latest_year, newest
from schemas import swedish
from schemas.catalogue import Evidence

if TYPE_CHECKING:
    from dashboard.board import Figure
    from schemas.catalogue import Area


@lru_cache(maxsize=2)
def _lines(version: data.Version) -> list[board.Line]:
    return board.lines(data.judgements(version), data.catalogue())


@lru_cache(maxsize=64)
def _profile(version: data.Version, delregion: str, municipality: str | None) -> str:
    """The profile and the municipalities; the same for all readers of a version."""
    catalogue, found = data.catalogue(), _lines(version)
    within = catalogue.areas[delregion]
    inside = catalogue.members(delregion)
    shown = profile.Place(
        catalogue.areas[municipality or delregion],
        within,
        catalogue.county,
        inside,
        recent.recent(version),
    )
    table = members.html(found, within, inside, _people(inside), chosen=municipality)
    return profile.html(found, shown) + table


def show() -> None:
    """Draw the page."""
    version = data.version()
    heading, where = frame.finding(), st.container()
    mine = place.mine()
    with where:
        columns = st.columns(4, vertical_alignment="bottom")
        with columns[0]:
            division = place.division(mine)
        with columns[1]:
            delregion = filters.own_delregion(division, place.usual(division.id, mine))
        with columns[2]:
            municipality = filters.municipality(delregion)
        with columns[3]:
            own_place.button(delregion)
        own_place.remark(delregion)
    shown = municipality or delregion
    found = _lines(version)
    own = [line.figures[shown.id] for line in found if shown.id in line.figures]
    pairs = board.with_target(found, shown.id)
    with heading:
        frame.heading(summary.reached(shown.name, pairs))
    _below(version, pairs, own, delregion, municipality)
    if all(figure.value is None for figure in own):
        st.info(
            f"Inga uppgifter är levererade för {shown.name}. Leverera en fil på sidan Ladda upp.",
            icon=":material/info:",
        )
    if municipality is None:
        talk.show(version, division.id, delregion)
    drawn = _profile(version, delregion.id, municipality.id if municipality else None)
    markup.show(drawn, key="profile")
    purse.show(version, delregion, municipality)
    _unsure(delregion)
    frame.footer()
    own_place.say(division, delregion)


def _below(
    version: data.Version,
    pairs: list[tuple[board.Line, Figure]],
    own: list[Figure],
    delregion: Area,
    municipality: Area | None,
) -> None:
    """What is said before the tables."""
    frame.below(_lead(delregion.id, municipality.id if municipality else None))
    if municipality is None:
        talk.lead(version, delregion.division or "", delregion)
    markup.show(notes.tally(board.tally([figure for _, figure in pairs])), key="tally")
    frame.example_notice(own)


@lru_cache(maxsize=64)
def _lead(delregion: str, municipality: str | None) -> str:
    """Who lives there; as the catalogue has it, which is read once a process."""
    catalogue = data.catalogue()
    within, inside = catalogue.areas[delregion], catalogue.members(delregion)
    own = catalogue.areas[municipality] if municipality else None
    living = (
        f"{swedish.number(sum(_people([own] if own else inside).values()))} invånare (SCB, 31 december "
        f"{latest_year(data.knowledge().population)})."
    )
    if own:
        return f"{swedish.municipality_name(own.name)} i {within.name} har {living}"
    return f"{within.name} har {swedish.count_text(len(inside), 'kommun', 'kommuner')} och {living}"


def _people(areas: list[Area]) -> dict[str, int]:
    return newest(data.knowledge().population, areas)


def _unsure(delregion: Area) -> None:
    catalogue = data.catalogue()
    unsure = [
        catalogue.areas[row.municipality].name
        for row in catalogue.memberships
        if row.area == delregion.id and row.evidence in (Evidence.DERIVED, Evidence.UNCONFIRMED)
    ]
    if unsure:
        frame.remark(
            f"Att {swedish.listing(unsure)} hör hit är inte läst i en källa utan härlett eller obekräftat. "
            "Det kan ändras i katalogen, en rad per kommun.",
            key="unsure",
        )
