"""Servers to hold the pages against, and how long a page takes in a browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.server import ROOT, START_SECONDS, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

#: Seconds that a server without readers may take to work out what is likely to be chosen.
AHEAD_SECONDS = 300


@contextmanager
def _running(command: list[str], folder: Path, log: Path | None = None, **environment: str) -> Iterator[None]:
    """A process of Python that ends with the block; what it writes is kept in `log`, or not at all."""
    with (log or Path(os.devnull)).open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            env={**os.environ, **environment},
            stdout=out,
            stderr=out,
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def streamlit_run(script: Path) -> Iterator[str]:
    """Streamlit as it comes, with one script; gives the address once it answers."""
    port = free_port()
    command = [
        "-m", "streamlit", "run", script.name, "--server.port", str(port),
        "--server.headless", "true", "--browser.gatherUsageStats", "false",
    ]  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    with _running(command, script.parent):
        wait_for(f"{url}/_stcore/health")
        yield url


def wait_for(url: str) -> None:
    """Wait until the server listens; it need not be ready."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.02)
        else:
            return
    pytest.fail(f"nobody answers at {url}")


@contextmanager
def fardplan_start(warehouse: Path, log: Path) -> Iterator[str]:
    """`fardplan start`, as soon as it listens: a person opens the page before it is ready."""
    port = free_port()
    command = ["-c", "from etl.cli import app; app()", "start", "--port", str(port)]
    url = f"http://127.0.0.1:{port}"
    with _running(command, ROOT, log, FARDPLAN_WAREHOUSE=str(warehouse)):
        wait_for(f"{url}/_stcore/health")
        yield url


@contextmanager
def with_defaults(warehouse: Path, log: Path) -> Iterator[str]:
    """The same pages of the same warehouse, with Streamlit's defaults; gives the address."""
    port = free_port()
    environment = {
        "FARDPLAN_WAREHOUSE": str(warehouse),
        "PYTHONPATH": str(ROOT),
        "FARDPLAN_ADDRESS": "127.0.0.1",
        "FARDPLAN_PORT": str(port),
    }
    # Away from the project's own settings of Streamlit.
    with _running(["-m", "tests.benchmarks.defaults"], log.parent, log, **environment):
        yield wait_until_ready(f"http://127.0.0.1:{port}", log)


def wait_until_ready(url: str, log: Path) -> str:
    """Wait until a server can draw its first page; its address."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{url}/halsa", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return url
    pytest.fail(f"the server did not start:\n{log.read_text(encoding='utf-8')}")


def wait_until_worked_ahead(url: str) -> None:
    """Wait until a server has worked out what is likely to be chosen."""
    until = time.monotonic() + AHEAD_SECONDS
    while time.monotonic() < until:
        with urllib.request.urlopen(f"{url}/halsa", timeout=20) as answer:
            told = json.load(answer)
        if told["ahead"] == told["version"]:
            return
        time.sleep(0.5)
    pytest.fail(f"nothing is worked out ahead in {AHEAD_SECONDS} s")


def seconds_to(browser: Browser, url: str, selector: str) -> float:
    """Until `selector` is seen at `url`, in a browser that has seen nothing before, by its own clock.

    Seconds from the start of the navigation; a reader's browser runs already.
    """
    context = browser.new_context()
    page = context.new_page()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(selector)
    taken = page.evaluate("performance.now()") / 1000
    context.close()
    return taken
