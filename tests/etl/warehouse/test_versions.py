from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from etl.warehouse.errors import DamagedError
from etl.warehouse.versions import Versions


def make(versions: Versions, content: bytes) -> int:
    with versions.next() as (number, path):
        path.write_bytes(content)
    return number


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_nothing_is_version_0_and_nothing_is_created(tmp_path: Path):
    versions = Versions(tmp_path / "not there")
    assert versions.live() == 0
    assert versions.on_disk() == []
    assert not (tmp_path / "not there").exists()


def test_a_version_starts_as_a_copy_of_the_live_one(tmp_path: Path):
    versions = Versions(tmp_path)
    make(versions, b"ett")
    with versions.next() as (number, path):
        assert path.read_bytes() == b"ett"
        path.write_bytes("två".encode())
        assert versions.live() == 1
    assert number == 2
    assert versions.live() == 2
    assert versions.file(1).read_bytes() == b"ett"
    assert versions.file(2).read_text(encoding="utf-8") == "två"
    assert (tmp_path / "CURRENT").read_text() == "000002.duckdb\n"


def test_a_change_that_fails_has_not_happened(tmp_path: Path):
    versions = Versions(tmp_path)
    make(versions, b"ett")
    before = names(tmp_path)
    with pytest.raises(ZeroDivisionError), versions.next() as (_, path):
        path.write_bytes(b"fel")
        raise ZeroDivisionError
    assert versions.live() == 1
    assert names(tmp_path) == before


def test_the_first_change_that_fails_leaves_nothing_yet(tmp_path: Path):
    versions = Versions(tmp_path)
    with pytest.raises(ZeroDivisionError), versions.next() as (_, path):
        path.write_bytes(b"fel")
        raise ZeroDivisionError
    assert versions.live() == 0
    assert make(versions, b"ett") == 1


@pytest.mark.parametrize("kept", [1, 2, 5])
def test_the_last_few_versions_are_kept(tmp_path: Path, kept: int):
    versions = Versions(tmp_path, kept=kept)
    for number in range(1, 9):
        make(versions, str(number).encode())
    assert versions.on_disk() == list(range(9 - kept, 9))


def test_what_a_killed_writer_left_is_swept_by_the_next(tmp_path: Path):
    versions = Versions(tmp_path)
    make(versions, b"ett")
    (tmp_path / "change-000002.duckdb").write_bytes(b"halv")
    (tmp_path / "change-000002.duckdb.wal").write_bytes(b"halv")
    (tmp_path / "change-000002.duckdb.tmp").mkdir()
    (tmp_path / "change-000002.duckdb.tmp" / "spill").write_bytes(b"halv")
    (tmp_path / "CURRENT.tmp").write_bytes(b"0000")
    (tmp_path / "000007.sha256").write_bytes(b"0000")
    assert versions.live() == 1
    make(versions, b"nytt")
    assert names(tmp_path) == ["000001.duckdb", "000001.sha256", "000002.duckdb", "000002.sha256", "CURRENT"]


@pytest.mark.parametrize("live", [0, 1])
def test_a_version_that_never_went_live_is_neither_read_nor_overwritten(tmp_path: Path, live: int):
    versions = Versions(tmp_path)
    (tmp_path / "CURRENT").write_text("000000.duckdb\n")
    if live:
        make(versions, b"ett")
    orphan = versions.file(live + 1)
    orphan.write_bytes(b"blev aldrig till")
    assert versions.live() == live
    assert make(versions, b"nytt") == live + 2
    assert orphan.read_bytes() == b"blev aldrig till"
    assert versions.live() == live + 2


def test_going_back_by_hand_keeps_what_was_gone_back_from(tmp_path: Path):
    versions = Versions(tmp_path)
    for content in (b"1", b"2", b"3"):
        make(versions, content)
    (tmp_path / "CURRENT").write_text("000002.duckdb")
    with versions.next() as (number, path):
        assert path.read_bytes() == b"2"
    assert number == 4
    assert versions.file(3).read_bytes() == b"3"


def test_a_missing_current_is_never_taken_for_an_empty_warehouse(tmp_path: Path):
    versions = Versions(tmp_path)
    make(versions, b"ett")
    make(versions, b"tva")
    (tmp_path / "CURRENT").unlink()
    before = names(tmp_path)
    with pytest.raises(DamagedError, match=r"CURRENT saknas.*000001\.duckdb, 000002\.duckdb"):
        versions.live()
    with pytest.raises(DamagedError), versions.next():
        pytest.fail("a change was begun")
    assert names(tmp_path) == before


@pytest.mark.parametrize("content", [b"", b"000001", b"../000001.duckdb", b"\xff\xfe", b"000001.duckdb x"])
def test_a_current_that_names_no_version_is_told(tmp_path: Path, content: bytes):
    versions = Versions(tmp_path)
    make(versions, b"ett")
    (tmp_path / "CURRENT").write_bytes(content)
    with pytest.raises(DamagedError, match=r"ska innehålla namnet på en version.*000001\.duckdb"):
        versions.live()


def test_a_missing_version_is_told_before_anything_is_changed(tmp_path: Path):
    versions = Versions(tmp_path)
    make(versions, b"1")
    make(versions, b"2")
    versions.file(2).unlink()
    with pytest.raises(DamagedError, match=r"000002\.duckdb saknas.*000001\.duckdb"), versions.next():
        pytest.fail("a change was begun")
    assert (tmp_path / "CURRENT").read_text() == "000002.duckdb\n"


def test_each_version_has_its_checksum_beside_it(tmp_path: Path):
    versions = Versions(tmp_path, kept=2)
    for content in (b"1", b"2", b"3"):
        number = make(versions, content)
        assert versions.checksum(number) == hashlib.sha256(content).hexdigest()
    assert names(tmp_path) == ["000002.duckdb", "000002.sha256", "000003.duckdb", "000003.sha256", "CURRENT"]
    assert versions.checksum(1) is None


def test_a_checksum_cut_short_is_written_anew(tmp_path: Path):
    versions = Versions(tmp_path)
    make(versions, b"1")
    (tmp_path / "000002.sha256").write_text("6b86")
    number = make(versions, "två".encode())
    assert versions.checksum(number) == hashlib.sha256("två".encode()).hexdigest()


def test_a_version_of_an_earlier_program_has_no_checksum(tmp_path: Path):
    versions = Versions(tmp_path)
    (tmp_path / "000001.duckdb").write_bytes(b"ett")
    (tmp_path / "CURRENT").write_text("000001.duckdb\n")
    assert versions.checksum(versions.live()) is None
    assert make(versions, "två".encode()) == 2
    assert names(tmp_path) == ["000001.duckdb", "000002.duckdb", "000002.sha256", "CURRENT"]
