"""Shares written as fractions of 1 where per cent was meant, as Excel stores a cell shown as `75,5 %`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.transform.checks import Check
from schemas.problem import no_problems, problem
from schemas.swedish import count_text

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
    """Turn fractions into per cent, and add `fraction`, where that was done, and `all_or_nothing`.

    A value with numerator and denominator is a fraction when it agrees with them as one and doesn't as per
    cent. Values without them are fractions when all of the indicator's are at most 1 and some lie between 0
    and 1. A value with a per cent sign never is. Where all are 0 or 1 and the source leaves it open, either may
    be meant: those are `all_or_nothing`.

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
    # Looking through each indicator's values takes its time, and a value of exactly 1 is rare.
    is_open = conventions.share == "either" and (frame["value"] == 1).any()
    open_to_both = _all_or_nothing(can_be) if is_open else pl.lit(False)
    told = frame.with_columns(
        fraction.fill_null(False).alias("fraction"),
        open_to_both.fill_null(False).alias("all_or_nothing"),
    )
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


def _all_or_nothing(can_be: pl.Expr) -> pl.Expr:
    value = pl.when(can_be).then(pl.col("value"))
    return value.is_in([0.0, 1.0]).all().over("indicator")


def maybe_fraction() -> Check:
    """The warning for a value that may be a fraction, with nothing to tell it by.

    It is a lone value under 1 among larger ones, or a 1 among nothing but 0 and 1: Excel stores `100 %` as 1.
    """
    value = pl.col("value")
    either = (value < 1) | ((value == 1) & pl.col("all_or_nothing"))
    lone = pl.col("share") & ~pl.col("percent") & ~pl.col("fraction") & (value > 0) & either
    return Check(
        "maybe_fraction",
        "value",
        lone & pl.col("denominator").is_null(),
        "ett värde i procent (0–100)",
        "Värdet är högst 1\u00a0%. Kontrollera att det inte är en andel av 1, som Excel visar som procent.",
        severity="warning",
    )


def told_fractions(
    frame: pl.DataFrame, headings: Mapping[str, str], shown: Mapping[str, str]
) -> pl.DataFrame:
    """One warning for each indicator whose values were read as fractions, where the source leaves it open.

    Args:
        frame: Rows with `fraction`.
        headings: Canonical column → heading in the file.
        shown: Indicator → its name in a hint.
    """
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
            hint=_read_as_fractions(first["count"], shown[first["indicator"]]),
        )
        for first in found.iter_rows(named=True)
    ]
    return pl.concat(warnings) if warnings else no_problems()


def _read_as_fractions(count: int, name: str) -> str:
    values = count_text(count, "värde", "värden")
    read = "lästes som en andel" if count == 1 else "lästes som andelar"
    return f"{values} för {name} {read} av 1 och räknades om till procent."
