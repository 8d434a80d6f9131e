"""Tables of kronor: per purpose, recipient and delregion, always with their sum."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from dashboard import figures
from dashboard.charts import years
from dashboard.components import term
from dashboard.components.markup import text
from dashboard.words import EXAMPLE_CHIP
from schemas import swedish

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.charts.years import Years
    from dashboard.money import Share, Sums
    from dashboard.money_stages import Stages

_ZERO = Decimal("0.00")

#: More columns than these have no room beside each other on a phone.
_MOST = 4


def _chip(example: bool) -> str:
    return f' <span class="fp-chip">{EXAMPLE_CHIP}</span>' if example else ""


#: A cell: its class, and its words as markup.
_Cell = tuple[str, str]

_EMPTY: _Cell = ("fp-blank", "")


def _money(amount: Decimal | None, instead: str = "inte redovisat") -> _Cell:
    if amount is None:
        return "fp-right fp-quiet", instead
    return "fp-right fp-num", figures.kronor(amount)


def _number(value: str) -> _Cell:
    return "fp-right fp-num", value


class _Row(NamedTuple):
    name: str
    cells: Sequence[_Cell]
    detail: str = ""
    css: str = ""


def _table(label: str, heads: Sequence[str], rows: Iterable[_Row], *, example: bool) -> str:
    """A table; one of many columns is read row by row on a phone."""
    head = f'<th scope="col">{text(heads[0])}</th>' + "".join(
        f'<th scope="col" class="fp-right">{text(name)}</th>' for name in heads[1:]
    )
    body = "".join(_drawn(row, heads[1:]) for row in rows)
    css = "fp-money fp-stack" if len(heads) > _MOST else "fp-money"
    return (
        f'<div class="fp-scroll" tabindex="0" role="region" aria-label="{text(label)}"><table class="{css}">'
        f"<caption>{text(label)}{_chip(example)}</caption><thead><tr>{term.explained(head)}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _drawn(row: _Row, heads: Sequence[str]) -> str:
    under = f'<br><span class="fp-small fp-quiet">{text(row.detail)}</span>' if row.detail else ""
    marked = f' class="{row.css}"' if row.css else ""
    cells = "".join(
        f'<td class="{css}" data-head="{text(head)}">{said}</td>'
        for head, (css, said) in zip(heads, row.cells, strict=True)
    )
    return f'<tr{marked}><th scope="row">{text(row.name)}{under}</th>{cells}</tr>'


def _accounted(row: Sums, *, with_reported: bool) -> list[_Cell]:
    cells = [_money(row.allocated or _ZERO), _money(row.used), _money(row.repaid), _money(row.unreported)]
    if with_reported:
        cells.append(_number(f"{swedish.number(row.reported)} av {swedish.number(row.recipients)}"))
    return cells


def sums(
    label: str,
    head: str,
    rows: Sequence[Sums],
    whole: Sums,
    *,
    example: bool,
    chosen: str | None = None,
    with_reported: bool = True,
) -> str:
    """Allocated, used, repaid and not accounted for per name, with the sum of all.

    Args:
        label: What the table shows.
        head: What the names are of.
        rows: The names' sums.
        whole: The sum of all rows.
        example: Whether to mark the table.
        chosen: Id of the row that stands out.
        with_reported: Whether to tell how many recipients have told what they used.
    """
    body = [
        _Row(
            row.name,
            _accounted(row, with_reported=with_reported),
            row.detail,
            "fp-mine" if chosen and row.id == chosen else "",
        )
        for row in rows
    ]
    body.append(_Row("Summa", _accounted(whole, with_reported=with_reported), css="fp-total"))
    heads = [head, "Fördelat", "Använt", "Återbetalt", "Inte redovisat"]
    return _table(label, [*heads, "Har redovisat"] if with_reported else heads, body, example=example)


def shares(
    label: str,
    rows: Sequence[Share],
    beside: Sequence[Sums],
    *,
    chosen: str | None = None,
    with_split: bool,
    example: bool,
) -> str:
    """Allocated and per inhabitant per delregion, what is nobody's of them below, and the sum of all.

    Args:
        label: What the table shows.
        rows: The division's delregioner.
        beside: What is allocated to others than them.
        chosen: Id of the delregion that stands out.
        with_split: Whether to show the equal split, too.
        example: Whether to mark the table.
    """
    body = [
        _Row(
            row.area.name,
            [*_share(row.allocated, row.inhabitants), *([_money(row.example_split)] if with_split else [])],
            css="fp-mine" if row.area.id == chosen else "",
        )
        for row in rows
    ]
    body += [
        _Row(row.name, [_money(row.allocated or _ZERO), *[_EMPTY] * (3 if with_split else 2)])
        for row in beside
    ]
    total = sum((row.allocated for row in rows), sum((row.allocated or _ZERO for row in beside), _ZERO))
    split = [_money(sum((row.example_split for row in rows), _ZERO))] if with_split else []
    whole = [*_share(total, sum(row.inhabitants for row in rows)), *split]
    body.append(_Row("Summa", whole, css="fp-total"))
    heads = ["Delregion", "Fördelat", "Invånare", "Per invånare"]
    if with_split:
        heads.append("Räkneexempel: lika per invånare")
    return _table(label, heads, body, example=example)


def _share(allocated: Decimal, inhabitants: int) -> list[_Cell]:
    per_head = swedish.kronor(float(allocated) / inhabitants, 2)
    return [_money(allocated), _number(swedish.number(inhabitants)), _number(per_head)]


def cross(label: str, stages: Stages, *, example: bool) -> str:
    """The parts of the county by purpose, with the sums of both: the table of the flow.

    Args:
        label: What the table shows.
        stages: The money's way.
        example: Whether to mark the table.
    """
    count = len(stages.purposes)
    body = [
        _Row(
            stop.name,
            [
                *(_money(stages.links.get((place, end), _ZERO)) for place in range(count)),
                _money(stop.amount),
            ],
            css="fp-mine" if stop.strong else "",
        )
        for end, stop in enumerate(stages.ends)
    ]
    sums = [*(_money(stop.amount) for stop in stages.purposes), _money(stages.total)]
    body.append(_Row("Summa", sums, css="fp-total"))
    return _table(label, ["Till", *(stop.name for stop in stages.purposes), "Summa"], body, example=example)


def by_year(label: str, found: Years) -> str:
    """The purposes by year, with the years' sums; a year of generated figures says so in its heading."""
    body = [
        _Row(
            purpose,
            [_money(years.amount(year, purpose), "inget fördelat") for year in found.years],
        )
        for purpose in found.purposes
    ]
    body.append(_Row("Summa", [_money(year.allocated) for year in found.years], css="fp-total"))
    return _table(label, ["Ändamål", *map(years.name, found.years)], body, example=False)
