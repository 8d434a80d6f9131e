"""Direct standardisation against examples worked out by hand."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from etl.measures import frames, standardised
from etl.measures.intervals import NO_SPREAD
from schemas.results import SERIES_SCHEMA
from tests.etl.measures import county
from tests.etl.measures.county import counted, indicator, only, series

INDICATORS = [
    indicator(),
    indicator("kvot", unit="index", highest=10),
    indicator("dagar", unit="days", highest=100),
    indicator("pengar", unit="kronor", highest=1e9),
]
RULES = frames.rules(county.catalogue(INDICATORS))

#: The county: 600 young and 400 old. Alfa: half of 100 young, and 80 of its 200 old.
COUNTY = {"0-64": (300, 600), "65+": (280, 400)}
ALFA = {"0-64": (50, 100), "65+": (80, 200)}


def groups(area, level, figures, name="andel", **more):
    scale = 1 if name == "andel" else 0.01
    return [
        {**row, "value": row["value"] * scale}
        for age, (cases, size) in figures.items()
        for row in [counted(area, cases, size, level=level, age=age, indicator=name, **more)]
    ]


def standard(*rows, **options):
    return standardised.standardised(series(*rows), RULES, **options)


def both(name="andel", alfa=ALFA, **more):
    return [*groups("14", "län", COUNTY, name), *groups("1401", "kommun", alfa, name, **more)]


def test_a_share_weighted_with_the_county_s_ages():
    row = only(standard(*both()), area="1401")
    # 0.6 x 50 % + 0.4 x 40 %
    assert row["value"] == pytest.approx(46.0)
    young = proportion_confint(50, 100, method="wilson")
    old = proportion_confint(80, 200, method="wilson")
    down = ((0.6 * (0.5 - young[0])) ** 2 + (0.4 * (0.4 - old[0])) ** 2) ** 0.5
    up = ((0.6 * (young[1] - 0.5)) ** 2 + (0.4 * (old[1] - 0.4)) ** 2) ** 0.5
    assert (row["lower"], row["upper"]) == pytest.approx((46 - 100 * down, 46 + 100 * up), abs=1e-9)
    assert (row["interval_method"], row["interval_level"], row["reason"]) == ("mover", 0.95, None)
    assert (row["numerator"], row["denominator"], row["age_groups"]) == (130, 300, 2)


def test_the_county_s_own_standardised_figure_is_its_figure():
    row = only(standard(*both()), area="14")
    assert row["value"] == pytest.approx(58.0)


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_an_index_has_dobson_s_interval(level):
    row = only(standard(*both("kvot"), level=level, exact=True), area="1401")
    value, variance = 0.46, 0.6**2 * 50 / 100**2 + 0.4**2 * 80 / 200**2
    tail = (1 - level) / 2
    limits = stats.chi2.ppf(tail, 260) / 2, stats.chi2.ppf(1 - tail, 262) / 2
    expected = [value + (variance / 130) ** 0.5 * (limit - 130) for limit in limits]
    assert row["value"] == pytest.approx(value)
    assert (row["lower"], row["upper"]) == pytest.approx(expected, rel=1e-9)
    assert (row["interval_method"], row["interval_level"]) == ("dobson", level)


def test_days_have_a_value_without_an_interval():
    row = only(standard(*both("dagar")), area="1401")
    assert row["value"] == pytest.approx(0.46)
    assert (row["lower"], row["interval_method"], row["interval_reason"]) == (None, None, NO_SPREAD)


@pytest.mark.parametrize(
    ("alfa", "reason"),
    [
        ({"0-64": (50, 100)}, "Uppgift saknas för 1 av 2 åldersgrupper"),
        ({"0-64": (4, 100), "65+": (5, 200)}, standardised.FEW_CASES),
        ({"0-64": (50, 100), "65+": (201, 200)}, standardised.BAD_COUNTS),
    ],
)
def test_no_value_and_why(alfa, reason):
    row = only(standard(*both(alfa=alfa)), area="1401")
    assert (row["value"], row["lower"], row["numerator"], row["reason"]) == (None, None, None, reason)


def test_a_hidden_age_group_is_one_that_is_missing():
    hidden = {"area": "1401", "level": "kommun", "age": "65+", "flag": "suppressed"}
    rows = [*groups("14", "län", COUNTY), *groups("1401", "kommun", {"0-64": (50, 100)}), hidden]
    assert only(standard(*rows), area="1401")["reason"] == "Uppgift saknas för 1 av 2 åldersgrupper"


@pytest.mark.parametrize("ages", [("12+", "18+"), ("0-64", "64-80"), ("18-29", "24"), ("unga", "65+")])
def test_ages_that_overlap_or_are_no_ages_are_not_weighed(ages):
    figures = dict.fromkeys(ages, (50, 100))
    rows = [*groups("14", "län", figures), *groups("1401", "kommun", figures)]
    assert standard(*rows)["reason"].unique().to_list() == [standardised.OVERLAP]


def test_nothing_without_ages_or_without_the_county_s():
    assert standard(counted("14", 50, 100), counted("1401", 5, 10, level="kommun")).is_empty()
    assert standard(*groups("1401", "kommun", ALFA)).is_empty()
    assert standard(*both("pengar")).is_empty()
    assert standardised.standardised(pl.DataFrame(schema=SERIES_SCHEMA), RULES).is_empty()


def test_an_example_anywhere_makes_it_an_example():
    found = standard(*both(origin="example"))
    assert only(found, area="1401")["example"]
    assert not only(found, area="14")["example"]


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_rows_is_nothing(random):
    rows = [*both(), *both("kvot")]
    expected = standard(*rows)
    random.shuffle(rows)
    found = standard(*rows)
    assert found.drop("lower", "upper", "value").equals(expected.drop("lower", "upper", "value"))
    for name in ("value", "lower", "upper"):
        assert found[name].to_list() == pytest.approx(expected[name].to_list())
