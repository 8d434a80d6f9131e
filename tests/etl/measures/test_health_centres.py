"""A vårdcentral has figures of its own, and nothing is made of them: no sum, no judgement, no gap."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from etl.measures import equality, frames, standardised
from etl.measures.judging import judgements as judgements_alone
from etl.measures.pipeline import derive
from etl.measures.suppression import HIDDEN
from schemas.results import Method
from tests.etl.measures import county
from tests.etl.measures.county import counted, indicator, mean, observations, only, target

ALL = list(county.MUNICIPALITIES)
CENTRES = {"1401": ["vc-a", "vc-b", "vc-c"], "1402": ["vc-d"], "1404": ["vc-e", "vc-f"]}
EVERY = [one for own in CENTRES.values() for one in own]
LIMITS = {"minimum_numerator": 5, "minimum_denominator": 20}


def derived(*rows, **changes):
    with_them = county.catalogue([indicator(**changes)], [target()], centres=CENTRES)
    return derive(observations(*rows), county.allocations(), with_them, county.population())


def plain(*rows, **changes):
    without = county.catalogue([indicator(**changes)], [target()])
    return derive(observations(*rows), county.allocations(), without, county.population())


def years(*areas, numerator=80, denominator=200):
    return [
        counted(
            area, numerator + 7 * place + year, denominator + place, period_start=dt.date(2010 + year, 1, 1)
        )
        for place, area in enumerate(areas)
        for year in range(11)
    ]


def hidden_in(rows, **changes):
    series = derived(*rows, **{**LIMITS, **changes})[0].filter(flag="suppressed")
    assert set(series["reason"]) <= {HIDDEN}
    assert all(series[name].null_count() == series.height for name in ("value", "numerator", "denominator"))
    return set(series["area"])


@pytest.mark.parametrize("roll_up", ["ratio_of_sums", "population_weighted", "none"])
def test_they_change_nothing_that_is_said_of_other_areas(roll_up):
    series, judgements = derived(*years(*ALL, *EVERY), roll_up=roll_up)
    before, said_before = plain(*years(*ALL), roll_up=roll_up)
    assert series.filter(pl.col("level") != "vårdcentral").equals(before)
    assert judgements.equals(said_before)
    own = series.filter(level="vårdcentral")
    assert set(own["area"]) == set(EVERY)
    assert set(own["method"]) == {Method.DIRECT}
    assert own["lower"].null_count() == 0


def test_nothing_is_their_sum():
    series, judgements = derived(*years(*EVERY))
    assert set(series.filter(pl.col("value").is_not_null())["area"]) == set(EVERY)
    assert set(judgements["reason"]) == {"Ingen uppgift"}
    assert not set(judgements["area"]) & set(EVERY)


def test_an_age_group_that_only_they_have_gives_no_judgement():
    _, judgements = derived(*years(*ALL), counted("vc-a", 80, 200, age="65+"), ages=["total", "65+"])
    assert set(judgements["age"]) == {"total"}


def test_the_judgements_alone_are_the_same():
    rows = [*years(*ALL, *EVERY), counted("vc-a", 3, 4, period_start=dt.date(1990, 1, 1))]
    known = county.catalogue([indicator()], [target()], centres=CENTRES)
    alone = judgements_alone(observations(*rows), county.allocations(), known, county.population())
    _, whole = derived(*rows)
    assert alone.equals(whole.select(alone.columns))


def test_they_are_no_part_of_a_gap_nor_standardised():
    rows = [row | {"age": age} for row in years(*ALL, *EVERY) for age in ("0-64", "65+")]
    series, _ = derived(*rows, *years(*ALL, *EVERY), ages=["total", "0-64", "65+"])
    known = county.catalogue([indicator()], centres=CENTRES)
    rules, members = frames.rules(known), frames.members(known)
    gaps = equality.gaps(series, rules, members, county.population())
    assert set(gaps["level"]) == {"delregion", "kommun"}
    assert not set(gaps["highest_area"]) & set(EVERY)
    assert not set(standardised.standardised(series, rules)["area"]) & set(EVERY)


def test_one_hidden_takes_another_of_its_municipality_with_it():
    rows = [counted(area, 80, 200) for area in ALL]
    rows += [counted("vc-a", 3, 50), counted("vc-b", 40, 90), counted("vc-c", 37, 60)]
    # the smallest of the others goes with it, and no municipality
    assert hidden_in(rows) == {"vc-a", "vc-c"}


def test_the_only_one_is_as_good_as_its_municipality():
    rows = [counted(area, 80, 200) for area in ALL] + [counted("vc-d", 3, 40)]
    gone = hidden_in(rows)
    assert {"vc-d", "1402"} <= gone
    # and the municipality isn't what is left of its delregion and the county
    assert len(gone & set(ALL)) == 2
    assert "14" not in gone


def test_a_hidden_municipality_takes_one_of_its_own_with_it():
    # the fifth is small, the fourth is what is left of their delregion, and its two come to the fourth
    rows = [counted(area, 80, 200) for area in ALL[:4]] + [counted("1405", 3, 200)]
    rows += [counted("vc-e", 40, 90), counted("vc-f", 40, 110)]
    gone = hidden_in(rows)
    assert {"1404", "1405", "vc-e"} <= gone
    assert "vc-f" not in gone


def test_the_county_alone_tells_a_hidden_one_where_all_are_told():
    every = {"1401": ["vc-a", "vc-b"], "1402": ["vc-c"], "1403": ["vc-d"], "1404": ["vc-e"], "1405": ["vc-f"]}
    known = county.catalogue([indicator(**LIMITS)], centres=every)
    rows = [counted("14", 203, 1050), counted("vc-a", 3, 50)]
    rows += [counted(f"vc-{letter}", 40, 200) for letter in "bcdef"]
    series, _ = derive(observations(*rows), county.allocations(), known, county.population())
    gone = set(series.filter(flag="suppressed")["area"])
    assert "vc-a" in gone
    assert len(gone) == 2


def test_what_is_left_of_a_municipality_is_guarded_though_nobody_delivered_it():
    rows = [counted(area, 80, 200) for area in ALL]
    rows += [counted("vc-a", 40, 90), counted("vc-b", 38, 60)]
    # of the third 2 of 50 are left
    assert hidden_in(rows) & {"vc-a", "vc-b", "1401"}
    rows[-1] = counted("vc-b", 20, 60)
    assert hidden_in(rows) == set()


def test_none_of_them_small_none_hidden():
    rows = [counted(area, 80, 200) for area in ALL]
    rows += [counted(area, 30, 70) for area in EVERY]
    assert hidden_in(rows) == set()


def test_figures_that_do_not_add_up_are_no_trouble():
    # those listed are others than those who live there
    rows = [counted(area, 80, 200) for area in ALL]
    rows += [counted(area, 300, 700) for area in EVERY[1:]] + [counted("vc-a", 2, 700)]
    gone = hidden_in(rows)
    assert "vc-a" in gone
    assert len(gone) == 2


def test_an_interval_of_a_municipality_tells_no_spread_of_a_hidden_one():
    rows = [
        {**mean(area, 9.0, 4.0, 400), "indicator": "dagar", "standard_deviation": 4.0}
        for area in [*ALL, "vc-a", "vc-b", "vc-c"]
    ]
    rows[-1] |= {"denominator": 12.0}
    kept = ("area", "value", "denominator", "standard_deviation", "indicator")
    rows = [{name: row[name] for name in kept} for row in rows]
    days = indicator(
        "dagar", unit="days", direction="lower", highest=365, minimum_denominator=20, roll_up="none"
    )
    known = county.catalogue([days], centres=CENTRES)
    series, _ = derive(observations(*rows), county.allocations(), known, county.population())
    assert only(series, area="vc-c")["flag"] == "suppressed"
    assert only(series, area="1401")["lower"] is None
    assert only(series, area="1402")["lower"] is not None
