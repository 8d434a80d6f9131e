"""Killed, starved or crowded at any moment, the warehouse is as before or as after, whole."""

from __future__ import annotations

import hashlib
import json
import random
import sys
import time
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from etl.warehouse import BusyError, Warehouse, anyone
from tests.etl.warehouse import child
from tests.etl.warehouse.doubles import derive
from tests.forks import processes

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and resource limits are POSIX's")

KILLS = 200
#: After so many kills what is there is looked at.
LOOK = 3
#: After so many kills both processes are killed, and nobody is left.
BOTH = 20
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
    assert left_behind(folder) == []


class Worker:
    """A process that delivers, publishes and withdraws until it is killed, and what it said was done."""

    def __init__(self, folder: Path, first: int):
        self._mine, its = processes.Pipe()
        self.process = processes.Process(target=child.work, args=(folder, first, its))
        self.process.start()
        its.close()

    def listen(self, accepted: dict[int, str], *, until: float = 0) -> bool:
        """Take down what it has said, or wait for it to say something; whether it did."""
        heard = False
        with suppress(EOFError):
            while self._mine.poll(0 if heard else until):
                number, status = self._mine.recv()
                accepted[number] = status
                heard = True
        return heard

    def kill(self, accepted: dict[int, str]) -> None:
        self.process.kill()
        self.process.join()
        self.listen(accepted)
        self._mine.close()


#: Statuses in the order in which a worker's deliveries come into them.
WAY = ["staged", "published", "withdrawn"]


def check_nothing_lost(folder: Path, accepted: dict[int, str]) -> None:
    """All that was said to be done is there, and whole. Another process may be writing."""
    warehouse = Warehouse(folder, wait=2)
    assert warehouse.verify() == []
    status = dict(warehouse.batches().select("name", "status").rows())
    for number, said in accepted.items():
        assert WAY.index(status[f"leverans {number}.csv"]) >= WAY.index(said)
    warehouse.close()


def check_file(folder: Path) -> None:
    """The live version's checksum, its batches' rows and the delivered files, without the warehouse's help."""
    live = folder / (folder / "CURRENT").read_text().strip()
    checksum = live.with_suffix(".sha256").read_text().split()
    assert checksum == [hashlib.sha256(live.read_bytes()).hexdigest(), live.name]
    with duckdb.connect(str(live), read_only=True) as connection:
        batches = connection.sql(
            "SELECT batch, name, sha256, observations, allocations FROM batch"
        ).fetchall()
        rows = dict(connection.sql("SELECT batch, count(*) FROM observation GROUP BY batch").fetchall())
        money = dict(connection.sql("SELECT batch, count(*) FROM allocation GROUP BY batch").fetchall())
        events = connection.sql("SELECT batch, action FROM event ORDER BY event").fetchall()
    actions: dict[int, list[str]] = {}
    for batch, action in events:
        actions.setdefault(batch, []).append(action)
    assert set(rows) == set(money) == set(actions) == {batch for batch, *_ in batches}
    for batch, name, sha256, height, sums in batches:
        content = name.removesuffix(".csv").encode()
        assert sha256 == hashlib.sha256(content).hexdigest()
        assert (folder / "originals" / sha256[:2] / sha256).read_bytes() == content
        assert (rows[batch], money[batch]) == (height, sums) == (child.FEW, 1)
        assert actions[batch] == ["staged", "published", "withdrawn"][: len(actions[batch])]


def check_current(folder: Path) -> None:
    """What is published is what the last delivery that is published says, and all is derived from it."""
    warehouse = Warehouse(folder, wait=2)
    events = list(warehouse.events().select("batch", "action").rows())
    gone = {batch for batch, action in events if action == "withdrawn"}
    newest = [batch for batch, action in events if action == "published" and batch not in gone][-1]
    name = warehouse.batches().filter(batch=newest)["name"].item()
    parcel = child.parcel(int(name.split()[1].removesuffix(".csv")), child.FEW)
    rows, money = warehouse.observations(), warehouse.allocations()
    assert rows.drop("batch").equals(parcel.observations)
    assert money.drop("batch").equals(parcel.allocations)
    series, judgements = derive(rows, money)
    order = ["indicator", "area"]
    assert warehouse.series().sort(order).equals(series.sort(order))
    assert warehouse.judgements().sort(order).equals(judgements.sort(order))
    warehouse.close()


