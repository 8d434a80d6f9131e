"""What a sheet of an .xlsx would take to read, told from its XML without parsing it.

Most sheets are cleared by a quick look. Only where one is wide, long or leaves out its cells' references is it
counted.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from etl.extract.container import MAX_ROWS, MAX_UNPACKED, refuse_rectangle, refuse_text

if TYPE_CHECKING:
    import polars as pl

_COLUMN = re.compile(rb"r\s*=\s*[\"']([A-Za-z]{1,7})\d")
_ROW = re.compile(rb"r\s*=\s*[\"'][A-Za-z]{0,7}(\d+)[\"']")

#: References to row 10 000 or later, to row 100 000, to row 1 000 000, to a column after K and to one after Z.
#: Down to row 1 100 000 a sheet of A to K is within `MAX_CELLS`, down to row 99 999 one of A to Z.
_LONG = re.compile(rb"r\s*=\s*[\"'][A-Za-z]{0,7}\d{5}")
_VERY_LONG = re.compile(rb"r\s*=\s*[\"'][A-Za-z]{0,7}\d{6}")
_TOO_LONG = re.compile(rb"r\s*=\s*[\"'][A-Za-z]{0,7}\d{7}")
_BROAD = re.compile(rb"r\s*=\s*[\"'](?:[L-Zl-z]|[A-Za-z]{2,})\d")
_WIDE = re.compile(rb"r\s*=\s*[\"'][A-Za-z]{2,}\d")

#: A cell without a reference stands to the right of the one before it; a row without one, below.
_NAMELESS_CELL = re.compile(rb"<(?:\w+:)?c(?:>|\s+(?!r\s*=)|/)")
_PLAIN_CELL = re.compile(rb"<c(?:>|\s+(?!r\s*=)|/)")
_PLAIN_ROW = re.compile(rb"<row(?:>|\s+(?!r\s*=)|/)")
_NAMELESS_ROW = re.compile(rb"<(?:\w+:)?row(?:>|\s+(?!r\s*=)|/)")
_ANY_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")

_SHARED = re.compile(rb"<(?:\w+:)?si[\s>/]")
_SHARED_INDEX = re.compile(rb"t\s*=\s*[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})")
_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")


class SharedTexts:
    """The texts that cells of all sheets refer to.

    Args:
        data: The part that holds them.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def lengths(self) -> list[int]:
        """Bytes of each text, markup included."""
        return [len(text) for text in _SHARED.split(self._data)[1:]]

    def shown(self, sheet: bytes) -> int:
        """Bytes of text that a sheet's cells show; an upper bound where that is small."""
        cells = sheet.count(b'"s"') + sheet.count(b"'s'")
        if len(self._data) * cells <= MAX_UNPACKED:
            return 0
        longest = max(self.lengths, default=0)
        if longest * cells <= MAX_UNPACKED:
            return longest * cells
        found = [place for text in _SHARED_INDEX.findall(sheet) if (place := int(text)) < len(self.lengths)]
        return sum(map(self.lengths.__getitem__, found)) + longest * max(0, cells - len(found))


def has_errors(sheet: bytes) -> bool:
    """True where some cell holds an Excel error such as #DIV/0!."""
    return (b'"e"' in sheet or b"'e'" in sheet) and _ERROR.search(sheet) is not None


def refuse_sheet(sheet: bytes, texts: SharedTexts) -> pl.DataFrame | None:
    """Refuse a sheet for the rectangle that its cells span or for the text in them, or None.

    Args:
        sheet: Its XML.
        texts: What its cells may refer to.
    """
    refused = _refuse_extent(sheet)
    return refuse_text(texts.shown(sheet)) if refused is None else refused


def _refuse_extent(sheet: bytes) -> pl.DataFrame | None:
    nameless = _has_nameless(sheet)
    if not nameless and _is_small(sheet):
        return None
    columns = max(map(column_number, set(_COLUMN.findall(sheet))), default=0)
    rows = 0
    if nameless or _LONG.search(sheet):
        rows = max(map(int, set(_ROW.findall(sheet))), default=0)
    if nameless:
        across, down = _counted(sheet)
        columns, rows = columns + across, rows + down
    return refuse_rectangle(rows, columns)


def _has_nameless(sheet: bytes) -> bool:
    """True where some cell or row has no reference."""
    prefixed = b":c" in sheet or b":row" in sheet
    patterns = (_NAMELESS_CELL, _NAMELESS_ROW) if prefixed else (_PLAIN_CELL, _PLAIN_ROW)
    return any(pattern.search(sheet) for pattern in patterns)


def _is_small(sheet: bytes) -> bool:
    if _WIDE.search(sheet):
        return False
    return not (_VERY_LONG.search(sheet) and (_BROAD.search(sheet) or _TOO_LONG.search(sheet)))


def _counted(sheet: bytes) -> tuple[int, int]:
    """Cells without a reference in the fullest row, and rows without one, so that none can hide."""
    across = start = 0
    for row in _ANY_ROW.finditer(sheet):
        across = max(across, _cells(sheet, start, row.start()))
        start = row.end()
    across = max(across, _cells(sheet, start, len(sheet)))
    nameless = islice(_NAMELESS_ROW.finditer(sheet), MAX_ROWS + 1)
    return across, sum(1 for _ in nameless)


def _cells(sheet: bytes, start: int, end: int) -> int:
    """At least as many as there are cells in a piece of XML, if some of them have no reference."""
    if not _NAMELESS_CELL.search(sheet, start, end):
        return 0
    return sheet.count(b"<c", start, end) + sheet.count(b":c", start, end)


def column_number(letters: bytes) -> int:
    """Excel's column letters as a number: A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
