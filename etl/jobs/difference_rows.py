"""Published figures before and after a change, row by row: new, revised, removed or unchanged.

What counts as the same is what `etl.warehouse` says: a figure is one by its key, real and example apart, and is
revised when its value, counts, standard deviation or flag is another. Unchanged figures are counted only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from etl.jobs.difference_keys import coded
from etl.measures.interval import certain, columns, newcombe
from schemas.catalogue import Unit
from schemas.columns import ALLOCATION_KEY, OBSERVATION_FIGURES, OBSERVATION_KEY

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue

#: `old_…` and `new_…` are the stored columns, null where there is no such row. `…_figure` is the figure that
#: counts: the value, worked out from the counts where it isn't given, none where a flag says that there is none.
#: `change` is new minus old figure; `certain` whether it is more than chance, null where that can't be told;
#: `size` the change in steps of what the series usually moves from one period to the next. `sheet` and `row` are
#: the batch's own row's. `tier` is as in `etl.jobs.difference_rank`.
ROW_SCHEMA: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "area": pl.String(),
    "period_type": pl.String(),
    "period_start": pl.Date(),
    "sex": pl.String(),
    "age": pl.String(),
    "example": pl.Boolean(),
    "what": pl.String(),
    **{
        f"{side}_{name}": pl.String() if name == "flag" else pl.Float64()
        for side in ("old", "new")
        for name in (*OBSERVATION_FIGURES, "figure")
    },
    "change": pl.Float64(),
    "certain": pl.Boolean(),
    "size": pl.Float64(),
    "sheet": pl.String(),
    "row": pl.Int64(),
    "tier": pl.Int8(),
}

MONEY_SCHEMA: dict[str, pl.DataType] = {
    "agreement": pl.String(),
    "year": pl.Int32(),
    "purpose": pl.String(),
    "level": pl.String(),
    "area": pl.String(),
    "recipient": pl.String(),
    "kind": pl.String(),
    "example": pl.Boolean(),
    "what": pl.String(),
    "old_amount": pl.Decimal(18, 2),
    "new_amount": pl.Decimal(18, 2),
    "change": pl.Decimal(18, 2),
}

_SILENT = ["missing", "suppressed"]


@dataclass(frozen=True)
class Counts:
    """How many figures, or sums of money, a change touches.

    Attributes:
        new: Had no published figure.
        revised: Have another figure than before.
        removed: Have no published figure any more.
        unchanged: Are delivered as they were published.
    """

    new: int = 0
    revised: int = 0
    removed: int = 0
    unchanged: int = 0

    @property
    def changed(self) -> int:
        """All but the unchanged."""
        return self.new + self.revised + self.removed

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(
            self.new + other.new,
            self.revised + other.revised,
            self.removed + other.removed,
            self.unchanged + other.unchanged,
        )


def figure(scale: pl.Expr, prefix: str = "") -> pl.Expr:
    """The figure that counts, as the measures work it out.

    Args:
        scale: From `scale_of`.
        prefix: Before the names of the columns.
    """
    value, numerator, denominator, _, flag = (pl.col(f"{prefix}{name}") for name in OBSERVATION_FIGURES)
    worked_out = pl.when(denominator > 0).then(numerator / denominator * scale)
    silent = flag.is_in(_SILENT).fill_null(value=False)
    return pl.when(~silent).then(pl.coalesce(value, worked_out))


def scale_of(catalogue: Catalogue) -> pl.Expr:
    """What the ratio of a row's counts is multiplied by: 100 for per cent, else 1."""
    return pl.when(_is_share(catalogue)).then(100.0).otherwise(1.0)


def _is_share(catalogue: Catalogue) -> pl.Expr:
    shares = [item.id for item in catalogue.indicators.values() if item.unit is Unit.PERCENT]
    return pl.col("indicator").is_in(shares)


def changed_rows(
    before: pl.DataFrame, after: pl.DataFrame, catalogue: Catalogue, *, withdrawn: bool = False
) -> tuple[pl.DataFrame, Counts]:
    """Hold the rows of one batch against what is published without it.

    Args:
        before: Observations published before the change, at least all of the series that it touches.
        after: Observations after it. Of the two, the side that holds the batch (`after`, or `before` when it
            is withdrawn) has the batch's rows only; the other one is looked up in. Where both are coded
            already, they are coded together.
        catalogue: Units and decimals.
        withdrawn: Whether the batch leaves what is published.

    Returns:
        `ROW_SCHEMA` with `tier` null, in no particular order, and how many there are of each kind.
    """
    own, other = (before, after) if withdrawn else (after, before)
    if "_key" not in own.columns:
        own, other = coded(own, other)
    mine, theirs = ("old_", "new_") if withdrawn else ("new_", "old_")
    # What neither side tells of any row isn't compared.
    told = [
        name
        for name in OBSERVATION_FIGURES
        if any(side[name].null_count() < side.height for side in (own, other))
    ]
    found = own.select(
        "_key", "_series", *OBSERVATION_KEY, "_example", *_named(told, mine), pl.col("sheet", "row")
    ).join(
        other.select("_key", *_named(told, theirs), pl.lit(value=True).alias("_found")),
        on="_key",
        how="left",
    )
    same = pl.all_horizontal(
        pl.lit(value=True), *(pl.col(f"old_{name}").eq_missing(pl.col(f"new_{name}")) for name in told)
    )
    alone = "removed" if withdrawn else "new"
    what = pl.when(pl.col("_found").is_null()).then(pl.lit(alone))
    marked = found.with_columns(
        what.when(same).then(pl.lit("unchanged")).otherwise(pl.lit("revised")).alias("what")
    )
    counts = Counts(**dict(marked.group_by("what").len().rows()))
    changes = marked.filter(pl.col("what") != "unchanged").with_columns(
        pl.lit(None, ROW_SCHEMA[f"{side}{name}"]).alias(f"{side}{name}")
        for side in ("old_", "new_")
        for name in OBSERVATION_FIGURES
        if name not in told
    )
    return _measured(changes, other, catalogue), counts


