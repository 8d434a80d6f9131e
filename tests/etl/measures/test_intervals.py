"""Which interval a figure gets, and why it gets none."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from etl.measures import frames, intervals
from etl.measures.intervals import with_deviation, with_intervals
from schemas.catalogue import Unit
from schemas.results import SERIES_SCHEMA
from tests.etl.measures import county
from tests.etl.measures.county import counted, indicator, series

UNITS = [indicator(unit.replace("_", "-"), unit=unit, highest=1e6) for unit in Unit]
RULES = frames.rules(county.catalogue(UNITS))


def mean(value, deviation, number, unit="days", **options):
    """The interval of a mean that came with its standard deviation."""
    row = {"indicator": unit, "denominator": number, "value": value}
    figures = series(row).with_columns(pl.lit(deviation, pl.Float64).alias("standard_deviation"))
    return with_intervals(figures, RULES, **options)


def of(unit, numerator, denominator, value=1.0, **options):
    row = {"indicator": unit, "numerator": numerator, "denominator": denominator, "value": value}
    found = with_intervals(series(row), RULES, **options).row(0, named=True)
    return (
        found["lower"],
        found["upper"],
        found["interval_method"],
        found["interval_level"],
        found["interval_reason"],
    )


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_a_share_has_wilson_s_interval_in_per_cent(level):
    lower, upper, *rest = of("percent", 81, 263, level=level)
    expected = proportion_confint(81, 263, alpha=1 - level, method="wilson")
    assert (lower / 100, upper / 100) == pytest.approx(expected, abs=1e-9)
    assert rest == ["wilson", level, None]


@pytest.mark.parametrize(
    ("numerator", "exact", "method"), [(9, False, "exact"), (10, False, "byar"), (10, True, "exact")]
)
def test_an_index_has_the_interval_of_its_count_over_its_denominator(numerator, exact, method):
    lower, upper, *rest = of("index", numerator, 40, exact=exact)
    expected = stats.chi2.ppf(0.025, 2 * numerator) / 80, stats.chi2.ppf(0.975, 2 * numerator + 2) / 80
    assert (lower, upper) == pytest.approx(expected, rel=1e-9 if method == "exact" else 0.002)
    assert rest == [method, 0.95, None]


@pytest.mark.parametrize("level", [0.95, 0.998])
@pytest.mark.parametrize(("deviation", "number"), [(0.4, 2), (8.1, 40), (0.001, 7), (16.25, 100_000)])
def test_a_mean_with_a_standard_deviation_has_student_s_interval(deviation, number, level):
    found = mean(7.5, deviation, number, level=level).row(0, named=True)
    lower, upper = stats.t.interval(level, number - 1, loc=7.5, scale=deviation / number**0.5)
    assert (found["lower"], found["upper"]) == pytest.approx((max(lower, 0.0), upper), rel=1e-9)
    rest = [found[name] for name in ("interval_method", "interval_level", "interval_reason")]
    assert rest == ["student", level, None]


def test_no_interval_of_days_goes_below_none():
    found = mean(0.5, 8.0, 30).row(0, named=True)
    assert (found["lower"], found["upper"]) == (
        0.0,
        pytest.approx(0.5 + stats.t.ppf(0.975, 29) * 8 / 30**0.5),
    )


@pytest.mark.parametrize(
    ("unit", "deviation", "number"),
    [
        ("days", None, 40),
        ("days", 0.0, 40),
        ("days", 8.1, 1),
        ("days", 8.1, None),
        ("days-per-inhabitant", 8.1, 4000),
    ],
)
def test_a_mean_without_what_an_interval_needs(unit, deviation, number):
    found = mean(7.5, deviation, number, unit).row(0, named=True)
    assert (found["lower"], found["interval_method"]) == (None, None)
    assert found["interval_reason"] == intervals.NO_SPREAD


@pytest.mark.parametrize("unit", ["percent", "index", "kronor"])
def test_a_standard_deviation_is_nothing_to_what_is_no_mean(unit):
    assert mean(7.5, 8.1, 40, unit)["interval_method"].to_list() == [None]


@given(st.floats(0, 365), st.floats(0.01, 500), st.integers(2, 1_000_000))
def test_a_finished_series_tells_the_deviation_by_its_interval(value, deviation, number):
    finished = mean(value, deviation, number).drop("standard_deviation")
    assert with_deviation(finished)["standard_deviation"].item() == pytest.approx(deviation, rel=1e-6)


def test_other_intervals_tell_no_deviation():
    rows = with_intervals(series(counted("14", 20, 40, indicator="percent"), {"indicator": "days"}), RULES)
    assert with_deviation(rows)["standard_deviation"].to_list() == [None, None]


@pytest.mark.parametrize(
    ("unit", "numerator", "denominator", "reason"),
    [
        ("days", 300, 40, intervals.NO_SPREAD),
        ("days-per-inhabitant", 300, 4000, intervals.NO_SPREAD),
        ("kronor", 300, 40, intervals.AMOUNT),
        ("percent", None, 40, intervals.NO_COUNTS),
        ("percent", 20, None, intervals.NO_COUNTS),
        ("index", None, None, intervals.NO_COUNTS),
        ("percent", 41, 40, intervals.BAD_COUNTS),
        ("index", 3, 0, intervals.BAD_COUNTS),
    ],
)
def test_no_interval_and_why(unit, numerator, denominator, reason):
    assert of(unit, numerator, denominator) == (None, None, None, None, reason)


def test_a_figure_that_is_lacking_has_its_own_reason():
    assert of("percent", None, None, value=None) == (None, None, None, None, None)
    assert of("percent", 20, 40, value=None) == (None, None, None, None, None)


def test_rows_keep_their_order_and_an_empty_frame_its_columns():
    rows = series(*(counted(area, n, 40, indicator="percent") for n, area in enumerate("edcba")))
    assert with_intervals(rows, RULES)["area"].to_list() == list("edcba")
    empty = with_intervals(pl.DataFrame(schema=SERIES_SCHEMA), RULES)
    assert empty.schema == pl.Schema({**SERIES_SCHEMA, "interval_reason": pl.String})
