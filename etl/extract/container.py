"""What the bytes of a file are, told from the content alone, and how much of them is ever read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

from etl.extract import refusals
from schemas.swedish import number

if TYPE_CHECKING:
    import polars as pl

#: No delivery is larger than this.
MAX_BYTES = 200_000_000

#: A packed file may unpack to this many bytes at most, and its cells hold no more text.
MAX_UNPACKED = 600_000_000

#: Above this many unpacked bytes a file may not be packed tighter than `MAX_RATIO` to one.
RATIO_COUNTS_FROM = 20_000_000
MAX_RATIO = 250

#: No sheet is wider or longer than this, and none has more cells in the rectangle that it spans. Excel's own
#: sheets end at 1 048 576 rows.
MAX_COLUMNS = 500
MAX_ROWS = 1_100_000
MAX_CELLS = 12_000_000

#: How the content is packed: a ZIP (.xlsx, .xlsm, .xlsb, .ods), a compound file (.xls), Parquet, JSON, text.
Packing: TypeAlias = Literal["zip", "compound", "parquet", "json", "text"]

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARQUET = b"PAR1"

#: First bytes → what it is.
_MAGIC = {
    b"%PDF-": "en PDF-fil",
    b"\x89PNG": "en bild",
    b"\xff\xd8\xff": "en bild",
    b"GIF8": "en bild",
    b"\x1f\x8b": "en komprimerad fil",
    b"7z\xbc\xaf": "en komprimerad fil",
    b"Rar!": "en komprimerad fil",
    b"PARE": "en krypterad Parquet-fil",
    b"SQLite format 3": "en databas",
    b"{\\rtf": "ett textdokument",
}
_MARKUP = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(<!doctype html|<html|<\?xml|<table)", re.IGNORECASE)
_JSON = re.compile(rb'^(?:\xef\xbb\xbf)?\s*(\{\s*["}]|\[\s*[{\[])')


def refuse_size(size: int) -> pl.DataFrame | None:
    """The refusal of a file by its size alone, to be asked before anything of it is read; None where it fits.

    Args:
        size: Bytes, as the file system tells.
    """
    if size > MAX_BYTES:
        return refusals.too_large(megabytes(size), megabytes(MAX_BYTES))
    return None


def packing_of(content: bytes) -> Packing:
    """How a file is packed, by its first bytes."""
    if content.startswith((_ZIP, _EMPTY_ZIP)):
        return "zip"
    if content.startswith(_OLE2):
        return "compound"
    if content.startswith(_PARQUET):
        return "parquet"
    return "json" if _JSON.match(content[:200]) else "text"


def refuse_by_first_bytes(content: bytes) -> pl.DataFrame | None:
    """The reason why bytes can't be a table of text, or None."""
    for magic, what in _MAGIC.items():
        if content.startswith(magic):
            return refusals.not_a_spreadsheet(what)
    if _MARKUP.match(content[:200]):
        return refusals.not_a_spreadsheet("en webbsida eller ett XML-dokument")
    return None


def refuse_rectangle(rows: int, columns: int, sheet: str | None = None) -> pl.DataFrame | None:
    """The refusal of a sheet that is too wide, too long or both, or None.

    A lone cell far out in an otherwise empty sheet takes as much memory as a full one, so it is the rectangle
    that counts.

    Args:
        rows: Rows down to the last cell.
        columns: Columns out to the last cell.
        sheet: The sheet's name, where it is known.
    """
    if columns > MAX_COLUMNS:
        return refusals.too_many_columns(columns, MAX_COLUMNS, sheet)
    if rows > MAX_ROWS:
        return refusals.too_many_rows(rows, MAX_ROWS, sheet)
    if rows * columns > MAX_CELLS:
        return refusals.too_large(
            f"{number(rows * columns)} celler i ett blad", f"{number(MAX_CELLS)} celler i ett blad"
        )
    return None


def refuse_unpacked(unpacked: int, packed: int) -> pl.DataFrame | None:
    """The refusal of what unpacks to more than a delivery can need, or None.

    Args:
        unpacked: Bytes after unpacking.
        packed: Bytes before.
    """
    tight = unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * packed
    if unpacked > MAX_UNPACKED or tight:
        return refusals.too_large(megabytes(unpacked), f"{megabytes(MAX_UNPACKED)} uppackad")
    return None


def refuse_text(characters: int) -> pl.DataFrame | None:
    """The refusal of cells that hold more text than a delivery can need, or None.

    A text that is stored once and shown in a million cells takes a million times its size.
    """
    if characters > MAX_UNPACKED:
        return refusals.too_large(
            f"{megabytes(characters)} text i cellerna", f"{megabytes(MAX_UNPACKED)} text"
        )
    return None


def megabytes(size: int) -> str:
    """A size as `200 MB`, with a no-break space."""
    return f"{number(max(1, round(size / 1_000_000)))}\u00a0MB"
