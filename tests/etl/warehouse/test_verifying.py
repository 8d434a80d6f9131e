from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from etl.warehouse import Warehouse, anyone, connecting
from tests.etl.warehouse.doubles import allocation, delivery, derive, observation, warning


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    warehouse = Warehouse(tmp_path_factory.mktemp("built") / "warehouse")
    for number in (1, 2):
        parcel = delivery(
            f"{number}", observation(area=f"{number}"), observation(area="x"), money=(allocation(),),
            problems=warning(number),
        )  # fmt: skip
        warehouse.load(parcel, publish=True, by="Bo", derive=derive, permit=anyone)
    warehouse.load(delivery("tom"), publish=False, by="Bo", derive=derive, permit=anyone)
    warehouse.close()
    return warehouse.folder


@pytest.fixture
def filled(built: Path, warehouse: Warehouse) -> Warehouse:
    shutil.copytree(built, warehouse.folder)
    return warehouse


def test_all_is_well(filled: Warehouse):
    assert filled.verify() == []


def test_an_empty_warehouse_is_well(warehouse: Warehouse):
    assert warehouse.verify() == []
    assert not warehouse.folder.exists()


def test_the_checksum_is_what_other_programs_make_of_the_file(filled: Warehouse):
    live = filled.folder / "000003.duckdb"
    noted = (filled.folder / "000003.sha256").read_text()
    assert noted == f"{hashlib.sha256(live.read_bytes()).hexdigest()}  000003.duckdb\n"


def test_one_changed_bit_is_found(filled: Warehouse):
    path = filled.folder / "000003.duckdb"
    content = bytearray(path.read_bytes())
    content[-5] ^= 1
    path.write_bytes(content)
    assert filled.verify()[0] == "000003.duckdb är inte som den skrevs: kontrollsumman stämmer inte."


def test_a_version_without_a_checksum_is_taken_as_it_is(filled: Warehouse):
    (filled.folder / "000003.sha256").unlink()
    assert filled.verify() == []


@pytest.mark.parametrize("table", ["observation", "allocation", "problem"])
@pytest.mark.parametrize("extra", [False, True])
def test_a_batch_with_other_rows_than_it_came_with_is_found(filled: Warehouse, table: str, extra: bool):
    path = filled.folder / "000003.duckdb"
    with connecting.opened(path, read_only=False) as connection:
        if extra:
            connection.execute(f"INSERT INTO {table} SELECT * FROM {table} WHERE batch = 2 LIMIT 1")
        else:
            connection.execute(f"DELETE FROM {table} WHERE batch = 2")
    (filled.folder / "000003.sha256").unlink()
    assert filled.verify() == ["Leverans 2 har inte de rader som den kom med."]


def test_a_delivered_file_that_is_gone_or_changed_is_found(filled: Warehouse):
    for content, change in ((b"1", Path.unlink), (b"tom", lambda path: path.write_bytes(b"annat"))):
        sha256 = hashlib.sha256(content).hexdigest()
        change(filled.folder / "originals" / sha256[:2] / sha256)
    first, second = filled.verify()
    assert "Originalfilen till 1.csv saknas" in first
    assert "Originalfilen till tom.csv är inte längre den som levererades" in second


def test_a_file_that_cannot_be_opened_is_told(filled: Warehouse):
    os.truncate(filled.folder / "000003.duckdb", 5000)
    [said] = filled.verify()
    assert "skadat" in said
    assert "000002.duckdb" in said


def test_a_version_that_is_gone_is_told(filled: Warehouse):
    (filled.folder / "000003.duckdb").unlink()
    [said] = filled.verify()
    assert said.startswith("Datalagrets version 000003.duckdb saknas")
