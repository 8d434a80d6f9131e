"""Confidence intervals, whole columns at once.

| of                                  | formula                                                              |
|-------------------------------------|----------------------------------------------------------------------|
| a share                             | Wilson's score interval (Wilson 1927), which stays within 0-1 and    |
|                                     | works at 0 and n                                                     |
| a difference of two shares          | Newcombe's hybrid score interval (Newcombe 1998, Statistics in       |
|                                     | Medicine 17, 873-890, method 10)                                     |
| a count                             | Byar's approximation (Breslow & Day 1987, Statistical methods in     |
|                                     | cancer research II) from 10 on, below it the exact one from the      |
|                                     | chi-square distribution (Garwood 1936, Biometrika 28, 437-442); the  |
|                                     | limit of 10 is that of Fingertips' technical guide                   |
| a mean with a standard deviation    | Student's t (Student 1908, Biometrika 6, 1-25)                       |
| a weighted sum of counts            | Dobson et al. 1991, Statistics in Medicine 10, 457-462               |
| a difference of two rates           | MOVER, Newcombe's form with any two intervals (Zou & Donner 2008,    |
|                                     | Statistics in Medicine 27, 1693-1702)                                |
| a ratio of two rates                | likelihood score (Graham, Mengersen & Morton 2003, Statistics in     |
|                                     | Medicine 22, 2071-2083)                                              |

All are two-sided and at 95 % unless told otherwise by `z`, a quantile of the standard normal distribution. They
take and give numpy arrays of floats, NaN where a number isn't known; `columns` makes expressions of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy import special

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Bounds = tuple[Numbers, Numbers]

#: The 97.5 % point of the standard normal distribution.
Z = 1.959963984540054

#: Byar's approximation is within 0.2 % of the exact limits from this count on (Fingertips' technical guide).
LEAST_FOR_BYAR = 10

#: A standard deviation says nothing of a single value.
LEAST_FOR_MEAN = 2


def z_of(level: float) -> float:
    """The quantile that belongs to a two-sided level: 1.96 for 0.95, 3.09 for 0.998."""
    return float(special.ndtri(0.5 + level / 2))


def columns(formula: Callable[..., Bounds], *numbers: pl.Expr, **named: Any) -> tuple[pl.Expr, pl.Expr]:
    """A formula of this module on whole columns.

    Args:
        formula: `wilson`, `newcombe` and so on.
        numbers: What it is worked out from, in the formula's order.
        named: The formula's named arguments.

    Returns:
        Lower and upper bound; null where a number is null or there is no interval.
    """

    def bound(place: int) -> pl.Expr:
        def worked_out(series: Sequence[pl.Series]) -> pl.Series:
            arrays = [one.cast(pl.Float64).to_numpy() for one in series]
            return as_series("", formula(*arrays, **named)[place])

        return pl.map_batches(numbers, worked_out, return_dtype=pl.Float64, is_elementwise=True)

    return bound(0), bound(1)


def as_series(name: str, numbers: Numbers) -> pl.Series:
    """An array as a column, null where it is NaN."""
    return pl.Series(name, numbers, dtype=pl.Float64, nan_to_null=True)


def certain(bounds: Iterable[pl.Expr]) -> pl.Expr:
    """Whether a difference's interval leaves out 0; null where there is no interval."""
    lower, upper = bounds
    return (lower > 0) | (upper < 0)


def _tail(z: float) -> float:
    """The probability beyond `z` on one side."""
    return float(special.ndtr(-z))


#: What can't be calculated is NaN, and no warning.
silent = np.errstate(all="ignore")


@silent
def wilson(numerator: Numbers, denominator: Numbers, *, z: float = Z) -> Bounds:
    """Wilson's score interval for `numerator / denominator`.

    Args:
        numerator: Count of cases.
        denominator: Count out of which.
        z: Quantile of the standard normal distribution.

    Returns:
        Lower and upper bound as proportions (0-1); exactly 0 where nothing and exactly 1 where everything is
        counted. NaN where a count is missing, the denominator is 0, or the counts are impossible.
    """
    share = numerator / denominator
    spread = z * z / denominator
    centre = (share + spread / 2) / (1 + spread)
    half = (z / (1 + spread)) * np.sqrt((share * (1 - share) + spread / 4) / denominator)
    possible = (denominator > 0) & (numerator >= 0) & (numerator <= denominator)
    lower = np.where(numerator == 0, 0.0, np.clip(centre - half, 0.0, 1.0))
    upper = np.where(numerator == denominator, 1.0, np.clip(centre + half, 0.0, 1.0))
    return np.where(possible, lower, np.nan), np.where(possible, upper, np.nan)


@silent
def newcombe(
    numerator: Numbers,
    denominator: Numbers,
    other_numerator: Numbers,
    other_denominator: Numbers,
    *,
    z: float = Z,
) -> Bounds:
    """Newcombe's interval for the first proportion minus the other, in proportions (-1 to 1).

    The two are taken to be independent. Where the same people are counted twice, as in a vaccination coverage
    that only grows, the interval is wider than it need be: too few changes are called certain, not too many.

    Args:
        numerator: Count of cases now.
        denominator: Count out of which now.
        other_numerator: Count of cases to compare with.
        other_denominator: Count out of which, to compare with.
        z: Quantile of the standard normal distribution.

    Returns:
        Lower and upper bound of the difference; NaN where either proportion has no interval.
    """
    share, other = numerator / denominator, other_numerator / other_denominator
    return mover(
        share,
        wilson(numerator, denominator, z=z),
        other,
        wilson(other_numerator, other_denominator, z=z),
    )


