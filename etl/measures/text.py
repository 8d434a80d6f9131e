"""The texts of `schemas.swedish` for whole columns.

A number in a reason must be the number on screen, so both round alike: halves away from zero, at the
indicator's own decimals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures.frames import places, words
from schemas.catalogue import Unit
from schemas.swedish import CHANGE_WORDS, HALF, MINUS, NO_BREAK_SPACE, UNCHANGED, UNIT_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    Units = Mapping[str, tuple[str, str]]

#: The units, in the order of their places.
UNITS = [str(unit) for unit in Unit]

_THOUSAND = 1000

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


def shown(value: NDArray[np.float64], decimals: NDArray[np.int64]) -> NDArray[np.float64]:
    """`rounded` for arrays; NaN where there is no number."""
    factor = 10.0**decimals
    return np.sign(value) * np.floor(np.abs(value) * factor + HALF) / factor


def with_shown(rows: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """The rows with each of these numbers as shown, in a column of the same name after an underscore.

    Args:
        rows: With the columns and `decimals`.
        names: The columns.
    """
    decimals = rows["decimals"].to_numpy()
    return rows.with_columns(
        pl.Series(f"_{name}", shown(rows[name].to_numpy(), decimals), nan_to_null=True) for name in names
    )


def numbers(value: NDArray[np.float64], decimals: NDArray[np.int64]) -> pl.Series:
    """`1 234,5` or `−0,4` (`schemas.swedish.number`) for arrays; null where there is no number."""
    known = np.isfinite(value)
    factor = 10 ** decimals.astype(np.int64)
    steps = np.floor(np.abs(np.where(known, value, 0.0)) * factor + HALF).astype(np.int64)
    whole, part = np.divmod(steps, factor)
    said = pl.Series(whole).cast(pl.String)
    if (whole >= _THOUSAND).any():
        said = (
            said.str.reverse()
            .str.replace_all(r"(\d{3})", "${1}" + NO_BREAK_SPACE)
            .str.reverse()
            .str.strip_chars_start(NO_BREAK_SPACE)
        )
    if decimals.any():
        # A number of the next higher size has the zeros that the part begins with.
        digits = pl.Series(factor + part).cast(pl.String).str.slice(1)
        said = said + words("", (decimals > 0).astype(np.int64), ["", ","]) + digits
    # A sign that is null makes the whole text null.
    sign = np.where(known, (value < 0) & (steps > 0), -1)
    return words("", sign, ["", MINUS]) + said


def with_words(
    value: NDArray[np.float64], decimals: NDArray[np.int64], unit: NDArray[np.int64], following: Units
) -> pl.Series:
    """Numbers with the word that follows each, such as `72,4 %` and `3,2 dagar`; null where there is no number.

    Args:
        value: The numbers.
        decimals: Decimals shown.
        unit: Places in `UNITS`; -1 where no word follows.
        following: What follows a number of each unit: one, several (`UNIT_WORDS`, `CHANGE_WORDS`).
    """
    one = (decimals == 0) & (np.floor(np.abs(value) + HALF) == 1)
    told = [f"{NO_BREAK_SPACE}{word}" if word else "" for unit in UNITS for word in following[unit]]
    code = np.where(unit < 0, len(told), 2 * unit + ~one)
    return numbers(value, decimals) + words("", code, [*told, ""])


def value_texts(
    value: NDArray[np.float64], decimals: NDArray[np.int64], unit: NDArray[np.int64]
) -> pl.Series:
    """`72,4 %` or `3,2 dagar` (`schemas.swedish.value_text`) for arrays; null where there is no value."""
    return with_words(value, decimals, unit, UNIT_WORDS)


def target_texts(
    value: NDArray[np.float64], decimals: NDArray[np.int64], unit: NDArray[np.int64]
) -> pl.Series:
    """A target in its unit, without decimals where it is whole as shown: `målet är 55 %`, not `55,0 %`."""
    level = shown(value, decimals)
    return value_texts(value, np.where(level == np.floor(level), 0, decimals), unit)


def change_texts(
    change: NDArray[np.float64], decimals: NDArray[np.int64], unit: NDArray[np.int64]
) -> pl.Series:
    """`ökade med 1,3 procentenheter`, `oförändrat` (`schemas.swedish.change_words`); null if not known."""
    moved = np.sign(shown(change, decimals))
    verb = np.select([np.isnan(change), moved == 0, moved > 0], [-1, 0, 1], default=2)
    said = with_words(np.abs(change), decimals, unit, CHANGE_WORDS)
    size = said.zip_with(pl.Series(verb > 0), pl.Series([""], dtype=pl.String))
    return words("", verb, [UNCHANGED, "ökade med ", "minskade med "]) + size


def _written(value: pl.Expr, decimals: pl.Expr, *more: pl.Expr, by: Callable[..., pl.Series]) -> pl.Expr:
    """A text for arrays as one for expressions; what is one literal holds for all rows."""

    def written(columns: Sequence[pl.Series]) -> pl.Series:
        values, shown_decimals, *rest = columns
        of = [places(one, pl.Series(UNITS, dtype=pl.String)) for one in rest]
        arrays = [values.cast(pl.Float64).to_numpy(), shown_decimals.to_numpy(), *of]
        return by(*np.broadcast_arrays(*arrays))

    return pl.map_batches([value, decimals, *more], written, return_dtype=pl.String, is_elementwise=True)


def number(value: pl.Expr, decimals: pl.Expr) -> pl.Expr:
    """`numbers` for expressions."""
    return _written(value, decimals, by=numbers)


def value_text(value: pl.Expr, unit: pl.Expr, decimals: pl.Expr) -> pl.Expr:
    """`value_texts` for expressions.

    Args:
        value: The values.
        unit: One of `schemas.catalogue.Unit`.
        decimals: Decimals shown.
    """
    return _written(value, decimals, unit, by=value_texts)
