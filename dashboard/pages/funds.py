"""Medel: what was allocated to whom and for what, what became of it, always against the agreed total."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import data, figures, filters, frame, money_words
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
    from dashboard.sections.money import Basis, View
    from schemas.catalogue import Agreement


def show() -> None:
    """Draw the page."""
    catalogue = data.catalogue()
    heading = st.container()
    columns = st.columns(3)
    with columns[0]:
        agreement = filters.agreement(list(catalogue.agreements.values()))
    with columns[1]:
        division = filters.division()
    with columns[2]:
        delregion = filters.delregion(division)
    view = money.View(
        data.version(), agreement.id, division.id, delregion.id if delregion else None, st.context.theme.type
    )
    basis = money.basis(view)
    with heading:
        _heading(basis)
    if basis.rows.is_empty():
        st.info(
            f"Ingen fördelning av {agreement.name} är levererad. Hämta mallen för fördelning av medel på sidan "
            "Ladda upp, fyll i den och leverera.",
            icon=":material/info:",
        )
    else:
        _sections(view)
        money_outcome.show(view.version, agreement, division)
    st.header("Överenskommelsen", anchor=False)
    markup.show(_facts(agreement), key="agreement")
    frame.footer()


def _sections(view: View) -> None:
    money_flow.show(view)
    money_places.show(view)
    money_used.show(view)
    money_years.show(view)
    money_recipients.show(view)


def _heading(basis: Basis) -> None:
    agreement = basis.agreement
    if basis.rows.is_empty():
        total = figures.kronor(agreement.total)
        frame.heading(f"{agreement.name}: {total}", "Hur summan fördelades är inte känt.")
        return
    found = money_words.allocated(agreement, basis.whole, basis.own)
    frame.heading(frame.as_example(found, basis.example), money_words.lead(agreement, basis.whole, basis.own))
    if basis.example:
        markup.show(
            notes.example_banner(
                f"Summan {figures.kronor(agreement.total)} är verklig. Hur den fördelades är inte "
                "offentligt; fördelningen på sidan är exempeldata."
            ),
            key="example-notice",
        )


def _facts(agreement: Agreement) -> str:
    everyone = sum(newest(data.knowledge().population, data.catalogue().municipalities).values())
    return agreement_facts.html(agreement, everyone)
