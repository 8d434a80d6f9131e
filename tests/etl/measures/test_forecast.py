"""The forecast's parts, each against a plain way to reckon it."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from etl.measures import forecast

PLAIN = replace(forecast.CHOSEN, damping=1.0, agreement=0.0)
RISING = np.array([[10.0, 12.0, 13.0, 15.0, 18.0, 19.0, 20.0]])


def one(values, per_year=1, *, share=False, method=forecast.CHOSEN):
    return forecast.fit(np.atleast_2d(np.array(values, float)), per_year, np.array([share]), method=method)


def test_the_slope_is_theil_and_sens():
    values = [10.0, 12.0, 11.0, 15.0, 30.0, 19.0, 20.0]
    known = one(values, method=PLAIN)
    assert known.slope[0] == pytest.approx(stats.theilslopes(values)[0])


def test_with_gaps_too():
    values = [10.0, np.nan, 11.0, 15.0, np.nan, 19.0, 20.0]
    seen = [place for place in range(7) if not np.isnan(values[place])]
    expected = stats.theilslopes([values[place] for place in seen], seen)[0]
    assert one(values, method=PLAIN).slope[0] == pytest.approx(expected)


def test_by_month_it_compares_the_same_months_only():
    rng = np.random.default_rng(1)
    values = rng.normal(50, 5, 40)
    pairs = [
        (values[late] - values[early]) / ((late - early) / 12)
        for early, late in combinations(range(40), 2)
        if (late - early) % 12 == 0
    ]
    assert one(values, 12, method=PLAIN).slope[0] == pytest.approx(median(pairs))


def test_what_turns_has_little_slope_left():
    agreement = (
        abs(sum(np.sign(late - early) for early, late in combinations([1.0, 5, 4, 6, 3, 7, 8], 2))) / 21
    )
    plain, known = (one([1.0, 5, 4, 6, 3, 7, 8], method=m) for m in (PLAIN, forecast.CHOSEN))
    assert known.slope[0] == pytest.approx(plain.slope[0] * agreement**4)
    assert 0 < agreement < 1


def test_a_straight_line_goes_on_damped():
    known = one(np.arange(7.0) * 2)
    expected, lower, upper = forecast.ahead(known, np.array([1, 2, 3]))
    factor = np.log(0.9)
    assert expected[0] == pytest.approx([12 + 2 * (0.9**year - 1) / factor for year in (1, 2, 3)])
    assert (lower < expected).all()
    assert (expected < upper).all()


def test_damping_never_ends_up_above_its_limit():
    assert forecast.damped(np.array([1000.0]), 0.9)[0] == pytest.approx(-1 / np.log(0.9))
    assert forecast.damped(np.array([3.0]), 1.0)[0] == 3.0


def test_the_season_goes_on():
    month = np.arange(60)
    wave = 10 * np.sin(month * 2 * np.pi / 12)
    known = one(50 + wave, 12)
    expected, _, _ = forecast.ahead(known, np.arange(1, 13))
    assert expected[0] == pytest.approx(50 + wave[:12])
    level, _, _ = forecast.ahead(known, np.arange(1, 13), with_season=False)
    assert level[0] == pytest.approx(np.full(12, 50.0))


def test_the_band_by_hand():
    # Alternately 1 up and 1 down: noise 1/2, moved 1. A year ahead: variance 1/2 + 0.4.
    known = one([1.0, 2.0] * 3 + [1.0])
    expected, lower, upper = forecast.ahead(known, np.array([1]))
    half = stats.t.ppf(0.9, 6) * np.sqrt(0.5 + 0.4)
    assert [expected[0, 0] - lower[0, 0], upper[0, 0] - expected[0, 0]] == pytest.approx([half, half])


def test_the_band_by_month():
    rng = np.random.default_rng(2)
    values = rng.normal(50, 5, 36)
    known = one(values, 12, method=PLAIN)
    moved = np.mean((values[12:] - values[:-12]) ** 2)
    away = values - known.season[0][-np.arange(36)[::-1] % 12]
    noise = np.mean(np.diff(away) ** 2) / 2
    expected, _, upper = forecast.ahead(known, np.array([18]))
    half = stats.t.ppf(0.9, 2) * np.sqrt(noise + 0.7 * moved * 1.5**1.5)
    assert upper[0, 0] - expected[0, 0] == pytest.approx(half)


def test_only_the_window_counts():
    recent = np.arange(7.0)
    assert one([90.0, 3.0, *recent]).slope[0] == one(recent).slope[0]
    assert forecast.window(12) == 73


@pytest.mark.parametrize("share", [True, False])
@pytest.mark.parametrize("value", [0.0, 50.0, 100.0])
@pytest.mark.parametrize("per_year", [1, 12])
def test_what_never_moves_goes_on_without_a_band(value, per_year, share):
    said = forecast.ahead(one(np.full(60, value), per_year, share=share), np.arange(1, 100))
    for part in said:
        assert part[0] == pytest.approx(np.full(99, value), abs=1e-9)


def test_nothing_known_says_nothing():
    known = one([np.nan, np.nan, np.nan, np.nan, np.nan, np.nan, 5.0])
    assert np.isnan(forecast.ahead(known, np.array([1]))[0]).all()


def test_rows_one_by_one_or_together():
    rng = np.random.default_rng(3)
    values = rng.uniform(0, 100, (5, 40))
    values[rng.random((5, 40)) < 0.2] = np.nan
    values[:, -1] = 40
    shares = np.array([True, False, True, False, True])
    together = forecast.fit(values, 12, shares)
    steps = np.arange(1, 30)
    whole = forecast.ahead(together, steps)
    for row in range(5):
        alone = forecast.ahead(forecast.fit(values[row : row + 1], 12, shares[row : row + 1]), steps)
        picked = forecast.ahead(together.of(np.array([row])), steps)
        for part, mine, chosen in zip(whole, alone, picked, strict=True):
            assert part[row] == pytest.approx(mine[0])
            assert (part[row] == chosen[0]).all()


@given(arrays(float, (1, 24), elements=st.floats(0, 100)), st.sampled_from([1, 2, 4, 12]))
def test_a_share_stays_within_0_and_100_and_the_band_around_it(values, per_year):
    known = forecast.fit(values, per_year, np.array([True]))
    expected, lower, upper = forecast.ahead(known, np.arange(1, 200))
    assert (lower >= 0).all()
    assert (upper <= 100).all()
    assert (lower <= expected + 1e-9).all()
    assert (expected <= upper + 1e-9).all()


@given(
    arrays(int, (1, 12), elements=st.integers(-100, 100)),
    st.sampled_from([0.5, 10, 1000]),
    st.integers(-50, 50),
)
def test_another_unit_is_the_same_forecast(values, factor, shift):
    plain = forecast.ahead(one(values / 10), np.arange(1, 6))
    other = forecast.ahead(one(values / 10 * factor + shift), np.arange(1, 6))
    for part, changed in zip(plain, other, strict=True):
        assert changed == pytest.approx(part * factor + shift, rel=1e-6, abs=1e-6 * factor)
