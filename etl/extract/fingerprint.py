"""The fingerprint of a file's shape: what makes the next file of the same kind the same, and no cell of it.

It is made of where the headings stand and what they are, folded, with their periods taken out: a table with
one column a year has the same fingerprint when it has one more year. Order counts, since a column without a
heading is told by its place; empty columns at the end don't.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from etl.extract.heads import PERIOD_MARK, Head, normal, read_head

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Remembered

    from etl.extract.model import Sheet, Workbook
    from schemas.mapping import Mapping

_VERSION = 1


def fingerprint(sheet: Sheet, row: int, height: int = 1) -> str | None:
    """The fingerprint of a sheet whose headings stand in the given rows.

    Args:
        sheet: The sheet.
        row: Row of the lowest headings, from 1.
        height: How many rows they stand in.

    Returns:
        A hexadecimal sha256; None where the sheet ends above the headings or has none there.
    """
    head = read_head(sheet.cells, row, height)
    shape = _shape(head) if head else []
    if head is None or not shape:
        return None
    content = json.dumps([_VERSION, row, height, shape], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def _shape(head: Head) -> list[str]:
    """The headings in order; of those with a period, each kind once."""
    shape: list[str] = []
    seen: set[str] = set()
    for name in head.names:
        text = normal(name)
        if PERIOD_MARK in text:
            if text in seen:
                continue
            seen.add(text)
        shape.append(text)
    while shape and not shape[-1]:
        shape.pop()
    return shape


def of_mapping(workbook: Workbook, mapping: Mapping) -> str | None:
    """The fingerprint under which a mapping of this workbook is remembered."""
    named = [sheet for sheet in workbook.sheets if sheet.name == mapping.sheet]
    for sheet in named or workbook.sheets:
        found = fingerprint(sheet, mapping.header_row, mapping.header_height)
        if found is not None:
            return found
    return None


def remembered_for(workbook: Workbook, mappings: Remembered[str, Mapping]) -> tuple[str, Mapping] | None:
    """The mapping that is remembered for a workbook's shape, with its fingerprint; None where there is none.

    Args:
        workbook: A file opened as text.
        mappings: Fingerprint → mapping, the one to prefer first.
    """
    places = dict.fromkeys((mapping.header_row, mapping.header_height) for mapping in mappings.values())
    found = set(_fingerprints(workbook.sheets, places))
    return next(((key, mapping) for key, mapping in mappings.items() if key in found), None)


def _fingerprints(sheets: Iterable[Sheet], places: Iterable[tuple[int, int]]) -> Iterable[str]:
    kept = list(places)
    for sheet in sheets:
        for row, height in kept:
            found = fingerprint(sheet, row, height)
            if found is not None:
                yield found
