"""Which figures are small themselves, by their indicator's two limits.

There is no single Swedish limit, so each indicator has its own two (`minimum_numerator`, `minimum_denominator`; 0
switches one off). A count of 0 isn't small, nor, for a share, are 0 left over. Where a figure comes with its value
and only one of its counts, the other is worked out, to the nearest whole one, for the test alone. A figure with a
value and no count at all, or one that isn't a share nor a ratio of sums and lacks a count, can't be tested.

Money isn't tested: a sum of kronor is about nobody.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache

import polars as pl

from etl.measures.frames import with_rules
from schemas.catalogue import RollUp, Unit

#: Units that count people, visits or days.
COUNTED_IN = [Unit.PERCENT, Unit.INDEX, Unit.DAYS, Unit.DAYS_PER_INHABITANT]


class Rule(IntEnum):
    """The rule by which a figure is small, the first that holds."""

    NONE = 0
    FEW = 1
    LEFT = 2
    THIN = 3


def tested(figures: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """Test every figure against its indicator's limits.

    Args:
        figures: As for `etl.measures.suppression.hide_small`.
        rules: `etl.measures.frames.rules`.

    Returns:
        The figures in their order with `_numerator` and `_denominator` (as delivered or worked out), `_rule`
        (`Rule`, 0 where the figure isn't small), `_scale`, `_unit`, `_least_numerator` and `_least_denominator`.
    """
    limits = rules.select(
        "indicator",
        "roll_up",
        pl.col("scale").alias("_scale"),
        pl.col("unit").alias("_unit"),
        pl.col("minimum_numerator").alias("_least_numerator"),
        pl.col("minimum_denominator").alias("_least_denominator"),
    )
    wide = with_rules(figures, limits, *limits.columns[1:], how="left")
    delivered = not (figures["numerator"].null_count() or figures["denominator"].null_count())
    counts = [pl.col(name).alias(f"_{name}") for name in ("numerator", "denominator")]
    return wide.with_columns(counts if delivered else _counts()).with_columns(rule()).drop("roll_up")


@cache
def _counts() -> list[pl.Expr]:
    """The counts to test: as delivered, else worked out from the value and the other count."""
    value, numerator, denominator = pl.col("value"), pl.col("numerator"), pl.col("denominator")
    is_ratio = (pl.col("_unit") == Unit.PERCENT) | (pl.col("roll_up") == RollUp.RATIO_OF_SUMS)
    counted = (value * denominator / pl.col("_scale")).round()
    out_of = (numerator * pl.col("_scale") / value).round()
    return [
        pl.coalesce(numerator, pl.when(is_ratio).then(counted)).alias("_numerator"),
        pl.coalesce(denominator, pl.when(is_ratio & (value > 0)).then(out_of)).alias("_denominator"),
    ]


@cache
def rule() -> pl.Expr:
    """The rule by which `_numerator` of `_denominator` is small; column `_rule`."""
    numerator, denominator = pl.col("_numerator"), pl.col("_denominator")
    left = _between(denominator - numerator, pl.col("_least_numerator")) & (pl.col("_unit") == Unit.PERCENT)
    thin = (denominator < pl.col("_least_denominator")).fill_null(value=False)
    counted = pl.col("_unit").is_in(COUNTED_IN).fill_null(value=False)
    return (
        pl.when(~counted)
        .then(Rule.NONE)
        .when(_between(numerator, pl.col("_least_numerator")))
        .then(Rule.FEW)
        .when(left)
        .then(Rule.LEFT)
        .when(thin)
        .then(Rule.THIN)
        .otherwise(Rule.NONE)
        .cast(pl.Int8)
        .alias("_rule")
    )


def _between(count: pl.Expr, least: pl.Expr) -> pl.Expr:
    return ((count > 0) & (count < least)).fill_null(value=False)
