"""Every figure's interval, by what its unit is.

| unit                        | interval                                                                     |
|-----------------------------|------------------------------------------------------------------------------|
| per cent                    | Wilson, from the counts                                                      |
| index                       | Byar or exact on the numerator, over the denominator                         |
| days                        | Student's t where the values' standard deviation is known, the denominator   |
|                             | being how many they are; days come several at a time to the same person, so  |
|                             | that nothing is told by their number alone                                   |
| days per inhabitant         | none: the days may be those of others than the inhabitants in the            |
|                             | denominator, so that it isn't a mean of anybody's values                     |
| kronor                      | none: an amount isn't drawn by chance                                        |

An index whose numerator is a sum of values between 0 and 1 varies at most as a count does (its variance is at
most its mean): the interval is then wider than need be, never too narrow.

A standard deviation of 0 gives no interval: values that are all alike tell nothing of how much others may differ.
No interval of days goes below 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from etl.measures.frames import places, words
from etl.measures.interval import (
    LEAST_FOR_BYAR,
    as_series,
    counted,
    student,
    student_deviation,
    wilson,
    z_of,
)
from etl.measures.text import UNITS
from schemas.catalogue import MEANS, Unit
from schemas.results import IntervalMethod

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.measures.interval import Bounds, Numbers

#: The column of figures with the spread of the values behind a mean.
DEVIATION = "standard_deviation"

#: The level of the intervals that pages show.
LEVEL = 0.95

NO_COUNTS = "Antalen bakom värdet är inte kända, så osäkerheten kan inte beräknas"
BAD_COUNTS = "Antalen bakom värdet går inte ihop, så osäkerheten kan inte beräknas"
NO_SPREAD = "Spridningen bakom medelvärdet är inte känd, så osäkerheten kan inte beräknas"
AMOUNT = "Ett belopp har ingen slumpmässig osäkerhet"

IN_DAYS = [Unit.DAYS, Unit.DAYS_PER_INHABITANT]
_METHODS = [IntervalMethod.WILSON, IntervalMethod.BYAR, IntervalMethod.EXACT, IntervalMethod.STUDENT]
_REASONS = [AMOUNT, NO_SPREAD, NO_COUNTS, BAD_COUNTS]


class Counted(NamedTuple):
    """Figures as arrays, one entry per figure.

    Attributes:
        value: NaN where there is none.
        numerator: NaN where not known.
        denominator: NaN where not known.
        deviation: Standard deviation of the values behind a mean; NaN where not known.
        unit: The place of its unit in `schemas.catalogue.Unit`; -1 where the indicator isn't known.
        scale: What a ratio is multiplied with; NaN where the indicator isn't known.
    """

    value: Numbers
    numerator: Numbers
    denominator: Numbers
    deviation: Numbers
    unit: NDArray[np.int64]
    scale: Numbers

    @property
    def shown(self) -> NDArray[np.bool_]:
        """Which of the figures have a value."""
        return ~np.isnan(self.value)

    def of(self, *units: Unit) -> NDArray[np.bool_]:
        """Which of the figures are in one of these units."""
        return np.isin(self.unit, [UNITS.index(unit) for unit in units])


def counted_figures(figures: pl.DataFrame, rules: pl.DataFrame) -> Counted:
    """What intervals are made from.

    Args:
        figures: With columns indicator, value, numerator, denominator and, where any is known,
            standard_deviation.
        rules: `etl.measures.frames.rules`.
    """
    place = places(figures["indicator"], rules["indicator"])
    unit = places(rules["unit"], pl.Series(UNITS, dtype=pl.String))
    value, numerator, denominator = (
        figures[name].to_numpy() for name in ("value", "numerator", "denominator")
    )
    return Counted(
        value,
        numerator,
        denominator,
        figures[DEVIATION].to_numpy() if DEVIATION in figures.columns else np.full(len(value), np.nan),
        np.append(unit, -1)[place],
        np.append(rules["scale"].to_numpy(), np.nan)[place],
    )


def bounds(figures: Counted, *, level: float = LEVEL, exact: bool = False) -> Bounds:
    """Each figure's interval in its unit; NaN where there is none.

    Args:
        figures: From `counted_figures`.
        level: Level of the intervals, 0.95 or 0.998.
        exact: Exact intervals for all counts, not only small ones.
    """
    z = z_of(level)
    lower = np.full(len(figures.shown), np.nan)
    upper = lower.copy()
    share = np.flatnonzero(figures.shown & figures.of(Unit.PERCENT))
    lower[share], upper[share] = wilson(figures.numerator[share], figures.denominator[share], z=z)
    rate = np.flatnonzero(figures.shown & figures.of(Unit.INDEX) & (figures.denominator > 0))
    if len(rate):
        limits = counted(figures.numerator[rate], z=z, exact=exact)
        lower[rate], upper[rate] = (limit / figures.denominator[rate] for limit in limits)
    mean = np.flatnonzero(figures.of(*MEANS) & (figures.deviation > 0))
    if len(mean):
        lower[mean], upper[mean] = student(
            figures.value[mean], figures.deviation[mean], figures.denominator[mean], z=z
        )
        lower[mean] = np.where(figures.value[mean] >= 0, np.maximum(lower[mean], 0.0), lower[mean])
    return lower * figures.scale, upper * figures.scale


def with_deviation(series: pl.DataFrame) -> pl.DataFrame:
    """Add standard_deviation: what the interval of each mean in a finished series rests on, null elsewhere.

    A series doesn't keep it; its intervals, which are all of one level, tell it. What is hidden has no interval,
    and so no deviation either.

    Args:
        series: With columns value, denominator, upper, interval_method and interval_level.
    """
    student_s = series["interval_method"] == IntervalMethod.STUDENT
    if not student_s.any():
        return series.with_columns(pl.lit(None, pl.Float64).alias(DEVIATION))
    found = np.full(series.height, np.nan)
    mean = np.flatnonzero(student_s.fill_null(value=False))
    value, upper, number = (series[name].to_numpy()[mean] for name in ("value", "upper", "denominator"))
    found[mean] = student_deviation(value, upper, number, z=z_of(series["interval_level"][int(mean[0])]))
    return series.with_columns(as_series(DEVIATION, found))


def obstacles(figures: Counted, lower: Numbers) -> pl.Series:
    """The Swedish reason why a value has no interval: column interval_reason, null where it has one or no value."""
    unknown = np.isnan(figures.numerator) | np.isnan(figures.denominator)
    code = np.select(
        [~figures.shown | ~np.isnan(lower), figures.of(Unit.KRONOR), figures.of(*IN_DAYS), unknown],
        [-1, 0, 1, 2],
        default=3,
    )
    return words("interval_reason", code, _REASONS)


def with_intervals(
    figures: pl.DataFrame, rules: pl.DataFrame, *, level: float = LEVEL, exact: bool = False
) -> pl.DataFrame:
    """Add each figure's interval and how it was computed, or why there is none.

    Args:
        figures: As for `counted_figures`.
        rules: `etl.measures.frames.rules`.
        level: Level of the intervals, 0.95 or 0.998.
        exact: Exact intervals for all counts, not only small ones.

    Returns:
        The figures, in their order, with lower and upper in the figure's unit, interval_method
        (`schemas.results.IntervalMethod`), interval_level, and interval_reason: the Swedish reason why a value
        has no interval, null where it has one or there is no value.
    """
    known = counted_figures(figures, rules)
    lower, upper = bounds(known, level=level, exact=exact)
    there = ~np.isnan(lower)
    large = (known.numerator >= LEAST_FOR_BYAR) & (not exact)
    method = np.select([~there, known.of(Unit.PERCENT), known.of(*MEANS), large], [-1, 0, 3, 1], default=2)
    return figures.with_columns(
        as_series("lower", lower),
        as_series("upper", upper),
        words("interval_method", method, _METHODS),
        as_series("interval_level", np.where(there, level, np.nan)),
        obstacles(known, lower),
    )
