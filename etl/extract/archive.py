"""Spreadsheets packed as ZIP (.xlsx, .xlsm, .xlsb, .ods): taken apart, looked at and packed anew.

A reader gets only the parts that a table is made of, each unpacked and looked at here, so that it can't see
anything else: no macros, links to other files, pictures or embedded documents, and no part that unpacks to
more than its ZIP says.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from etl.extract import binary_sheets, opendocument, refusals, sheet_xml
from etl.extract.container import refuse_unpacked

if TYPE_CHECKING:
    import polars as pl

Kind: TypeAlias = Literal["xlsx", "xlsb", "ods"]

#: Content of one part → why it isn't read, or None.
Look: TypeAlias = "Callable[[bytes], pl.DataFrame | None]"

_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb"(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_SHEET_KIND = re.compile(rb"/[a-z]*(?:work|chart|dialog|macro)sheet$", re.IGNORECASE)
_DECLARATION = "<!DOCTYPE"

_STORED, _DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30
_LOCAL_LENGTHS = 26

#: Everything that a ZIP, damaged or made to deceive, makes Python's own modules raise.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    OverflowError,
    NotImplementedError,
)


class _RefusedError(Exception):
    """A part that isn't read."""

    def __init__(self, problem: pl.DataFrame) -> None:
        super().__init__()
        self.problem = problem


class _LockedError(Exception):
    """A part that is encrypted."""


@dataclass(frozen=True)
class Vetted:
    """A spreadsheet that is safe to read.

    Attributes:
        kind: Its format; an .xlsm is `xlsx`.
        content: A ZIP of the parts that a table is made of.
        errors: True where some cell may hold an Excel error.
    """

    kind: Kind
    content: bytes
    errors: bool


def vet(content: bytes) -> tuple[Vetted | None, pl.DataFrame | None]:
    """A ZIP as a spreadsheet that is safe to read, or the reason why it isn't.

    Refused are files that aren't a workbook, are cut off, are encrypted, declare XML entities, or would take
    more memory than a delivery can need: by what they unpack to, by a lone cell far out in an otherwise empty
    sheet, by cells or rows repeated, or by one long text shown in many cells.

    Args:
        content: The file's bytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {part.filename.replace("\\", "/"): part for part in archive.infolist()}
        kind, refused = _kind(parts)
        if kind is None:
            return None, refused
        refused = refuse_unpacked(sum(part.file_size for part in parts.values()), len(content))
        return (None, refused) if refused is not None else (_repacked(content, kind, parts), None)
    except _RefusedError as error:
        return None, error.problem
    except (_LockedError, RuntimeError):
        return None, refusals.password_protected()
    except DAMAGE:
        return None, refusals.damaged_file()


def _kind(parts: dict[str, zipfile.ZipInfo]) -> tuple[Kind | None, pl.DataFrame | None]:
    names = {name.lower() for name in parts}
    if "xl/workbook.xml" in names:
        return "xlsx", None
    if "xl/workbook.bin" in names:
        return "xlsb", None
    if "content.xml" in names and "mimetype" in names and "word/document.xml" not in names:
        return "ods", None
    if "word/document.xml" in names:
        return None, refusals.not_a_spreadsheet("ett Word-dokument")
    if "ppt/presentation.xml" in names:
        return None, refusals.not_a_spreadsheet("en presentation")
    return None, refusals.not_a_spreadsheet("en komprimerad fil")


def _repacked(content: bytes, kind: Kind, parts: dict[str, zipfile.ZipInfo]) -> Vetted:
    target = io.BytesIO()
    errors = False
    pieces = {"xlsx": _xlsx, "xlsb": _xlsb, "ods": _ods}[kind](_Source(content, parts))
    with zipfile.ZipFile(target, "w", _STORED) as archive:
        for name, data, has_errors in pieces:
            archive.writestr(name, data)
            errors |= has_errors
    return Vetted(kind, target.getvalue(), errors)


@dataclass(frozen=True)
class _Source:
    """The parts of a ZIP, by name in any case."""

    content: bytes
    parts: dict[str, zipfile.ZipInfo]

    def find(self, name: str) -> str | None:
        """The name as it stands in the ZIP; None where there is no such part."""
        wanted = name.lower()
        return next((found for found in self.parts if found.lower() == wanted), None)

    def read(self, name: str) -> bytes:
        """A part's bytes, no more of them than the ZIP says there are."""
        return _inflated(self.content, self.parts[name])

    def xml(self, name: str) -> bytes:
        """A part that is XML, without declared entities."""
        data = self.read(name)
        if _declares(data):
            raise _RefusedError(refusals.forbidden_content())
        if b"\0" in data[:4]:
            raise ValueError(name)
        return data


