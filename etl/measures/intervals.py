"""Every figure's interval, by what its unit is.

| unit                        | interval                                                                     |
|-----------------------------|------------------------------------------------------------------------------|
| per cent                    | Wilson, from the counts                                                      |
| index                       | Byar or exact on the numerator, over the denominator                         |
| days, days per inhabitant   | none: days come several at a time to the same person, so that they don't     |
|                             | vary as counts do, and no standard deviation is delivered                    |
| kronor                      | none: an amount isn't drawn by chance                                        |

An index whose numerator is a sum of values between 0 and 1 varies at most as a count does (its variance is at
most its mean): the interval is then wider than need be, never too narrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from etl.measures.frames import places, words
from etl.measures.interval import LEAST_FOR_BYAR, as_series, counted, wilson, z_of
from schemas.catalogue import Unit
from schemas.results import IntervalMethod

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.measures.interval import Bounds, Numbers

#: The level of the intervals that pages show.
LEVEL = 0.95

NO_COUNTS = "Antalen bakom värdet är inte kända, så osäkerheten kan inte beräknas"
BAD_COUNTS = "Antalen bakom värdet går inte ihop, så osäkerheten kan inte beräknas"
NO_SPREAD = "Spridningen bakom medelvärdet är inte känd, så osäkerheten kan inte beräknas"
AMOUNT = "Ett belopp har ingen slumpmässig osäkerhet"

_MEANS = [Unit.DAYS, Unit.DAYS_PER_INHABITANT]
_METHODS = [IntervalMethod.WILSON, IntervalMethod.BYAR, IntervalMethod.EXACT]
_REASONS = [AMOUNT, NO_SPREAD, NO_COUNTS, BAD_COUNTS]


class Counted(NamedTuple):
    """Figures as arrays, one entry per figure.

    Attributes:
        shown: Whether it has a value.
        numerator: NaN where not known.
        denominator: NaN where not known.
        unit: The place of its unit in `schemas.catalogue.Unit`; -1 where the indicator isn't known.
        scale: What a ratio is multiplied with; NaN where the indicator isn't known.
    """

    shown: NDArray[np.bool_]
    numerator: Numbers
    denominator: Numbers
    unit: NDArray[np.int64]
    scale: Numbers

    def of(self, *units: Unit) -> NDArray[np.bool_]:
        """Which of the figures are in one of these units."""
        return np.isin(self.unit, [_UNITS.index(unit) for unit in units])


_UNITS = list(Unit)


def counted_figures(figures: pl.DataFrame, rules: pl.DataFrame) -> Counted:
    """What intervals are made from.

    Args:
        figures: With columns indicator, value, numerator and denominator.
        rules: `etl.measures.frames.rules`.
    """
    place = places(figures["indicator"], rules["indicator"])
    unit = places(rules["unit"], pl.Series(_UNITS, dtype=pl.String))
    numerator, denominator = (figures[name].to_numpy() for name in ("numerator", "denominator"))
    return Counted(
        figures["value"].is_not_null().to_numpy(),
        numerator,
        denominator,
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
    return lower * figures.scale, upper * figures.scale


def obstacles(figures: Counted, lower: Numbers) -> pl.Series:
    """The Swedish reason why a value has no interval: column interval_reason, null where it has one or no value."""
    unknown = np.isnan(figures.numerator) | np.isnan(figures.denominator)
    code = np.select(
        [~figures.shown | ~np.isnan(lower), figures.of(Unit.KRONOR), figures.of(*_MEANS), unknown],
        [-1, 0, 1, 2],
        default=3,
    )
    return words("interval_reason", code, _REASONS)


def with_intervals(
    figures: pl.DataFrame, rules: pl.DataFrame, *, level: float = LEVEL, exact: bool = False
) -> pl.DataFrame:
    """Add each figure's interval and how it was computed, or why there is none.

    Args:
        figures: With columns indicator, value, numerator and denominator.
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
    method = np.select([~there, known.of(Unit.PERCENT), large], [-1, 0, 1], default=2)
    return figures.with_columns(
        as_series("lower", lower),
        as_series("upper", upper),
        words("interval_method", method, _METHODS),
        as_series("interval_level", np.where(there, level, np.nan)),
        obstacles(known, lower),
    )
