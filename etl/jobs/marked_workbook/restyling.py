"""The changes in a worksheet that give cells another style; cells and rows that aren't written yet are put in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from etl.jobs.marked_workbook.parts import Edit, letters, spliced

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from etl.jobs.marked_workbook.sheet import Row, Worksheet

#: A style and a severity → the style of a marked cell.
Restyle: TypeAlias = Callable[[int, str], int]

_STYLE = re.compile(rb"\ss\s*=\s*[\"'](\d{1,6})[\"']")
_CUSTOM = re.compile(rb"\scustomFormat\s*=\s*[\"'](?:1|true)[\"']")
_SPANS = re.compile(rb"\sspans\s*=\s*(?:\"[^\"]*\"|'[^']*')")


def with_marks(worksheet: Worksheet, cells: Iterable[tuple[int, int, str]], restyle: Restyle) -> bytes:
    """The worksheet's part with cells marked.

    Args:
        worksheet: The worksheet.
        cells: Row number, column from 0, severity.
        restyle: A style and a severity → the style of a marked cell.
    """
    by_row: dict[int, dict[int, str]] = {}
    for number, column, severity in cells:
        by_row.setdefault(number, {})[column] = severity
    if not by_row:
        return worksheet.data
    marking = _Marking(worksheet, restyle)
    rows = worksheet.rows(by_row.__contains__, max(by_row))
    edits = [marking.row(row, by_row[number]) for number, row in rows.items()]
    new = {number: marking.new_row(number, by_row[number]) for number in sorted(set(by_row) - set(rows))}
    return spliced(worksheet.data, [*edits, *worksheet.put_in(new)])


class _Marking:
    def __init__(self, worksheet: Worksheet, restyle: Restyle) -> None:
        self._sheet = worksheet
        self._restyle = restyle
        self._columns: Mapping[int, int] = worksheet.column_styles()

    def row(self, row: Row, marks: dict[int, str]) -> Edit:
        """The change of a row that has some cells."""
        inner: list[Edit] = []
        lacking: list[int] = []
        for column, severity in marks.items():
            place = self._sheet.cell_tag(row, column)
            if place is None:
                lacking.append(column)
            else:
                inner.append(self._restyled(row, *place, severity))
        if lacking:
            inner += self._put_in(row, {column: marks[column] for column in lacking})
        tag = _SPANS.sub(b"", row.tag) if lacking else row.tag
        if row.empty:
            tag = tag.rstrip(b"/> ") + b">"
        return row.start, row.end, tag + spliced(row.content, inner) + b"</%brow>" % self._sheet.p

    def _restyled(self, row: Row, start: int, end: int, severity: str) -> Edit:
        tag = row.content[start:end]
        style = _STYLE.search(tag)
        if style is not None:
            number = b"%d" % self._restyle(int(style[1]), severity)
            return start, end, tag[: style.start(1)] + number + tag[style.end(1) :]
        name = len(self._sheet.p) + 2
        return start, end, b'%b s="%d"%b' % (tag[:name], self._restyle(0, severity), tag[name:])

    def _put_in(self, row: Row, marks: dict[int, str]) -> list[Edit]:
        """The changes for cells that were not found at a look: written in another way, or not at all."""
        known = {cell.column: cell for cell in self._sheet.cells(row)}
        edits: list[Edit] = []
        for column, severity in sorted(marks.items()):
            cell = known.get(column)
            if cell is not None:
                edits.append(self._restyled(row, cell.start, cell.tag_end, severity))
                continue
            place = next((other.start for other in known.values() if other.column > column), len(row.content))
            style = self._row_style(row.tag, column)
            edits.append((place, place, self._cell(row.number, column, self._restyle(style, severity))))
        return edits

    def _row_style(self, tag: bytes, column: int) -> int:
        style = _STYLE.search(tag)
        return int(style[1]) if style and _CUSTOM.search(tag) else self._columns.get(column, 0)

    def _cell(self, row: int, column: int, style: int) -> bytes:
        return b'<%bc r="%b%d" s="%d"/>' % (self._sheet.p, letters(column).encode(), row, style)

    def new_row(self, number: int, marks: dict[int, str]) -> bytes:
        """A row that wasn't written."""
        cells = b"".join(
            self._cell(number, column, self._restyle(self._columns.get(column, 0), severity))
            for column, severity in sorted(marks.items())
        )
        return b'<%brow r="%d">%b</%brow>' % (self._sheet.p, number, cells, self._sheet.p)
