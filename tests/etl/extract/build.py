"""Workbooks and text tables made on the spot."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import polars as pl
import xlsxwriter

from etl.extract.model import Sheet, Workbook
from etl.extract.recognise import recognise
from etl.extract.workbook import open_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from etl.extract.model import Extracted


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[Any]]], *, hidden: Sequence[str] = (), left: int = 0
) -> bytes:
    """A workbook with the given cells; None leaves a cell out, `left` empty columns stand before them."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for place, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if cell is not None:
                        sheet.write(place, column + left, cell)
    return content.getvalue()


def repacked(content: bytes, **changes: bytes | None) -> bytes:
    """A ZIP with parts replaced (`sheet1` for xl/worksheets/sheet1.xml), or left out with None."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            key = part.filename.rsplit("/", 1)[-1].split(".")[0]
            data = changes.get(key, old.read(part))
            if data is not None:
                new.writestr(part.filename, data)
    return target.getvalue()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Any ZIP."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def lines(*rows: str, end: str = "\n", encoding: str = "utf-8") -> bytes:
    """A text file."""
    return "".join(f"{row}{end}" for row in rows).encode(encoding)


def opened(content: bytes) -> Workbook:
    """A file that must open."""
    found, problems = open_workbook(content)
    assert found is not None, problems.rows()
    return found


def cells(content: bytes) -> list[tuple[str | None, ...]]:
    """The cells of the first sheet."""
    return opened(content).sheets[0].cells.rows()


def extracted(content: bytes) -> Extracted:
    """A file that must be recognised."""
    found, problems = recognise(opened(content))
    assert found is not None, problems.rows()
    return found


def workbook(**sheets: Sequence[Sequence[str | None]]) -> Workbook:
    """A workbook of text, without a file."""
    return Workbook(
        "xlsx",
        tuple(
            Sheet(name, pl.DataFrame(rows, schema=[f"c{i}" for i in range(len(rows[0]))], orient="row"))
            for name, rows in sheets.items()
        ),
    )
