"""Who got the money, and the whole allocation as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from dashboard import data, money_file
from dashboard.components import markup, money_recipients
from dashboard.kept import kept
from dashboard.money import NAMES, by
from dashboard.sections import charted, money

if TYPE_CHECKING:
    from dashboard.money_file import Row
    from dashboard.sections.money import View

_LEVELS = {"länsgemensamt": "Länsgemensamt", "region": "Regionen", "kommun": "Kommunerna"}


def show(view: View) -> None:
    """The parts of the county, each opening to its recipients, and the files."""
    plain = view.plain
    st.header("Till vem", anchor=False)
    markup.show(_html(plain), key="recipients")
    with st.container(horizontal=True):
        st.download_button(
            "Hämta fördelningen som CSV",
            data=lambda: money_file.as_csv(_file(plain)),
            file_name=f"{view.agreement}.csv",
            mime="text/csv",
            on_click="ignore",
            key="allocation-csv",
        )
        st.download_button(
            "Hämta fördelningen som Excel",
            data=lambda: money_file.as_workbook(_file(plain)),
            file_name=f"{view.agreement}.xlsx",
            on_click="ignore",
            key="allocation-xlsx",
        )


def ahead(view: View) -> None:
    """Draw what `show` shows."""
    _html.ahead(view.plain)


@kept(charted.KEPT)
def _html(view: View) -> str:
    basis = money.basis(view)
    named = basis.rows.with_columns(pl.col("level").replace(_LEVELS))
    parts = [
        (part, by(named.filter(pl.col("group") == part.id), "recipient", "level")) for part in basis.parts
    ]
    return money_recipients.html(parts, basis.whole, view.chosen, example=basis.example)


def _file(view: View) -> list[Row]:
    basis, catalogue = money.basis(view), data.catalogue()
    areas = {key: area.name for key, area in catalogue.areas.items()}
    return money_file.rows(basis.agreement.name, basis.rows, {**areas, **NAMES}, areas)
