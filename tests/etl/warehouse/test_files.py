from __future__ import annotations

import hashlib
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from etl.warehouse import files


def test_a_file_is_replaced_whole(tmp_path: Path):
    path = tmp_path / "CURRENT"
    files.write_whole(path, b"ett", tmp_path / "x.tmp")
    files.write_whole(path, "två".encode(), tmp_path / "x.tmp")
    assert path.read_text(encoding="utf-8") == "två"
    assert list(tmp_path.iterdir()) == [path]


def test_a_digest_is_that_of_the_content(tmp_path: Path):
    content = bytes(range(256)) * 5000
    files.write_flushed(tmp_path / "x", content)
    assert (tmp_path / "x").read_bytes() == content
    assert files.digest(tmp_path / "x") == hashlib.sha256(content).hexdigest()


def test_a_file_that_cannot_be_put_in_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "CURRENT"
    path.write_bytes(b"gammal")

    def refuse(*_: object) -> None:
        raise OSError(5, "nej")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="nej"):
        files.write_whole(path, b"ny", tmp_path / "x.tmp")
    assert path.read_bytes() == b"gammal"


@pytest.mark.parametrize(
    ("system", "refusals", "works"), [("nt", 3, True), ("nt", 1000, False), ("posix", 1, False)]
)
def test_windows_is_given_time_while_someone_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, refusals: int, works: bool
):
    real, left = os.replace, [refusals]

    def replace(source: Path, target: Path) -> None:
        if left[0]:
            left[0] -= 1
            raise PermissionError(13, "used by another process")
        real(source, target)

    flushing = {"O_RDONLY": os.O_RDONLY, "open": os.open, "fsync": os.fsync, "close": os.close}
    monkeypatch.setattr(files, "os", SimpleNamespace(name=system, replace=replace, **flushing))
    monkeypatch.setattr(files, "_PAUSE", 0)
    (tmp_path / "new").write_bytes(b"ny")
    if works:
        files.put_in_place(tmp_path / "new", tmp_path / "old")
        assert (tmp_path / "old").read_bytes() == b"ny"
    else:
        with pytest.raises(PermissionError):
            files.put_in_place(tmp_path / "new", tmp_path / "old")
