"""The words of the pages: complete, and an outcome is told by word and shape, not by colour alone."""

from __future__ import annotations

import ast
import re
from enum import StrEnum
from pathlib import Path

import pytest

import dashboard
from dashboard import words
from schemas.catalogue import Direction, Evidence, Level, Origin, RollUp, Subject
from schemas.results import Method, Outcome
from tests.dashboard.dom import parse


def texts(module: Path) -> set[str]:
    """The texts in a module; its docstrings are for those who read the code."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone
    }


def test_a_number_and_its_per_cent_sign_stand_on_the_same_row():
    """A space that may be broken lets a row begin with the sign."""
    modules = sorted(Path(dashboard.__path__[0]).rglob("*.py"))
    assert len(modules) > 100
    loose = {
        (module.name, said) for module in modules for said in texts(module) if re.search(r"(\d|^) %", said)
    }
    assert not loose


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
