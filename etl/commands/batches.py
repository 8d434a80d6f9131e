"""`batches`, `publish`, `withdraw` and `restore`: what was delivered, and what becomes of it."""

from __future__ import annotations

import typer

from etl.commands.common import Batch, By, Json, Note, app, load_knowledge, local_user, opened, print_json
from etl.swedish_cli import SwedishCommand

_DOING = {"publish": "Publicerar", "withdraw": "Återkallar", "restore": "Återställer"}


@app.command(cls=SwedishCommand)
def batches(as_json: Json = False) -> None:
    """Lista alla leveranser."""
    from etl import console
    from etl.jobs.documents import batches_document

    frame = opened().batches()
    if as_json:
        print_json(batches_document(frame))
    else:
        console.show_batches(frame)


@app.command(cls=SwedishCommand)
def publish(batch: Batch, by: By = None, note: Note = None) -> None:
    """Publicera en leverans som väntar."""
    _change("publish", batch, by, note, f"Leverans {batch} är publicerad.")


@app.command(cls=SwedishCommand)
def withdraw(batch: Batch, by: By = None, note: Note = None) -> None:
    """Ta tillbaka en leverans; det den ersatte gäller igen."""
    _change("withdraw", batch, by, note, f"Leverans {batch} är återkallad.")


@app.command(cls=SwedishCommand)
def restore(batch: Batch, by: By = None, note: Note = None) -> None:
    """Ångra att en leverans togs tillbaka."""
    _change("restore", batch, by, note, f"Leverans {batch} är återställd.")


def _change(verb: str, batch: int, by: str | None, note: str | None, done: str) -> None:
    from etl import console
    from etl.jobs import publishing
    from etl.warehouse import anyone

    knowledge = load_knowledge()
    change = {
        "publish": publishing.publish,
        "withdraw": publishing.withdraw,
        "restore": publishing.restore,
    }[verb]
    with console.steps(None) as on_step:
        warehouse = opened(knowledge, on_step)
        on_step(f"{_DOING[verb]} och räknar")
        change(warehouse, batch, knowledge=knowledge, by=by or local_user(), note=note, permit=anyone)
    typer.echo(done)
