"""`status`: every target and area, a line each."""

from __future__ import annotations

from typing import Annotated

import typer

from etl.commands.common import Json, among, app, load_knowledge, opened, print_json
from etl.swedish_cli import SwedishCommand


@app.command(cls=SwedishCommand)
def status(
    division: Annotated[
        str | None, typer.Option(metavar="ID", help="Indelning i delregioner, eller ”alla”. [vardsamverkan]")
    ] = None,
    indicator: Annotated[str | None, typer.Option(metavar="ID", help="Bara den här indikatorn.")] = None,
    as_json: Json = False,
) -> None:
    """Visa hur länet och delregionerna ligger till mot varje mål."""
    from etl import console
    from etl.jobs.documents import ALL_DIVISIONS, status_document, status_rows, with_undelivered

    knowledge = load_knowledge()
    catalogue = knowledge.catalogue
    among("Indelningen", division, [ALL_DIVISIONS, *catalogue.divisions])
    among("Indikatorn", indicator, list(catalogue.indicators))
    judgements = with_undelivered(opened(knowledge).judgements(), catalogue)
    rows = status_rows(judgements, catalogue, division=division, indicator=indicator)
    if as_json:
        print_json(status_document(rows, catalogue))
    else:
        console.show_status(rows, catalogue)
