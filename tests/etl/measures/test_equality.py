"""The gap between areas, its interval and test, and how many people it is."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from etl.measures import equality, frames, intervals, shortfall
from etl.measures.equality import gaps
from schemas.results import SERIES_SCHEMA
from tests.etl.measures import county
from tests.etl.measures.county import counted, indicator, only, series

CATALOGUE = county.catalogue(
    [
        indicator(),
        indicator("lagre", direction="lower"),
        indicator("utan", direction="none"),
        indicator("enkat", roll_up="population_weighted"),
        indicator("kvot", unit="index", highest=10),
        indicator("dagar", unit="days", highest=100),
        indicator("pengar", unit="kronor", roll_up="sum", highest=1e9),
    ]
)
RULES, MEMBERS = frames.rules(CATALOGUE), frames.members(CATALOGUE)
YEAR_2021 = dt.date(2021, 1, 1)

#: Municipality → cases and people; the county has 60 %.
FIGURES = {"1401": (700, 1000), "1402": (130, 200), "1403": (75, 150), "1404": (60, 100), "1405": (40, 80)}


def municipal(figures=FIGURES, name="andel", scale=100.0, **more):
    return [
        {**counted(code, cases, size, level="kommun", indicator=name, **more), "value": cases / size * scale}
        for code, (cases, size) in figures.items()
    ]


def whole(value=60.0, name="andel", **more):
    return {"area": "14", "level": "län", "value": value, "indicator": name, **more}


def found(*rows):
    return gaps(series(*rows), RULES, MEMBERS, county.population())


def one(*rows, **wanted):
    return only(found(*rows), **{"level": "kommun", **wanted})


def test_the_two_ends_and_the_interval_between_them():
    row = one(*municipal())
    assert (row["lowest_area"], row["lowest_value"]) == ("1403", 50.0)
    assert (row["highest_area"], row["highest_value"]) == ("1401", 70.0)
    assert (row["best_area"], row["worst_area"]) == ("1401", "1403")
    assert row["gap"] == pytest.approx(20.0)
    expected = confint_proportions_2indep(700, 1000, 75, 150, method="newcomb", compare="diff")
    assert (row["lower"] / 100, row["upper"] / 100) == pytest.approx(expected, abs=1e-9)
    assert (row["interval_method"], row["interval_level"], row["interval_reason"]) == ("newcombe", 0.95, None)
    assert (row["areas"], row["areas_expected"], row["is_newest"], row["reason"]) == (5, 5, True, None)


@pytest.mark.parametrize(
    ("name", "best", "worst"), [("andel", "1401", "1403"), ("lagre", "1403", "1401"), ("utan", None, None)]
)
def test_best_and_worst_by_direction(name, best, worst):
    row = one(*municipal(name=name))
    assert (row["best_area"], row["worst_area"]) == (best, worst)


def test_an_index_has_mover_s_interval():
    row = one(*municipal(name="kvot", scale=1.0))

    def byar(count, sign):
        count += sign > 0
        return count * (1 - 1 / (9 * count) + sign * 1.959963984540054 / (3 * count**0.5)) ** 3

    high, low = (byar(700, -1) / 1000, byar(700, 1) / 1000), (byar(75, -1) / 150, byar(75, 1) / 150)
    expected = (
        0.2 - ((0.7 - high[0]) ** 2 + (low[1] - 0.5) ** 2) ** 0.5,
        0.2 + ((high[1] - 0.7) ** 2 + (0.5 - low[0]) ** 2) ** 0.5,
    )
    assert (row["lower"], row["upper"]) == pytest.approx(expected, rel=1e-9)
    assert row["interval_method"] == "mover"


def test_the_spread_of_shares_by_pearson_s_test():
    cases, sizes = np.array(list(FIGURES.values())).T
    expected = stats.chi2_contingency(np.array([cases, sizes - cases]), correction=False).pvalue
    assert one(*municipal())["spread_p"] == pytest.approx(expected, rel=1e-9)


def test_the_spread_of_rates_by_the_dispersion_test():
    cases, sizes = np.array(list(FIGURES.values())).T
    expected = stats.chisquare(cases, sizes * cases.sum() / sizes.sum()).pvalue
    assert one(*municipal(name="kvot", scale=1.0))["spread_p"] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    "figures",
    [
        {**FIGURES, "1405": (0, 2)},
        {"1401": (3, 10), "1402": (4, 10), "1403": (2, 10)},
        {"1401": (10, 10), "1402": (20, 20), "1403": (30, 30)},
        # Four of the ten expected counts are below 5: two with the case and two without.
        {"1401": (4, 8), "1402": (6, 8), "1403": (200, 400), "1404": (200, 400), "1405": (200, 400)},
    ],
)
def test_the_test_isn_t_used_on_small_counts(figures):
    row = one(*municipal(figures))
    assert (row["spread_p"], row["spread_reason"]) == (None, equality.SMALL_COUNTS)
    assert row["gap"] is not None


@pytest.mark.parametrize(
    ("name", "expected"),
    # below 60 %: 15 of 150 and 8 of 80; above it: 100 of 1000 and 10 of 200
    [("andel", 23), ("lagre", 110)],
)
def test_people_with_the_county_s_level(name, expected):
    row = one(*municipal(name=name), whole(name=name))
    assert (row["people"], row["people_reason"]) == (expected, None)


def test_inhabitants_of_the_areas_below_the_county():
    assert one(*municipal(), whole())["inhabitants_below"] == 2_000 + 1_000
    rows = series(*municipal(), whole())
    unknown = county.population({"1401": 10, "1402": 20})
    assert only(gaps(rows, RULES, MEMBERS, unknown), level="kommun")["inhabitants_below"] is None


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (municipal(), shortfall.NO_COUNTY),
        ([*municipal(), whole(period_start=YEAR_2021)], shortfall.NO_COUNTY),
        ([*municipal(), whole(origin="example")], shortfall.MIXED),
        ([*municipal(name="utan"), whole(name="utan")], shortfall.NO_DIRECTION),
        ([*municipal(name="enkat"), whole(name="enkat")], shortfall.SAMPLED),
        ([*municipal(name="kvot", scale=1.0), whole(0.6, name="kvot")], shortfall.NOT_SHARES),
        ([*municipal()[:4], {**municipal()[4], "denominator": None}, whole()], intervals.NO_COUNTS),
    ],
)
def test_no_number_of_people_and_why(rows, reason):
    row = one(*rows)
    assert (row["people"], row["inhabitants_below"], row["people_reason"]) == (None, None, reason)


def test_means_whose_spread_is_known_have_mover_s_interval():
    figures = {"1401": (9.0, 8.0, 60), "1402": (4.0, 5.0, 40), "1403": (6.0, 5.0, 40), "1404": (5.0, 2.0, 30)}
    rows = [county.mean(code, *figure, level="kommun", indicator="dagar") for code, figure in figures.items()]
    row = one(*rows)
    half = [
        stats.t.ppf(0.975, number - 1) * s / number**0.5
        for _, s, number in (figures["1401"], figures["1402"])
    ]
    reach = (half[0] ** 2 + half[1] ** 2) ** 0.5
    assert (row["gap"], row["lower"], row["upper"]) == pytest.approx((5.0, 5.0 - reach, 5.0 + reach))
    assert (row["interval_method"], row["interval_level"], row["interval_reason"]) == ("mover", 0.95, None)
    assert (row["spread_p"], row["spread_reason"]) == (None, equality.UNTESTED)
    rows[1] = {"area": "1402", "value": 4.0, "level": "kommun", "indicator": "dagar"}
    assert one(*rows)["interval_reason"] == intervals.NO_SPREAD


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (municipal(name="dagar"), intervals.NO_SPREAD),
        ([*municipal()[1:], {**municipal()[0], "numerator": None}], intervals.NO_COUNTS),
        ([*municipal()[1:], {**municipal()[0], "numerator": 1001}], intervals.BAD_COUNTS),
    ],
)
def test_a_gap_without_an_interval(rows, reason):
    row = one(*rows)
    assert row["gap"] == pytest.approx(20.0)
    assert (row["lower"], row["interval_method"], row["interval_reason"]) == (None, None, reason)
    assert (row["spread_p"], row["spread_reason"]) == (None, reason)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (municipal()[:2], equality.TOO_FEW),
        ([*municipal()[:2], *({**row, "value": None} for row in municipal()[2:])], equality.TOO_FEW),
        (municipal(name="pengar"), equality.SUMS),
    ],
)
def test_no_gap_and_why(rows, reason):
    row = one(*rows)
    given = [
        row[name]
        for name in ("gap", "lower", "spread_p", "lowest_area", "highest_area", "best_area", "people")
    ]
    assert (given, row["is_newest"], row["reason"]) == ([None] * 7, False, reason)


def test_hidden_figures_are_never_an_end():
    rows = municipal()
    rows[2] = {"area": "1403", "level": "kommun", "flag": "suppressed", "reason": "För litet antal"}
    row = one(*rows)
    assert (row["lowest_area"], row["areas"], row["areas_expected"]) == ("1405", 4, 5)


def test_each_division_by_itself():
    def part(area, division, cases):
        return counted(area, cases, 100, level="delregion", division=division)

    rows = [
        part("e-norr", "ett", 50),
        part("e-syd", "ett", 70),
        part("t-stad", "tva", 40),
        part("t-land", "tva", 45),
    ]
    points = found(*rows)
    assert only(points, division="ett")["gap"] == pytest.approx(20)
    assert only(points, division="tva")["gap"] == pytest.approx(5)
    assert points["areas_expected"].to_list() == [2, 2]
    assert points["level"].unique().to_list() == ["delregion"]


def test_the_newest_period_with_a_gap_of_the_usual_type():
    rows = [
        *municipal(),
        *municipal(period_start=YEAR_2021),
        *municipal(period_start=dt.date(2022, 1, 1))[:1],
        *municipal(period_start=dt.date(2023, 1, 1), period_type="month"),
    ]
    points = found(*rows)
    assert points.height == 4
    assert points.filter("is_newest").select("period_start", "period_type").rows() == [(YEAR_2021, "year")]
    months = municipal(period_type="month")
    assert found(*months)["is_newest"].to_list() == [True]


@pytest.mark.parametrize(
    ("kinds", "newest"),
    [
        ({"quarter": 1, "month": 1}, "quarter"),
        ({"quarter": 1, "month": 3}, "month"),
        ({"quarter": 1, "month": 4}, "month"),
        ({"half_year": 1, "quarter": 4}, "half_year"),
    ],
)
def test_without_the_usual_type_one_alone_is_newest_by_its_end(kinds, newest):
    rows = [
        row
        for kind, month in kinds.items()
        for row in municipal(period_start=dt.date(2024, month, 1), period_type=kind)
    ]
    assert found(*rows).filter("is_newest")["period_type"].to_list() == [newest]


def test_areas_that_are_alike_are_told_in_order_of_id():
    row = one(*reversed(municipal(dict.fromkeys(FIGURES, (50, 100)))))
    assert (row["lowest_area"], row["highest_area"], row["gap"]) == ("1401", "1401", 0.0)
    assert row["spread_p"] == pytest.approx(1.0)


def test_an_example_among_them_is_told():
    rows = municipal()
    assert not one(*rows)["example"]
    assert one(*rows[1:], {**rows[0], "origin": "example"})["example"]


def test_an_empty_series():
    assert gaps(pl.DataFrame(schema=SERIES_SCHEMA), RULES, MEMBERS, county.population()).is_empty()


@given(st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None)
def test_the_order_of_rows_is_nothing(random):
    rows = [*municipal(), *municipal(period_start=YEAR_2021), *municipal(name="kvot", scale=1.0), whole()]
    expected = found(*rows)
    random.shuffle(rows)
    points = found(*rows)
    assert points.drop("spread_p").equals(expected.drop("spread_p"))
    assert points["spread_p"].to_list() == pytest.approx(expected["spread_p"].to_list())
