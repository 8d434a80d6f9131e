"""Marks beside figures."""

from __future__ import annotations

import pytest

from dashboard import board
from dashboard.components import notes
from schemas.results import Outcome
from tests.dashboard.build import HOSTILE, figure, without_value
from tests.dashboard.dom import parse


def test_the_example_banner_says_the_word_first_and_that_it_is_made_up():
    banner = parse(notes.example_banner("Två av tre.")).words
    assert banner.startswith("Exempeldata. Två av tre.")
    assert "påhittade" in banner


def test_the_tally_names_what_occurs_and_nothing_else():
    counts = board.tally([figure(), figure(), without_value()])
    items = parse(notes.tally(counts)).all("li")
    assert [item.words for item in items] == ["2 inte på väg", "1 kan inte bedömas"]
    assert all(len(item.all("svg")) == 1 for item in items)


@pytest.mark.parametrize(("number", "said"), [(1, "1 nått"), (2, "2 nådda")])
def test_a_reached_target_is_one_or_several_and_explains_itself(number, said):
    (item,) = parse(notes.tally({Outcome.TARGET_REACHED: number})).all("li")
    assert item.words == said
    assert [term.attrs["data-term"] for term in item.all("button")] == ["Målet nått"]


def test_nothing_to_count_is_no_empty_list():
    assert notes.tally(board.tally([])) == ""


def test_facts_that_are_empty_are_left_out():
    drawn = parse(notes.facts([("Definition", "Andel"), ("Kolada", ""), ("Källa", "<a href='/'>SCB</a>")]))
    assert [item.text for item in drawn.all("dt")] == ["Definition", "Källa"]
    assert [item.text for item in drawn.all("dd")] == ["Andel", "SCB"]


def test_words_are_text_and_never_markup():
    assert not parse(notes.example_banner(HOSTILE)).all("script", "img")
    assert not parse(notes.facts([(HOSTILE, "x")])).all("script", "img")
