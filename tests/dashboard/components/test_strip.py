"""The strip of dots: every mark in its place, better to the right."""

from __future__ import annotations

import pytest

from dashboard.components import strip
from schemas.catalogue import Direction
from tests.dashboard.dom import Node, parse


def drawn(values, direction=Direction.HIGHER, **marks) -> Node:
    usual = {"own": None, "county": None, "target": None}
    return parse(strip.html(values, **{**usual, **marks}, direction=direction))


def places(found: Node) -> list[int]:
    return [int(dot.attrs["cx"]) for dot in found.all("circle", css="fp-dot")]


def test_dots_lie_in_order_of_their_values_within_the_box():
    found = places(drawn([70.0, 75.0, 80.0]))
    assert found == [6, 100, 194]


@pytest.mark.parametrize(
    ("direction", "rising"), [(Direction.HIGHER, True), (Direction.LOWER, False), (Direction.NONE, True)]
)
def test_better_is_to_the_right(direction, rising):
    found = places(drawn([3.0, 4.0], direction))
    assert (found[0] < found[1]) is rising


def test_each_kind_of_mark_has_its_own_shape():
    found = drawn([70.0, 80.0], own=75.0, county=74.0, target=82.0, chosen=71.0)
    for css in ("fp-own", "fp-whole", "fp-goal", "fp-chosen"):
        assert len(found.all(css=css)) == 1
    assert found.one("svg").attrs["aria-hidden"] == "true"


def test_a_target_far_away_is_left_out_so_that_the_dots_can_be_told_apart():
    found = drawn([40.0, 42.0], own=41.0, target=100.0)
    assert not found.all(css="fp-goal")
    assert places(found) == [6, 194]


def test_values_that_are_alike_do_not_divide_by_nothing():
    assert len(places(drawn([70.0, 70.0]))) == 2


def test_without_municipalities_there_is_no_picture():
    assert strip.html([], own=70.0, county=71.0, target=80.0, direction=Direction.HIGHER) == ""


def test_the_key_names_every_mark():
    assert [word for _, word in strip.key("Skaraborg")] == ["en kommun", "Skaraborg", "länet", "målet"]
    assert [word for _, word in strip.key("Skaraborg", chosen="Skara")][1] == "Skara"
