"""The same table in every kind of file, made on the spot: .xlsx, .xls, .xlsb, .ods, .parquet, text and JSON."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import polars as pl
import xlwt

from tests.etl.extract.build import packed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Cell = str | int | float | None
Rows = "Sequence[Sequence[Cell]]"

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
_MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{_OFFICE}manifest:1.0"><manifest:file-entry '
    'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)


def ods(
    tables: Mapping[str, str], *, mimetype: str = "application/vnd.oasis.opendocument.spreadsheet"
) -> bytes:
    """An .ods of tables given as XML."""
    body = "".join(
        f"<table:table table:name={quoteattr(name)}>{rows}</table:table>" for name, rows in tables.items()
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        f'xmlns:office="{_OFFICE}office:1.0" xmlns:table="{_OFFICE}table:1.0" xmlns:text="{_OFFICE}text:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": mimetype.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": _MANIFEST.encode(),
        }
    )


def ods_cell(cell: Cell, more: str = "") -> str:
    """A cell as LibreOffice writes it."""
    if cell is None:
        return f"<table:table-cell{more}/>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"{more}><text:p>{escape(cell)}</text:p></table:table-cell>'
    shown = f"{cell:n}".replace(".", ",")
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"{more}><text:p>{shown}</text:p>'
        "</table:table-cell>"
    )


def ods_rows(rows: Rows) -> str:
    """Rows, with the repeated empty cells and rows that a sheet ends with."""
    inside = "".join(
        "<table:table-row>"
        + "".join(ods_cell(cell) for cell in row)
        + '<table:table-cell table:number-columns-repeated="16370"/></table:table-row>'
        for row in rows
    )
    return (
        f'{inside}<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )


def xls(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook of Excel 97."""
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(place, column, cell)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def record(kind: int, data: bytes = b"") -> bytes:
    """A record of a binary workbook."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(data), b""
    while True:
        size, low = size >> 7, size & 0x7F
        length += bytes([low | (0x80 if size else 0)])
        if not size:
            return head + length + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb_row(place: int, cells: Sequence[Cell]) -> bytes:
    """A row of records; a text that begins with # is an error."""
    found = [record(0, struct.pack("<IIHBBBI", place, 0, 300, 0, 0, 0, 0))]
    for column, cell in enumerate(cells):
        start = struct.pack("<II", column, 0)
        if isinstance(cell, str) and cell.startswith("#"):
            found.append(record(3, start + b"\x07"))
        elif isinstance(cell, str):
            found.append(record(6, start + _wide(cell)))
        elif cell is not None:
            found.append(record(5, start + struct.pack("<d", cell)))
    return b"".join(found)


def xlsb(sheets: Mapping[str, bytes]) -> bytes:
    """A binary workbook of sheets given as records of rows."""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    listed, parts, related = [], {}, []
    for place, (name, rows) in enumerate(sheets.items(), start=1):
        listed.append(record(156, struct.pack("<II", 0, place) + _wide(f"rId{place}") + _wide(name)))
        related.append(
            f'<Relationship Id="rId{place}" Type="{kinds}/worksheet" Target="worksheets/sheet{place}.bin"/>'
        )
        dimension = record(148, struct.pack("<IIII", 0, 0, 0, 0))
        parts[f"xl/worksheets/sheet{place}.bin"] = (
            record(129) + dimension + record(145) + rows + record(146) + record(130)
        )
    main = f'<Relationship Id="r" Type="{kinds}/officeDocument" Target="xl/workbook.bin"/>'
    book = record(131) + record(143) + b"".join(listed) + record(144) + record(132)
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>'.encode(),
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships">{main}</Relationships>'.encode(),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": (
                f'<Relationships xmlns="{package}/relationships">{"".join(related)}</Relationships>'
            ).encode(),
            **parts,
        }
    )


def parquet(columns: Mapping[str, Sequence[object]] | pl.DataFrame, **options: object) -> bytes:
    """A Parquet file."""
    content = io.BytesIO()
    pl.DataFrame(columns).write_parquet(content, **options)
    return content.getvalue()
