"""`verify`: whether what is kept is whole."""

from __future__ import annotations

import typer

from etl.commands.common import app, opened
from etl.swedish_cli import SwedishCommand

_FAULTY = 1


@app.command(cls=SwedishCommand)
def verify() -> None:
    """Kontrollera att datalagret är helt: kontrollsummor, rader och originalfiler."""
    faults = opened().verify()
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(_FAULTY)
    typer.echo("Datalagret är helt.")
