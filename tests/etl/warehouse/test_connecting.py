from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from etl.warehouse import connecting, tables
from etl.warehouse.errors import DamagedError, NewerFormatError, OlderFormatError


def test_a_file_of_a_later_format_is_left_alone(tmp_path: Path):
    path = tmp_path / "000007.duckdb"
    with connecting.opened(path, read_only=False) as connection:
        tables.set_meta(connection, "format", str(tables.FORMAT + 1))
    for read_only in (True, False):
        with pytest.raises(NewerFormatError, match=r"000007\.duckdb .* nyare version"):
            connecting.connect(path, read_only=read_only)


def test_a_file_of_a_format_that_is_too_early_is_left_alone(tmp_path: Path):
    path = tmp_path / "000007.duckdb"
    with connecting.opened(path, read_only=False) as connection:
        tables.set_meta(connection, "format", "1")
    for read_only in (True, False):
        with pytest.raises(OlderFormatError, match=r"000007\.duckdb .* äldre version"):
            connecting.connect(path, read_only=read_only)


def test_a_foreign_duckdb_file_is_told(tmp_path: Path):
    path = tmp_path / "000007.duckdb"
    duckdb.connect(str(path)).close()
    with pytest.raises(DamagedError, match="inte en version av datalagret"):
        connecting.connect(path, read_only=True)


def test_duckdb_prints_no_progress_of_its_own(tmp_path):
    for connection in (connecting.connect(tmp_path / "a.duckdb", read_only=False), connecting.empty()):
        setting = connection.sql("SELECT current_setting('enable_progress_bar')").fetchone()
        connection.close()
        assert setting == (False,)
