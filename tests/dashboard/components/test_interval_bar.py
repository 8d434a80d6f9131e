"""A value with its interval as a small picture."""

from __future__ import annotations

import re

import pytest

from dashboard.components import interval_bar
from tests.dashboard.dom import parse

SCALE = (0.0, 100.0)


def at(value: float, scale=SCALE) -> float:
    drawn = parse(interval_bar.svg(value, None, None, scale=scale)).one("circle")
    return float(drawn.attrs["cx"])


def test_no_picture_without_a_value():
    assert interval_bar.svg(None, 1.0, 2.0, scale=SCALE) == ""


def test_places_are_in_proportion():
    width = at(100.0)
    assert at(0.0) == 0.0
    assert at(25.0) == pytest.approx(width / 4)
    assert at(75.0) == pytest.approx(width * 3 / 4)


@pytest.mark.parametrize("value", [-1e9, 1e9])
def test_nothing_is_drawn_outside(value):
    assert 0.0 <= at(value) <= at(100.0)


def test_a_scale_of_one_value_alone():
    assert at(5.0, (5.0, 5.0)) == 0.0


def test_the_interval_reaches_from_its_lower_to_its_upper_end():
    drawn = parse(interval_bar.svg(50.0, 40.0, 70.0, scale=SCALE))
    ends = [float(end) for end in re.findall(r"[\d.]+", drawn.one("path").attrs["d"])]
    assert (ends[0], ends[-1]) == (at(40.0), at(70.0))


@pytest.mark.parametrize(("lower", "upper"), [(None, 70.0), (40.0, None), (None, None)])
def test_no_interval_without_both_ends(lower, upper):
    assert not parse(interval_bar.svg(50.0, lower, upper, scale=SCALE)).all("path")


def test_the_county_is_a_line_across():
    drawn = parse(interval_bar.svg(50.0, None, None, scale=SCALE, line_at=60.0)).one("path")
    assert drawn.attrs["d"].startswith(f"M{at(60.0)} ")


def test_it_is_decoration_the_table_has_the_numbers():
    drawn = parse(interval_bar.svg(50.0, 40.0, 70.0, scale=SCALE, line_at=60.0)).one("svg")
    assert drawn.attrs["aria-hidden"] == "true"
    assert drawn.text == ""
