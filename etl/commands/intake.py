"""`check`, `load` and `template`: files in, and what to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from etl.commands.common import (
    By,
    File,
    Json,
    Note,
    among,
    app,
    load_knowledge,
    local_user,
    opened,
    print_json,
    published,
    read,
    remembered,
)
from etl.swedish_cli import SwedishCommand, fail

if TYPE_CHECKING:
    from schemas.problem import Report

    Kind = Literal["observations", "allocations"]

_HAS_ERRORS = 1
_CHECK_STEPS = 4
_LOAD_STEPS = 6


@app.command(cls=SwedishCommand)
def check(
    file: File,
    as_json: Json = False,
    marked: Annotated[
        Path | None, typer.Option("--marked", metavar="UT.xlsx", help="Spara filen med felen markerade.")
    ] = None,
) -> None:
    """Visa vad som är fel i en fil. Inget lagras."""
    content = read(file)
    if marked is not None:
        _may_mark(content, file, marked)

    from etl import console
    from etl.jobs.delivery import check as check_delivery
    from etl.jobs.documents import check_document

    with console.steps(_CHECK_STEPS) as on_step:
        checked = check_delivery(
            content, load_knowledge(), mappings=remembered(), published=published(), on_step=on_step
        )
    if as_json:
        print_json(check_document(checked))
    else:
        console.show_checked(checked, file.name)
    if marked is not None:
        typer.echo(_save_marked(content, file, marked, checked.report), err=as_json)
    if not checked.ok:
        raise typer.Exit(_HAS_ERRORS)


def _may_mark(content: bytes, file: Path, target: Path) -> None:
    """Stop before the file is checked where the marked one can't be saved under that name."""
    from etl.jobs.marked_workbook import marked_name

    ending = Path(marked_name(content, file.name)).suffix
    if target.suffix.lower() != ending:
        raise fail(f"{target.name} slutar inte på {ending}. Byt namn på filen som ska sparas.")
    if target.exists():
        raise fail(f"{target} finns redan och skrivs inte över. Ange ett annat namn med --marked.")


def _save_marked(content: bytes, file: Path, target: Path, report: Report) -> str:
    from etl.jobs.marked_workbook import marked

    if report.frame.is_empty():
        return "Filen har inget att markera, så ingen fil är sparad."
    try:
        target.write_bytes(marked(content, file.name, report).content)
    except OSError as error:
        raise fail(f"Den markerade filen kan inte sparas som {target}.") from error
    return f"Filen med felen markerade är sparad som {target}."


@app.command(cls=SwedishCommand)
def load(
    file: File,
    publish: Annotated[bool, typer.Option("--publish", help="Publicera direkt.")] = False,
    by: By = None,
    note: Note = None,
    as_json: Json = False,
) -> None:
    """Lagra en fil som en leverans som väntar på att publiceras."""
    content = read(file)

    from etl import console
    from etl.jobs.delivery import Outcome, store
    from etl.jobs.delivery import check as check_delivery
    from etl.jobs.documents import load_document
    from etl.warehouse import anyone

    knowledge = load_knowledge()
    with console.steps(_LOAD_STEPS) as on_step:
        known = published()
        checked = check_delivery(content, knowledge, mappings=remembered(), published=known, on_step=on_step)
        outcome = Outcome(checked)
        if checked.ok:
            outcome = store(
                checked, content, file.name, knowledge=knowledge, warehouse=opened(knowledge, on_step),
                by=by or local_user(), publish=publish, note=note, published=known,
                on_step=on_step, permit=anyone,
            )  # fmt: skip
    if as_json:
        print_json(load_document(outcome))
    else:
        console.show_outcome(outcome, file.name)
    if not checked.ok:
        raise typer.Exit(_HAS_ERRORS)


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

    among("Mallen", kind, ["observations", "allocations"])
    writers = {"xlsx": template_xlsx, "csv": template_csv}
    among("Formatet", form, list(writers))
    path = out or Path(f"fardplan-mall-{'medel' if kind == 'allocations' else 'indikatorer'}.{form}")
    if path.suffix.lower() != f".{form}":
        raise fail(f"{path.name} slutar inte på .{form}. Byt namn, eller välj --format.")
    if path.exists():
        raise fail(f"{path} finns redan och skrivs inte över. Ange ett annat namn med --out.")
    content = writers[form](cast("Kind", kind), load_knowledge().catalogue)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise fail(f"Mallen kan inte sparas som {path}.") from error
    typer.echo(f"Mallen är sparad som {path}.")
