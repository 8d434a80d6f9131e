"""Numbers and lists in the sentences that a delivery's problems are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from schemas.swedish import NO_BREAK_SPACE, kronor, number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal


def kronor_text(amount: Decimal) -> str:
    """A sum of money, `81 314 959 kr`, with öre only where there are any."""
    return kronor(amount, 0 if amount == amount.to_integral_value() else 2)


def first_of(items: Sequence[str], *, shown: int = 3) -> str:
    """The first few of a list and how many more there are: `a, b, c och 4 till`."""
    head = ", ".join(items[:shown])
    rest = len(items) - shown
    return f"{head} och {number(rest)} till" if rest > 0 else head


def kronor_column(column: str) -> pl.Expr:
    """A money column as text for whole columns at once: `12 345,50 kr`."""
    text = pl.col(column).cast(pl.Decimal(18, 2)).cast(pl.String)
    whole = (
        text.str.replace(r"\.\d+$", "")
        .str.reverse()
        .str.replace_all(r"(\d{3})", f"${{1}}{NO_BREAK_SPACE}")
        .str.reverse()
        .str.strip_chars(NO_BREAK_SPACE)
    )
    ore = text.str.extract(r"\.(\d\d)$")
    decimals = pl.when(ore == "00").then(pl.lit("")).otherwise(pl.concat_str(pl.lit(","), ore))
    return pl.concat_str(whole, decimals, pl.lit(f"{NO_BREAK_SPACE}kr"))
