"""Funnel limits against scipy's distributions and the published score limits."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from etl.measures.funnel_limits import LEVELS, with_limits

#: What a chance that is exactly the tail may be off by as a binary number.
NEARLY = 1e-12


def limits(theta, sizes, *, share=True, tau2=0.0):
    rows = pl.DataFrame({"denominator": np.asarray(sizes, dtype=float)}).with_columns(
        share=pl.lit(share), theta=pl.lit(theta, dtype=pl.Float64), tau2=pl.lit(tau2), scale=pl.lit(1.0)
    )
    return with_limits(rows)


def ends(frame, name):
    return frame[f"lower_{name}"].to_numpy(), frame[f"upper_{name}"].to_numpy()


@pytest.mark.parametrize("name", LEVELS)
@given(st.floats(0.001, 0.999), st.integers(1, 20_000))
@settings(max_examples=40, deadline=None)
def test_a_share_falls_outside_less_often_than_said_and_one_case_more_would_not(name, theta, size):
    tail = (1 - LEVELS[name]) / 2
    lower, upper = (end[0] * size for end in ends(limits(theta, [size]), name))
    chance = stats.binom(size, theta)
    fewest, most = np.ceil(lower - 1e-7), np.floor(upper + 1e-7)
    assert chance.cdf(fewest - 1) < tail + NEARLY
    assert tail - NEARLY <= chance.cdf(fewest)
    assert chance.sf(most) < tail + NEARLY
    assert tail - NEARLY <= chance.sf(most - 1)


@pytest.mark.parametrize("name", LEVELS)
@given(st.floats(0.0001, 3), st.integers(1, 20_000))
@settings(max_examples=40, deadline=None)
def test_a_rate_falls_outside_less_often_than_said_and_one_case_more_would_not(name, theta, size):
    tail = (1 - LEVELS[name]) / 2
    lower, upper = (end[0] * size for end in ends(limits(theta, [size], share=False), name))
    chance = stats.poisson(theta * size)
    fewest, most = np.ceil(lower - 1e-7), np.floor(upper + 1e-7)
    assert chance.cdf(fewest - 1) < tail + NEARLY
    assert tail - NEARLY <= chance.cdf(fewest)
    assert chance.sf(most) < tail + NEARLY
    assert tail - NEARLY <= chance.sf(most - 1)


def test_the_interpolation_by_hand():
    # 20 places of a fifth: the binomial's cdf is 0.011529 at 0 and 0.069175 at 1, so 2.5 % lies between:
    # alpha = (0.069175 - 0.025) / (0.069175 - 0.011529)
    chance = stats.binom(20, 0.2)
    alpha = (chance.cdf(1) - 0.025) / chance.pmf(1)
    assert limits(0.2, [20])["lower_95"].item() == pytest.approx((1 - alpha) / 20, abs=1e-12)
    poisson = stats.poisson(4)
    # at least 8 has 0.0511, at least 9 has 0.0214
    beta = (poisson.sf(7) - 0.025) / poisson.pmf(8)
    assert limits(0.2, [20], share=False)["upper_95"].item() == pytest.approx((8 + beta) / 20, abs=1e-12)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (10_000 - 2, (79.867989, 81.416907, 79.421375, 81.863521)),
        (43_036, (80.269164, 81.015732, 80.053899, 81.230996)),
        (110_000, (80.408963, 80.875933, 80.274317, 81.010578)),
    ],
)
def test_large_places_have_the_limits_that_public_health_england_publishes(size, expected):
    # Public Health England's test data for funnels of proportions, about 80.642448 %; those are score limits.
    row = limits(0.80642448, [size]).row(0, named=True)
    found = [100 * row[f"{end}_{name}"] for name in LEVELS for end in ("lower", "upper")]
    assert found == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize("share", [True, False])
def test_adjusted_limits_are_wider_and_by_the_formula_far_out(share):
    sizes = [5, 50, 500, 5_000_000]
    plain, wide = limits(0.3, sizes, share=share), limits(0.3, sizes, share=share, tau2=0.001)
    for name, level in LEVELS.items():
        (low, high), (lower, higher) = ends(plain, name), ends(wide, name)
        assert (lower <= low).all()
        assert (higher >= high).all()
        half = stats.norm.ppf(0.5 + level / 2) * (1 / 20_000_000 + 0.001) ** 0.5
        centre = np.arcsin(0.3**0.5) if share else 0.3**0.5
        back = (lambda x: np.sin(x) ** 2) if share else np.square
        assert (lower[3], higher[3]) == pytest.approx((back(centre - half), back(centre + half)), rel=1e-9)


def test_limits_stay_within_what_is_possible():
    found = limits(0.01, [1, 2, 10], tau2=0.5)
    assert found.select(pl.min_horizontal(pl.col("^lower_.*$")).min()).item() == 0.0
    assert found.select(pl.max_horizontal(pl.col("^upper_.*$")).max()).item() <= 1.0


@pytest.mark.parametrize(("theta", "share"), [(0.0, True), (1.0, True), (0.0, False)])
def test_where_all_are_alike_there_is_no_room(theta, share):
    row = limits(theta, [20], share=share).row(0, named=True)
    assert [row[f"{end}_{name}"] for name in LEVELS for end in ("lower", "upper")] == [theta] * 4


def test_rows_keep_their_order_and_the_unknown_have_none():
    rows = pl.DataFrame(
        {"denominator": [100.0, None, 50.0], "share": [True, True, False], "theta": [0.5, 0.5, 0.2]}
    )
    found = with_limits(rows.with_columns(tau2=pl.lit(0.0), scale=pl.lit(100.0)))
    assert found["denominator"].to_list() == [100.0, None, 50.0]
    assert found["lower_95"].is_null().to_list() == [False, True, False]
    assert with_limits(found.drop(pl.selectors.matches("_9")).clear()).is_empty()
