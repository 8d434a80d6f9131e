"""`mappings`: how files that no reader knows are read, and forgetting it. They are told on the page of deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from etl.commands.common import By, Json, app, local_user, opened, print_json
from etl.swedish_cli import SwedishCommand, SwedishGroup, fail

if TYPE_CHECKING:
    import polars as pl

#: So much of a fingerprint tells it from the others.
_SHORT = 8

mappings = typer.Typer(
    cls=SwedishGroup,
    help="Visa och glöm sparade tolkningar av egna tabeller.",
    rich_markup_mode=None,
    no_args_is_help=True,
    subcommand_metavar="KOMMANDO …",
)
app.add_typer(mappings, name="mappings")


@mappings.command(cls=SwedishCommand, name="list")
def list_mappings(as_json: Json = False) -> None:
    """Lista sparade tolkningar."""
    from etl.jobs.mappings import mapping_lines, mappings_document

    known = opened().mappings()
    if as_json:
        print_json(mappings_document(known))
        return
    if known.is_empty():
        typer.echo("Ingen tolkning är sparad. Tolkningar sparas på sidan Ladda upp.")
    for line in mapping_lines(known, _SHORT):
        typer.echo(line)


@mappings.command(cls=SwedishCommand, name="forget")
def forget_mapping(
    which: Annotated[
        str, typer.Argument(metavar="ID", help="Dess id, eller början av det; se mappings list.")
    ],
    by: By = None,
) -> None:
    """Glöm en tolkning. Nästa fil av det slaget frågas om på nytt."""
    from etl.warehouse import anyone

    warehouse = opened()
    fingerprint, name = _one(warehouse.mappings(), which)
    warehouse.forget_mapping(fingerprint, by=by or local_user(), permit=anyone)
    typer.echo(f"Tolkningen ”{name}” är glömd.")


def _one(known: pl.DataFrame, which: str) -> tuple[str, str]:
    found = [
        (row["fingerprint"], row["name"])
        for row in known.iter_rows(named=True)
        if row["fingerprint"].startswith(which.lower())
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise fail(f"”{which}” passar in på {len(found)} tolkningar. Skriv mer av id:t.")
    raise fail(f"Ingen sparad tolkning har ett id som börjar på ”{which}”. Se fardplan mappings list.")
