"""What differs between two states of the pages: figures that were shown and then changed. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

from etl.measures import frames, text
from schemas.results import SERIES_SCHEMA

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue


class Kind(StrEnum):
    """What happened to a figure that had been published."""

    CHANGED = "changed"
    REMOVED = "removed"
    HIDDEN = "hidden"
    RETURNED = "returned"
    EXAMPLE_REPLACED = "example_replaced"


#: One figure that was changed. `old` and `new` are as shown, null where nothing was or is shown; `size` is the
#: change as a share of the larger of the two, 1 where one of them is missing, 0 where neither is told; `reason`
#: says why a figure is hidden or missing.
FIGURE_SCHEMA: dict[str, pl.DataType] = {
    **{name: SERIES_SCHEMA[name] for name in ("indicator", "area", "level", "division", "period_start")},
    **{name: SERIES_SCHEMA[name] for name in ("period_type", "age")},
    "kind": pl.String(),
    "old": pl.Float64(),
    "new": pl.Float64(),
    "size": pl.Float64(),
    "reason": pl.String(),
}

#: What makes a figure on the pages one and the same.
SHOWN_KEY = ["indicator", "area", "period_start", "period_type", "age"]

_LAYER = ["indicator", "level", "division"]


def between(
    before: pl.DataFrame, after: pl.DataFrame, catalogue: Catalogue, *, returning: bool = False
) -> pl.DataFrame:
    """The figures that differ between two states of the same indicators, largest change first.

    Args:
        before: Columns as in `SERIES_SCHEMA`.
        after: Likewise, later.
        catalogue: For the decimals shown.
        returning: Whether real figures that were not there before had been there earlier: something that had
            been withdrawn was restored.

    Returns:
        Columns as in `FIGURE_SCHEMA`.
    """
    real_before, real_after = (pl.col(name).fill_null(value=False) for name in ("real", "real_after"))
    hidden = (pl.col("flag_after") == "suppressed").fill_null(value=False)
    example = pl.col("real").not_() & pl.col("layer").fill_null(value=False)
    kind = (
        pl.when(real_before & real_after & (pl.col("old") != pl.col("new")))
        .then(pl.lit(Kind.CHANGED.value))
        .when(real_before & ~real_after & hidden)
        .then(pl.lit(Kind.HIDDEN.value))
        .when(real_before & ~real_after)
        .then(pl.lit(Kind.REMOVED.value))
        .when(example.fill_null(value=False))
        .then(pl.lit(Kind.EXAMPLE_REPLACED.value))
        .when(real_after & ~real_before & returning)
        .then(pl.lit(Kind.RETURNED.value))
    )
    earlier, later = _as_shown(before, catalogue), _as_shown(after, catalogue)
    real_layers = later.filter("real").select(*_LAYER, pl.lit(value=True).alias("layer")).unique()
    both = (
        earlier.filter(pl.col("shown").is_not_null())
        .rename({"shown": "old"})
        .join(later.rename({"shown": "new"}), on=SHOWN_KEY, how="full", coalesce=True, suffix="_after")
        .with_columns(pl.coalesce(name, f"{name}_after").alias(name) for name in ("level", "division"))
        .join(real_layers, on=_LAYER, how="left", nulls_equal=True)
        .with_columns(kind.alias("kind"), pl.col("reason_after").alias("reason"))
        .filter(pl.col("kind").is_not_null())
    )
    telling = pl.col("kind") != Kind.HIDDEN
    old = pl.when(telling & real_before).then("old").alias("old")
    new = pl.when(telling & real_after).then("new").alias("new")
    return _sized(both.with_columns(old, new))


def _as_shown(series: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """What the pages show: both sexes together, rounded, and whether it is a real figure that is there."""
    rules = frames.rules(catalogue).select("indicator", "decimals")
    return (
        series.filter(pl.col("sex") == "total")
        .join(rules, on="indicator")
        .select(
            *SHOWN_KEY,
            "level",
            "division",
            text.rounded(pl.col("value"), pl.col("decimals")).alias("shown"),
            (pl.col("value").is_not_null() & (pl.col("origin") != "example")).alias("real"),
            "flag",
            "reason",
        )
    )


def _sized(figures: pl.DataFrame) -> pl.DataFrame:
    most = pl.max_horizontal(pl.col("old").abs(), pl.col("new").abs())
    size = (pl.col("new") - pl.col("old")).abs() / most
    return (
        figures.with_columns(size.fill_null(most.is_not_null().cast(pl.Float64)).alias("size"))
        .select(pl.col(name).cast(dtype) for name, dtype in FIGURE_SCHEMA.items())
        .sort("size", *SHOWN_KEY, descending=[True, *(False for _ in SHOWN_KEY)])
    )
