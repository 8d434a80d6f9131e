"""Rows found by their keys, as joins, sorts and groupings of polars and numpy find them."""

from __future__ import annotations

import datetime as dt
import random

import numpy as np
import polars as pl
import pytest

from etl.measures import keys


@pytest.mark.parametrize("count", [0, 1, 7, 400])
def test_rows_are_in_the_order_that_sort_gives(count):
    chosen = random.Random(count)
    days = [None, dt.date(1950, 1, 1), *(dt.date(2024, 5, day) for day in range(1, 20))]
    frame = pl.DataFrame(
        {
            "name": [chosen.choice(["x", "å", "b", None]) for _ in range(count)],
            "day": [chosen.choice(days) for _ in range(count)],
            "row": list(range(count)),
        },
        schema={"name": pl.String, "day": pl.Date, "row": pl.Int64},
    )
    for by in (("name", "day"), ("day", "name")):
        expected = frame.sort(*by, nulls_last=False, maintain_order=True)
        assert keys.in_order(frame, *by).equals(expected)


def test_more_combinations_of_keys_than_a_number_holds_are_sorted_too(monkeypatch):
    monkeypatch.setattr(keys, "_MOST_CODES", 5)
    frame = pl.DataFrame({"name": ["b", "a", "c", "a"], "other": ["x", "y", "x", "x"]})
    ordered = keys.in_order(frame, "name", "other")
    assert ordered.rows() == [("a", "x"), ("a", "y"), ("b", "x"), ("c", "x")]


def _rows(count: int, seed: int) -> pl.DataFrame:
    chosen = random.Random(seed)
    days = [None, *(dt.date(2024, 5, day) for day in range(1, 9))]
    return pl.DataFrame(
        {
            "one": ["andel"] * count,
            "name": [chosen.choice(["x", "å", "b", None]) for _ in range(count)],
            "day": [chosen.choice(days) for _ in range(count)],
            "holds": [chosen.choice([True, False, None]) for _ in range(count)],
        },
        schema={"one": pl.String, "name": pl.String, "day": pl.Date, "holds": pl.Boolean},
    )


@pytest.mark.parametrize("by", [["one"], ["name"], ["one", "name", "day"], ["one", "name", "day", "holds"]])
@pytest.mark.parametrize(("count", "known"), [(0, 5), (5, 0), (1, 1), (40, 30), (900, 500)])
def test_the_first_row_with_the_same_keys_is_the_one_that_a_join_finds(count, known, by):
    rows, others = _rows(count, 1), _rows(known, 2)
    first = others.with_row_index("found").unique(by, keep="first", maintain_order=True)
    expected = rows.join(first.select(*by, "found"), on=by, how="left", maintain_order="left")["found"]
    found = keys.matching(rows, others, by)
    assert found.tolist() == expected.cast(pl.Int64).fill_null(-1).to_list()


def test_a_name_that_nobody_has_is_matched_by_none():
    rows, known = pl.DataFrame({"name": ["b", "a"]}), pl.DataFrame({"name": ["a"]})
    assert keys.matching(rows, known, ["name"]).tolist() == [-1, 0]
    assert keys.matching(known, rows, ["name"]).tolist() == [1]


@pytest.mark.parametrize("column", [pl.Series(["x", "y"]), pl.Series([1.5, 2.5]), pl.Series([True, False])])
def test_values_are_taken_and_none_from_nowhere(column):
    taken = keys.taken(column, np.array([1, -1, 0]))
    assert taken.to_list() == [column[1], None, column[0]]
    assert keys.taken(column, np.array([1, 1])).to_list() == [column[1]] * 2
    assert keys.taken(column.clear(), np.array([-1, -1])).to_list() == [None, None]
    assert taken.dtype == column.dtype


@pytest.mark.parametrize("most", [1, 3, 40, 10**9])
@pytest.mark.parametrize("count", [0, 1, 50])
def test_rows_are_numbered_as_numpy_does(count, most):
    code = np.random.default_rng(most).integers(0, most, count)
    first, of = keys.numbered(code)
    _, expected, inverse = np.unique(code, return_index=True, return_inverse=True)
    assert first.tolist() == expected.tolist()
    assert of.tolist() == inverse.tolist()
