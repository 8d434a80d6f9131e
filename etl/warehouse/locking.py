"""One writer at a time, across processes and threads.

The lock is the operating system's (through filelock), so it goes when its process goes, however it ended.
Who holds it is written beside it, for the message only.
"""

from __future__ import annotations

import json
import os
import socket
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from etl.warehouse.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

LOCK = "lock"
HOLDER = "lock.json"

#: Seconds between two tries to get the lock.
_OFTEN = 0.01


@contextmanager
def writing(folder: Path, *, wait: float, doing: str) -> Generator[None]:
    """Hold the writer's lock.

    Args:
        folder: The warehouse's folder; created when missing.
        wait: Seconds to wait for another writer.
        doing: What the writer does, in Swedish, for those who wait: `publicerar leverans 7`.

    Raises:
        BusyError: Another writer held the lock all that time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK, timeout=wait, poll_interval=_OFTEN)
    try:
        lock.acquire()
    except Timeout:
        raise BusyError(_holder(folder / HOLDER), wait) from None
    try:
        _sign(folder / HOLDER, doing)
        yield
    finally:
        with suppress(OSError):
            (folder / HOLDER).unlink(missing_ok=True)
        lock.release()


def _sign(path: Path, doing: str) -> None:
    facts = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
        "doing": doing,
    }
    path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def _holder(path: Path) -> str:
    """Who holds the lock, in Swedish, as far as it can be told."""
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        since = datetime.fromisoformat(facts["since"])
        return (
            f"process {facts['pid']} på {facts['host']} {facts['doing']} "
            f"sedan {since:%Y-%m-%d} kl. {since:%H.%M.%S}"
        )
    except (OSError, ValueError, KeyError, TypeError):
        return "en annan process skriver i det"
