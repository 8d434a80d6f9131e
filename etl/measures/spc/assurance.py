"""Will the target be met with the process as it is today?

With the limits of the last stretch (NHSRplotthedots; Making Data Count): a target beyond the limits on the bad
side is met every time, one beyond them on the good side never, one between them sometimes and sometimes not,
by chance alone. For an indicator with a season, the limits are those of the whole year.

Numbers are compared as shown, at the indicator's decimals, so that the word never contradicts the screen. A
target that lies on a limit is met every time where meeting it means reaching it: a constant 80 % meets 80 %.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from etl.measures.reasons import NO_DIRECTION, NO_TARGET
from etl.measures.text import with_shown
from schemas.catalogue import Direction
from schemas.results import Assurance

NO_REQUIREMENT = "Målet anger inget värde att jämföra med"


def with_assurance(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `assurance` and, where it can't be given, `assurance_reason`.

    Args:
        rows: With columns target, required (the level asked for), low, high (for a range), direction,
            decimals, process_lower, process_upper, and reason (why there are no limits).
    """
    rows = with_shown(rows, ["process_lower", "process_upper", "required", "low", "high"])
    is_range = (pl.col("low").is_not_null() & pl.col("high").is_not_null()).alias("_is_range")
    rows = rows.with_columns(is_range).with_columns(_obstacle().alias("assurance_reason"))
    word = (
        pl.when(pl.col("assurance_reason").is_not_null())
        .then(None)
        .when(_met())
        .then(pl.lit(str(Assurance.MET)))
        .when(_missed())
        .then(pl.lit(str(Assurance.MISSED)))
        .otherwise(pl.lit(str(Assurance.INCONSISTENT)))
    )
    return rows.with_columns(word.alias("assurance"))


@cache
def _obstacle() -> pl.Expr:
    return (
        pl.when(pl.col("target").is_null())
        .then(pl.lit(NO_TARGET))
        .when(pl.col("process_lower").is_null())
        .then(pl.col("reason"))
        .when("_is_range")
        .then(None)
        .when(pl.col("direction") == Direction.NONE)
        .then(pl.lit(NO_DIRECTION))
        .when(pl.col("required").is_null())
        .then(pl.lit(NO_REQUIREMENT))
    )


@cache
def _met() -> pl.Expr:
    lower, upper = pl.col("_process_lower"), pl.col("_process_upper")
    return (
        pl.when("_is_range")
        .then((lower >= pl.col("_low")) & (upper <= pl.col("_high")))
        .when(pl.col("direction") == Direction.LOWER)
        .then(upper <= pl.col("_required"))
        .otherwise(lower >= pl.col("_required"))
    )


@cache
def _missed() -> pl.Expr:
    lower, upper = pl.col("_process_lower"), pl.col("_process_upper")
    return (
        pl.when("_is_range")
        .then((lower > pl.col("_high")) | (upper < pl.col("_low")))
        .when(pl.col("direction") == Direction.LOWER)
        .then(lower > pl.col("_required"))
        .otherwise(upper < pl.col("_required"))
    )
