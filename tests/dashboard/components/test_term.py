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


def pressed(block: str, **options) -> list[str]:
    return [button.text for button in parse(term.explained(block, **options)).all("button")]


def test_the_first_mention_in_a_block_is_a_button_and_the_text_stays():
    block = "<p>Andelen är täljaren delad med nämnaren. <b>Andelen</b> visas i procent &amp; så.</p>"
    assert pressed(block) == ["Andelen", "täljaren", "nämnaren"]
    assert parse(term.explained(block)).words == parse(block).words


@pytest.mark.parametrize(
    "block",
    [
        '<a href="/">Delregion</a>',
        "<h2>Delregion</h2>",
        "<table><caption>Delregion</caption><tbody><tr><td>Delregion</td></tr></tbody></table>",
        "<details><summary>Om <b>delregion</b></summary></details>",
        '<span class="fp-sr">Delregion</span>',
        '<svg aria-hidden="true"><title>Delregion</title></svg>',
        '<p title="delregion">Delregionalt</p>',
        term.html("delregion"),
    ],
)
def test_names_rows_and_what_is_not_seen_are_left_alone(block):
    assert term.explained(block) == block


def test_after_what_is_left_alone_terms_are_found_again():
    assert pressed('<a href="/">Delregion<br></a><p>En <br>delregion</p>') == ["delregion"]
    assert pressed("<thead><tr><th>Mål</th></tr></thead><tbody><tr><td>Mål</td></tr></tbody>") == ["Mål"]


def test_what_a_block_explains_itself_is_no_help_word():
    assert pressed("<p>Målet nått. Delmål.</p>", without=frozenset({"natt"})) == ["Delmål"]


def test_the_same_block_is_made_once():
    block = "<p>Ett delmål till.</p>"
    assert term.explained(block) is term.explained(block)


def test_parts_that_stand_together_explain_each_term_once():
    parts = [
        term.explained(f"<p>{said}</p>") for said in ("Målet och en delregion.", "Delregion, mål, andel.")
    ]
    drawn = parse(term.anew("".join(parts)))
    assert [button.text for button in drawn.all("button")] == ["Målet", "delregion", "andel"]
    assert drawn.words == parse("".join(parts)).words


def test_a_mark_of_example_data_is_no_mention_of_it():
    chip = '<p>Läget. <span class="fp-chip">Exempeldata</span></p>'
    assert pressed(chip) == []
    assert pressed(f"{chip}<p>Exempeldata är påhittade tal.</p>") == ["Exempeldata"]
