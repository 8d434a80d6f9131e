"""Terms known again in a sentence."""

from __future__ import annotations

import pytest

from dashboard import inflections
from dashboard.glossary import TERMS


def found(said: str) -> list[tuple[str, str]]:
    return [(inflections.key_of(match), match[0]) for match in inflections.pattern().finditer(said)]


@pytest.mark.parametrize("key", sorted(set(TERMS) - {"variation"}))
def test_a_term_is_known_by_its_own_word(key):
    word = TERMS[key].word.removesuffix("?")
    assert found(f"{word}.") == [(key, word)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("De delregionala nämnderna", [("delregional-namnd", "delregionala nämnderna")]),
        (
            "Täljare och nämnare för andelar",
            [("taljare", "Täljare"), ("namnare", "nämnare"), ("andel", "andelar")],
        ),
        ("5 procentenheter", [("procentenheter", "procentenheter")]),
        ("Målets väg till målet", [("vag", "Målets väg"), ("mal", "målet")]),
        ("inte på väg", [("inte-pa-vag", "inte på väg")]),
        ("Inget mål är säkert på väg att missas", [("mal", "mål")]),
        ("målet nått", [("natt", "målet nått")]),
        ("bättre än vanligt", [("variation", "bättre än vanligt")]),
        ("95\u00a0%-intervall", [("intervall", "95\u00a0%-intervall")]),
        ("de 50 huvudmännen", [("huvudman", "huvudmännen")]),
        ("medicinsk bedömning inom tre dagar", []),
        ("sro och bup", []),
        ("Slutmål, delregionalt, målstyrd, på vägen", []),
    ],
)
def test_forms_of_a_term_and_what_only_looks_like_one(said, expected):
    assert found(said) == expected


def test_a_form_belongs_to_a_term():
    assert set(inflections._FORMS) <= set(TERMS)
