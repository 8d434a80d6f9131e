"""The terms of the pages."""

from __future__ import annotations

from collections import Counter

import pytest

from dashboard.glossary import GROUPS, TERMS
from dashboard.words import OUTCOMES


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
