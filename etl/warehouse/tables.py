"""The warehouse's tables, laid out from the canonical schemas, and how rows get in and out of them.

    batch        one delivered file; never changed
    event        what happened to a batch, in order; its last event's status is the batch's status. `due` and
                 `trusted` are set where it is about publishing at a set time: when, and whether the one who
                 decided it was the machine's own user
    problem      the warnings that a batch came with
    observation  rows of all batches, whatever their status; never changed or removed
    allocation   likewise
    series       derived from the current rows when something is published; replaced
    judgement    likewise
    role         who was given or lost which role, in order; the last entry for the same grant counts
    setting      what was decided for a subject, in order; the last entry counts
    mapping      how files of a shape are to be read, in order; the last entry counts, no content: forgotten
    meta         key and value: format, derived_key

Times are stored in UTC without a zone.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import duckdb
import polars as pl

from etl.warehouse.errors import RowShapeError
from schemas.columns import ALLOCATION_SCHEMA, OBSERVATION_SCHEMA
from schemas.problem import PROBLEM_SCHEMA
from schemas.results import ASSESSED_SCHEMA, SERIES_SCHEMA

#: Format of the version files, one more whenever a table's columns change. A file with a higher number was
#: written by a later program and isn't read; one with a lower number is brought up to date (`upgrade`).
FORMAT = 5

Schema = dict[str, pl.DataType]

_BATCH: Schema = {"batch": pl.Int64()}
_TIME = pl.Datetime("us")
_ENTERED: Schema = {"at": _TIME, "by": pl.String(), "version": pl.Int64()}


def _last(schema: Schema, *added: str) -> Schema:
    """The columns that came later at the end, where a table that has been brought up to date has them."""
    return {
        **{name: dtype for name, dtype in schema.items() if name not in added},
        **{name: schema[name] for name in added},
    }


TABLES: dict[str, Schema] = {
    "batch": {
        **_BATCH,
        "sha256": pl.String(),
        "name": pl.String(),
        "size": pl.Int64(),
        "jobs": pl.List(pl.String()),
        "shape": pl.String(),
        "origin": pl.String(),
        "delivered_at": _TIME,
        "delivered_by": pl.String(),
        "note": pl.String(),
        "observations": pl.Int64(),
        "allocations": pl.Int64(),
        "warnings": pl.Int64(),
    },
    "event": {
        "event": pl.Int64(),
        **_BATCH,
        "action": pl.String(),
        "status": pl.String(),
        "at": _TIME,
        "by": pl.String(),
        "note": pl.String(),
        "version": pl.Int64(),
        "due": _TIME,
        "trusted": pl.Boolean(),
    },
    "problem": _BATCH | PROBLEM_SCHEMA,
    "observation": _last(_BATCH | OBSERVATION_SCHEMA, "standard_deviation"),
    "allocation": _BATCH | ALLOCATION_SCHEMA,
    "series": SERIES_SCHEMA,
    "judgement": ASSESSED_SCHEMA,
    "role": {
        "entry": pl.Int64(),
        "action": pl.String(),
        "email": pl.String(),
        "role": pl.String(),
        "subject": pl.String(),
        "indicator": pl.String(),
        **_ENTERED,
    },
    "setting": {
        "entry": pl.Int64(),
        "setting": pl.String(),
        "subject": pl.String(),
        "value": pl.Boolean(),
        **_ENTERED,
    },
    "mapping": {
        "entry": pl.Int64(),
        "fingerprint": pl.String(),
        "name": pl.String(),
        "content": pl.String(),
        **_ENTERED,
    },
    "meta": {"key": pl.String(), "value": pl.String()},
}

_SQL_TYPES: dict[pl.DataType, str] = {
    pl.String(): "VARCHAR",
    pl.Int64(): "BIGINT",
    pl.Int32(): "INTEGER",
    pl.Float64(): "DOUBLE",
    pl.Boolean(): "BOOLEAN",
    pl.Date(): "DATE",
    _TIME: "TIMESTAMP",
    pl.List(pl.String()): "VARCHAR[]",
}


def sql_type(dtype: pl.DataType) -> str:
    """The DuckDB type that holds a canonical column."""
    if isinstance(dtype, pl.Decimal):
        return f"DECIMAL({dtype.precision}, {dtype.scale})"
    return _SQL_TYPES[dtype]


def layout(table: str) -> str:
    """The statement that creates a table."""
    columns = ", ".join(f'"{name}" {sql_type(dtype)}' for name, dtype in TABLES[table].items())
    return f'CREATE TABLE "{table}" ({columns})'


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Create all tables, empty, and note the format."""
    for table in TABLES:
        connection.execute(layout(table))
    set_meta(connection, "format", str(FORMAT))