def _named(names: list[str], prefix: str) -> list[pl.Expr]:
    return [pl.col(name).alias(f"{prefix}{name}") for name in names]


def _measured(changes: pl.DataFrame, published: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    scale = scale_of(catalogue)
    known = changes.with_columns(
        figure(scale, "old_").alias("old_figure"), figure(scale, "new_").alias("new_figure")
    ).with_columns((pl.col("new_figure") - pl.col("old_figure")).alias("change"))
    moved = known.filter(pl.col("change").is_not_null())
    steps = _usual_step(moved, published, scale)
    counts = (pl.col(f"{side}_{name}") for side in ("new", "old") for name in OBSERVATION_FIGURES[1:3])
    interval = columns(newcombe, *counts)
    return (
        known.join(steps, on="_series", how="left")
        .with_columns(
            pl.when(_is_share(catalogue) & pl.col("change").is_not_null())
            .then(certain(interval))
            .alias("certain"),
            (pl.col("change").abs() / _step(catalogue)).alias("size"),
            pl.col("_example").alias("example"),
            pl.lit(None, pl.Int8).alias("tier"),
        )
        .select(pl.col(name).cast(dtype) for name, dtype in ROW_SCHEMA.items())
    )


def _step(catalogue: Catalogue) -> pl.Expr:
    """What the series usually moves, at least one unit of the last decimal shown.

    A series too short to tell is given a tenth of its old figure.
    """
    units = {item.id: 10.0**-item.decimals for item in catalogue.indicators.values()}
    least = pl.col("indicator").replace_strict(units, default=1.0, return_dtype=pl.Float64)
    return pl.max_horizontal(pl.coalesce("_step", pl.col("old_figure").abs() / 10), least)


def _usual_step(moved: pl.DataFrame, published: pl.DataFrame, scale: pl.Expr) -> pl.DataFrame:
    """The mean moving range of each published series that has a revised figure.

    Args:
        moved: The revised rows, with `_series`.
        published: Rows without the batch, with `_series` and `_key`.
        scale: From `scale_of`.

    Returns:
        Columns _series and _step.
    """
    if moved.is_empty():
        return pl.DataFrame(schema={"_series": pl.Int64(), "_step": pl.Float64()})
    history = (
        published.join(moved.select("_series").unique(), on="_series", how="semi")
        .select("_series", "_key", figure(scale).alias("figure"))
        .drop_nulls("figure")
        .sort("_key")
    )
    same_series = pl.col("_series") == pl.col("_series").shift()
    moves = history.select("_series", pl.when(same_series).then(pl.col("figure").diff().abs()).alias("_step"))
    return moves.group_by("_series").agg(pl.col("_step").mean())


def changed_money(before: pl.DataFrame, after: pl.DataFrame) -> tuple[pl.DataFrame, Counts]:
    """Sums of money before and after a change.

    An agreement's division is one decision, so a sum that the new division lacks is removed.

    Args:
        before: Published allocations of the touched agreements before the change.
        after: The same after it.

    Returns:
        `MONEY_SCHEMA`, largest change first, and how many there are of each kind.
    """
    key = [*ALLOCATION_KEY, "example"]
    example = (pl.col("origin") == "example").alias("example")
    sides = [
        frame.with_columns(example).select(*key, pl.col("amount").alias(name))
        for frame, name in ((before, "old_amount"), (after, "new_amount"))
    ]
    old, new = pl.col("old_amount"), pl.col("new_amount")
    what = (
        pl.when(old.is_null())
        .then(pl.lit("new"))
        .when(new.is_null())
        .then(pl.lit("removed"))
        .when(old == new)
        .then(pl.lit("unchanged"))
        .otherwise(pl.lit("revised"))
    )
    nothing = pl.lit(0).cast(pl.Decimal(18, 2))
    joined = (
        sides[0]
        .join(sides[1], on=key, how="full", coalesce=True)
        .with_columns(what.alias("what"), (new.fill_null(nothing) - old.fill_null(nothing)).alias("change"))
    )
    counts = Counts(**dict(joined.group_by("what").len().rows()))
    changes = joined.filter(pl.col("what") != "unchanged").select(
        pl.col(name).cast(dtype) for name, dtype in MONEY_SCHEMA.items()
    )
    return changes.sort(pl.col("change").abs(), *ALLOCATION_KEY, descending=[True] + [False] * 7), counts
