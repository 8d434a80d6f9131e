"""A symbol with its word beside it."""

from __future__ import annotations

import pytest

from dashboard import signals
from dashboard.components import badge, quality_table, signal_icons
from dashboard.words import OUTCOMES
from tests.dashboard.dom import parse

EVERYTHING = [
    *OUTCOMES.values(), *signals.VARIATIONS.values(), *signals.ASSURANCES.values(), *quality_table.STATES.values(),
    *signal_icons.COUNTY.values(),
]  # fmt: skip


@pytest.mark.parametrize("told", EVERYTHING, ids=lambda told: told.word)
def test_a_badge_says_its_word_and_hides_its_symbol(told):
    node = parse(badge.of(told))
    assert node.words == told.word
    assert node.one("svg").attrs["aria-hidden"] == "true"
    assert node.one(css="fp-outcome").attrs["class"] == f"fp-outcome fp-{told.css}"


def test_a_word_is_text():
    assert parse(badge.beside("", "<b>&", "better")).words == "<b>&"
