"""What the verbs share: the application, their arguments, and how they open what they work on.

Answers go to standard output, everything else to standard error. With `--json` standard output holds one JSON
document and nothing else. Exit codes: 0 done, 1 the file has errors, 2 a wrong call or a stop. The heavy
imports wait until a verb needs them, so that help is there at once.
"""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.swedish_cli import SwedishGroup, fail

if TYPE_CHECKING:
    from etl.catalogue import Knowledge
    from etl.jobs.checking import Published, Remembered
    from etl.jobs.delivery import OnStep
    from etl.warehouse import Warehouse

app = typer.Typer(
    cls=SwedishGroup,
    help="Uppföljning av god och nära vård i Västra Götaland.",
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    subcommand_metavar="KOMMANDO …",
    pretty_exceptions_enable=False,
)

File = Annotated[Path, typer.Argument(metavar="FIL", help="Filen: XLSX, XLS, ODS, CSV eller Parquet.")]
Batch = Annotated[int, typer.Argument(metavar="NR", help="Leveransens nummer; se ”fardplan batches”.")]
Json = Annotated[bool, typer.Option("--json", help="Skriv svaret som ett JSON-dokument.")]
By = Annotated[str | None, typer.Option(metavar="NAMN", help="Vem som gör det. [ditt användarnamn]")]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="En anteckning.")]


def read(file: Path) -> bytes:
    """The bytes of a file that was named on the command line."""
    if file.is_dir():
        raise fail(f"{file} är en mapp, inte en fil.")
    from etl.extract.container import refuse_size

    try:
        refused = refuse_size(file.stat().st_size)
        if refused is not None:
            raise fail(
                f"{file.name}: {refused['value'].item()}, {refused['expected'].item()}. {refused['hint'].item()}"
            )
        return file.read_bytes()
    except FileNotFoundError as error:
        raise fail(f"Filen {file} finns inte.") from error
    except OSError as error:
        raise fail(f"Filen {file} kan inte läsas.") from error


def among(what: str, value: str | None, known: list[str]) -> None:
    """Stop with the choices where a value isn't one of them."""
    if value is not None and value not in known:
        raise fail(f"{what} ”{value}” finns inte. Välj bland: {', '.join(known)}.")


def load_knowledge() -> Knowledge:
    """The catalogue and the population, as set up for this process."""
    from etl.catalogue import load_catalogue
    from etl.settings import settings

    return load_catalogue(settings().catalogue)


def opened(knowledge: Knowledge | None = None, on_step: OnStep | None = None) -> Warehouse:
    """The warehouse, with what is bundled loaded when it was empty."""
    from etl import console
    from etl.bundle import ensure_ready
    from etl.settings import settings
    from etl.warehouse import Warehouse

    warehouse = Warehouse(settings().warehouse)
    known = knowledge or load_knowledge()
    if on_step is not None:
        ensure_ready(warehouse, known, settings().data, on_step=on_step)
        return warehouse
    with console.steps(None) as told:
        ensure_ready(warehouse, known, settings().data, on_step=told)
    return warehouse


def published() -> Published:
    """What is published so far, to hold a file against; nothing where there is no warehouse yet."""
    from etl.jobs.difference_source import PublishedOnce
    from etl.settings import settings
    from etl.warehouse import Warehouse

    return PublishedOnce(Warehouse(settings().warehouse))


def remembered() -> Remembered:
    """How files that no reader knows are read, as far as somebody has said so."""
    from etl.jobs.mappings import remembered_in
    from etl.settings import settings
    from etl.warehouse import Warehouse

    return remembered_in(Warehouse(settings().warehouse))


def local_user() -> str:
    """Who is at the machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "okänd"


def print_json(document: Any) -> None:
    """Answer with one JSON document."""
    from etl.jobs.documents import write_json

    write_json(document, sys.stdout)
