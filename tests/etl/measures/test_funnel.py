"""Who lies outside the funnel, and how wide it is, against a restatement in numpy."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from etl.measures import frames, funnel, intervals
from schemas.catalogue import Level
from schemas.results import SERIES_SCHEMA
from tests.etl.measures import county
from tests.etl.measures.county import counted, indicator, only, series

RULES = frames.rules(
    county.catalogue(
        [
            indicator(),
            indicator("lagre", direction="lower"),
            indicator("utan", direction="none"),
            indicator("kvot", unit="index", highest=10),
            indicator("dagar", unit="days", highest=100),
            indicator("pengar", unit="kronor", highest=1e9),
        ]
    )
)
#: 49 places about 60 %, no more spread than chance has: the deciles of the normal distribution.
SIZES = np.linspace(100, 4900, 49).round()
CHANCE = np.random.default_rng(7).permutation(stats.norm.ppf((np.arange(49) + 0.5) / 49))
CODES = [f"{1400 + place}" for place in range(49)]


def places(spread, name="andel", theta=0.6, scale=100, **more):
    """49 municipalities `spread` standard errors of chance from theta."""
    share = theta + spread * CHANCE * np.sqrt(theta * (1 - theta) / SIZES)
    cases = (share * SIZES).round()
    return [
        {
            **counted(code, case, size, **{"level": "kommun", "indicator": name, **more}),
            "value": case / size * scale,
        }
        for code, case, size in zip(CODES, cases, SIZES, strict=True)
    ]


def found(*rows, **options):
    return funnel.funnel(series(*rows), RULES, **options)


def others(level):
    """Places of the other level, far from these: they are no part of the funnel."""
    other = Level.HEALTH_CENTRE if level is Level.MUNICIPALITY else Level.MUNICIPALITY
    return [{**row, "area": f"x-{row['area']}"} for row in places(1.0, theta=0.2, level=str(other))]


def restated(cases, sizes):
    """phi and tau2 for shares as Spiegelhalter 2005 and 2012 have them."""
    theta = cases.sum() / sizes.sum()
    z = (np.arcsin(np.sqrt(cases / sizes)) - np.arcsin(np.sqrt(theta))) * 2 * np.sqrt(sizes)
    phi = (np.clip(z, *np.quantile(z, [0.1, 0.9])) ** 2).mean()
    weights, number = 4 * sizes, len(sizes)
    tau2 = (number * phi - (number - 1)) / (weights.sum() - (weights**2).sum() / weights.sum())
    return theta, phi, max(tau2, 0.0) if number * phi > stats.chi2.ppf(0.95, number) else 0.0


@pytest.mark.parametrize("level", [Level.MUNICIPALITY, Level.HEALTH_CENTRE])
@pytest.mark.parametrize(("spread", "adjusted"), [(1.0, False), (4.0, True)])
def test_limits_are_adjusted_where_places_vary_more_than_chance(spread, adjusted, level):
    rows = places(spread, level=str(level))
    points = found(*rows, *others(level), level=level)
    assert points["area"].to_list() == CODES
    theta, phi, tau2 = restated(np.array([row["numerator"] for row in rows]), SIZES)
    assert points["adjusted"].unique().to_list() == [adjusted]
    assert points["centre"].unique().to_list() == pytest.approx([100 * theta])
    assert points["phi"].unique().to_list() == pytest.approx([phi])
    assert points["tau2"].unique().to_list() == pytest.approx([tau2])
    assert bool(tau2 > 0) is adjusted


def test_without_adjustment_most_places_would_be_blamed_for_usual_variation():
    points = found(*places(4.0))
    outside = points.filter(pl.col("outcome") != "similar").height
    raw = np.abs(CHANCE * 4.0) > 1.96
    assert raw.sum() > 25
    assert outside < 12


@pytest.mark.parametrize(
    ("name", "above", "below"),
    [("andel", "better", "worse"), ("lagre", "worse", "better"), ("utan", "higher", "lower")],
)
def test_an_outlier_is_better_or_worse_by_the_indicator_s_direction(name, above, below):
    rows = places(0.5, name)
    rows[40] = {**rows[40], **counted("1440", 3000, 4100), "level": "kommun"}
    rows[41] = {**rows[41], **counted("1441", 2400, 4200), "level": "kommun"}
    points = found(*rows)
    high, low, other = (only(points, area=area) for area in ("1440", "1441", "1403"))
    assert (high["outcome"], high["outcome_level"]) == (above, 99.8)
    assert (low["outcome"], low["outcome_level"]) == (below, 99.8)
    assert (other["outcome"], other["outcome_level"], other["reason"]) == ("similar", None, None)
    assert high["value"] > high["upper_998"] > high["upper_95"] > high["centre"]


def test_between_the_two_limits_the_level_is_95():
    rows = places(0.2)
    rows[40] = {**rows[40], **counted("1440", 2460 + 80, 4100), "level": "kommun"}
    assert only(found(*rows), area="1440")["outcome_level"] == 95.0


def test_a_small_place_isn_t_blamed_for_chance():
    rows = places(0.2)
    rows[0] = {**rows[0], **counted("1400", 5, 12), "level": "kommun"}
    row = only(found(*rows), area="1400")
    assert row["value"] < 42
    assert row["outcome"] == "similar"


def test_a_rate_has_poisson_limits():
    cases = stats.poisson.ppf(stats.norm.cdf(CHANCE), 0.02 * SIZES)
    rows = [
        {**counted(code, case, size, level="kommun", indicator="kvot"), "value": case / size}
        for code, case, size in zip(CODES, cases, SIZES, strict=True)
    ]
    row = only(found(*rows), area="1448")
    mean = cases.sum() / SIZES.sum() * 4900
    assert not row["adjusted"]
    assert row["upper_95"] * 4900 == pytest.approx(stats.poisson.isf(0.025, mean), abs=1)
    assert row["lower_998"] * 4900 == pytest.approx(stats.poisson.ppf(0.001, mean), abs=1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"value": None, "reason": "Dold hos källan"}, "Dold hos källan"),
        ({"value": None, "numerator": None}, funnel.NO_FIGURE),
        ({"numerator": None}, intervals.NO_COUNTS),
        ({"numerator": 5000}, intervals.BAD_COUNTS),
    ],
)
def test_a_place_without_counts_is_left_out_and_told_why(row, reason):
    rows = places(1.0)
    rows[3] = {**rows[3], **row}
    points = found(*rows)
    mine = only(points, area="1403")
    assert (mine["outcome"], mine["outcome_level"], mine["reason"]) == (None, None, reason)
    others = [row for place, row in enumerate(rows) if place != 3]
    centre = 100 * sum(r["numerator"] for r in others) / sum(r["denominator"] for r in others)
    assert mine["centre"] == pytest.approx(centre)


@pytest.mark.parametrize(("name", "reason"), [("dagar", intervals.NO_SPREAD), ("pengar", funnel.NOT_COUNTED)])
def test_what_isn_t_counted_has_no_funnel(name, reason):
    assert found(*places(1.0, name))["reason"].unique().to_list() == [reason]


def test_means_whose_spread_is_known_have_no_funnel_either_and_it_says_why():
    rows = [{**row, "interval_method": "student"} for row in places(1.0, "dagar")]
    assert found(*rows)["reason"].unique().to_list() == [funnel.NOT_OF_MEANS]


def test_few_places_have_no_centre_and_some_no_test_of_their_variation():
    few = found(*places(4.0)[: funnel.LEAST_AREAS - 1])
    assert few["reason"].unique().to_list() == [funnel.TOO_FEW]
    assert few["centre"].null_count() == few.height
    some = found(*places(4.0)[: funnel.LEAST_FOR_DISPERSION - 1])
    assert some["phi"].null_count() == some.height
    assert not some["adjusted"].any()


def test_the_newest_period_with_enough_places_or_the_one_asked_for():
    start = dt.date(2021, 1, 1)
    rows = [*places(1.0), *places(1.0, period_start=start)[:3]]
    assert found(*rows)["period_start"].unique().to_list() == [county.YEAR_2020]
    assert found(*rows, period=start)["area"].to_list() == CODES[:3]
    assert found(*rows, *places(1.0, "lagre"), indicator="lagre")["indicator"].unique().to_list() == ["lagre"]


def test_an_example_among_them_is_told():
    rows = places(1.0)
    assert not found(*rows)["example"].any()
    rows[0] = {**rows[0], "origin": "example"}
    assert found(*rows)["example"].all()


def test_an_empty_series():
    points = funnel.funnel(pl.DataFrame(schema=SERIES_SCHEMA), RULES)
    assert points.is_empty()
    assert funnel.curves(points, RULES).is_empty()


@given(st.randoms(use_true_random=False), st.sampled_from(["", "x"]))
@settings(max_examples=8, deadline=None)
def test_neither_order_nor_names_change_an_outcome(random, prefix):
    rows = places(3.0)
    expected = dict(found(*rows).select("area", "outcome").rows())
    renamed = [{**row, "area": prefix + row["area"]} for row in rows]
    random.shuffle(renamed)
    points = found(*renamed)
    assert dict(points.select(pl.col("area").str.strip_prefix(prefix), "outcome").rows()) == expected


def test_curves_run_through_the_places_limits():
    points = found(*places(4.0))
    drawn = funnel.curves(points, RULES, number=30)
    assert (drawn["denominator"].min(), drawn["denominator"].max()) == (100, 4900)
    assert drawn.height == 30
    last, largest = drawn.row(-1, named=True), only(points, area="1448")
    for name in ("lower_95", "upper_95", "lower_998", "upper_998", "centre"):
        assert last[name] == pytest.approx(largest[name])
    assert drawn["denominator"].is_sorted()
