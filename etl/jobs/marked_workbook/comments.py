"""Comments on cells: the list of them, new or joined with those that are there."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from etl.jobs.marked_workbook.drawing import drawing, with_boxes, without_boxes
from etl.jobs.marked_workbook.parts import (
    DECLARATION,
    MAIN,
    RELATIONS,
    Edit,
    Element,
    appended,
    ascii_text,
    escaped,
    spliced,
    tree,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from etl.jobs.marked_workbook.drawing import Comment
    from etl.jobs.marked_workbook.package import Package

#: Who has written the comments; told by it, they are taken away when the workbook is marked again.
AUTHOR = "Kontroll av leverans"

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


class SheetComments:
    """The comments of one worksheet."""

    def __init__(self, package: Package, part: str, drawing_id: str | None) -> None:
        """Find them.

        Args:
            package: The workbook.
            part: The worksheet.
            drawing_id: Its relationship to a drawing, where it has one.
        """
        self._package = package
        self._part = part
        related = {item.id: item for item in package.relations(part)}
        self._drawing = related[drawing_id].target if drawing_id in related else None
        kinds = [item.target for item in related.values() if item.type == f"{RELATIONS}/comments"]
        self._list = next((target for target in kinds if target is not None), None)

    def take_back(self) -> None:
        """Take away the comments of an earlier round; those of people stay."""
        if self._list is None:
            return
        data = self._package.read(self._list)
        root, own = _own(data)
        gone = [item for item in _listed(root) if item.attributes.get("authorId") == own]
        if own is None or not gone:
            return
        self._package.write(self._list, spliced(data, [(item.start, item.end, b"") for item in gone]))
        if self._drawing is not None:
            cells = {item.attributes.get("ref", "") for item in gone}
            kept = without_boxes(self._package.read(self._drawing), cells)
            self._package.write(self._drawing, kept)

    def put(self, comments: Sequence[Comment]) -> tuple[str | None, int]:
        """Put comments on the worksheet's cells; one that has a person's comment keeps that alone.

        Args:
            comments: In any order, one a cell.

        Returns:
            The id of a new relationship that the worksheet must refer to, None where it has one; and how many
            comments were put: none where the drawing is of another kind than spreadsheet programs write.
        """
        there = self._texts()
        fresh = [comment for comment in comments if comment.reference not in there]
        relation = None
        if not fresh or (there and self._drawing is None):
            return None, 0
        if self._drawing is not None:
            drawn = with_boxes(self._package.read(self._drawing), fresh)
            if drawn is None:
                return None, 0
            self._package.write(self._drawing, drawn)
        else:
            relation = self._new_drawing(fresh)
        self._put_texts(fresh)
        return relation, len(fresh)

    def _texts(self) -> set[str]:
        """The cells that have comments."""
        if self._list is None:
            return set()
        root, _ = _own(self._package.read(self._list))
        return {item.attributes.get("ref", "") for item in _listed(root)}

    def _new_drawing(self, comments: Sequence[Comment]) -> str:
        name = self._package.new_name("xl/drawings/vmlDrawing{}.vml")
        block = len(self._package.written_like("vmlDrawing")) + 1
        self._package.write(name, drawing(comments, block))
        self._package.declare_ending("vml", _DRAWING_TYPE)
        return self._package.relate(self._part, "vmlDrawing", name)

    def _put_texts(self, comments: Sequence[Comment]) -> None:
        if self._list is not None:
            self._package.write(self._list, _joined(self._package.read(self._list), comments))
            return
        name = self._package.new_name("xl/comments{}.xml")
        self._package.write(name, _comments(comments))
        self._package.declare(name, _COMMENTS_TYPE)
        self._package.relate(self._part, "comments", name)


def _own(data: bytes) -> tuple[Element, str | None]:
    """A list of comments, and the number of our author in it."""
    root = tree(data, "comments", MAIN)
    authors = root.needed("authors").named("author")
    names = [data[item.inner : item.close].decode("utf-8", "replace") for item in authors]
    return root, str(names.index(AUTHOR)) if AUTHOR in names else None


def _listed(root: Element) -> list[Element]:
    return root.needed("commentList").named("comment")


def _joined(data: bytes, comments: Iterable[Comment]) -> bytes:
    """A list of comments with more of them."""
    root, own = _own(data)
    authors, p = root.needed("authors"), root.prefix
    edits: list[Edit] = []
    if own is None:
        own = str(len(authors.named("author")))
        edits.append(appended(authors, data, b"<%bauthor>%b</%bauthor>" % (p, AUTHOR.encode(), p)))
    new = b"".join(_comment(p, comment, own) for comment in comments)
    edits.append(appended(root.needed("commentList"), data, new))
    return spliced(data, edits)


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
