"""What the charts say of each series today, and of each of its targets."""

from __future__ import annotations

from functools import cache

import polars as pl

from etl.measures.frames import shaped, with_rules
from etl.measures.reasons import NO_FIGURE
from etl.measures.spc.assurance import with_assurance
from etl.measures.spc.obstacles import NEWEST_IS_EMPTY
from etl.measures.spc.points import SERIES
from schemas.results import ASSESSMENT_SCHEMA

_AREA = ["indicator", "area", "age"]

#: What `process` gives: the part of `schemas.results.ASSESSMENT_SCHEMA` that the charts answer.
PROCESS_SCHEMA: dict[str, pl.DataType] = {
    name: ASSESSMENT_SCHEMA[name]
    for name in (
        *_AREA, "target", "period_type", "variation", "variation_rule", "variation_reason", "points",
        "process_mean", "process_lower", "process_upper", "assurance", "assurance_reason",
    )
}  # fmt: skip


def process(points: pl.DataFrame, targets: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """What the newest point says, and whether the targets will be met with the process as it is.

    Args:
        points: From `chart`, in any order.
        targets: One row per indicator, area, age and target: columns indicator, area, age, target (null where
            there is none), required (the level asked for, in the unit; null for a range), low and high (of a
            range).
        rules: `etl.measures.frames.rules`.

    Returns:
        `PROCESS_SCHEMA`, one row per series and target, in a fixed order; a series without a target has one
        row with no target, and a target whose area has no points one row with no period_type. `variation` and
        `variation_rule` are those of the newest point, null with a reason where it has no value or there are
        no limits. `points` is how many figures the present stretch has; process_mean, process_lower and
        process_upper are its mean and limits, for an indicator with a season the year's mean level and its
        outer limits over the year. A reason stands only where there is no answer.
    """
    wanted = targets.select(
        *_AREA,
        pl.col("target").cast(pl.String),
        *(pl.col(name).cast(pl.Float64) for name in ("required", "low", "high")),
    )
    present = _present(points)
    rows = present.join(wanted, on=_AREA, how="left")
    pointless = wanted.join(present, on=_AREA, how="anti")
    if pointless.height:
        told = (pl.lit(NO_FIGURE).alias(name) for name in ("reason", "variation_reason"))
        pointless = pointless.with_columns(*told, pl.lit(0).alias("points"))
        rows = pl.concat([rows, pointless], how="diagonal_relaxed")
    rows = with_assurance(with_rules(rows, rules, "direction", "decimals"))
    return shaped(rows, PROCESS_SCHEMA).sort(*_AREA, "period_type", "target", nulls_last=False)


def _present(points: pl.DataFrame) -> pl.DataFrame:
    """The last stretch of every series."""
    present = points.group_by(*SERIES, "stretch").agg(_of_stretch())
    if (present["stretch"] > 1).any():
        present = present.filter(pl.col("stretch") == pl.col("stretch").max().over(SERIES))
    return present.with_columns(_why_not())


@cache
def _of_stretch() -> list[pl.Expr]:
    newest = pl.col("period_start").arg_max()
    mean = pl.col("mean")
    return [
        pl.col("value").is_not_null().sum().alias("points"),
        # The mean of one and the same number can differ from it in its last binary digit.
        pl.when(mean.min() == mean.max()).then(mean.min()).otherwise(mean.mean()).alias("process_mean"),
        pl.col("lower_limit").min().alias("process_lower"),
        pl.col("upper_limit").max().alias("process_upper"),
        pl.col("signal").get(newest).alias("variation"),
        pl.col("rule").get(newest).alias("variation_rule"),
        pl.col("reason").first(),
    ]


@cache
def _why_not() -> pl.Expr:
    why = pl.coalesce("reason", pl.lit(NEWEST_IS_EMPTY))
    return pl.when(pl.col("variation").is_null()).then(why).alias("variation_reason")
