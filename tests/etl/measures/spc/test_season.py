"""Taking the season out."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from etl.measures import spc
from tests.etl.measures.spc.making import asked, drawn, judged, limits_of, many, rebased, rules, starts

SEASON = 10 * np.sin(np.arange(12) / 12 * 2 * np.pi)
WITH = {"season": True}


def wave(months, cycle=SEASON):
    return np.resize(cycle, months)


def signalled(values, last=None, **spc_settings):
    """The share of charts with a signal in the last so many points, and with one upwards."""
    chart = spc.chart(many(values), rules(spc=spc_settings))
    chart = chart.filter(pl.int_range(pl.len()).over("area") >= values.shape[1] - (last or values.shape[1]))
    found = chart.group_by("area").agg(
        (pl.col("signal") != "common").any().alias("any"),
        (pl.col("signal") == "improvement").any().alias("up"),
    )
    return found["any"].mean(), found["up"].mean()


@pytest.mark.parametrize("months", [36, 41, 60])
def test_a_pure_season_leaves_a_constant(months):
    values = 50 + wave(months)
    chart = drawn(values.tolist(), spc=WITH)
    assert set(chart["signal"]) == {"common"}
    assert chart["mean"].to_numpy() == pytest.approx(values)
    assert chart["upper_limit"].to_numpy() == pytest.approx(values)
    assert chart["value"].to_numpy() == pytest.approx(values)
    assert drawn(values.tolist())["signal"].is_in(["improvement", "concern"]).mean() > 0.5


def test_by_quarter_too():
    values = 50 + np.resize([3.0, -1.0, -4.0, 2.0], 14)
    chart = drawn(values.tolist(), "quarter", spc=WITH)
    assert set(chart["signal"]) == {"common"}
    assert chart["mean"].to_numpy() == pytest.approx(values)


def test_a_rise_is_not_taken_for_a_season():
    rise = np.arange(48) * 0.25
    chart = drawn((50 + rise + wave(48)).tolist(), spc=WITH)
    assert (chart["mean"].to_numpy() - wave(48)) == pytest.approx(np.full(48, 50 + rise.mean()))
    assert chart["rule"][-1] in {"outside", "trend"}
    assert chart["signal"][-1] == "improvement"


def test_a_step_at_a_rebase_date_is_not_taken_for_a_season():
    step = np.where(np.arange(48) < 20, 0.0, 30.0)
    chart = drawn((50 + step + wave(48)).tolist(), spc=WITH, rebases=rebased(starts(48)[20]))
    assert chart["mean"].to_numpy() == pytest.approx(50 + step + wave(48))


@pytest.mark.parametrize("months", [36, 40, 60])
def test_a_season_raises_no_false_alarm(months, capsys):
    random = np.random.default_rng(months)
    noise = random.normal(size=(2000, months))
    plain, _ = signalled(noise)
    with_season, _ = signalled(noise + wave(months), **WITH)
    untouched, _ = signalled(noise + wave(months))
    with capsys.disabled():
        print(
            f"\n  season, {months} months: charts with a signal {with_season:.1%}, without any season {plain:.1%}"
        )
    assert untouched == 1.0
    # the season is estimated, which costs something, the less the longer the series is
    assert with_season < plain + {36: 0.1, 40: 0.08, 60: 0.05}[months]


@pytest.mark.parametrize(("size", "least"), [(1.5, 0.5), (2.0, 0.75), (3.0, 0.95)])
def test_a_shift_in_seasonal_figures_is_found(size, least, capsys):
    random = np.random.default_rng(7)
    values = random.normal(size=(2000, 48)) + wave(48)
    values[:, -12:] += size
    _, up = signalled(values, 12, **WITH)
    with capsys.disabled():
        print(f"\n  season, shift of {size} sigma in the last 12 of 48 months: found in {up:.1%}")
    assert up > least


def test_three_whole_years_are_needed():
    values = (50 + wave(36) + np.arange(36) % 2).tolist()
    assert limits_of(drawn(values, spc=WITH))[1] is not None
    short = drawn(values[:35], spc=WITH)
    assert limits_of(short) == (None, None, None)
    told = "Årstiden kan inte räknas bort: färre än 3 hela år utan luckor (2)"
    assert judged(short, asked(10.0))["variation_reason"] == told
    assert judged(short, asked(10.0))["assurance_reason"] == told
    values[30] = None
    assert drawn(values, spc=WITH)["reason"][0] == told


@pytest.mark.parametrize("kind", ["week", "half_year", "date"])
def test_other_periods_within_the_year_are_not_judged(kind):
    told = "Årstiden kan inte räknas bort: det går bara för månader och kvartal"
    assert set(drawn([1.0, 2.0] * 30, kind, spc=WITH)["reason"]) == {told}


@pytest.mark.parametrize("kind", ["year", "season"])
def test_a_whole_year_has_no_season(kind):
    assert drawn([1.0, 2.0] * 10, kind, spc=WITH).equals(drawn([1.0, 2.0] * 10, kind))


def test_assurance_is_for_the_whole_year():
    random = np.random.default_rng(3)
    values = 50 + wave(48) + random.normal(size=48)
    chart = drawn(values.tolist(), spc=WITH)
    row = judged(chart, asked(45.0), spc=WITH)
    assert row["assurance"] == "inconsistent"
    assert row["process_lower"] == chart["lower_limit"].min() < 42
    assert row["process_upper"] == chart["upper_limit"].max() > 58
    assert row["process_mean"] == pytest.approx(values.mean())
    assert judged(chart, asked(30.0))["assurance"] == "met"
