"""Översikt: the most important sentence first, then every target × every delregion and the county."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import board, data, filters, frame, summary
from dashboard.components import markup, matrix, notes, outcome, signal_icons, term
from dashboard.recent import recent
from dashboard.sections import address, since, talk
from dashboard.since import Chosen
from schemas.catalogue import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date


@lru_cache(maxsize=8)
def _lines(version: data.Version, subject: Subject | None) -> list[board.Line]:
    return board.lines(data.judgements(version), data.catalogue(), subject=subject)


@lru_cache(maxsize=64)
def _matrix(
    version: data.Version, subject: Subject | None, division: str, delregion: str | None, day: date | None
) -> str:
    catalogue = data.catalogue()
    columns = [
        catalogue.county,
        *(area for area in catalogue.delregioner(division) if delregion in (None, area.id)),
    ]
    drawn = matrix.html(
        _lines(version, subject),
        columns,
        division=division,
        caption=f"Alla mål för länet och {catalogue.divisions[division].name.lower()}: "
        "värde, bedömning, förändring och utveckling.",
        trends=recent(version),
        since=since.marks(version, day) if day else None,
    )
    return (
        f'<div class="fp-scroll fp-whole" tabindex="0" role="region" aria-label="Målöversikt">{drawn}</div>'
    )


def ahead(version: int) -> Iterator[Callable[[], object]]:
    """The table and the texts of each subject and of each delregion of the division that the page opens with."""
    catalogue = data.catalogue()
    division = catalogue.default_division.id
    choices = [(subject, None) for subject in (None, *Subject)]
    choices += [(None, delregion.id) for delregion in catalogue.delregioner(division)]
    for subject, delregion in choices:
        yield partial(_matrix, version, subject, division, delregion, None)
        yield partial(talk.prepare, version, division, delregion, subject)


def show() -> None:
    """Draw the page."""
    catalogue, version = data.catalogue(), data.version()
    heading = frame.finding()
    with st.container(horizontal=True, vertical_alignment="bottom", key="overview-filters"):
        subject = filters.subject_tabs()
        division = filters.division()
        delregion = filters.delregion(division)
        asked = since.choose(version)
    slot = st.container(key="since-slot") if any(asked) else heading
    front = st.container()

    found = _lines(version, subject)
    place = delregion or catalogue.county
    pairs = board.with_target(found, place.id)
    delregioner = [delregion] if delregion else catalogue.delregioner(division.id)
    shown = {place.id, catalogue.county.id, *(area.id for area in delregioner)}
    on_page = [figure for line in found for area, figure in line.figures.items() if area in shown]
    with heading:
        frame.heading(summary.reached(place.name, pairs))
    with front:
        counted = notes.tally(board.tally([figure for _, figure in pairs]))
        below = counted + frame.example_words(on_page)
        markup.show(talk.front(version, division.id, delregion, subject, below), key="front")
    if not any(figure.value is not None for line in found for figure in line.figures.values()):
        st.info(
            "Här finns inga uppgifter ännu. Leverera en fil på sidan Ladda upp, eller välj ett annat ämne.",
            icon=":material/info:",
        )
    indicators = frozenset(line.indicator.id for line in found)
    since.show(slot, asked, version, Chosen(division.id, frozenset(shown), indicators))
    place_id = delregion.id if delregion else None
    markup.show(_matrix(version, subject, division.id, place_id, asked.day), key="matrix")
    st.header("Så läser du tabellen", anchor=False)
    markup.show(_legend(), key="legend")
    frame.footer()
    if asked.day:
        # It may be the one that this browser remembers, which another's doesn't.
        address.say({since.KEY: asked.day.isoformat()})


@lru_cache(maxsize=1)
def _legend() -> str:
    return (
        outcome.legend()
        + signal_icons.legend()
        + term.explained(
            '<p class="fp-small fp-quiet">▲ och ▼ visar förändringen sedan perioden före, i procentenheter för '
            "andelar. Den är blå eller orange bara när den är säkerställd; annars kan den bero på slump. "
            "Bedömningen av månadsvärden jämför däremot med samma månad året före, så att årstiden inte spelar in. "
            "Linjen visar högst de 24 senaste perioderna med den senaste som en punkt, och luckor där uppgift saknas "
            "eller är dold. Linjerna i en rad är lika mycket förstorade, utom för "
            "belopp: en brantare linje är en större förändring, men "
            "nivån står bara i siffran. Ett streck visar målet där det ligger nära. "
            "De små symbolerna gäller den vanliga variationen och visas där värdena är tillräckligt många: H och L är "
            "ovanligt högt och lågt, P, F och ? att målet brukar nås, inte nås eller nås ibland. ”Bättre än länet” och "
            "”sämre än länet” står där skillnaden är säkerställd. Markera en ruta för att se varför.</p>"
        )
    )
