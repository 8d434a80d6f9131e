"""Comments on cells: the list of them and the drawing of their boxes, new or joined with those that are there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from etl.jobs.marked_workbook.parts import (
    DECLARATION,
    MAIN,
    RELATIONS,
    Edit,
    Element,
    UnexpectedPackageError,
    appended,
    ascii_text,
    escaped,
    letters,
    spliced,
    tree,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from etl.jobs.marked_workbook.package import Package

#: Who has written the comments; told by it, they are taken away when the workbook is marked again.
AUTHOR = "Kontroll av leverans"

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

#: Ids of shapes come in blocks of this many.
_BLOCK = 1024

_LINE_LENGTH = 38
_SHAPE_START, _SHAPE_END = b"<v:shape ", b"</v:shape>"
_SHAPE_ID = re.compile(rb"_x0000_s(\d{1,9})\b")
_SHAPE_ROW = re.compile(rb"<x:Row>\s*(\d{1,7})\s*</x:Row>")
_SHAPE_COLUMN = re.compile(rb"<x:Column>\s*(\d{1,5})\s*</x:Column>")
_ID_MAP = re.compile(rb"(<o:idmap\s[^<>]*?\bdata\s*=\s*)([\"'])([\d,\s]*)\2")

_DRAWING = """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"\
 xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{}"/>\
</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">\
<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>{}</xml>"""


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


def added(package: Package, part: str, drawing_id: str | None, comments: Sequence[Comment]) -> str | None:
    """Put comments on a worksheet.

    Args:
        package: The workbook.
        part: The worksheet.
        drawing_id: Its relationship to a drawing of comments, where it has one.
        comments: In any order.

    Returns:
        The id of a new relationship that the worksheet must refer to; None where it has one.
    """
    related = {item.id: item for item in package.relations(part)}
    drawing = related[drawing_id].target if drawing_id in related else None
    listed = next((item.target for item in related.values() if item.type == f"{RELATIONS}/comments"), None)
    fresh: Sequence[Comment] = comments
    if listed is not None:
        fresh = _joined(package, listed, drawing, comments)
    elif comments:
        name = package.new_name("xl/comments{}.xml")
        package.write(name, _comments(comments))
        package.declare(name, _COMMENTS_TYPE)
        package.relate(part, "comments", name)
    if not fresh:
        return None
    if drawing is not None:
        package.write(drawing, _with_shapes(package.read(drawing), fresh))
        return None
    name = package.new_name("xl/drawings/vmlDrawing{}.vml")
    package.write(name, _drawing(fresh, block=len(package.written_like("vmlDrawing")) + 1))
    package.declare_ending("vml", _DRAWING_TYPE)
    return package.relate(part, "vmlDrawing", name)


def without_own(package: Package, part: str, drawing_id: str | None) -> None:
    """Take away the comments of an earlier round; those of people stay."""
    related = {item.id: item for item in package.relations(part)}
    listed = next((item.target for item in related.values() if item.type == f"{RELATIONS}/comments"), None)
    if listed is None:
        return
    data = package.read(listed)
    root, own = _own(data)
    gone = [item for item in _listed(root) if item.attributes.get("authorId") == own]
    if own is None or not gone:
        return
    package.write(listed, spliced(data, [(item.start, item.end, b"") for item in gone]))
    drawing = related[drawing_id].target if drawing_id in related else None
    if drawing is not None:
        cells = {item.attributes.get("ref", "") for item in gone}
        package.write(drawing, _without_shapes(package.read(drawing), cells))


def _without_shapes(data: bytes, cells: set[str]) -> bytes:
    """A drawing without the boxes of some cells."""
    before, *shapes = data.split(_SHAPE_START)
    kept = [before]
    for shape in shapes:
        drawn, ending, after = shape.partition(_SHAPE_END)
        gone = ending and _cell(drawn) in cells
        kept.append(after if gone else _SHAPE_START + shape)
    return b"".join(kept)


def _cell(shape: bytes) -> str | None:
    row, column = _SHAPE_ROW.search(shape), _SHAPE_COLUMN.search(shape)
    return f"{letters(int(column[1]))}{int(row[1]) + 1}" if row and column else None


