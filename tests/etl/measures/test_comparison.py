"""Better, worse or similar than the county, the country and before."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from etl.measures import comparison, frames, intervals
from etl.measures.comparison import compare
from etl.measures.judgement import judge
from schemas.results import ASSESSMENT_SCHEMA, JUDGEMENT_SCHEMA, SERIES_SCHEMA
from tests.etl.measures import county
from tests.etl.measures.county import counted, indicator, only, series, target

CATALOGUE = county.catalogue(
    [
        indicator(),
        indicator("lagre", direction="lower"),
        indicator("utan", direction="none"),
        indicator("manad", period_type="month", update_interval_months=1),
        indicator("kvot", unit="index", highest=10, decimals=3),
        indicator("dagar", unit="days", highest=100),
        indicator("pengar", unit="kronor", roll_up="sum", highest=1e9),
    ],
    [target(), target("annat", value=60)],
)
RULES = frames.rules(CATALOGUE)
YEAR_2021 = dt.date(2021, 1, 1)


def compared(*rows, catalogue=CATALOGUE):
    figures = series(*rows)
    judgements = judge(figures, catalogue, figures["indicator"].unique().to_list())
    return compare(judgements, figures, frames.rules(catalogue), catalogue)


def alfa(cases, size, name="andel", **more):
    return counted("1401", cases, size, level="kommun", indicator=name, **more)


def whole(value, name="andel", **more):
    return {"area": "14", "level": "län", "value": value, "indicator": name, **more}


def answer(found, against, name="andel", area="1401"):
    row = found.filter(indicator=name, area=area).row(0, named=True)
    return row[against], row[f"{against}_level"], row[f"{against}_value"], row[f"{against}_reason"]


@pytest.mark.parametrize("cases", range(420, 581, 10))
@pytest.mark.parametrize(
    ("name", "above", "below"),
    [("andel", "better", "worse"), ("lagre", "worse", "better"), ("utan", "higher", "lower")],
)
def test_the_interval_against_the_county_s_value(name, above, below, cases):
    found = answer(compared(alfa(cases, 1000, name), whole(50, name)), "county", name)
    word, level = "similar", None
    for percent, alpha in ((95.0, 0.05), (99.8, 0.002)):
        lower, upper = proportion_confint(cases, 1000, alpha=alpha, method="wilson")
        if lower > 0.5 or upper < 0.5:
            word, level = above if lower > 0.5 else below, percent
    assert found == (word, level, 50.0, None)


def test_the_country_in_the_same_way_and_for_the_county_too():
    riket = {"area": "00", "level": "riket", "value": 50.0}
    found = compared(alfa(600, 1000), counted("14", 4000, 10_000), riket)
    assert answer(found, "country") == ("better", 99.8, 50.0, None)
    assert answer(found, "country", area="14") == ("worse", 99.8, 50.0, None)
    assert answer(found, "county", area="14") == (None, None, None, comparison.IS_COUNTY)


@pytest.mark.parametrize("cases", range(420, 581, 10))
def test_the_earlier_figure_by_newcombe_s_interval(cases):
    found = answer(compared(alfa(500, 1000), alfa(cases, 1000, period_start=YEAR_2021)), "before")
    word, level = "similar", None
    for percent, alpha in ((95.0, 0.05), (99.8, 0.002)):
        lower, upper = confint_proportions_2indep(
            cases, 1000, 500, 1000, method="newcomb", compare="diff", alpha=alpha
        )
        if lower > 0 or upper < 0:
            word, level = ("better" if lower > 0 else "worse"), percent
    assert found == (word, level, 50.0, None)


def test_an_index_by_the_ratio_of_its_rates():
    rows = [{**alfa(cases, 1000, "kvot", period_start=start), "value": cases / 1000}
            for cases, start in ((200, county.YEAR_2020), (320, YEAR_2021))]  # fmt: skip
    # with 520 in all the first has 320: 61.5 % (55 to 68 % at 99.8 %) against a half
    assert answer(compared(*rows), "before", "kvot") == ("better", 99.8, 0.2, None)


def test_months_are_held_against_the_year_before_as_the_judgement_is():
    rows = [
        alfa(cases, 1000, "manad", period_start=start, period_type="month")
        for cases, start in (
            (500, dt.date(2020, 3, 1)), (900, dt.date(2021, 2, 1)), (600, dt.date(2021, 3, 1))
        )
    ]  # fmt: skip
    assert answer(compared(*rows), "before", "manad") == ("better", 99.8, 50.0, None)
    assert answer(compared(*rows[1:]), "before", "manad")[3] == comparison.NO_YEAR_BEFORE


def test_figures_that_are_alike_as_shown_are_similar():
    found = compared(
        alfa(500_400, 1_000_000), whole(49.96), alfa(499_700, 1_000_000, period_start=dt.date(2019, 1, 1))
    )
    assert answer(found, "county") == ("similar", None, 49.96, None)
    assert answer(found, "before") == ("similar", None, pytest.approx(49.97), None)


@pytest.mark.parametrize(
    ("rows", "against", "name", "reason", "value"),
    [
        ([alfa(5, 10)], "county", "andel", comparison.NO_COUNTY, None),
        ([alfa(5, 10)], "country", "andel", comparison.NO_COUNTRY, None),
        ([alfa(5, 10)], "before", "andel", comparison.NO_BEFORE, None),
        ([alfa(5, 10), whole(50, period_start=YEAR_2021)], "county", "andel", comparison.NO_COUNTY, None),
        ([alfa(5, 10, origin="example"), whole(50)], "county", "andel", comparison.MIXED, None),
        ([alfa(5, 10) | {"numerator": None}, whole(50)], "county", "andel", intervals.NO_COUNTS, 50.0),
        ([alfa(5, 10, "dagar"), whole(50, "dagar")], "county", "dagar", intervals.NO_SPREAD, 50.0),
        ([alfa(5, 10, "pengar"), whole(50, "pengar")], "county", "pengar", comparison.SUMS, None),
        ([{"area": "1401", "level": "kommun", "reason": "Dold hos källan"}, whole(50)], "county", "andel",
         comparison.NO_OWN, None),
        ([alfa(5, 10, period_start=YEAR_2021), alfa(5, 10) | {"numerator": None}], "before", "andel",
         intervals.NO_COUNTS, 50.0),
        ([alfa(5, 10, "dagar", period_start=YEAR_2021), alfa(5, 10, "dagar")], "before", "dagar",
         intervals.NO_SPREAD, 50.0),
    ],
)  # fmt: skip
def test_no_answer_and_why(rows, against, name, reason, value):
    assert answer(compared(*rows), against, name) == (None, None, value, reason)


@pytest.mark.parametrize(
    ("part", "level"), [(0.9999, 99.8), (1.0001, 95.0)], ids=["99,8 per cent", "95 per cent"]
)
@pytest.mark.parametrize("sign", [1, -1])
def test_a_mean_against_the_county_s_at_both_levels(part, level, sign):
    strict = stats.t.ppf(0.999, 59) * 8 / 60**0.5
    own = county.mean("1401", 30.0, 8.0, 60, level="kommun", indicator="dagar")
    found = compared(own, whole(30.0 - sign * strict / part, "dagar"))
    assert answer(found, "county", "dagar")[:2] == ("better" if sign > 0 else "worse", level)
    within = compared(own, whole(30.0 - sign * stats.t.ppf(0.974, 59) * 8 / 60**0.5, "dagar"))
    assert answer(within, "county", "dagar")[:2] == ("similar", None)


def test_a_mean_beside_its_own_earlier_one():
    place = {"level": "kommun", "indicator": "dagar"}
    earlier = county.mean("1401", 30.0, 6.0, 50, **place)
    now = county.mean("1401", 20.0, 8.0, 60, period_start=YEAR_2021, **place)
    found = compared(earlier, now)
    assert answer(found, "before", "dagar") == ("worse", 99.8, 30.0, None)
    known = {name: earlier[name] for name in ("area", "value", "denominator")}
    unknown = compared({**known, **place}, now)
    assert answer(unknown, "before", "dagar") == (None, None, 30.0, intervals.NO_SPREAD)


def test_an_example_isn_t_compared_with_a_real_earlier_figure():
    found = compared(alfa(500, 1000), alfa(900, 1000, period_start=YEAR_2021, origin="example"))
    assert answer(found, "before") == (None, None, None, comparison.NO_BEFORE)


def test_one_row_for_each_judgement_in_its_order_with_the_contract_s_columns():
    figures = series(alfa(600, 1000), whole(50))
    judgements = judge(figures, CATALOGUE, ["andel"])
    found = compare(judgements, figures, RULES, CATALOGUE)
    keys = ["indicator", "area", "age", "target", "period_type"]
    assert found.select(keys).equals(judgements.select(keys))
    assert (
        only(found, area="1401", target="mal")["county"] == only(found, area="1401", target="annat")["county"]
    )
    assert dict(found.schema) == {name: ASSESSMENT_SCHEMA[name] for name in found.columns}
    said = [name for name in ASSESSMENT_SCHEMA if name.startswith(("county", "country", "before"))]
    assert found.columns == [*keys, *said]
    assert (found["county"].is_null() == found["county_reason"].is_not_null()).all()


def test_empty_frames():
    found = compare(
        pl.DataFrame(schema=JUDGEMENT_SCHEMA), pl.DataFrame(schema=SERIES_SCHEMA), RULES, CATALOGUE
    )
    assert found.is_empty()


@given(st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None)
def test_the_order_of_rows_is_nothing(random):
    rows = [
        *(
            counted(code, 400 + 40 * place, 1000, level="kommun")
            for place, code in enumerate(county.MUNICIPALITIES)
        ),
        *(
            counted(code, 500, 1000, level="kommun", period_start=dt.date(2019, 1, 1))
            for code in county.MUNICIPALITIES
        ),
        whole(50),
    ]
    expected = compared(*rows)
    random.shuffle(rows)
    assert compared(*rows).equals(expected)
