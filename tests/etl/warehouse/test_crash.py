"""Killed, starved or crowded at any moment, the warehouse is as before or as after, whole."""

from __future__ import annotations

import hashlib
import random
import sys
import time
from pathlib import Path

import pytest

from etl.warehouse import BusyError, Warehouse, anyone
from tests.etl.warehouse import child
from tests.etl.warehouse.doubles import derive

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and resource limits are POSIX's")

KILLS = 32
SEED = 20221027


def check_whole(folder: Path, published: list[int]) -> None:
    """All that `published` deliveries say is there, and nothing else."""
    warehouse = Warehouse(folder, wait=2)
    batches = warehouse.batches().sort("batch")
    assert batches["name"].to_list() == [f"leverans {number}.csv" for number in published]
    assert set(batches["status"]) <= {"published"}
    for number in published:
        content = child.parcel(number).content
        sha256 = hashlib.sha256(content).hexdigest()
        assert (folder / "originals" / sha256[:2] / sha256).read_bytes() == content
    assert warehouse.events()["action"].to_list() == ["staged", "published"] * len(published)
    rows, money = warehouse.observations(), warehouse.allocations()
    series, judgements = derive(rows, money)
    order = ["indicator", "area"]
    assert warehouse.series().sort(order).equals(series.sort(order))
    assert warehouse.judgements().sort(order).equals(judgements.sort(order))
    if published:
        newest = child.parcel(published[-1])
        assert rows.drop("batch").equals(newest.observations.sort("area"))
        assert money.drop("batch").equals(newest.allocations)
    warehouse.close()


def settle(folder: Path, published: list[int], number: int) -> bool:
    """After a kill: find out whether delivery `number` went in; whole it is either way."""
    warehouse = Warehouse(folder, wait=2)
    went_in = warehouse.batches().height == len(published) + 1
    warehouse.close()
    if went_in:
        published.append(number)
    check_whole(folder, published)
    return went_in


def load_next(folder: Path, published: list[int], number: int) -> None:
    """The next load works at once, and sweeps what the killed one left."""
    warehouse = Warehouse(folder, wait=2)
    receipt = warehouse.load(child.parcel(number), publish=True, by="Bo", derive=derive, permit=anyone)
    assert (receipt.already_delivered, receipt.status) == (False, "published")
    warehouse.close()
    published.append(number)
    check_whole(folder, published)
    left = [
        path.name
        for path in folder.rglob("*")
        if path.name.startswith("change-") or path.suffix in {".tmp", ".part"}
    ]
    assert left == []


def test_killed_at_random_moments(tmp_path: Path):
    folder = tmp_path / "warehouse"
    published: list[int] = []
    moments = random.Random(SEED)
    load_next(folder, published, 0)
    started = time.perf_counter()
    load_next(folder, published, 1)
    span = time.perf_counter() - started
    for number in range(2, 2 + KILLS):
        mine, its = child.processes.Pipe()
        process = child.processes.Process(target=child.load, args=(folder, [number], its))
        process.start()
        assert mine.poll(60)
        assert mine.recv() == "ready"
        time.sleep(moments.uniform(0, 1.5 * span))
        process.kill()
        process.join()
        settle(folder, published, number)
        if number % 8 == 0:
            load_next(folder, published, 1000 + number)
    load_next(folder, published, 5000)


@pytest.mark.parametrize("earlier", [0, 1])
@pytest.mark.parametrize(
    ("moment", "goes_in"),
    [
        # In order: the original, the version's file, CURRENT.
        (("fsync", 1, "before"), False),
        (("replace", 1, "before"), False),
        (("replace", 1, "after"), False),
        (("replace", -2, "before"), False),
        (("replace", -2, "after"), False),
        (("replace", -1, "before"), False),
        (("replace", -1, "after"), True),
    ],
)
def test_killed_around_each_step_that_lasts(
    tmp_path: Path, earlier: int, moment: tuple[str, int, str], goes_in: bool
):
    call, nth, when = moment
    folder = tmp_path / "warehouse"
    published: list[int] = []
    for number in range(earlier):
        load_next(folder, published, number)
    # The very first writer also puts "nothing yet" into CURRENT, between the original and the version.
    steps = 3 if earlier else 4
    nth = nth if nth > 0 else steps + 1 + nth
    process = child.processes.Process(target=child.load_and_die, args=(folder, 99, call, nth, when))
    process.start()
    process.join(60)
    assert process.exitcode == -9
    assert settle(folder, published, 99) is goes_in
    load_next(folder, published, 100)


def test_a_writer_at_work_is_waited_for_and_a_killed_one_is_not(tmp_path: Path):
    folder = tmp_path / "warehouse"
    published: list[int] = []
    load_next(folder, published, 0)
    mine, its = child.processes.Pipe()
    process = child.processes.Process(target=child.load_and_linger, args=(folder, 1, its))
    process.start()
    assert mine.poll(60)
    check_whole(folder, published)
    impatient = Warehouse(folder, wait=0.2)
    with pytest.raises(BusyError, match=rf"process {process.pid} .* tar emot en leverans sedan .* 0,2"):
        impatient.load(child.parcel(2), publish=True, by="Bo", derive=derive, permit=anyone)
    process.kill()
    process.join()
    assert settle(folder, published, 1) is False
    load_next(folder, published, 2)


def test_two_processes_at_once_both_succeed(tmp_path: Path):
    folder = tmp_path / "warehouse"
    sides = []
    for numbers in ([1, 2, 3], [11, 12, 13]):
        mine, its = child.processes.Pipe()
        process = child.processes.Process(target=child.load, args=(folder, numbers, its))
        sides.append((process, mine))
    for process, _ in sides:
        process.start()
    reading = Warehouse(folder)
    seen = {0}
    while any(process.is_alive() for process, _ in sides):
        with reading.snapshot() as now:
            rows = now.observations()
            assert rows.height in {0, 100}
            assert rows["value"].n_unique() <= 1
            seen.add(now.version)
        time.sleep(0.01)
    assert all(process.exitcode == 0 for process, _ in sides)
    assert len(seen) > 2
    batches = reading.batches()
    assert batches["batch"].sort().to_list() == list(range(1, 7))
    assert set(batches["status"]) == {"published"}
    assert set(batches["name"]) == {f"leverans {n}.csv" for n in [1, 2, 3, 11, 12, 13]}
    assert reading.version == 6
    assert reading.events()["version"].max() == 6
    newest = batches.sort("batch")["name"][-1]
    assert reading.observations()["value"].unique().to_list() == [
        float(newest.split()[1].removesuffix(".csv"))
    ]


@pytest.mark.parametrize("room", [0, 10, 100_000, 1_000_000])
def test_a_full_disk_changes_nothing(tmp_path: Path, room: int):
    folder = tmp_path / "warehouse"
    published: list[int] = []
    load_next(folder, published, 0)
    before = sorted(path.name for path in folder.iterdir() if path.name != "lock.json")
    mine, its = child.processes.Pipe()
    process = child.processes.Process(target=child.load_on_a_full_disk, args=(folder, 1, room, its))
    process.start()
    assert mine.poll(60)
    kind, text = mine.recv()
    process.join()
    assert kind == "NoSpaceError"
    assert text.startswith("Det finns inte plats nog på disken")
    assert sorted(path.name for path in folder.iterdir() if path.name != "lock.json") == before
    check_whole(folder, published)
    load_next(folder, published, 2)
