from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from etl.warehouse import originals
from etl.warehouse.errors import DamagedError


def test_bytes_are_kept_under_their_hash(tmp_path: Path):
    content = bytes(range(256)) * 100
    sha256 = originals.keep(tmp_path, content)
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert (tmp_path / "originals" / sha256[:2] / sha256).read_bytes() == content
    assert originals.fetch(tmp_path, sha256, "fil.csv") == content


def test_bytes_that_are_there_are_not_written_again(tmp_path: Path):
    sha256 = originals.keep(tmp_path, b"abc")
    path = tmp_path / "originals" / sha256[:2] / sha256
    before = path.stat()
    assert originals.keep(tmp_path, b"abc") == sha256
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("ask", [originals.fetch, originals.check])
def test_a_changed_original_is_told_and_healed_by_a_new_delivery(tmp_path: Path, ask: Any):
    sha256 = originals.keep(tmp_path, b"abc")
    (tmp_path / "originals" / sha256[:2] / sha256).write_bytes(b"abd")
    with pytest.raises(DamagedError, match=r"fil\.csv är inte längre den som levererades"):
        ask(tmp_path, sha256, "fil.csv")
    originals.keep(tmp_path, b"abc")
    assert originals.fetch(tmp_path, sha256, "fil.csv") == b"abc"
    originals.check(tmp_path, sha256, "fil.csv")


@pytest.mark.parametrize("ask", [originals.fetch, originals.check])
def test_a_missing_original_is_told(tmp_path: Path, ask: Any):
    with pytest.raises(DamagedError, match=r"Originalfilen till fil\.csv saknas"):
        ask(tmp_path, "ab" * 32, "fil.csv")


def test_half_written_originals_are_swept_and_whole_ones_left(tmp_path: Path):
    sha256 = originals.keep(tmp_path, b"abc")
    half = tmp_path / "originals" / sha256[:2] / "ffff.part"
    half.write_bytes(b"a")
    originals.sweep(tmp_path)
    assert not half.exists()
    assert originals.fetch(tmp_path, sha256, "x") == b"abc"
