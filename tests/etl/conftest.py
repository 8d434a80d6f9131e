"""The command line against a warehouse of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import structlog
from typer.testing import CliRunner

from etl import cli
from etl.settings import settings
from tests import forks
from tests.conftest import ROOT

#: The command as its script starts it.
COMMAND = [sys.executable, "-c", "import sys; sys.argv[0] = 'fardplan'; from etl.cli import app; app()"]


@dataclass(frozen=True)
class Answer:
    """What a run left behind."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document of standard output; fails where there is anything else."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Fardplan:
    """The command `fardplan`, in a process of its own."""

    warehouse: Path
    data: Path

    @property
    def environment(self) -> dict[str, str]:
        """The settings of a run."""
        own = {"FARDPLAN_WAREHOUSE": str(self.warehouse), "FARDPLAN_DATA": str(self.data)}
        return {**os.environ, **own, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}

    def __call__(self, *args: object) -> Answer:
        """Run to the end."""
        with TemporaryDirectory() as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            code = forks.command([str(arg) for arg in args], self.environment, ROOT, out, err)
            return Answer(code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))

    def start(self, *args: object) -> subprocess.Popen[bytes]:
        """Run without waiting."""
        return subprocess.Popen(
            [*COMMAND, *map(str, args)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@pytest.fixture(scope="session")
def bare_data(tmp_path_factory) -> Path:
    """The catalogue alone: a warehouse that starts empty."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copytree(ROOT / "data" / "catalogue", folder / "catalogue")
    return folder


@pytest.fixture
def fardplan(tmp_path, bare_data) -> Fardplan:
    """The command with an empty warehouse and nothing bundled."""
    return Fardplan(tmp_path / "warehouse", bare_data)


@pytest.fixture
def inside(monkeypatch, tmp_path, bare_data):
    """Run inside this process, for what has to be watched or replaced."""
    monkeypatch.setenv("FARDPLAN_WAREHOUSE", str(tmp_path / "warehouse"))
    monkeypatch.setenv("FARDPLAN_DATA", str(bare_data))
    monkeypatch.delenv("FARDPLAN_VERBOSE", raising=False)
    settings.cache_clear()
    yield lambda *args: CliRunner().invoke(cli.app, [str(arg) for arg in args], prog_name="fardplan")
    os.environ.pop(
        "FARDPLAN_VERBOSE", None
    )  # what `--verbose` sets would else hold for all tests after this one
    settings.cache_clear()
    structlog.reset_defaults()  # the runner's standard error is closed when it has answered
