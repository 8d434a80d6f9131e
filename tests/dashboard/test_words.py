"""The words of the pages: complete, and an outcome is told by word and shape, not by colour alone."""

from __future__ import annotations

import re
from enum import StrEnum

import pytest

from dashboard import words
from schemas.catalogue import Direction, Evidence, Level, Origin, RollUp, Subject
from schemas.results import Method, Outcome
from tests.dashboard.dom import parse


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_words_and_a_symbol(outcome):
    told = words.OUTCOMES[outcome]
    assert all((told.word, told.counted, told.css, told.meaning))
    assert parse(f"<svg>{told.symbol}</svg>").one("svg").children


def shape(symbol: str) -> tuple:
    """What is left of a symbol without its colours."""
    drawn = []
    for node in parse(f"<svg>{symbol}</svg>").one("svg").walk():
        drawn.append((node.tag, *(node.attrs.get(key) for key in ("d", "cx", "cy", "r", "stroke-dasharray"))))
    return tuple(drawn)


def test_no_two_outcomes_look_or_read_alike():
    told = words.OUTCOMES.values()
    assert len({shape(item.symbol) for item in told}) == len(Outcome)
    for part in ("word", "counted", "css", "meaning"):
        assert len({getattr(item, part) for item in told}) == len(Outcome)


def test_no_symbol_has_a_colour_of_its_own():
    for item in words.OUTCOMES.values():
        colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', item.symbol))
        assert colours <= {"none", "currentColor", "var(--fp-paper)"}


@pytest.mark.parametrize(
    ("table", "of"),
    [
        (words.SUBJECTS, Subject),
        (words.ORIGINS, Origin),
        (words.EVIDENCE, Evidence),
        (words.DIRECTIONS, Direction),
        (words.ROLL_UPS, RollUp),
        (words.LEVELS, Level),
        (words.METHODS, Method),
    ],
)
def test_every_value_has_its_own_words(table, of: type[StrEnum]):
    assert set(table) == set(of)
    assert len(set(table.values())) == len(table)
    assert all(table.values())


def test_other_words_are_complete():
    assert set(words.PERSPECTIVES) == {"register", "survey"}
    assert set(words.PRINCIPALS) == {"region", "kommun"}
    assert words.EXAMPLE_CHIP == "Exempeldata"
