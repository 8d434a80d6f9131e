"""From a recipe to counts per municipality.

A municipality's level is the county's, plus an effect of the part of the county it lies in, a trend of that part
from 2022 on, an effect and a trend of its own, and chance in proportion to its size. Effects and trends weigh
to nothing over all inhabitants, so that the municipalities together give the county's level.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.examples.recipes import Recipe

_TREND_FROM = 2022
_INDEX_NOISE = 0.15
_MONTHLY_WOBBLE, _YEARLY_WOBBLE = 0.05, 0.01

#: The share of inhabitants 65 years and over falls from the first with size, by the second at most.
_OLD, _YOUNGER_BY, _LARGE = 0.27, 0.1, 120_000


@dataclass(frozen=True)
class Place:
    """A municipality as the examples see it.

    Attributes:
        code: SCB code.
        part: Which part of the county it lies in; decides what it has in common with its neighbours.
        inhabitants: How many.
    """

    code: str
    part: str
    inhabitants: int

    @property
    def elderly(self) -> float:
        """A plausible number of inhabitants 65 years and over."""
        return self.inhabitants * (_OLD - _YOUNGER_BY * min(self.inhabitants, _LARGE) / _LARGE)


@dataclass(frozen=True)
class Figure:
    """One figure: counts, or a value with its weight as denominator."""

    indicator: str
    area: str
    period: str
    denominator: int
    numerator: int | None = None
    value: float | None = None


def figures(recipe: Recipe, places: Sequence[Place], seed: int) -> Iterator[Figure]:
    """Every figure of a recipe, municipality by municipality.

    Args:
        recipe: What the series looks like.
        places: The municipalities.
        seed: The same seed gives the same figures; each municipality has draws of its own.
    """
    effects = _balanced(recipe, places, seed, "nivå")
    trends = _balanced(recipe, places, seed, "trend")
    wobble = _MONTHLY_WOBBLE if recipe.step == "month" else _YEARLY_WOBBLE
    for place in places:
        draw = _draws(seed, recipe.indicator, place.code)
        base = place.elderly if recipe.elderly else place.inhabitants
        for period, year, county in recipe.periods():
            moved = recipe.spread * (
                effects[place.code] + 0.3 * max(0, year - _TREND_FROM) * trends[place.code]
            )
            size = max(1, round(base * recipe.size * (1 + wobble * _chance(draw))))
            moved += 0.15 * recipe.spread * _chance(draw)
            blank = Figure(recipe.indicator, place.code, period, size)
            figure = _filled(blank, recipe, county + moved, draw)
            yield figure
            if recipe.companion is not None:
                yield Figure(
                    recipe.companion, place.code, period, round(place.elderly), numerator=figure.numerator
                )


def _filled(blank: Figure, recipe: Recipe, level: float, draw: Random) -> Figure:
    size = blank.denominator
    if recipe.kind == "index":
        value = round(min(1.0, max(0.0, level + _INDEX_NOISE / sqrt(size) * _chance(draw))), 3)
        return replace(blank, value=value)
    if recipe.kind == "days":
        return replace(blank, numerator=max(0, round(level * (size + sqrt(size) * _chance(draw)))))
    share = min(0.995, max(0.005, level / 100))
    counted = round(size * share + sqrt(size * share * (1 - share)) * _chance(draw))
    return replace(blank, numerator=min(size, max(0, counted)))


def _balanced(recipe: Recipe, places: Sequence[Place], seed: int, what: str) -> dict[str, float]:
    own = {
        place.code: _chance(_draws(seed, recipe.indicator, what, place.part))
        + 0.7 * _chance(_draws(seed, recipe.indicator, what, place.code))
        for place in places
    }
    people = sum(place.inhabitants for place in places)
    mean = sum(place.inhabitants * own[place.code] for place in places) / people
    return {code: effect - mean for code, effect in own.items()}


def _draws(seed: int, *names: str) -> Random:
    return Random(" ".join((str(seed), *names)))  # noqa: S311  (figures for show, not secrets)


def _chance(draw: Random) -> float:
    """A number with mean 0 and variance 1, at most 3.5 from 0: a scaled sum of four uniform draws."""
    return (draw.random() + draw.random() + draw.random() + draw.random() - 2.0) * sqrt(3.0)
