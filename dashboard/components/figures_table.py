"""A chart's table: what it draws as rows, to read and to download."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from dashboard import swedish_csv
from dashboard.components import term
from dashboard.components.markup import text
from dashboard.words import EXAMPLE_CHIP
from schemas import swedish

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = str | float | Decimal | None

#: Columns that every file has, before the chart's own: what makes a row mean something away from the page.
_ABOUT = ("Indikator", "Ursprung", "Källa")


@dataclass(frozen=True)
class FiguresTable:
    """A table.

    Attributes:
        name: The indicator.
        caption: What the table shows, with its unit.
        heads: The columns; the first names the row.
        rows: Texts and numbers.
        decimals: Decimals shown of a number.
        source: Where the figures come from.
        is_example: Whether any of them is generated.
        whole: Columns whose numbers have no decimals.
        summed: Whether the last row is the sum of those above.
    """

    name: str
    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    decimals: int
    source: str
    is_example: bool = False
    whole: frozenset[str] = frozenset()
    summed: bool = False


def html(table: FiguresTable) -> str:
    """The table as markup; numbers stand to the right."""
    numeric = [
        any(isinstance(row[place], float | Decimal) for row in table.rows)
        for place in range(len(table.heads))
    ]
    head = "".join(
        f'<th scope="col"{_right(right)}>{text(name)}</th>'
        for name, right in zip(table.heads, numeric, strict=True)
    )
    last = len(table.rows) - 1 if table.summed else None
    body = "".join(
        f"<tr{_TOTAL if place == last else ''}>{''.join(_cells(table, row, numeric))}</tr>"
        for place, row in enumerate(table.rows)
    )
    chip = f' <span class="fp-chip">{EXAMPLE_CHIP}</span>' if table.is_example else ""
    return (
        f'<div class="fp-scroll" tabindex="0" role="region" aria-label="{text(table.caption)}"><table>'
        f"<caption>{text(table.caption)}{chip}</caption><thead><tr>{term.explained(head)}</tr></thead><tbody>{body}</tbody></table></div>"
    )


_TOTAL = ' class="fp-total"'


def _cells(table: FiguresTable, row: Sequence[Cell], numeric: Sequence[bool]) -> list[str]:
    first, *others = (_shown(table, name, cell) for name, cell in zip(table.heads, row, strict=True))
    return [
        f'<th scope="row">{first}</th>',
        *(f"<td{_right(right)}>{cell}</td>" for cell, right in zip(others, numeric[1:], strict=True)),
    ]


def _right(numeric: bool) -> str:
    return ' class="fp-right fp-num"' if numeric else ""


def _shown(table: FiguresTable, head: str, cell: Cell) -> str:
    if cell is None or isinstance(cell, str):
        return text(cell or swedish.NO_VALUE)
    return swedish.number(cell, 0 if head in table.whole else table.decimals)


def download(table: FiguresTable) -> bytes:
    """The table as a Swedish CSV, numbers as exact as they are known, each row with its source and origin."""
    about = (table.name, EXAMPLE_CHIP if table.is_example else "", table.source)
    return swedish_csv.as_bytes(
        (_ABOUT[0], *table.heads, *_ABOUT[1:]),
        ([about[0], *map(_exact, row), *about[1:]] for row in table.rows),
    )


def _exact(cell: Cell) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    return (format(cell, "f") if isinstance(cell, Decimal) else repr(cell)).replace(".", ",")
