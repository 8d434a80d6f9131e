"""What isn't adjacent in time isn't taken for it."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest

from etl.measures import regular, spc
from schemas.period import PeriodType
from tests.etl.measures.spc.making import drawn, limits_of, line, rules, starts


@pytest.mark.parametrize("kind", [kind for kind in PeriodType if kind is not PeriodType.DATE])
def test_periods_are_numbered_without_a_hole(kind):
    days = starts(120, kind, dt.date(2017, 7, 1) if kind == "season" else dt.date(2018, 1, 1))
    assert set(regular.numbers(pl.Series(days), pl.Series([str(kind)])).diff().drop_nulls()) == {1}


def test_weeks_are_numbered_over_53_of_them():
    days = [dt.date(2020, 12, 21), dt.date(2020, 12, 28), dt.date(2021, 1, 4)]
    assert set(regular.numbers(pl.Series(days), pl.Series(["week"])).diff().drop_nulls()) == {1}


#: Two levels with a hole between them.
LEVELS = [10.0, 11.0] * 10 + [50.0] + [30.0, 31.0] * 10


@pytest.mark.parametrize("kind", ["month", "quarter", "half_year", "year", "season", "week"])
@pytest.mark.parametrize("how", ["lacking", "without a value"])
def test_no_moving_range_is_taken_across_a_hole(kind, how):
    values = list(LEVELS) if how == "lacking" else [*LEVELS[:20], None, *LEVELS[21:]]
    chart = drawn(values, kind, without=[20] if how == "lacking" else ())
    lower, mean, upper = limits_of(chart)
    # every moving range is 1: the step of 20 between the levels isn't one
    assert (mean, upper - mean) == pytest.approx((20.5, 2.66))
    assert lower == pytest.approx(20.5 - 2.66)


def test_for_dates_only_a_row_without_a_value_is_a_hole():
    days = starts(40, "date")
    uneven = line(LEVELS[:20] + LEVELS[21:], "date").with_columns(
        period_start=pl.Series(days[:20] + [day + dt.timedelta(days=200) for day in days[20:]])
    )
    with_step = spc.chart(uneven, rules(spc={"screening": False}))
    assert limits_of(with_step)[2] - 20.5 == pytest.approx(2.66 * (38 + 19) / 39)
    hole = drawn([*LEVELS[:20], None, *LEVELS[21:]], "date")
    assert limits_of(hole)[2] - 20.5 == pytest.approx(2.66)


CALM = [10.0, 12.0] * 8


@pytest.mark.parametrize("tail", [[11.1 + place / 10 for place in range(7)], [11.5, 11.6] * 3 + [11.5]])
@pytest.mark.parametrize("how", ["lacking", "without a value"])
def test_a_run_and_a_trend_are_broken_by_a_hole(tail, how):
    whole = drawn([*CALM, *tail])
    assert whole["rule"][-1] in {"trend", "shift"}
    values = [*CALM, *tail[:3], None, *tail[3:]]
    broken = drawn(values, without=[19] if how == "lacking" else ())
    assert broken["rule"].drop_nulls().to_list() == []


def test_two_of_three_is_broken_by_a_hole():
    noise = np.random.default_rng(2).normal(size=40)
    chart = drawn([*noise, 2.4, 0.5, 2.4])
    lines = chart.row(-1, named=True)
    assert lines["near_upper"] < 2.4 < lines["upper_limit"]
    assert lines["rule"] == "two_of_three"
    assert drawn([*noise, 2.4, None, 0.5, 2.4])["rule"][-1] is None


@pytest.mark.parametrize("end", [None, float("nan"), float("inf")])
def test_a_last_figure_without_a_value_makes_no_signal(end):
    chart = drawn([*CALM, end])
    assert limits_of(chart) == limits_of(drawn(CALM))
    assert chart["signal"].to_list() == ["common"] * 16 + [None]
    assert chart["value"][-1] is None


def test_holes_everywhere_give_no_limits_but_a_reason():
    values = [value for number in range(20) for value in (float(number % 3), None)]
    chart = drawn(values)
    assert limits_of(chart) == (None, None, None)
    assert set(chart["signal"]) == {None}
    assert set(chart["reason"]) == {
        "För många luckor: bara 0 av de 5 förändringar mellan perioder i rad som behövs"
    }


def test_six_in_a_row_are_enough_when_there_are_points_enough():
    scattered = [value for number in range(10) for value in (float(number % 3), None)]
    assert limits_of(drawn([*scattered, 1.0, 2.0, 1.0, 2.0, 1.0]))[1] is None
    assert limits_of(drawn([*scattered, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0]))[1] is not None


def test_a_roll_up_that_waits_for_a_municipality_is_no_point():
    waiting = line([None], method="ratio_of_sums").with_columns(period_start=pl.lit(dt.date(2025, 1, 1)))
    assert spc.chart(pl.concat([line(CALM), waiting]), rules()).height == 16
    refused = waiting.with_columns(method=pl.lit(None, dtype=pl.String))
    assert spc.chart(pl.concat([line(CALM), refused]), rules()).height == 16
    hidden = waiting.with_columns(flag=pl.lit("suppressed"))
    assert spc.chart(pl.concat([line(CALM), hidden]), rules()).height == 17
