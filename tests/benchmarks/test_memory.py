"""From a dropped file to its difference in less memory than ten times the file.

A million rows, most of them as published and every tenth revised, as when a register's whole history is delivered
anew. The fixed cost of a small file isn't measured.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from etl.catalogue import load_catalogue
from etl.jobs.checking import check
from etl.jobs.delivery import as_delivery
from etl.jobs.publishing import derivation
from etl.warehouse import Warehouse, anyone
from tests.benchmarks.test_difference import table
from tests.conftest import ROOT
from tests.memory import linux_only

ROWS = 1_000_000
TIMES_THE_FILE = 10

pytestmark = [pytest.mark.benchmark_suite, linux_only]


def test_peak_memory(tmp_path, capsys):
    knowledge = load_catalogue(ROOT / "data" / "catalogue")
    path, folder = tmp_path / "revised.csv", tmp_path / "warehouse"
    first, other = table(knowledge, ROWS, 0), table(knowledge, ROWS, 5)
    mixed = zip(first.splitlines(keepends=True), other.splitlines(keepends=True), strict=True)
    path.write_bytes(b"".join(pair[number % 10 == 0] for number, pair in enumerate(mixed)))
    Warehouse(folder).load(
        as_delivery(check(first, knowledge), first, "first.csv", by="test"), publish=True, by="test",
        derive=derivation(knowledge), key=knowledge.key, permit=anyone,
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.peak", str(path), str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    size, taken = path.stat().st_size, int(done.stdout)
    with capsys.disabled():
        print(f"\n{ROWS} rows, {size / 1e6:.1f} MB: {taken / 1e6:.0f} MB, {taken / size:.1f} times the file")
    assert 0 < taken < TIMES_THE_FILE * size
