"""Every figure's interval, by what its unit is.

| unit                        | interval                                                                     |
|-----------------------------|------------------------------------------------------------------------------|
| per cent                    | Wilson, from the counts                                                      |
| index                       | Byar or exact on the numerator, over the denominator                         |
| days, days per inhabitant   | none: days come several at a time to the same person, so that they don't     |
|                             | vary as counts do, and no standard deviation is delivered                    |
| kronor                      | none: an amount isn't drawn by chance                                        |

An index whose numerator is a sum of values between 0 and 1 varies at most as a count does (its variance is at
most its mean): the interval is then wider than need be, never too narrow.
"""

from __future__ import annotations

import polars as pl

from etl.measures.interval import counted, counted_by, wilson, z_of
from schemas.catalogue import Unit
from schemas.results import IntervalMethod

#: The level of the intervals that pages show.
LEVEL = 0.95

NO_COUNTS = "Antalen bakom värdet är inte kända, så osäkerheten kan inte beräknas"
BAD_COUNTS = "Antalen bakom värdet går inte ihop, så osäkerheten kan inte beräknas"
NO_SPREAD = "Spridningen bakom medelvärdet är inte känd, så osäkerheten kan inte beräknas"
AMOUNT = "Ett belopp har ingen slumpmässig osäkerhet"

_MEANS = [Unit.DAYS, Unit.DAYS_PER_INHABITANT]


def with_intervals(
    figures: pl.DataFrame, rules: pl.DataFrame, *, level: float = LEVEL, exact: bool = False
) -> pl.DataFrame:
    """Add each figure's interval and how it was computed, or why there is none.

    Args:
        figures: With columns indicator, value, numerator and denominator.
        rules: `etl.measures.frames.rules`.
        level: Level of the intervals, 0.95 or 0.998.
        exact: Exact intervals for all counts, not only small ones.

    Returns:
        The figures, in their order, with lower and upper in the figure's unit, interval_method
        (`schemas.results.IntervalMethod`), interval_level, and interval_reason: the Swedish reason why a value
        has no interval, null where it has one or there is no value.
    """
    z = z_of(level)
    numerator, denominator, scale = pl.col("numerator"), pl.col("denominator"), pl.col("_scale")
    share = pl.col("_unit") == Unit.PERCENT
    shown = pl.col("value").is_not_null()
    cases = pl.when((pl.col("_unit") == Unit.INDEX) & shown & (denominator > 0)).then(numerator)
    of_share = wilson(pl.when(share & shown).then(numerator), denominator, z=z)
    of_count = counted(cases, z=z, exact=exact)
    lower, upper = (
        pl.coalesce(one, other / denominator) * scale for one, other in zip(of_share, of_count, strict=True)
    )
    limits = rules.select("indicator", pl.col("unit").alias("_unit"), pl.col("scale").alias("_scale"))
    wide = figures.join(limits, on="indicator", how="left", maintain_order="left")
    wide = wide.with_columns(lower.alias("lower"), upper.alias("upper"))
    there = pl.col("lower").is_not_null()
    method = pl.when(share).then(pl.lit(str(IntervalMethod.WILSON))).otherwise(counted_by(cases, exact=exact))
    return wide.with_columns(
        pl.when(there).then(method).alias("interval_method"),
        pl.when(there).then(level).alias("interval_level"),
        pl.when(shown & ~there).then(_reason()).alias("interval_reason"),
    ).drop("_unit", "_scale")


def _reason() -> pl.Expr:
    unknown = pl.col("numerator").is_null() | pl.col("denominator").is_null()
    return (
        pl.when(pl.col("_unit") == Unit.KRONOR)
        .then(pl.lit(AMOUNT))
        .when(pl.col("_unit").is_in(_MEANS))
        .then(pl.lit(NO_SPREAD))
        .when(unknown)
        .then(pl.lit(NO_COUNTS))
        .otherwise(pl.lit(BAD_COUNTS))
    )
