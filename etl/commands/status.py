"""`status`: every target and area, a line each."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from etl.commands.common import Json, among, app, load_knowledge, opened, print_json
from etl.swedish_cli import SwedishCommand, fail

if TYPE_CHECKING:
    import polars as pl

    from etl.catalogue import Knowledge
    from etl.warehouse import Warehouse


@app.command(cls=SwedishCommand)
def status(
    division: Annotated[
        str | None, typer.Option(metavar="ID", help="Indelning i delregioner, eller ”alla”. [vardsamverkan]")
    ] = None,
    indicator: Annotated[str | None, typer.Option(metavar="ID", help="Bara den här indikatorn.")] = None,
    day: Annotated[
        str | None,
        typer.Option("--date", metavar="ÅÅÅÅ-MM-DD", help="Som det var när dagen var slut. [nu]"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Visa hur länet och delregionerna ligger till mot varje mål."""
    from etl import console
    from etl.jobs.documents import ALL_DIVISIONS, status_document, status_rows, with_undelivered

    knowledge = load_knowledge()
    catalogue = knowledge.catalogue
    among("Indelningen", division, [ALL_DIVISIONS, *catalogue.divisions])
    among("Indikatorn", indicator, list(catalogue.indicators))
    earlier = None if day is None else _day(day)
    judgements = with_undelivered(_judgements(opened(knowledge), knowledge, earlier), catalogue)
    rows = status_rows(judgements, catalogue, division=division, indicator=indicator)
    if as_json:
        print_json(status_document(rows, catalogue))
    else:
        console.show_status(rows, catalogue)


def _judgements(warehouse: Warehouse, knowledge: Knowledge, day: date | None) -> pl.DataFrame:
    """Today's judgements, or those at the end of an earlier day."""
    if day is None:
        return warehouse.judgements()
    from etl.jobs.as_of import state
    from schemas import clock

    with warehouse.snapshot() as now:
        first = now.first_change
        if first is None or day < clock.in_sweden(first).date():
            since = f" De första uppgifterna kom {clock.in_sweden(first):%Y-%m-%d}." if first else ""
            raise fail(f"Från {day} finns inget att visa.{since}")
        return state(now, knowledge, clock.end_of_day(day)).judgements


def _day(said: str) -> date:
    from schemas import clock

    try:
        day = datetime.strptime(said, "%Y-%m-%d").date()
    except ValueError as error:
        raise fail(f"”{said}” är inget datum. Skriv det som {clock.today()}.") from error
    if day > clock.today():
        raise fail(f"{day} har inte varit än.")
    return day