@silent
def byar(count: Numbers, *, z: float = Z) -> Bounds:
    """Byar's approximation to the exact limits of a count; NaN for a count below 0."""
    more = count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * np.sqrt(count))) ** 3
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    lower = np.where(count == 0, 0.0, np.maximum(lower, 0.0))
    return np.where(count >= 0, lower, np.nan), np.where(count >= 0, upper, np.nan)


@silent
def garwood(count: Numbers, *, z: float = Z) -> Bounds:
    """The exact limits of a count: half the chi-square quantiles with 2x and 2x + 2 degrees of freedom."""
    tail = _tail(z)
    possible = np.where(count >= 0, count, np.nan)
    lower = np.where(possible == 0, 0.0, special.gammaincinv(possible, tail))
    return lower, special.gammainccinv(possible + 1, tail)


def counted(count: Numbers, *, z: float = Z, exact: bool = False) -> Bounds:
    """The limits of a count: Byar's from `LEAST_FOR_BYAR` on, the exact ones below it.

    Args:
        count: Count of cases; NaN gives NaN, and so does one below 0.
        z: Quantile of the standard normal distribution.
        exact: Exact limits for all counts.
    """
    if exact:
        return garwood(count, z=z)
    lower, upper = byar(count, z=z)
    small = np.flatnonzero(count < LEAST_FOR_BYAR)
    if len(small):
        lower[small], upper[small] = garwood(count[small], z=z)
    return lower, upper


@silent
def student(mean: Numbers, deviation: Numbers, number: Numbers, *, z: float = Z) -> Bounds:
    """Student's interval of a mean.

    Args:
        mean: The mean.
        deviation: Standard deviation of the values (not of the mean), with n - 1 in its denominator.
        number: How many values; below `LEAST_FOR_MEAN` there is no interval.
        z: Quantile of the standard normal distribution; that of t with n - 1 degrees of freedom is used.
    """
    enough = np.where((number >= LEAST_FOR_MEAN) & (deviation >= 0), number, np.nan)
    half = special.stdtrit(enough - 1, 1 - _tail(z)) * deviation / np.sqrt(enough)
    return mean - half, mean + half


@silent
def student_deviation(mean: Numbers, upper: Numbers, number: Numbers, *, z: float = Z) -> Numbers:
    """The standard deviation that Student's interval rests on; `student` the other way round.

    Args:
        mean: The mean.
        upper: The interval's upper bound.
        number: How many values.
        z: As the interval was made with.
    """
    enough = np.where(number >= LEAST_FOR_MEAN, number, np.nan)
    return (upper - mean) * np.sqrt(enough) / special.stdtrit(enough - 1, 1 - _tail(z))


@silent
def dobson(value: Numbers, variance: Numbers, count: Numbers, *, z: float = Z, exact: bool = False) -> Bounds:
    """The interval of a weighted sum of counts.

    Args:
        value: The weighted sum, such as a directly standardised rate.
        variance: Its variance: the sum of each squared weight times its count.
        count: All counts together, without weights; 0 gives NaN.
        z: Quantile of the standard normal distribution.
        exact: Exact limits for the count also from `LEAST_FOR_BYAR` on.
    """
    lower, upper = counted(count, z=z, exact=exact)
    scale = np.where(count > 0, np.sqrt(variance / count), np.nan)
    return value + scale * (lower - count), value + scale * (upper - count)


def mover(value: Numbers, bounds: Bounds, other: Numbers, other_bounds: Bounds) -> Bounds:
    """The interval of the first value minus the other, from the interval of each; they are independent."""
    (lower, upper), (other_lower, other_upper) = bounds, other_bounds
    down = np.sqrt((value - lower) ** 2 + (other_upper - other) ** 2)
    up = np.sqrt((upper - value) ** 2 + (other - other_lower) ** 2)
    return value - other - down, value - other + up


def mean_difference(
    one: tuple[Numbers, Numbers, Numbers], other: tuple[Numbers, Numbers, Numbers], *, z: float = Z
) -> Bounds:
    """MOVER's interval of the first mean minus the other, from Student's interval of each.

    Args:
        one: The mean, the standard deviation of its values and how many they are, as for `student`.
        other: The same of the mean to compare with.
        z: Quantile of the standard normal distribution.
    """
    return mover(one[0], student(*one, z=z), other[0], student(*other, z=z))


@silent
def rate_ratio(
    count: Numbers, base: Numbers, other_count: Numbers, other_base: Numbers, *, z: float = Z
) -> Bounds:
    """The score interval of the first rate over the other.

    Given the sum of the two counts the first is binomial, so that the limits are Wilson's of its share.

    Args:
        count: Count of cases now.
        base: Count out of which now.
        other_count: Count of cases to compare with.
        other_base: Count out of which, to compare with.
        z: Quantile of the standard normal distribution.

    Returns:
        Lower bound, 0 where there are no cases now, and upper bound, infinite where there were none to
        compare with; NaN where there are none at all or a number is impossible.
    """
    possible = (other_count >= 0) & (base > 0) & (other_base > 0)
    lower, upper = wilson(np.where(possible, count, np.nan), count + other_count, z=z)
    per = other_base / base
    return lower / (1 - lower) * per, upper / (1 - upper) * per
