"""Intervals against statsmodels and scipy, and at the edges by hand."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.rates import confint_poisson
from statsmodels.stats.rates import test_poisson_2indep as poisson_test

from etl.measures.interval import (
    LEAST_FOR_BYAR,
    Z,
    byar,
    certain,
    columns,
    counted,
    dobson,
    garwood,
    mover,
    newcombe,
    rate_ratio,
    student,
    wilson,
    z_of,
)

COUNTS = st.integers(1, 2_000_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def bounds(numerator, denominator):
    frame = pl.DataFrame({"x": [numerator], "n": [denominator]}, schema={"x": pl.Float64, "n": pl.Float64})
    lower, upper = columns(wilson, pl.col("x"), pl.col("n"))
    return frame.select(lower.alias("lower"), upper.alias("upper")).row(0)


def difference(first, second):
    frame = pl.DataFrame([[*first, *second]], schema=["x", "n", "y", "m"], orient="row")
    found = columns(newcombe, pl.col("x"), pl.col("n"), pl.col("y"), pl.col("m"))
    return frame.select(found[0].alias("lower"), found[1].alias("upper")).row(0)


@given(COUNTS)
@settings(deadline=None)
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
@settings(deadline=None)
def test_the_share_is_inside(counts):
    lower, upper = bounds(*counts)
    share = counts[0] / counts[1]
    assert 0 <= lower <= share + 1e-12
    assert share - 1e-12 <= upper <= 1


@given(COUNTS, COUNTS)
@settings(deadline=None)
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


def evaluated(bounds, **values):
    frame = pl.DataFrame({name: [value] for name, value in values.items()}, strict=False)
    frame = frame.with_columns(pl.all().cast(pl.Float64))
    return frame.select(bounds[0].alias("lower"), bounds[1].alias("upper")).row(0)


LEVELS = pytest.mark.parametrize("level", [0.95, 0.998])
COUNT = pl.col("x")


def test_a_level_s_quantile():
    assert z_of(0.95) == Z
    assert z_of(0.998) == pytest.approx(stats.norm.ppf(0.999), abs=1e-12)


@LEVELS
@given(count=st.integers(0, 2_000_000))
@settings(max_examples=25, deadline=None)
def test_exact_limits_of_a_count_agree_with_statsmodels(level, count):
    expected = confint_poisson(count, 1, method="exact-c", alpha=1 - level)
    found = evaluated(columns(garwood, COUNT, z=z_of(level)), x=count)
    assert found == pytest.approx(np.nan_to_num(expected), rel=1e-9)


@LEVELS
@given(count=st.integers(LEAST_FOR_BYAR, 1_000_000))
@settings(max_examples=25, deadline=None)
def test_byar_is_near_the_exact_limits_from_ten_on(level, count):
    # "within 0.2 % at 95 %", Fingertips' technical guide on confidence intervals; 1.5 % at 99.8 %, by scipy
    near = 0.002 if level == 0.95 else 0.015
    assert evaluated(columns(byar, COUNT, z=z_of(level)), x=count) == pytest.approx(
        evaluated(columns(garwood, COUNT, z=z_of(level)), x=count), rel=near
    )


def test_byar_by_hand():
    # 100 (1 - 1/900 - 1.959964/30)^3 and 101 (1 - 1/909 + 1.959964/(3 sqrt 101))^3
    assert evaluated(columns(byar, COUNT), x=100) == pytest.approx((81.362105, 121.627938), abs=1e-5)
    assert evaluated(columns(byar, COUNT), x=0)[0] == 0.0


@pytest.mark.parametrize(
    ("count", "exact", "formula"),
    [(9, False, garwood), (10, False, byar), (10, True, garwood), (0, False, garwood)],
)
def test_small_counts_are_exact_and_others_byar_s(count, exact, formula):
    assert evaluated(columns(counted, COUNT, exact=exact), x=count) == evaluated(
        columns(formula, COUNT), x=count
    )


@pytest.mark.parametrize("count", [None, -1])
def test_no_interval_of_an_impossible_count(count):
    assert evaluated(columns(counted, COUNT), x=count) == (None, None)
    assert evaluated(columns(counted, COUNT, exact=True), x=count) == (None, None)


@LEVELS
@given(st.floats(-1e4, 1e4), st.floats(0.01, 1e3), st.integers(2, 10_000))
@settings(max_examples=25, deadline=None)
def test_a_mean_s_interval_agrees_with_scipy(level, mean, deviation, number):
    expected = stats.t.interval(level, number - 1, mean, deviation / number**0.5)
    found = columns(student, pl.col("m"), pl.col("s"), pl.col("n"), z=z_of(level))
    assert evaluated(found, m=mean, s=deviation, n=number) == pytest.approx(expected, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize(("deviation", "number"), [(1, 1), (None, 5), (1, None), (-1, 5)])
def test_no_interval_of_a_mean_without_a_spread(deviation, number):
    found = columns(student, pl.col("m"), pl.col("s"), pl.col("n"))
    assert evaluated(found, m=1, s=deviation, n=number) == (None, None)


def test_dobson_on_the_michigan_births():
    """Fleiss 1981, table 14.4: birth order five and more, weighted with all births by the mother's age.

    The rate of 75.5 per 100 000 is the one that Fay & Feuer (1997) give; the interval is worked out here from
    the formula with scipy's chi-square.
    """
    cases = np.array([0, 8, 63, 112, 262, 295])
    births = np.array([327, 30666, 123419, 149919, 104088, 34392])
    standard = np.array([319933, 931318, 786511, 488235, 237863, 61313])
    weights = standard / standard.sum() / births * 1e5
    value, variance, total = (weights * cases).sum(), (weights**2 * cases).sum(), cases.sum()
    assert value == pytest.approx(75.52901, abs=5e-6)
    limits = np.array([stats.chi2.ppf(0.025, 2 * total), stats.chi2.ppf(0.975, 2 * total + 2)]) / 2
    expected = value + (variance / total) ** 0.5 * (limits - total)
    parts = pl.col("v"), pl.col("w"), COUNT
    found = evaluated(columns(dobson, *parts, exact=True), v=value, w=variance, x=total)
    assert found == pytest.approx(expected, rel=1e-9)
    assert evaluated(columns(dobson, *parts), v=value, w=variance, x=total) == pytest.approx(
        expected, rel=1e-3
    )
    assert evaluated(columns(dobson, *parts), v=0, w=0, x=0) == (None, None)


def test_dobson_of_one_group_is_the_interval_of_its_rate():
    found = evaluated(columns(dobson, pl.col("v"), pl.col("w"), COUNT), v=25 / 200, w=25 / 200**2, x=25)
    assert found == pytest.approx(np.array(evaluated(columns(counted, COUNT), x=25)) / 200)


@LEVELS
@given(st.integers(1, 500), st.integers(1, 100_000), st.integers(1, 500), st.integers(1, 100_000))
@settings(max_examples=25, deadline=None)
def test_a_ratio_of_rates_agrees_with_statsmodels(level, count, base, other, other_base):
    found = evaluated(
        columns(rate_ratio, *(pl.col(name) for name in "abcd"), z=z_of(level)),
        a=count,
        b=base,
        c=other,
        d=other_base,
    )
    statistics = [
        poisson_test(count, base, other, other_base, bound, method="score", compare="ratio").statistic
        for bound in found
    ]
    assert statistics == pytest.approx([z_of(level), -z_of(level)], rel=1e-6)


@pytest.mark.parametrize(
    ("numbers", "certain_ends"),
    [
        ((0, 10, 5, 10), (0.0, None)),
        ((5, 10, 0, 10), (None, float("inf"))),
        ((0, 10, 0, 10), "nothing"),
        ((None, 10, 5, 10), "nothing"),
        ((5, 0, 5, 10), "nothing"),
        ((5, 10, 5, None), "nothing"),
    ],
)
def test_a_ratio_of_rates_at_its_ends(numbers, certain_ends):
    found = evaluated(
        columns(rate_ratio, *(pl.col(name) for name in "abcd")), **dict(zip("abcd", numbers, strict=True))
    )
    if certain_ends == "nothing":
        assert found == (None, None)
        return
    for bound, expected in zip(found, certain_ends, strict=True):
        assert bound == expected if expected is not None else 0 < bound < float("inf")


def test_mover_by_hand():
    # 5 (4 to 7) minus 2 (1.5 to 3): 3 - sqrt(1 + 1) and 3 + sqrt(4 + 0.25)
    found = columns(
        lambda a, b, c, d, e, f: mover(a, (b, c), d, (e, f)), *(pl.col(name) for name in "abcdef")
    )
    assert evaluated(found, a=5, b=4, c=7, d=2, e=1.5, f=3) == pytest.approx((3 - 2**0.5, 3 + 4.25**0.5))
