"""One worksheet's XML: found headings and cells, and the changes that mark cells.

Rows and cells are found by patterns in the bytes, which take linear time; what a pattern could be led astray by
(comments, CDATA, rows without numbers or out of order) is refused, and the workbook is then written anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.jobs.marked_workbook.parts import (
    MAIN,
    RELATIONS,
    Edit,
    Element,
    UnexpectedPackageError,
    column_index,
    letters,
    quoted,
    spliced,
    tree,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

#: What stands after the reference to comments in a worksheet.
_AFTER_COMMENTS = {
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
}  # fmt: skip

_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d{1,7})[\"']")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})\d{1,7}[\"']")
_STYLE = re.compile(rb"\ss\s*=\s*[\"'](\d{1,6})[\"']")
_TYPE = re.compile(rb"\st\s*=\s*[\"'](\w+)[\"']")
_CUSTOM = re.compile(rb"\scustomFormat\s*=\s*[\"'](?:1|true)[\"']")
_SPANS = re.compile(rb"\sspans\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


@dataclass(frozen=True)
class Cell:
    """A cell as it stands in a row's XML: offsets in the row's content."""

    column: int
    start: int
    tag_end: int
    end: int
    style: int
    kind: bytes
    filled: bool


@dataclass(frozen=True)
class Row:
    """A row.

    Attributes:
        number: Its number.
        start: Its first byte in the part.
        end: The byte after its last.
        tag: Its opening tag.
        content: What stands in it.
        empty: Whether it is written as one empty tag.
    """

    number: int
    start: int
    end: int
    tag: bytes
    content: bytes
    empty: bool


class Worksheet:
    """A worksheet's XML, its cells in `rows` only where they are asked for."""

    def __init__(self, data: bytes) -> None:
        if b"<!" in data or b"\0" in data[:4]:
            raise UnexpectedPackageError("comments, CDATA or another encoding")
        self.data = data
        opened = re.search(rb"<((?:[\w.-]+:)?)sheetData(?:\s[^<>]*)?(/?)>", data)
        if opened is None:
            raise UnexpectedPackageError("no rows")
        self.p = opened[1]
        self._body = opened.end()
        self._empty = bool(opened[2])
        closing = b"</%bsheetData" % self.p
        close = self._body if self._empty else data.rfind(closing)
        if close < self._body:
            raise UnexpectedPackageError("no end of rows")
        self._close = close
        self._data_tag = (opened.start(), opened.end())
        after = close if self._empty else data.index(b">", close) + 1
        self._root = self._skeleton(after)
        self._row_tag = re.compile(rb"<%brow(\s[^<>]*?)?(/?)>" % re.escape(self.p))
        self._row_end = b"</%brow>" % self.p
        self._cell_start = b"<%bc " % self.p
        self._cell_tag = re.compile(rb"<%bc(\s[^<>]*?)?(/?)>" % re.escape(self.p))
        self._cell_end = b"</%bc>" % self.p
        self._value = re.compile(rb"<%b(?:v|is)(?:\s[^<>]*)?>(?!</)" % re.escape(self.p))

    def _skeleton(self, after: int) -> Element:
        """The worksheet's elements, with offsets in the whole part; its rows are left out."""
        start = self._data_tag[0]
        empty = b"<%bsheetData/>" % self.p
        without = self.data[:start] + empty + self.data[after:]
        shift = after - start - len(empty)
        root = tree(without, "worksheet", MAIN)
        if len(root.named("sheetData")) != 1:
            raise UnexpectedPackageError("not one table of rows")
        for item in root.children:
            if item.start > start:
                _move(item, shift)
            elif item.start == start:
                item.end = after
        root.close += shift
        root.end += shift
        return root

    def rows(self, wanted: Callable[[int], bool], upto: int) -> dict[int, Row]:
        """The rows that are wanted, by number, with their cells.

        Args:
            wanted: True for the numbers to give.
            upto: No row below this one is wanted.
        """
        found: dict[int, Row] = {}
        before = 0
        for opened in self._row_tag.finditer(self.data, self._body, self._close):
            number = _NUMBER.search(opened[1] or b"")
            if number is None or int(number[1]) <= before:
                raise UnexpectedPackageError("rows without numbers or out of order")
            before = int(number[1])
            if before > upto:
                break
            if wanted(before):
                found[before] = self._row(before, opened)
        return found

    def _row(self, number: int, opened: re.Match[bytes]) -> Row:
        empty = bool(opened[2])
        inner = opened.end()
        close = inner if empty else self.data.find(self._row_end, inner, self._close)
        if close < 0:
            raise UnexpectedPackageError("a row without an end")
        end = close if empty else close + len(self._row_end)
        return Row(number, opened.start(), end, opened[0], self.data[inner:close], empty)

    def cells(self, row: Row) -> list[Cell]:
        """A row's cells in order."""
        content = row.content
        cells: list[Cell] = []
        place = 0
        while opened := self._cell_tag.search(content, place):
            attributes = opened[1] or b""
            reference = _REFERENCE.search(attributes)
            if reference is None:
                raise UnexpectedPackageError("a cell without a reference")
            column = column_index(reference[1])
            if cells and column <= cells[-1].column:
                raise UnexpectedPackageError("cells out of order")
            close = opened.end() if opened[2] else content.find(self._cell_end, opened.end())
            if close < 0:
                raise UnexpectedPackageError("a cell without an end")
            end = close if opened[2] else close + len(self._cell_end)
            style, kind = _STYLE.search(attributes), _TYPE.search(attributes)
            filled = self._value.search(content, opened.end(), end) is not None
            cells.append(
                Cell(
                    column, opened.start(), opened.end(), end, int(style[1]) if style else 0,
                    kind[1] if kind else b"n", filled,
                )
            )  # fmt: skip
            place = end
        return cells

    def cell_tag(self, row: Row, column: int) -> tuple[int, int] | None:
        """Where a cell's opening tag lies in its row, when it is written as all programs do; a look, no search."""
        place = row.content.find(b' r="%b%d"' % (letters(column).encode(), row.number))
        start = row.content.rfind(b"<", 0, place) if place > 0 else -1
        end = row.content.find(b">", place)
        if start < 0 or end < 0 or not row.content.startswith(self._cell_start, start):
            return None
        return start, end + 1

    def anchors(self, cells: Iterable[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
        """Those of the cells that are hidden under a merged one → the cell that is seen; row and column each."""
        merges = self._root.child("mergeCells")
        by_row: dict[int, list[int]] = {}
        for row, column in cells if merges else ():
            by_row.setdefault(row, []).append(column)
        moved: dict[tuple[int, int], tuple[int, int]] = {}
        for item in merges.named("mergeCell") if merges and by_row else []:
            found = _RANGE.fullmatch(item.attributes.get("ref", ""))
            if found is None:
                continue
            top, left, bottom, right = (
                int(found[2]),
                column_index(found[1]),
                int(found[4]),
                column_index(found[3]),
            )
            span = range(top, bottom + 1)
            for row in span if len(span) < len(by_row) else [row for row in by_row if row in span]:
                hidden = [column for column in by_row.get(row, ()) if left <= column <= right]
                moved |= {(row, column): (top, left) for column in hidden if (row, column) != (top, left)}
        return moved

    def put_in(self, rows: Mapping[int, bytes]) -> list[Edit]:
        """The changes that put rows in their places; each goes before the first row with a greater number."""
        if not rows:
            return []
        if self._empty:
            start, end = self._data_tag
            whole = b"<%bsheetData>%b</%bsheetData>" % (self.p, b"".join(rows.values()), self.p)
            return [(start, end, whole)]
        places: dict[int, int] = {}
        left = sorted(rows, reverse=True)
        for opened in self._row_tag.finditer(self.data, self._body, self._close):
            number = _NUMBER.search(opened[1] or b"")
            while left and number is not None and int(number[1]) > left[-1]:
                places[left.pop()] = opened.start()
            if not left:
                break
        return [
            (place := places.get(number, self._close), place, row) for number, row in sorted(rows.items())
        ]

    def column_styles(self) -> dict[int, int]:
        """The styles of columns that have one, which a cell that isn't written has."""
        styles: dict[int, int] = {}
        cols = self._root.child("cols")
        for item in cols.named("col") if cols else []:
            first, last = int(item.attributes.get("min", "1")), int(item.attributes.get("max", "1"))
            for column in range(first - 1, min(last, _WIDEST)):
                styles[column] = int(item.attributes.get("style", "0"))
        return styles

    def comments_id(self) -> str | None:
        """The relationship to the drawing of comments that it has already."""
        found = self._root.child("legacyDrawing")
        return found.attributes.get(f"{RELATIONS} id") if found else None

    def with_comments(self, data: bytes, relation: str) -> bytes:
        """A version of this part in which cells were marked, with a reference to a drawing of comments."""
        shift = len(data) - len(self.data)
        place = max(item.end for item in self._root.children if not _late(item)) + shift
        tag = b'<%blegacyDrawing xmlns:r="%b" r:id="%b"/>' % (self.p, RELATIONS.encode(), quoted(relation))
        return spliced(data, [(place, place, tag)])


_WIDEST = 16_384


def _late(item: Element) -> bool:
    """What stands after the reference to comments; a wrapped alternative there wraps controls."""
    return item.name in _AFTER_COMMENTS or item.name.endswith(" AlternateContent")


def _move(item: Element, shift: int) -> None:
    item.start += shift
    item.inner += shift
    item.close += shift
    item.end += shift
    for child in item.children:
        _move(child, shift)
