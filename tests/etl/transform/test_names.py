from __future__ import annotations

import polars as pl
import pytest

from etl.transform.names import fold_all, look_up, table_of

TABLE = table_of([("Öckerö", "1407"), ("Åmål", "1492"), ("Åmål", "annat")])


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
