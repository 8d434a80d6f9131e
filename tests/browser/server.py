"""A real server on a warehouse of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

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


def start_server(warehouse: Path, *, address: str = "127.0.0.1", log: Path | None = None) -> Server:
    """Start `fardplan start` and wait until it answers."""
    port = free_port()
    out = (log or warehouse.parent / "server.log").open("wb")
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from etl.cli import app; app()",
            "start",
            "--port",
            str(port),
            "--address",
            address,
        ],
        cwd=ROOT,
        env={**os.environ, "FARDPLAN_WAREHOUSE": str(warehouse)},
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


def settled(page: Page) -> None:
    """Wait until Streamlit has drawn the page and is idle."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=30_000)
    page.wait_for_selector("h1", timeout=30_000)
