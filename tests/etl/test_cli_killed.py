"""Killed while it writes: the next start shows the old state or the new one, whole."""

from __future__ import annotations

import random
import signal
import time

import pytest

from tests.etl import files

RUNS = 12


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


def state(fardplan):
    """Batches with their status, and the distinct values that the warehouse shows."""
    batches = {line["batch"]: line["status"] for line in fardplan("batches", "--json").document}
    lines = fardplan("status", "--indicator", "vardgaranti-telefon", "--json").document
    values = {line["value"] for line in lines if line["value"] is not None}
    return batches, values


def test_killed_at_any_moment_of_load_publish(fardplan, deliveries):
    old, new = deliveries
    assert fardplan("load", old, "--publish").code == 0
    before = state(fardplan)
    assert before[0] == {1: "published"}
    begun = time.perf_counter()
    assert fardplan("load", new, "--publish").code == 0
    whole = time.perf_counter() - begun
    after = state(fardplan)
    assert after[0] == {1: "published", 2: "published"}
    assert before[1] != after[1]

    dice = random.Random(20230101)
    seen = set()
    for run in range(RUNS):
        folder = fardplan.warehouse.with_name(f"warehouse-{run}")
        other = type(fardplan)(folder, fardplan.data)
        assert other("load", old, "--publish").code == 0
        process = other.start("load", new, "--publish")
        # The writing is the last part of a run; the first half of the moments before it are all alike.
        time.sleep(whole * dice.uniform(0.4, 1.05))
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = state(other)
        assert now in (before, after)
        seen.add(len(now[0]))
        assert other("load", new, "--publish").code == 0
        assert state(other) == after
    assert 1 in seen
