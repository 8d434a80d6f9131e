"""The latest figure and the change since the one before."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest
from scipy import stats

from etl.measures import frames
from etl.measures.change import latest, with_change
from etl.measures.comparison import compare
from etl.measures.interval import rate_ratio
from etl.measures.judgement import judge
from tests.etl.measures import county
from tests.etl.measures.county import indicator, only, series


def year(number, **more):
    return {"period_start": dt.date(number, 1, 1), **more}


def changed(frame, **changes):
    rules = frames.rules(county.catalogue([indicator(**changes)]))
    return with_change(latest(frame, rules), frame, rules)


def shares(first, second):
    """Two years with 1 000 counted, first and second per cent."""
    return series(
        year(2019, value=first, numerator=first * 10, denominator=1000.0),
        year(2020, value=second, numerator=second * 10, denominator=1000.0),
    )


@pytest.mark.parametrize(
    ("direction", "first", "second", "course"),
    [
        ("higher", 50.0, 60.0, "better"),
        ("higher", 60.0, 50.0, "worse"),
        ("lower", 50.0, 60.0, "worse"),
        ("lower", 60.0, 50.0, "better"),
        ("higher", 50.0, 50.04, "unchanged"),
        ("higher", 50.0, 50.06, "better"),
        ("none", 50.0, 60.0, None),
    ],
)
def test_course(direction, first, second, course):
    row = only(changed(shares(first, second), direction=direction))
    assert row["course"] == course
    assert row["change"] == pytest.approx(second - first)
    assert row["previous_value"] == first
    assert row["previous_start"] == dt.date(2019, 1, 1)


@pytest.mark.parametrize("year_before", [0.0, 5.0])
@pytest.mark.parametrize("certain", [True, False])
@pytest.mark.parametrize("way", [1, -1])
def test_a_mean_has_changed_for_certain_when_mover_s_interval_leaves_out_zero(certain, way, year_before):
    now, before = (60, 8.0), (40, 6.5)
    reach = sum((stats.t.ppf(0.975, number - 1) * s / number**0.5) ** 2 for number, s in (now, before)) ** 0.5
    value = 30.0 + way * reach * (1.001 if certain else 0.999)
    figures = series(
        county.mean("14", 30.0, before[1], before[0], **year(2019)),
        county.mean("14", value, now[1], now[0], **year(2020)),
        {"area": "1401", "value": year_before, **year(2019)},
        county.mean("1401", value, now[1], now[0], **year(2020)),
    )
    found = changed(figures, unit="days", highest=365)
    assert only(found, area="14")["change_is_certain"] is certain
    assert only(found, area="14")["year_change_is_certain"] is certain
    assert only(found, area="1401")["change_is_certain"] is None, "of the year before no spread is known"
    assert "standard_deviation" not in found.columns


def test_certain_only_when_the_interval_leaves_out_zero():
    assert only(changed(shares(50.0, 60.0)))["change_is_certain"] is True
    assert only(changed(shares(50.0, 51.0)))["change_is_certain"] is False


def test_certainty_is_not_known_without_counts_or_for_other_units():
    bare = series(year(2019, value=50.0), year(2020, value=60.0))
    assert only(changed(bare))["change_is_certain"] is None
    assert only(changed(shares(50.0, 60.0), unit="days"))["change_is_certain"] is None


@pytest.mark.parametrize(
    ("then", "now"), [((100, 1000), (160, 1000)), ((100, 1000), (110, 1000)), ((0, 10), (9, 10))]
)
def test_an_index_with_counts_is_tried_as_the_comparison_with_its_earlier_figure_is(then, now):
    catalogue = county.catalogue([indicator(unit="index", decimals=3)])
    rows = [
        {"numerator": cases, "denominator": size, "value": cases / size, "period_start": dt.date(year, 1, 1)}
        for year, (cases, size) in zip((2020, 2021), (then, now), strict=True)
    ]
    frame, rules = series(*rows), frames.rules(catalogue)
    judged = judge(frame, catalogue, ["andel"])
    row = only(judged, area="14")
    lower, upper = (bound[0] for bound in rate_ratio(*(np.array([float(count)]) for count in (*now, *then))))
    assert row["year_change_is_certain"] is bool(lower > 1 or upper < 1)
    beside = only(compare(judged, frame, rules, catalogue), area="14")
    assert (beside["before"] != "similar") is row["year_change_is_certain"]
    assert "kan inte prövas" not in row["reason"]


def test_a_gap_is_bridged_and_told():
    frame = series(year(2016, value=50.0), year(2019, flag="missing"), year(2020, value=60.0))
    row = only(changed(frame))
    assert (row["previous_start"], row["change"]) == (dt.date(2016, 1, 1), 10.0)


def test_other_types_groups_and_classes_are_not_compared_with():
    frame = series(
        year(2016, value=1.0),
        year(2017, value=2.0, sex="women"),
        year(2017, value=3.0, age="65+"),
        year(2018, value=4.0, period_type="month"),
        year(2019, value=5.0, origin="example"),
        year(2020, value=60.0, origin="uploaded"),
    )
    row = only(changed(frame), sex="total", age="total")
    assert (row["value"], row["previous_value"]) == (60.0, 1.0)


def test_the_first_figure_has_nothing_before_it():
    row = only(changed(series(year(2020, value=60.0))))
    names = ("previous_start", "previous_value", "change", "course", "year_change", "year_course")
    assert {row[name] for name in names} == {None}


YEARLY = ("change", "change_is_certain", "course")


@pytest.mark.parametrize("kind", ["year", "season", "date"])
def test_by_year_season_and_date_the_year_before_is_the_period_before(kind):
    row = only(changed(shares(50.0, 60.0).with_columns(period_type=pl.lit(kind))))
    assert (row["change"], row["change_is_certain"], row["course"]) == (10.0, True, "better")
    assert [row[f"year_{name}"] for name in YEARLY] == [row[name] for name in YEARLY]


def counted(start, value, kind):
    n = 1000.0
    return {
        "period_start": start,
        "period_type": kind,
        "value": value,
        "numerator": value * 10,
        "denominator": n,
    }


@pytest.mark.parametrize(
    ("kind", "now", "before", "year_before"),
    [
        ("month", dt.date(2024, 2, 1), dt.date(2024, 1, 1), dt.date(2023, 2, 1)),
        ("quarter", dt.date(2024, 1, 1), dt.date(2023, 10, 1), dt.date(2023, 1, 1)),
        ("half_year", dt.date(2024, 7, 1), dt.date(2024, 1, 1), dt.date(2023, 7, 1)),
        # the same week by ISO 8601: 364 days before, or 371 where the year between has 53 weeks
        (
            "week",
            dt.date.fromisocalendar(2024, 7, 1),
            dt.date.fromisocalendar(2024, 6, 1),
            dt.date(2023, 2, 13),
        ),
        ("week", dt.date(2021, 3, 8), dt.date(2021, 3, 1), dt.date(2020, 3, 2)),
        ("week", dt.date(2021, 1, 4), dt.date(2020, 12, 28), dt.date(2019, 12, 30)),
        ("week", dt.date(2020, 12, 28), dt.date(2020, 12, 21), None),
    ],
)
def test_within_the_year_the_same_period_a_year_before_counts(kind, now, before, year_before):
    rows = [counted(now, 60.0, kind), counted(before, 65.0, kind)]
    # their neighbours are there too, and aren't taken for them
    around = [now - dt.timedelta(days=days) for days in (357, 364, 366, 371, 378)]
    around = [day for day in around if year_before and day != year_before and day < before]
    if kind == "week":
        rows += [counted(day, 1.0, kind) for day in around if day.weekday() == 0]
    rows += [counted(year_before, 50.0, kind)] if year_before else []
    row = only(changed(series(*rows)))
    assert (row["previous_start"], row["change"], row["course"]) == (before, -5.0, "worse")
    assert row["change_is_certain"] is True
    wanted = (10.0, True, "better") if year_before else (None, None, None)
    assert tuple(row[f"year_{name}"] for name in YEARLY) == wanted
    assert row["year_previous_value"] == (50.0 if year_before else None)


@pytest.mark.parametrize(
    "gone",
    [{"value": None, "flag": "suppressed"}, {"origin": "example"}, {"period_type": "year"}, {"age": "65+"}],
)
def test_a_year_before_is_of_the_same_kind_with_a_value(gone):
    month = counted(dt.date(2024, 1, 1), 60.0, "month")
    before = counted(dt.date(2023, 1, 1), 50.0, "month")
    usual = {"period_type": "month", "update_interval_months": 1}
    assert only(changed(series(month, before), **usual))["year_change"] == 10.0
    assert only(changed(series(month, before | gone), **usual), age="total")["year_change"] is None


@pytest.mark.parametrize(
    ("usual", "interval", "newest_year", "newest_month", "taken"),
    [
        ("year", 12, 2020, dt.date(2021, 12, 1), "year"),
        ("year", 12, 2020, dt.date(2022, 1, 1), "month"),
        ("year", 12, 2022, dt.date(2021, 5, 1), "year"),
        ("month", 1, 2021, dt.date(2021, 12, 1), "month"),
        ("month", 1, 2021, dt.date(2021, 11, 1), "month"),
        ("month", 1, 2021, dt.date(2021, 10, 1), "year"),
        ("month", 3, 2021, dt.date(2021, 9, 1), "month"),
        ("month", 3, 2021, dt.date(2021, 8, 1), "year"),
        # none is the usual one: the newest
        ("season", 12, 2021, dt.date(2022, 1, 1), "month"),
        ("season", 12, 2021, dt.date(2021, 11, 1), "year"),
    ],
)
def test_the_usual_period_type_is_taken_until_it_is_an_interval_behind(
    usual, interval, newest_year, newest_month, taken
):
    frame = series(
        year(newest_year - 1, value=10.0),
        year(newest_year, value=11.0),
        {"period_start": dt.date(2018, 1, 1), "period_type": "month", "value": 20.0},
        {"period_start": newest_month, "period_type": "month", "value": 22.0},
    )
    row = only(changed(frame, period_type=usual, update_interval_months=interval))
    assert row["period_type"] == taken
    # never compared across types
    assert (row["value"], row["change"]) == ((11.0, 1.0) if taken == "year" else (22.0, 2.0))


def test_a_period_type_without_a_figure_gives_way():
    waiting = {"method": "ratio_of_sums", "flag": "missing", "reason": "Uppgift saknas"}
    months = [
        {"period_start": dt.date(2021, month, 1), "period_type": "month", **waiting} for month in (1, 2, 3)
    ]
    rules = frames.rules(county.catalogue([indicator(period_type="month", update_interval_months=1)]))
    assert only(latest(series(*months), rules))["period_start"] == dt.date(2021, 3, 1)
    assert only(latest(series(*months, year(2020, value=1.0)), rules))["value"] == 1.0
    # what is hidden or missing at the source is a figure that was delivered
    told = months[-1] | {"method": "direct"}
    assert only(latest(series(told, year(2020, value=1.0)), rules))["flag"] == "missing"


@pytest.mark.parametrize("flag", ["missing", "suppressed"])
def test_a_delivered_blank_is_the_latest(flag):
    rules = frames.rules(county.catalogue([indicator()]))
    row = only(latest(series(year(2019, value=1.0), year(2020, flag=flag)), rules))
    assert (row["value"], row["flag"]) == (None, flag)


WAITING = {"method": "ratio_of_sums", "flag": "missing", "reason": "Uppgift saknas för 1 av 5 kommuner: Alfa"}


def test_one_late_delivery_is_passed_over_and_two_are_told():
    rules = frames.rules(county.catalogue([indicator()]))
    rolled = {"method": "ratio_of_sums"}
    frame = series(year(2018, value=1.0, **rolled), year(2019, **WAITING))
    assert only(latest(frame, rules))["value"] == 1.0
    frame = pl.concat([frame, series(year(2020, **WAITING))])
    assert only(latest(frame, rules))["reason"] == WAITING["reason"]
    assert only(latest(series(year(2020, **WAITING)), rules))["value"] is None


def test_a_refused_roll_up_gives_way_to_a_delivered_figure():
    rules = frames.rules(county.catalogue([indicator(roll_up="none")]))
    refused = year(2020, method=None, flag="missing", reason="Går inte")
    assert only(latest(series(year(2015, value=1.0), refused), rules))["value"] == 1.0
    assert only(latest(series(refused), rules))["reason"] == "Går inte"
