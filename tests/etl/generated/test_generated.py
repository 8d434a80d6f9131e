"""Ten thousand generated files through `check`: no traceback, no hang, memory bounded."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.memory import linux_only

#: A time is asserted of every file: nothing else may run beside them.
pytestmark = pytest.mark.benchmark_suite

FILES = 10_000
PROCESSES = 2
#: What one process may take at its most, in bytes.
PEAK = 1_500_000_000

#: What must have come up among so many, lest the generator only makes what is refused at the door.
EXPECTED = {
    "ok",
    "unknown_area",
    "bad_number",
    "bad_period",
    "missing_column",
    "unknown_shape",
    "damaged_file",
    "empty_file",
}


@linux_only
def test_every_generated_file_gets_an_answer():
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.etl.generated.child", str(seed), str(FILES // PROCESSES)],
            cwd=ROOT,
            env={**os.environ, "POLARS_MAX_THREADS": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for seed in range(PROCESSES)
    ]
    answers = [process.communicate() for process in running]
    for process, (_, told) in zip(running, answers, strict=True):
        assert process.returncode == 0, f"ended with {process.returncode} at file {told[-4000:]}"
    found = [json.loads(said) for said, _ in answers]
    assert [failure for one in found for failure in one["failures"]] == []
    assert sum(sum(one["came_of"].values()) for one in found) == FILES
    assert {code for one in found for code in one["came_of"]} >= EXPECTED
    assert max(one["peak"] for one in found) < PEAK
