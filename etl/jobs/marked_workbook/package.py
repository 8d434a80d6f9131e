"""An Excel workbook as the package of parts that it is: parts, relationships, content types, sheets."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from etl.jobs.marked_workbook.parts import (
    CONTENT_TYPES,
    DECLARATION,
    MAIN,
    PACKAGE_RELATIONS,
    RELATIONS,
    UnexpectedPackageError,
    appended,
    quoted,
    spliced,
    tree,
    well_formed,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A part larger than this isn't changed in memory; nor are the parts that say how others hang together.
MAX_PART = 200_000_000
MAX_FRAME_PART = 10_000_000

WORKBOOK_TYPES = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ".xlsx",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": ".xlsm",
}

#: Makes a part piece by piece.
Stream: TypeAlias = Callable[[], Iterator[bytes]]

_TYPES_PART = "[Content_Types].xml"
_WORKSHEET = f"{RELATIONS}/worksheet"
_LEVEL = 3


@dataclass(frozen=True)
class Relation:
    """A part's relationship to another.

    Attributes:
        id: Its id.
        type: What the other is.
        target: The other part's name; None where it lies outside the package.
    """

    id: str
    type: str
    target: str | None


@dataclass(frozen=True)
class SheetPart:
    """A sheet of the workbook, in its order.

    Attributes:
        name: As on its tab.
        part: The part's name; None where it is no ordinary worksheet.
    """

    name: str
    part: str | None


class Package:
    """Parts by name; a changed part is kept beside the originals until the package is packed."""

    def __init__(
        self, archive: zipfile.ZipFile | None = None, parts: Mapping[str, bytes] | None = None
    ) -> None:
        self._archive = archive
        self._written: dict[str, bytes] = dict(parts or {})
        self._streams: dict[str, Stream] = {}
        names = archive.namelist() if archive is not None else []
        if len({name.lower() for name in names}) != len(names):
            raise UnexpectedPackageError("two parts of one name")
        self._names = set(names)
        self.workbook = self._workbook()

    @classmethod
    def opened(cls, content: bytes) -> Package:
        """The package in the bytes of a file."""
        try:
            return cls(zipfile.ZipFile(io.BytesIO(content)))
        except zipfile.BadZipFile as error:
            raise UnexpectedPackageError("no ZIP") from error

    def __contains__(self, name: str) -> bool:
        return name in self._written or name in self._names

    def read(self, name: str) -> bytes:
        """A part as it stands now."""
        if name in self._written:
            return self._written[name]
        if name not in self or self._archive is None:
            raise UnexpectedPackageError(f"no {name}")
        frame = name == _TYPES_PART or name.endswith(".rels")
        if self._archive.getinfo(name).file_size > (MAX_FRAME_PART if frame else MAX_PART):
            raise UnexpectedPackageError("a part too large")
        return self._archive.read(name)

    def write(self, name: str, data: bytes) -> None:
        """Put a part in the place of the one with that name, or beside the others."""
        self._written[name] = data

    def write_stream(self, name: str, stream: Stream) -> None:
        """As `write`, for a part too large to be held whole; made when the package is packed."""
        self.write(name, b"")
        self._streams[name] = stream

    def written_like(self, text: str) -> list[str]:
        """The parts written so far whose name holds a text."""
        return [name for name in self._written if text in name]

    def new_name(self, pattern: str) -> str:
        """A name that no part has.

        Args:
            pattern: With `{}` where the number goes.
        """
        taken = {name.lower() for name in (*self._names, *self._written)}
        number = 1
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    def _workbook(self) -> str:
        main = [item.target for item in self.relations("") if item.type == f"{RELATIONS}/officeDocument"]
        if len(main) != 1 or main[0] is None or main[0] not in self:
            raise UnexpectedPackageError("no workbook, or one of the strict kind")
        return main[0]

    def relations(self, part: str) -> list[Relation]:
        """What a part is related to."""
        name = _relations_of(part)
        if name not in self:
            return []
        found = []
        for item in tree(self.read(name), "Relationships", PACKAGE_RELATIONS).named("Relationship"):
            outside = item.attributes.get("TargetMode") == "External"
            target = None if outside else _resolved(part, item.attributes.get("Target", ""))
            found.append(Relation(item.attributes.get("Id", ""), item.attributes.get("Type", ""), target))
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another, which is given by its name; gives the relationship's id."""
        name = _relations_of(part)
        if name not in self:
            self.write(name, DECLARATION + b'<Relationships xmlns="%b"/>' % PACKAGE_RELATIONS.encode())
        data = self.read(name)
        root = tree(data, "Relationships", PACKAGE_RELATIONS)
        taken = {item.attributes.get("Id", "").lower() for item in root.children}
        number = len(taken) + 1
        while f"rid{number}" in taken:
            number += 1
        more = b'<%bRelationship Id="rId%d" Type="%b/%b" Target="/%b"/>' % (
            root.prefix, number, RELATIONS.encode(), kind.encode(), quoted(target),
        )  # fmt: skip
        self.write(name, spliced(data, [appended(root, data, more)]))
        return f"rId{number}"

    def declare(self, part: str, kind: str) -> None:
        """Say what a new part is."""
        self._type(b'Override PartName="/%b" ContentType="%b"' % (quoted(part), kind.encode()))

    def declare_ending(self, ending: str, kind: str) -> None:
        """Say what parts with an ending are, where that isn't said."""
        root = tree(self.read(_TYPES_PART), "Types", CONTENT_TYPES)
        known = {item.attributes.get("Extension", "").lower() for item in root.named("Default")}
        if ending not in known:
            self._type(b'Default Extension="%b" ContentType="%b"' % (ending.encode(), kind.encode()))

    def _type(self, said: bytes) -> None:
        data = self.read(_TYPES_PART)
        root = tree(data, "Types", CONTENT_TYPES)
        more = b"<%b%b/>" % (root.prefix, said)
        if said.startswith(b"Default"):
            edit = (root.inner, root.inner, more) if not root.empty else appended(root, data, more)
        else:
            edit = appended(root, data, more)
        self.write(_TYPES_PART, spliced(data, [edit]))

    def type_of(self, part: str) -> str | None:
        """The content type that is said of a part by its name."""
        for item in tree(self.read(_TYPES_PART), "Types", CONTENT_TYPES).named("Override"):
            if item.attributes.get("PartName", "").lower() == f"/{part}".lower():
                return item.attributes.get("ContentType")
        return None

    def sheets(self) -> list[SheetPart]:
        """The workbook's sheets in order."""
        targets = {item.id: item for item in self.relations(self.workbook)}
        root = tree(self.read(self.workbook), "workbook", MAIN)
        found = []
        for item in root.needed("sheets").named("sheet"):
            relation = targets.get(item.attributes.get(f"{RELATIONS} id", ""))
            ordinary = relation is not None and relation.type == _WORKSHEET
            found.append(SheetPart(item.attributes.get("name", ""), relation.target if ordinary else None))
        return found

    def packed(self) -> bytes:
        """The package as a file; parts keep their order, new ones come last."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as target:
            if self._archive is not None:
                self._pack_originals(target, self._archive)
            for name in self._written:
                if name not in self._names:
                    self._pack(target, name)
        return content.getvalue()

    def _pack_originals(self, target: zipfile.ZipFile, archive: zipfile.ZipFile) -> None:
        for info in archive.infolist():
            if info.filename in self._written:
                self._pack(target, info.filename)
            elif info.filename in self and not info.is_dir():
                target.writestr(_entry(info.filename), archive.read(info), compresslevel=_LEVEL)

    def _pack(self, target: zipfile.ZipFile, name: str) -> None:
        if name in self._streams:
            with target.open(name, "w", force_zip64=True) as part:
                for piece in self._streams[name]():
                    part.write(piece)
            return
        data = self._written[name]
        if name.lower().endswith((".xml", ".rels")):
            well_formed(data)
        target.writestr(_entry(name), data, compresslevel=_LEVEL)


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry with the earliest time that ZIP has: the same content gives the same bytes."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(part: str, target: str) -> str:
    """A relationship's target as a part's name."""
    if re.match(r"[a-zA-Z][\w+.-]*:", target):
        raise UnexpectedPackageError("a target that is no part")
    base = posixpath.dirname(part)
    joined = target if target.startswith("/") else posixpath.join("/", base, target)
    return posixpath.normpath(joined).lstrip("/")
