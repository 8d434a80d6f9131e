"""Whole numbers in place of texts."""

from __future__ import annotations

import datetime as dt
from random import Random

import polars as pl
import pytest

from etl.jobs.difference_keys import SERIES_TEXT, coded
from tests.etl.jobs.differences import key_of, some_rows
from tests.etl.measures.county import observations


@pytest.mark.parametrize("seed", range(4))
def test_two_rows_have_one_number_only_if_they_are_one_figure(seed):
    draw = Random(seed)
    one, other = some_rows(draw, 150), some_rows(draw, 150)
    numbered: dict[int, tuple] = {}
    for frame in coded(one, other):
        for row in frame.to_dicts():
            assert numbered.setdefault(row["_key"], key_of(row)) == key_of(row)
            assert row["_example"] == (row["origin"] == "example")
    assert len(set(numbered.values())) == len(numbered)


def test_a_series_is_a_figure_without_its_date():
    rows = coded(some_rows(Random(9), 200))[0]
    same = rows.group_by("_series").agg(pl.struct(*SERIES_TEXT, "_example").n_unique())
    assert same.get_column(SERIES_TEXT[0]).to_list() == [1] * same.height
    assert rows["_series"].n_unique() == rows.select(pl.struct(*SERIES_TEXT, "_example").n_unique()).item()


@pytest.mark.parametrize(
    ("number", "without"),
    [("_both", {"sex"}), ("_line", {"sex", "age", "area", "period_start"})],
)
@pytest.mark.parametrize("seed", range(3))
def test_what_stands_for_less_than_a_figure(seed, number, without):
    draw = Random(seed)
    numbered: dict[int, tuple] = {}
    for frame in coded(some_rows(draw, 150), some_rows(draw, 150, origins=["uploaded"])):
        for row in frame.to_dicts():
            same = tuple(
                row[name] for name in (*SERIES_TEXT, "period_start", "_example") if name not in without
            )
            assert numbered.setdefault(row[number], same) == same
    assert len(set(numbered.values())) == len(numbered) > 1


def test_dates_long_ago_and_far_ahead_keep_apart():
    days = [dt.date(1, 1, 1), dt.date(1969, 12, 31), dt.date(1970, 1, 1), dt.date(4700, 1, 1)]
    rows = observations(*({"area": area, "period_start": day} for area in ("14", "1401") for day in days))
    assert coded(rows)[0]["_key"].n_unique() == len(days) * 2
    assert coded(rows)[0]["_series"].n_unique() == 2


def test_nothing_can_be_coded():
    empty, some = coded(observations(), some_rows(Random(1), 5))
    assert empty.is_empty()
    assert some.height == 5
