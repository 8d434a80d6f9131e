"""The four rules that tell a signal from chance, in Making Data Count's order.

| rule           | a point belongs to the signal when                                                          |
|----------------|---------------------------------------------------------------------------------------------|
| `outside`      | it is outside the limits                                                                    |
| `trend`        | it is one of 7 or more in a row, each above (or each below) the one before                  |
| `two_of_three` | it is beyond the two-thirds line, in three in a row on the same side of the mean, at least  |
|                | two of which are                                                                            |
| `shift`        | it is one of 7 or more in a row on the same side of the mean                                |

The first that fits is the point's rule. *In a row* means neighbours (`etl.measures.spc.gaps`) within one
stretch. A point belongs to a signal if any such row that contains it has one, so that the points at the start
of a run are marked once the run is long enough. A point on the mean is on neither side; one that equals the
one before it ends a trend. In `two_of_three` only the points beyond the line are marked, as NHSRplotthedots
does; the one near the mean isn't unusual itself.

The side is up (1) or down (-1): the side of the mean, and for a trend the way it goes. A rise that is still
below the mean is a rise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: In order of priority; the number of a rule is its place here.
RULES = ("outside", "trend", "two_of_three", "shift")

#: Points in a row for `trend` and `shift`.
RUN = 7

#: Points on one side for `two_of_three`, and how many of them are beyond the line.
WINDOW = 3
ENOUGH_OF_WINDOW = 2

#: The line of `two_of_three`, as a part of the way from the mean to the limit.
NEAR = 2 / 3

#: No rule.
NONE = -1


def fired(
    value: NDArray[np.float64],
    mean: NDArray[np.float64],
    reach: NDArray[np.float64],
    noise: NDArray[np.float64],
    neighbours: NDArray[np.bool_],
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """The rule that each point belongs to, and its side.

    Args:
        value: The points, series by series and in order of time.
        mean: The mean of each one's stretch.
        reach: From there to each limit; NaN where the stretch has no limits, so that no rule fires.
        noise: Differences no larger than this count as none.
        neighbours: Whether each is the neighbour of the one before it.

    Returns:
        Places in `RULES` or `NONE`; 1, -1 or 0.
    """
    away = value - mean
    side = _sign(away, noise)
    known = np.isfinite(reach)
    found = (
        _outside(away, reach, side, noise),
        _trend(value, noise, neighbours),
        _two_of_three(away, reach, side, noise, neighbours),
        _shift(side, neighbours),
    )
    rule = np.full(len(value), NONE, dtype=np.int8)
    signed = np.zeros(len(value), dtype=np.int8)
    for place in reversed(range(len(RULES))):
        hit = known & (found[place] != 0)
        rule[hit] = place
        signed[hit] = found[place][hit]
    return rule, signed


def _sign(difference: NDArray[np.float64], noise: NDArray[np.float64]) -> NDArray[np.int8]:
    return (difference > noise).astype(np.int8) - (difference < -noise).astype(np.int8)


def _outside(
    away: NDArray[np.float64], reach: NDArray[np.float64], side: NDArray[np.int8], noise: NDArray[np.float64]
) -> NDArray[np.int8]:
    return np.where(np.abs(away) > reach + noise, side, 0).astype(np.int8)


def _shift(side: NDArray[np.int8], neighbours: NDArray[np.bool_]) -> NDArray[np.int8]:
    same = neighbours.copy()
    same[1:] &= side[1:] == side[:-1]
    return np.where(_row_length(same) >= RUN, side, 0).astype(np.int8)


def _trend(
    value: NDArray[np.float64], noise: NDArray[np.float64], neighbours: NDArray[np.bool_]
) -> NDArray[np.int8]:
    step = np.zeros(len(value), dtype=np.int8)
    step[1:] = np.where(neighbours[1:], _sign(np.diff(value), noise[1:]), 0)
    same = np.zeros(len(value), dtype=bool)
    same[1:] = neighbours[1:] & neighbours[:-1] & (step[1:] == step[:-1])
    # Seven points have six steps between them, and the point before the first step is one of the seven.
    way = np.where(_row_length(same) >= RUN - 1, step, 0)
    starts = np.zeros_like(way)
    starts[:-1] = way[1:]
    return np.where(way != 0, way, starts).astype(np.int8)


def _two_of_three(
    away: NDArray[np.float64],
    reach: NDArray[np.float64],
    side: NDArray[np.int8],
    noise: NDArray[np.float64],
    neighbours: NDArray[np.bool_],
) -> NDArray[np.int8]:
    beyond = np.abs(away) > NEAR * reach + noise
    whole = _back(neighbours, 0) & _back(neighbours, 1)
    same = (side == _back(side, 1)) & (side == _back(side, 2))
    many = sum(_back(beyond, steps).astype(np.int8) for steps in range(WINDOW)) >= ENOUGH_OF_WINDOW
    window = whole & same & many
    any_window = window.copy()
    for steps in range(1, WINDOW):
        any_window[:-steps] |= window[steps:]
    return np.where(any_window & beyond, side, 0).astype(np.int8)


def _back(points: NDArray, steps: int) -> NDArray:
    """What the point so many steps earlier has; nothing before the first."""
    earlier = np.zeros_like(points)
    earlier[steps:] = points[: len(points) - steps]
    return earlier


def _row_length(same: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many are in each one's row, when `same` says that one is in the row of the one before it."""
    row = np.cumsum(~same)
    return np.bincount(row)[row]
