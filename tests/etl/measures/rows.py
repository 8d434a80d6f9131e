"""Assessed judgements to write sentences about, with as little said as a test needs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
from hypothesis import strategies as st

from schemas.period import Period, PeriodType
from schemas.results import (
    ASSESSMENT_SCHEMA,
    JUDGEMENT_SCHEMA,
    Assurance,
    Compared,
    Outcome,
    Trend,
    Variation,
)
from tests.etl.measures import county

SCHEMA = {**JUDGEMENT_SCHEMA, **ASSESSMENT_SCHEMA}
KEY = ["indicator", "area", "age", "target"]

#: One indicator of each direction and unit, and a target of each kind.
CATALOGUE = county.catalogue(
    [
        county.indicator("andel", name="Besvarade samtal"),
        county.indicator("dagar", name="Väntetid", unit="days", direction="lower", highest=365),
        county.indicator("index", name="Sammanhållning", unit="index", decimals=2, highest=1),
        county.indicator("antal", name="Besök", direction="none", ages=["65+", "18+"]),
    ],
    [
        county.target(),
        county.target("mal-2022", milestones=[{"date": dt.date(2022, 12, 31), "value": 80}]),
        county.target("dagar-3", indicator="dagar", value=3),
        county.target(
            "index-20", indicator="index", kind="relative_change", value=20, baseline={"value": 0.35}
        ),
        county.target("antal-mellan", indicator="antal", kind="range", value=None, low=40, high=60),
    ],
)
TARGETS = {
    "andel": ["mal", "mal-2022"],
    "dagar": ["dagar-3"],
    "index": ["index-20"],
    "antal": ["antal-mellan"],
}


def row(**changed: Any) -> dict[str, Any]:
    """The county's 72,4 per cent in 2024, up by 1,3 for certain, not on the way to 80; no assessment."""
    usual = {
        **dict.fromkeys(SCHEMA),
        "indicator": "andel",
        "area": "14",
        "level": "län",
        "age": "total",
        "sex": "total",
        "target": "mal",
        "value": 72.4,
        "period_start": dt.date(2024, 1, 1),
        "period_type": "year",
        "previous_start": dt.date(2023, 1, 1),
        "year_change": 1.3,
        "year_change_is_certain": True,
        "required": 80.0,
        "target_value": 80.0,
        "judgement": "not_on_the_way",
        "origin": "uploaded",
        "reason": "72,4\u00a0%, målet är 80\u00a0%",
    }
    full = {**usual, **changed}
    if "projected_lower" not in changed:
        full["projected_lower"] = full["projected_upper"] = full["projected"]
    if full["period_start"] is not None:
        full.setdefault("period_end", None)
        if "period_end" not in changed:
            full["period_end"] = Period(full["period_start"], PeriodType(full["period_type"])).end
    return full


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    """The rows as a frame."""
    return pl.DataFrame([{name: one[name] for name in SCHEMA} for one in rows], schema=SCHEMA, orient="row")


def _maybe(*words: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from([None, *(str(word) for word in words)])


_NUMBERS = st.one_of(st.none(), st.floats(-20, 20).map(lambda number: round(number, 3)))
_YEARS = st.one_of(st.none(), st.integers(2025, 2040))


@st.composite
def random_rows(draw: st.DrawFn) -> dict[str, Any]:
    """Any row, sensible or not: what is said of it must hold all the same."""
    indicator = draw(st.sampled_from(sorted(TARGETS)))
    target = draw(st.sampled_from([None, *TARGETS[indicator]]))
    kind = draw(st.sampled_from(list(PeriodType)))
    start = {PeriodType.SEASON: dt.date(2021, 7, 1), PeriodType.WEEK: dt.date(2022, 1, 3)}
    value = draw(st.one_of(st.none(), st.floats(0, 100)))
    judgement = draw(st.sampled_from(list(Outcome))) if value is not None else Outcome.CANNOT_BE_JUDGED
    first, last = draw(_YEARS), draw(_YEARS)
    return row(
        indicator=indicator,
        area=draw(st.sampled_from(["14", "e-norr", "1401"])),
        age=CATALOGUE.indicators[indicator].headline_age,
        target=target,
        value=value,
        period_start=start.get(kind, dt.date(2022, 1, 1)),
        period_type=str(kind),
        previous_start=draw(st.sampled_from([None, dt.date(2021, 1, 4)])),
        year_change=draw(_NUMBERS),
        year_change_is_certain=draw(st.sampled_from([None, True, False])),
        target_value=None if target in (None, "antal-mellan") else draw(st.floats(0, 100)),
        required=draw(st.one_of(st.none(), st.floats(0, 100))),
        judgement=str(judgement),
        origin=draw(st.sampled_from(["uploaded", "published", "example"])),
        flag=draw(st.sampled_from([None, "preliminary"])),
        reason=draw(st.sampled_from([None, "Uppgift saknas hos källan", "Inget mål är satt"])),
        variation=draw(_maybe(*Variation)),
        variation_rule=draw(_maybe("outside", "trend", "two_of_three", "shift")),
        trend=draw(_maybe(*Trend)),
        assurance=draw(_maybe(*Assurance)),
        county=draw(_maybe(*Compared)),
        before=draw(_maybe(*Compared)),
        projected=draw(_NUMBERS),
        projected_on=dt.date(2030, 12, 31),
        reach_first=first,
        reach_last=max(first, last) if first is not None and last is not None else None,
        projection_reason=draw(_maybe("Färre än åtta värden", "Målet är nått")),
    )
