"""The small symbols: told apart without colour, never without a word."""

from __future__ import annotations

import pytest

from dashboard.components import badge, signal_icons
from dashboard.signals import ASSURANCES, VARIATIONS
from schemas.catalogue import Direction
from schemas.results import Assurance, Compared, Variation
from tests.dashboard.build import figure
from tests.dashboard.dom import parse


def shapes(markup: str) -> str:
    """What is drawn, without its colour."""
    return markup.split(">", maxsplit=1)[1]


def test_no_two_symbols_are_drawn_alike():
    drawn = [
        signal_icons.variation(figure(variation=str(variation)), direction)
        for variation in (Variation.IMPROVEMENT, Variation.CONCERN)
        for direction in (Direction.HIGHER, Direction.LOWER)
    ]
    drawn += [
        signal_icons.variation(figure(variation=str(variation)), Direction.NONE)
        for variation in (Variation.HIGH, Variation.LOW, Variation.COMMON)
    ]
    drawn += [signal_icons.assured(str(answer)) for answer in Assurance]
    assert len({shapes(one) for one in drawn}) == len(drawn) == 10


@pytest.mark.parametrize(
    ("variation", "direction", "same"),
    [
        ("improvement", Direction.HIGHER, 1),
        ("concern", Direction.LOWER, 1),
        ("concern", Direction.HIGHER, -1),
    ],
)
def test_the_letter_says_which_way_the_figure_went(variation, direction, same):
    high, low = (signal_icons._LETTERS[way] for way in (1, -1))
    drawn = signal_icons.variation(figure(variation=variation), direction)
    assert ((high in drawn), (low in drawn)) == (same > 0, same < 0)


def test_what_is_not_known_has_no_symbol():
    assert signal_icons.variation(figure(), Direction.HIGHER) == ""
    assert signal_icons.assurance(figure()) == ""


@pytest.mark.parametrize("answer", list(Compared))
def test_a_comparison_has_a_symbol_and_a_word(answer):
    known = signal_icons.COUNTY[answer]
    drawn = parse(badge.beside(signal_icons.compared(str(answer)), known.word, known.css))
    assert drawn.words == known.word
    assert drawn.one("svg").attrs["aria-hidden"] == "true"
    assert len({one.symbol for one in signal_icons.COUNTY.values()}) == len(Compared)


def test_the_legend_tells_them_all():
    items = parse(signal_icons.legend()).all("li")
    known = [*VARIATIONS.values(), *ASSURANCES.values()]
    assert [item.words for item in items] == [f"{one.word} {one.meaning}" for one in known]
    assert all(len(item.all("svg")) == 1 for item in items)


def test_an_answer_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="green"):
        signal_icons.assured("green")
