"""The catalogue as frames."""

from __future__ import annotations

import datetime as dt
import random

import numpy as np
import polars as pl
import pytest

from etl.measures import frames
from schemas.period import Period, PeriodType
from tests.etl.measures import county


def test_every_municipality_is_in_each_division_and_the_county():
    members = frames.members(county.catalogue())
    assert members.height == len(county.MUNICIPALITIES) * 3
    assert set(members.filter(area="e-syd")["municipality"]) == {"1404", "1405"}
    assert members.filter(area="14")["division"].null_count() == 5


def test_a_share_is_scaled_and_an_index_is_not():
    catalogue = county.catalogue([county.indicator(), county.indicator("index", unit="index")])
    assert dict(frames.rules(catalogue).select("indicator", "scale").rows()) == {"andel": 100.0, "index": 1.0}


@pytest.mark.parametrize("kind", list(PeriodType))
@pytest.mark.parametrize("start", [dt.date(2023, 7, 1), dt.date(2024, 1, 1), dt.date(2024, 2, 1)])
def test_period_end_agrees_with_the_period(start, kind):
    frame = pl.DataFrame({"s": [start], "k": [str(kind)]})
    assert frame.select(frames.period_end(pl.col("s"), pl.col("k"))).item() == Period(start, kind).end


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
    for keys in (("name", "day"), ("day", "name")):
        expected = frame.sort(*keys, nulls_last=False, maintain_order=True)
        assert frames.in_order(frame, *keys).equals(expected)


def test_more_combinations_of_keys_than_a_number_holds_are_sorted_too(monkeypatch):
    monkeypatch.setattr(frames, "_MOST_CODES", 5)
    frame = pl.DataFrame({"name": ["b", "a", "c", "a"], "other": ["x", "y", "x", "x"]})
    ordered = frames.in_order(frame, "name", "other")
    assert ordered.rows() == [("a", "x"), ("a", "y"), ("b", "x"), ("c", "x")]


def test_a_frame_of_a_catalogue_is_made_once_for_each_catalogue():
    one, other = county.catalogue(), county.catalogue([county.indicator("annan")])
    assert frames.rules(one) is frames.rules(one)
    assert frames.rules(other)["indicator"].to_list() == ["annan"]


def test_words_of_codes_and_places_of_names():
    names = pl.Series(["b", None, "a", "okänd"])
    assert frames.places(names, pl.Series(["a", "b"])).tolist() == [1, -1, 0, -1]
    assert frames.words("w", np.array([1, -1, 0]), ["noll", "ett"]).to_list() == ["ett", None, "noll"]
