"""The small trend line, read back point by point."""

from __future__ import annotations

import re

import pytest

from dashboard.components import spark
from tests.dashboard.dom import Node, parse


def drawn(*values: float | None, **how) -> Node:
    return parse(spark.html(values, **how)).one("svg")


def points(svg: Node) -> list[list[tuple[int, int]]]:
    """Runs of points, from the path of the line."""
    path = next(node.attrs["d"] for node in svg.all("path") if "fp-goal" not in node.css)
    runs: list[list[tuple[int, int]]] = []
    for command, across, down in re.findall(r"([Ml])(-?\d+) ?(-?\d+)", path):
        x, y = int(across), int(down)
        if command == "M":
            runs.append([(x, y)])
        else:
            before = runs[-1][-1]
            runs[-1].append((before[0] + x, before[1] + y))
    return runs


def dot(svg: Node) -> tuple[int, int]:
    circle = svg.one("circle")
    return int(circle.attrs["cx"]), int(circle.attrs["cy"])


def test_the_line_goes_from_the_first_to_the_newest_figure_within_its_box():
    svg = drawn(*(float(number) for number in range(12)))
    (run,) = points(svg)
    assert (run[0], run[-1]) == ((3, 21), (97, 3))
    assert [x for x, _ in run] == sorted({x for x, _ in run})
    assert [y for _, y in run] == sorted((y for _, y in run), reverse=True)
    assert dot(svg) == run[-1]
    assert svg.attrs["aria-hidden"] == "true"


@pytest.mark.parametrize(
    ("values", "lengths"),
    [
        ((1.0, 2.0, None, 3.0, 4.0), [2, 2]),
        ((1.0, None, 2.0, 3.0), [1, 2]),
        ((None, 1.0, 2.0, 3.0, None), [3]),
    ],
)
def test_a_gap_is_a_gap(values, lengths):
    svg = drawn(*values)
    assert [len(run) for run in points(svg)] == lengths
    assert dot(svg) == points(svg)[-1][-1]


def test_a_lone_figure_between_gaps_is_seen():
    assert "h0" in drawn(1.0, None, 2.0, 3.0).one("path").attrs["d"]


def test_few_figures_stand_at_the_right_where_the_newest_always_is():
    (run,) = points(drawn(1.0, 2.0, 3.0))
    assert run[-1][0] == 97
    assert run[0][0] > 70


@pytest.mark.parametrize("values", [(), (1.0,), (None, None), (None, 4.0), (3.0, None, 4.0)])
def test_fewer_than_three_figures_are_no_line(values):
    assert spark.html(values) == ""


def test_values_that_never_change_are_a_level_line():
    (run,) = points(drawn(80.0, 80.0, 80.0))
    assert len({y for _, y in run}) == 1


def test_lines_on_one_scale_can_be_held_against_each_other():
    within = spark.reach([(10.0, 20.0), (40.0, None)])
    assert within == (10.0, 40.0)
    low, high = (
        points(drawn(*values, within=within))[0] for values in ((10.0, 15.0, 20.0), (40.0, 35.0, 30.0))
    )
    assert (low[0][1], high[0][1]) == (21, 3)
    assert low[-1][1] - high[-1][1] == 6


def test_next_to_no_change_does_not_look_like_much():
    assert spark.reach([(80.0, 80.2)], least=2) == pytest.approx((79.1, 81.1))
    assert spark.reach([(80.0, 90.0)], least=2) == (80.0, 90.0)
    assert spark.reach([(None,), ()]) is None


@pytest.mark.parametrize(
    ("target", "fits"), [(75.0, True), (85.0, True), (60.0, True), (99.0, False), (None, False)]
)
def test_the_target_is_a_dashed_line_where_it_leaves_room(target, fits):
    values = (70.0, 75.0, 80.0)
    svg = drawn(*values, within=spark.reach([values], [target]), target=target)
    goal = svg.all("path", css="fp-goal")
    assert len(goal) == fits
    if fits:
        assert 3 <= int(goal[0].attrs["d"].split()[1].split("h")[0]) <= 21
        run = points(svg)[0]
        assert run[0][1] - run[-1][1] >= 18 * 0.35


def test_a_line_is_light():
    values = [70 + number % 5 * 1.37 for number in range(24)]
    assert len(spark.html(values, target=72.0)) < 400


def test_lines_that_move_alike_look_alike_whatever_their_level():
    values = [(10.0, 12.0, 14.0), (70.0, 72.0, 74.0), (50.0, 50.5, 51.0), (None,)]
    scales = spark.alike(values, [None] * 4)
    assert scales[-1] is None
    assert {round(scale.high - scale.low, 6) for scale in scales if scale} == {5.0}
    one, other, small = (
        points(drawn(*own, within=scale))[0] for own, scale in zip(values, scales[:3], strict=False)
    )
    assert one == other
    assert small[0][1] - small[-1][1] < (one[0][1] - one[-1][1]) / 3


def test_a_line_is_not_squeezed_for_a_target_that_lies_far_off():
    near, far = spark.alike([(70.0, 71.0), (70.0, 80.0)], [75.0, 100.0])
    assert near is not None
    assert far == (68.75, 81.25)
    assert (near.low <= 70, near.high >= 75) == (True, True)
