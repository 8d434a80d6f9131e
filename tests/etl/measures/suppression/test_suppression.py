"""Small counts never leave the room."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.catalogue import load_catalogue
from etl.measures.pipeline import derive
from etl.measures.suppression import HIDDEN
from tests.conftest import ROOT
from tests.etl.measures import county
from tests.etl.measures.county import counted, indicator, observations, only
from tests.etl.measures.suppression.test_attack import published

ALL = list(county.MUNICIPALITIES)
FEW = THIN = HIDDEN
BLANK = ("value", "numerator", "denominator", "lower", "upper")


def derived(rows, divisions=None, **changes):
    item = indicator(**{"minimum_numerator": 5, "minimum_denominator": 20, **changes})
    catalogue = county.catalogue([item], [county.target()], divisions=divisions)
    return derive(observations(*rows), county.allocations(), catalogue, county.population())


@pytest.mark.parametrize(
    ("numerator", "denominator", "reason"),
    [
        (0, 100, None),
        (1, 100, FEW),
        (4, 100, FEW),
        (5, 100, None),
        (95, 100, None),
        (96, 100, FEW),
        (99, 100, FEW),
        (100, 100, None),
        (10, 19, THIN),
        (10, 20, None),
        (0, 19, THIN),
    ],
)
def test_thresholds(numerator, denominator, reason):
    series, judgements = derived([counted("14", numerator, denominator)])
    row = only(series, area="14")
    assert row["reason"] == reason
    assert (row["flag"] == "suppressed") is (reason is not None)
    assert {row[name] is None for name in BLANK} == {reason is not None}
    judged = only(judgements, area="14")
    assert (judged["reason"] == reason) is (reason is not None)
    assert reason is None or judged["judgement"] == "cannot_be_judged"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"value": 3.0, "denominator": 100.0}, FEW),
        ({"value": 97.0, "denominator": 100.0}, FEW),
        ({"value": 50.0, "denominator": 18.0}, THIN),
        ({"value": 5.0, "denominator": 100.0}, None),
        ({"value": 0.0, "denominator": 100.0}, None),
        ({"value": 100.0, "denominator": 100.0}, None),
        # 5 of 120 is 4,2 % as published, 5 of 119 likewise
        ({"value": 4.2, "denominator": 120.0}, None),
        ({"value": 4.2, "denominator": 119.0}, None),
        ({"value": 3.0, "numerator": 3.0}, FEW),
        ({"value": 97.0, "numerator": 97.0}, FEW),
        ({"value": 60.0, "numerator": 6.0}, FEW),
        ({"value": 50.0, "numerator": 9.0}, THIN),
        ({"value": 50.0, "numerator": 10.0}, None),
        ({"value": 0.0, "numerator": 0.0}, None),
        ({"value": 3.0}, None),
    ],
)
def test_a_count_that_is_left_out_is_worked_out_for_the_test(row, reason):
    found = only(derived([{"area": "14", **row}])[0], area="14")
    assert found["reason"] == reason
    # for the test alone: what wasn't delivered isn't shown
    shown = {} if reason else row
    assert {name: found[name] for name in BLANK[:3]} == {name: shown.get(name) for name in BLANK[:3]}


@pytest.mark.parametrize(
    ("roll_up", "row", "reason"),
    [
        ("ratio_of_sums", {"value": 2.0, "numerator": 38.0}, THIN),
        ("ratio_of_sums", {"value": 2.0, "numerator": 40.0}, None),
        ("ratio_of_sums", {"value": 0.04, "denominator": 100.0}, FEW),
        # a mean that isn't a ratio of its counts tells nothing of them
        ("population_weighted", {"value": 2.0, "numerator": 38.0}, None),
    ],
)
def test_a_ratio_of_another_unit_is_worked_out_too(roll_up, row, reason):
    series, _ = derived([{"area": "14", **row}], unit="days", roll_up=roll_up)
    assert only(series, area="14")["reason"] == reason


def test_the_rest_counts_only_for_shares():
    row = {"area": "14", "numerator": 97.0, "denominator": 100.0, "value": 0.97}
    assert only(derived([row], unit="index", highest=1)[0], area="14")["value"] == 0.97


def test_thresholds_can_be_off():
    series, _ = derived([counted("14", 1, 2)], minimum_numerator=0, minimum_denominator=0)
    assert only(series, area="14")["value"] == 50.0


def test_money_is_not_hidden():
    row = {"area": "14", "numerator": 3.0, "denominator": 10.0, "value": 3.0}
    series, _ = derived([row], unit="kronor", roll_up="sum", highest=1e9)
    assert only(series, area="14")["value"] == 3.0


def test_sums_use_the_true_counts():
    rows = [counted("1404", 3, 100), counted("1405", 2, 60)]
    series, _ = derived(rows)
    assert only(series, area="e-syd")["numerator"] == 5
    assert set(series.filter(level="kommun")["flag"]) == {"suppressed"}


ROWS = [
    counted("1401", 50, 100),
    counted("1402", 3, 60),
    counted("1403", 20, 30),
    counted("1404", 30, 90),
    counted("1405", 20, 40),
]


def test_one_hidden_alone_takes_the_smallest_with_it():
    series, _ = derived(ROWS)
    hidden = series.filter(flag="suppressed")
    # 1402 is small; in e-norr the smallest of the others is 1403, which serves t-land and the county too
    assert dict(hidden.select("area", "reason").rows()) == {"1402": FEW, "1403": HIDDEN}
    assert only(series, area="e-norr")["numerator"] == 73
    assert {only(series, area="1403")[name] for name in BLANK} == {None}


def test_hiding_goes_on_until_every_division_is_safe():
    # 1404 is small: in e-syd that takes 1405, and with it two are hidden in t-land and the county
    rows = [*ROWS[:1], counted("1402", 30, 60), ROWS[2], counted("1404", 2, 90), ROWS[4]]
    series, _ = derived(rows)
    assert set(series.filter(flag="suppressed")["area"]) == {"1404", "1405"}


def test_a_delregion_of_one_municipality_is_hidden_with_it():
    rows = [counted("1401", 2, 100), *[counted(area, 30, 60) for area in ALL[1:]]]
    series, _ = derived(rows)
    hidden = dict(series.filter(flag="suppressed").select("area", "reason").rows())
    assert set(hidden) == {"t-stad", "t-land", "1401", "1403"}


def test_other_periods_and_groups_stay_as_they_are():
    men = [row | {"sex": "men", "numerator": 20.0} for row in ROWS]
    series, _ = derived([*ROWS, *men])
    assert series.filter(sex="men", flag="suppressed").is_empty()


#: Name → divisions, the default first, in which some areas differ by one municipality.
LAYOUTS = {
    "usual": county.DIVISIONS,
    "the default is the larger": {
        "ett": {"a": ["1401", "1402", "1403", "1404"], "b": ["1405"]},
        "tva": {"c": ["1401", "1402", "1403"], "d": ["1404", "1405"]},
    },
    "the default is the smaller": {
        "ett": {"a": ["1401", "1402"], "b": ["1403", "1404", "1405"]},
        "tva": {"c": ["1401", "1402", "1403"], "d": ["1404", "1405"]},
    },
    "neither is of the default": {
        "noll": {"a": ["1401", "1404"], "b": ["1402", "1403", "1405"]},
        "ett": {"c": ["1401", "1402", "1403"], "d": ["1404", "1405"]},
        "tva": {"e": ["1401", "1402"], "f": ["1403", "1404", "1405"]},
    },
}


@pytest.mark.parametrize(
    ("layout", "small", "gone", "stays"),
    [
        # 1404 takes 1405 with it, and b that is 1405 alone; a is c and 1404, and c is the county without d
        ("the default is the larger", "1404", {"a", "b"}, {"c", "d", "14"}),
        # c is a and 1403; b is d and 1403
        ("the default is the smaller", "1403", {"c", "d"}, {"a", "b", "14"}),
        # c is e and 1403, f is d and 1403; d is the county without c
        ("neither is of the default", "1403", {"e", "f"}, {"a", "b", "c", "d", "14"}),
        # the county is t-land and 1401; t-stad is 1401
        ("usual", "1401", {"t-stad", "t-land"}, {"14", "e-norr", "e-syd"}),
        # the same areas, but nothing to protect
        ("the default is the smaller", None, set(), {"a", "b", "c", "d", "14"}),
    ],
)
def test_two_areas_that_differ_by_a_hidden_municipality_are_not_both_shown(layout, small, gone, stays):
    rows = [counted(area, 3 if area == small else 30, 60 + place) for place, area in enumerate(ALL)]
    series, _ = derived(rows, divisions=LAYOUTS[layout])
    above = series.filter(pl.col("level") != "kommun")
    assert set(above.filter(reason=HIDDEN)["area"]) == gone
    assert set(above.filter(pl.col("value").is_not_null())["area"]) == stays
    assert all(above.filter(reason=HIDDEN)[name].null_count() == len(gone) for name in BLANK)


@pytest.mark.parametrize(
    ("small", "gone", "shown"),
    [
        # it is kf-goteborgsregionen, or drn-vastra and drn-goteborg, without three of the default division too
        (
            "1462",
            {"kf-fyrbodal", "drn-norra", "kf-goteborgsregionen", "drn-goteborg"},
            {"vs-fyrbodal", "vs-goteborgsomradet", "vs-simba", "vs-samla", "drn-vastra", "14"},
        ),
        ("1480", {"drn-vastra", "drn-goteborg"}, {"kf-goteborgsregionen", "vs-goteborgsomradet", "14"}),
    ],
)
def test_lilla_edet_and_goteborg_are_not_differences(small, gone, shown):
    knowledge = load_catalogue(ROOT / "data" / "catalogue")
    item = knowledge.catalogue.indicators["mpr-dos-1"]
    rows = [
        counted(area.id, 3 if area.id == small else 900, 1000, indicator=item.id)
        for area in knowledge.catalogue.municipalities
    ]
    series, _ = derive(observations(*rows), county.allocations(), knowledge.catalogue, knowledge.population)
    above = series.filter(pl.col("level") != "kommun")
    assert set(above.filter(flag="suppressed")["area"]) == gone
    assert shown <= set(above.filter(pl.col("value").is_not_null())["area"])


COUNTS = st.lists(
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=5, max_size=5
)


@settings(max_examples=25, deadline=None)
@given(COUNTS, st.sampled_from(list(LAYOUTS)))
def test_nothing_hidden_can_be_had_by_one_subtraction(counts, layout):
    rows = [counted(area, *pair) for area, pair in zip(ALL, counts, strict=True)]
    divisions = LAYOUTS[layout]
    series = published(rows, divisions, minimum_numerator=5)
    shown = series.filter(pl.col("value").is_not_null())
    true = dict(zip(ALL, counts, strict=True))
    for area, numerator, denominator in (
        shown.filter(level="kommun").select("area", "numerator", "denominator").rows()
    ):
        assert (numerator, denominator) == true[area]
        assert not 1 <= numerator <= 4
        assert not 1 <= denominator - numerator <= 4
    families = {area: codes for parts in divisions.values() for area, codes in parts.items()} | {"14": ALL}
    visible = set(shown["area"])
    open_families = {area: set(codes) for area, codes in families.items() if area in visible}
    for codes in open_families.values():
        assert sum(code not in visible for code in codes) != 1
    for larger in open_families.values():
        for smaller in open_families.values():
            if smaller < larger and len(larger - smaller) == 1:
                assert larger - smaller <= visible
    hidden = series.filter(flag="suppressed")
    assert all(hidden[name].null_count() == hidden.height for name in BLANK)
