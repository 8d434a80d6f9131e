"""Plain cases of what would give a hidden figure away, one at a time."""

from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from etl.measures import frames
from etl.measures.judging import judgements
from etl.measures.pipeline import derive
from etl.measures.suppression import HIDDEN, hidden_keys, hide_as_well, hide_small
from etl.measures.suppression.ages import bands
from tests.etl.measures import county
from tests.etl.measures.county import counted, indicator, observations, only
from tests.etl.measures.suppression.test_attack import published

ALL = list(county.MUNICIPALITIES)
ONE = {"alla": {"a": ALL[:3], "b": ALL[3:]}}
LIMITS = {"minimum_numerator": 5, "minimum_denominator": 20}


def hidden_in(rows, divisions=ONE, **changes):
    series = published(rows, divisions, **{**LIMITS, **changes})
    gone = series.filter(flag="suppressed")
    assert set(gone["reason"]) <= {HIDDEN, "Dold hos källan"}
    assert all(
        gone[name].null_count() == gone.height for name in ("value", "numerator", "denominator", "lower")
    )
    return {(row["area"], row["sex"], row["age"]) for row in gone.to_dicts()}


def areas(rows, divisions=ONE, **changes):
    return {area for area, _, _ in hidden_in(rows, divisions, **changes)}


def test_counts_that_come_to_as_few_as_they_are_take_another_with_them():
    # five of at least 1 come to 5: each is 1
    everyone = {"alla": {"a": ALL}}
    rows = [counted(area, 1, 60) for area in ALL]
    assert areas(rows, everyone) == {*ALL, "a", "14"}
    # where they come to 6 nobody is told which of them is 2
    rows[1] = counted(ALL[1], 2, 60)
    assert areas(rows, everyone) == set(ALL)


def test_a_sum_of_the_most_that_can_be_hidden_is_hidden():
    rows = [counted(area, 30, 60) for area in ALL[:3]] + [counted(area, 4, 70) for area in ALL[3:]]
    assert {"1404", "1405", "b"} <= areas(rows)


def test_women_and_men_are_not_both_minus_the_other():
    rows = [
        *(counted(area, 50 + place, 100 + place) for place, area in enumerate(ALL)),
        *(
            counted(area, 47 + place if area == "1401" else 25, 50, sex="women")
            for place, area in enumerate(ALL)
        ),
        *(
            counted(area, 3 + place if area == "1401" else 25 + place, 50 + place, sex="men")
            for place, area in enumerate(ALL)
        ),
    ]
    gone = hidden_in(rows)
    assert {("1401", "men", "total"), ("1401", "women", "total")} <= gone
    assert not {key for key in gone if key[1] == "total"}
    # another municipality of the delregion goes with it, both sexes
    assert len({area for area, sex, _ in gone if sex == "men" and area in ALL[:3]}) == 2


def test_both_sexes_together_are_hidden_where_they_tell_both():
    rows = [counted(area, 80, 200) for area in ALL]
    rows += [counted(area, 40, 100, sex=sex) for area in ALL[1:] for sex in ("women", "men")]
    rows[0] = counted("1401", 8, 200)
    rows += [counted("1401", 4, 100, sex=sex) for sex in ("women", "men")]
    # 4 and 4 are the most that are hidden, and come to 8
    assert ("1401", "total", "total") in hidden_in(rows)
    item = indicator(**LIMITS)
    catalogue = county.catalogue([item], divisions=ONE)
    given = observations(*rows), county.allocations(), catalogue, county.population()
    series, judged = derive(*given)
    assert only(series, area="1401", sex="total")["value"] is None
    quick = judgements(*given)
    assert_frame_equal(judged.select(quick.columns), quick)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["total"], {}),
        (["18+"], {}),
        (["18+", "65+"], {"18+": ["18:65", "65+"]}),
        (["total", "0-17", "18+"], {"total": ["0-17", "18+"]}),
        (["18-64", "65+", "18+"], {"18+": ["18-64", "65+"]}),
        (["0+", "total"], {"0+": ["total"]}),
        (["12", "12-13"], {"12-13": ["12", "13:14"]}),
        (["15-12", "barn", "vuxna"], {}),
    ],
)
def test_age_groups_are_made_of_bands(labels, expected):
    assert bands(labels) == expected


