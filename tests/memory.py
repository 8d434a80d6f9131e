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
