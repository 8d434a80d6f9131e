"""A help word, and the glossary."""

from __future__ import annotations

import pytest

from dashboard.components import term
from dashboard.glossary import GROUPS, TERMS
from tests.dashboard.dom import parse


@pytest.mark.parametrize(
    ("key", "shown", "read"),
    [
        ("intervall", "95 %-intervall", "95 %-intervall"),
        ("styrdiagram", None, "styrdiagram"),
        ("sro", None, "SRO"),
        ("vastkom", None, "VästKom"),
        ("taljare", "<b>", "<b>"),
    ],
)
def test_a_term_is_a_button_named_by_the_word_itself(key, shown, read):
    button = parse(term.html(key, shown)).one("button")
    assert button.text == read
    assert button.attrs["data-term"] == TERMS[key].word
    assert button.attrs["data-says"] == TERMS[key].says
    assert button.attrs["type"] == "button"


def test_a_word_that_nobody_has_explained():
    with pytest.raises(KeyError):
        term.html("finns-inte")


def test_the_glossary_has_every_term_once_and_in_order():
    drawn = parse(term.glossary())
    assert [head.text for head in drawn.all("h2")] == list(GROUPS)
    assert sorted(item.attrs["id"] for item in drawn.all("dt")) == sorted(term.anchor(key) for key in TERMS)
    places = [
        item.text for item in drawn.all("section")[GROUPS.index("Platser och de som beslutar")].all("dt")
    ]
    assert places[-3:] == ["VVG", "Vårdsamverkansområde", "VästKom"]
