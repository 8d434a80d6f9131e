"""The command `fardplan`: one verb a command, in the order in which help lists them."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

# isort: off
from etl.commands.common import app
from etl.commands import (  # noqa: F401 - each module registers its verbs
    serving, intake, mappings, batches, difference, history, schedule, status, roles, upkeep,
)  # fmt: skip

# isort: on
from etl.swedish_cli import set_verbose

__all__ = ["app"]


@app.callback()
def _main(
    verbose: Annotated[bool, typer.Option("--verbose", help="Visa detaljer när något går fel.")] = False,
) -> None:
    set_verbose(verbose)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A pipe on Windows can't write every sign that a page can.
            stream.reconfigure(errors="replace")
    from etl.console import log_to_stderr

    log_to_stderr(verbose=verbose)
