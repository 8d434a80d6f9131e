"""Skillnader inom länet: how far apart the areas lie, and how many people that is."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from dashboard import data, measured, verdicts
from dashboard.charts import gap, lines
from dashboard.charts.picture import Said
from dashboard.components import markup, notes
from dashboard.components.figures_table import FiguresTable
from dashboard.kept import kept
from dashboard.sections import charted
from dashboard.sections.charted import Chart, View
from schemas.catalogue import Level

READING = [
    (
        "Skillnad",
        "Det högsta värdet minus det lägsta samma period. Intervallet tar de två områdena som om de vore utvalda i "
        "förväg. De är valda för att de ligger längst ifrån varandra, så skillnaden ser säkrare ut än den är.",
    ),
    (
        "Om alla låg som länet",
        "Hur många fler (eller färre) som skulle räknas i täljaren om varje område på fel sida om länet låg på länets "
        "nivå. Områden utan uppgift är inte med.",
    ),
]

_LEVEL_NAMES = {Level.DELREGION: "Mellan delregioner", Level.MUNICIPALITY: "Mellan kommuner"}


def show(view: View) -> None:
    """Draw the section."""
    st.header("Skillnader inom länet", anchor=False)
    # The same for every place that can be chosen.
    whole = view._replace(place="", target=None)
    markup.show(_said(whole), key="gap-said")
    chart = _gap_chart(whole)
    if chart is not None:
        charted.pictures("gap", chart)
        charted.twin("gap", chart, "Skillnaderna som tabell", view)
    charted.reading(READING, key="equality-reading")


def ahead(view: View) -> None:
    """Draw what `show` shows, the same for every place."""
    whole = view._replace(place="", target=None)
    _said.ahead(whole)
    _gap_chart.ahead(whole)


def _rows(view: View, level: Level) -> pl.DataFrame:
    """The gaps of one level; of the chosen division for delregioner."""
    found = measured.gaps(view.version, view.indicator, view.age).filter(pl.col("level") == str(level))
    return found.filter(pl.col("division") == view.division) if level is Level.DELREGION else found


def _newest(rows: pl.DataFrame) -> dict[str, Any] | None:
    """The newest gap, else the newest row, which tells why there is none."""
    newest = rows.filter("is_newest")
    if newest.is_empty():
        newest = rows.sort("period_start").tail(1)
    return newest.row(0, named=True) if newest.height else None


@kept(charted.KEPT)
def _said(view: View) -> str:
    catalogue = data.catalogue()
    indicator = catalogue.indicators[view.indicator]
    names = {area.id: area.name for area in catalogue.areas.values()}
    pairs = []
    for level, name in _LEVEL_NAMES.items():
        row = _newest(_rows(view, level))
        told = verdicts.gap_said(row, indicator, names) if row else ["Ingen uppgift."]
        pairs.append((name, markup.text(" ".join(told))))
    return notes.facts(pairs)


@kept(charted.KEPT)
def _gap_chart(view: View) -> Chart | None:
    """How the gap between the delregioner has changed, else that between the municipalities."""
    catalogue = data.catalogue()
    indicator = catalogue.indicators[view.indicator]
    names = {area.id: area.name for area in catalogue.areas.values()}
    for level in _LEVEL_NAMES:
        newest = _newest(_rows(view, level))
        if newest is None or newest["gap"] is None:
            continue
        points = lines.with_middle(
            _rows(view, level).filter(
                pl.col("gap").is_not_null() & (pl.col("period_type") == newest["period_type"])
            )
        ).sort("period_start")
        if points.height < 2:  # noqa: PLR2004 - a line
            continue
        sources = data.series_of(view.version, view.indicator, view.age).filter(
            pl.col("level") == str(level)
        )["source"]
        shown = gap.Gap(
            indicator=indicator,
            points=points,
            names=names,
            said=Said(
                title=verdicts.gap_title(newest, indicator, names),
                below=f"Skillnad mellan högsta och lägsta värde, {verdicts.gap_unit(indicator)}: {indicator.name}",
                foot=charted.foot(view.version, indicator, sources, verdicts.period(newest)),
                is_example=bool(points["example"].any()),
            ),
        )
        table = _gap_table(view, shown, charted.source_text(indicator, sources))
        return charted.chart(gap.figure, shown, view.theme, gap.alt(shown), table)
    return None


def _gap_table(view: View, shown: gap.Gap, source: str) -> FiguresTable:
    levels = {str(level): name.removeprefix("Mellan ").capitalize() for level, name in _LEVEL_NAMES.items()}
    both = pl.concat([_rows(view, level) for level in _LEVEL_NAMES]).filter(pl.col("gap").is_not_null())
    rows = [
        (
            verdicts.period(row).label,
            levels[row["level"]],
            row["gap"],
            row["lower"],
            row["upper"],
            shown.names[row["lowest_area"]],
            row["lowest_value"],
            shown.names[row["highest_area"]],
            row["highest_value"],
        )
        for row in both.sort("period_start", descending=True, maintain_order=True).iter_rows(named=True)
    ]
    return FiguresTable(
        name=shown.indicator.name,
        caption=f"Skillnad mellan områden, {verdicts.gap_unit(shown.indicator)}",
        heads=(
            "Period", "Områden", "Skillnad", "Nedre (95\u00a0%)", "Övre (95\u00a0%)", "Lägst", "Lägsta värde", "Högst",
            "Högsta värde",
        ),
        rows=rows,
        decimals=shown.indicator.decimals,
        source=source,
        is_example=bool(both["example"].any()),
    )  # fmt: skip