def test_an_age_group_is_not_another_minus_a_third():
    rows = []
    for place, area in enumerate(ALL):
        old = 4 if area == "1401" else 30
        rows += [
            counted(area, 40 + place, 100, age="18-64"),
            counted(area, old, 50, age="65+"),
            counted(area, 40 + place + old, 150, age="18+"),
        ]
    gone = {(area, age) for area, _, age in hidden_in(rows)}
    assert ("1401", "65+") in gone
    assert len({age for area, age in gone if area == "1401"}) >= 2


def test_ages_between_two_groups_are_guarded_though_nobody_shows_them():
    rows = [counted(area, 50, 100, age="18+") for area in ALL] + [
        counted(area, 25, 60, age="65+") for area in ALL
    ]
    assert hidden_in(rows) == set()
    rows[0] = counted("1401", 27, 100, age="18+")
    assert hidden_in(rows) & {("1401", "total", "18+"), ("1401", "total", "65+")}


def test_a_hidden_delregion_is_not_the_county_minus_the_others():
    rows = [{"area": "b", "numerator": 3.0, "denominator": 100.0, "value": 3.0}]
    rows += [counted(area, 60, 200) for area in ("a", "14")]
    gone = areas(rows)
    assert "b" in gone
    assert len(gone) == 2


def test_a_municipality_that_is_lacking_is_not_worked_out_to_be_small():
    rows = [counted(area, 30, 100) for area in ALL[:2]]
    # with 33 of 200 for the three the third would have 3
    assert areas([*rows, counted("a", 63, 300)]) != set()
    # with 90 of 300 it is 30, and nothing needs to be hidden
    assert areas([*rows, counted("a", 90, 300)]) == set()


def test_a_value_alone_counts_as_known():
    rows = [{"area": area, "value": 40.0} for area in ALL[:2]]
    rows += [counted("1403", 3, 100), {"area": "a", "value": 30.0}, {"area": "14", "value": 31.0}]
    assert "1403" in areas(rows)
    assert {"1401", "1402", "a"} & areas(rows)


def test_a_weighted_mean_does_not_tell_its_only_hidden_part():
    rows = [{"area": area, "value": 0.5, "denominator": 60.0 + place} for place, area in enumerate(ALL)]
    rows[0] = {"area": "1401", "value": 0.7, "denominator": 12.0}
    changes = {"unit": "index", "roll_up": "population_weighted", "highest": 1, "minimum_numerator": 0}
    gone = areas(rows, **changes)
    assert "1401" in gone
    assert len(gone & set(ALL[:3])) == 2
    assert "14" not in gone


def test_what_the_source_hides_is_not_worked_out_either():
    rows = [
        {"area": "1401", "flag": "suppressed"},
        *(counted(area, 30, 60 + i) for i, area in enumerate(ALL[1:])),
    ]
    rows += [counted("a", 100, 300), counted("14", 200, 500)]
    assert areas(rows) >= {"1401", "1402"}


def test_money_is_hidden_for_nobody():
    rows = [{"area": area, "value": 3.0} for area in ALL]
    assert areas(rows, unit="kronor", roll_up="sum", highest=1e9) == set()


def test_an_empty_frame_stays_empty():
    catalogue = county.catalogue()
    series = published([], ONE)
    figures = series.with_columns(pl.lit(value=False).alias("example"))
    found = hide_small(figures, frames.rules(catalogue), frames.members(catalogue), "ett")
    assert found.is_empty()


def test_an_earlier_day_hides_what_is_hidden_today():
    now = published(
        [counted(area, 3 if area == "1401" else 30, 60 + i) for i, area in enumerate(ALL)], ONE, **LIMITS
    )
    then = published([counted(area, 29, 60 + i) for i, area in enumerate(ALL)], ONE, **LIMITS)
    both = hide_as_well(then, hidden_keys(now))
    assert both.columns == then.columns
    gone = both.filter(flag="suppressed")
    assert set(gone["area"]) == set(now.filter(flag="suppressed")["area"])
    assert set(gone["reason"]) == {HIDDEN}
    blank = ("value", "numerator", "denominator", "lower", "upper", "interval_method", "interval_level")
    assert all(gone[name].null_count() == gone.height for name in blank)
    assert_frame_equal(
        both.filter(pl.col("flag").is_null()), then.join(gone, on="area", how="anti", maintain_order="left")
    )
    assert_frame_equal(hide_as_well(then, hidden_keys(then)), then)
