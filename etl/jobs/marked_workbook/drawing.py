"""The drawing of comments' boxes (VML), new or with more boxes put into one that is there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.jobs.marked_workbook.parts import Edit, letters, spliced

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Ids of shapes come in blocks of this many.
_BLOCK = 1024

_LINE_LENGTH = 38
_SHAPE_ID = re.compile(rb"_x0000_s(\d{1,9})\b")
_NAMESPACES = {"v": "urn:schemas-microsoft-com:vml", "o": "urn:schemas-microsoft-com:office:office",
               "x": "urn:schemas-microsoft-com:office:excel"}  # fmt: skip


@dataclass(frozen=True)
class Comment:
    """What is said of a cell.

    Attributes:
        row: Row number.
        column: Column from 0.
        text: What is wrong and what to do.
    """

    row: int
    column: int
    text: str

    @property
    def reference(self) -> str:
        """The cell, as `B7`."""
        return f"{letters(self.column)}{self.row}"


@dataclass(frozen=True)
class Prefixes:
    """The names that a drawing has for the three namespaces of its elements."""

    v: str = "v"
    o: str = "o"
    x: str = "x"

    @classmethod
    def of(cls, data: bytes) -> Prefixes | None:
        """Those of a drawing; None where it is of another kind than spreadsheet programs write."""
        root = data[: data.find(b">") + 1]
        found = {
            key: re.search(rb"\sxmlns:([\w.-]{1,20})\s*=\s*[\"']%b[\"']" % name.encode(), root)
            for key, name in _NAMESPACES.items()
        }
        if not all(found.values()) or b"</xml>" not in data[-200:]:
            return None
        return cls(**{key: match[1].decode() for key, match in found.items() if match})


def drawing(comments: Sequence[Comment], block: int) -> bytes:
    """A new drawing.

    Args:
        comments: The comments to draw boxes for.
        block: The number of its first block of ids.
    """
    spaces = " ".join(f'xmlns:{key}="{name}"' for key, name in _NAMESPACES.items())
    blocks = ",".join(map(str, _blocks(block, comments)))
    p = Prefixes()
    return (
        f'<xml {spaces}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>'
        f"{_type(p)}{_shapes(comments, block, p)}</xml>"
    ).encode()


def with_boxes(data: bytes, comments: Sequence[Comment]) -> bytes | None:
    """A drawing with boxes for more comments, their ids in blocks of their own; None where it has no room.

    Args:
        data: The drawing.
        comments: Comments on cells that have no box.
    """
    p = Prefixes.of(data)
    if p is None:
        return None
    known = re.search(rb"<%b:idmap\s[^<>]*?\bdata\s*=\s*[\"']([\d,\s]*)[\"']" % p.o.encode(), data)
    if known is None:
        return None
    block = 1 + max((int(number) for number in _SHAPE_ID.findall(data)), default=0) // _BLOCK
    listed = [part for part in known[1].decode().replace(" ", "").split(",") if part]
    listed += [str(number) for number in _blocks(block, comments) if str(number) not in listed]
    there = re.search(rb"\bid\s*=\s*[\"']_x0000_t202[\"']", data)
    more = ("" if there else _type(p)) + _shapes(comments, block, p)
    end = data.rfind(b"</xml>")
    edits: list[Edit] = [(known.start(1), known.end(1), ",".join(listed).encode()), (end, end, more.encode())]
    return spliced(data, edits)


def without_boxes(data: bytes, cells: set[str]) -> bytes:
    """A drawing without the boxes of some cells."""
    p = Prefixes.of(data)
    if p is None:
        return data
    start, end = f"<{p.v}:shape ".encode(), f"</{p.v}:shape>".encode()
    before, *shapes = data.split(start)
    kept = [before]
    for shape in shapes:
        drawn, ending, after = shape.partition(end)
        kept.append(after if ending and _cell(drawn, p) in cells else start + shape)
    return b"".join(kept)


def _cell(shape: bytes, p: Prefixes) -> str | None:
    found = [
        re.search(rb"<%b:%b>\s*(\d{1,7})\s*</" % (p.x.encode(), name), shape) for name in (b"Row", b"Column")
    ]
    row, column = found
    return f"{letters(int(column[1]))}{int(row[1]) + 1}" if row and column else None


def _blocks(block: int, comments: Sequence[Comment]) -> range:
    return range(block, block + 1 + len(comments) // _BLOCK)


def _type(p: Prefixes) -> str:
    return (
        f'<{p.v}:shapetype id="_x0000_t202" coordsize="21600,21600" {p.o}:spt="202"'
        f' path="m,l,21600r21600,l21600,xe"><{p.v}:stroke joinstyle="miter"/>'
        f'<{p.v}:path gradientshapeok="t" {p.o}:connecttype="rect"/></{p.v}:shapetype>'
    )


def _shapes(comments: Iterable[Comment], block: int, p: Prefixes) -> str:
    first = block * _BLOCK
    return "".join(_shape(comment, first + place, p) for place, comment in enumerate(comments, start=1))


def _shape(comment: Comment, number: int, p: Prefixes) -> str:
    lines = sum(1 + len(line) // _LINE_LENGTH for line in comment.text.split("\n"))
    row, column = comment.row - 1, comment.column
    top = max(row - 1, 0)
    anchor = f"{column + 1}, 15, {top}, 10, {column + 5}, 15, {top + lines + 1}, 4"
    v, o, x = p.v, p.o, p.x
    return (
        f'<{v}:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden"'
        f' fillcolor="#ffffe1" {o}:insetmode="auto"><{v}:fill color2="#ffffe1"/><{v}:shadow on="t" color="black"'
        f' obscured="t"/><{v}:path {o}:connecttype="none"/><{v}:textbox style="mso-direction-alt:auto">'
        f'<div style="text-align:left"></div></{v}:textbox><{x}:ClientData ObjectType="Note"><{x}:MoveWithCells/>'
        f"<{x}:SizeWithCells/><{x}:Anchor>{anchor}</{x}:Anchor><{x}:AutoFill>False</{x}:AutoFill>"
        f"<{x}:Row>{row}</{x}:Row><{x}:Column>{column}</{x}:Column></{x}:ClientData></{v}:shape>"
    )
