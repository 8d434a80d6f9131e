"""What a sheet of an .xlsb would take to read, told by walking its records (MS-XLSB 2.1.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.extract import refusals
from etl.extract.container import refuse_rectangle, refuse_text
from schemas.swedish import number

if TYPE_CHECKING:
    import polars as pl

#: A binary workbook with more records than this is larger than a delivery.
MAX_RECORDS = 5_000_000

_ROW = 0
_FIRST_CELL, _LAST_CELL = 1, 11
_ERRORS = (3, 11)
_SHARED = 7
_SHARED_ITEM = 19
_SHEET = 156

_MORE = 0x80
_LOW = 0x7F
_LENGTH_BYTES = 4

Record = tuple[int, int, int]


@dataclass(frozen=True)
class Found:
    """What a binary sheet holds.

    Attributes:
        refused: Why it isn't read, or None.
        errors: True where some cell holds an Excel error.
    """

    refused: pl.DataFrame | None
    errors: bool


def too_many_records() -> pl.DataFrame:
    """The refusal of a binary workbook with more records than a delivery has."""
    return refusals.too_large(f"mer än {number(MAX_RECORDS)} poster", f"{number(MAX_RECORDS)} poster")


def records(data: bytes) -> Iterator[Record]:
    """Type, start and end of each record; `IndexError` where the data are cut off."""
    place, size = 0, len(data)
    while place < size:
        kind = data[place]
        place += 1
        if kind & _MORE:
            kind = (kind & _LOW) | (data[place] & _LOW) << 7
            place += 1
        length = shift = 0
        for _ in range(_LENGTH_BYTES):
            byte = data[place]
            place += 1
            length |= (byte & _LOW) << shift
            shift += 7
            if not byte & _MORE:
                break
        if place + length > size:
            raise IndexError(place)
        yield kind, place, place + length
        place += length


def shared_lengths(data: bytes) -> list[int]:
    """Bytes of each text that cells refer to."""
    return [end - start for kind, start, end in records(data) if kind == _SHARED_ITEM]


def sheets_listed(data: bytes) -> list[str]:
    """The relation of each sheet that a workbook part lists; `IndexError` where a record is cut off."""
    found = []
    for kind, start, end in records(data):
        if kind == _SHEET:
            relation, after = _text(data, start + 8, end)
            _text(data, after, end)
            found.append(relation)
    return found


def _text(data: bytes, start: int, end: int) -> tuple[str, int]:
    """A text that begins with its length, and where it ends."""
    if start + 4 > end:
        raise IndexError(start)
    (length,) = struct.unpack_from("<I", data, start)
    after = start + 4 + 2 * length
    if after > end:
        raise IndexError(start)
    return data[start + 4 : after].decode("utf-16-le"), after


def look(data: bytes, lengths: list[int]) -> Found:
    """Walk a sheet's records.

    Args:
        data: The sheet's part.
        lengths: Bytes of each shared text.
    """
    row = rows = columns = shown = 0
    errors = False
    for count, (kind, start, _) in enumerate(records(data)):
        if count > MAX_RECORDS:
            return Found(too_many_records(), errors)
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", data, start)
        elif _FIRST_CELL <= kind <= _LAST_CELL:
            (column,) = struct.unpack_from("<I", data, start)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            errors = errors or kind in _ERRORS
            if kind == _SHARED:
                (text,) = struct.unpack_from("<I", data, start + 8)
                shown += lengths[text] if text < len(lengths) else 0
    refused = refuse_rectangle(rows, columns)
    return Found(refuse_text(shown) if refused is None else refused, errors)
