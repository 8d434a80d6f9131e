"""What the bytes of a file are, told from the content alone, and whether an XLSX is safe to unpack."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from etl.extract import refusals
from schemas.swedish import number

if TYPE_CHECKING:
    import polars as pl

#: No delivery is larger than this.
MAX_BYTES = 200_000_000

#: An XLSX may unpack to this many bytes at most.
MAX_UNPACKED = 600_000_000

#: Above this many unpacked bytes an XLSX may not be packed tighter than `MAX_RATIO` to one.
RATIO_COUNTS_FROM = 20_000_000
MAX_RATIO = 250

#: No sheet is wider than this, and none has more cells in the rectangle that it spans.
MAX_COLUMNS = 500
MAX_CELLS = 12_000_000

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: First bytes → what it is.
_MAGIC = {
    b"%PDF-": "en PDF-fil",
    b"\x89PNG": "en bild",
    b"\xff\xd8\xff": "en bild",
    b"GIF8": "en bild",
    b"\x1f\x8b": "en komprimerad fil",
    b"7z\xbc\xaf": "en komprimerad fil",
    b"Rar!": "en komprimerad fil",
    b"PAR1": "en Parquet-fil",
    b"SQLite format 3": "en databas",
    b"{\\rtf": "ett textdokument",
}
_MARKUP = re.compile(rb"^\s*(<!doctype html|<html|<\?xml|<table)", re.IGNORECASE)
_JSON = re.compile(rb'^\s*(\{\s*["}]|\[\s*[{\[])')

_DECLARATION = "<!DOCTYPE"
_COLUMN = re.compile(rb"r\s*=\s*[\"']([A-Z]{1,3})\d")
_ROW = re.compile(rb"r\s*=\s*[\"'][A-Z]{0,3}(\d{1,9})[\"']")

#: References to row 10 000 or later, to row 100 000 or later, to a column after K and to one after Z. A sheet
#: of A to K is within `MAX_CELLS` however long, one of A to Z below row 100 000.
_LONG = re.compile(rb"r\s*=\s*[\"'][A-Z]{0,3}\d{5}")
_VERY_LONG = re.compile(rb"r\s*=\s*[\"'][A-Z]{0,3}\d{6}")
_BROAD = re.compile(rb"r\s*=\s*[\"'](?:[L-Z]|[A-Z]{2,})\d")
_WIDE = re.compile(rb"r\s*=\s*[\"'][A-Z]{2,}\d")
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml$", re.IGNORECASE)


def is_zip(content: bytes) -> bool:
    """True for anything packed as ZIP, XLSX among it."""
    return content.startswith((_ZIP, _EMPTY_ZIP))


def refuse_by_first_bytes(content: bytes) -> pl.DataFrame | None:
    """The reason why bytes that aren't a ZIP can't be a table of text, or None."""
    if content.startswith(_OLE2):
        return _ole2(content)
    for magic, what in _MAGIC.items():
        if content.startswith(magic):
            return refusals.not_a_spreadsheet(what)
    if _MARKUP.match(content[:200]):
        return refusals.not_a_spreadsheet("en webbsida eller ett XML-dokument")
    if _JSON.match(content[:200]):
        return refusals.not_a_spreadsheet("ett JSON-dokument")
    return None


def _ole2(content: bytes) -> pl.DataFrame:
    """An encrypted XLSX, an .xls or some other document of old Office, told by the names of its streams."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return refusals.password_protected()
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book\0")):
        return refusals.old_excel(".xls")
    return refusals.not_a_spreadsheet("ett äldre Office-dokument")


def refuse_zip(content: bytes) -> pl.DataFrame | None:
    """The reason why a ZIP can't be read as XLSX, or None.

    Everything is told before the reader unpacks it: a file that isn't a workbook, is cut off, declares XML
    entities, or would take more memory than a delivery can need, by what it unpacks to or by a lone cell far
    out in an otherwise empty sheet.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            refused = _other_format(archive)
            refused = _too_much(archive, len(content)) if refused is None else refused
            return _unsafe_parts(archive) if refused is None else refused
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        KeyError,
        OverflowError,
        NotImplementedError,
    ):
        return refusals.damaged_file()
    except RuntimeError:
        return refusals.password_protected()


def _other_format(archive: zipfile.ZipFile) -> pl.DataFrame | None:
    names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    if "xl/workbook.xml" in names:
        return None
    if "xl/workbook.bin" in names:
        return refusals.old_excel(".xlsb")
    if "content.xml" in names and "mimetype" in names:
        return refusals.old_excel(".ods")
    if "word/document.xml" in names:
        return refusals.not_a_spreadsheet("ett Word-dokument")
    if "ppt/presentation.xml" in names:
        return refusals.not_a_spreadsheet("en presentation")
    return refusals.not_a_spreadsheet("en komprimerad fil")


def _too_much(archive: zipfile.ZipFile, packed: int) -> pl.DataFrame | None:
    unpacked = sum(part.file_size for part in archive.infolist())
    tight = unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * packed
    if unpacked > MAX_UNPACKED or tight:
        return refusals.too_large(megabytes(unpacked), f"{megabytes(MAX_UNPACKED)} uppackad")
    return None


def _unsafe_parts(archive: zipfile.ZipFile) -> pl.DataFrame | None:
    for part in archive.infolist():
        data = archive.read(part)
        if part.filename.lower().endswith((".xml", ".rels")) and _declares(data):
            return refusals.forbidden_content()
        if _SHEET_PART.search(part.filename):
            refused = _too_wide(data)
            if refused is not None:
                return refused
    return None


def _declares(xml: bytes) -> bool:
    """True for a document type, without which XML can't declare entities."""
    if b"\0" in xml[:4]:
        return any(_DECLARATION.encode(code) in xml for code in ("utf-16-le", "utf-16-be"))
    return _DECLARATION.encode() in xml


def _too_wide(sheet: bytes) -> pl.DataFrame | None:
    """Refuse the rectangle that the sheet's cells span; most sheets are cleared by a quick look."""
    if not _WIDE.search(sheet) and not (_BROAD.search(sheet) and _VERY_LONG.search(sheet)):
        return None
    columns = max(map(column_number, set(_COLUMN.findall(sheet))), default=0)
    if columns > MAX_COLUMNS:
        return refusals.too_many_columns(columns, MAX_COLUMNS)
    if not _LONG.search(sheet):
        return None
    cells = columns * max(map(int, set(_ROW.findall(sheet))), default=0)
    if cells > MAX_CELLS:
        return refusals.too_large(
            f"{number(cells)} celler i ett blad", f"{number(MAX_CELLS)} celler i ett blad"
        )
    return None


def column_number(letters: bytes) -> int:
    """Excel's column letters as a number: A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def megabytes(size: int) -> str:
    """A size as `200 MB`, with a no-break space."""
    return f"{max(1, round(size / 1_000_000))}\u00a0MB"
