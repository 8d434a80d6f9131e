"""Where a series is going, from the series alone: a robust, damped slope and a band as wide as it has moved.

Series are rows of a matrix whose columns are periods; the last column holds each series' newest figure, and a
period without a figure is NaN. The method:

* **Slope** per year: the median of the changes between the same periods of different years (Theil 1950,
  Sen 1968, JASA 63, 1379-1389; same periods only: Hirsch, Slack & Smith 1982, Water Resources Research 18,
  107-121), so that neither a season nor a single odd figure makes a slope.
* **Agreement**: the slope is multiplied by |share of rising pairs - share of falling pairs| to a power. A
  series that only rises keeps its slope, one that turned keeps little of it.
* **Damping**: each year ahead adds less than the one before (Gardner & McKenzie 1985, Management Science 31,
  1237-1246), since no share rises for ever.
* **Season**: the mean departure of each month, quarter and so on from the slope, over the years of the window.
* **Level**: the newest figures without season, the older ones counting less and less.
* **Band** of 80 %: the variance is the series' own noise (half the mean square change between adjacent periods,
  von Neumann 1941) plus what it usually moves in a year (mean square), growing with a power of the years ahead;
  Student's t with one degree of freedom less than there are years of figures, and never below two.
* Shares are worked on as log odds and so stay within 0 and 100.

The constants are chosen by the back-test in `tests/etl/measures/test_backtest.py`, against the same slope
without damping, the newest figure with and without drift, and damped Holt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Steps = NDArray[np.int64]

#: How much of the future's figures lie below the band's upper end: an 80 % band leaves out a tenth on each side.
_UPPER_POINT = 0.9
_LEAST_DEGREES = 2.0

#: Shares are drawn in this far (percentage points) from 0 and 100 before odds are taken, and out again after.
_SQUEEZE = 0.5


#: A change this small beside the figures themselves is what is left of rounding in the computer.
_NOTHING = 1e-9


@dataclass(frozen=True)
class Method:
    """The constants of the method.

    Attributes:
        window_years: How many years back from the newest figure are used.
        damping: What is left, a year later, of the yearly change.
        agreement: The power of the agreement that the slope is multiplied by; 0 leaves the slope as it is.
        half_life: Years after which a figure counts half for the level.
        noise: How many times the noise variance is in the band.
        growth: How many times the mean square yearly change is in the band one year ahead, for periods shorter
            than a year.
        growth_yearly: The same for years and seasons, where noise can't be told from yearly change.
        spread: The power of the years ahead that the growth follows.
    """

    window_years: int = 6
    damping: float = 0.9
    agreement: float = 4.0
    half_life: float = 0.15
    noise: float = 1.0
    growth: float = 0.7
    growth_yearly: float = 0.4
    spread: float = 1.5


CHOSEN = Method()


@dataclass(frozen=True)
class Fit:
    """What is known of each series; all but `per_year` and `method` by series, on the scale worked on.

    Attributes:
        level: Where it is now, without season.
        slope: Change a year.
        season: Departure of each period of the year; column n is that of n periods after the newest figure.
        noise: Variance from one period to the next.
        moved: Mean square change in a year.
        quantile: Student's t for the band.
        is_share: Whether it is worked on as log odds.
        per_year: Periods in a year.
        method: The constants.
    """

    level: Numbers
    slope: Numbers
    season: Numbers
    noise: Numbers
    moved: Numbers
    quantile: Numbers
    is_share: NDArray[np.bool_]
    per_year: int
    method: Method

    def of(self, rows: NDArray[np.int64]) -> Fit:
        """The same for some of the series, in this order and as often as they are named."""
        names = ("level", "slope", "season", "noise", "moved", "quantile", "is_share")
        return replace(self, **{name: getattr(self, name)[rows] for name in names})


def window(per_year: int, method: Method = CHOSEN) -> int:
    """How many periods, the newest included, the method looks at."""
    return method.window_years * per_year + 1


def fit(values: Numbers, per_year: int, is_share: NDArray[np.bool_], *, method: Method = CHOSEN) -> Fit:
    """Learn level, slope, season and variances.

    Args:
        values: One row per series, NaN where there is no figure; the last column holds the newest figures. At
            least two of the same period in different years are needed; without them the answers are NaN. The
            band needs two that are one year apart.
        per_year: Periods in a year: 12 for months.
        is_share: Whether the row's values are per cent.
        method: The constants.
    """
    used = _worked_on(values[:, -window(per_year, method) :], is_share)
    count = used.shape[1]
    years = (np.arange(count) - count + 1) / per_year
    lags = range(1, (count - 1) // per_year + 1)
    pairs = [(used[:, lag * per_year :] - used[:, : -lag * per_year]) / lag for lag in lags]
    changes = np.concatenate(pairs, axis=1) if pairs else np.full((len(used), 1), np.nan)
    agreement = np.abs(_mean(_direction(changes, used)))
    slope = _median(changes) * agreement**method.agreement
    around = used - slope[:, None] * years
    position = -np.arange(count)[::-1] % per_year
    season = _season(around, position, per_year)
    around = around - season[:, position]
    weights = np.where(np.isnan(around), 0.0, 0.5 ** (-years / method.half_life))
    total = weights.sum(axis=1)
    level = (weights * np.nan_to_num(around)).sum(axis=1) / np.where(total > 0, total, np.nan)
    moved = _mean(pairs[0] ** 2) if pairs else np.full(len(used), np.nan)
    noise = _mean(np.diff(around + slope[:, None] * years, axis=1) ** 2) / 2
    degrees = np.maximum((~np.isnan(used)).sum(axis=1) / per_year - 1, _LEAST_DEGREES)
    return Fit(
        level=level,
        slope=slope,
        season=season,
        noise=np.where(np.isnan(noise), moved / 2, noise),
        moved=moved,
        quantile=stdtrit(degrees, _UPPER_POINT),
        is_share=is_share,
        per_year=per_year,
        method=method,
    )


def ahead(known: Fit, steps: Steps, *, with_season: bool = True) -> tuple[Numbers, Numbers, Numbers]:
    """The expected figures and their 80 % band.

    Args:
        known: From `fit`.
        steps: How many periods after the newest figure: one row per series (or one for all), any columns.
        with_season: Whether the season is in; without it the level alone is told.

    Returns:
        Expected, lower and upper, in the series' own unit; as many columns as `steps`.
    """
    method = known.method
    years = np.broadcast_to(steps, (len(known.level), steps.shape[-1])) / known.per_year
    middle = known.level[:, None] + known.slope[:, None] * damped(years, method.damping)
    if with_season and known.per_year > 1:
        turn = np.broadcast_to(steps % known.per_year, years.shape)
        middle = middle + np.take_along_axis(known.season, turn, axis=1)
    growth = method.growth if known.per_year > 1 else method.growth_yearly
    variance = method.noise * known.noise[:, None] + growth * known.moved[:, None] * years**method.spread
    half = known.quantile[:, None] * np.sqrt(variance)
    return (
        _in_unit(middle, known.is_share),
        _in_unit(middle - half, known.is_share),
        _in_unit(middle + half, known.is_share),
    )


def damped(years: Numbers, damping: float) -> Numbers:
    """How many undamped years the damped change of so many years amounts to."""
    if damping == 1:
        return years
    return (damping**years - 1) / np.log(damping)


def _worked_on(values: Numbers, is_share: NDArray[np.bool_]) -> Numbers:
    drawn_in = _SQUEEZE + np.clip(values, 0.0, 100.0) * (1 - _SQUEEZE / 50)
    return np.where(is_share[:, None], np.log(drawn_in / (100 - drawn_in)), values)


def _in_unit(worked: Numbers, is_share: NDArray[np.bool_]) -> Numbers:
    # Beyond 40 a share is 0 or 100 to the last digit; exp would overflow far out.
    share = 100 / (1 + np.exp(-np.clip(worked, -40.0, 40.0)))
    drawn_out = np.clip((share - _SQUEEZE) / (1 - _SQUEEZE / 50), 0.0, 100.0)
    return np.where(is_share[:, None], drawn_out, worked)


def _direction(changes: Numbers, values: Numbers) -> Numbers:
    """1, 0 or -1 for each change; what is left of rounding in the computer is none."""
    size = np.where(np.isnan(values), 0.0, np.abs(values)).max(axis=1, keepdims=True, initial=0.0)
    return np.where(np.abs(changes) <= _NOTHING * size, 0.0, np.sign(changes))


def _mean(values: Numbers) -> Numbers:
    """Mean of each row's numbers, NaN where there is none."""
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _median(values: Numbers) -> Numbers:
    """Median of each row's numbers, NaN where there is none; NaN sorts last."""
    ordered = np.sort(values, axis=1)
    count = (~np.isnan(values)).sum(axis=1)
    row = np.arange(len(values))
    low, high = ordered[row, np.maximum(count - 1, 0) // 2], ordered[row, np.maximum(count, 1) // 2]
    return np.where(count > 1, (low + high) / 2, ordered[:, 0])


def _season(around: Numbers, position: NDArray[np.int64], per_year: int) -> Numbers:
    """Mean departure of each period of the year; they add up to 0, one never seen departs by 0."""
    if per_year == 1:
        return np.zeros((len(around), 1))
    means = np.stack([_mean(around[:, position == place]) for place in range(per_year)], axis=1)
    return np.nan_to_num(means - _mean(means)[:, None])
