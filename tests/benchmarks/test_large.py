"""The pages of a warehouse with five million observations, beside those of what is bundled, by turns.

Neither server works ahead: a first choice then takes as long as what it shows takes to work out.
"""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

import pytest

from dashboard.registry import PAGES
from tests.benchmarks.client import Session
from tests.benchmarks.walking import PAUSE, WALKS, Times, Walk, told, walk
from tests.benchmarks.world import OBSERVATIONS
from tests.browser.server import ROOT, start_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.server import Server

pytestmark = pytest.mark.benchmark_suite

#: How many times as slow a page may be.
TIMES = 1.5

CHOICES = [15, 15]

#: Reruns that are compared, and how often: a busy machine is busy for a while.
RERUNS, ATTEMPTS = 5, 2


@pytest.fixture(scope="module")
def large(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose warehouse has five million observations more than what is bundled."""
    folder = tmp_path_factory.mktemp("large") / "warehouse"
    small = start_server(folder)
    small.stop()
    begun = time.perf_counter()
    # In a process of its own, which takes its memory with it.
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.world", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    print(f"\n{int(done.stdout)} observations: {time.perf_counter() - begun:.0f} s")
    assert int(done.stdout) >= OBSERVATIONS
    running = start_server(folder)
    for url in (server.url, running.url):
        # Every page has been seen: a server that has just started still imports those that nobody has.
        for spec in PAGES:
            with Session(url, spec.path) as session:
                session.rerun()
    yield running
    running.stop()


@pytest.mark.parametrize("way", WALKS, ids=lambda way: f"{way.page}-{way.label}")
def test_a_filter_change(server: Server, large: Server, way: Walk, capsys: pytest.CaptureFixture[str]):
    few, many = walk([server.url, large.url], way, CHOICES)
    again = times_as_long(few, many)
    for _ in range(1, ATTEMPTS):
        if again > TIMES:
            again = min(again, times_as_long(*walk([server.url, large.url], way, CHOICES)))
    with capsys.disabled():
        print(
            f"\n/{way.page} {way.label}: {told(many.again)} (the first time {told(many.first)}); "
            f"with what is bundled {told(few.again)} (the first time {told(few.first)})"
        )
    assert again <= TIMES
    assert median(many.first) <= TIMES * median(few.first)


@pytest.mark.parametrize("path", [spec.path for spec in PAGES])
def test_a_rerun(server: Server, large: Server, path: str, capsys: pytest.CaptureFixture[str]):
    with Session(server.url, path) as few, Session(large.url, path) as many:
        few.rerun()
        first = many.rerun()[0]
        ratio = min(compared(few, many) for _ in range(ATTEMPTS))
    with capsys.disabled():
        print(f"\nrerun of /{path}: {ratio:.2f} times as long; the first one took {1000 * first:.0f} ms")
    assert ratio <= TIMES


def times_as_long(few: Times, many: Times) -> float:
    """How many times as long choices take that have all been made before."""
    return median(many.again) / median(few.again)


def compared(few: Session, many: Session) -> float:
    """How many times as long as one page another takes."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(RERUNS):
        for session, taken in zip((few, many), times, strict=True):
            time.sleep(PAUSE)
            taken.append(session.rerun()[0])
    return median(times[1]) / median(times[0])