def fetch(
    connection: duckdb.DuckDBPyConnection, query: str, params: list[Any] | None = None, *, many: bool = False
) -> pl.DataFrame:
    """The answer to a query. With parameters for short answers only: see `fetch_with`.

    DuckDB and polars understand each other without pyarrow, which the pages then never load. With it several threads
    hand over an answer of `many` rows, a million in half the time.
    """
    answer = connection.sql(query, params=params or None)
    return answer.pl() if many else pl.DataFrame(answer)


def fetch_with(
    connection: duckdb.DuckDBPyConnection, query: str, frames: dict[str, pl.DataFrame], *, many: bool = False
) -> pl.DataFrame:
    """The answer to a query that refers to short frames by name, beside the tables.

    DuckDB hands over the answer to a query with parameters row by row, which takes ten times as long as the query
    itself; and it loads pyarrow, half a second and forty megabytes, to read a frame that is registered.
    """
    made = []
    try:
        for name, frame in frames.items():
            columns = ", ".join(
                f'unnest(${place}::{sql_type(dtype)}[]) AS "{column}"'
                for place, (column, dtype) in enumerate(frame.schema.items(), 1)
            )
            connection.execute(
                f'CREATE TEMP TABLE "{name}" AS SELECT {columns}', [column.to_list() for column in frame]
            )
            made.append(name)
        return fetch(connection, query, many=many)
    finally:
        # Where the query failed within a transaction, that takes the tables with it, and its error is the one to tell.
        with suppress(duckdb.Error):
            for name in made:
                connection.execute(f'DROP TABLE "{name}"')


def insert(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    """Append rows.

    Raises:
        RowShapeError: The frame's columns are not the table's.
    """
    rows = aligned(frame, TABLES[table], table)
    if rows.is_empty():
        return
    connection.register("incoming", rows)
    try:
        # One thread appends the rows of a delivery in half the time that several take.
        connection.execute("SET threads = 1")
        connection.execute(f'INSERT INTO "{table}" SELECT * FROM incoming')  # noqa: S608 - a name of TABLES
    finally:
        connection.execute("RESET threads")
        connection.unregister("incoming")


def aligned(frame: pl.DataFrame, schema: Schema, table: str) -> pl.DataFrame:
    """The frame with the schema's columns in the schema's order.

    Raises:
        RowShapeError: A column is missing, unknown or of another type.
    """
    wrong = sorted(set(frame.columns) ^ set(schema))
    wrong += [name for name, dtype in schema.items() if name not in wrong and frame.schema[name] != dtype]
    if wrong:
        raise RowShapeError(table, f"kolumn {', '.join(wrong)}")
    return frame.select(list(schema))


def next_number(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> int:
    """The number of a table's next row: one more than the highest, 1 in an empty table."""
    query = f'SELECT coalesce(max("{column}"), 0) + 1 FROM "{table}"'  # noqa: S608 - names of TABLES
    return int(fetch(connection, query).item())


def get_meta(connection: duckdb.DuckDBPyConnection, key: str) -> str | None:
    """A value that the warehouse keeps about itself."""
    # The whole of a tiny table: DuckDB imports pandas for a query with parameters, which a start would wait for.
    return dict(fetch(connection, 'SELECT "key", "value" FROM meta').rows()).get(key)


def set_meta(connection: duckdb.DuckDBPyConnection, key: str, value: str) -> None:
    """Note a value about the warehouse itself."""
    connection.execute("DELETE FROM meta WHERE key = ?", [key])
    connection.execute("INSERT INTO meta VALUES (?, ?)", [key, value])


def drop_meta(connection: duckdb.DuckDBPyConnection, key: str) -> None:
    """Forget a value about the warehouse itself."""
    connection.execute("DELETE FROM meta WHERE key = ?", [key])
