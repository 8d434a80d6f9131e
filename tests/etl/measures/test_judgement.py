"""The decision table, row by row."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.measures.judgement import judge
from schemas.results import JUDGEMENT_SCHEMA, Outcome
from tests.etl.measures import county
from tests.etl.measures.county import indicator, only, series, target

N = "\u00a0"
DUE = dt.date(2022, 12, 31)
PATH = {
    "value": 60,
    "baseline": {"date": dt.date(2018, 12, 31), "value": 40},
    "milestones": [{"date": DUE, "value": 60}],
}


def year(number, value, n=10_000.0, **more):
    """A share with counts, unless n is None."""
    counts = {} if n is None else {"numerator": value * n / 100, "denominator": n}
    return {"period_start": dt.date(number, 1, 1), "value": value, **counts, **more}


def judged(*rows, targets=None, items=None, **wanted):
    items = items or [indicator()]
    catalogue = county.catalogue(items, [target()] if targets is None else targets)
    frame = judge(series(*rows), catalogue, [item.id for item in items])
    return only(frame, **{"area": "14", **wanted})


@pytest.mark.parametrize(
    ("now", "before", "n", "outcome"),
    [
        # holds at all times, 80 per cent
        (80.0, 70.0, 1e4, "target_reached"),
        (79.96, 70.0, 1e4, "target_reached"),
        (79.94, 70.0, 1e4, "on_the_way"),
        (95.0, 99.0, 1e4, "target_reached"),
        (70.0, 60.0, 1e4, "on_the_way"),
        (70.0, 60.0, None, "not_on_the_way"),
        (70.0, 69.0, 1e2, "not_on_the_way"),
        (70.0, 70.0, 1e4, "not_on_the_way"),
        (70.0, None, 1e4, "cannot_be_judged"),
        (60.0, 70.0, 1e4, "wrong_direction"),
        (60.0, 70.0, None, "not_on_the_way"),
        (69.0, 70.0, 1e2, "not_on_the_way"),
    ],
)
def test_a_target_that_holds_at_all_times(now, before, n, outcome):
    rows = [year(2020, now, n)] + ([year(2019, before, n)] if before is not None else [])
    assert judged(*rows)["judgement"] == outcome


@pytest.mark.parametrize(
    ("year_now", "now", "before", "n", "outcome", "required"),
    [
        # the path asks for 50 on 31 December 2020, two of four years on
        (2020, 60.0, 70.0, 1e4, "target_reached", 50.0),
        (2020, 50.0, 55.0, 1e4, "on_the_way", 50.0),
        (2020, 49.96, 55.0, 1e4, "on_the_way", 50.0),
        (2020, 49.0, 40.0, 1e4, "not_on_the_way", 50.0),
        (2020, 49.0, None, 1e4, "not_on_the_way", 50.0),
        (2020, 49.0, 55.0, 1e4, "wrong_direction", 50.0),
        (2020, 49.0, 55.0, None, "not_on_the_way", 50.0),
        (2020, 49.0, 50.0, 1e2, "not_on_the_way", 50.0),
        # on the day it is due
        (2022, 59.0, 50.0, 1e4, "not_on_the_way", 60.0),
        # overdue: only the course tells
        (2023, 59.0, 50.0, 1e4, "on_the_way", 60.0),
        (2023, 49.0, 50.0, 1e2, "not_on_the_way", 60.0),
        (2023, 49.0, 55.0, 1e4, "wrong_direction", 60.0),
        # before the path begins
        (2017, 30.0, 20.0, 1e4, "on_the_way", None),
        (2017, 20.0, 30.0, 1e4, "wrong_direction", None),
    ],
)
def test_a_target_with_a_path(year_now, now, before, n, outcome, required):  # noqa: PLR0917
    rows = [year(year_now, now, n)] + ([year(year_now - 1, before, n)] if before is not None else [])
    row = judged(*rows, targets=[target(**PATH)])
    assert row["judgement"] == outcome
    # leap years: 731 of 1 461 days
    assert row["required"] == (pytest.approx(required, abs=0.01) if required else None)
    assert row["target_value"] == 60.0


def month(start, value, n=1e4, **more):
    return year(start.year, value, n) | {"period_start": start, "period_type": "month", **more}


NO_YEAR_BEFORE = "ingen uppgift från samma period året före att jämföra med"


@pytest.mark.parametrize(
    ("month_before", "year_before", "n", "extra", "outcome", "words"),
    [
        # autumn is better than summer every year, and this autumn is worse than the last
        (
            60.0,
            72.0,
            1e4,
            {},
            "wrong_direction",
            f"minskade med 2,0{N}procentenheter på ett år, mer än slumpen",
        ),
        (75.0, 69.3, 1e5, {}, "on_the_way", f"ökade med 0,7{N}procentenheter på ett år, mer än slumpen"),
        (75.0, 69.3, 1e2, {}, "not_on_the_way", f"ökade med 0,7{N}procentenheter på ett år, kan vara slump"),
        (
            60.0,
            69.0,
            None,
            {},
            "not_on_the_way",
            f"ökade med 1,0{N}procentenheter på ett år, kan inte prövas mot slumpen",
        ),
        (60.0, 70.0, 1e4, {}, "not_on_the_way", "oförändrat på ett år"),
        (60.0, None, 1e4, {}, "cannot_be_judged", NO_YEAR_BEFORE),
        (75.0, None, 1e4, {}, "cannot_be_judged", NO_YEAR_BEFORE),
        (75.0, None, 1e4, {"milestones": [{"date": DUE, "value": 80}]}, "cannot_be_judged", NO_YEAR_BEFORE),
        # on a dated path the figure's place on it comes first
        (
            60.0,
            72.0,
            1e4,
            {
                "baseline": {"date": dt.date(2020, 10, 31), "value": 70},
                "milestones": [{"date": DUE, "value": 80}],
            },
            "on_the_way",
            f"minskade med 2,0{N}procentenheter på ett år, mer än slumpen",
        ),
    ],
)
def test_months_are_judged_by_the_same_month_a_year_before(  # noqa: PLR0917
    month_before, year_before, n, extra, outcome, words
):
    rows = [month(dt.date(2020, 10, 1), 70.0, n), month(dt.date(2020, 9, 1), month_before, n)]
    rows += [month(dt.date(2019, 10, 1), year_before, n)] if year_before is not None else []
    item = indicator(period_type="month", update_interval_months=1)
    row = judged(*rows, items=[item], targets=[target(**extra)])
    assert row["judgement"] == outcome
    assert row["reason"].endswith(f"; {words}")
    assert row["change"] == 70.0 - month_before


@pytest.mark.parametrize(
    ("now", "before", "year_before", "outcome"),
    [
        (25.0, 22.0, 30.0, "on_the_way"),
        (25.0, 30.0, 22.0, "wrong_direction"),
        (25.0, 30.0, None, "cannot_be_judged"),
    ],
)
def test_a_range_by_months_too(now, before, year_before, outcome):
    rows = [month(dt.date(2020, 10, 1), now), month(dt.date(2020, 9, 1), before)]
    rows += [month(dt.date(2019, 10, 1), year_before)] if year_before is not None else []
    goal = target(kind="range", value=None, low=10, high=20)
    row = judged(*rows, items=[indicator(period_type="month")], targets=[goal])
    assert row["judgement"] == outcome


@pytest.mark.parametrize(
    ("now", "before", "outcome"),
    [
        (10.0, 20.0, "target_reached"),
        (10.04, 20.0, "target_reached"),
        (10.06, 20.0, "on_the_way"),
        (20.0, 10.0, "wrong_direction"),
    ],
)
def test_lower_is_better(now, before, outcome):
    row = judged(
        year(2020, now), year(2019, before), items=[indicator(direction="lower")], targets=[target(value=10)]
    )
    assert row["judgement"] == outcome


@pytest.mark.parametrize("direction", ["higher", "none"])
@pytest.mark.parametrize(
    ("now", "before", "outcome"),
    [
        (10.0, 50.0, "target_reached"),
        (20.04, 50.0, "target_reached"),
        (20.06, 50.0, "on_the_way"),
        (5.0, 1.0, "on_the_way"),
        (1.0, 5.0, "wrong_direction"),
        (50.0, 30.0, "wrong_direction"),
        (5.0, 5.0, "not_on_the_way"),
        (5.0, 15.0, "wrong_direction"),
        (5.0, 25.0, "not_on_the_way"),
    ],
)
def test_a_range(now, before, outcome, direction):
    item = target(kind="range", value=None, low=10, high=20)
    row = judged(year(2020, now), year(2019, before), items=[indicator(direction=direction)], targets=[item])
    assert row["judgement"] == outcome
    assert row["target_value"] is None


def test_a_relative_target_from_the_areas_own_baseline():
    item = target(kind="relative_change", value=20, baseline={"period": "2018"})
    rows = [year(2018, 50.0), year(2019, 55.0), year(2020, 60.0)]
    row = judged(*rows, targets=[item])
    assert (row["judgement"], row["target_value"]) == ("target_reached", pytest.approx(60.0))
    assert judged(*rows[:2], targets=[item])["judgement"] == "on_the_way"
    lacking = judged(*rows[1:], targets=[item])
    assert (lacking["judgement"], lacking["reason"]) == ("cannot_be_judged", "Utgångsvärde för 2018 saknas")


@pytest.mark.parametrize(
    ("rows", "changes", "targets", "reason"),
    [
        ([year(2020, 70.0)], {}, [], "Inget mål är satt"),
        ([], {}, None, "Ingen uppgift"),
        ([], {}, [], "Ingen uppgift"),
        ([], {"lowest_public_level": "riket"}, None, "Ingen uppgift: publiceras bara för riket"),
        ([], {"unit": "kronor", "roll_up": "sum"}, None, "Inga medel redovisade för området"),
        ([year(2020, None, None, flag="missing", reason="Uppgift saknas hos källan")], {}, None, None),
        ([year(2020, 70.0)], {"direction": "none"}, None, "Indikatorn har inget håll som är bättre"),
        ([year(2020, 70.0)], {}, [target(cannot_be_judged="Metoden byttes.")], "Metoden byttes."),
    ],
)
def test_what_cannot_be_judged_says_why(rows, changes, targets, reason):
    row = judged(*rows, items=[indicator(**changes)], targets=targets)
    assert row["judgement"] == "cannot_be_judged"
    assert row["reason"] == (reason or "Uppgift saknas hos källan")


def test_a_sum_for_the_county_is_not_held_against_its_parts():
    item = indicator(roll_up="sum", unit="kronor", decimals=0, highest=1e9)
    rows = [year(2020, 100.0, None), year(2020, 60.0, None, area="e-norr", level="delregion", division="ett")]
    goal = [target(value=100, level="län")]
    assert judged(*rows, items=[item], targets=goal)["judgement"] == "target_reached"
    part = judged(*rows, items=[item], targets=goal, area="e-norr")
    assert (part["judgement"], part["reason"]) == ("cannot_be_judged", "Målet gäller hela länet")


def test_a_share_for_the_county_is_a_yardstick_for_its_parts():
    part = {"area": "e-norr", "level": "delregion", "division": "ett"}
    row = judged(year(2020, 81.0, **part), targets=[target(level="län")], area="e-norr")
    assert row["judgement"] == "target_reached"


@pytest.mark.parametrize(
    ("now", "before", "n", "extra", "reason"),
    [
        (80.0, 70.0, 1e4, {}, f"80,0{N}%, målet är 80{N}%"),
        (
            72.4,
            73.7,
            1e5,
            {"value": 100},
            f"72,4{N}%, målet är 100{N}%; minskade med 1,3{N}procentenheter, mer än slumpen",
        ),
        (70.0, 69.0, 1e2, {}, f"70,0{N}%, målet är 80{N}%; ökade med 1,0{N}procentenheter, kan vara slump"),
        (
            70.0,
            69.0,
            None,
            {},
            f"70,0{N}%, målet är 80{N}%; ökade med 1,0{N}procentenheter, kan inte prövas mot slumpen",
        ),
        (70.0, 70.0, 1e2, {}, f"70,0{N}%, målet är 80{N}%; oförändrat"),
        (70.0, None, 1e2, {}, f"70,0{N}%, målet är 80{N}%; ingen tidigare uppgift att jämföra med"),
        (
            49.0,
            48.0,
            None,
            PATH,
            f"49,0{N}%, målet är 60{N}%, nu krävs 50,0{N}%; ökade med 1,0{N}procentenheter, "
            "kan inte prövas mot slumpen",
        ),
    ],
)
def test_reasons(now, before, n, extra, reason):
    rows = [year(2020, now, n)] + ([year(2019, before, n)] if before is not None else [])
    assert judged(*rows, targets=[target(**extra)])["reason"] == reason


def test_the_reason_of_a_range():
    item = target(kind="range", value=None, low=10, high=20.5)
    reason = judged(year(2020, 5.0), targets=[item])["reason"]
    assert reason == f"5,0{N}%, målet är 10,0–20,5{N}%; ingen tidigare uppgift att jämföra med"


def test_every_area_has_a_row_and_the_country_none():
    catalogue = county.catalogue(targets=[target(), target("tva", value=90)])
    frame = judge(series(year(2020, 70.0), year(2020, 70.0, area="00", level="riket")), catalogue, ["andel"])
    areas = set(catalogue.areas) - {"00"}
    assert set(frame.select("area", "target").rows()) == {(a, t) for a in areas for t in ("mal", "tva")}
    assert frame.schema == pl.Schema(JUDGEMENT_SCHEMA)
    assert frame.filter(area="e-syd")["division"].to_list() == ["ett", "ett"]


def test_ages_and_sexes():
    items = [indicator(ages=["18+", "65+"])]
    catalogue = county.catalogue(items, [target(), target("aldre", age="80+")])
    rows = [
        year(2020, 70.0, age="65+"),
        year(2020, 71.0, age="18+"),
        year(2020, 72.0, age="18+", sex="women"),
    ]
    frame = judge(series(*rows), catalogue, ["andel"]).filter(area="14")
    found = {(row["age"], row["target"], row["value"]) for row in frame.iter_rows(named=True)}
    assert found == {("18+", "mal", 71.0), ("65+", None, 70.0), ("80+", "aldre", None)}


FIGURES = st.none() | st.tuples(st.integers(0, 300), st.just(300.0))


@settings(max_examples=80, deadline=None)
@given(FIGURES, FIGURES, st.sampled_from(["higher", "lower"]), st.sampled_from([{}, PATH]))
def test_always_one_of_five_with_a_reason_that_agrees_with_the_screen(now, before, direction, extra):
    rows = [
        year(number, pair[0] / pair[1] * 100, pair[1])
        for number, pair in ((2020, now), (2019, before))
        if pair is not None
    ]
    row = judged(*rows, items=[indicator(direction=direction)], targets=[target(**extra)])
    assert row["judgement"] in set(Outcome)
    assert row["reason"]
    if row["value"] is None:
        assert row["judgement"] == "cannot_be_judged"
    elif row["judgement"] == "cannot_be_judged":
        assert row["year_change"] is None
    if row["value"] is not None:
        shown, goal = round(row["value"] + 1e-9, 1), float(extra.get("value", 80))
        meets = shown >= goal if direction == "higher" else shown <= goal
        assert (row["judgement"] == "target_reached") == meets


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_value_that_is_no_number_is_missing_and_says_so(value):
    row = judged(year(2020, 50.0) | {"value": value}, year(2019, 60.0))
    assert (row["value"], row["judgement"], row["reason"]) == (
        None,
        "cannot_be_judged",
        "Värdet är inget tal",
    )


def test_an_earlier_value_that_is_no_number_is_nothing_to_compare_with():
    row = judged(year(2020, 70.0), year(2019, float("nan")), year(2018, 60.0))
    assert (row["previous_value"], row["judgement"]) == (60.0, "on_the_way")
