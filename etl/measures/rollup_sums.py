"""What a roll-up adds up: every group's municipalities in a row, every area's sum from one product of matrices.

A group is what makes figures comparable: an indicator, period, period type, sex and age, of real figures or of
examples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures.frames import GROUP, once, places, words
from etl.measures.interval import as_series
from etl.measures.keys import codes, numbered
from etl.measures.population import INHABITANTS
from schemas.catalogue import RollUp

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

#: What is the matter with a municipality's row, by place in `STATES`; 0 where it has a figure.
STATES = ["present", "hidden", "absent", "uncounted", "no_numerator", "no_denominator"]

_HAS_FIGURE, _HIDDEN, _ABSENT, _UNCOUNTED, _NO_NUMERATOR, _NO_DENOMINATOR = range(len(STATES))
_KEY = [*GROUP, "example"]


class Sums:
    """The municipalities' rows, laid out by group and municipality.

    Attributes:
        groups: One row per group: the columns of `GROUP`, example, roll_up and scale.
        states: One row per municipality's row: group, municipality and state (`STATES`).
    """

    def __init__(self, rows: pl.DataFrame, members: pl.DataFrame):
        """Lay them out.

        Args:
            rows: Observations of municipalities with `example`, `batch`, `roll_up`, `scale` and, where a
                population-weighted indicator is among them, the columns of
                `etl.measures.population.weights`; one per group and municipality.
            members: `etl.measures.frames.members`.
        """
        self._rows = rows
        self._names = members["municipality"].unique(maintain_order=True)
        self._wholes = _wholes(members)
        self._areas = self._wholes["area"]
        self._belongs = np.zeros((len(self._names), len(self._areas)))
        self._belongs[places(members["municipality"], self._names), places(members["area"], self._areas)] = (
            1.0
        )
        first, group = numbered(codes(rows, _KEY))
        self.groups = rows[[*_KEY, "roll_up", "scale"]][first.astype(np.uint32)]
        self._cell = group * len(self._names) + places(rows["area"], self._names)
        self._state = self._states()
        self.states = pl.DataFrame(
            [
                pl.Series("group", group, dtype=pl.UInt32),
                rows["area"].alias("municipality"),
                words("state", self._state, STATES),
            ]
        )

    def _states(self) -> NDArray[np.int64]:
        rows = self._rows
        no_numerator, no_denominator = (
            np.isnan(_numbers(rows[name])) for name in ("numerator", "denominator")
        )
        ratio = (rows["roll_up"] == RollUp.RATIO_OF_SUMS).to_numpy()
        return np.select(
            [
                _is(rows["flag"], "suppressed"),
                np.isnan(_numbers(rows["value"])),
                ratio & no_numerator & no_denominator,
                ratio & no_numerator,
                ratio & no_denominator,
            ],
            [_HIDDEN, _ABSENT, _UNCOUNTED, _NO_NUMERATOR, _NO_DENOMINATOR],
            default=_HAS_FIGURE,
        )

    def summed(self) -> pl.DataFrame:
        """One row per group and area with at least one municipality's row.

        Returns:
            The columns of `groups`, area, level, division, group, members_expected, members (municipalities with a
            figure), numerator, denominator and total (null unless all rows have one), by_denominator, by_alike and
            by_all (the weighted means; null unless all rows have the weight), standard_deviation (of all the values
            behind the rows' means; null unless all rows have theirs), hidden, preliminary, uploaded, batch (the
            newest), source and other_source (the first and the last in order).
        """
        rows = self._rows
        there = self._add(np.ones(rows.height))
        group, area = np.nonzero(there)
        columns = [
            *self.groups[group.astype(np.uint32)],
            *self._wholes[area.astype(np.uint32)],
            pl.Series("group", group, dtype=pl.UInt32),
            pl.Series("members_expected", self._belongs.sum(axis=0)[area], dtype=pl.Int32),
            pl.Series("members", self._add(self._state == _HAS_FIGURE)[group, area], dtype=pl.Int32),
            *(
                as_series(name, self._complete(_numbers(rows[column]))[group, area])
                for name, column in (("numerator",) * 2, ("denominator",) * 2, ("total", "value"))
            ),
            *self._means(group, area),
            as_series("standard_deviation", self._deviation()[group, area]),
            *(
                pl.Series(name, self._add(holds)[group, area] > 0)
                for name, holds in (
                    ("hidden", self._state == _HIDDEN),
                    ("preliminary", _is(rows["flag"], "preliminary")),
                    ("uploaded", _is(rows["origin"], "uploaded")),
                )
            ),
            as_series("batch", self._extreme(_numbers(rows["batch"]), np.fmax)[group, area]).cast(pl.Int64),
            *self._sources(group, area),
        ]
        return pl.DataFrame(columns)

    def _means(self, group: NDArray[np.int64], area: NDArray[np.int64]) -> list[pl.Series]:
        weights = dict(
            zip(("by_denominator", "by_alike", "by_all"), ("denominator", *INHABITANTS), strict=True)
        )
        if not (self.groups["roll_up"] == RollUp.POPULATION_WEIGHTED).any():
            return [pl.repeat(None, len(group), dtype=pl.Float64, eager=True).alias(name) for name in weights]
        value = _numbers(self._rows["value"])
        return [
            as_series(name, self._mean(value, _numbers(self._rows[column]))[group, area])
            for name, column in weights.items()
        ]

    def _deviation(self) -> Numbers:
        """The standard deviation that all values behind the means of an area's rows have together.

        The sum of squares about the common mean is the sum of those within the rows and of those between them
        (the partition of analysis of variance):

            (N - 1) S² = Σ (nᵢ - 1) sᵢ² + Σ nᵢ (mᵢ - M)², with N = Σ nᵢ and M = Σ nᵢ mᵢ / N

        where nᵢ is a row's denominator. That is exact, as long as no value is counted in two rows. A row of a
        single value has no spread of its own and needs none.
        """
        rows = self._rows
        deviation = _numbers(rows["standard_deviation"])
        if np.isnan(deviation).all():
            return np.full((self.groups.height, len(self._areas)), np.nan)
        number = _numbers(rows["denominator"])
        ratio = _numbers(rows["numerator"]) / np.where(number > 0, number, np.nan) * _numbers(rows["scale"])
        mean = np.where((rows["roll_up"] == RollUp.RATIO_OF_SUMS).to_numpy(), ratio, _numbers(rows["value"]))
        within = np.where(number == 1, 0.0, (number - 1) * deviation**2)
        # Reckoned from near the means, so that nothing is lost where they are large and alike.
        group = self._cell // len(self._names)
        weight, weighed = np.nan_to_num(number), np.nan_to_num(number * mean)
        centre = np.bincount(group, weighed) / np.maximum(np.bincount(group, weight), 1.0)
        off = mean - centre[group]
        total = self._complete(number)
        some = np.where(total > 1, total, np.nan)
        between = self._complete(number * off**2) - self._complete(number * off) ** 2 / some
        return np.sqrt((self._complete(within) + np.maximum(between, 0.0)) / (some - 1))

    def _sources(self, group: NDArray[np.int64], area: NDArray[np.int64]) -> list[pl.Series]:
        known = self._rows["source"].unique().drop_nulls().sort()
        place = places(self._rows["source"], known).astype(np.float64)
        place[place < 0] = np.nan
        found = []
        for name, ends in (("source", np.fmin), ("other_source", np.fmax)):
            end = self._extreme(place, ends)[group, area]
            found.append(words(name, np.where(np.isnan(end), -1, end).astype(np.int64), known.to_list()))
        return found

    def _wide(self, values: NDArray, nothing: float) -> Numbers:
        """A row per group, a column per municipality."""
        wide = np.full(self.groups.height * len(self._names), nothing)
        wide[self._cell] = values
        return wide.reshape(-1, len(self._names))

    def _add(self, values: NDArray) -> Numbers:
        """The sum of each group and area; what isn't known counts as 0."""
        if not values.any():
            return np.zeros((self.groups.height, len(self._areas)))
        known = np.nan_to_num(values) if values.dtype == np.float64 else values
        return self._wide(known, 0.0) @ self._belongs

    def _complete(self, values: Numbers) -> Numbers:
        """The sum of each group and area; NaN where a row lacks it."""
        added, lacks = self._add(values), np.isnan(values)
        return np.where(self._add(lacks) > 0, np.nan, added) if lacks.any() else added

    def _mean(self, values: Numbers, weight: Numbers) -> Numbers:
        total = self._complete(weight)
        return np.where(total > 0, self._add(values * weight) / np.where(total > 0, total, 1.0), np.nan)

    def _extreme(self, values: Numbers, ends: np.ufunc) -> Numbers:
        """The largest or smallest of each group and area; NaN where none is known."""
        if len(values) and (np.isnan(values).all() or (values == values[0]).all()):
            return np.full((self.groups.height, len(self._areas)), values[0])
        wide = self._wide(values, np.nan)
        parts = (wide[:, self._belongs[:, area] > 0] for area in range(len(self._areas)))
        return np.stack([ends.reduce(part, axis=1, initial=np.nan) for part in parts], axis=1)


@once
def _wholes(members: pl.DataFrame) -> pl.DataFrame:
    """The areas that are made of municipalities."""
    return members[["area", "level", "division"]].unique("area", keep="first", maintain_order=True)


def _numbers(column: pl.Series) -> Numbers:
    return column.cast(pl.Float64).to_numpy()


def _is(column: pl.Series, word: str) -> NDArray[np.bool_]:
    """Whether each is that word; null is none."""
    return column.eq_missing(word).to_numpy()
