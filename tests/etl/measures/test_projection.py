"""What a figure will be at the target's date, and when the target is reached."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.measures import forecast, frames, projection
from etl.measures.judgement import judge, with_obstacle
from etl.measures.projection import project_path
from schemas.results import ASSESSMENT_SCHEMA
from tests.etl.measures import county
from tests.etl.measures.county import indicator, only, series, target

RISING = [50.0, 52.0, 54.0, 56.0, 58.0, 60.0, 62.0]
NEVER = "Inte före 2040 i nuvarande takt"


def project(frame, judged, rules, catalogue):
    """The projections of judgements as they come from `judge`."""
    return projection.project(frame, with_obstacle(judged, frame, rules, catalogue), rules)


def yearly(values, first=2019, **more):
    return [
        {"period_start": dt.date(first + place, 1, 1), "value": value, **more}
        for place, value in enumerate(values)
    ]


def monthly(values, first=2022, **more):
    return [
        {
            "period_start": dt.date(first + place // 12, place % 12 + 1, 1),
            "period_type": "month",
            "value": value,
            **more,
        }
        for place, value in enumerate(values)
    ]


def told(rows, item=None, area="14", **changes):
    """The projection of an area, with its judgement's value."""
    catalogue = county.catalogue([indicator(**changes)], [item] if item else [])
    frame = series(*rows)
    found = project(frame, judge(frame, catalogue, ["andel"]), frames.rules(catalogue), catalogue)
    assert all(dtype == ASSESSMENT_SCHEMA[name] for name, dtype in found.schema.items())
    return only(found, area=area)


def drawn(rows, **changes):
    catalogue = county.catalogue([indicator(**changes)])
    frame = series(*rows)
    return project_path(frame, judge(frame, catalogue, ["andel"]), frames.rules(catalogue))


def step(day, value):
    return {"date": day, "value": value}


# --- the figure at the target's date


def test_without_figures_one_year_apart_nothing_is_projected_nor_said_of_when():
    """Projected without a band, the target was told as not reached before 2040."""
    rows = [
        {"period_start": dt.date(year, 3 * place + 1, 1), "period_type": "quarter", "value": first + place}
        for year, first in ((2022, 71.0), (2024, 79.0))
        for place in range(4)
    ]
    steps = [step(dt.date(2021, 12, 31), 60), step(dt.date(2028, 12, 31), 84)]
    row = told(rows, target(value=84, milestones=steps), period_type="quarter")
    assert (row["projected"], row["reach_first"], row["projected_on"]) == (None, None, None)
    assert row["projection_reason"] == (
        "Prognos kräver värden för samma period två år i rad, och sådana saknas"
    )
    assert drawn(rows, period_type="quarter").is_empty()
    mended = [*rows, {"period_start": dt.date(2023, 1, 1), "period_type": "quarter", "value": 75.0}]
    whole = told(mended, target(value=84, milestones=steps), period_type="quarter")
    assert whole["projected_lower"] < whole["projected"] < whole["projected_upper"]


def test_without_a_date_it_is_for_the_end_of_2030():
    row = told(yearly(RISING), target(value=80))
    known = forecast.fit(np.array([RISING]), 1, np.array([True]))
    expected, lower, upper = (part[0, 0] for part in forecast.ahead(known, np.array([5])))
    assert row["projected_on"] == dt.date(2030, 12, 31)
    assert (row["projected"], row["projected_lower"], row["projected_upper"]) == pytest.approx(
        (expected, lower, upper)
    )
    assert row["period_type"] == "year"


@pytest.mark.parametrize(
    ("due", "years"), [(dt.date(2028, 12, 31), 3), (dt.date(2028, 6, 30), 2), (dt.date(2024, 12, 31), 5)]
)
def test_the_last_milestone_decides_unless_it_has_passed(due, years):
    steps = [step(dt.date(2023, 12, 31), 60), step(due, 80)]
    row = told(yearly(RISING), target(value=80, milestones=steps))
    known = forecast.fit(np.array([RISING]), 1, np.array([True]))
    assert row["projected_on"] == (due if years < 5 else dt.date(2030, 12, 31))
    assert row["projected"] == pytest.approx(forecast.ahead(known, np.array([years]))[0][0, 0])


