"""The delivered files themselves, unchanged, under their sha256: `originals/<aa>/<sha256>`."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from etl.warehouse.errors import DamagedError
from etl.warehouse.files import digest, flush_folder, write_whole

if TYPE_CHECKING:
    from pathlib import Path

ORIGINALS = "originals"
PARTIAL = ".part"


def sha256_of(content: bytes) -> str:
    """The name under which these bytes are kept."""
    return hashlib.sha256(content).hexdigest()


def keep(folder: Path, content: bytes) -> str:
    """Keep the bytes for good; those that are there already are left alone.

    Args:
        folder: The warehouse's folder.
        content: The delivered file.

    Returns:
        Their sha256.
    """
    sha256 = sha256_of(content)
    path = _path(folder, sha256)
    if path.is_file() and sha256_of(path.read_bytes()) == sha256:
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    flush_folder(path.parent.parent)
    write_whole(path, content, path.with_suffix(PARTIAL))
    return sha256


def fetch(folder: Path, sha256: str, name: str) -> bytes:
    """The delivered bytes, checked against their hash.

    Raises:
        DamagedError: They are missing or not what was delivered.
    """
    path = _path(folder, sha256)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise _missing(path, name) from None
    if sha256_of(content) != sha256:
        raise _changed(path, name)
    return content


def check(folder: Path, sha256: str, name: str) -> None:
    """Check delivered bytes against their hash, without holding them in memory.

    Raises:
        DamagedError: They are missing or not what was delivered.
    """
    path = _path(folder, sha256)
    try:
        whole = digest(path) == sha256
    except FileNotFoundError:
        raise _missing(path, name) from None
    if not whole:
        raise _changed(path, name)


def _missing(path: Path, name: str) -> DamagedError:
    return DamagedError(f"Originalfilen till {name} saknas ({path}).", [])


def _changed(path: Path, name: str) -> DamagedError:
    return DamagedError(f"Originalfilen till {name} är inte längre den som levererades ({path}).", [])


def sweep(folder: Path) -> None:
    """Remove what a writer that was cut off left half written."""
    for path in (folder / ORIGINALS).glob(f"*/*{PARTIAL}"):
        path.unlink(missing_ok=True)


def _path(folder: Path, sha256: str) -> Path:
    return folder / ORIGINALS / sha256[:2] / sha256
