"""The command `fardplan`: one verb a command, thin.

Answers go to standard output, everything else to standard error. With `--json` standard output holds one JSON
document and nothing else. Exit codes: 0 done, 1 the file has errors, 2 a wrong call or a stop. The heavy
imports wait until a verb needs them, so that help is there at once.
"""

from __future__ import annotations

import getpass
import io
import os
import runpy
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer

from etl.swedish_cli import SwedishCommand, SwedishGroup, check_free, fail, set_verbose

if TYPE_CHECKING:
    from etl.catalogue import Knowledge
    from etl.jobs.delivery import OnStep
    from etl.warehouse import Warehouse

    Kind = Literal["observations", "allocations"]

_HAS_ERRORS = 1
_CHECK_STEPS = 4
_LOAD_STEPS = 6
_SERVER = "dashboard"
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, never bound to
_DOING = {"publish": "Publicerar", "withdraw": "Återkallar", "restore": "Återställer"}

app = typer.Typer(
    cls=SwedishGroup,
    help="Uppföljning av god och nära vård i Västra Götaland.",
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    subcommand_metavar="KOMMANDO …",
    pretty_exceptions_enable=False,
)

File = Annotated[Path, typer.Argument(metavar="FIL", help="Filen: CSV eller XLSX.")]
Batch = Annotated[int, typer.Argument(metavar="NR", help="Leveransens nummer; se ”fardplan batches”.")]
Json = Annotated[bool, typer.Option("--json", help="Skriv svaret som ett JSON-dokument.")]
By = Annotated[str | None, typer.Option(metavar="NAMN", help="Vem som gör det. [ditt användarnamn]")]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="En anteckning.")]


@app.callback()
def _main(
    verbose: Annotated[bool, typer.Option("--verbose", help="Visa detaljer när något går fel.")] = False,
) -> None:
    set_verbose(verbose)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A pipe on Windows can't write every sign that a page can.
            stream.reconfigure(errors="replace")
    from etl.console import log_to_stderr

    log_to_stderr(verbose=verbose)


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
        _opened()
    check_free(address, port)
    os.environ["FARDPLAN_ADDRESS"] = address
    os.environ["FARDPLAN_PORT"] = str(port)
    host = "127.0.0.1" if address in _EVERYWHERE else address
    typer.echo(f"Uppgifterna ligger i {settings().warehouse}.", err=True)
    typer.echo(f"Öppna http://{host}:{port} i webbläsaren. Avsluta med Ctrl+C.", err=True)
    runpy.run_module(_SERVER, run_name="__main__", alter_sys=True)


@app.command(cls=SwedishCommand)
def check(file: File, as_json: Json = False) -> None:
    """Visa vad som är fel i en fil. Inget lagras."""
    content = _read(file)

    from etl import console
    from etl.jobs.delivery import check as check_delivery
    from etl.jobs.documents import check_document

    with console.steps(_CHECK_STEPS) as on_step:
        checked = check_delivery(content, _knowledge(), on_step=on_step)
    if as_json:
        _print_json(check_document(checked))
    else:
        console.show_checked(checked, file.name)
    if not checked.ok:
        raise typer.Exit(_HAS_ERRORS)


@app.command(cls=SwedishCommand)
def load(
    file: File,
    publish: Annotated[bool, typer.Option("--publish", help="Publicera direkt.")] = False,
    by: By = None,
    note: Note = None,
    as_json: Json = False,
) -> None:
    """Lagra en fil som en leverans som väntar på att publiceras."""
    content = _read(file)

    from etl import console
    from etl.jobs.delivery import Outcome, store
    from etl.jobs.delivery import check as check_delivery
    from etl.jobs.documents import load_document

    knowledge = _knowledge()
    with console.steps(_LOAD_STEPS) as on_step:
        checked = check_delivery(content, knowledge, on_step=on_step)
        outcome = Outcome(checked)
        if checked.ok:
            outcome = store(
                checked, content, file.name, knowledge=knowledge, warehouse=_opened(knowledge, on_step),
                by=by or _user(), publish=publish, note=note, on_step=on_step,
            )  # fmt: skip
    if as_json:
        _print_json(load_document(outcome))
    else:
        console.show_outcome(outcome, file.name)
    if not checked.ok:
        raise typer.Exit(_HAS_ERRORS)


