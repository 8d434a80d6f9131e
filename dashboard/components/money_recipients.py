"""Who got the money: the parts of the county with their sums, and each part's recipients one click away."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from dashboard import figures
from dashboard.components import money_table
from dashboard.components.markup import text
from schemas import swedish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.money import Sums

_ZERO = Decimal("0.00")


def html(
    parts: Sequence[tuple[Sums, Sequence[Sums]]], whole: Sums, chosen: str | None, *, example: bool
) -> str:
    """Each part as a line that opens to its recipients, and the sum of all below.

    Args:
        parts: The parts of the county, each with its recipients.
        whole: The sum of everything.
        chosen: Id of the part that stands open.
        example: Whether to mark the tables.
    """
    items = "".join(
        f"<li>{_part(part, recipients, is_open=part.id == chosen, example=example)}</li>"
        for part, recipients in parts
    )
    return f'<ul class="fp-recipients">{items}<li class="fp-sum">{_line("Summa", whole)}</li></ul>'


def _part(part: Sums, recipients: Sequence[Sums], *, is_open: bool, example: bool) -> str:
    if not recipients:
        return _line(part.name, part)
    table = money_table.sums(
        f"Mottagare: {part.name}", "Mottagare", recipients, part, example=example, with_reported=False
    )
    return (
        f"<details{' open' if is_open else ''}><summary>{_line(part.name, part)}</summary>{table}</details>"
    )


def _line(name: str, sums: Sums) -> str:
    count = swedish.count_text(sums.recipients, "mottagare", "mottagare")
    return (
        f'<span class="fp-name">{text(name)}</span> <span class="fp-amount">{figures.kronor(sums.allocated or _ZERO)}'
        f'</span> <span class="fp-quiet">{count}</span>'
    )
