"""The warehouse's tables, laid out from the canonical schemas, and how rows get in and out of them.

    batch        one delivered file; never changed
    event        what happened to a batch, in order; its last event's status is the batch's status
    problem      the warnings that a batch came with
    observation  rows of all batches, whatever their status; never changed or removed
    allocation   likewise
    series       derived from the current rows when something is published; replaced
    judgement    likewise
    meta         key and value: format, derived_key

Times are stored in UTC without a zone.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl

from etl.warehouse.errors import DamagedError, NewerFormatError, OlderFormatError, RowShapeError
from schemas.columns import ALLOCATION_SCHEMA, OBSERVATION_SCHEMA
from schemas.problem import PROBLEM_SCHEMA
from schemas.results import JUDGEMENT_SCHEMA, SERIES_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

#: Format of the version files, one more whenever a table's columns change. A file with a higher number was
#: written by a later program, one with a lower number by an earlier one; neither is read.
FORMAT = 2

Schema = dict[str, pl.DataType]

_BATCH: Schema = {"batch": pl.Int64()}
_TIME = pl.Datetime("us")

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
    },
    "problem": _BATCH | PROBLEM_SCHEMA,
    "observation": _BATCH | OBSERVATION_SCHEMA,
    "allocation": _BATCH | ALLOCATION_SCHEMA,
    "series": SERIES_SCHEMA,
    "judgement": JUDGEMENT_SCHEMA,
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


@contextmanager
def opened(path: Path, *, read_only: bool) -> Generator[duckdb.DuckDBPyConnection]:
    """Open a version file, whose format this program must know, and close it again."""
    connection = connect(path, read_only=read_only)
    try:
        yield connection
    finally:
        connection.close()


def connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Open a version file; a file that isn't there is created, with its tables, unless `read_only`.

    Raises:
        NewerFormatError: A later program wrote it.
        OlderFormatError: An earlier program wrote it.
    """
    exists = path.exists()
    connection = _silent(duckdb.connect(str(path), read_only=read_only))
    try:
        if exists or read_only:
            _check_format(connection, path.name)
        else:
            create(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _silent(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Keep DuckDB's own progress bar off standard output, where our answers go."""
    connection.execute("SET enable_progress_bar = false")
    return connection


def empty() -> duckdb.DuckDBPyConnection:
    """The tables without any rows, in memory: what is read before anything has been written."""
    connection = _silent(duckdb.connect(":memory:"))
    create(connection)
    return connection


def _check_format(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    try:
        found = int(get_meta(connection, "format") or "")
    except (duckdb.CatalogException, duckdb.BinderException, ValueError):
        raise DamagedError(f"{name} är en DuckDB-fil men inte en version av datalagret.", []) from None
    if found > FORMAT:
        raise NewerFormatError(name, found, FORMAT)
    if found < FORMAT:
        raise OlderFormatError(name, found, FORMAT)


def fetch(connection: duckdb.DuckDBPyConnection, query: str, params: list[Any] | None = None) -> pl.DataFrame:
    """The answer to a query. With parameters for short answers only: see `fetch_wanted`."""
    return connection.sql(query, params=params or None).pl()


def fetch_wanted(connection: duckdb.DuckDBPyConnection, query: str, wanted: pl.DataFrame) -> pl.DataFrame:
    """The answer to a query that refers to the table `wanted`.

    DuckDB hands over the answer to a query with parameters row by row, which takes seven times as long as
    the query itself at 100 000 rows; a registered frame costs nothing.
    """
    connection.register("wanted", wanted)
    try:
        return fetch(connection, query)
    finally:
        connection.unregister("wanted")


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


def get_meta(connection: duckdb.DuckDBPyConnection, key: str) -> str | None:
    """A value that the warehouse keeps about itself."""
    # The whole of a tiny table: DuckDB imports pandas for a query with parameters, which a start would wait for.
    return dict(fetch(connection, 'SELECT "key", "value" FROM meta').rows()).get(key)


def set_meta(connection: duckdb.DuckDBPyConnection, key: str, value: str) -> None:
    """Note a value about the warehouse itself."""
    connection.execute("DELETE FROM meta WHERE key = ?", [key])
    connection.execute("INSERT INTO meta VALUES (?, ?)", [key, value])
