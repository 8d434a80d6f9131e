from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from etl.warehouse import Warehouse, anyone, connecting
from etl.warehouse.errors import DamagedError
from etl.warehouse.reader import Reader
from etl.warehouse.versions import Versions
from tests.etl.warehouse.doubles import delivery, derive, observation

AREAS = [str(area) for area in range(1400, 1450)]


def publish(warehouse: Warehouse, number: int) -> None:
    rows = (observation(area=area, value=float(number)) for area in AREAS)
    warehouse.load(delivery(f"{number}", *rows), publish=True, by="Bo", derive=derive, permit=anyone)


def test_a_snapshot_stays_while_the_live_version_moves_on(warehouse: Warehouse):
    publish(warehouse, 1)
    with warehouse.snapshot() as old:
        for number in range(2, 9):
            publish(warehouse, number)
        assert warehouse.version == 8
        assert not (warehouse.folder / "000001.duckdb").exists()
        with warehouse.snapshot() as new:
            assert new.series()["value"].unique().to_list() == [8.0]
            assert (old.version, new.version) == (1, 8)
        assert old.series()["value"].unique().to_list() == [1.0]
    assert warehouse.series()["value"].unique().to_list() == [8.0]


def test_threads_read_whole_versions_while_a_writer_publishes(warehouse: Warehouse):
    publish(warehouse, 1)
    stop = threading.Event()
    wrong: list[object] = []
    seen: set[float] = set()

    def read() -> None:
        last = 0.0
        while not stop.is_set():
            try:
                with warehouse.snapshot() as now:
                    series, rows = now.series(), now.observations()
                values = set(series["value"]) | set(rows["value"])
                if series.height != len(AREAS) or len(values) != 1 or min(values) < last:
                    wrong.append((series.height, values, last))
                time.sleep(0.005)
                last = max(values)
                seen.add(last)
            except Exception as error:
                wrong.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(2, 7):
        publish(warehouse, number)
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert len(seen) > 1


def test_a_version_pruned_before_it_could_be_opened_gives_the_newer_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    versions = Versions(tmp_path, kept=1)
    real = connecting.connect

    def make() -> None:
        with versions.next() as (_, path):
            real(path, read_only=False).close()

    def late(path: Path, *, read_only: bool) -> object:
        if versions.live() == 1:
            make()
        return real(path, read_only=read_only)

    make()
    monkeypatch.setattr(connecting, "connect", late)
    reader = Reader(versions)
    with reader.snapshot() as now:
        assert now.version == 2
    reader.close()


def test_a_version_that_is_gone_is_told(warehouse: Warehouse):
    publish(warehouse, 1)
    publish(warehouse, 2)
    warehouse.close()
    (warehouse.folder / "000002.duckdb").unlink()
    with pytest.raises(DamagedError, match=r"000002\.duckdb saknas.*kvar: 000001\.duckdb"):
        warehouse.batches()


def test_files_are_let_go_of_when_their_last_user_is_done(warehouse: Warehouse):
    publish(warehouse, 1)
    with warehouse.snapshot() as now:
        warehouse.close()
        assert now.batches().height == 1
    path = warehouse.folder / "000001.duckdb"
    # Opening for writing is refused as long as this process reads the file.
    connecting.connect(path, read_only=False).close()
    assert warehouse.batches().height == 1
