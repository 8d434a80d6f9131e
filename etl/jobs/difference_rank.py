"""The largest change in meaning first.

What a steering group would ask about first comes first, whatever its size in per cent:

1. figures behind a judgement that becomes another one;
2. figures that change by more than chance: the interval of the change leaves out 0 (Newcombe);
3. figures that disappear: removed, or delivered as missing or suppressed where there was one;
4. other figures that change as shown;
5. figures where there was none;
6. rows whose figure reads the same as before: only the counts behind it, a flag or hidden decimals differ.

Certain before large: in a municipality with twelve children ten percentage points may be one child, in the whole
county half a percentage point may be a thousand patients. Within each, by the size of the change in steps of what
the series usually moves from one period to the next, so that a restless series doesn't drown a calm one; without
a size by the newest period.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.jobs.difference_flips import figures_behind, turned
from etl.measures.text import rounded

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue

BEHIND_A_FLIP, CERTAIN, GONE, MOVED, ADDED, ALIKE = 1, 2, 3, 4, 5, 6

_LINE = ["indicator", "age", "area", "period_start"]


def with_tier(rows: pl.DataFrame, found: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """Fill in `tier`, as numbered in this module.

    Args:
        rows: `etl.jobs.difference_rows.ROW_SCHEMA`.
        found: The flips of the same change.
        catalogue: Decimals, and which municipalities an area is made of.
    """
    had, has = pl.col("old_figure").is_not_null(), pl.col("new_figure").is_not_null()
    tier = (
        pl.when("_behind")
        .then(BEHIND_A_FLIP)
        .when(pl.col("certain").fill_null(value=False))
        .then(CERTAIN)
        .when(had & ~has)
        .then(GONE)
        .when(had & has & pl.col("_visible"))
        .then(MOVED)
        .when(has & ~had)
        .then(ADDED)
        .otherwise(ALIKE)
    )
    decimals = {item.id: item.decimals for item in catalogue.indicators.values()}
    shown = pl.col("indicator").replace_strict(decimals, default=0, return_dtype=pl.Int32)
    return (
        _marked(rows.with_columns(shown.alias("decimals")), found, catalogue)
        .with_columns(_visible().alias("_visible"))
        .with_columns(tier.cast(pl.Int8).alias("tier"))
        .select(rows.columns)
    )


def _visible() -> pl.Expr:
    old, new = (rounded(pl.col(name), pl.col("decimals")) for name in ("old_figure", "new_figure"))
    return (old != new).fill_null(value=False)


def _marked(rows: pl.DataFrame, found: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """Add `_behind`: whether a flip rests on the row's figure."""
    behind = figures_behind(found.filter(turned()), catalogue).with_columns(
        pl.lit(value=True).alias("_behind")
    )
    if behind.is_empty():
        return rows.with_columns(pl.lit(value=False).alias("_behind"))
    can_be = (
        pl.col("indicator").is_in(behind["indicator"].unique().to_list())
        & pl.col("period_start").is_in(behind["period_start"].unique().to_list())
        & (pl.col("sex") == "total")
    )
    marked = rows.with_row_index("_place")
    few = marked.filter(can_be).join(behind, on=_LINE, how="semi").select("_place")
    return marked.with_columns(pl.col("_place").is_in(few["_place"].implode()).alias("_behind")).drop(
        "_place"
    )


def ranked(rows: pl.DataFrame, limit: int | None = None) -> pl.DataFrame:
    """The rows, largest change in meaning first; the first `limit` of them.

    Args:
        rows: `ROW_SCHEMA` with `tier`.
        limit: How many; all where None. A few out of very many are found without sorting them all.
    """
    if limit is not None and 0 < limit < rows.height:
        rows = _first_tiers(rows, limit)
    order = ["tier", "size", "period_start", "indicator", "area", "age", "sex", "period_type", "example"]
    descending = [False, True, True, *[False] * 6]
    found = rows.sort(order, descending=descending, nulls_last=True)
    return found if limit is None else found.head(limit)


def _first_tiers(rows: pl.DataFrame, limit: int) -> pl.DataFrame:
    """The rows of the tiers that the first `limit` come from; of the last of these only the largest."""
    sums = rows.group_by("tier").len().sort("tier").with_columns(pl.col("len").cum_sum().alias("_sum"))
    last = sums.filter(pl.col("_sum") >= limit)["tier"][0]
    whole = rows.filter(pl.col("tier") < last)
    part = rows.filter(pl.col("tier") == last)
    left = limit - whole.height
    by = pl.col("size").fill_null(-1.0)
    if part.select(by.n_unique()).item() == 1:
        by = pl.col("period_start").to_physical().cast(pl.Float64)
    least = part.select(by.top_k(left).min()).item()
    return pl.concat([whole, part.filter(by >= least)])
