"""`schedule` and `publish-due`: publication at a set time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from etl.commands.common import Batch, By, Note, app, load_knowledge, local_user, opened
from etl.swedish_cli import SwedishCommand, fail


@app.command(cls=SwedishCommand)
def schedule(
    batch: Batch,
    at: Annotated[
        str | None,
        typer.Argument(metavar="TID", help="När, svensk tid: ”2026-12-01 08:00”.", show_default=False),
    ] = None,
    cancel: Annotated[
        bool, typer.Option("--cancel", help="Ta bort tiden; leveransen väntar vidare.")
    ] = False,
    by: By = None,
    note: Note = None,
) -> None:
    """Bestäm när en leverans som väntar ska publiceras av sig själv."""
    from etl.jobs.schedule import moment
    from etl.warehouse import anyone
    from schemas.clock import moment_text

    if cancel == (at is not None):
        raise fail("Ange antingen en tid eller --cancel.")
    name = by or local_user()
    if cancel:
        opened().unschedule(batch, by=name, note=note, permit=anyone)
        typer.echo(f"Leverans {batch} väntar utan tid.")
        return
    due = moment(at or "")
    if due is None:
        raise fail(f"”{at}” är ingen tid. Skriv den som 2026-12-01 08:00.")
    if due <= datetime.now(UTC):
        raise fail(f"{moment_text(due)} har redan varit. Publicera direkt med fardplan publish {batch}.")
    opened().schedule(batch, due, by=name, trusted=True, note=note, permit=anyone)
    typer.echo(f"Leverans {batch} publiceras {moment_text(due)}, om sidorna är igång eller publish-due körs.")


@app.command(cls=SwedishCommand, name="publish-due")
def publish_due() -> None:
    """Publicera de leveranser vars tid har kommit; sidorna gör det själva när de är igång."""
    from etl.jobs import schedule as scheduled

    knowledge = load_knowledge()
    receipts = scheduled.publish_due(opened(knowledge), knowledge)
    if not receipts:
        typer.echo("Ingen leverans väntar på att publiceras nu.")
    for receipt in receipts:
        typer.echo(f"Leverans {receipt.batch} är publicerad.")
