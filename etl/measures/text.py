"""The texts of `schemas.swedish` for whole columns.

A number in a reason must be the number on screen, so both round alike: halves away from zero, at the
indicator's own decimals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from schemas.swedish import CHANGE_WORDS, HALF, MINUS, NO_BREAK_SPACE, UNCHANGED, UNIT_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

_FACTORS = {decimals: 10.0**decimals for decimals in range(5)}


def _factor(decimals: pl.Expr) -> pl.Expr:
    return decimals.replace_strict(_FACTORS, return_dtype=pl.Float64)


def _steps(value: pl.Expr, decimals: pl.Expr) -> pl.Expr:
    return (value.abs() * _factor(decimals) + HALF).floor()


def rounded(value: pl.Expr, decimals: pl.Expr) -> pl.Expr:
    """The number as shown (`schemas.swedish.rounded`).

    Args:
        value: Any number.
        decimals: Decimals shown, 0-4.
    """
    return value.sign() * _steps(value, decimals) / _factor(decimals)


def number(value: pl.Expr, decimals: pl.Expr) -> pl.Expr:
    """`1 234,5` or `−0,4` (`schemas.swedish.number`); null where there is no number."""
    steps = _steps(value, decimals).cast(pl.Int64)
    factor = _factor(decimals).cast(pl.Int64)
    whole = (
        (steps // factor)
        .cast(pl.String)
        .str.reverse()
        .str.replace_all(r"(\d{3})", "${1}" + NO_BREAK_SPACE)
        .str.reverse()
        .str.strip_chars_start(NO_BREAK_SPACE)
    )
    part = pl.concat_str(pl.lit(","), (steps % factor).cast(pl.String).str.zfill(decimals))
    return pl.concat_str(
        pl.when((value < 0) & (steps > 0)).then(pl.lit(MINUS)).otherwise(pl.lit("")),
        whole,
        pl.when(decimals > 0).then(part).otherwise(pl.lit("")),
    )


def _with_word(text: pl.Expr, unit: pl.Expr, words: Mapping[str, tuple[str, str]]) -> pl.Expr:
    def following(index: int) -> pl.Expr:
        table = {key: NO_BREAK_SPACE + pair[index] if pair[index] else "" for key, pair in words.items()}
        return unit.replace_strict(table, return_dtype=pl.String)

    bare = text.str.strip_chars_start(MINUS)
    return pl.concat_str(text, pl.when(bare == "1").then(following(0)).otherwise(following(1)))


def value_text(value: pl.Expr, unit: pl.Expr, decimals: pl.Expr) -> pl.Expr:
    """`72,4 %` or `3,2 dagar` (`schemas.swedish.value_text`); null where there is no value."""
    return _with_word(number(value, decimals), unit, UNIT_WORDS)


def target_text(value: pl.Expr, unit: pl.Expr, decimals: pl.Expr) -> pl.Expr:
    """A target in its unit, without decimals where it is whole as shown: `målet är 55 %`, not `55,0 %`."""
    shown = rounded(value, decimals)
    return value_text(value, unit, pl.when(shown == shown.floor()).then(0).otherwise(decimals))


def change_words(change: pl.Expr, unit: pl.Expr, decimals: pl.Expr) -> pl.Expr:
    """`ökade med 1,3 procentenheter` or `oförändrat` (`schemas.swedish.change_words`); null if not known."""
    verb = pl.when(change > 0).then(pl.lit("ökade med ")).otherwise(pl.lit("minskade med "))
    moved = pl.concat_str(verb, _with_word(number(change.abs(), decimals), unit, CHANGE_WORDS))
    return pl.when(_steps(change, decimals) == 0).then(pl.lit(UNCHANGED)).otherwise(moved)
