"""An outcome's symbol and word."""

from __future__ import annotations

import pytest

from dashboard.components import outcome
from dashboard.words import OUTCOMES
from schemas.results import Outcome
from tests.dashboard.dom import parse


@pytest.mark.parametrize("one", list(Outcome))
def test_a_badge_has_symbol_and_word(one):
    badge = parse(outcome.badge(str(one)))
    assert badge.words == OUTCOMES[one].word
    assert badge.one("svg").attrs["aria-hidden"] == "true"


def test_the_legend_tells_all_five():
    items = parse(outcome.legend()).all("li")
    assert len(items) == len(Outcome)
    for item, words in zip(items, OUTCOMES.values(), strict=True):
        assert item.words == f"{words.word} {words.meaning}"


def test_an_outcome_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="green"):
        outcome.icon("green")
