"""A denominator that jumped since the period before: another population, or thousands instead of persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.measures.frames import SEASONAL
from etl.measures.text import number
from schemas.problem import no_problems, problems_from

if TYPE_CHECKING:
    from etl.jobs.plausibility.sides import Sides

#: Registers and populations don't double or halve from one period to the next.
FACTOR = 2.0

#: Below this many the larger of the two says nothing: a clinic's month can have thirty visits or ten.
FLOOR = 100.0


def jumped_denominators(sides: Sides) -> pl.DataFrame:
    """A warning for every delivered denominator at least twice, or at most half, the one before it.

    The one before is the nearest earlier period's, of what is published and delivered together. Within a year
    the number of visits goes by the season, so there the same period a year before must be as far off, where
    there is one.
    """
    counted = pl.col("denominator") > 0
    rows = sides.together.filter(counted).select("_series", "_key", "denominator", "_new").sort("_key")
    same = pl.col("_series") == pl.col("_series").shift()
    moved = rows.with_columns(pl.when(same).then(pl.col("denominator").shift()).alias("before")).filter(
        pl.col("_new") & _jumped("before")
    )
    if moved.is_empty():
        return no_problems()
    found = sides.delivered.join(moved.select("_key", "before"), on="_key")
    found = _also_since_a_year_before(found, sides.together.filter(counted))
    return _told(sides.named(found), sides)


def _jumped(before: str) -> pl.Expr:
    now, then = pl.col("denominator"), pl.col(before)
    larger, smaller = pl.max_horizontal(now, then), pl.min_horizontal(now, then)
    return then.is_not_null() & (larger >= FLOOR) & (larger >= FACTOR * smaller)


def _also_since_a_year_before(found: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    start = pl.col("period_start")
    year_before = (
        pl.when(pl.col("period_type") == "week")
        .then(start.dt.offset_by("-52w"))
        .otherwise(start.dt.offset_by("-1y"))
    )
    earlier = known.select(
        "_series", pl.col("period_start").alias("_year_before"), pl.col("denominator").alias("then")
    )
    return (
        found.with_columns(year_before.alias("_year_before"))
        .join(earlier, on=["_series", "_year_before"], how="left")
        .filter(~pl.col("period_type").is_in(SEASONAL) | pl.col("then").is_null() | _jumped("then"))
    )


def _told(found: pl.DataFrame, sides: Sides) -> pl.DataFrame:
    now, then = (number(pl.col(name), pl.lit(0, pl.Int32)) for name in ("denominator", "before"))
    return problems_from(
        found,
        "denominator_jumped",
        severity="warning",
        column=sides.heading("denominator"),
        value=now,
        expected=pl.concat_str(pl.lit("i närheten av "), then),
        hint=pl.concat_str(
            "what",
            pl.lit(": nämnaren är "),
            now,
            pl.lit(", perioden före var den "),
            then,
            pl.lit(". Kontrollera vilka som är räknade."),
        ),
    )
