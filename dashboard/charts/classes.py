"""Values in a few classes for a map: even steps between round numbers, with about as many areas in each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log, log10
from typing import TYPE_CHECKING

from schemas import swedish

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: More shades than this can't be told apart.
MOST = 5

#: The steps that people count in, of each power of ten.
_ROUND = (1.0, 2.0, 2.5, 5.0)

#: Powers of ten below the reach of most values that steps are looked for in, and the most steps within it.
_POWERS = 3
_FINEST = 40


@dataclass(frozen=True)
class Classes:
    """The classes.

    Attributes:
        bounds: Where the second class and each after it begins; the first and the last are open.
        unit: Unit of the values.
        decimals: Decimals shown.
    """

    bounds: tuple[float, ...]
    unit: str
    decimals: int

    def of(self, value: float) -> int:
        """The class of a value as it is shown, from 0 for the lowest."""
        return bisect_right(self.bounds, swedish.rounded(value, self.decimals))

    @property
    def labels(self) -> list[str]:
        """`under 80,0 %`, `80,0–84,9 %`, …, `95,0 % eller mer`: no value is in two of them."""
        if not self.bounds:
            return ["alla"]
        last = 10.0**-self.decimals
        between = [
            swedish.interval_text(low, high - last, self.unit, self.decimals)
            if high - low > 1.5 * last
            else swedish.value_text(low, self.unit, self.decimals)
            for low, high in pairwise(self.bounds)
        ]
        first, final = (
            swedish.value_text(bound, self.unit, self.decimals) for bound in (self.bounds[0], self.bounds[-1])
        )
        return [f"under {first}", *between, f"{final} eller mer"]


def classes(values: Sequence[float], unit: str, decimals: int) -> Classes:
    """Classes for values: the even steps that part them best, at most `MOST`, none of them empty.

    Args:
        values: The values of all areas.
        unit: `schemas.catalogue.Unit`.
        decimals: Decimals shown.
    """
    shown = sorted(swedish.rounded(value, decimals) for value in values)
    candidates = [tried for tried in _candidates(shown, decimals) if _sizes(shown, tried)]
    best = max(candidates, key=lambda tried: _evenness(shown, tried), default=())
    return Classes(best, unit, decimals)


def _candidates(shown: Sequence[float], decimals: int) -> Iterator[tuple[float, ...]]:
    """Every row of one to four round numbers at even steps within the reach of most of the values, in order."""
    if len(set(shown)) <= 1:
        return
    tenth = len(shown) // 10
    low, high = shown[tenth], shown[-1 - tenth]
    if low == high:
        low, high = shown[0], shown[-1]
    top = floor(log10(high - low))
    for power in range(top, top - _POWERS, -1):
        for size in _ROUND:
            step = size * 10.0**power
            shown_whole = step >= 10.0**-decimals and swedish.rounded(step, decimals) == round(step, 12)
            if (high - low) / step > _FINEST or not shown_whole:
                continue
            first, last = floor(low / step), floor(high / step) + 1
            for start in range(first, last + 1):
                for number in range(1, min(MOST, last - start + 2)):
                    yield tuple(round((start + place) * step, 10) for place in range(number))


def _sizes(shown: Sequence[float], bounds: Sequence[float]) -> list[int]:
    """How many of the values, in order, each class has; nothing where one has none."""
    places = [0, *(bisect_left(shown, bound) for bound in bounds), len(shown)]
    sizes = [last - first for first, last in pairwise(places)]
    return sizes if all(sizes) else []


def _evenness(shown: Sequence[float], bounds: Sequence[float]) -> tuple[float, float]:
    """How much the classes tell apart (Shannon's entropy); of two that tell the same, the wider steps."""
    shares = [size / len(shown) for size in _sizes(shown, bounds)]
    step = bounds[1] - bounds[0] if len(bounds) > 1 else 0.0
    return round(-sum(share * log(share) for share in shares), 6), step
