"""Når vi målet? The projection of one area to the target's date, and the goal seen from its two sides."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import polars as pl
import streamlit as st

from dashboard import data, measured, verdicts
from dashboard.charts import lines, outlook
from dashboard.charts.picture import Said
from dashboard.components import markup, sides_table
from dashboard.components.figures_table import FiguresTable
from dashboard.sections import charted
from dashboard.sections.charted import Chart, View
from etl.measures import wording
from etl.measures.target_line import corners
from schemas.catalogue import TargetKind

if TYPE_CHECKING:
    from datetime import date

    from schemas.catalogue import Catalogue

READING = [
    (
        "Prognos",
        "Den takt som serien själv har haft, dämpad: varje år framåt ändras värdet lite mindre än året före. Den vet "
        "inget om vad som är planerat.",
    ),
    (
        "80 %-band",
        "Så brett att utfallet väntas hamna inom bandet fyra gånger av fem. Det blir bredare ju längre fram.",
    ),
    ("Tidigast och senast", "Åren då bandets bästa och sämsta kant når målet. År från 2040 anges inte."),
    ("Målets väg", "Den streckade linjen: målet, eller de daterade steg på vägen dit som målet har."),
]


def show(view: View, row: dict[str, Any]) -> None:
    """Draw the section.

    Args:
        view: What is chosen.
        row: What is said of the chosen area's figure, of `schemas.results.ASSESSED_SCHEMA`.
    """
    catalogue = data.catalogue()
    indicator = catalogue.indicators[view.indicator]
    st.header("Når vi målet?", anchor=False)
    ahead = _ahead(view)
    last = ahead.row(-1, named=True) if ahead.height else None
    sentences = verdicts.outlook_said(row, indicator, last)
    reason = row["projection_reason"]
    if last is None and reason and not any(reason in one for one in sentences):
        sentences.append(wording.sentence(f"Ingen prognos: {reason[0].lower()}{reason[1:]}"))
    charted.said(sentences, key="outlook-said")
    chart = _chart(view)
    if chart is not None:
        charted.pictures("outlook", chart)
        charted.reading(READING, key="outlook-reading")
        charted.twin("outlook", chart, "Prognosens värden som tabell", view)
    sides = _sides(view)
    if sides:
        markup.show(sides, key="sides")


@lru_cache(maxsize=charted.KEPT)
def _sides(view: View) -> str | None:
    """The register and the survey version of the goal side by side, where there are two."""
    both = measured.sides(view.version).filter(
        (pl.col("area") == view.place)
        & ((pl.col("register_indicator") == view.indicator) | (pl.col("survey_indicator") == view.indicator))
    )
    if both.is_empty():
        return None
    own = data.judgements(view.version).filter(
        (pl.col("area") == view.place) & (pl.col("origin") == "example")
    )
    return sides_table.html(both, data.catalogue(), examples=frozenset(own["indicator"]))


@lru_cache(maxsize=charted.KEPT)
def _ahead(view: View) -> pl.DataFrame:
    """The projected periods up to the target's date."""
    row = measured.assessed(view.version, view.indicator, view.age, view.target, view.place)
    due = row["projected_on"]
    ahead = measured.ahead(view.version, view.indicator, view.age).filter(pl.col("area") == view.place)
    return lines.with_middle(ahead.filter(pl.col("period_end") <= due) if due else ahead.clear())


@lru_cache(maxsize=charted.KEPT)
def _chart(view: View) -> Chart | None:
    """The chart; None where nothing can be projected."""
    catalogue = data.catalogue()
    row = measured.assessed(view.version, view.indicator, view.age, view.target, view.place)
    ahead = _ahead(view)
    series = data.series_of(view.version, view.indicator, view.age)
    points = lines.with_middle(series).filter(
        (pl.col("area") == view.place)
        & (pl.col("period_type") == row["period_type"])
        & pl.col("value").is_not_null()
    )
    if ahead.is_empty() or points.is_empty():
        return None
    indicator, area = catalogue.indicators[view.indicator], catalogue.areas[view.place]
    points = points.sort("period_start")
    path, bounds = _target(view, series, ahead["period_end"][-1], catalogue)
    shown = outlook.Outlook(
        indicator=indicator,
        area=area,
        points=points,
        ahead=ahead,
        said=Said(
            title=verdicts.outlook_title(row, area, indicator, ahead.row(-1, named=True)),
            below=verdicts.unit_line(indicator),
            foot=charted.foot(
                view.version, indicator, points["source"], verdicts.period(points.row(-1, named=True))
            ),
            is_example=bool((points["origin"] == "example").any()),
        ),
        path=path,
        bounds=bounds,
    )
    table = _table(shown, charted.source_text(indicator, points["source"]))
    return charted.chart(outlook.figure, shown, view.theme, outlook.alt(shown), table)


def _target(
    view: View, series: pl.DataFrame, last: date, catalogue: Catalogue
) -> tuple[list[tuple[date, float]], list[float]]:
    """The target's path up to the last day, or the two ends of a range."""
    target = catalogue.targets[view.target] if view.target else None
    if target is None or target.cannot_be_judged:
        return [], []
    if target.kind is TargetKind.RANGE:
        return [], [end for end in (target.low, target.high) if end is not None]
    path = corners(target, series, view.place)
    if path and path[-1][0] < last:
        path = [*path, (last, path[-1][1])]
    return path, []


def _table(shown: outlook.Outlook, source: str) -> FiguresTable:
    ahead = [
        (verdicts.period(row).label, "Prognos", row["value"], row["lower"], row["upper"])
        for row in shown.ahead.reverse().iter_rows(named=True)
    ]
    so_far = [
        (verdicts.period(row).label, "Utfall", row["value"], None, None)
        for row in shown.points.reverse().iter_rows(named=True)
    ]
    return FiguresTable(
        name=shown.indicator.name,
        caption=f"Prognos för {shown.area.name}: {verdicts.unit_line(shown.indicator)}",
        heads=("Period", "Slag", "Värde", "Bandets nedre kant (80 %)", "Bandets övre kant (80 %)"),
        rows=[*ahead, *so_far],
        decimals=shown.indicator.decimals,
        source=source,
        is_example=shown.said.is_example,
    )
