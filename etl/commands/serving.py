"""`start`: serve the pages."""

from __future__ import annotations

import os
import runpy
from typing import Annotated

import typer

from etl.commands.common import app, opened
from etl.swedish_cli import SwedishCommand, check_free

_SERVER = "dashboard"
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, never bound to


@app.command(cls=SwedishCommand)
def start(
    port: Annotated[int, typer.Option(metavar="NR", min=1, max=65535, help="Port. [8501]")] = 8501,
    address: Annotated[str, typer.Option(metavar="ADRESS", help="Adress. [127.0.0.1]")] = "127.0.0.1",
) -> None:
    """Gör i ordning datalagret och visa sidorna i webbläsaren."""
    from etl.settings import settings

    if not any(settings().warehouse.glob("*.duckdb")):
        # The first start takes seconds and shows its progress; later ones are made ready by the server,
        # while the browser loads.
        opened()
    check_free(address, port)
    os.environ["FARDPLAN_ADDRESS"] = address
    os.environ["FARDPLAN_PORT"] = str(port)
    host = "127.0.0.1" if address in _EVERYWHERE else address
    typer.echo(f"Uppgifterna ligger i {settings().warehouse}.", err=True)
    typer.echo(f"Öppna http://{host}:{port} i webbläsaren. Avsluta med Ctrl+C.", err=True)
    runpy.run_module(_SERVER, run_name="__main__", alter_sys=True)