def _own(data: bytes) -> tuple[Element, str | None]:
    """A list of comments, and the number of our author in it."""
    root = tree(data, "comments", MAIN)
    authors = root.needed("authors").named("author")
    names = [data[item.inner : item.close].decode("utf-8", "replace") for item in authors]
    return root, str(names.index(AUTHOR)) if AUTHOR in names else None


def _listed(root: Element) -> list[Element]:
    return root.needed("commentList").named("comment")


def _joined(package: Package, part: str, drawing: str | None, comments: Sequence[Comment]) -> list[Comment]:
    """Put comments into a list of comments; gives those whose cell had none, which need a box."""
    data = package.read(part)
    root, own = _own(data)
    if drawing is None and _listed(root):
        raise UnexpectedPackageError("comments without a drawing")
    authors = root.needed("authors")
    edits: list[Edit] = []
    if own is None:
        own = str(len(authors.named("author")))
        edits.append(
            appended(authors, data, b"<%bauthor>%b</%bauthor>" % (root.prefix, AUTHOR.encode(), root.prefix))
        )
    known = {item.attributes.get("ref", ""): item for item in _listed(root)}
    fresh = []
    for comment in comments:
        there = known.get(comment.reference)
        if there is None:
            fresh.append(comment)
        else:
            said = there.needed("text")
            edits.append(appended(said, data, _run(root.prefix, f"\n\n{comment.text}")))
    more = b"".join(_comment(root.prefix, item, own) for item in fresh)
    edits.append(appended(root.needed("commentList"), data, more))
    package.write(part, spliced(data, edits))
    return fresh


@lru_cache(maxsize=1024)
def _run(p: bytes, text: str) -> bytes:
    return b'<%(p)br><%(p)bt xml:space="preserve">%(t)b</%(p)bt></%(p)br>' % {
        b"p": p,
        b"t": ascii_text(escaped(text)),
    }


def _comment(p: bytes, comment: Comment, author: str) -> bytes:
    return (
        b'<%(p)bcomment ref="%(ref)b" authorId="%(author)b"><%(p)btext>%(run)b</%(p)btext></%(p)bcomment>'
        % {
            b"p": p,
            b"ref": comment.reference.encode(),
            b"author": author.encode(),
            b"run": _run(p, comment.text),
        }
    )


def _comments(comments: Iterable[Comment]) -> bytes:
    items = b"".join(_comment(b"", item, "0") for item in comments)
    return DECLARATION + (
        b'<comments xmlns="%b"><authors><author>%b</author></authors><commentList>%b</commentList></comments>'
        % (MAIN.encode(), AUTHOR.encode(), items)
    )


def _drawing(comments: Sequence[Comment], block: int) -> bytes:
    blocks = range(block, block + 1 + len(comments) // _BLOCK)
    shapes = _shapes(comments, block * _BLOCK)
    return _DRAWING.format(",".join(map(str, blocks)), shapes).encode()


def _shapes(comments: Iterable[Comment], first: int) -> str:
    return "".join(_shape(comment, first + place) for place, comment in enumerate(comments, start=1))


def _shape(comment: Comment, number: int) -> str:
    lines = sum(1 + len(line) // _LINE_LENGTH for line in comment.text.split("\n"))
    row, column = comment.row - 1, comment.column
    anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 10, {column + 5}, 15, {max(row - 1, 0) + lines + 1}, 4"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden"'
        ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black"'
        ' obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
        f"<x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def _with_shapes(data: bytes, comments: Sequence[Comment]) -> bytes:
    """A drawing with boxes for more comments, in blocks of ids of their own."""
    end = data.rfind(b"</xml>")
    ids = [int(number) for number in _SHAPE_ID.findall(data)]
    known = _ID_MAP.search(data)
    if end < 0 or known is None or b'id="_x0000_t202"' not in data.replace(b"'", b'"'):
        raise UnexpectedPackageError("a drawing of another kind")
    block = 1 + max([*ids, 0]) // _BLOCK
    blocks = ",".join(map(str, range(block, block + 1 + len(comments) // _BLOCK)))
    listed = known[3].strip() + (b"," if known[3].strip() else b"") + blocks.encode()
    shapes = _shapes(comments, block * _BLOCK).encode()
    return spliced(data, [(known.start(3), known.end(3), listed), (end, end, shapes)])
