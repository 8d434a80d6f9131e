from __future__ import annotations

import polars as pl
import pytest

from etl.transform.names import MAX_SUGGESTED, fold_all, look_up, suggestions, table_of

TABLE = table_of([("Öckerö", "1407"), ("Åmål", "1492"), ("Åmål", "annat")])
SHOWN = {"1407": "Öckerö (1407)", "1492": "Åmål (1492)"}


@pytest.mark.parametrize("name", ["ÖCKERÖ", "  öckerö", "O\u0308ckero\u0308", "Öckerö\u00a0", "\ufefföckerö"])
def test_names_are_folded(name):
    assert look_up(pl.Series([name]), TABLE).to_list() == ["1407"]


def test_kinds_of_dashes_and_spaces_are_one():
    assert fold_all(["a – b", "a\u00a0− b", "A  - b"]) == ["a - b"] * 3


def test_the_first_of_two_with_one_name_keeps_it():
    assert TABLE["åmål"] == "1492"


def test_empty_names_are_no_names():
    assert table_of([("", "x"), (" ", "y")]) == {}


@pytest.mark.parametrize(
    ("texts", "ids"),
    [([], []), ([None], [None]), (["Åmål", None, "x", "Åmål"], ["1492", None, None, "1492"])],
)
def test_unknown_names_are_null(texts, ids):
    assert look_up(pl.Series("area", texts, dtype=pl.String), TABLE).to_list() == ids


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Åmåll", "Menade du Åmål (1492)?"),
        ("ockero", "Menade du Öckerö (1407)?"),
        ("Stockholm", "Nej."),
        ("1408", "Nej."),
    ],
)
def test_a_near_name_is_suggested_and_a_wrong_code_is_not(name, hint):
    table = {**TABLE, "1407": "1407"}
    assert suggestions(pl.Series([name, None, name]), table, SHOWN, "Nej.").rows() == [(name, hint)]


def test_suggestions_end_where_they_help_no_one():
    found = suggestions(pl.Series([f"namn {i}" for i in range(5000)]), TABLE, SHOWN, "Nej.")
    assert found.height == MAX_SUGGESTED


def test_nothing_is_sought_for_a_text_that_is_no_name():
    found = suggestions(pl.Series(["Öckerö" * 100_000, "Öckeröö"]), TABLE, SHOWN, "Okänt.")
    assert found["hint"].to_list() == ["Okänt.", "Menade du Öckerö (1407)?"]
