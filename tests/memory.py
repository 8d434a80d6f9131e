"""The most memory that a process has held."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

_STATUS = Path("/proc/self/status")

#: Linux tells it for the program alone; what `resource` tells has the parent's in it.
linux_only = pytest.mark.skipif(not _STATUS.exists(), reason="peak memory is read from /proc")


def highest() -> int:
    """The most that this process has held, in bytes."""
    found = re.search(r"VmHWM:\s*([0-9]+) kB", _STATUS.read_text(encoding="ascii"))
    return int(found[1]) * 1024 if found else 0


def held_by(process: int) -> int:
    """What a process holds now, in bytes."""
    found = re.search(r"VmRSS:\s*([0-9]+) kB", Path(f"/proc/{process}/status").read_text(encoding="ascii"))
    return int(found[1]) * 1024 if found else 0
