"""The limits of a funnel plot: how far a place of a given size may lie from the centre by chance.

*Exact limits*, from the binomial distribution for shares and the Poisson distribution for other rates, with
Spiegelhalter's interpolation between counts (2005, Statistics in Medicine 24, 1185-1202). Both tails are
counted from their own end, so that the chance to fall outside a limit is always less than said, however few
the cases (the first of the three ways compared by Manktelow & Seaton 2012, PLoS ONE 7, e45723).

*Adjusted limits*, where places vary more than chance: an additive random effect on the arcsine scale for
shares and the square-root scale for rates (Spiegelhalter et al. 2012, Journal of the Royal Statistical
Society A 175, 1-47). They are never narrower than the exact ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy import special

from etl.measures.interval import as_series, z_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Array = np.ndarray

#: End of the column's name → level.
LEVELS = {"95": 0.95, "998": 0.998}

#: The inverse distribution functions are off by less than one: this many steps always lead to the count.
_STEPS = 4


def with_limits(rows: pl.DataFrame) -> pl.DataFrame:
    """Add lower_95, upper_95, lower_998 and upper_998.

    Args:
        rows: With columns share (Boolean: a proportion rather than a rate), denominator, theta (the centre,
            as a ratio), tau2 (variance between places on the transformed scale, 0 for exact limits) and scale
            (what a ratio is multiplied with).

    Returns:
        The rows with the limits, in the unit; null where the denominator or the centre is null.
    """
    size, theta, tau2, scale = (rows[name].to_numpy() for name in ("denominator", "theta", "tau2", "scale"))
    is_share, known = rows["share"].to_numpy(), ~np.isnan(size) & ~np.isnan(theta)
    columns = []
    for name, level in LEVELS.items():
        limits = np.full((2, rows.height), np.nan)
        for share in (True, False):
            mine = np.flatnonzero(known & (is_share == share))
            if len(mine):
                limits[:, mine] = _limited(np.round(size[mine]), theta[mine], tau2[mine], level, share=share)
        lower, upper = limits * scale
        columns += [as_series(f"lower_{name}", lower), as_series(f"upper_{name}", upper)]
    return rows.with_columns(columns)


def _limited(size: Array, theta: Array, tau2: Array, level: float, *, share: bool) -> tuple[Array, Array]:
    """Lower and upper limits, as ratios."""
    exact = (_binomial if share else _poisson)(size, theta, (1 - level) / 2)
    wider = _adjusted(size, theta, tau2, z_of(level), share=share)
    return (
        np.where(tau2 > 0, np.minimum(exact[0], wider[0]), exact[0]),
        np.where(tau2 > 0, np.maximum(exact[1], wider[1]), exact[1]),
    )


def _guess(count: Array) -> Array:
    """A count from an inverse distribution function, which has none where even no case at all is too likely."""
    return np.maximum(np.nan_to_num(count), 0.0)


def _settled(guess: Array, chance: Callable[[Array], Array], tail: float) -> tuple[Array, Array, Array]:
    """The smallest whole number whose `chance` is at least `tail`, that chance, and the one of the number before.

    Args:
        guess: About which real number the chance is `tail`.
        chance: Grows with its argument.
        tail: The chance asked for.
    """
    count = np.ceil(guess)
    here, before = chance(count), chance(count - 1)
    for _ in range(_STEPS):
        move = (here < tail).astype(float) - (before >= tail)
        if not move.any():
            break
        count = count + move
        here, before = chance(count), chance(count - 1)
    return count, here, before


def _binomial(size: Array, theta: Array, tail: float) -> tuple[Array, Array]:
    """The limits of a share with `size` in its denominator, as ratios."""
    return _binomial_lower(size, theta, tail), 1 - _binomial_lower(size, 1 - theta, tail)


def _binomial_lower(size: Array, theta: Array, tail: float) -> Array:
    inside = (theta > 0) & (theta < 1)
    part = np.where(inside, theta, 0.5)

    def at_most(count: Array) -> Array:
        possible = np.clip(count, 0, size - 1)
        chance = special.betaincc(possible + 1, size - possible, part)
        return np.where(count < 0, 0.0, np.where(count >= size, 1.0, chance))

    count, here, before = _settled(_guess(special.bdtrik(tail, size, part)), at_most, tail)
    limit = (count - (here - tail) / (here - before)) / size
    return np.where(inside, np.maximum(limit, 0.0), theta)


def _poisson(size: Array, theta: Array, tail: float) -> tuple[Array, Array]:
    """The limits of a rate with `size` in its denominator, as ratios."""
    mean = np.where(theta > 0, theta * size, 1.0)

    def at_most(count: Array) -> Array:
        return np.where(count < 0, 0.0, special.gammaincc(np.maximum(count, 0) + 1, mean))

    def at_least(count: Array) -> Array:
        """The chance of at least `-count` cases: with the sign turned it grows."""
        return np.where(count >= 0, 1.0, special.gammainc(np.maximum(-count, 1), mean))

    count, here, before = _settled(_guess(special.pdtrik(tail, mean)), at_most, tail)
    lower = np.maximum(count - (here - tail) / (here - before), 0.0)
    count, here, before = _settled(-1 - _guess(special.pdtrik(1 - tail, mean)), at_least, tail)
    upper = -count + (here - tail) / (here - before)
    return np.where(theta > 0, lower / size, 0.0), np.where(theta > 0, upper / size, 0.0)


def _adjusted(size: Array, theta: Array, tau2: Array, z: float, *, share: bool) -> tuple[Array, Array]:
    half = z * np.sqrt(1 / (4 * size) + tau2)
    if share:
        centre = np.arcsin(np.sqrt(theta))
        return (
            np.sin(np.maximum(centre - half, 0.0)) ** 2,
            np.sin(np.minimum(centre + half, np.pi / 2)) ** 2,
        )
    centre = np.sqrt(theta)
    return np.maximum(centre - half, 0.0) ** 2, (centre + half) ** 2