@app.command(cls=SwedishCommand)
def batches(as_json: Json = False) -> None:
    """Lista alla leveranser."""
    from etl import console
    from etl.jobs.documents import batches_document

    frame = _opened().batches()
    if as_json:
        _print_json(batches_document(frame))
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

    knowledge = _knowledge()
    change = {
        "publish": publishing.publish,
        "withdraw": publishing.withdraw,
        "restore": publishing.restore,
    }[verb]
    with console.steps(None) as on_step:
        warehouse = _opened(knowledge, on_step)
        on_step(f"{_DOING[verb]} och räknar")
        change(warehouse, batch, knowledge=knowledge, by=by or _user(), note=note)
    typer.echo(done)


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

    knowledge = _knowledge()
    catalogue = knowledge.catalogue
    _among("Indelningen", division, [ALL_DIVISIONS, *catalogue.divisions])
    _among("Indikatorn", indicator, list(catalogue.indicators))
    judgements = with_undelivered(_opened(knowledge).judgements(), catalogue)
    rows = status_rows(judgements, catalogue, division=division, indicator=indicator)
    if as_json:
        _print_json(status_document(rows, catalogue))
    else:
        console.show_status(rows, catalogue)


@app.command(cls=SwedishCommand)
def template(
    kind: Annotated[
        str, typer.Option(help="observations eller allocations (medel). [observations]")
    ] = "observations",
    form: Annotated[str, typer.Option("--format", help="xlsx eller csv. [xlsx]")] = "xlsx",
    out: Annotated[Path | None, typer.Option(metavar="FIL", help="Var mallen sparas.")] = None,
) -> None:
    """Spara en mall att fylla i."""
    from etl.extract.write_template import template_csv, template_xlsx

    _among("Mallen", kind, ["observations", "allocations"])
    writers = {"xlsx": template_xlsx, "csv": template_csv}
    _among("Formatet", form, list(writers))
    path = out or Path(f"fardplan-mall-{'medel' if kind == 'allocations' else 'indikatorer'}.{form}")
    if path.suffix.lower() != f".{form}":
        raise fail(f"{path.name} slutar inte på .{form}. Byt namn, eller välj --format.")
    if path.exists():
        raise fail(f"{path} finns redan och skrivs inte över. Ange ett annat namn med --out.")
    content = writers[form](cast("Kind", kind), _knowledge().catalogue)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise fail(f"Mallen kan inte sparas som {path}.") from error
    typer.echo(f"Mallen är sparad som {path}.")


def _read(file: Path) -> bytes:
    if file.is_dir():
        raise fail(f"{file} är en mapp, inte en fil.")
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise fail(f"Filen {file} finns inte.") from error
    except OSError as error:
        raise fail(f"Filen {file} kan inte läsas.") from error


def _among(what: str, value: str | None, known: list[str]) -> None:
    if value is not None and value not in known:
        raise fail(f"{what} ”{value}” finns inte. Välj bland: {', '.join(known)}.")


def _knowledge() -> Knowledge:
    from etl.catalogue import load_catalogue
    from etl.settings import settings

    return load_catalogue(settings().catalogue)


def _opened(knowledge: Knowledge | None = None, on_step: OnStep | None = None) -> Warehouse:
    """The warehouse, with what is bundled loaded when it was empty."""
    from etl import console
    from etl.bundle import ensure_ready
    from etl.settings import settings
    from etl.warehouse import Warehouse

    warehouse = Warehouse(settings().warehouse)
    known = knowledge or _knowledge()
    if on_step is not None:
        ensure_ready(warehouse, known, settings().data, on_step=on_step)
        return warehouse
    with console.steps(None) as told:
        ensure_ready(warehouse, known, settings().data, on_step=told)
    return warehouse


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "okänd"


def _print_json(document: Any) -> None:
    from etl.jobs.documents import write_json

    write_json(document, sys.stdout)