def _inflated(content: bytes, part: zipfile.ZipInfo) -> bytes:
    """A part as it unpacks; `ValueError` where it isn't what the ZIP says of it.

    A reader that unpacked until the data end would be led far beyond the size that was looked at.
    """
    if part.flag_bits & _ENCRYPTED:
        raise _LockedError
    name, extra = struct.unpack_from("<HH", content, part.header_offset + _LOCAL_LENGTHS)
    start = part.header_offset + _LOCAL_HEADER + name + extra
    packed = memoryview(content)[start : start + part.compress_size]
    if part.compress_type == _STORED:
        data = bytes(packed)
    elif part.compress_type == _DEFLATED:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        data = unpacker.decompress(packed, part.file_size + 1)
        if not unpacker.eof:
            raise ValueError(part.filename)
    else:
        raise NotImplementedError
    if len(data) != part.file_size or zlib.crc32(data) != part.CRC:
        raise ValueError(part.filename)
    return data


def _declares(xml: bytes) -> bool:
    """True for a document type, without which XML can't declare entities."""
    if b"\0" in xml[:4]:
        return any(_DECLARATION.encode(code) in xml for code in ("utf-16-le", "utf-16-be"))
    return _DECLARATION.encode() in xml


def _sheets(source: _Source, workbook: str) -> dict[str, str]:
    """The sheets' own parts, by the relations that name them."""
    folder, base = posixpath.split(workbook)
    relations = source.find(f"{folder}/_rels/{base}.rels")
    found: dict[str, str] = {}
    for element in _RELATION.findall(source.xml(relations)) if relations else ():
        said = {key: double or single for key, double, single in _ATTRIBUTE.findall(element)}
        if not _SHEET_KIND.search(said.get(b"Type", b"")):
            continue
        target = said.get(b"Target", b"").decode("utf-8")
        path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        name = source.find(posixpath.normpath(path))
        if name is not None:
            found[said.get(b"Id", b"").decode("utf-8")] = name
    return found


def _parts(sheets: dict[str, str], listed: int) -> list[str]:
    """The parts of as many sheets as a workbook lists; sheets that share one would be read again and again."""
    parts = list(dict.fromkeys(sheets.values()))
    if listed > len(parts):
        raise ValueError(listed)
    return parts


def _needed(source: _Source, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        found = source.find(name)
        if found is not None:
            yield found


def _refuse(refused: pl.DataFrame | None) -> None:
    if refused is not None:
        raise _RefusedError(refused)


def _xlsx(source: _Source) -> Iterator[tuple[str, bytes, bool]]:
    book = "xl/workbook.xml"
    workbook = source.xml(source.find(book) or book)
    yield book, workbook, False
    frame = ("[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/styles.xml")
    for name in _needed(source, frame):
        yield name, source.xml(name), False
    texts = sheet_xml.SharedTexts(b"")
    for name in _needed(source, ("xl/sharedStrings.xml",)):
        data = source.xml(name)
        texts = sheet_xml.SharedTexts(data)
        yield name, data, False
    for name in _parts(_sheets(source, book), len(_SHEET.findall(workbook))):
        data = source.xml(name)
        _refuse(sheet_xml.refuse_sheet(data, texts))
        yield name, data, sheet_xml.has_errors(data)


def _xlsb(source: _Source) -> Iterator[tuple[str, bytes, bool]]:
    book = "xl/workbook.bin"
    for name in _needed(source, ("[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.bin.rels")):
        yield name, source.xml(name), False
    workbook = source.read(source.find(book) or book)
    yield book, workbook, False
    for name in _needed(source, ("xl/styles.bin",)):
        yield name, source.read(name), False
    lengths: list[int] = []
    for name in _needed(source, ("xl/sharedStrings.bin",)):
        data = source.read(name)
        lengths = binary_sheets.shared_lengths(data)
        yield name, data, False
    sheets, listed = _sheets(source, book), binary_sheets.sheets_listed(workbook)
    if not sheets.keys() >= set(listed):
        raise ValueError(book)
    for name in _parts(sheets, len(listed)):
        data = source.read(name)
        found = binary_sheets.look(data, lengths)
        _refuse(found.refused)
        yield name, data, found.errors


def _ods(source: _Source) -> Iterator[tuple[str, bytes, bool]]:
    yield "mimetype", opendocument.MIMETYPE, False
    manifest = source.find("META-INF/manifest.xml")
    if manifest is not None and opendocument.is_encrypted(source.xml(manifest)):
        raise _LockedError
    yield "META-INF/manifest.xml", opendocument.MANIFEST, False
    name = source.find("content.xml") or ""
    data = source.xml(name)
    if not opendocument.is_spreadsheet(data):
        raise _RefusedError(
            refusals.not_a_spreadsheet("ett OpenDocument-dokument som inte är ett kalkylblad")
        )
    _refuse(opendocument.refuse_content(data))
    yield "content.xml", opendocument.with_errors_as_text(data), False
