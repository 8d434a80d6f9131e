from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl.cli import app


@pytest.mark.parametrize("verb", ["check", "load"])
def test_a_file_of_two_gigabytes_is_refused_before_it_is_read(tmp_path, monkeypatch, verb):
    file = tmp_path / "stor.csv"
    with file.open("wb") as empty:
        empty.truncate(2**31)
    read: list[Path] = []
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path) or b"")
    answer = CliRunner().invoke(app, [verb, str(file)])
    assert (answer.exit_code, answer.stdout, read) == (2, "", [])
    assert answer.stderr.count("\n") == 1
    assert "stor.csv: 2\u00a0147\u00a0MB, högst 200\u00a0MB. Filen är för stor." in answer.stderr
