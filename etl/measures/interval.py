"""Confidence intervals for proportions, whole columns at once.

Wilson's score interval (Wilson 1927), which stays within 0-1 and works at 0 and n, and Newcombe's hybrid
score interval for the difference between two independent proportions (Newcombe 1998, Statistics in Medicine
17, 873-890, method 10). Both at 95 %.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The 97.5 % point of the standard normal distribution.
Z = 1.959963984540054


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
    lower, upper = wilson(numerator, denominator, z=z)
    other_lower, other_upper = wilson(other_numerator, other_denominator, z=z)
    difference = share - other
    down = ((share - lower).pow(2) + (other_upper - other).pow(2)).sqrt()
    up = ((upper - share).pow(2) + (other - other_lower).pow(2)).sqrt()
    return difference - down, difference + up


def certain(bounds: Iterable[pl.Expr]) -> pl.Expr:
    """Whether a difference's interval leaves out 0; null where there is no interval."""
    lower, upper = bounds
    return (lower > 0) | (upper < 0)