def test_the_points_to_draw_lead_to_the_projected_figure():
    rows = monthly(70 + 5 * np.sin(np.arange(48) * np.pi / 6))
    path = drawn(rows, period_type="month")
    row = told(rows, target(value=80), period_type="month")
    assert path["period_start"].to_list() == [
        dt.date(year, month, 1) for year in range(2026, 2031) for month in range(1, 13)
    ]
    last = path.row(-1, named=True)
    assert (last["value"], last["lower"], last["upper"]) == (
        row["projected"],
        row["projected_lower"],
        row["projected_upper"],
    )
    assert path["value"].max() == pytest.approx(75, abs=0.3)


@pytest.mark.parametrize(
    ("kind", "starts", "expected"),
    [
        ("quarter", [dt.date(2022 + n // 4, n % 4 * 3 + 1, 1) for n in range(16)], dt.date(2030, 10, 1)),
        ("half_year", [dt.date(2022 + n // 2, n % 2 * 6 + 1, 1) for n in range(8)], dt.date(2030, 7, 1)),
        ("season", [dt.date(2018 + n, 7, 1) for n in range(7)], dt.date(2029, 7, 1)),
        ("week", [dt.date(2023, 1, 2) + dt.timedelta(weeks=n) for n in range(150)], dt.date(2030, 12, 23)),
    ],
)
def test_every_kind_of_period_is_drawn_as_far_as_it_ends_by_2030(kind, starts, expected):
    rows = [{"period_start": day, "period_type": kind, "value": 50.0 + n % 2} for n, day in enumerate(starts)]
    path = drawn(rows, period_type=kind)
    assert path["period_start"].max() == expected
    assert path["period_start"].min() > starts[-1]


def test_a_possible_value_is_never_passed():
    falling = yearly([6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.5])
    changes = {"unit": "days", "direction": "lower", "lowest": 0, "highest": 6}
    path = drawn(falling, **changes)
    assert (path["lower"].min(), path["upper"].max() <= 6) == (0.0, True)
    assert told(falling, **changes)["projected_lower"] == 0.0


# --- why there is none


@pytest.mark.parametrize(
    ("rows", "changes", "reason"),
    [
        (
            yearly(RISING[:4]),
            {},
            "Prognos kräver minst 5 värden från de senaste åren, men det finns bara 4",
        ),
        (
            yearly(RISING[:4], first=2000) + yearly(RISING[:2]),
            {},
            "Prognos kräver minst 5 värden från de senaste åren, men det finns bara 2",
        ),
        (
            monthly([50.0] * 23),
            {"period_type": "month"},
            "Prognos kräver minst 24 värden från de senaste åren, men det finns bara 23",
        ),
        (
            [{**row, "period_type": "date"} for row in yearly(RISING)],
            {"period_type": "date"},
            "Uppgifterna gäller enstaka datum, och sådana skrivs inte fram",
        ),
        (
            yearly([1e6] * 7),
            {"unit": "kronor", "roll_up": "sum", "highest": 1e9},
            "Pengar fördelas genom beslut och skrivs inte fram",
        ),
        (yearly(RISING, first=2024), {}, "Det finns redan uppgifter fram till prognosens sista dag"),
        ([], {}, "Ingen uppgift"),
        (
            [*yearly(RISING), {"period_start": dt.date(2026, 1, 1), "reason": "Dolt", "flag": "suppressed"}],
            {},
            "Dolt",
        ),
    ],
)
def test_why_there_is_no_projection(rows, changes, reason):
    row = told(rows, target(value=80), **changes)
    assert row["projection_reason"] == reason
    assert [row[name] for name in ("projected_on", "projected", "projected_lower", "projected_upper")] == [
        None
    ] * 4
    assert [row[name] for name in ("reach_first", "reach_last")] == [None] * 2


def test_examples_are_not_mixed_with_real_figures():
    rows = [*yearly(RISING[:3], origin="example"), *yearly(RISING[3:], first=2022)]
    reason = told(rows)["projection_reason"]
    assert reason == "Prognos kräver minst 5 värden från de senaste åren, men det finns bara 4"


# --- the years between which the target is reached


def years_met(values, goal, *, upward=True, is_share=True):
    """The first year in which each end of the band meets the goal, one year at a time."""
    known = forecast.fit(np.array([values]), 1, np.array([is_share]))
    found = {}
    for year in range(2026, 2040):
        _, lower, upper = (part[0, 0] for part in forecast.ahead(known, np.array([year - 2025])))
        good, bad = (upper, lower) if upward else (lower, upper)
        for name, end in (("first", good), ("last", bad)):
            if (end >= goal - 0.05) if upward else (end < goal + 0.05):
                found.setdefault(name, year)
    return found.get("first"), found.get("last")


@pytest.mark.parametrize("goal", [63.0, 66.0, 68.0, 75.0, 99.0])
def test_the_first_years_in_which_the_ends_of_the_band_meet_it(goal):
    row = told(yearly(RISING), target(value=goal))
    assert (row["reach_first"], row["reach_last"]) == years_met(RISING, goal)
    assert row["projection_reason"] == (NEVER if row["reach_first"] is None else None)


def test_the_goals_above_have_all_kinds_of_answers():
    answers = [years_met(RISING, goal) for goal in (63.0, 66.0, 99.0)]
    assert [[year is None for year in answer] for answer in answers] == [
        [False, False],
        [False, True],
        [True, True],
    ]


def test_downwards_where_lower_is_better():
    falling = RISING[::-1]
    row = told(yearly(falling), target(value=46), direction="lower")
    assert (row["reach_first"], row["reach_last"]) == years_met(falling, 46.0, upward=False)
    assert row["reach_first"] is not None


def test_at_the_band_s_bad_end_never():
    values = [60.0, 61.0, 60.0, 62.0, 60.0, 61.0, 60.0]
    row = told(yearly(values), target(value=62))
    assert (row["reach_first"], row["reach_last"]) == (years_met(values, 62.0)[0], None)
    assert row["reach_first"] is not None
    assert row["projection_reason"] is None


def test_the_season_alone_reaches_nothing():
    rows = monthly(70 + 5 * np.sin(np.arange(48) * np.pi / 6 + np.pi))
    row = told(rows, target(value=74), period_type="month")
    assert row["projection_reason"] == NEVER


@pytest.mark.parametrize("value", [62.0, 61.0, 62.04])
def test_reached_already(value):
    row = told(yearly(RISING), target(value=value))
    assert (row["reach_first"], row["reach_last"], row["projection_reason"]) == (None, None, "Målet är nått")
    assert row["projected"] > 62


@pytest.mark.parametrize(
    ("values", "goal", "upward"), [(RISING, 66.0, True), ([80.0, 79, 78, 77, 76, 75, 74], 70.0, False)]
)
def test_a_range_is_reached_from_the_side_one_is_on(values, goal, upward):
    row = told(yearly(values), target(kind="range", value=None, low=66, high=70))
    assert (row["reach_first"], row["reach_last"]) == years_met(values, goal, upward=upward)


def test_a_relative_change_from_the_area_s_own_baseline():
    item = target(kind="relative_change", value=30, baseline={"period": "2019"})
    row = told(yearly(RISING), item)
    assert (row["reach_first"], row["reach_last"]) == years_met(RISING, 65.0)
    assert row["path_distance"] == pytest.approx(62 - 65)


@pytest.mark.parametrize(
    ("item", "changes", "reason"),
    [
        (None, {}, "Inget mål är satt"),
        (target(value=80, cannot_be_judged="Basåret saknas"), {}, "Basåret saknas"),
        (target(value=80), {"direction": "none"}, "Indikatorn har inget håll som är bättre"),
        (
            target(kind="relative_change", value=20, baseline={"period": "2018"}),
            {},
            "Utgångsvärde för 2018 saknas",
        ),
    ],
)
def test_projected_but_nothing_to_reach(item, changes, reason):
    row = told(yearly(RISING), item, **changes)
    assert row["projected"] is not None
    assert (row["reach_first"], row["reach_last"], row["projection_reason"]) == (None, None, reason)
    assert row["path_distance"] is None


# --- a baseline given as another kind of period than the series


BASELINE_2022 = target(kind="relative_change", value=10, baseline={"period": "2022"})


def test_a_yearly_baseline_of_a_monthly_series_is_used_where_the_area_has_it():
    rows = [*monthly([50.0] * 48), {"period_start": dt.date(2022, 1, 1), "value": 48.0}]
    row = told(rows, BASELINE_2022, period_type="month")
    assert row["path_distance"] == pytest.approx(50 - 48 * 1.1)
    assert row["projection_reason"] == NEVER


def test_and_is_told_to_be_lacking_where_it_has_not():
    row = told(monthly([50.0] * 48), BASELINE_2022, period_type="month")
    assert (row["path_distance"], row["projection_reason"]) == (None, "Utgångsvärde för 2022 saknas")
    catalogue = county.catalogue([indicator(period_type="month")], [BASELINE_2022])
    judged = only(judge(series(*monthly([50.0] * 48)), catalogue, ["andel"]), area="14")
    assert (judged["judgement"], judged["reason"]) == ("cannot_be_judged", "Utgångsvärde för 2022 saknas")


# --- the distance to the path


@pytest.mark.parametrize(
    ("item", "distance"),
    [
        (target(value=80), -18.0),
        (target(value=60), 2.0),
        (target(kind="range", value=None, low=66, high=70), -4.0),
        (target(kind="range", value=None, low=50, high=60), 2.0),
        (target(kind="range", value=None, low=60, high=70), 0.0),
        (
            target(
                value=80,
                milestones=[
                    step(dt.date(2024, 12, 31), 60),
                    step(dt.date(2028, 12, 31), 72),
                    step(dt.date(2030, 12, 31), 80),
                ],
            ),
            62 - (60 + 12 * 365 / 1461),
        ),
        (target(value=80, milestones=[step(dt.date(2030, 12, 31), 80)]), None),
    ],
)
def test_the_distance_to_what_is_asked_for_today(item, distance):
    row = told(yearly(RISING), item)
    assert row["path_distance"] == (None if distance is None else pytest.approx(distance))


def test_a_part_is_not_held_against_what_was_set_for_the_whole():
    rows = yearly(RISING, area="1401", level="kommun")
    changes = {"roll_up": "sum", "unit": "days"}
    row = told(rows, target(value=80, level="län"), area="1401", **changes)
    assert (row["path_distance"], row["projection_reason"]) == (None, "Målet gäller hela länet")


# --- what never matters


def several():
    areas = {"14": ("län", RISING), "1401": ("kommun", RISING[::-1]), "1402": ("kommun", [60.0, 61, 59] * 2)}
    rows = [row for area, (level, values) in areas.items() for row in yearly(values, area=area, level=level)]
    catalogue = county.catalogue(targets=[target(value=64), target("tva", value=55)])
    judged = judge(series(*rows), catalogue, ["andel"])
    return rows, judged, catalogue


def test_a_row_for_every_judgement_in_their_order():
    rows, judged, catalogue = several()
    found = project(series(*rows), judged, frames.rules(catalogue), catalogue)
    key = ["indicator", "area", "age", "target", "period_type"]
    assert found.select(key).equals(judged.select(key))
    silent = found.filter(pl.col("projected").is_null() | pl.col("reach_first").is_null())
    assert silent["projection_reason"].null_count() == 0


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(random):
    rows, judged, catalogue = several()
    rules = frames.rules(catalogue)
    plain = project(series(*rows), judged, rules, catalogue)
    points = project_path(series(*rows), judged, rules)
    random.shuffle(rows)
    assert project(series(*rows), judged, rules, catalogue).equals(plain)
    assert project_path(series(*rows), judged, rules).equals(points)
    places = list(range(judged.height))
    random.shuffle(places)
    assert project(series(*rows), judged[places], rules, catalogue).equals(plain[places])


def test_nothing_judged():
    catalogue = county.catalogue()
    judged = judge(series(), catalogue, [])
    rules = frames.rules(catalogue)
    assert project(series(), judged, rules, catalogue).is_empty()
    assert project_path(series(), judged, rules).is_empty()
