"""What is hidden today is hidden in what is shown of earlier days too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.measures.frames import KEY

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What a hidden figure doesn't have.
BLANK = ("value", "numerator", "denominator", "lower", "upper", "interval_method", "interval_level")


def hidden_keys(series: pl.DataFrame, *, key: Sequence[str] = KEY) -> pl.DataFrame:
    """Which figures of a series are hidden, by us or by the source, and why.

    Args:
        series: `schemas.results.SERIES_SCHEMA`.
        key: Columns that tell figures apart.

    Returns:
        The columns of `key`, and reason.
    """
    return series.filter(pl.col("flag") == "suppressed").select(*key, "reason")


def hide_as_well(series: pl.DataFrame, hidden_keys: pl.DataFrame) -> pl.DataFrame:
    """Hide figures of an earlier day that are hidden at present.

    A figure that is hidden today and stood on the pages yesterday, or a total that has moved since then while a
    single figure did, would else give away what is hidden. Both days hide what either does: what each hides is
    enough for it not to be worked out by adding and subtracting, and then both together are too.

    Args:
        series: The figures as of the earlier day, `schemas.results.SERIES_SCHEMA`, already hidden by their own
            counts.
        hidden_keys: From `hidden_keys`, of today's series.

    Returns:
        The series in its order.
    """
    also = hidden_keys.select(*KEY, pl.col("reason").alias("_also")).unique(KEY)
    marked = series.join(also, on=KEY, how="left", maintain_order="left")
    hides = pl.col("_also").is_not_null() & pl.col("flag").ne_missing("suppressed")
    blank = [name for name in BLANK if name in series.columns]
    return marked.with_columns(
        *(pl.when(~hides).then(pl.col(name)).alias(name) for name in blank),
        pl.when(hides).then(pl.lit("suppressed")).otherwise("flag").alias("flag"),
        pl.when(hides).then("_also").otherwise("reason").alias("reason"),
    ).drop("_also")
