"""Shares written as fractions of 1 where per cent was meant, as Excel stores a cell shown as `75,5 %`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.transform.checks import Check
from schemas.problem import no_problems, problem
from schemas.swedish import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.extract.model import Conventions

_COUNTED = 100 * pl.col("numerator") / pl.col("denominator")


def tolerance(decimals: pl.Expr) -> pl.Expr:
    """How far a rounded share may lie from the exact one, in percentage points.

    Half a unit of its last decimal and a tenth of that, since shares are sometimes rounded twice; at least
    0.01, below which a difference has no meaning.
    """
    return (0.55 * 10.0 ** (-decimals)).clip(0.01, None)


def with_per_cent(frame: pl.DataFrame, conventions: Conventions) -> pl.DataFrame:
    """Turn fractions into per cent, and add the column `fraction` saying where that was done.

    A value with numerator and denominator is a fraction when it agrees with them as one and doesn't as per
    cent. Values without them are fractions when all of the indicator's are at most 1 and some lie between 0
    and 1. A value with a per cent sign never is.

    Args:
        frame: Columns indicator, share (the indicator's unit is per cent), value, numerator, denominator,
            decimals (in the value's text) and percent (it has the sign).
        conventions: What the source says about its shares.
    """
    can_be = pl.col("share") & ~pl.col("percent") & pl.col("value").is_not_null()
    if conventions.share == "percent":
        fraction = pl.lit(False)
    elif conventions.share == "fraction":
        fraction = can_be
    else:
        fraction = can_be & pl.coalesce(_agrees_as_fraction(), _all_within_one(can_be))
    told = frame.with_columns(fraction.fill_null(False).alias("fraction"))
    changed = pl.col("fraction")
    return told.with_columns(
        pl.when(changed).then(100 * pl.col("value")).otherwise("value").alias("value"),
        pl.when(changed).then(pl.col("decimals") - 2).otherwise("decimals").alias("decimals"),
    )


def _agrees_as_fraction() -> pl.Expr:
    """Whether numerator and denominator make the value a fraction; null where they say nothing."""
    off_as_fraction = (100 * pl.col("value") - _COUNTED).abs()
    off_as_per_cent = (pl.col("value") - _COUNTED).abs()
    agrees = off_as_fraction <= tolerance(pl.col("decimals") - 2)
    differs = off_as_per_cent > tolerance(pl.col("decimals"))
    return pl.when(pl.col("denominator") > 0).then(agrees & differs)


def _all_within_one(can_be: pl.Expr) -> pl.Expr:
    value = pl.when(can_be).then(pl.col("value"))
    between = (value > 0) & (value < 1)
    return (value.max().over("indicator") <= 1) & between.any().over("indicator")


def maybe_fraction() -> Check:
    """The warning for a lone value under 1 among larger ones, with nothing to tell it by."""
    value = pl.col("value")
    lone = pl.col("share") & ~pl.col("percent") & ~pl.col("fraction") & (value > 0) & (value < 1)
    return Check(
        "maybe_fraction",
        "value",
        lone & pl.col("denominator").is_null(),
        "ett värde i procent (0–100)",
        "Värdet är under 1\u00a0%. Kontrollera att det inte är en andel av 1, som Excel visar som procent.",
        severity="warning",
    )


def told_fractions(frame: pl.DataFrame, headings: Mapping[str, str]) -> pl.DataFrame:
    """One warning for each indicator whose values were read as fractions, where the source leaves it open."""
    changed = frame.filter(pl.col("fraction")).group_by("indicator", maintain_order=True)
    found = changed.agg(pl.len().alias("count"), pl.col("sheet", "row", "raw_value").first())
    warnings = [
        problem(
            "share_as_fraction",
            severity="warning",
            sheet=first["sheet"],
            row=first["row"],
            column=headings.get("value"),
            value=first["raw_value"],
            expected="procent (0–100)",
            hint=f"{number(first['count'])} värden för {first['indicator']} lästes som andelar av 1 "
            "och räknades om till procent.",
        )
        for first in found.iter_rows(named=True)
    ]
    return pl.concat(warnings) if warnings else no_problems()
