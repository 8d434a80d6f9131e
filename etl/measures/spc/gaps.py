"""Which figures are neighbours in time.

Periods of a type are numbered through, so that a period and the next differ by exactly 1. Two figures are
neighbours when both have a value and their periods follow directly on one another. A lacking period and a
period without a value (missing, or hidden because the counts are small) are alike: no moving range is taken
across them, and they break every run. Taking the figures on each side for neighbours would make a moving range
of half a year's change, and a run of seven out of figures that are years apart.

Dates (figures "as of") come at no set distance, so that none is known to be lacking: there each row of the
series is the neighbour of the one before it, and only a row without a value breaks a run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def follows(stretch: NDArray[np.int64], place: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each figure is the neighbour of the one before it.

    Args:
        stretch: Which stretch of which series each figure belongs to; figures in order of time.
        place: The number of its period.
    """
    neighbours = np.zeros(len(stretch), dtype=bool)
    neighbours[1:] = (np.diff(stretch) == 0) & (np.diff(place) == 1)
    return neighbours
