"""Mappings in the warehouse: read back and checked, kept, forgotten; and the guess for a new file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import ValidationError

from etl.extract import mapped
from etl.extract.fingerprint import of_mapping
from etl.extract.guess import guess
from etl.jobs.readings import readings
from etl.transform.observations import to_observations
from schemas.mapping import Mapping
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
    return observations, Report.of(extracted.problems, unread)
