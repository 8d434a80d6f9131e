"""The compound file that an .xls is (MS-CFB): its streams, followed with care.

A compound file is a small file system: a table of sectors, each naming the next. One made to deceive may go
round in circles, which a reader would follow until the memory is gone.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

_HEADER = 512
_MAX_SECTORS = 500_000
_END_OF_CHAIN = 0xFFFFFFFA
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_SECTOR_SHIFTS = (9, 12)
_MINI_SECTOR = 64
_LARGE = 4096
_TABLES_IN_HEADER = 109
_FREE, _LAST, _IS_TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


class DamagedError(ValueError):
    """A compound file that can't be followed."""


@dataclass(frozen=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


@dataclass(frozen=True)
class CompoundFile:
    """A compound file opened.

    Attributes:
        names: The streams in it.
    """

    _content: bytes
    _shift: int
    _table: tuple[int, ...]
    _small_table: tuple[int, ...]
    _cutoff: int
    _entries: tuple[_Entry, ...]

    @property
    def names(self) -> list[str]:
        """The names of its streams."""
        return [entry.name for entry in self._entries if entry.kind == _STREAM]

    def stream(self, name: str) -> bytes:
        """A stream's bytes, by its name in any case."""
        for entry in self._entries:
            if entry.kind == _STREAM and entry.name.casefold() == name.casefold():
                return self._read(entry)
        raise DamagedError(name)

    def _read(self, entry: _Entry) -> bytes:
        if entry.size >= self._cutoff:
            return _joined(self._content, entry.start, self._table, self._shift)[: entry.size]
        root = next((found for found in self._entries if found.kind == _ROOT), None)
        if root is None:
            raise DamagedError(entry.name)
        small = _joined(self._content, root.start, self._table, self._shift)
        places = _chain(entry.start, self._small_table)
        pieces = (small[place * _MINI_SECTOR : (place + 1) * _MINI_SECTOR] for place in places)
        return b"".join(pieces)[: entry.size]


def open_compound(content: bytes) -> CompoundFile:
    """Open a compound file.

    Args:
        content: Its bytes.

    Raises:
        DamagedError: Where it is cut off, or its chains lead outside it or round in circles.
    """
    try:
        return _opened(content)
    except (struct.error, IndexError, OverflowError) as error:
        raise DamagedError(str(error)) from error


def _opened(content: bytes) -> CompoundFile:
    (shift,) = struct.unpack_from("<H", content, 30)
    if shift not in _SECTOR_SHIFTS:
        raise DamagedError("sector size")
    directory, _, cutoff, small, _ = struct.unpack_from("<IIIII", content, 48)
    table = _sector_table(content, shift)
    entries = _joined(content, directory, table, shift)
    small_table = _joined(content, small, table, shift) if small < _END_OF_CHAIN else b""
    return CompoundFile(
        content,
        shift,
        table,
        _numbers(small_table),
        cutoff,
        tuple(_entry(entries, place) for place in range(0, len(entries) - _ENTRY + 1, _ENTRY)),
    )


def _sector_table(content: bytes, shift: int) -> tuple[int, ...]:
    """For each sector the one that follows it."""
    sectors = list(struct.unpack_from("<109I", content, 76))
    following, count = struct.unpack_from("<II", content, 68)
    for _ in range(min(count, _MAX_SECTORS)):
        if following >= _END_OF_CHAIN:
            break
        *more, following = _numbers(_sector(content, following, shift))
        sectors += more
    used = [place for place in sectors if place < _END_OF_CHAIN]
    if len(set(used)) != len(used):
        raise DamagedError("sector table")
    return _numbers(b"".join(_sector(content, place, shift) for place in used))


def _sector(content: bytes, place: int, shift: int) -> bytes:
    start = max(_HEADER, 1 << shift) + (place << shift)
    found = content[start : start + (1 << shift)]
    if not found:
        raise DamagedError("sector")
    return found


def _chain(start: int, table: tuple[int, ...]) -> list[int]:
    places: list[int] = []
    seen = bytearray(len(table))
    while start < _END_OF_CHAIN:
        if start >= len(table) or seen[start]:
            raise DamagedError("chain")
        seen[start] = 1
        places.append(start)
        start = table[start]
    return places


def _joined(content: bytes, start: int, table: tuple[int, ...], shift: int) -> bytes:
    return b"".join(_sector(content, place, shift) for place in _chain(start, table))


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _entry(entries: bytes, place: int) -> _Entry:
    (length,) = struct.unpack_from("<H", entries, place + 64)
    name = entries[place : place + min(max(length - 2, 0), 64)].decode("utf-16-le", errors="replace")
    start, size = struct.unpack_from("<IQ", entries, place + 116)
    return _Entry(name, entries[place + 66], start, size & 0xFFFFFFFF)


def one_stream(name: str, data: bytes) -> bytes:
    """A compound file of one stream and nothing else.

    Args:
        name: The stream's name.
        data: Its bytes; padded to where it is no small stream.
    """
    data = data.ljust(_LARGE, b"\0")
    body = -(-len(data) // _LARGE)
    tables = 1
    while tables * (_LARGE // 4) < body + 2 + tables:
        tables += 1
    if tables > _TABLES_IN_HEADER:
        raise DamagedError("size")
    # Sectors: the data, the directory, an empty stream for small streams, the table itself.
    numbers = [*range(1, body), _LAST, _LAST, _LAST, *[_IS_TABLE] * tables]
    numbers += [_FREE] * (tables * (_LARGE // 4) - len(numbers))
    places = [*range(body + 2, body + 2 + tables), *[_FREE] * (_TABLES_IN_HEADER - tables)]
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 4, 0xFFFE, 12, 6, b"",
        1, tables, body, 0, _LARGE, _LAST, 0, _LAST, 0, *places,
    )  # fmt: skip
    entries = [
        _packed_entry("Root Entry", _ROOT, 1, body + 1, _MINI_SECTOR),
        _packed_entry(name, _STREAM, _FREE, 0, len(data)),
    ]
    return b"".join(
        (
            header.ljust(_LARGE, b"\0"),
            data.ljust(body * _LARGE, b"\0"),
            b"".join(entries).ljust(_LARGE, b"\0"),
            bytes(_LARGE),
            struct.pack(f"<{len(numbers)}I", *numbers),
        )
    )


def _packed_entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sI8s8sIQ",
        text, len(text), kind, 1, _FREE, _FREE, child, b"", 0, b"", b"", start, size,
    )  # fmt: skip
