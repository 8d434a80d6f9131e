"""Files that survive a crash: written beside, flushed to the disk, then put in place in one step."""

from __future__ import annotations

import hashlib
import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_ATTEMPTS = 40
_PAUSE = 0.05


def flush(path: Path) -> None:
    """Wait until the file's content is on the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the names in the folder are on the disk; Windows does it by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_in_place(temporary: Path, final: Path) -> None:
    """Give a flushed file its final name, in one step, and flush the name.

    On Windows a file that someone is reading cannot be replaced; readers hold `CURRENT` for a moment only,
    so it is tried again for a while.
    """
    for attempt in range(_ATTEMPTS):
        try:
            os.replace(temporary, final)  # noqa: PTH105 - the one call that replaces on every system
            break
        except PermissionError:
            if os.name != "nt" or attempt == _ATTEMPTS - 1:
                raise
            time.sleep(_PAUSE)
    flush_folder(final.parent)


def digest(path: Path) -> str:
    """The sha256 of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_flushed(path: Path, content: bytes) -> None:
    """Write a file and wait until its content is on the disk; cut off, it is there in part."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def write_whole(path: Path, content: bytes, temporary: Path) -> None:
    """Write a file so that it is there whole or not at all."""
    write_flushed(temporary, content)
    put_in_place(temporary, path)
