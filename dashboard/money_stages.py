"""The way of an agreement's money in three stages: the agreement, its purposes, and the parts of the county.

Every stage adds up to the same sum, to the öre; what isn't allocated is a purpose and a part of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from schemas import swedish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.money import Sums

#: As many purposes as a picture can tell apart; the smallest of more stand together.
MOST = 6

NOT_ALLOCATED = "Inte fördelat"

_ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Stop:
    """A purpose or a part of the county.

    Attributes:
        name: Its name.
        amount: Kronor that pass it.
        strong: Whether it is the chosen one.
    """

    name: str
    amount: Decimal
    strong: bool = False


@dataclass(frozen=True)
class Stages:
    """The three stages and what goes between the last two.

    Attributes:
        agreement: The agreement's name.
        total: The sum of each stage.
        purposes: Largest first.
        ends: The parts of the county, in their own order.
        links: Place of the purpose and of the part → kronor; none that is nought.
    """

    agreement: str
    total: Decimal
    purposes: tuple[Stop, ...]
    ends: tuple[Stop, ...]
    links: dict[tuple[int, int], Decimal]


def stages(
    agreement: str, agreed: Decimal, rows: pl.DataFrame, ends: Sequence[Sums], chosen: str | None
) -> Stages:
    """Arrange allocated money.

    Args:
        agreement: The agreement's name.
        agreed: What it must add up to.
        rows: Allocations as `dashboard.money.grouped` gives them.
        ends: The parts of the county, as `dashboard.money.parts` gives them.
        chosen: Id of the delregion that is told apart, if one is.
    """
    cells = (
        rows.filter(pl.col("kind") == "allocated")
        .group_by("purpose", "group", maintain_order=True)
        .agg(pl.col("amount").sum())
    )
    by_purpose: dict[str, dict[str, Decimal]] = {}
    for purpose, group, amount in cells.iter_rows():
        by_purpose.setdefault(purpose, {})[group] = amount
    allocated = sum(cells["amount"].to_list(), _ZERO)
    rows_of = _folded(by_purpose)
    stops = [Stop(sums.name, sums.allocated or _ZERO, sums.id == chosen) for sums in ends]
    links = {
        (place, end): amounts[sums.id]
        for place, (_, amounts) in enumerate(rows_of)
        for end, sums in enumerate(ends)
        if amounts.get(sums.id)
    }
    purposes = [Stop(name, sum(amounts.values(), _ZERO)) for name, amounts in rows_of]
    if agreed > allocated:
        links[len(purposes), len(stops)] = agreed - allocated
        purposes.append(Stop(NOT_ALLOCATED, agreed - allocated))
        stops.append(Stop(NOT_ALLOCATED, agreed - allocated))
    return Stages(agreement, max(agreed, allocated), tuple(purposes), tuple(stops), links)


def _folded(by_purpose: dict[str, dict[str, Decimal]]) -> list[tuple[str, dict[str, Decimal]]]:
    """The purposes, largest first, the smallest of many as one."""
    found = sorted(by_purpose.items(), key=lambda item: -sum(item[1].values(), _ZERO))
    if len(found) <= MOST:
        return found
    rest: dict[str, Decimal] = {}
    for _, amounts in found[MOST - 1 :]:
        for group, amount in amounts.items():
            rest[group] = rest.get(group, _ZERO) + amount
    name = f"Övriga {swedish.count_text(len(found) - MOST + 1, 'ändamål', 'ändamål')}"
    return [*found[: MOST - 1], (name, rest)]
