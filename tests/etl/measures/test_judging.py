"""The judgements alone are the judgements of the whole."""

from __future__ import annotations

import datetime as dt
from random import Random

import polars as pl
import pytest

from etl.measures import judging
from etl.measures.judging import judgements
from etl.measures.pipeline import judged
from schemas.catalogue import Baseline, Step
from tests.etl.measures import county
from tests.etl.measures.county import indicator, observations, target

AREAS = [*county.MUNICIPALITIES, "14", "e-norr", "t-stad", "00"]
FLAGS = [None] * 12 + ["missing", "suppressed", "preliminary"]
PERIODS = {
    "month": [dt.date(year, month, 1) for year in range(2016, 2023) for month in range(1, 13)],
    "year": [dt.date(year, 1, 1) for year in range(2008, 2023)],
    "week": [dt.date(2019, 1, 7) + dt.timedelta(weeks=week) for week in range(180)],
}
KNOWN = county.catalogue(
    indicators=[
        indicator("andel", minimum_numerator=5, minimum_denominator=20),
        indicator("vecka", period_type="week", update_interval_months=1),
        indicator("manad", period_type="month", update_interval_months=1, minimum_numerator=5, minimum_denominator=20),
        indicator("vagd", roll_up="population_weighted", period_type="month", update_interval_months=2),
        indicator("egen", roll_up="none", period_type="month", update_interval_months=1),
    ],
    targets=[
        target("niva"),
        target("relativ", indicator="manad", kind="relative_change", value=20, baseline=Baseline(period="2017-03")),
        target(
            "stig", indicator="manad", baseline=Baseline(period="2016-12"),
            milestones=[Step(date=dt.date(2022, 12, 31), value=70), Step(date=dt.date(2030, 12, 31), value=80)],
        ),
        target("veckomal", indicator="vecka"),
        target("omfang", indicator="egen", kind="range", value=None, low=20, high=60),
        target("vagt", indicator="vagd", age="18+"),
    ],
)  # fmt: skip


def whole_of(rows: pl.DataFrame) -> pl.DataFrame:
    """The judgements of all rows, as they are published."""
    return judged(rows, county.allocations(), KNOWN, county.population())[1]


def delivered(seed: int):
    """Rows with the gaps, the silences and the mixtures that deliveries have."""
    draw = Random(seed)
    rows = []
    for name, item in KNOWN.indicators.items():
        kinds = [str(item.period_type)] + (["year"] if draw.random() < 0.15 else [])
        for kind in kinds:
            starts = PERIODS[kind]
            for age in ["total", "18+"] if draw.random() < 0.3 else ["total"]:
                for area in AREAS:
                    if draw.random() < 0.25:
                        continue
                    last = len(starts) - (
                        draw.randrange(len(starts)) if draw.random() < 0.12 else draw.randrange(3)
                    )
                    first = draw.randrange(len(starts))
                    example = draw.random() < 0.1 and seed % 3 == 0
                    for place in range(first, last):
                        if draw.random() < draw.choice([0.02, 0.3]):
                            continue
                        size = draw.choice([4, 30, 400])
                        counts = {} if draw.random() < 0.1 else {
                            "numerator": float(draw.randrange(size + 1)), "denominator": float(size),
                        }  # fmt: skip
                        rows.append(
                            {
                                "indicator": name, "area": area, "period_type": kind, "period_start": starts[place],
                                "age": age, "flag": draw.choice(FLAGS), "batch": draw.randrange(1, 4),
                                "origin": "example" if example else "published",
                                "sex": "women" if draw.random() < 0.02 else "total",
                                "value": draw.randrange(1000) / 10 if not counts else None, **counts,
                            }
                        )  # fmt: skip
    same = ("indicator", "area", "period_start", "period_type", "sex", "age", "origin")
    unique = {tuple(row[key] for key in same): row for row in rows}
    return observations(*unique.values())


@pytest.mark.parametrize("seed", range(16))
def test_the_same_as_of_the_whole(seed):
    rows = delivered(seed)
    whole = whole_of(rows)
    alone = judgements(rows, county.allocations(), KNOWN, county.population())
    assert alone.equals(whole)


def regular(months: int):
    """Every area and month, as a register delivers them."""
    return observations(
        *(
            county.counted(
                area, 300 + (7 * place + 13 * month) % 200, 600, indicator="manad", period_type="month",
                period_start=PERIODS["month"][month],
            )
            for place, area in enumerate(county.MUNICIPALITIES)
            for month in range(months)
        )
    )  # fmt: skip


def test_a_long_series_is_judged_by_its_newest_part(monkeypatch):
    rows = regular(80)
    used = []

    def watched(rows, *rest):
        used.append(rows.height)
        return _series_of(rows, *rest)

    _series_of = judging.series_of
    monkeypatch.setattr(judging, "series_of", watched)
    alone = judgements(rows, county.allocations(), KNOWN, county.population())
    monkeypatch.undo()
    assert used == [5 * (17 + 2)], "15 months, the interval, the newest itself, and two baselines"
    assert alone.equals(whole_of(rows))


def test_an_area_that_stopped_long_ago_is_judged_by_all_there_is():
    rows = regular(80)
    stopped = rows.filter((rows["area"] != "1401") | (rows["period_start"] < dt.date(2017, 6, 1)))
    alone = judgements(stopped, county.allocations(), KNOWN, county.population())
    old = alone.filter((alone["area"] == "1401") & (alone["target"] == "stig"))
    assert old["period_start"].to_list() == [dt.date(2017, 5, 1)]
    assert alone.equals(whole_of(stopped))


def test_indicators_without_a_figure_are_judged_when_asked_for():
    asked = judgements(
        regular(3), county.allocations(), KNOWN, county.population(), indicators=["andel", "manad"]
    )
    assert set(asked["indicator"]) == {"andel", "manad"}
    nothing = judgements(observations(), county.allocations(), KNOWN, county.population())
    assert nothing.is_empty()
