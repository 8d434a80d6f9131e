from __future__ import annotations

import hashlib
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import polars as pl
import pytest

from etl.warehouse import connecting, tables
from etl.warehouse.errors import RowShapeError
from schemas.columns import ALLOCATION_SCHEMA, OBSERVATION_SCHEMA
from schemas.problem import PROBLEM_SCHEMA
from schemas.results import ASSESSED_SCHEMA, SERIES_SCHEMA

SAMPLES: dict[pl.DataType, Any] = {
    pl.String(): "å\u00a0\u2212'\";",
    pl.Int64(): 2**62,
    pl.Int32(): -7,
    pl.Float64(): 0.1,
    pl.Boolean(): True,
    pl.Date(): date(2024, 2, 29),
    pl.Datetime("us"): datetime(2024, 5, 1, 12, 30, 15, 123456),
    pl.List(pl.String()): ["a", "b"],
    pl.Decimal(18, 2): Decimal("81314959.01"),
}


@pytest.mark.parametrize("table", tables.TABLES)
def test_every_table_gives_back_what_was_put_in(table: str):
    schema = tables.TABLES[table]
    filled = {name: SAMPLES[dtype] for name, dtype in schema.items()}
    rows = pl.DataFrame([filled, dict.fromkeys(schema)], schema=schema)
    connection = connecting.empty()
    connection.execute("DELETE FROM meta")
    tables.insert(connection, table, rows.select(reversed(rows.columns)))
    back = tables.fetch(connection, f'SELECT * FROM "{table}"')
    assert dict(back.schema) == schema
    assert back.equals(rows)


LATER = {"observation": ("standard_deviation",)}


@pytest.mark.parametrize(
    ("table", "schema"),
    [
        ("observation", OBSERVATION_SCHEMA),
        ("allocation", ALLOCATION_SCHEMA),
        ("problem", PROBLEM_SCHEMA),
        ("series", SERIES_SCHEMA),
        ("judgement", ASSESSED_SCHEMA),
    ],
)
def test_tables_follow_the_canonical_schemas(table: str, schema: dict[str, pl.DataType]):
    ours = dict(tables.TABLES[table])
    if "batch" not in schema:
        assert ours.pop("batch") == pl.Int64()
    # What came later stands last, as in a table that has been brought up to date.
    later = [item for item in schema.items() if item[0] in LATER.get(table, ())]
    assert list(ours.items()) == [item for item in schema.items() if item not in later] + later


@pytest.mark.parametrize(
    ("frame", "named"),
    [
        (pl.DataFrame({"key": ["a"]}), "value"),
        (pl.DataFrame({"key": ["a"], "value": ["b"], "other": [1]}), "other"),
        (pl.DataFrame({"key": ["a"], "value": [1]}), "value"),
    ],
)
def test_rows_of_another_shape_are_refused(frame: pl.DataFrame, named: str):
    connection = connecting.empty()
    with pytest.raises(RowShapeError, match=f"meta: kolumn {named}"):
        tables.insert(connection, "meta", frame)
    assert tables.fetch(connection, "SELECT key FROM meta")["key"].to_list() == ["format"]


def test_meta_is_replaced():
    connection = connecting.empty()
    assert tables.get_meta(connection, "derived_key") is None
    tables.set_meta(connection, "derived_key", "a")
    tables.set_meta(connection, "derived_key", "b")
    assert tables.get_meta(connection, "derived_key") == "b"


def test_the_format_s_number_follows_the_tables():
    """Columns that change make another format: give it the next number, and `upgrade.STEPS` a way there."""
    layouts = "\n".join(tables.layout(table) for table in tables.TABLES)
    fingerprint = hashlib.sha256(layouts.encode()).hexdigest()[:16]
    assert (tables.FORMAT, fingerprint) == (5, "5695bfc371d4ea90")


@pytest.mark.parametrize(("present", "expected"), [([], 1), ([1], 2), ([4, 2], 5)])
def test_rows_are_numbered_on(present: list[int], expected: int):
    connection = connecting.empty()
    for number in present:
        connection.execute("INSERT INTO role (entry) VALUES (?)", [number])
    assert tables.next_number(connection, "role", "entry") == expected


def test_a_query_that_fails_within_a_transaction_is_told_itself():
    with closing(connecting.empty()) as connection:
        connection.begin()
        short = {"wanted": pl.DataFrame({"indicator": ["a"]})}
        with pytest.raises(duckdb.ConversionException, match="Could not convert"):
            tables.fetch_with(connection, "SELECT indicator::INTEGER FROM wanted", short)
        connection.rollback()
        assert tables.fetch_with(connection, "FROM wanted", short).rows() == [("a",)]
