"""The interval of a gap between two areas, by what its unit is.

| unit     | interval                                                                          |
|----------|-----------------------------------------------------------------------------------|
| per cent | Newcombe, from the counts                                                         |
| index    | MOVER, from each count's interval over its denominator                            |
| days     | MOVER, from Student's interval of each mean, where the spread of both is known    |
| others   | none, as for the figures themselves (`etl.measures.intervals`)                    |
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures.frames import places
from etl.measures.interval import as_series, counted, mean_difference, mover, newcombe, z_of
from etl.measures.intervals import AMOUNT, BAD_COUNTS, DEVIATION, IN_DAYS, LEVEL, NO_COUNTS, NO_SPREAD
from etl.measures.text import UNITS
from schemas.catalogue import MEANS, Unit
from schemas.results import IntervalMethod

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.measures.interval import Bounds, Numbers

_COUNTS = ["numerator", "denominator"]


def bounds(found: pl.DataFrame) -> list[pl.Series]:
    """Lower and upper bound of each gap, in its unit; null where there is none.

    Args:
        found: Columns unit, scale, gap, and for both ends (highest_ and lowest_) value, numerator, denominator and
            standard_deviation.
    """
    z = z_of(LEVEL)
    scale, given = found["scale"].to_numpy(), found["gap"].is_not_null().to_numpy()
    unit = places(found["unit"], pl.Series(UNITS))
    counts = [found[f"{end}_{count}"].to_numpy() for end in ("highest", "lowest") for count in _COUNTS]
    lower = np.full(len(scale), np.nan)
    upper = lower.copy()
    share = np.flatnonzero(given & (unit == UNITS.index(Unit.PERCENT)))
    lower[share], upper[share] = newcombe(*(count[share] for count in counts), z=z)
    rate = np.flatnonzero(given & (unit == UNITS.index(Unit.INDEX)))
    if len(rate):
        (cases, size), (other_cases, other_size) = (
            [count[rate] for count in counts[at : at + 2]] for at in (0, 2)
        )
        one, other = _rate(cases, size, z), _rate(other_cases, other_size, z)
        lower[rate], upper[rate] = mover(*one, *other)
    mean = np.flatnonzero(given & np.isin(unit, [UNITS.index(of) for of in MEANS]) & _spread_known(found))
    if len(mean):
        one, other = (_mean(found[mean], end) for end in ("highest", "lowest"))
        lower[mean], upper[mean] = mean_difference(one, other, z=z)
    return [as_series("lower", lower * scale), as_series("upper", upper * scale)]


def _rate(cases: Numbers, size: Numbers, z: float) -> tuple[Numbers, Bounds]:
    """A rate and its interval; NaN where nobody is counted."""
    known = np.where(size > 0, size, np.nan)
    lower, upper = counted(cases, z=z)
    return cases / known, (lower / known, upper / known)


def _spread_known(found: pl.DataFrame) -> NDArray[np.bool_]:
    highest, lowest = (found[f"{end}_{DEVIATION}"].to_numpy() for end in ("highest", "lowest"))
    return ~np.isnan(highest + lowest)


def _mean(found: pl.DataFrame, end: str) -> tuple[Numbers, Numbers, Numbers]:
    """A mean, the standard deviation of its values, and how many they are."""
    value, deviation, number = (f"{end}_{name}" for name in ("value", DEVIATION, "denominator"))
    return found[value].to_numpy(), found[deviation].to_numpy(), found[number].to_numpy()


@cache
def kind() -> list[pl.Expr]:
    """interval_method and interval_level beside the bounds, and interval_reason: why a gap has none."""
    there, unit = pl.col("lower").is_not_null(), pl.col("unit")
    unknown = pl.any_horizontal(
        pl.col(f"{end}_{count}").is_null() for end in ("lowest", "highest") for count in _COUNTS
    )
    share = unit == Unit.PERCENT
    method = (
        pl.when(share).then(pl.lit(str(IntervalMethod.NEWCOMBE))).otherwise(pl.lit(str(IntervalMethod.MOVER)))
    )
    reason = (
        pl.when(unit == Unit.KRONOR)
        .then(pl.lit(AMOUNT))
        .when(unit.is_in(IN_DAYS))
        .then(pl.lit(NO_SPREAD))
        .when(unknown)
        .then(pl.lit(NO_COUNTS))
        .otherwise(pl.lit(BAD_COUNTS))
    )
    return [
        pl.when(there).then(method).alias("interval_method"),
        pl.when(there).then(LEVEL).alias("interval_level"),
        pl.when(pl.col("gap").is_not_null() & ~there).then(reason).alias("interval_reason"),
    ]
