"""Tables of kronor: per purpose, recipient and delregion, always with their sum."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from dashboard.components.markup import text
from dashboard.words import EXAMPLE_CHIP
from schemas import swedish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.money import Share, Sums


_CAPTION = f'<caption><span class="fp-chip">{EXAMPLE_CHIP}</span></caption>'


def _money(amount: Decimal | float | None) -> str:
    if amount is None:
        return '<td class="fp-right fp-quiet">inte redovisat</td>'
    decimals = 0 if amount == int(amount) else 2
    return f'<td class="fp-right fp-num">{swedish.kronor(amount, decimals)}</td>'


def _table(label: str, heads: Sequence[str], body: str, *, example: bool) -> str:
    head = f'<th scope="col">{heads[0]}</th>' + "".join(
        f'<th scope="col" class="fp-right">{name}</th>' for name in heads[1:]
    )
    return (
        f'<div class="fp-scroll" tabindex="0" role="region" aria-label="{text(label)}"><table>'
        f"{_CAPTION if example else ''}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def sums(label: str, head: str, rows: list[Sums], *, example: bool) -> str:
    """Allocated, used and repaid per name, with a sum; `example` marks the table."""
    body = "".join(
        f'<tr><th scope="row">{text(row.name)}'
        + (f'<br><span class="fp-small fp-quiet">{text(row.detail)}</span>' if row.detail else "")
        + f"</th>{_money(row.allocated)}{_money(row.used)}{_money(row.repaid)}</tr>"
        for row in rows
    )
    totals = [
        sum((getattr(row, key) or Decimal(0) for row in rows), Decimal(0))
        for key in ("allocated", "used", "repaid")
    ]
    body += (
        f'<tr class="fp-total"><th scope="row">Summa</th>{"".join(_money(total) for total in totals)}</tr>'
    )
    return _table(label, [head, "Fördelat", "Använt", "Återbetalt"], body, example=example)


def shares(
    label: str, rows: list[Share], common: Decimal, total: Decimal, *, with_split: bool, example: bool
) -> str:
    """Allocated and per inhabitant per delregion, what is nobody's of them apart, and the sum.

    Args:
        label: What the table shows.
        rows: The division's delregioner.
        common: What was allocated to the county as a whole.
        total: Everything allocated; what is left over went to delregioner of another division.
        with_split: Whether to show the equal split, too.
        example: Whether to mark the table.
    """
    body = "".join(
        f'<tr><th scope="row">{text(row.area.name)}</th>{_money(row.allocated)}'
        f'<td class="fp-right fp-num">{swedish.number(row.inhabitants)}</td>'
        f'<td class="fp-right fp-num">{swedish.kronor(row.per_inhabitant, 2)}</td>'
        + (_money(row.example_split) if with_split else "")
        + "</tr>"
        for row in rows
    )
    elsewhere = total - sum((row.allocated for row in rows), common)
    people = sum(row.inhabitants for row in rows)
    empty = "<td></td>"
    for name, amount in (("Gemensamt för länet", common), ("Delregioner i annan indelning", elsewhere)):
        if amount:
            body += (
                f'<tr><th scope="row">{name}</th>{_money(amount)}{empty}{empty}'
                f"{empty if with_split else ''}</tr>"
            )
    split = sum((row.example_split for row in rows), Decimal(0))
    body += (
        f'<tr class="fp-total"><th scope="row">Summa</th>{_money(total)}'
        f'<td class="fp-right fp-num">{swedish.number(people)}</td>'
        f'<td class="fp-right fp-num">{swedish.kronor(float(total) / people, 2)}</td>'
        + (_money(split) if with_split else "")
        + "</tr>"
    )
    heads = ["Delregion", "Fördelat", "Invånare", "Per invånare"]
    if with_split:
        heads.append("Räkneexempel: lika per invånare")
    return _table(label, heads, body, example=example)
