"""Översikt: every target × every delregion and the county, the most important sentence first."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from dashboard import board, data, filters, frame, summary
from dashboard.components import markup, matrix, notes, outcome, signal_icons
from dashboard.sections import talk
from schemas.catalogue import Subject


@lru_cache(maxsize=4)
def _lines(version: data.Version, subject: Subject | None) -> list[board.Line]:
    return board.lines(data.judgements(version), data.catalogue(), subject=subject)


@lru_cache(maxsize=64)
def _matrix(version: data.Version, subject: Subject | None, division: str, delregion: str | None) -> str:
    catalogue = data.catalogue()
    columns = [
        catalogue.county,
        *(area for area in catalogue.delregioner(division) if delregion in (None, area.id)),
    ]
    return matrix.html(
        _lines(version, subject),
        columns,
        division=division,
        caption=f"Alla mål för länet och {catalogue.divisions[division].name.lower()}: "
        "värde, bedömning och förändring.",
    )


def show() -> None:
    """Draw the page."""
    catalogue = data.catalogue()
    heading, examples = st.container(), st.container()
    columns = st.columns(3)
    with columns[0]:
        division = filters.division()
    with columns[1]:
        delregion = filters.delregion(division)
    with columns[2]:
        subject = filters.subject()

    version = data.version()
    found = _lines(version, subject)
    place = delregion or catalogue.county
    pairs = board.with_target(found, place.id)
    delregioner = [delregion] if delregion else catalogue.delregioner(division.id)
    with heading:
        frame.heading(summary.reached(place.name, pairs))
        talk.lead(version, division.id, delregion, subject)
        markup.show(notes.tally(board.tally([figure for _, figure in pairs])), key="tally")
    shown = {place.id, catalogue.county.id, *(area.id for area in delregioner)}
    with examples:
        frame.example_notice(
            figure for line in found for area, figure in line.figures.items() if area in shown
        )
    if not any(figure.value is not None for line in found for figure in line.figures.values()):
        st.info(
            "Här finns inga uppgifter ännu. Leverera en fil på sidan Ladda upp, eller välj ett annat ämne.",
            icon=":material/info:",
        )
    talk.show(version, division.id, delregion, subject)
    markup.show(
        f'<div class="fp-scroll" tabindex="0" role="region" aria-label="Målöversikt">'
        f"{_matrix(version, subject, division.id, delregion.id if delregion else None)}</div>",
        key="matrix",
    )
    st.header("Så läser du tabellen", anchor=False)
    markup.show(
        outcome.legend()
        + signal_icons.legend()
        + '<p class="fp-small fp-quiet">▲ och ▼ visar förändringen sedan perioden före, i procentenheter för '
        "andelar. Den är blå eller orange bara när den är säkerställd; annars kan den bero på slump. "
        "Bedömningen av månadsvärden jämför däremot med samma månad året före, så att årstiden inte spelar in. "
        "De små symbolerna gäller den vanliga variationen och visas där värdena är tillräckligt många: H och L är "
        "ovanligt högt och lågt, P, F och ? att målet brukar nås, inte nås eller nås ibland. ”Bättre än länet” och "
        "”sämre än länet” står där skillnaden är säkerställd. Markera en ruta för att se varför.</p>",
        key="legend",
    )
    frame.footer()
