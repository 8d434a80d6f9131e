"""An agreement's allocations arranged for the page. Pure; amounts stay decimal kronor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from etl.measures.funds import split_per_capita

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.catalogue import Agreement, Area, Catalogue

KINDS = ("allocated", "used", "repaid")
_ZERO = Decimal("0.00")

#: What money is summed under besides delregioner, and how it reads.
OTHERS = "others"
COMMON = "common"
REGION = "region"
ELSEWHERE = "elsewhere"
NAMES = {
    OTHERS: "Övriga delregioner",
    COMMON: "Gemensamt för länet",
    REGION: "Regionen",
    ELSEWHERE: "Delregioner i annan indelning",
}


@dataclass(frozen=True)
class Sums:
    """Kronor of one name: a purpose, a recipient or a part of the county.

    Attributes:
        name: The name.
        detail: What stands under it.
        allocated, used, repaid: Kronor; None where nothing is reported.
        recipients: How many got something.
        reported: How many of them have told what they used or repaid.
        id: Of a part of the county.
    """

    name: str
    detail: str
    allocated: Decimal | None
    used: Decimal | None
    repaid: Decimal | None
    recipients: int = 0
    reported: int = 0
    id: str = ""

    @property
    def unreported(self) -> Decimal:
        """Kronor that nobody has told what became of; that isn't the same as unused."""
        return (self.allocated or _ZERO) - (self.used or _ZERO) - (self.repaid or _ZERO)


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
    who = pl.struct("level", "area", "recipient")
    sums = rows.group_by(keys, maintain_order=True).agg(
        *(
            pl.when((pl.col("kind") == kind).any())
            .then(pl.col("amount").filter(pl.col("kind") == kind).sum())
            .alias(kind)
            for kind in KINDS
        ),
        who.n_unique().alias("recipients"),
        who.filter(pl.col("kind") != "allocated").n_unique().alias("reported"),
    )
    return [
        Sums(
            row[name],
            row[detail] if detail else "",
            *(row[kind] for kind in KINDS),
            row["recipients"],
            row["reported"],
        )
        for row in sums.sort("allocated", descending=True, nulls_last=True, maintain_order=True).iter_rows(
            named=True
        )
    ]


def everything(rows: pl.DataFrame, name: str) -> Sums:
    """The sum of all rows, as one of `name`."""
    if rows.is_empty():
        return Sums(name, "", _ZERO, None, None)
    return by(rows.with_columns(pl.lit(name).alias("_name")), "_name")[0]


def grouped(rows: pl.DataFrame, catalogue: Catalogue, division: str, chosen: str | None) -> pl.DataFrame:
    """The rows with `group`: the part of the county that the money goes to. Every row is in one and only one.

    Args:
        rows: Allocations.
        catalogue: The areas.
        division: The division whose delregioner are told apart.
        chosen: A delregion to tell apart from all others; None for each by itself.
    """
    place = {
        item: area.id if chosen in (None, area.id) else OTHERS
        for area in catalogue.delregioner(division)
        for item in (area.id, *(member.id for member in catalogue.members(area.id)))
    }
    whole = pl.when(pl.col("level") == "region").then(pl.lit(REGION)).otherwise(pl.lit(COMMON))
    own = pl.col("area").replace_strict(place, default=ELSEWHERE, return_dtype=pl.String)
    return rows.with_columns(
        pl.when(pl.col("area") == catalogue.county.id).then(whole).otherwise(own).alias("group")
    )


def parts(rows: pl.DataFrame, catalogue: Catalogue, division: str, chosen: str | None) -> list[Sums]:
    """Sums per part of the county, delregioner first in their own order, also those that got nothing.

    Args:
        rows: As `grouped` gives them.
        catalogue: The areas.
        division: The division.
        chosen: The delregion that is told apart, if one is.
    """
    delregioner = {area.id: area.name for area in catalogue.delregioner(division)}
    names = {**(delregioner if chosen is None else {chosen: delregioner[chosen]}), **NAMES}
    found = {sums.name: sums for sums in by(rows, "group")}
    return [
        replace(found.get(key, Sums("", "", _ZERO, None, None)), name=name, id=key)
        for key, name in names.items()
        if key in found or key in delregioner
    ]


def percents(amounts: Sequence[Decimal]) -> list[Decimal]:
    """Per cent with one decimal that add up to 100 exactly; nought of nothing.

    Args:
        amounts: Kronor, none negative.
    """
    weights = {str(place): int(amount * 100) for place, amount in enumerate(amounts)}
    if not sum(weights.values()):
        return [_ZERO for _ in amounts]
    return [share / 10 for share in split_per_capita(Decimal(1000), weights).values()]


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


def folded(found: list[Share], chosen: str | None) -> list[Share]:
    """The chosen delregion's share and that of all others together; all of them where none is chosen."""
    if chosen is None:
        return found
    own = [share for share in found if share.area.id == chosen]
    others = [share for share in found if share.area.id != chosen]
    if not others:
        return own
    together = others[0].area.model_copy(update={"id": OTHERS, "name": NAMES[OTHERS]})
    return [
        *own,
        Share(
            together,
            sum((share.allocated for share in others), _ZERO),
            sum(share.inhabitants for share in others),
            sum((share.example_split for share in others), _ZERO),
        ),
    ]


@dataclass(frozen=True)
class Year:
    """One year's money of agreements of one kind.

    Attributes:
        year: The year.
        allocated: Kronor in all.
        purposes: Purpose → kronor, in the order delivered.
        is_example: Whether any of it is generated.
    """

    year: int
    allocated: Decimal
    purposes: dict[str, Decimal]
    is_example: bool


def alike(allocations: pl.DataFrame, agreement: Agreement, catalogue: Catalogue) -> pl.DataFrame:
    """The rows of the agreement and of those of its kind: whose money the same indicator shows."""
    kind = [item for item in catalogue.agreements.values() if item.indicator == agreement.indicator]
    return pl.concat([of_agreement(allocations, item) for item in kind])


def years(rows: pl.DataFrame) -> list[Year]:
    """What was allocated each year, oldest first.

    Args:
        rows: Allocations of agreements of one kind.
    """
    found = []
    for (year,), own in rows.filter(pl.col("kind") == "allocated").group_by("year"):
        purposes = own.group_by("purpose", maintain_order=True).agg(pl.col("amount").sum())
        example = bool((own["origin"] == "example").any())
        found.append(Year(int(str(year)), total(own), dict(purposes.iter_rows()), example))
    return sorted(found, key=lambda item: item.year)
