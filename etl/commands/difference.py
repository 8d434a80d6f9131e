"""`diff`: what publishing, withdrawing or restoring a delivery would change."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.commands.common import Batch, Json, app, load_knowledge, opened, print_json
from etl.swedish_cli import SwedishCommand, fail

if TYPE_CHECKING:
    from etl.catalogue import Knowledge
    from etl.jobs.difference import Difference
    from etl.warehouse import Warehouse

_Out = Annotated[
    Path | None, typer.Option("--xlsx", metavar="FIL", help="Spara hela skillnaden som en arbetsbok (XLSX).")
]


@app.command(cls=SwedishCommand)
def diff(batch: Batch, as_json: Json = False, xlsx: _Out = None) -> None:
    """Visa vad som ändras om en leverans publiceras, återkallas eller återställs."""
    from etl import console
    from etl.jobs.difference import difference_of_batch
    from etl.jobs.difference_console import show_difference
    from etl.jobs.difference_document import difference_document

    if xlsx is not None and xlsx.exists():
        raise fail(f"{xlsx} finns redan och skrivs inte över. Ange ett annat namn med --xlsx.")
    knowledge = load_knowledge()
    with console.steps(None) as on_step:
        warehouse = opened(knowledge, on_step)
        on_step("Jämför")
        difference = difference_of_batch(batch, warehouse, knowledge)
    if xlsx is not None:
        _save(difference, warehouse, knowledge, xlsx)
    if as_json:
        print_json(difference_document(difference))
        return
    show_difference(difference, knowledge.catalogue, typer.echo)
    if xlsx is not None:
        typer.echo(f"Hela skillnaden är sparad som {xlsx}.")


def _save(difference: Difference, warehouse: Warehouse, knowledge: Knowledge, path: Path) -> None:
    from etl.jobs.difference_xlsx import Provenance, difference_xlsx

    with warehouse.snapshot() as now:
        facts = now.batch(difference.batch or 0)
    provenance = Provenance(facts["name"], datetime.now(UTC), facts["delivered_at"], facts["delivered_by"])
    content = difference_xlsx(difference, provenance, knowledge.catalogue)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise fail(f"Skillnaden kan inte sparas som {path}.") from error
