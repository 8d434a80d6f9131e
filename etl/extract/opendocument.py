"""What an .ods would take to read, told from its XML without parsing it, and its error cells made readable.

Rows and cells may say that they are repeated a million times, and most files do at their right and lower
edges, where nothing stands. So only what holds something is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.extract import refusals
from etl.extract.container import MAX_CELLS, refuse_rectangle, refuse_text
from schemas.swedish import number

if TYPE_CHECKING:
    import polars as pl

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    b'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    b'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    b'<manifest:file-entry manifest:full-path="/" manifest:media-type="'
    + MIMETYPE
    + b'"/></manifest:manifest>'
)

#: The attributes of an element; a greater-than sign may stand inside them.
_ATTRIBUTES = rb"((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)"

_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"']([^\"']*)[\"']")
_TABLE = re.compile(rb"<table:table[\s>]")
_ROW = re.compile(rb"<table:table-row\b" + _ATTRIBUTES)
_CELL = re.compile(
    rb"<table:(?:covered-)?table-cell\b" + _ATTRIBUTES + rb">(\s*</table:(?:covered-)?table-cell\s*>)?"
)
_SPACES = re.compile(rb"<text:s\b[^>]*text:c\s*=\s*[\"']([^\"']*)[\"']")
_ERROR = re.compile(rb"<table:table-cell\b[^>]*calcext:value-type\s*=\s*[\"']error[\"'][^>]*>")
_SAID = re.compile(rb"\s(?:office|calcext):[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_LONGEST_COUNT = 9


def is_encrypted(manifest: bytes) -> bool:
    """True for a file with a password."""
    return b"encryption-data" in manifest


def is_spreadsheet(content: bytes) -> bool:
    """True for a document of cells, not of text or slides."""
    return b"<office:spreadsheet" in content


@dataclass
class _Extent:
    """What the rows of a sheet come to so far; `rows` counts down to the last that holds something."""

    rows: int = 0
    columns: int = 0
    empty: int = 0
    kept: int = 0
    text: int = 0


def refuse_content(content: bytes) -> pl.DataFrame | None:
    """Refuse a file for what its repeated cells, rows and spaces would unpack to, or None.

    Args:
        content: Its content.xml.
    """
    counts = [*_REPEATED.findall(content), *_SPACES.findall(content)]
    if not all(count.isdigit() and len(count) <= _LONGEST_COUNT for count in counts):
        return refusals.damaged_file()
    for table in _TABLE.split(content)[1:]:
        found = _extent(table)
        refused = refuse_rectangle(found.rows, found.columns)
        refused = refuse_text(found.text) if refused is None else refused
        if refused is None and found.kept > MAX_CELLS:
            refused = refusals.too_large(f"{number(found.kept)} celler", f"{number(MAX_CELLS)} celler")
        if refused is not None:
            return refused
    return None


def _extent(table: bytes) -> _Extent:
    found = _Extent()
    rows = list(_ROW.finditer(table))
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        end = following.start() if following else len(table)
        body = table[row.end() : end]
        if b"repeated" in body or b"text:c" in body:
            _add(found, _times(row.group(1)), *_measured(body))
        else:
            cells = body.count(b"<table:table-cell") + body.count(b"<table:covered-table-cell")
            filled = b"office:" in body or b"<text:" in body
            _add(found, _times(row.group(1)), cells if filled else 0, cells, len(body))
    return found


def _add(found: _Extent, times: int, used: int, kept: int, size: int) -> None:
    found.kept += kept
    if not used:
        found.empty += times
        return
    found.rows += found.empty + times
    found.empty = 0
    found.columns = max(found.columns, used)
    found.text += size * times


def _times(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return int(found.group(1)) if found else 1


def _measured(row: bytes) -> tuple[int, int, int]:
    """Cells out to the last that holds something, cells that a reader keeps, and bytes of what they hold."""
    used = place = size = 0
    cells = list(_pieces(row))
    for times, content in cells:
        place += times
        if content:
            used = place
            size += times * content
    last_is_empty = bool(cells) and not cells[-1][1]
    return used, place - (cells[-1][0] if last_is_empty else 0), size


def _pieces(row: bytes) -> Iterator[tuple[int, int]]:
    """For each cell: how often it is repeated, and the bytes that it holds, 0 where it is empty."""
    cells = list(_CELL.finditer(row))
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        attributes, closed = cell.groups()
        end = following.start() if following else len(row)
        content = row[cell.start() : end]
        empty = (attributes.endswith(b"/") or closed is not None) and b"office:" not in attributes
        filled = not empty and (b"office:" in attributes or b"<text:" in content)
        spaces = sum(map(int, _SPACES.findall(content))) if b"text:c" in content else 0
        yield _times(attributes), len(content) + spaces if filled else 0


def with_errors_as_text(content: bytes) -> bytes:
    """The content with cells that hold an error as cells of text, such as #DIV/0!.

    They are stored as an empty text or as a zero, which would be read as a figure.
    """
    if b'"error"' not in content and b"'error'" not in content:
        return content
    return _ERROR.sub(_as_text, content)


def _as_text(cell: re.Match[bytes]) -> bytes:
    said = _SAID.sub(b"", cell.group())
    return said.replace(b"<table:table-cell", b'<table:table-cell office:value-type="string"', 1)
