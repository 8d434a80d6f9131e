"""Mean and natural process limits of an XmR chart (individuals and moving ranges).

With the figures x of a stretch and the moving ranges mR = |x - x before it| between neighbours:

* mean = the mean of x;
* limits = mean ± 2.66 × mean mR. 2.66 is 3 / d2, d2 = 1.128 (Shewhart 1931; Wheeler, Understanding Variation,
  1993);
* screening, by default: moving ranges of at least 3.267 × mean mR (D4 of the range chart) are left out, once,
  and the mean mR is taken anew (Nelson, Control Charts for Individual Measurements, Journal of Quality
  Technology 14 (1982) 172-173), so that one odd figure doesn't widen the limits for all. The figures
  themselves all stay in the mean. Nothing is left out of a constant series, whose moving ranges are all 0.

On the percentage itself for shares, as Making Data Count has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Fewer figures than this give no limits: the default of NHSRplotthedots' warning on short groups.
MINIMUM_POINTS = 13

#: Fewer moving ranges than this give no limits. Six figures in a row have five; limits may be useful from as
#: few as "five or six values" (Wheeler, Understanding Variation, 1993, page 60).
MINIMUM_RANGES = 5

#: 3 / d2 for moving ranges of two.
LIMIT_FACTOR = 2.66

#: D4 for moving ranges of two.
SCREENING_FACTOR = 3.267

#: Differences smaller than this share of a series' largest figure are rounding noise of binary numbers.
NOISE = 1e-9


@dataclass(frozen=True)
class Limits:
    """What the figures of each stretch say; one entry per stretch, NaN where there is nothing to say.

    Attributes:
        mean: The mean.
        reach: From the mean to each limit.
        points: How many figures mean and limits rest on.
        ranges: How many moving ranges they have between them.
        noise: Differences no larger than this count as none.
    """

    mean: NDArray[np.float64]
    reach: NDArray[np.float64]
    points: NDArray[np.int64]
    ranges: NDArray[np.int64]
    noise: NDArray[np.float64]

    @property
    def enough(self) -> NDArray[np.bool_]:
        """Whether there are limits at all."""
        return (self.points >= MINIMUM_POINTS) & (self.ranges >= MINIMUM_RANGES)


def limits(
    value: NDArray[np.float64],
    stretch: NDArray[np.int64],
    count: int,
    neighbours: NDArray[np.bool_],
    *,
    basis: NDArray[np.bool_],
    screening: NDArray[np.bool_],
) -> Limits:
    """Mean and limits of every stretch.

    Args:
        value: The figures, series by series and in order of time, all finite.
        stretch: Which stretch each belongs to, 0 to `count` - 1.
        count: How many stretches there are.
        neighbours: Whether each is the neighbour of the one before it (`gaps.follows`).
        basis: Whether mean and limits rest on it; all of a stretch without a fixed baseline.
        screening: One per stretch: whether moving ranges are screened.
    """
    # Counted from the first figure of the stretch: so the mean of a constant series is that very constant.
    first = np.zeros(count)
    first[stretch[::-1]] = value[::-1]
    noise = np.zeros(count)
    np.maximum.at(noise, stretch, NOISE * np.abs(value))
    in_basis = stretch[basis]
    points = np.bincount(in_basis, minlength=count)
    mean = first + _mean(value[basis] - first[in_basis], in_basis, points)

    used = neighbours & basis
    used[1:] &= basis[:-1]
    of = stretch[used]
    ranges = np.abs(value[np.flatnonzero(used)] - value[np.flatnonzero(used) - 1])
    ranges[ranges <= noise[of]] = 0.0
    number = np.bincount(of, minlength=count)
    average = _mean(ranges, of, number)
    kept = ~screening[of] | (ranges < SCREENING_FACTOR * average[of] - noise[of]) | (ranges == 0)
    average = _mean(ranges[kept], of[kept], np.bincount(of[kept], minlength=count))
    return Limits(mean, LIMIT_FACTOR * average, points, number, noise)


def _mean(
    numbers: NDArray[np.float64], stretch: NDArray[np.int64], points: NDArray[np.int64]
) -> NDArray[np.float64]:
    total = np.bincount(stretch, weights=numbers, minlength=len(points))
    return np.divide(total, points, out=np.full(len(points), np.nan), where=points > 0)
