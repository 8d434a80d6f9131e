"""What is hidden besides, so that nothing that is hidden can be worked out.

For all rows of a world together, again and again until nothing more is needed:

1. a guarded cell that can be worked out by adding and subtracting (`structure`): of the shown cells that its
   shortest derivation rests on the least costly one is hidden;
2. where there is none, a guarded cell whose count has one possible value only by the ranges of counts (`bounds`,
   `exact`): of the shown cells in an equation that leaves it no room the least costly one that gives room.

What is hidden is guarded in its turn. A cell that nobody delivered a figure for, but that can be worked out and
would be hidden as too small if it had been delivered, is guarded likewise.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from etl.measures.suppression.bounds import unsafe
from etl.measures.suppression.exact import hopeless, pinned
from etl.measures.suppression.lacking import fill, implied
from etl.measures.suppression.space import give_room
from etl.measures.suppression.structure import Derivation, Reducer, Structure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.measures.suppression.world import World

_NUMERATORS = 0

#: How many of the cells that were hidden besides are tried to be shown again, in each row.
_TRIES = 12

#: What follows from the unknown numerators of each of some rows, and from the unknown denominators.
Found = tuple[list[Structure], list[Structure]]


def complement(world: World) -> np.ndarray:
    """Hide what must be hidden besides; `world` is changed.

    Returns:
        Which cells were hidden, one row per row and one column per cell.
    """
    search = _Search(world)
    before = [unknown.copy() for unknown in world.unknown]
    active = np.arange(len(world.guarded))
    search.guard_implied(active)
    while active.size:
        found = search.structures(active)
        hidden = search.hide_derivable(active, found)
        rest = ~hidden
        hidden[rest] = search.hide_pinned(active[rest], _of(found, rest))
        active = active[hidden]
    search.spare(before)
    return world.unknown[0] & world.unknown[1] & ~(before[0] & before[1])


def _of(found: Found, chosen: np.ndarray) -> Found:
    places = np.flatnonzero(chosen)
    numerators, denominators = found
    return [numerators[place] for place in places], [denominators[place] for place in places]


class _Search:
    """The steps; what follows from a pattern of unknown cells is worked out once."""

    def __init__(self, world: World):
        self._world = world
        self._reducer = Reducer(world.layout.coefficients, world.layout.belongs.sum(axis=0).astype(int))

    def guard_implied(self, rows: np.ndarray) -> None:
        """Guard what can be worked out to be too small though nobody delivered it.

        Hiding more never makes more known, so that once is enough.
        """
        found, _ = self.structures(rows)
        for places in _alike(found, np.ones(len(rows), dtype=bool)):
            for derivation in found[places[0]].derivations:
                cells = self._cells(rows[places], derivation, _NUMERATORS)
                implied(self._world, rows[places], cells, derivation)

    def structures(self, rows: np.ndarray) -> Found:
        """What follows for each row from the cells that are unknown in it."""
        numerators, denominators = self._world.unknown
        found = self._structures(numerators[rows])
        alike = np.array_equal(numerators[rows], denominators[rows])
        return found, found if alike else self._structures(denominators[rows])

    def _structures(self, unknown: np.ndarray) -> list[Structure]:
        patterns = np.minimum(unknown @ self._world.layout.belongs, 2).astype(np.int8)
        return [self._reducer.structure(pattern) for pattern in patterns]

    def hide_derivable(self, rows: np.ndarray, found: Found) -> np.ndarray:
        """Hide more in each row that a guarded cell can be worked out in; in which rows that was done."""
        done = np.zeros(len(rows), dtype=bool)
        for places, cells, derivation, which in self._risks(rows, found):
            still = self._holds(rows[places], derivation, which)
            some, mine = places[still], cells[still]
            done[some] |= self._break(rows[some], mine, derivation, which)
        return done

    def derivable(self, rows: np.ndarray, found: Found, also: np.ndarray) -> np.ndarray:
        """The guarded cells that can be worked out, one row for each of `rows`; given up only if hidden besides."""
        result = np.zeros((len(rows), len(self._world.layout.cells)), dtype=bool)
        for places, cells, _, _ in self._risks(rows, found, also):
            result[places, cells] = True
        return result

    def _risks(
        self, rows: np.ndarray, found: Found, also: np.ndarray | None = None
    ) -> Iterator[tuple[np.ndarray, np.ndarray, Derivation, int]]:
        """Every derivation of a guarded cell: places of the rows that it is in, the cell in each, and of what."""
        world = self._world
        for which, structures in enumerate(found[:1] if found[0] is found[1] else found):
            for places in _alike(structures, np.ones(len(rows), dtype=bool)):
                mine = rows[places]
                wanted = ~world.given_up[mine] | (also[places] if also is not None else False)
                guarded = world.guarded[mine] & world.unknown[which][mine] & wanted
                risky = (guarded @ world.layout.belongs).any(axis=0)
                for derivation in structures[places[0]].derivations:
                    if risky[derivation.cell]:
                        cells = self._cells(mine, derivation, which)
                        there = guarded[np.arange(len(mine)), cells]
                        yield places[there], cells[there], derivation, which

    def _cells(self, rows: np.ndarray, derivation: Derivation, which: int) -> np.ndarray:
        """The cell that a derivation is of, in each row."""
        unknown = self._world.unknown[which][rows]
        return ((self._world.layout.classes == derivation.cell) & unknown).argmax(axis=1)

    def _holds(self, rows: np.ndarray, derivation: Derivation, which: int) -> np.ndarray:
        """Rows in which nothing that a derivation rests on has been hidden in the meantime."""
        used = derivation.weights[self._world.layout.classes] != 0
        return (self._world.unknown[which][rows][:, used]).sum(axis=1) == 1

    def _break(self, rows: np.ndarray, cells: np.ndarray, derivation: Derivation, which: int) -> np.ndarray:
        world = self._world
        used = derivation.weights[world.layout.classes] != 0
        unknown = world.unknown[which][rows]
        exposed = derivation.exposed[world.layout.classes] & ~self._among(unknown)
        chosen = world.chosen(rows, used & ~unknown, exposed)
        there = chosen >= 0
        world.hide(rows[there], chosen[there])
        world.given_up[rows[~there], cells[~there]] = True
        return there

    def _among(self, unknown: np.ndarray) -> np.ndarray:
        """Cells of a class that has an unknown one, for each row."""
        classes, width = self._world.layout.classes, self._world.layout.coefficients.shape[1]
        known = np.zeros((len(unknown), width), dtype=bool)
        places, cells = np.nonzero(unknown)
        known[places, classes[cells]] = True
        return known[:, classes]

    def hide_pinned(self, rows: np.ndarray, found: Found) -> np.ndarray:
        """Hide one cell more in each row that a guarded count has one possible value in; in which rows."""
        hidden = np.zeros(len(rows), dtype=bool)
        if not rows.size:
            return hidden
        fill(self._world, rows)
        open_ones = unsafe(self._world, rows, found)
        for place in np.flatnonzero(open_ones.any(axis=(1, 2))):
            row = int(rows[place])
            known = pinned(self._world, row, open_ones[place])
            lost = hopeless(self._world, row, known).any(axis=1)
            self._world.given_up[row] |= lost
            known[lost] = False
            while known.any():
                cell, quantity = (int(axis[0]) for axis in np.nonzero(known))
                chosen = give_room(self._world, row, cell, quantity)
                hidden[place] |= chosen >= 0
                known[cell] = False
                if chosen >= 0:
                    known[self._beside(chosen)] = False
        return hidden

    def _beside(self, cell: int) -> np.ndarray:
        """Cells that are in an equation with a cell."""
        equations = self._world.layout.equations
        return (equations[equations[:, cell] != 0] != 0).any(axis=0)

    def spare(self, before: list[np.ndarray]) -> None:
        """Show again what needn't be hidden after all now that other cells are: the costliest first, the largest."""
        world = self._world
        also = world.unknown[0] & world.unknown[1] & ~(before[0] & before[1])
        size = np.nan_to_num(world.denominator)
        worth = np.where(also, world.cost + size / (1 + size.max(initial=0)), -1)
        for _ in range(_TRIES):
            if not (worth >= 0).any():
                break
            rows = np.flatnonzero((worth >= 0).any(axis=1))
            cells = worth[rows].argmax(axis=1)
            worth[rows, cells] = -1
            self._show(rows, cells, before, also)
            worth[~(world.unknown[0] & world.unknown[1])] = -1

    def _show(self, rows: np.ndarray, cells: np.ndarray, before: list[np.ndarray], also: np.ndarray) -> None:
        """Show one cell in each row again, and with it the others that are then of no use.

        Of no use is a cell that was only hidden for others and can be worked out. Where something else could be
        worked out all is as it was.
        """
        world = self._world
        kept = [unknown[rows] for unknown in world.unknown], world.guarded[rows]
        wrong = np.zeros(len(rows), dtype=bool)
        told = np.zeros((len(rows), also.shape[1]), dtype=bool)
        told[np.arange(len(rows)), cells] = True
        todo = np.arange(len(rows))
        while todo.size:
            for unknown, first in zip(world.unknown, before, strict=True):
                unknown[rows[todo]] &= first[rows[todo]] | ~told[todo]
            world.guarded[rows[todo]] &= ~told[todo]
            found = self.structures(rows[todo])
            told[todo] = self.derivable(rows[todo], found, also[rows[todo]])
            wrong[todo] = (told[todo] & ~also[rows[todo]]).any(axis=1)
            settled: np.ndarray = ~np.any(told[todo], axis=1)
            if settled.any():
                open_ones = unsafe(world, rows[todo[settled]], _of(found, np.asarray(settled)))
                wrong[todo[settled]] = open_ones.any(axis=(1, 2))
            todo = todo[~settled & ~wrong[todo]]
        for unknown, first in zip(world.unknown, kept[0], strict=True):
            unknown[rows[wrong]] = first[wrong]
        world.guarded[rows[wrong]] = kept[1][wrong]


def _alike(structures: list[Structure], wanted: np.ndarray) -> list[np.ndarray]:
    """Places of rows with the same structure, of those that something can be worked out in."""
    found: dict[int, list[int]] = defaultdict(list)
    for place in np.flatnonzero(wanted):
        if structures[place].derivations:
            found[id(structures[place])].append(int(place))
    return [np.array(places) for places in found.values()]
