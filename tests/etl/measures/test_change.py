"""The latest figure and the change since the one before."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from etl.measures import frames
from etl.measures.change import latest, with_change
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


def test_certain_only_when_the_interval_leaves_out_zero():
    assert only(changed(shares(50.0, 60.0)))["change_is_certain"] is True
    assert only(changed(shares(50.0, 51.0)))["change_is_certain"] is False


def test_certainty_is_not_known_without_counts_or_for_other_units():
    bare = series(year(2019, value=50.0), year(2020, value=60.0))
    assert only(changed(bare))["change_is_certain"] is None
    assert only(changed(shares(50.0, 60.0), unit="index"))["change_is_certain"] is None


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
    assert {row[name] for name in ("previous_start", "previous_value", "change", "course")} == {None}


def test_the_usual_period_type_goes_first():
    frame = series(year(2020, value=1.0), year(2021, value=2.0, period_type="month"))
    rules = frames.rules(county.catalogue([indicator()]))
    assert only(latest(frame, rules))["value"] == 1.0
    assert only(latest(frame.filter(period_type="month"), rules))["value"] == 2.0


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
