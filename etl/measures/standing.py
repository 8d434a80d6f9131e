"""How a figure stands beside another: the sign of a certain difference, at several levels, as a word.

A sign is 1 above, -1 below, 0 where no difference is certain, NaN where it can't be told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from etl.measures.frames import words
from etl.measures.interval import as_series
from etl.measures.text import shown
from schemas.catalogue import Direction
from schemas.results import Compared

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl
    from numpy.typing import NDArray

    from etl.measures.interval import Numbers

_WORDS = [Compared.SIMILAR, Compared.HIGHER, Compared.LOWER, Compared.BETTER, Compared.WORSE]


def alike(value: Numbers, other: Numbers, decimals: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether two figures are the same number as shown."""
    return shown(value, decimals) == shown(other, decimals)


def sign(lower: Numbers, upper: Numbers, same: NDArray[np.bool_]) -> Numbers:
    """Where a difference's interval lies; NaN without an interval.

    Args:
        lower: Lower bound of the difference.
        upper: Upper bound.
        same: Figures that are alike as shown, whatever the interval says.
    """
    beside = np.where(lower > 0, 1.0, np.where(upper < 0, -1.0, 0.0))
    return np.where(np.isnan(lower) | np.isnan(upper), np.nan, np.where(same, 0.0, beside))


def standing(name: str, signs: Numbers, direction: pl.Series) -> pl.Series:
    """The word for each sign.

    Args:
        name: Of the column.
        signs: At the level that a difference must be certain at.
        direction: `schemas.catalogue.Direction`.

    Returns:
        `schemas.results.Compared`; null where the sign is NaN.
    """
    neutral = (direction == Direction.NONE).to_numpy()
    good = np.where((direction == Direction.LOWER).to_numpy(), -1, 1)
    code = np.select(
        [np.isnan(signs), signs == 0, neutral & (signs > 0), neutral, signs == good],
        [-1, 0, 1, 2, 3],
        default=4,
    )
    return words(name, code, _WORDS)


def strictest(name: str, signs: Mapping[float, Numbers]) -> pl.Series:
    """The strictest level at which a difference is certain, in per cent; null where it is at none.

    Args:
        name: Of the column.
        signs: Level in per cent → signs; the strictest first.
    """
    return as_series(
        name, np.select([np.abs(found) == 1 for found in signs.values()], list(signs), default=np.nan)
    )
