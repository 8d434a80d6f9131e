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
| a mean with a standard deviation    | Student's t                                                          |
| a weighted sum of counts            | Dobson et al. 1991, Statistics in Medicine 10, 457-462               |
| a difference of two rates           | MOVER, Newcombe's form with any two intervals (Zou & Donner 2008,    |
|                                     | Statistics in Medicine 27, 1693-1702)                                |
| a ratio of two rates                | likelihood score (Graham, Mengersen & Morton 2003, Statistics in     |
|                                     | Medicine 22, 2071-2083)                                              |

All are two-sided and at 95 % unless told otherwise by `z`, a quantile of the standard normal distribution.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from scipy import special

from schemas.results import IntervalMethod

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np

#: The 97.5 % point of the standard normal distribution.
Z = 1.959963984540054

#: Byar's approximation is within 0.2 % of the exact limits from this count on (Fingertips' technical guide).
LEAST_FOR_BYAR = 10

#: A standard deviation says nothing of a single value.
LEAST_FOR_MEAN = 2


def z_of(level: float) -> float:
    """The quantile that belongs to a two-sided level: 1.96 for 0.95, 3.09 for 0.998."""
    return float(special.ndtri(0.5 + level / 2))


def _tail(z: float) -> float:
    """The probability beyond `z` on one side."""
    return float(special.ndtr(-z))


def _applied(function: Callable[..., np.ndarray], *columns: pl.Expr) -> pl.Expr:
    """A function of numpy arrays on whole columns, null where a column is or the answer isn't a number."""

    def batch(series: pl.Series) -> pl.Series:
        fields = [field.cast(pl.Float64).to_numpy() for field in series.struct.unnest().get_columns()]
        return pl.Series(function(*fields), dtype=pl.Float64)

    named = pl.struct(column.alias(str(place)) for place, column in enumerate(columns))
    return named.map_batches(batch, return_dtype=pl.Float64).fill_nan(None)


def _possible(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    return (denominator > 0) & (numerator >= 0) & (numerator <= denominator)


def wilson(numerator: pl.Expr, denominator: pl.Expr, *, z: float = Z) -> tuple[pl.Expr, pl.Expr]:
    """Wilson's score interval for `numerator / denominator`.

    Args:
        numerator: Count of cases.
        denominator: Count out of which.
        z: Quantile of the standard normal distribution.

    Returns:
        Lower and upper bound as proportions (0-1); exactly 0 where nothing and exactly 1 where everything is
        counted. Null where a count is missing, the denominator is 0, or the counts are impossible.
    """
    share = numerator / denominator
    spread = z * z / denominator
    centre = (share + spread / 2) / (1 + spread)
    half = (z / (1 + spread)) * ((share * (1 - share) + spread / 4) / denominator).sqrt()
    possible = _possible(numerator, denominator)
    lower = pl.when(numerator == 0).then(0.0).otherwise((centre - half).clip(0.0, 1.0))
    upper = pl.when(numerator == denominator).then(1.0).otherwise((centre + half).clip(0.0, 1.0))
    return pl.when(possible).then(lower), pl.when(possible).then(upper)


def newcombe(
    numerator: pl.Expr,
    denominator: pl.Expr,
    other_numerator: pl.Expr,
    other_denominator: pl.Expr,
    *,
    z: float = Z,
) -> tuple[pl.Expr, pl.Expr]:
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
        Lower and upper bound of the difference; null where either proportion has no interval.
    """
    share, other = numerator / denominator, other_numerator / other_denominator
    return mover(
        share,
        wilson(numerator, denominator, z=z),
        other,
        wilson(other_numerator, other_denominator, z=z),
    )


def certain(bounds: Iterable[pl.Expr]) -> pl.Expr:
    """Whether a difference's interval leaves out 0; null where there is no interval."""
    lower, upper = bounds
    return (lower > 0) | (upper < 0)


def byar(count: pl.Expr, *, z: float = Z) -> tuple[pl.Expr, pl.Expr]:
    """Byar's approximation to the exact limits of a count; null for a count below 0."""
    more = count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * count.sqrt())).pow(3)
    upper = more * (1 - 1 / (9 * more) + z / (3 * more.sqrt())).pow(3)
    lower = pl.when(count == 0).then(0.0).otherwise(lower.clip(lower_bound=0.0))
    return pl.when(count >= 0).then(lower), pl.when(count >= 0).then(upper)


