"""Medel: what was allocated to whom and for what, what became of it, always against the agreed total."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import data, figures, filters, frame, money_words
from dashboard.charts.style import THEMES
from dashboard.components import agreement_facts, markup, notes
from dashboard.sections import (
    money,
    money_flow,
    money_outcome,
    money_places,
    money_recipients,
    money_used,
    money_years,
)
from etl.measures.population import newest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.sections.money import Basis
    from schemas.catalogue import Agreement


#: What the page shows of an agreement whose money is allocated.
_SECTIONS = (money_flow, money_places, money_used, money_years, money_recipients, money_outcome)


def ahead(version: int) -> Iterator[Callable[[], object]]:
    """Every agreement as each division and delregion shows it; light first."""
    catalogue = data.catalogue()
    views = [
        money.View(version, agreement, division, chosen, theme)
        for theme in THEMES
        for agreement in catalogue.agreements
        for division in catalogue.divisions
        for chosen in (None, *(area.id for area in catalogue.delregioner(division)))
    ]
    for view in views:
        if not money.basis(view).rows.is_empty():
            yield from (partial(section.ahead, view) for section in _SECTIONS)


def show() -> None:
    """Draw the page."""
    catalogue = data.catalogue()
    heading = frame.finding()
    columns = st.columns(3)
    with columns[0]:
        agreement = filters.agreement(list(catalogue.agreements.values()))
    with columns[1]:
        division = filters.division()
    with columns[2]:
        delregion = filters.delregion(division)
    view = money.View(
        data.version(),
        agreement.id,
        division.id,
        delregion.id if delregion else None,
        st.context.theme.type or THEMES[0],
    )
    basis = money.basis(view)
    finding, lead = _said(basis)
    with heading:
        frame.heading(finding)
    frame.below(lead)
    if basis.example and not basis.rows.is_empty():
        markup.show(_example(basis.agreement), key="example-notice")
    if basis.rows.is_empty():
        st.info(
            f"Ingen fördelning av {agreement.name} är levererad. Hämta mallen för fördelning av medel på sidan "
            "Ladda upp, fyll i den och leverera.",
            icon=":material/info:",
        )
    else:
        for section in _SECTIONS:
            section.show(view)
    st.header("Överenskommelsen", anchor=False)
    markup.show(_facts(agreement), key="agreement")
    frame.footer()


def _said(basis: Basis) -> tuple[str, str]:
    """The finding, and what is said of it."""
    agreement = basis.agreement
    if basis.rows.is_empty():
        return f"{agreement.name}: {figures.kronor(agreement.total)}", "Hur summan fördelades är inte känt."
    found = money_words.allocated(agreement, basis.whole, basis.own)
    return frame.as_example(found, basis.example), money_words.lead(agreement, basis.whole, basis.own)


def _example(agreement: Agreement) -> str:
    return notes.example_banner(
        f"Summan {figures.kronor(agreement.total)} är verklig. Hur den fördelades är inte "
        "offentligt; fördelningen på sidan är exempeldata."
    )


def _facts(agreement: Agreement) -> str:
    everyone = sum(newest(data.knowledge().population, data.catalogue().municipalities).values())
    return agreement_facts.html(agreement, everyone)