def get_in_at_once(folder: Path, number: int, accepted: dict[int, str]) -> None:
    """No process is left: the next writer needn't wait, and sweeps what the killed ones left."""
    warehouse = Warehouse(folder, wait=0)
    receipt = warehouse.load(
        child.parcel(number, child.FEW), publish=True, by="Bo", derive=derive, permit=anyone
    )
    assert (receipt.already_delivered, receipt.status) == (False, "published")
    accepted[number] = receipt.status
    warehouse.close()
    assert left_behind(folder) == []
    check_file(folder)
    check_current(folder)


def time_of_a_load(folder: Path, number: int) -> float:
    """Seconds that a worker's load takes."""
    warehouse = Warehouse(folder)
    started = time.perf_counter()
    warehouse.load(child.parcel(number, child.FEW), publish=True, by="Bo", derive=derive, permit=anyone)
    seconds = time.perf_counter() - started
    warehouse.close()
    return seconds


def left_behind(folder: Path) -> list[str]:
    half = {".tmp", ".part", ".wal"}
    return [
        path.name
        for path in folder.rglob("*")
        if path.name.startswith("change-") or path.suffix in half or path.name == "lock.json"
    ]


def test_two_processes_killed_at_random_moments(tmp_path: Path):
    folder = tmp_path / "warehouse"
    moments = random.Random(SEED)
    accepted: dict[int, str] = {}
    get_in_at_once(folder, 0, accepted)
    span = min(time_of_a_load(folder, number) for number in (-1, -2, -3))
    workers = [Worker(folder, first) for first in (1000, 2000)]
    while_writing = 0
    for kill in range(1, KILLS + 1):
        place = kill % 2
        time.sleep(moments.uniform(0, span))
        workers[place].kill(accepted)
        with suppress(OSError, ValueError):
            holder = json.loads((folder / "lock.json").read_text())["pid"]
            while_writing += holder == workers[place].process.pid
        workers[place] = Worker(folder, 2000 + kill * 1000)
        if kill % LOOK == 0:
            # The other one comes in, unhindered by a lock of the dead.
            assert workers[1 - place].listen(accepted, until=30)
            check_nothing_lost(folder, accepted)
        if kill % BOTH == 0:
            for worker in workers:
                worker.kill(accepted)
            get_in_at_once(folder, kill, accepted)
            check_nothing_lost(folder, accepted)
            workers = [Worker(folder, place * 1_000_000 + kill * 1000) for place in (1, 2)]
    for worker in workers:
        worker.kill(accepted)
    get_in_at_once(folder, KILLS + 1, accepted)
    check_nothing_lost(folder, accepted)
    # Many were at it when they were killed, and much was done.
    assert while_writing > KILLS / 10
    assert len(accepted) > KILLS / 10


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
    process = processes.Process(target=child.load_and_die, args=(folder, 99, call, nth, when))
    process.start()
    process.join(60)
    assert process.exitcode == -9
    assert settle(folder, published, 99) is goes_in
    load_next(folder, published, 100)


def test_a_writer_at_work_is_waited_for_and_a_killed_one_is_not(tmp_path: Path):
    folder = tmp_path / "warehouse"
    published: list[int] = []
    load_next(folder, published, 0)
    mine, its = processes.Pipe()
    process = processes.Process(target=child.load_and_linger, args=(folder, 1, its))
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


@pytest.mark.parametrize("room", [0, 10, 100_000, 1_000_000])
def test_a_full_disk_changes_nothing(tmp_path: Path, room: int):
    folder = tmp_path / "warehouse"
    published: list[int] = []
    load_next(folder, published, 0)
    before = sorted(path.name for path in folder.iterdir() if path.name != "lock.json")
    mine, its = processes.Pipe()
    process = processes.Process(target=child.load_on_a_full_disk, args=(folder, 1, room, its))
    process.start()
    assert mine.poll(60)
    kind, text = mine.recv()
    process.join()
    assert kind == "NoSpaceError"
    assert text.startswith("Det finns inte plats nog på disken")
    assert sorted(path.name for path in folder.iterdir() if path.name != "lock.json") == before
    check_whole(folder, published)
    load_next(folder, published, 2)
