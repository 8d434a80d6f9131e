"""Är det verkligt eller slump? The process behaviour chart of one area, and what it says."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import polars as pl
import streamlit as st

from dashboard import data, measured, verdicts
from dashboard.charts import lines, process
from dashboard.charts.marks import Mark
from dashboard.charts.picture import Said
from dashboard.components import markup, notes
from dashboard.components.figures_table import FiguresTable
from dashboard.sections import charted
from dashboard.sections.charted import Chart, View
from dashboard.signals import ASSURANCES, VARIATIONS, badge
from etl.measures import wording
from schemas.catalogue import TargetKind
from schemas.results import Variation

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue

READING = [
    ("Medel", "Genomsnittet av värdena i diagrammet, eller av den utgångsperiod som indikatorn har."),
    (
        "Gränser och vanlig variation",
        "Mellan gränserna hamnar nästan alla värden så länge inget har förändrats. De räknas ur hur mycket värdet "
        "brukar ändras från en period till nästa.",
    ),
    (
        "Bättre eller sämre än vanligt",
        "Ett värde utanför gränserna, sju i rad på samma sida om medel, sju i rad åt samma håll, eller två av tre nära "
        "samma gräns. Annars är det vanlig variation, som kan bero på slump.",
    ),
    (
        "Med dagens process",
        "Om målet ligger utanför gränserna nås det varje gång eller aldrig; annars ibland.",
    ),
    ("Lodräta linjer", "Prickade är dagar då något hände. Heldragna är dagar då nivån räknas på nytt."),
    ("Luckor", "En period utan värde är en lucka. Över den dras ingen linje, och den bryter en rad."),
]


def show(view: View, row: dict[str, Any]) -> None:
    """Draw the section.

    Args:
        view: What is chosen.
        row: What is said of the chosen area's figure, of `schemas.results.ASSESSED_SCHEMA`.
    """
    st.header("Är det verkligt eller slump?", anchor=False)
    markup.show(_verdict(row, data.catalogue()), key="process-verdict")
    chart = _chart(view)
    if chart is None:
        return
    charted.pictures("process", chart)
    marks = _marked(view)
    if marks:
        listed = "; ".join(f"{mark.day:%Y-%m-%d} {mark.text}" for mark in marks)
        markup.show(
            f'<p class="fp-small fp-quiet">Markerade dagar: {markup.text(listed)}. De visar vad som hände, '
            "inte vad det ledde till.</p>",
            key="process-marks",
        )
    charted.reading(READING, key="process-reading")
    charted.twin("process", chart, "Styrdiagrammets värden som tabell", view)


def _verdict(row: dict[str, Any], catalogue: Catalogue) -> str:
    indicator = catalogue.indicators[row["indicator"]]
    if row["variation"]:
        newest = f"{badge(VARIATIONS[row['variation']])} {markup.text(verdicts.rule(row, indicator))}"
    else:
        newest = (
            f"Kan inte sägas. {markup.text(wording.sentence(row['variation_reason'] or 'Uppgift saknas'))}"
        )
    pairs = [("Senaste värdet", newest)]
    if row["assurance"]:
        answer = ASSURANCES[row["assurance"]]
        pairs.append(("Med dagens process", f"{badge(answer)} {answer.meaning}"))
    elif row["target"] and row["assurance_reason"] != row["variation_reason"]:
        reason = wording.sentence(row["assurance_reason"] or "Uppgift saknas")
        pairs.append(("Med dagens process", f"Kan inte sägas. {markup.text(reason)}"))
    return notes.facts(pairs)


def _points(view: View, kind: str | None) -> pl.DataFrame:
    """The chosen area's points of the judged period type, without what lies before its first value."""
    points = measured.process(view.version, view.indicator, view.age).filter(
        (pl.col("area") == view.place) & (pl.col("period_type") == kind)
    )
    return lines.with_middle(points)


@lru_cache(maxsize=charted.KEPT)
def _marked(view: View) -> list[Mark]:
    """The days to mark that lie within the figures."""
    row = measured.assessed(view.version, view.indicator, view.age, view.target, view.place)
    points = _points(view, row.get("period_type"))
    if points.is_empty():
        return []
    first, last = points.select(pl.col("period_start").min(), pl.col("period_end").max()).row(0)
    found = measured.marks(view.version).filter(
        (pl.col("indicator") == view.indicator) & pl.col("date").is_between(first, last)
    )
    happened = [Mark(day, label) for day, label in found.select("date", "label").iter_rows()]
    anew = [
        Mark(rebase.date, f"Ny nivå: {rebase.reason}", True)
        for rebase in data.catalogue().indicators[view.indicator].spc.rebase_dates
        if first <= rebase.date <= last
    ]
    return sorted(happened + anew)


@lru_cache(maxsize=charted.KEPT)
def _chart(view: View) -> Chart | None:
    """The chart; None with fewer than two figures."""
    catalogue = data.catalogue()
    row = measured.assessed(view.version, view.indicator, view.age, view.target, view.place)
    points = _points(view, row.get("period_type"))
    with_value = points.filter(pl.col("value").is_not_null())
    if with_value.height < 2:  # noqa: PLR2004 - a line
        return None
    indicator, area = catalogue.indicators[view.indicator], catalogue.areas[view.place]
    last = verdicts.period(points.row(-1, named=True))
    is_example = bool((with_value["origin"] == "example").any())
    shown = process.Process(
        indicator=indicator,
        area=area,
        points=points,
        said=Said(
            title=verdicts.process_title(row, area, indicator),
            below=verdicts.unit_line(indicator),
            foot=charted.foot(view.version, indicator, with_value["source"], last),
            is_example=is_example,
        ),
        goals=_goals(view, row, catalogue),
        marks=_marked(view),
    )
    table = _table(shown, charted.source_text(indicator, with_value["source"]))
    return charted.chart(process.figure, shown, view.theme, process.alt(shown), table)


def _goals(view: View, row: dict[str, Any], catalogue: Catalogue) -> list[tuple[float, str]]:
    """The levels that the target asks for in the end."""
    target = catalogue.targets[view.target] if view.target else None
    if target is None or target.cannot_be_judged:
        return []
    indicator = catalogue.indicators[view.indicator]
    if target.kind is TargetKind.RANGE and target.low is not None and target.high is not None:
        return [(end, f"Mål {wording.goal(end, indicator)}") for end in (target.low, target.high)]
    value = row["target_value"]
    return [] if value is None else [(value, f"Mål {wording.goal(value, indicator)}")]


def _table(shown: process.Process, source: str) -> FiguresTable:
    rows = [
        (
            verdicts.period(row).label,
            row["value"],
            row["mean"],
            row["lower_limit"],
            row["upper_limit"],
            VARIATIONS[row["signal"]].word if row["signal"] else None,
            _rule(shown, row),
        )
        for row in shown.points.reverse().iter_rows(named=True)
    ]
    heads = ("Period", "Värde", "Medel", "Nedre gräns", "Övre gräns", "Slump eller verkligt", "Varför")
    return FiguresTable(
        name=shown.indicator.name,
        caption=f"Styrdiagram för {shown.area.name}: {verdicts.unit_line(shown.indicator)}",
        heads=heads,
        rows=rows,
        decimals=shown.indicator.decimals,
        source=source,
        is_example=shown.said.is_example,
    )


def _rule(shown: process.Process, row: dict[str, Any]) -> str | None:
    if not row["rule"] or row["signal"] in (None, Variation.COMMON):
        return None
    return verdicts.point_rule(row, shown.indicator)
