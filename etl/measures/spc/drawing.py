"""From numbers to what a chart shows: lines, rules and signals as a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures.frames import words
from etl.measures.interval import as_series
from etl.measures.spc.rules import NEAR, NONE, RULES
from schemas.results import Variation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.measures.spc.points import Points

#: Each line's way from the mean, as a part of the way to the limit.
_LINES = {"mean": 0.0, "lower_limit": -1.0, "upper_limit": 1.0, "near_lower": -NEAR, "near_upper": NEAR}

_SIGNALS = (Variation.COMMON, Variation.IMPROVEMENT, Variation.CONCERN, Variation.HIGH, Variation.LOW)


def lines(points: Points, mean: NDArray[np.float64], reach: NDArray[np.float64]) -> list[pl.Series]:
    """Mean, limits and two-thirds lines at each point, no further than a value can be.

    Args:
        points: All points.
        mean: At each point, its season's part included.
        reach: From there to each limit; NaN where there are none, so that there are no lines.
    """
    lowest, highest = points.of_series("lowest")[points.series], points.of_series("highest")[points.series]
    return [as_series(name, np.clip(mean + part * reach, lowest, highest)) for name, part in _LINES.items()]


def rule_names(rule: NDArray[np.int8]) -> pl.Series:
    """The rule of each point by name; null where none fires."""
    return words("rule", rule, RULES)


def signals(
    points: Points, rule: NDArray[np.int8], side: NDArray[np.int8], judged: NDArray[np.bool_]
) -> pl.Series:
    """What each point says: a `schemas.results.Variation`, null where it can't be judged.

    Args:
        points: All points.
        rule: From `rules.fired`, for every point.
        side: Likewise.
        judged: Whether it has a value and limits.
    """
    way = points.of_series("way")[points.series]
    good = side * way
    code = np.select(
        [rule == NONE, good > 0, good < 0, side > 0], [0, 1, 2, 3], default=len(_SIGNALS) - 1
    ).astype(np.int8)
    return words("signal", np.where(judged, code, NONE), _SIGNALS)
