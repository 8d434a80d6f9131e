"""A large delivery a few indicators at a time."""

from __future__ import annotations

import polars as pl
import pytest

from etl.jobs import portions


def side(*indicators: str) -> pl.DataFrame:
    return pl.DataFrame({"indicator": list(indicators)}).with_row_index("n")


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (9, [["a", "a", "a", "b", "b", "c"]]),
        (5, [["a", "a", "a", "b", "b"], ["c"]]),
        (3, [["a", "a", "a"], ["b", "b", "c"]]),
        (1, [["a", "a", "a"], ["b", "b"], ["c"]]),
    ],
)
def test_no_portion_is_larger_than_need_be_and_each_row_is_in_one(monkeypatch, most, expected):
    monkeypatch.setattr(portions, "PORTION", most)
    delivered, published = side("a", "b", "a", "c", "b", "a"), side("c", "a", "x", "a")
    found = list(portions.by_indicator(delivered, published))
    assert [sorted(own["indicator"]) for own, _ in found] == expected
    for own, known in found:
        assert set(known["indicator"]) <= set(own["indicator"]) | ({"x"} if len(found) == 1 else set())
    assert sorted(n for own, _ in found for n in own["n"]) == list(range(6))
    wanted = published.filter(published["indicator"] != "x")["n"].to_list()
    assert sorted(n for _, known in found for n in known["n"] if n in wanted) == wanted


def test_nothing_delivered_is_one_portion():
    ((own, known),) = portions.by_indicator(side(), side("a"))
    assert own.is_empty()
    assert known.height == 1
