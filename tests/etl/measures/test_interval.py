"""Intervals against statsmodels, and at the edges by hand."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from etl.measures.interval import Z, certain, newcombe, wilson

COUNTS = st.integers(1, 2_000_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def bounds(numerator, denominator):
    frame = pl.DataFrame({"x": [numerator], "n": [denominator]}, schema={"x": pl.Float64, "n": pl.Float64})
    lower, upper = wilson(pl.col("x"), pl.col("n"))
    return frame.select(lower.alias("lower"), upper.alias("upper")).row(0)


def difference(first, second):
    frame = pl.DataFrame([[*first, *second]], schema=["x", "n", "y", "m"], orient="row")
    found = newcombe(pl.col("x"), pl.col("n"), pl.col("y"), pl.col("m"))
    return frame.select(found[0].alias("lower"), found[1].alias("upper")).row(0)


@given(COUNTS)
def test_wilson_agrees_with_statsmodels(counts):
    expected = proportion_confint(*counts, method="wilson")
    assert bounds(*counts) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("numerator", "denominator"),
    [(None, 10), (1, None), (0, 0), (11, 10), (-1, 10)],
)
def test_no_interval_without_possible_counts(numerator, denominator):
    assert bounds(numerator, denominator) == (None, None)


def test_nothing_and_everything_touch_the_ends():
    square = Z * Z
    assert bounds(0, 10) == (0.0, pytest.approx(square / (10 + square)))
    assert bounds(10, 10) == (pytest.approx(10 / (10 + square)), 1.0)


@given(COUNTS)
def test_the_share_is_inside(counts):
    lower, upper = bounds(*counts)
    share = counts[0] / counts[1]
    assert 0 <= lower <= share + 1e-12
    assert share - 1e-12 <= upper <= 1


@given(COUNTS, COUNTS)
def test_newcombe_agrees_with_statsmodels(first, second):
    expected = confint_proportions_2indep(*first, *second, method="newcomb", compare="diff")
    assert difference(first, second) == pytest.approx(expected, abs=1e-9)


def test_newcombes_own_example():
    # Newcombe 1998, table II, example (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339
    assert difference((56, 70), (48, 80)) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@pytest.mark.parametrize(
    ("lower", "upper", "expected"),
    [(0.01, 0.2, True), (-0.2, -0.01, True), (-0.1, 0.1, False), (0.0, 0.1, False), (None, None, None)],
)
def test_certain_leaves_out_zero(lower, upper, expected):
    frame = pl.DataFrame({"l": [lower], "u": [upper]}, schema={"l": pl.Float64, "u": pl.Float64})
    assert frame.select(certain((pl.col("l"), pl.col("u")))).item() is expected
