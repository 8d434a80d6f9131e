"""`history`, `original`, `comment` and `reject`: what has happened to what was delivered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etl.commands.common import Batch, By, Json, Note, app, local_user, opened, print_json
from etl.swedish_cli import SwedishCommand, fail


@app.command(cls=SwedishCommand)
def history(
    batch: Annotated[
        int | None, typer.Argument(metavar="NR", help="Bara den här leveransen. [alla]", show_default=False)
    ] = None,
    as_json: Json = False,
) -> None:
    """Visa vad som har hänt med leveranserna: när, av vem och varför."""
    from etl.jobs.events import event_line, events_document

    warehouse = opened()
    with warehouse.snapshot() as now:
        if batch is not None:
            now.batch(batch)
        events = now.events(batch)
    if as_json:
        print_json(events_document(events))
        return
    for event in events.iter_rows(named=True):
        typer.echo(event_line(event))


@app.command(cls=SwedishCommand)
def original(
    batch: Batch,
    out: Annotated[
        Path | None, typer.Option(metavar="FIL", help="Var filen sparas. [filens eget namn, här]")
    ] = None,
) -> None:
    """Spara en levererad fil precis som den kom."""
    from schemas.safe_name import safe_name

    warehouse = opened()
    with warehouse.snapshot() as now:
        name = now.batch(batch)["name"]
    path = out or Path(safe_name(name))
    content = warehouse.original(batch)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise fail(f"{path} finns redan och skrivs inte över. Ange ett annat namn med --out.") from error
    except OSError as error:
        raise fail(f"Filen kan inte sparas som {path}.") from error
    typer.echo(f"Filen från leverans {batch} är sparad som {path}.")


@app.command(cls=SwedishCommand)
def comment(
    batch: Batch,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Kommentaren.")],
    by: By = None,
) -> None:
    """Kommentera en leverans. Ingenting ändras på sidorna."""
    from etl.warehouse import anyone

    if not text.strip():
        raise fail("Kommentaren är tom.")
    opened().comment(batch, text.strip(), by=by or local_user(), permit=anyone)
    typer.echo(f"Leverans {batch} har en ny kommentar.")


@app.command(cls=SwedishCommand)
def reject(batch: Batch, by: By = None, note: Note = None) -> None:
    """Avvisa en leverans som väntar. Den kan återställas med ”fardplan restore”."""
    from etl.warehouse import anyone

    opened().reject(batch, by=by or local_user(), note=note, permit=anyone)
    typer.echo(f"Leverans {batch} är avvisad.")
