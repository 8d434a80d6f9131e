"""The terms of the pages."""

from __future__ import annotations

import html
import json
import re
from collections import Counter

import pytest

from dashboard.components import definition
from dashboard.glossary import GROUPS, TERMS
from dashboard.words import OUTCOMES

#: The pages on which a reader meets terms.
PAGES = ("", "indikator", "delregion", "medel", "fardplanen", "datakvalitet", "metod", "om", "historik")


@pytest.mark.parametrize("key", TERMS)
def test_a_definition_is_short_and_whole(key):
    term = TERMS[key]
    assert key.isascii()
    assert key == key.lower()
    assert term.says.endswith(".")
    assert 0 < len(term.says) <= 280
    assert term.says[0].isupper()
    assert term.group in GROUPS


def test_no_two_terms_share_a_word():
    assert [
        word for word, times in Counter(term.word.lower() for term in TERMS.values()).items() if times > 1
    ] == []


def test_every_outcome_is_a_term():
    words = {term.word for term in TERMS.values()}
    assert {outcome.word for outcome in OUTCOMES.values()} <= words


#: Terms that no page has as a help word, each with the reason; they are read in the glossary.
ONLY_IN_THE_GLOSSARY: dict[str, str] = {
    "preliminar": "It marks single cells, and a button in each of them would be one too many.",
    "rattelse": "It stands in headings and links, of which a button would be a part.",
    "kontinuitetsindex": "It stands in an indicator's name alone, which is a link.",
}


@pytest.fixture
def met(page, catalogue) -> str:
    """The markup of all pages that tell of figures, and of every indicator's definition."""
    drawn = [
        json.loads(item.proto.json).get("html", "")
        for path in PAGES
        for item in page(path).get("bidi_component")
        if item.proto.json
    ]
    drawn += [
        definition.html(item, catalogue, None, delivered=None) for item in catalogue.indicators.values()
    ]
    return "".join(drawn)


def test_every_term_can_be_pressed_where_it_is_met(met):
    pressed = {html.unescape(word) for word in re.findall(r'data-term="([^"]*)"', met)}
    left = {key for key, term in TERMS.items() if term.word not in pressed}
    assert left == set(ONLY_IN_THE_GLOSSARY)
    assert all(reason.endswith(".") for reason in ONLY_IN_THE_GLOSSARY.values())
