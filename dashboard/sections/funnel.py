"""The municipalities held against all of them together: who differs by more than chance."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import polars as pl

from dashboard import data, measured, verdicts
from dashboard.charts import funnel
from dashboard.charts.picture import Said
from dashboard.components.figures_table import FiguresTable
from dashboard.sections import charted
from dashboard.sections.charted import Chart, View
from schemas.catalogue import Level

READING = [
    (
        "Gränserna i trattdiagrammet",
        "En liten kommun kan hamna långt från länet av en slump, en stor kan inte det. Innanför gränsen för 95 % "
        "hamnar 19 av 20 kommuner av en slump, innanför 99,8 % nästan alla.",
    ),
    (
        "Överspridning",
        "När kommunerna varierar mer än slumpen ger vidgas gränserna, så att ingen pekas ut för det som skiljer alla "
        "åt.",
    ),
]

_NONE = "Trattdiagram per kommun kan inte ritas"


def show(view: View) -> None:
    """Draw the funnel chart with its words and its table; without figures per municipality the reason."""
    points, _ = _held(view)
    if points.is_empty():
        charted.said([f"{_NONE}: {_why_not(view)}"], key="funnel-said")
        return
    names = {area.id: area.name for area in data.catalogue().municipalities}
    missing = len(names) - points.height
    charted.said([*verdicts.funnel_said(points, names), *verdicts.unseen(missing)], key="funnel-said")
    chart = _chart(view)
    charted.pictures("funnel", chart)
    charted.reading(READING, key="funnel-reading")
    charted.twin("funnel", chart, "Trattdiagrammets kommuner som tabell", view)


def _kind(view: View) -> str | None:
    row = measured.assessed(view.version, view.indicator, view.age, view.target, data.catalogue().county.id)
    return row.get("period_type")


@lru_cache(maxsize=charted.KEPT)
def _held(view: View) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The municipalities that are held against the others, and the curves."""
    points, curves = measured.funnel(view.version, view.indicator, view.age, _kind(view))
    return points.filter(pl.col("outcome").is_not_null()), curves


def _why_not(view: View) -> str:
    points, _ = measured.funnel(view.version, view.indicator, view.age, _kind(view))
    reasons = points["reason"].drop_nulls().unique().sort().to_list()
    reason = reasons[0] if len(reasons) == 1 else "uppgifter per kommun med antal saknas"
    return f"{reason[0].lower()}{reason[1:].rstrip('.')}."


@lru_cache(maxsize=charted.KEPT)
def _chart(view: View) -> Chart:
    catalogue = data.catalogue()
    indicator = catalogue.indicators[view.indicator]
    points, curves = _held(view)
    names = {area.id: area.name for area in catalogue.municipalities}
    chosen = catalogue.areas[view.place]
    series = data.series_of(view.version, view.indicator, view.age)
    sources = series.filter(pl.col("level") == str(Level.MUNICIPALITY))["source"]
    shown = funnel.Funnel(
        indicator=indicator,
        points=points,
        curves=curves,
        names=names,
        strong=frozenset(area.id for area in catalogue.members(chosen.id))
        if chosen.division
        else frozenset(),
        said=Said(
            title=verdicts.funnel_title(points),
            below=verdicts.funnel_below(indicator, chosen),
            foot=charted.foot(view.version, indicator, sources, verdicts.period(points.row(0, named=True))),
            is_example=bool(points["example"].any()),
        ),
    )
    table = _table(shown, charted.source_text(indicator, sources))
    return charted.chart(funnel.figure, shown, view.theme, funnel.alt(shown), table)


def _by_name(shown: funnel.Funnel) -> list[dict[str, Any]]:
    own = {row["area"]: row for row in shown.points.iter_rows(named=True)}
    return [own[area] for area in shown.names if area in own]


def _table(shown: funnel.Funnel, source: str) -> FiguresTable:
    """The municipalities in order of name: a ranking list would say what the limits deny."""
    rows = [
        (
            shown.names[row["area"]],
            row["denominator"],
            row["value"],
            row["lower_95"],
            row["upper_95"],
            row["lower_998"],
            row["upper_998"],
            verdicts.compared(row["outcome"], row["outcome_level"]),
        )
        for row in _by_name(shown)
    ]
    period = verdicts.period(shown.points.row(0, named=True))
    return FiguresTable(
        name=shown.indicator.name,
        caption=f"Kommunerna och gränserna: {verdicts.unit_line(shown.indicator)}, {period.label}",
        heads=(
            "Kommun", "Underlag", "Värde", "Nedre 95 %", "Övre 95 %", "Nedre 99,8 %", "Övre 99,8 %", "Mot alla",
        ),
        rows=rows,
        decimals=shown.indicator.decimals,
        source=source,
        is_example=shown.said.is_example,
        whole=frozenset({"Underlag"}),
    )  # fmt: skip
