"""Several at once: deliverers, somebody at the command line, and publications whose time has come."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from etl.warehouse import BusyError, Warehouse, anyone, locking
from tests.etl.warehouse import child
from tests.etl.warehouse.doubles import delivery, derive, observation
from tests.forks import processes

EACH = 3


def start(target: Any, *args: Any) -> tuple[Any, Any]:
    mine, its = processes.Pipe()
    process = processes.Process(target=target, args=(*args, its))
    process.start()
    its.close()
    return process, mine


def test_deliverers_a_command_line_and_set_times_at_once(tmp_path: Path):
    folder = tmp_path / "warehouse"
    running = [
        start(child.deliver_and_schedule, folder, range(EACH)),
        start(child.deliver_and_publish, folder, range(100, 100 + EACH)),
        start(child.command_lines, folder, EACH),
        start(child.publish_what_is_due, folder, EACH),
        start(child.publish_what_is_due, folder, EACH),
    ]
    reading = Warehouse(folder)
    seen = {0}
    while any(process.is_alive() for process, _ in running):
        with reading.snapshot() as now:
            rows = now.observations()
            # Only whole deliveries are ever seen: each has one value for all its areas.
            assert rows.height in {0, 100}
            assert rows["value"].n_unique() == rows["batch"].n_unique() == min(rows.height, 1)
            seen.add(now.version)
        time.sleep(0.05)
    assert all(process.exitcode == 0 for process, _ in running)
    assert len(seen) > 2
    done: list[tuple[str, int]] = []
    refused: list[str] = []
    for _, pipe in running:
        told = pipe.recv()
        done += told[0]
        refused += told[1]
    # Whoever came second was told in Swedish what had happened.
    assert all("kan inte" in text and text.endswith(".") for text in refused)
    events = reading.events()
    made = events.group_by("version", maintain_order=True).agg("by", "at", "action", "batch")
    assert made["version"].to_list() == list(range(1, reading.version + 1))
    for row in made.iter_rows(named=True):
        assert len(set(row["by"])) == len(set(row["at"])) == len(set(row["batch"])) == 1
        assert row["action"] in (["staged"], ["staged", "published"], *([word] for word in child.WORDS))
    assert events["at"].is_sorted()
    # Each thing that happened was done by one of them, who knows it.
    happened = events.filter(pl.col("action") != "staged").select("action", "batch").rows()
    assert sorted(done) == sorted(happened)
    published = [batch for action, batch in happened if action == "published"]
    assert sorted(published) == list(range(1, 2 * EACH + 1))
    assert set(reading.batches()["status"]) == {"published"}
    assert reading.verify() == []
    reading.close()


@pytest.mark.parametrize("processes", [2, 3])
def test_what_is_due_is_published_once(tmp_path: Path, processes: int):
    folder = tmp_path / "warehouse"
    warehouse = Warehouse(folder)
    due = datetime.now(UTC)
    for number in range(EACH):
        receipt = warehouse.load(child.parcel(number), publish=False, by="Åsa", derive=derive, permit=anyone)
        warehouse.schedule(
            receipt.batch, due + timedelta(microseconds=number), by="Bo", trusted=True, permit=anyone
        )
    version = warehouse.version
    running = [start(child.publish_due_at_a_sign, folder) for _ in range(processes)]
    for _, pipe in running:
        assert pipe.poll(60)
        assert pipe.recv() == "ready"
    for _, pipe in running:
        pipe.send("now")
    published = []
    for process, pipe in running:
        assert pipe.poll(60)
        published += pipe.recv()
        process.join()
    assert sorted(published) == list(range(1, EACH + 1))
    assert warehouse.version == version + EACH
    assert warehouse.events()["action"].to_list().count("published") == EACH
    assert warehouse.observations()["value"].unique().to_list() == [float(EACH - 1)]
    warehouse.close()


def test_who_waits_too_long_is_told_who_holds_the_lock(tmp_path: Path):
    warehouse = Warehouse(tmp_path, wait=0.1)
    with (
        locking.writing(tmp_path, wait=1, doing="publicerar leverans 7"),
        pytest.raises(BusyError, match=r"process \d+ på .* publicerar leverans 7 sedan .*0,1"),
    ):
        warehouse.load(delivery("x", observation()), publish=True, by="Bo", derive=derive, permit=anyone)
    assert warehouse.version == 0
    assert (
        warehouse.load(
            delivery("x", observation()), publish=True, by="Bo", derive=derive, permit=anyone
        ).batch
        == 1
    )
    warehouse.close()
