"""What a target asks for at a date."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.measures.target_path import anchors, targets, with_baseline, with_path
from schemas.catalogue import Baseline
from tests.etl.measures import county
from tests.etl.measures.county import series, target

FROM, HALF_WAY, TO = dt.date(2021, 1, 1), dt.date(2022, 1, 1), dt.date(2023, 1, 1)


def asked(item, day, own=()):
    """What the target asks the county for on a day: (required, target_value)."""
    catalogue = county.catalogue(targets=[item])
    row = pl.DataFrame(
        [["andel", "14", "total", "total", day]],
        schema={
            "indicator": pl.String,
            "area": pl.String,
            "sex": pl.String,
            "age": pl.String,
            "period_end": pl.Date,
        },
        orient="row",
    )
    rows = with_baseline(row.join(targets(catalogue), on=["indicator", "age"]), series(*own))
    return with_path(rows, anchors(catalogue)).select("required", "target_value").row(0)


def step(day, value):
    return {"date": day, "value": value}


def test_without_milestones_it_holds_at_all_times():
    for day in (dt.date(1999, 1, 1), dt.date(2050, 1, 1)):
        assert asked(target(value=80), day) == (80.0, 80.0)
    assert asked(target(value=80), None) == (None, 80.0)


@pytest.mark.parametrize(
    ("day", "required"),
    [
        (dt.date(2020, 12, 31), None),
        (FROM, 25.0),
        (HALF_WAY, 40.0),
        (dt.date(2021, 7, 2), 25 + 15 * 182 / 365),
        (TO, 55.0),
        (dt.date(2030, 1, 1), 55.0),
    ],
)
def test_from_a_given_baseline_to_the_last_step(day, required):
    baseline = {"date": FROM, "value": 25}
    item = target(value=55, baseline=baseline, milestones=[step(HALF_WAY, 40), step(TO, 55)])
    assert asked(item, day) == (pytest.approx(required) if required else None, 55.0)


def test_nothing_is_asked_before_a_single_step():
    item = target(value=55, milestones=[step(TO, 55)])
    assert asked(item, HALF_WAY) == (None, 55.0)
    assert asked(item, TO) == (55.0, 55.0)


def test_a_path_from_the_areas_own_baseline():
    item = target(value=60, baseline={"period": "2020"}, milestones=[step(dt.date(2022, 12, 31), 60)])
    own = [{"value": 40.0}, {"value": 99.0, "area": "1401", "level": "kommun"}]
    # the baseline counts from the last day of its period, 31 December 2020: 365 of 730 days gone
    assert asked(item, dt.date(2021, 12, 31), own) == (pytest.approx(50.0), 60.0)
    assert asked(item, dt.date(2021, 12, 31)) == (None, 60.0)


def test_a_relative_change_counts_from_the_baseline():
    item = target(
        kind="relative_change",
        value=20,
        baseline={"period": "2020"},
        milestones=[step(dt.date(2021, 12, 31), 10), step(dt.date(2022, 12, 31), 20)],
    )
    own = [{"value": 50.0}]
    assert asked(item, dt.date(2021, 12, 31), own) == (pytest.approx(55.0), pytest.approx(60.0))
    assert asked(item, dt.date(2020, 12, 31), own) == (pytest.approx(50.0), pytest.approx(60.0))
    assert asked(item, dt.date(2021, 12, 31)) == (None, None)
    given_value = Baseline(period="2020", value=100.0)
    fixed = item.model_copy(update={"baseline": given_value})
    assert asked(fixed, dt.date(2022, 12, 31)) == (pytest.approx(120.0), pytest.approx(120.0))


def test_a_range_asks_for_no_single_value():
    assert asked(target(kind="range", value=None, low=10, high=20), TO) == (None, None)


def test_the_headline_age_is_meant_where_none_is_said():
    catalogue = county.catalogue(
        [county.indicator(ages=["18+", "65+"])], [target(), target("tva", age="65+")]
    )
    assert dict(targets(catalogue).select("target", "age").rows()) == {"mal": "18+", "tva": "65+"}


@given(st.dates(FROM, TO), st.floats(0, 100), st.floats(0, 100))
def test_a_straight_path_stays_between_its_ends(day, start, end):
    item = target(value=end, baseline={"date": FROM, "value": start}, milestones=[step(TO, end)])
    required, _ = asked(item, day)
    assert min(start, end) - 1e-9 <= required <= max(start, end) + 1e-9
