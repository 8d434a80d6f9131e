"""The latest figure of every series, and how it has changed since the period before."""

from __future__ import annotations

import polars as pl

from etl.measures.frames import is_example
from etl.measures.interval import certain, newcombe
from etl.measures.text import rounded
from schemas.catalogue import Direction, Unit
from schemas.results import Method

_SERIES = ["indicator", "area", "sex", "age"]


def with_change(rows: pl.DataFrame, series: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """Add to each row the figure before it and the change between them.

    The figure before is the nearest earlier one with a value, of the same area, breakdown, period type and
    class (example or real). Where periods are lacking in between, `previous_start` tells.

    Args:
        rows: Rows of `SERIES_SCHEMA`, at most one per indicator, area, sex, age and period type.
        series: `SERIES_SCHEMA`, to look for the figures before in.
        rules: `etl.measures.frames.rules`.

    Returns:
        The rows with previous_start, previous_value, change (in the unit; percentage points for a share),
        change_is_certain (Newcombe's interval leaves out 0; null unless the unit is per cent and both figures
        have counts) and course: better, worse or unchanged, the last when the change is 0 at the indicator's
        decimals; null where there is nothing to compare with or no way is better.
    """
    line = [*_SERIES, "period_type", "_example"]
    example = is_example(pl.col("origin")).alias("_example")
    rows = rows.with_columns(example)
    before = (
        series.filter(pl.col("value").is_not_null())
        .with_columns(example)
        .join(rows.select(*line, pl.col("period_start").alias("_now")), on=line)
        .filter(pl.col("period_start") < pl.col("_now"))
        .sort("period_start")
        .unique(line, keep="last")
        .select(
            *line,
            pl.col("period_start").alias("previous_start"),
            pl.col("value").alias("previous_value"),
            pl.col("numerator").alias("_numerator"),
            pl.col("denominator").alias("_denominator"),
        )
    )
    difference = newcombe(
        pl.col("numerator"), pl.col("denominator"), pl.col("_numerator"), pl.col("_denominator")
    )
    found = (
        rows.filter(pl.col("value").is_not_null())
        .join(before, on=line)
        .join(rules.select("indicator", "unit", "direction", "decimals"), on="indicator")
        .with_columns((pl.col("value") - pl.col("previous_value")).alias("change"))
        .select(
            *line,
            "previous_start",
            "previous_value",
            "change",
            pl.when(pl.col("unit") == Unit.PERCENT).then(certain(difference)).alias("change_is_certain"),
            _course(rounded(pl.col("change"), pl.col("decimals"))).alias("course"),
        )
    )
    return rows.join(found, on=line, how="left").drop("_example")


def _course(change: pl.Expr) -> pl.Expr:
    upward = pl.col("direction") == Direction.HIGHER
    return (
        pl.when(pl.col("direction") == Direction.NONE)
        .then(None)
        .when(change == 0)
        .then(pl.lit("unchanged"))
        .when((change > 0) == upward)
        .then(pl.lit("better"))
        .otherwise(pl.lit("worse"))
    )


def _months(date: pl.Expr) -> pl.Expr:
    return date.dt.year().cast(pl.Int32) * 12 + date.dt.month().cast(pl.Int32)


def latest(series: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """The figure that each series is judged by.

    Periods of the indicator's usual type go before others. Among them it is the newest one, except that a
    roll-up without a value, because a municipality hasn't delivered yet, is passed over for the newest figure
    that isn't such a one, as long as that is at most one update interval older: one delivery late is normal
    and shouldn't blank out a page, more than one is told. A roll-up that is refused is passed over for
    whatever was delivered for the area. Hidden and missing figures are never passed over.

    Args:
        series: `SERIES_SCHEMA`.
        rules: `etl.measures.frames.rules`.

    Returns:
        One row per indicator, area, sex and age; the columns of `series`.
    """
    refused = pl.col("value").is_null() & pl.col("method").is_null()
    waiting = pl.col("value").is_null() & (pl.col("method") != Method.DIRECT) & (pl.col("flag") == "missing")
    last = pl.col("period_end").max().over(_SERIES)
    last_settled = pl.col("period_end").filter(~pl.col("_waiting")).max().over(_SERIES)
    late = _months(last) - _months(last_settled)
    usual = pl.col("period_type") == pl.col("usual_period_type")
    return (
        series.join(
            rules.select("indicator", "usual_period_type", "update_interval_months"),
            on="indicator",
        )
        .filter(usual == usual.any().over(_SERIES))
        .with_columns((refused | waiting.fill_null(value=False)).alias("_waiting"))
        .with_columns(
            (refused & (~pl.col("_waiting")).any().over(_SERIES)).alias("_replaced"),
            (late <= pl.col("update_interval_months")).fill_null(value=False).alias("_passable"),
        )
        .filter(~(pl.col("_waiting") & (pl.col("_passable") | pl.col("_replaced"))))
        .sort("period_end", "period_type", descending=[True, False])
        .unique(_SERIES, keep="first", maintain_order=True)
        .drop("usual_period_type", "update_interval_months", "_waiting", "_replaced", "_passable")
    )
