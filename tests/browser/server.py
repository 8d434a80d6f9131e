"""A real server on a warehouse of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from etl.bundle import ensure_ready
from etl.catalogue import load_catalogue
from etl.warehouse import Warehouse
from schemas import clock

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """A running `fardplan start`."""

    url: str
    warehouse: Path
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


def bundled(base: Path) -> Path:
    """A warehouse with what comes with the program; made once for all processes that share the folder `base`."""
    folder = base / "bundled"
    with FileLock(base / "bundled.lock"):
        if not folder.exists():
            warehouse = Warehouse(base / "bundled.part")
            ensure_ready(warehouse, load_catalogue(ROOT / "data" / "catalogue"), ROOT / "data")
            warehouse.close()
            (base / "bundled.part").rename(folder)
    return folder


def copy_bundled(warehouse: Path) -> Path:
    """A warehouse of its own with what comes with the program."""
    # pytest's folder of this run, which all its processes share
    base = next((parent for parent in warehouse.parents if parent.name.startswith("pytest-")), None)
    return shutil.copytree(bundled(base or warehouse.parent), warehouse)


def on_its_first_day(warehouse: Path) -> str:
    """Python that makes it the day that a warehouse's first figures came, for as long as a server runs.

    Without it a run that passes midnight would see an earlier day to choose, which pages have from the second day.
    """
    with closing(Warehouse(warehouse)) as opened:
        first = opened.first_change
    if first is None:
        pytest.fail(f"nothing is published in {warehouse}")
    return f"""
from datetime import date
from schemas import clock
clock.today = lambda: date.fromisoformat("{clock.in_sweden(first).date()}")
"""


def start_server(
    warehouse: Path,
    *,
    address: str = "127.0.0.1",
    log: Path | None = None,
    empty: bool = False,
    before: str = "",
    work_ahead: bool = False,
) -> Server:
    """Start `fardplan start` and wait until it answers.

    Args:
        warehouse: Its warehouse, which gets what is bundled where it isn't there yet.
        address: Where it listens.
        log: Gets what it writes.
        empty: Let the server itself load what is bundled.
        before: What its process does first, in Python.
        work_ahead: Whether it works out what nobody has chosen yet, which the tests have no time to wait for.
    """
    if not empty and not warehouse.exists():
        copy_bundled(warehouse)
    port = free_port()
    out = (log or warehouse.parent / "server.log").open("wb")
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"{before}\nfrom etl.cli import app; app()",
            "start",
            "--port",
            str(port),
            "--address",
            address,
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "FARDPLAN_WAREHOUSE": str(warehouse),
            "FARDPLAN_WORK_AHEAD": str(work_ahead),
        },
        stdout=out,
        stderr=out,
    )
    server = Server(f"http://127.0.0.1:{port}", warehouse, process)
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{server.url}/halsa", timeout=2):
                return server
        except OSError:
            time.sleep(0.1)
    process.kill()
    out.close()
    pytest.fail(f"the server did not start:\n{Path(out.name).read_text(encoding='utf-8')}")