def garwood(count: pl.Expr, *, z: float = Z) -> tuple[pl.Expr, pl.Expr]:
    """The exact limits of a count: half the chi-square quantiles with 2x and 2x + 2 degrees of freedom."""
    tail = _tail(z)
    possible = pl.when(count >= 0).then(count)
    lower = _applied(lambda x: special.gammaincinv(x, tail), pl.when(count > 0).then(count))
    upper = _applied(lambda x: special.gammainccinv(x + 1, tail), possible)
    return pl.when(count == 0).then(0.0).otherwise(lower), upper


def counted(count: pl.Expr, *, z: float = Z, exact: bool = False) -> tuple[pl.Expr, pl.Expr]:
    """The limits of a count: Byar's from `LEAST_FOR_BYAR` on, the exact ones below it.

    Args:
        count: Count of cases; null gives null, and so does one below 0.
        z: Quantile of the standard normal distribution.
        exact: Exact limits for all counts.
    """
    if exact:
        return garwood(count, z=z)
    large = count >= LEAST_FOR_BYAR
    near, far = byar(count, z=z), garwood(pl.when(~large).then(count), z=z)
    lower, upper = (pl.when(large).then(one).otherwise(other) for one, other in zip(near, far, strict=True))
    return lower, upper


def counted_by(count: pl.Expr, *, exact: bool = False) -> pl.Expr:
    """Which method `counted` uses: byar or exact."""
    large = pl.lit(not exact) & (count >= LEAST_FOR_BYAR)
    return (
        pl.when(large)
        .then(pl.lit(str(IntervalMethod.BYAR)))
        .when(count >= 0)
        .then(pl.lit(str(IntervalMethod.EXACT)))
    )


def student(mean: pl.Expr, deviation: pl.Expr, number: pl.Expr, *, z: float = Z) -> tuple[pl.Expr, pl.Expr]:
    """Student's interval of a mean.

    Args:
        mean: The mean.
        deviation: Standard deviation of the values (not of the mean), with n - 1 in its denominator.
        number: How many values; below `LEAST_FOR_MEAN` there is no interval.
        z: Quantile of the standard normal distribution; that of t with n - 1 degrees of freedom is used.
    """
    tail = _tail(z)
    enough = pl.when((number >= LEAST_FOR_MEAN) & (deviation >= 0)).then(number)
    half = _applied(lambda n: special.stdtrit(n - 1, 1 - tail), enough) * deviation / enough.sqrt()
    return mean - half, mean + half


def dobson(
    value: pl.Expr, variance: pl.Expr, count: pl.Expr, *, z: float = Z, exact: bool = False
) -> tuple[pl.Expr, pl.Expr]:
    """The interval of a weighted sum of counts.

    Args:
        value: The weighted sum, such as a directly standardised rate.
        variance: Its variance: the sum of each squared weight times its count.
        count: All counts together, without weights; 0 gives null.
        z: Quantile of the standard normal distribution.
        exact: Exact limits for the count also from `LEAST_FOR_BYAR` on.
    """
    lower, upper = counted(count, z=z, exact=exact)
    scale = pl.when(count > 0).then((variance / count).sqrt())
    return value + scale * (lower - count), value + scale * (upper - count)


def mover(
    value: pl.Expr, bounds: tuple[pl.Expr, pl.Expr], other: pl.Expr, other_bounds: tuple[pl.Expr, pl.Expr]
) -> tuple[pl.Expr, pl.Expr]:
    """The interval of the first value minus the other, from the interval of each; they are independent."""
    (lower, upper), (other_lower, other_upper) = bounds, other_bounds
    down = ((value - lower).pow(2) + (other_upper - other).pow(2)).sqrt()
    up = ((upper - value).pow(2) + (other - other_lower).pow(2)).sqrt()
    return value - other - down, value - other + up


def rate_ratio(
    count: pl.Expr, base: pl.Expr, other_count: pl.Expr, other_base: pl.Expr, *, z: float = Z
) -> tuple[pl.Expr, pl.Expr]:
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
        compare with; null where there are none at all or a number is impossible.
    """
    possible = (other_count >= 0) & (base > 0) & (other_base > 0)
    lower, upper = wilson(pl.when(possible).then(count), count + other_count, z=z)
    per = other_base / base
    return lower / (1 - lower) * per, upper / (1 - upper) * per
