from __future__ import annotations

import time

import polars as pl
import pytest

from schemas.columns import OBSERVATION_SCHEMA
from schemas.gate import admit
from schemas.problem import PROBLEM_SCHEMA
from schemas.tables import Observation
from tests.schemas.test_tables import OBSERVATION


def rows(*changes):
    return pl.DataFrame([{**OBSERVATION, **change} for change in changes], schema=OBSERVATION_SCHEMA)


def test_problems_point_at_sheet_and_row_as_the_analyst_sees_them():
    _, problems = admit(
        rows({"row": 12}, {"row": 40, "sheet": "Blad2", "area": "1401", "sex": "x"}), Observation
    )
    assert dict(problems.schema) == PROBLEM_SCHEMA
    assert problems.select("sheet", "row", "column", "value").rows() == [("Blad2", 40, "sex", "x")]


def test_columns_are_named_as_in_the_file():
    _, problems = admit(rows({"sex": "x"}), Observation, headings={"sex": "Kön"})
    assert problems["column"].to_list() == ["Kön"]


def test_every_failure_is_told_at_once():
    bad = rows({"sex": "x", "flag": "y"}, {"area": "1401", "denominator": -1.0}, {"area": "1402"})
    _, problems = admit(bad, Observation)
    assert sorted(problems["column"]) == ["denominator", "flag", "sex"]


def test_expected_and_hint_are_always_there():
    _, problems = admit(rows({"sex": "x"}, {"sex": "x"}, {"area": None}), Observation)
    assert problems.height >= 3
    assert problems["expected"].null_count() == 0
    assert problems["hint"].null_count() == 0


def test_duplicates_name_no_column_but_their_rows():
    _, problems = admit(rows({"row": 2}, {"row": 3}, {"row": 4, "area": "1401"}), Observation)
    assert set(problems["code"]) == {"duplicate_key"}
    assert set(problems["row"]) == {2, 3}
    assert problems["column"].null_count() == problems.height


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        (lambda frame: frame.drop("age"), "missing_column", "Ålder"),
        (lambda frame: frame.with_columns(pl.lit(1).alias("extra")), "unknown_column", "extra"),
        (lambda frame: frame.with_columns(pl.col("value").cast(pl.String)), "wrong_type", "value"),
    ],
)
def test_a_frame_of_another_shape_is_a_problem(change, code, column):
    _, problems = admit(change(rows({})), Observation, headings={"age": "Ålder"})
    assert (code, column) in problems.select("code", "column").rows()


@pytest.mark.benchmark_suite
def test_a_hundred_thousand_wrong_rows_take_less_than_two_seconds():
    many = pl.concat([rows({"sex": "x"})] * 100_000).with_columns(
        pl.int_range(2, 100_002, dtype=pl.Int64).alias("row"),
        pl.int_range(100_000).cast(pl.String).alias("area"),
    )
    begun = time.perf_counter()
    _, problems = admit(many, Observation)
    assert time.perf_counter() - begun < 2
    assert problems.height == 100_000
