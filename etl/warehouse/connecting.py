"""Opening version files: those of this format as they are, those of an earlier one brought up to date."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from etl.warehouse import tables, upgrade
from etl.warehouse.errors import DamagedError, NewerFormatError, OlderFormatError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


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

    A file of an earlier format is brought up to date: in place, or, with `read_only`, as a copy in memory.

    Raises:
        NewerFormatError: A later program wrote it.
        OlderFormatError: A program wrote it that is too early.
    """
    exists = path.exists()
    connection = _set_up(duckdb.connect(str(path), read_only=read_only))
    try:
        if not exists and not read_only:
            tables.create(connection)
            return connection
        found = _known_format(connection, path.name)
        if found < tables.FORMAT and read_only:
            connection.close()
            connection = _copied(path)
        upgrade.bring_up_to_date(connection, found)
    except BaseException:
        connection.close()
        raise
    return connection


def empty() -> duckdb.DuckDBPyConnection:
    """The tables without any rows, in memory: what is read before anything has been written."""
    connection = _set_up(duckdb.connect(":memory:"))
    tables.create(connection)
    return connection


def _set_up(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Keep DuckDB's own progress bar off standard output, where our answers go, and what it reads twice out of memory.

    Where a query reads the same rows twice, DuckDB would keep all of them on the way: of a million observations that
    takes twice the time and the memory that reading them again does.
    """
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET disabled_optimizers = 'common_subplan'")
    return connection


def _copied(path: Path) -> duckdb.DuckDBPyConnection:
    connection = _set_up(duckdb.connect(":memory:"))
    quoted = str(path).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS earlier (READ_ONLY)")
    connection.execute("COPY FROM DATABASE earlier TO memory")
    connection.execute("DETACH earlier")
    return connection


def _known_format(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    try:
        found = int(tables.get_meta(connection, "format") or "")
    except (duckdb.CatalogException, duckdb.BinderException, ValueError):
        raise DamagedError(f"{name} är en DuckDB-fil men inte en version av datalagret.", []) from None
    if found > tables.FORMAT:
        raise NewerFormatError(name, found, tables.FORMAT)
    if found < upgrade.OLDEST:
        raise OlderFormatError(name, found, tables.FORMAT)
    return found
