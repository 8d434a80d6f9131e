"""An .xls, looked at before it is read: the records of its workbook stream (MS-XLS 2.1.4) walked once."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from etl.extract import refusals
from etl.extract.binary_sheets import MAX_RECORDS, too_many_records
from etl.extract.compound import CompoundFile, DamagedError, one_stream, open_compound
from etl.extract.container import refuse_rectangle, refuse_text

if TYPE_CHECKING:
    import polars as pl

#: Names of the workbook's stream, the newer first.
STREAMS = ("Workbook", "Book")

#: Below this many characters in all cells the texts are not measured one by one.
FEW_CHARACTERS = 100_000_000

_BEGIN, _SHEET, _LOCKED, _SHARED, _CONTINUED = 0x809, 0x85, 0x2F, 0xFC, 0x3C
_SHARED_CELL, _ERROR_CELL, _FORMULA = 0xFD, 0x205, 0x06
_MANY = (0xBD, 0xBE)
_CELLS = frozenset({0x201, 0x203, 0x204, 0x27E, 0xD6, _SHARED_CELL, _ERROR_CELL, _FORMULA, *_MANY})
_ERROR_RESULT = b"\x02"

#: What a shared text is preceded by: its length, and whether it is wide, has runs and phonetics.
_WIDE, _PHONETIC, _RUNS = 0x1, 0x4, 0x8


@dataclass(frozen=True)
class Vetted:
    """An .xls that is safe to read.

    Attributes:
        content: A compound file with nothing but the workbook: no macros, no embedded documents.
        errors: True where some cell may hold an Excel error.
    """

    content: bytes
    errors: bool


@dataclass
class _Walk:
    """What the records come to."""

    rows: int = 0
    columns: int = 0
    widest: list[tuple[int, int]] = field(default_factory=list)
    begins: set[int] = field(default_factory=set)
    sheets: list[int] = field(default_factory=list)
    shared: list[bytes] = field(default_factory=list)
    shown: array[int] = field(default_factory=lambda: array("I"))
    errors: bool = False
    locked: bool = False


def vet(content: bytes) -> tuple[Vetted | None, pl.DataFrame | None]:
    """A compound file as an .xls that is safe to read, or the reason why it isn't.

    Args:
        content: The file's bytes.
    """
    try:
        return _vetted(open_compound(content))
    except (DamagedError, struct.error, IndexError):
        return None, refusals.damaged_file()


def _vetted(file: CompoundFile) -> tuple[Vetted | None, pl.DataFrame | None]:
    streams = {name.casefold(): name for name in file.names}
    if "encryptedpackage" in streams:
        return None, refusals.password_protected()
    name = next((streams[name.casefold()] for name in STREAMS if name.casefold() in streams), None)
    if name is None:
        return None, refusals.not_a_spreadsheet("ett äldre Office-dokument")
    data = file.stream(name)
    found, refused = _walked(data)
    if refused is not None:
        return None, refused
    return Vetted(one_stream(name, data), found.errors), None


def _walked(data: bytes) -> tuple[_Walk, pl.DataFrame | None]:
    walk = _Walk()
    before = 0
    for count, (kind, start, end) in enumerate(_records(data)):
        if count > MAX_RECORDS:
            return walk, too_many_records()
        if kind in _CELLS:
            _cell(walk, data, kind, start, end)
        elif kind == _SHARED or (kind == _CONTINUED and before in {_SHARED, _CONTINUED} and walk.shared):
            walk.shared.append(data[start:end])
        else:
            _structure(walk, data, kind, start)
        before = kind
    walk.widest.append((walk.rows, walk.columns))
    return walk, _refused(walk)


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Type, start and end of each record. Zeros after the last one are what fills up its sector."""
    place, size = 0, len(data)
    unpack = struct.Struct("<HH").unpack_from
    while place + 4 <= size:
        kind, length = unpack(data, place)
        if not kind and not length:
            return
        place += 4
        if place + length > size:
            raise DamagedError("record")
        yield kind, place, place + length
        place += length


def _cell(walk: _Walk, data: bytes, kind: int, start: int, end: int) -> None:
    row, column = struct.unpack_from("<HH", data, start)
    if kind in _MANY:
        (column,) = struct.unpack_from("<H", data, end - 2)
    walk.rows, walk.columns = max(walk.rows, row + 1), max(walk.columns, column + 1)
    if kind == _SHARED_CELL:
        walk.shown.append(struct.unpack_from("<I", data, start + 6)[0])
    elif kind == _ERROR_CELL:
        walk.errors |= data[start + 7] == 1
    elif kind == _FORMULA:
        walk.errors |= (
            data[start + 6 : start + 7] == _ERROR_RESULT and data[start + 12 : start + 14] == b"\xff\xff"
        )


def _structure(walk: _Walk, data: bytes, kind: int, start: int) -> None:
    if kind == _BEGIN:
        walk.begins.add(start - 4)
        walk.widest.append((walk.rows, walk.columns))
        walk.rows = walk.columns = 0
    elif kind == _SHEET:
        walk.sheets.append(struct.unpack_from("<I", data, start)[0])
    elif kind == _LOCKED:
        walk.locked = True


def _refused(walk: _Walk) -> pl.DataFrame | None:
    if walk.locked:
        return refusals.password_protected()
    if not walk.begins:
        return refusals.old_format("Excel 4 eller äldre")
    if len(set(walk.sheets)) != len(walk.sheets) or not walk.begins.issuperset(walk.sheets):
        return refusals.damaged_file()
    for rows, columns in walk.widest:
        refused = refuse_rectangle(rows, columns)
        if refused is not None:
            return refused
    return refuse_text(_shown(walk))


def _shown(walk: _Walk) -> int:
    """Bytes of text that the cells show."""
    size = sum(map(len, walk.shared))
    if size * len(walk.shown) <= FEW_CHARACTERS:
        return 0
    lengths = list(_lengths(walk.shared))
    return sum(lengths[place] if place < len(lengths) else size for place in walk.shown)


def _lengths(shared: list[bytes]) -> Iterator[int]:
    """Bytes of each shared text in UTF-8, at most; fewer texts than there should be where one can't be read.

    The texts run on from record to record. Where one is cut in the middle, the next record begins with a byte
    that says whether the rest of it is wide.
    """
    pieces = iter(shared)
    piece = next(pieces)
    place = 8
    (count,) = struct.unpack_from("<I", piece, 4)
    for _ in range(count):
        if place >= len(piece):
            piece, place = next(pieces, b""), 0
        if place + 3 > len(piece):
            return
        length, flags = struct.unpack_from("<HB", piece, place)
        place += 3
        skipped = 0
        if flags & _RUNS:
            skipped += 4 * struct.unpack_from("<H", piece, place)[0]
            place += 2
        if flags & _PHONETIC:
            skipped += struct.unpack_from("<I", piece, place)[0]
            place += 4
        yield 3 * length
        piece, place = _past(piece, place, pieces, length, wide=bool(flags & _WIDE))
        while skipped > len(piece) - place and piece:
            skipped -= len(piece) - place
            piece, place = next(pieces, b""), 0
        place += skipped


def _past(piece: bytes, place: int, pieces: Iterator[bytes], length: int, *, wide: bool) -> tuple[bytes, int]:
    """The record and place after a text's characters."""
    while True:
        width = 2 if wide else 1
        room = (len(piece) - place) // width
        if length <= room or not piece:
            return piece, place + length * width
        length -= room
        piece, place = next(pieces, b""), 1
        wide = bool(piece[:1] and piece[0] & _WIDE)
