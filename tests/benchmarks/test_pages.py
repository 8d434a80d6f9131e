"""Speed of the pages, beside an empty page of Streamlit's own defaults in the same run."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.client import Session
from tests.browser.conftest import free_port, settled, start_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.conftest import Server

pytestmark = pytest.mark.benchmark_suite

RERUNS = 15

#: The goal is at most twice an empty page's rerun.
TIMES_EMPTY = 2.0

#: Cold start of the server to the first page drawn in a browser, bundled data already loaded.
COLD_START_SECONDS = 4.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start_server(tmp_path_factory.mktemp("speed") / "warehouse")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def empty_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("empty")
    (folder / "empty.py").write_text('import streamlit as st\nst.title("Tom sida")\n', encoding="utf-8")
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable, "-m", "streamlit", "run", "empty.py", "--server.port", str(port),
            "--server.headless", "true", "--browser.gatherUsageStats", "false",
        ],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
            break
        except OSError:
            time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(timeout=20)


def median_rerun(url: str, page: str = "") -> float:
    with Session(url, page) as session:
        session.rerun()
        session.rerun()
        return statistics.median(session.rerun()[0] for _ in range(RERUNS))


@pytest.mark.parametrize("page", ["", "indikator", "delregion", "medel", "fardplanen", "ladda-upp", "om"])
def test_a_rerun_costs_at_most_twice_an_empty_page(
    server: Server, empty_page: str, page: str, capsys: pytest.CaptureFixture[str]
):
    ours, empty = median_rerun(server.url, page), median_rerun(empty_page)
    with capsys.disabled():
        print(f"\nrerun of /{page}: {ours * 1000:.0f} ms, of an empty page: {empty * 1000:.0f} ms")
    assert ours <= TIMES_EMPTY * empty


def test_cold_start_to_first_page(
    browser: Browser, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    warehouse = server.warehouse
    times = []
    for attempt in range(3):
        begun = time.perf_counter()
        cold = start_server(warehouse, log=tmp_path / f"{attempt}.log")
        try:
            page = browser.new_page()
            page.goto(cold.url)
            page.wait_for_selector(".fp-matrix tbody td")
            settled(page)
            times.append(time.perf_counter() - begun)
            assert re.search(r"\d", page.locator(".fp-matrix td").first.inner_text())
            page.close()
        finally:
            cold.stop()
    with capsys.disabled():
        print(f"\ncold start to first page: {min(times):.2f} s (all: {', '.join(f'{t:.2f}' for t in times)})")
    assert min(times) < COLD_START_SECONDS


def test_first_start_with_an_empty_warehouse(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    begun = time.perf_counter()
    cold = start_server(tmp_path / "warehouse")
    taken = time.perf_counter() - begun
    cold.stop()
    with capsys.disabled():
        print(f"\nfirst start, loading what is bundled: {taken:.2f} s")
    assert taken < 2 * COLD_START_SECONDS
