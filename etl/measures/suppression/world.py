"""The figures of many indicators and periods that share one layout, as arrays: a row each, a column per cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from etl.measures.suppression.small import Rule

if TYPE_CHECKING:
    from etl.measures.suppression.layout import Layout

#: Where a value is known but none of its counts, the value times this stands in for the numerator, so that a
#: whole step of it is a small change of the value.
FINE = 1000.0
_WHOLE_SHARE = 100.0

#: What is hidden rather than something else, by its cost: women and men before both together; then vårdcentraler,
#: municipalities, delregioner of other divisions, those of the default division, the county; then other age groups
#: before the headline's.
BOTH_SEXES, PLACE, HEADLINE = 10_000, 10, 1

#: What a place (vårdcentral, municipality, other division, default division, county) costs besides, so that levels
#: come before what would be exposed by it, and that before divisions.
_LEVELS = np.array([0, 1000, 2000, 2000, 4000])
_EXPOSED = 500

#: A rule that leaves fewer numbers than two says by itself which one it is (a limit of 2: the count is 1). No
#: hiding helps against that, and it isn't counted as something that the reader learns from the figures.
_LEAST_NUMERATOR, _LEAST_DENOMINATOR = 3, 2


@dataclass(frozen=True, eq=False)
class World:
    """What is true, what is shown and what must not be worked out.

    Attributes:
        layout: The cells and their equations.
        numerator, denominator: The true counts, not a number where nobody knows them.
        unknown: Which cells a reader isn't told: first by their numerator, then by their denominator.
        guarded: Which of them nobody may work out.
        rule: Which are small themselves, `Rule`.
        share: Whether the numerators are part of the denominators.
        counted: Whether it is people, visits or days that are counted; else whole steps mean nothing.
        least_numerator, least_denominator: The limits.
        cost: What is rather hidden than something else has a lower number.
        given_up: Guarded cells that can be worked out whatever is hidden.
    """

    layout: Layout
    numerator: np.ndarray
    denominator: np.ndarray
    unknown: tuple[np.ndarray, np.ndarray]
    guarded: np.ndarray
    rule: np.ndarray
    share: np.ndarray
    counted: np.ndarray
    least_numerator: np.ndarray
    least_denominator: np.ndarray
    cost: np.ndarray
    given_up: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "given_up", np.zeros_like(self.guarded))

    def hide(self, rows: np.ndarray, cells: np.ndarray) -> None:
        """Take a shown cell away in each of some rows."""
        for unknown in self.unknown:
            unknown[rows, cells] = True
        self.guarded[rows, cells] = True

    def narrowed(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Which cells of some rows a reader knows the range of, by each rule: few, left, thin."""
        rule = self.rule[rows]
        some = (self.least_numerator[rows] >= _LEAST_NUMERATOR)[:, None]
        thin = (self.least_denominator[rows] >= _LEAST_DENOMINATOR)[:, None]
        return (rule == Rule.FEW) & some, (rule == Rule.LEFT) & some, (rule == Rule.THIN) & thin

    def chosen(
        self, rows: np.ndarray, candidates: np.ndarray, exposed: np.ndarray | None = None
    ) -> np.ndarray:
        """The candidate to hide in each of some rows.

        It is a vårdcentral where there is one, else a municipality, else a delregion, else the county. Of
        several it is one that wouldn't need more to be hidden at once, then the least costly, then the one with
        the smallest denominator.

        Args:
            rows: The rows.
            candidates: One row for each of them, one column per cell.
            exposed: Likewise, which cells could be worked out at once if they were hidden.

        Returns:
            A cell for each row, -1 where there is no candidate.
        """
        cost = self.cost[rows] + _LEVELS[self.cost[rows] % BOTH_SEXES // PLACE]
        if exposed is not None:
            cost = cost + _EXPOSED * exposed
        cost = np.where(candidates, cost, np.iinfo(cost.dtype).max)
        cheapest = candidates & (cost == cost.min(axis=1)[:, None])
        size = np.where(cheapest, np.nan_to_num(self.denominator[rows], nan=np.finfo(float).max), np.inf)
        return np.where(candidates.any(axis=1), size.argmin(axis=1), -1)

    def valued(self, rows: np.ndarray) -> np.ndarray:
        """Which cells of some rows have a value that stands in for their counts."""
        return np.isfinite(self.numerator[rows]) & np.isnan(self.denominator[rows])


@dataclass(frozen=True)
class Room:
    """How far each cell could be higher (`up`) and lower (`down`) than it is by what is known of it alone."""

    up: np.ndarray
    down: np.ndarray


def rooms(world: World, rows: np.ndarray) -> tuple[Room, Room, Room]:
    """The room of the cells of some rows for three kinds of change.

    Known of a cell is that counts aren't negative; for a share that no more are counted than there are; and, of
    one that is small itself, by which rule. A cell of which nobody knows the true count can only be taken to be
    higher.

    Returns:
        Of the numerator alone; of the denominator alone; and of both by the same, those not counted staying the
        same (for shares only).
    """
    few, left, thin = world.narrowed(rows)
    share = world.share[rows][:, None]
    top_n = world.least_numerator[rows][:, None] - 1.0
    top_d = world.least_denominator[rows][:, None] - 1.0
    valued = world.valued(rows)
    n, d = world.numerator[rows], world.denominator[rows]
    whole = np.where(valued, FINE * _WHOLE_SHARE, d)
    rest = np.where(share, whole - n, np.inf)
    few_up = np.where(few, top_n - n, np.inf)
    thin_up = np.where(thin, top_d - d, np.inf)
    left_up = np.where(left, top_n - rest, np.inf)
    numerator = Room(np.minimum(few_up, rest - left), np.minimum(n - few, left_up))
    denominator = Room(np.minimum(thin_up, left_up), np.minimum(d, rest - left))
    both = Room(np.minimum(few_up, thin_up), n - few)
    unsure_n, unsure_d = np.isnan(n), np.isnan(d)
    return (
        _unsure(numerator, unsure_n & ~share, unsure_n),
        _unsure(_nowhere(denominator, valued), unsure_d & ~valued, unsure_d | unsure_n),
        _unsure(
            _nowhere(both, valued | ~share), (unsure_n | unsure_d) & share & ~valued, unsure_n | unsure_d
        ),
    )


def _nowhere(room: Room, fixed: np.ndarray) -> Room:
    return Room(np.where(fixed, 0, room.up), np.where(fixed, 0, room.down))


def _unsure(room: Room, upwards: np.ndarray, unsure: np.ndarray) -> Room:
    """Where the truth isn't known a cell can go up, if at all."""
    up = np.where(upwards, np.inf, np.where(np.isnan(room.up), 0, room.up))
    return Room(up, np.where(unsure, 0, np.where(np.isnan(room.down), 0, room.down)))
