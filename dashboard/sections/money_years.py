"""The years side by side, where money of one kind is known for two years or more."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import data, frame, money_words
from dashboard.charts import years
from dashboard.charts.picture import Said
from dashboard.components import money_table
from dashboard.components.figures_table import FiguresTable
from dashboard.kept import kept
from dashboard.money import alike
from dashboard.money import years as by_year
from dashboard.sections import charted, money

if TYPE_CHECKING:
    import polars as pl

    from dashboard.money import Year
    from dashboard.sections.charted import Chart
    from dashboard.sections.money import View

_KEY = "years"
_FEWEST = 2


def show(view: View) -> None:
    """The years, as a picture with its table; nothing where there is one only."""
    if len(_years(view.version, view.agreement)) >= _FEWEST:
        st.header("År för år", anchor=False)
        money.show(_KEY, _chart(view.version, view.agreement, view.theme))


def ahead(view: View) -> None:
    """Draw what `show` shows."""
    if len(_years(view.version, view.agreement)) >= _FEWEST:
        _chart.ahead(view.version, view.agreement, view.theme)


@lru_cache(maxsize=money.KEPT)
def _rows(version: data.Version, agreement: str) -> pl.DataFrame:
    catalogue = data.catalogue()
    return alike(data.allocations(version), catalogue.agreements[agreement], catalogue)


@lru_cache(maxsize=money.KEPT)
def _years(version: data.Version, agreement: str) -> list[Year]:
    return by_year(_rows(version, agreement))


@kept(charted.KEPT)
def _chart(version: data.Version, agreement: str, theme: str | None) -> Chart:
    rows, found, known = _rows(version, agreement), _years(version, agreement), data.catalogue().agreements
    example = any(year.is_example for year in found)
    shown = years.Years(
        tuple(found),
        Said(
            frame.as_example(
                money_words.year_by_year(found), any(year.is_example for year in found[-_FEWEST:])
            ),
            "Fördelade kronor per år och ändamål, i löpande priser.",
            money.foot(version, [known[item] for item in rows["agreement"].unique()], rows),
            example,
        ),
    )
    caption = "Fördelade kronor per ändamål och år"
    cells = [(purpose, *(years.amount(year, purpose) for year in found)) for purpose in shown.purposes]
    table = FiguresTable(
        name=known[agreement].name,
        caption=caption,
        heads=("Ändamål", *map(years.name, found)),
        rows=[*cells, ("Summa", *(year.allocated for year in found))],
        decimals=2,
        source=money.sources(rows),
        is_example=example,
        summed=True,
    )
    made = charted.chart(years.figure, shown, theme, years.alt(shown), table)
    drawn = money_table.by_year(caption, shown)
    return made._replace(markup=money.below(_KEY, shown.said, table, drawn, file=f"{agreement}-ar.csv"))
