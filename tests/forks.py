"""Processes of their own that are at work within milliseconds: what they need is imported once, before they fork."""

from __future__ import annotations

import io
import multiprocessing
import os
import sys
from pathlib import Path
from typing import Any

_KIND = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
processes: Any = multiprocessing.get_context(_KIND)
#: Only what starts no threads when it is imported: they would be gone in what is forked, and be waited for.
PRELOADED = [
    "pytest", "pandas", "pyarrow.dataset", "duckdb", "polars", "pandera.polars", "numpy", "scipy.special",
    "scipy.optimize", "pydantic", "pydantic_settings", "typer", "rich.console", "rich.table", "structlog",
    "fastexcel", "filelock", "tests.etl.warehouse.child",
]  # fmt: skip
if _KIND == "forkserver":
    processes.set_forkserver_preload(PRELOADED)


def command(arguments: list[str], environment: dict[str, str], folder: Path, out: Path, err: Path) -> int:
    """Run `fardplan` to the end in a process of its own.

    Args:
        arguments: What follows `fardplan`.
        environment: All of its environment.
        folder: Where it runs.
        out: Gets what it writes on standard output.
        err: Gets what it writes on standard error.

    Returns:
        Its exit code.
    """
    process = processes.Process(target=_run, args=(arguments, environment, folder, out, err))
    process.start()
    process.join()
    return process.exitcode


def _run(arguments: list[str], environment: dict[str, str], folder: Path, out: Path, err: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), encoding="utf-8")
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), encoding="utf-8", line_buffering=True)
    sys.argv = ["fardplan", *arguments]
    from etl.cli import app

    app()
