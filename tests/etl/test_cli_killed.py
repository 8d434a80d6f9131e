"""Killed while it writes: the next start shows the old state or the new one, whole."""

from __future__ import annotations

import random
import shutil
import signal
import time
from dataclasses import replace

import pytest

from etl.warehouse import Warehouse
from tests.etl import files

#: Kills while the new version is being written, and kills at any moment of the whole run.
WRITING, ANYWHERE = 10, 2


@pytest.fixture
def deliveries(tmp_path):
    """An old file and a new one with the same figures in other values."""

    def write(name, value):
        path = tmp_path / name
        months = [f"{year}-{month:02d}" for year in range(2015, 2026) for month in range(1, 13)]
        areas = ["1480", "1401", "1482", "1440", "1415"]
        path.write_bytes(
            files.csv([files.row(area=area, period=month, value=value) for month in months for area in areas])
        )
        return path

    return write("gammal.csv", "70"), write("ny.csv", "80")


def state(folder):
    """What the next start meets: batches with their status, all current values, all judged values."""
    warehouse = Warehouse(folder)
    batches = dict(warehouse.batches().select("batch", "status").rows())
    current = warehouse.observations("vardgaranti-telefon")["value"].unique().to_list()
    judged = warehouse.judgements("vardgaranti-telefon")["value"].drop_nulls().unique().to_list()
    warehouse.close()
    return batches, current, judged


def until(condition, process):
    """Wait until something holds; False where the process ended first."""
    while process.poll() is None:
        if condition():
            return True
        time.sleep(0.0005)
    return False


def test_killed_at_any_moment_of_load_publish(fardplan, deliveries, tmp_path):
    old, new = deliveries
    assert fardplan("load", old, "--publish").code == 0
    before = state(fardplan.warehouse)
    assert before == ({1: "published"}, [70.0], [70.0])

    def prepared(name):
        folder = tmp_path / name
        shutil.copytree(fardplan.warehouse, folder)
        return replace(fardplan, warehouse=folder)

    def begun(folder):
        return len(list((folder / "originals").iterdir())) > 1

    # The time of a whole run, and of its last part, from the moment that the new file is kept.
    timed = prepared("timed")
    started = time.perf_counter()
    process = timed.start("load", new, "--publish")
    assert until(lambda: begun(timed.warehouse), process)
    kept = time.perf_counter()
    assert process.wait() == 0
    writing, whole = time.perf_counter() - kept, time.perf_counter() - started
    after = state(timed.warehouse)
    assert after == ({1: "published", 2: "published"}, [80.0], [80.0])

    dice = random.Random(20230101)
    seen = []
    for run in range(WRITING + ANYWHERE):
        other = prepared(f"run-{run}")
        process = other.start("load", new, "--publish")
        if run < WRITING:
            until(lambda folder=other.warehouse: begun(folder), process)
            time.sleep(writing * dice.random())
        else:
            time.sleep(whole * dice.random())
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = state(other.warehouse)
        assert now in (before, after)
        seen.append(now == after)
    assert False in seen

    again = prepared("again")
    shutil.rmtree(again.warehouse)
    shutil.copytree(other.warehouse, again.warehouse)
    assert again("load", new, "--publish", "--json").document["published"]
    assert state(again.warehouse) == after
