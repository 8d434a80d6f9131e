"""Mappings in the warehouse: read back and checked, kept, forgotten; and the guess for a new file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from etl.extract import mapped
from etl.extract.fingerprint import of_mapping
from etl.extract.guess import guess
from etl.extract.mapping_problems import WORDS
from etl.jobs.readings import readings
from etl.jobs.row_checks import other_periods
from etl.transform.observations import to_observations
from schemas.clock import in_sweden
from schemas.mapping import Column, Fixed, Mapping
from schemas.problem import Report

if TYPE_CHECKING:
    import polars as pl

    from etl.extract.model import Workbook
    from etl.warehouse import Permit, Warehouse
    from schemas.catalogue import Catalogue

#: Rows of a sheet that a preview reads.
PREVIEWED_ROWS = 1_000


def remembered(mappings: pl.DataFrame) -> dict[str, Mapping]:
    """What is remembered of files that no reader knows, the latest first.

    What this version of the program can't read is left out: such a file is asked about again.

    Args:
        mappings: Columns fingerprint, name, content and at, as in `Snapshot.mappings`.

    Returns:
        Fingerprint → mapping.
    """
    found: dict[str, Mapping] = {}
    for row in mappings.sort("at", descending=True).iter_rows(named=True):
        mapping = _read(row["content"])
        if mapping is not None:
            found[row["fingerprint"]] = mapping.model_copy(update={"name": row["name"]})
    return found


def _read(content: str) -> Mapping | None:
    try:
        return Mapping.model_validate_json(content)
    except ValidationError:
        return None


def remember(
    mapping: Mapping, workbook: Workbook, warehouse: Warehouse, *, by: str, permit: Permit
) -> str | None:
    """Keep a mapping for the next file of the same shape.

    Args:
        mapping: The mapping that the file was read with.
        workbook: The file.
        warehouse: Where to keep it.
        by: Who said so.
        permit: Asked for `map`.

    Returns:
        The fingerprint; None where the file has no headings in the row that the mapping says.
    """
    fingerprint = of_mapping(workbook, mapping)
    if fingerprint is not None:
        content = mapping.to_remember().model_dump_json()
        warehouse.remember_mapping(fingerprint, mapping.name, content, by=by, permit=permit)
    return fingerprint


def guessed(
    workbook: Workbook,
    catalogue: Catalogue,
    *,
    name: str,
    sheet: str | None = None,
    row: int | None = None,
    height: int | None = None,
) -> Mapping | None:
    """The most likely mapping of a file, with the catalogue's names; arguments as for `etl.extract.guess`."""
    return guess(workbook, readings(catalogue), name=name, sheet=sheet, row=row, height=height)


def preview(workbook: Workbook, mapping: Mapping, catalogue: Catalogue) -> tuple[pl.DataFrame, Report]:
    """The first rows of a file as a mapping reads them.

    Args:
        workbook: The file.
        mapping: What its columns are.
        catalogue: The names, bounds and age groups that are known.

    Returns:
        Canonical observations, and what is wrong with these rows.
    """
    rows = mapping.header_row + PREVIEWED_ROWS
    short = replace(
        workbook, sheets=tuple(replace(sheet, cells=sheet.cells.head(rows)) for sheet in workbook.sheets)
    )
    extracted = mapped.read(short, mapping)
    observations, unread = to_observations(extracted, catalogue, origin="uploaded")
    report = Report.of(
        extracted.problems, unread, other_periods(observations, catalogue, extracted.headings.get("period"))
    )
    return observations.sort("sheet", "row", maintain_order=True), report


def remembered_in(warehouse: Warehouse) -> dict[str, Mapping]:
    """What a warehouse remembers; nothing where there is none yet. See `remembered`."""
    return remembered(warehouse.mappings()) if warehouse.version else {}


def mappings_document(known: pl.DataFrame) -> list[dict[str, Any]]:
    """Remembered mappings for other programs: `id`, `name`, `at`, `by`, and the `mapping` itself.

    `mapping` is null where this version of the program can't read it.

    Args:
        known: As `Snapshot.mappings` gives them.
    """
    return [
        {
            "id": row["fingerprint"],
            "name": row["name"],
            "at": row["at"].isoformat(timespec="seconds"),
            "by": row["by"],
            "mapping": found.model_dump(mode="json") if (found := _read(row["content"])) else None,
        }
        for row in known.iter_rows(named=True)
    ]


def mapping_lines(known: pl.DataFrame, length: int) -> list[str]:
    """Remembered mappings in words, a line each.

    Args:
        known: As `Snapshot.mappings` gives them.
        length: Characters of the id to show.
    """
    lines = []
    for row in known.sort("name").iter_rows(named=True):
        found = _read(row["content"])
        said = _in_words(found) if found else "går inte att läsa i den här versionen"
        day = f"{in_sweden(row['at']):%Y-%m-%d}"
        lines.append(f"{row['fingerprint'][:length]}  {row['name']}: {said} ({day}, {row['by']})")
    return lines


def _in_words(mapping: Mapping) -> str:
    """`område ur Kommun, period ur rubrikerna, värde ur Andel`."""
    told = {
        "sheet": "bladets namn",
        "title": "raden ovanför rubrikerna",
        "headings": "rubrikerna",
        "asked": "den som lämnar filen",
    }
    said = []
    for name, source in mapping.fields.items():
        if isinstance(source, Column):
            where = source.heading or f"kolumn {source.column + 1}"
        elif isinstance(source, Fixed):
            said.append(f"{WORDS[name]} {source.text}")
            continue
        else:
            where = told.get(source.kind, "flera kolumner")
        said.append(f"{WORDS[name]} ur {where}")
    return ", ".join(said)
