from __future__ import annotations

import errno
from pathlib import Path

import duckdb
import pytest

from etl.warehouse import errors


@pytest.mark.parametrize(
    ("raised", "told", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), errors.NoSpaceError, "inte plats"),
        (OSError(errno.EDQUOT, "Quota exceeded"), errors.NoSpaceError, "inte plats"),
        (PermissionError(errno.EACCES, "Permission denied"), errors.AccessError, "FARDPLAN_WAREHOUSE"),
        (OSError(errno.EROFS, "Read-only file system"), errors.AccessError, "rättigheter"),
        (NotADirectoryError(errno.ENOTDIR, "x"), errors.WarehouseError, "är inte en mapp"),
        (OSError(errno.EIO, "Input/output error"), errors.WarehouseError, "Input/output error"),
        (duckdb.IOException("IO Error: No space left on device"), errors.NoSpaceError, "inte plats"),
        (duckdb.IOException('Cannot open file "x": Permission denied'), errors.AccessError, "rättigheter"),
        (duckdb.IOException("not a valid DuckDB database file"), errors.DamagedError, r"000003\.duckdb"),
        (duckdb.OutOfMemoryException("could not allocate block"), errors.NoMemoryError, "minne räckte inte"),
        (duckdb.OutOfMemoryException("failed to offload: No space left"), errors.NoSpaceError, "inte plats"),
        (duckdb.FatalException("checksum"), errors.DamagedError, "skadat"),
    ],
)
def test_what_the_system_says_is_told_in_swedish(
    tmp_path: Path, raised: Exception, told: type[Exception], words: str
):
    (tmp_path / "000003.duckdb").touch()
    with pytest.raises(told, match=words) as caught, errors.told_in_swedish(tmp_path):
        raise raised
    assert caught.value.__cause__ is raised


@pytest.mark.parametrize("raised", [ValueError("x"), duckdb.BinderException("no such column")])
def test_faults_of_the_program_are_let_through(tmp_path: Path, raised: Exception):
    with pytest.raises(type(raised)) as caught, errors.told_in_swedish(tmp_path):
        raise raised
    assert caught.value is raised


def test_a_wrong_status_says_what_is_and_what_is_needed():
    text = str(errors.WrongStatusError(7, "staged", "återställas", ("withdrawn", "rejected")))
    assert text == (
        "Leverans 7 kan inte återställas: den väntar på publicering. "
        "Det går bara när den är återkallad eller är avvisad."
    )
