from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract import container
from etl.extract.workbook import open_workbook
from tests.etl.extract.build import opened
from tests.etl.extract.containers import parquet

PLAIN = parquet({"Område": ["Åmål", None] * 50, "Värde": [1.5, 2.0] * 50})


def code(content: bytes) -> str | None:
    workbook, problems = open_workbook(content)
    return None if workbook is not None else problems["code"].item()


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([1, None, -3], ["1", None, "-3"]),
        ([2.0, 75.5, None], ["2", "75.5", None]),
        ([0.1, float("nan"), float("inf")], ["0.1", None, None]),
        ([1e300, -2.0, 1e-7], ["1e+300", "-2", "1e-7"]),
        (["0014", "", None], ["0014", "", None]),
        ([True, False, None], ["true", "false", None]),
        ([dt.date(2024, 1, 31), None, dt.date(1999, 12, 1)], ["2024-01-31", None, "1999-12-01"]),
        ([dt.datetime(2024, 1, 31, 12, 30), None, None], ["2024-01-31 12:30:00", None, None]),
        ([Decimal("12.50"), Decimal("3.00"), None], ["12.50", "3.00", None]),
        (pl.Series(["a", "b", None], dtype=pl.Categorical), ["a", "b", None]),
        (pl.Series([b"a", "å".encode(), None]), ["a", "å", None]),
        ([None, None, None], [None, None, None]),
    ],
    ids=lambda value: str(value)[:20],
)
def test_native_types_are_written_as_a_spreadsheet_gives_them(values, texts):
    found = opened(parquet({"Rubrik å": values}))
    assert (found.kind, len(found.sheets), found.sheets[0].name) == ("parquet", 1, "")
    assert found.sheets[0].cells["c0"].to_list() == ["Rubrik å", *texts]


@pytest.mark.parametrize("values", [[[1, 2]], [{"a": 1}], [[{"a": [1]}]]])
def test_nested_columns_are_refused_by_name(values):
    workbook, problems = open_workbook(parquet({"Område": ["a"], "Poster": values}))
    assert workbook is None
    assert problems.select("code", "column").row(0) == ("nested_columns", "Poster")


def test_too_many_rows_are_refused_by_the_table_of_contents():
    assert code(parquet(pl.DataFrame({"a": pl.repeat(1, 2_000_000, eager=True)}))) == "too_many_rows"


def test_too_many_columns_are_refused():
    assert code(parquet({f"c{place}": [1] for place in range(10_000)})) == "too_many_columns"


def test_one_long_text_in_many_rows_is_counted_for_each(monkeypatch):
    content = parquet({"a": ["x" * 100_000] * 2000})
    assert len(content) < 2_000_000
    monkeypatch.setattr(container, "MAX_UNPACKED", 50_000_000)
    assert code(content) == "too_large"


def test_a_parquet_of_another_program_is_read():
    content = io.BytesIO()
    table = pa.table({"år": pa.array([2023, 2024], pa.int16()), "tid": pa.array([1, 2], pa.time32("s"))})
    pq.write_table(table, content, compression="gzip", version="1.0")
    assert opened(content.getvalue()).sheets[0].cells.rows() == [
        ("år", "tid"),
        ("2023", "00:00:01"),
        ("2024", "00:00:02"),
    ]


@pytest.mark.parametrize("content", [parquet({}), parquet({"a": []})], ids=["no columns", "no rows"])
def test_an_empty_table(content):
    workbook, problems = open_workbook(content)
    assert problems["code"].to_list() == ["empty_file"] or workbook.sheets[0].cells.rows() == [("a",)]


def test_bytes_that_are_no_text_are_damage():
    assert code(parquet({"a": [b"\xff\xfe"]})) == "damaged_file"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_off_file_is_damaged(share):
    assert code(PLAIN[: int(len(PLAIN) * share)]) == "damaged_file"


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_damaged_file_never_raises(data):
    broken = bytearray(PLAIN)
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(4, len(broken) - 1))] = data.draw(st.integers(0, 255))
    workbook, problems = open_workbook(bytes(broken))
    assert workbook is not None or problems.height == 1
