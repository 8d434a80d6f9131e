"""An agreement's allocations arranged for the page. Pure; amounts stay decimal kronor."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from etl.measures.funds import split_per_capita

if TYPE_CHECKING:
    from schemas.catalogue import Agreement, Area, Catalogue

KINDS = ("allocated", "used", "repaid")
_ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Sums:
    """Allocated, used and repaid kronor of one name (a purpose or a recipient); None where nothing is reported."""

    name: str
    detail: str
    allocated: Decimal | None
    used: Decimal | None
    repaid: Decimal | None


def of_agreement(allocations: pl.DataFrame, agreement: Agreement) -> pl.DataFrame:
    """The agreement's rows: the real ones, or the examples where there are no real ones."""
    own = allocations.filter(pl.col("agreement") == agreement.id)
    real = own.filter(pl.col("origin") != "example")
    return real if real.height else own


def total(rows: pl.DataFrame, kind: str = "allocated") -> Decimal:
    """The sum of one kind."""
    return sum(rows.filter(pl.col("kind") == kind)["amount"].to_list(), _ZERO)


def by(rows: pl.DataFrame, name: str, detail: str | None = None) -> list[Sums]:
    """Sums per value of the column `name` (and `detail`), largest allocated first."""
    keys = [name] if detail is None else [name, detail]
    sums = rows.group_by(keys, maintain_order=True).agg(
        *(
            pl.when((pl.col("kind") == kind).any())
            .then(pl.col("amount").filter(pl.col("kind") == kind).sum())
            .alias(kind)
            for kind in KINDS
        )
    )
    return [
        Sums(row[name], row[detail] if detail else "", row["allocated"], row["used"], row["repaid"])
        for row in sums.sort("allocated", descending=True, nulls_last=True, maintain_order=True).iter_rows(
            named=True
        )
    ]


@dataclass(frozen=True)
class Share:
    """One delregion's money.

    Attributes:
        area: The delregion.
        allocated: Kronor allocated to it and its municipalities.
        inhabitants: How many live there.
        example_split: What a split by inhabitants would have given; a piece of arithmetic, not a decision.
    """

    area: Area
    allocated: Decimal
    inhabitants: int
    example_split: Decimal

    @property
    def per_inhabitant(self) -> float:
        """Allocated kronor per inhabitant."""
        return float(self.allocated) / self.inhabitants


def shares(
    rows: pl.DataFrame, agreement: Agreement, catalogue: Catalogue, division: str, people: dict[str, int]
) -> list[Share]:
    """Each delregion's money: its own and its municipalities'. The county's common money is in none of them."""
    allocated = rows.filter(pl.col("kind") == "allocated")
    amounts = dict(allocated.group_by("area").agg(pl.col("amount").sum()).iter_rows())
    inside = {
        area.id: [area.id, *(member.id for member in catalogue.members(area.id))]
        for area in catalogue.delregioner(division)
    }
    inhabitants = {key: sum(people[member] for member in ids[1:]) for key, ids in inside.items()}
    split = split_per_capita(agreement.total, inhabitants)
    return [
        Share(
            catalogue.areas[key],
            sum((amounts.get(item, _ZERO) for item in ids), _ZERO),
            inhabitants[key],
            split[key],
        )
        for key, ids in inside.items()
    ]


def common(rows: pl.DataFrame, catalogue: Catalogue) -> Decimal:
    """What was allocated to the county as a whole."""
    own = rows.filter((pl.col("kind") == "allocated") & (pl.col("area") == catalogue.county.id))
    return sum(own["amount"].to_list(), _ZERO)
