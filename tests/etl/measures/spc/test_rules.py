"""The four rules, against a plain reading of each, point by point and window by window."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.measures.spc.rules import NONE, RULES, fired
from tests.etl.measures.spc.making import drawn


def windows(size, length, breaks):
    """All that many points in a row."""
    for end in range(length, size + 1):
        window = range(end - length, end)
        if not any(place in breaks for place in window[1:]):
            yield window


def two_of_three(window, away, reach):
    """The points of the window that are marked."""
    beyond = [place for place in window if abs(away[place]) > reach * 2 / 3]
    same_side = all(away[place] > 0 for place in window) or all(away[place] < 0 for place in window)
    return beyond if len(beyond) > 1 and same_side else []


def read(values, mean, reach, breaks=()):
    """The rule and side of each point by reading the rules aloud.

    `breaks`: points that aren't the neighbour of the one before them.
    """
    away = [value - mean for value in values]
    side = [(part > 0) - (part < 0) for part in away]
    sevens = list(windows(len(values), 7, breaks))
    # where one trend ends and another starts, the first of them counts
    trends = [(window, _way([values[place] for place in window])) for window in sevens]
    shifts = [window for window in sevens if {side[place] for place in window} in ({1}, {-1})]
    threes = [two_of_three(window, away, reach) for window in windows(len(values), 3, breaks)]
    found = [
        [("outside", side[place], [place]) for place, part in enumerate(away) if abs(part) > reach],
        [("trend", way, window) for window, way in trends if way],
        [("two_of_three", side[window[0]], window) for window in threes if window],
        [("shift", side[window[0]], window) for window in shifts],
    ]
    answer = {}
    for rule, way, window in (signal for signals in found for signal in signals):
        for place in window:
            answer.setdefault(place, (RULES.index(rule), way))
    return [answer.get(place, (NONE, 0)) for place in range(len(values))]


def _way(values):
    steps = [after - before for before, after in pairwise(values)]
    return all(step > 0 for step in steps) - all(step < 0 for step in steps)


def asked(values, mean=0.0, reach=3.0, breaks=()):
    size = len(values)
    neighbours = np.array([place > 0 and place not in breaks for place in range(size)], dtype=bool)
    rule, side = fired(
        np.array(values, dtype=float), np.full(size, mean), np.full(size, reach), np.zeros(size), neighbours
    )
    return list(zip(rule.tolist(), side.tolist(), strict=True))


@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.sampled_from([-4.0, -2.5, -1.0, -0.5, 0.0, 0.5, 1.0, 2.5, 4.0]), max_size=25),
    st.sets(st.integers(1, 24), max_size=3),
)
def test_every_point_is_marked_as_the_rules_read(values, breaks):
    assert asked(values, breaks=breaks) == read(values, 0.0, 3.0, breaks)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.floats(0.1, 1).map(lambda step: round(step, 3)), min_size=5, max_size=20), st.data())
def test_trends_are_marked_as_the_rules_read(steps, data):
    turns = data.draw(st.sets(st.integers(0, len(steps))))
    way, values = 1, [-2.0]
    for place, step in enumerate(steps):
        way = -way if place in turns else way
        values.append(values[-1] + way * step)
    assert asked(values, reach=50.0) == read(values, 0.0, 50.0)


def test_no_rule_without_limits():
    assert asked([1.0] * 20 + [9.0], reach=float("nan")) == [(NONE, 0)] * 21


@pytest.mark.parametrize(
    ("values", "marked"),
    [
        ([0, 0, 3.01, 0], {2: ("outside", 1)}),
        ([0, 0, -3.01, 0], {2: ("outside", -1)}),
        ([0, 3.0, 0], {}),
        # six in a row is no trend, seven is, and the first of them belongs to it
        ([-0.3, -0.2, -0.1, 0.1, 0.2, 0.3], {}),
        ([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3], dict.fromkeys(range(7), ("trend", 1))),
        ([0.3, 0.2, 0.1, 0, -0.1, -0.2, -0.3], dict.fromkeys(range(7), ("trend", -1))),
        # an equal figure ends it
        ([-0.3, -0.2, -0.1, 0, 0, 0.1, 0.2, 0.3], {}),
        ([0.1] * 6, {}),
        ([0.1, 0.2] * 3 + [0.1], dict.fromkeys(range(7), ("shift", 1))),
        # a figure on the mean is on neither side
        ([0.1, 0.2, 0.1, 0, 0.2, 0.1, 0.2, 0.1], {}),
        ([2.1, 1, 2.1], {0: ("two_of_three", 1), 2: ("two_of_three", 1)}),
        ([-2.1, -2.1, -1], {0: ("two_of_three", -1), 1: ("two_of_three", -1)}),
        # not on the same side: neither the two, nor the third
        ([2.1, -2.1, 1], {}),
        ([2.1, -1, 2.1], {}),
        ([2.1, 1, 1, 2.1], {}),
        ([2.0, 1, 2.0], {}),
        # one outside counts as beyond the line, and stays outside
        ([3.1, 1, 2.1], {0: ("outside", 1), 2: ("two_of_three", 1)}),
        # a rise below the mean is a rise
        ([-2, -1.9, -1.8, -1.7, -1.6, -1.5, -1.4], dict.fromkeys(range(7), ("trend", 1))),
    ],
)
def test_by_example(values, marked):
    wanted = [marked.get(place, (None, 0)) for place in range(len(values))]
    assert [(RULES[rule] if rule != NONE else None, side) for rule, side in asked(values)] == wanted


def test_priority():
    # rising for seven, the last two beyond the line and outside, all seven on one side
    values = [0.1, 0.2, 0.3, 0.4, 2.2, 2.3, 3.4, 2.4, 0.1]
    names = [RULES[rule] for rule, _ in asked(values)]
    assert names == ["trend"] * 6 + ["outside", "two_of_three", "shift"]


@pytest.mark.parametrize(
    ("direction", "up", "down"),
    [("higher", "improvement", "concern"), ("lower", "concern", "improvement"), ("none", "high", "low")],
)
def test_the_direction_tells_improvement_from_concern(direction, up, down):
    values = [50.0, 51.0] * 10 + [70.0, 50.0, 51.0, 30.0]
    chart = drawn(values, direction=direction)
    assert chart["signal"].to_list() == ["common"] * 20 + [up, "common", "common", down]
    assert chart["rule"].drop_nulls().to_list() == ["outside", "outside"]
