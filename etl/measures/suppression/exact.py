"""Whether counts could be otherwise, asked of an integer program: exact, and slow enough to be kept for the few.

The variables are the unknown numerators and denominators that hang together. They obey the equations and what is
known of each cell by itself; a count is safe when there is a solution in which it is another whole number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from etl.measures.suppression.small import Rule

if TYPE_CHECKING:
    from scipy.optimize import Bounds

    from etl.measures.suppression.world import World

#: Branches are limited; where that isn't enough, the cell is taken as one that can be worked out. The solver's
#: simplification of integer programs is off: HiGHS 1.12 finds some infeasible by it that do have solutions.
_OPTIONS = {"node_limit": 200, "presolve": False}
_NEARLY = 1e-6


def pinned(world: World, row: int, open_ones: np.ndarray) -> np.ndarray:
    """Which of some counts have one possible value only.

    Args:
        world: The figures.
        row: Which row.
        open_ones: One row per cell, one column for each of `etl.measures.suppression.bounds.QUANTITIES`.

    Returns:
        Of the same shape.
    """
    result = _stuck(world, row, open_ones)
    left = open_ones & ~result
    while left.any():
        start = int(np.flatnonzero(left.any(axis=1))[0])
        program = _program(world, row, start)
        inside = np.isin(np.arange(len(left)), program.cells)
        result |= _tried(program, left & inside[:, None])
        left[program.cells] = False
    return result


def hopeless(world: World, row: int, known: np.ndarray) -> np.ndarray:
    """Which pinned counts the rules alone would pin, if every figure were hidden.

    With a limit of 3 women, men and both that are all hidden as too few can only be 1, 1 and 2.

    Args:
        world: The figures.
        row: Which row.
        known: From `pinned`.
    """
    there = world.layout.equations != 0
    small = world.rule[row] != Rule.NONE
    narrow = there[~(there & ~small).any(axis=1)].any(axis=0)
    asked = known & narrow[:, None]
    if not asked.any():
        return asked
    everything = np.ones_like(world.guarded)
    return pinned(replace(world, unknown=(everything, everything)), row, asked)


def _stuck(world: World, row: int, open_ones: np.ndarray) -> np.ndarray:
    """Counts that plainly have no other value: in an equation that nothing else in it makes up for a change.

    This saves most programs, such as those of two counts from 1 to 4 that come to 8.
    """
    few, left, thin = (known[0] for known in world.narrowed(np.array([row])))
    top_n, top_d = world.least_numerator[row] - 1, world.least_denominator[row] - 1
    n, d = world.numerator[row], world.denominator[row]
    thin_top = np.where(thin, top_d, np.inf)
    hidden_n, hidden_d = (unknown[row] for unknown in world.unknown)
    result = np.zeros_like(open_ones)
    for which, (count, hidden, low, high) in enumerate(
        (
            (n, hidden_n, few, np.where(few, top_n, thin_top)),
            (d, hidden_d, np.zeros_like(few), thin_top),
            (d - n, hidden_n | hidden_d, left, np.where(left, top_n, thin_top)),
        )
    ):
        up = hidden & ~(count + 1 > high)
        down = hidden & ~(count - 1 < low)
        for cell in np.flatnonzero(open_ones[:, which]):
            rows = world.layout.equations[world.layout.equations[:, cell] != 0]
            same = rows == rows[:, [cell]]
            others = (rows != 0) & (np.arange(len(up)) != cell)
            rises = up[cell] and (others & np.where(same, down, up)).any(axis=1).all()
            falls = down[cell] and (others & np.where(same, up, down)).any(axis=1).all()
            result[cell, which] = not (rises or falls)
    return result


@dataclass(frozen=True)
class _Program:
    """An integer program of some cells: the numerators first, then the denominators."""

    cells: np.ndarray
    rows: np.ndarray
    low: np.ndarray
    high: np.ndarray
    bounds: Bounds
    whole: bool

    def solved(self, quantity: np.ndarray | None = None, least: float = -np.inf) -> np.ndarray | None:
        """Some solution; one in which a sum of the variables is at least something."""
        from scipy.optimize import LinearConstraint, milp  # noqa: PLC0415 - 13 MB that few figures need

        rows, low, high = self.rows, self.low, self.high
        if quantity is not None:
            rows = np.vstack([rows, quantity])
            low, high = np.append(low, least), np.append(high, np.inf)
        constraints = LinearConstraint(rows, low, high)
        for whole in (False, True):
            found = milp(
                np.zeros(rows.shape[1]),
                constraints=constraints,
                bounds=self.bounds,
                integrality=np.full(rows.shape[1], int(whole)),
                options=_OPTIONS,
            ).x
            if found is None or not self.whole or np.abs(found - np.rint(found)).max() < _NEARLY:
                break
        return found

    def quantities(self, cell: int) -> np.ndarray:
        """Numerator, denominator and those not counted of a cell, as sums of the variables."""
        place, width = int(np.flatnonzero(self.cells == cell)[0]), len(self.cells)
        numerator, denominator = np.eye(2 * width)[[place, width + place]]
        return np.stack([numerator, denominator, denominator - numerator])


def _tried(program: _Program, left: np.ndarray) -> np.ndarray:
    """The counts among `left` that no solution was found for in which they are others."""
    result = np.zeros_like(left)
    first = program.solved()
    if first is None:
        # the figures contradict each other, so that nothing follows from them
        return result
    wanted = list(zip(*np.nonzero(left), strict=True))
    sums = np.array([program.quantities(cell)[which] for cell, which in wanted])
    at = np.round(sums @ first)
    todo = np.ones(len(wanted), dtype=bool)
    while todo.any():
        place = int(todo.argmax())
        todo[place] = False
        up = program.solved(sums[place], at[place] + 1)
        other = up if up is not None else program.solved(-sums[place], 1 - at[place])
        result[wanted[place]] = other is None
        if other is not None:
            # one counterexample often serves many counts
            todo &= np.abs(sums @ other - at) < 1 - _NEARLY
    return result


def _program(world: World, row: int, start: int) -> _Program:
    """The program of the unknown cells that hang together with a cell."""
    equations = world.layout.equations
    hidden_n, hidden_d = (unknown[row] for unknown in world.unknown)
    cells = np.flatnonzero(_together(equations, hidden_n | hidden_d, start))
    width = len(cells)
    parts, sums = [], []
    for place, (hidden, count) in enumerate(
        ((hidden_n, world.numerator[row]), (hidden_d, world.denominator[row]))
    ):
        rows, rest = _equations(equations, cells, hidden, count)
        wide = np.zeros((len(rows), 2 * width))
        wide[:, place * width : (place + 1) * width] = rows
        parts.append(wide)
        sums.append(rest)
    from scipy.optimize import Bounds  # noqa: PLC0415 - as above

    low, high, between, gap = _limits(world, row, cells)
    if between is not None:
        parts.append(between)
    exactly = np.concatenate(sums)
    lower = np.concatenate([exactly, gap[0]]) if between is not None else exactly
    upper = np.concatenate([exactly, gap[1]]) if between is not None else exactly
    fixed = np.concatenate([exactly, low[low == high]])
    whole = bool((np.abs(fixed - np.rint(fixed)) < _NEARLY).all())
    return _Program(cells, np.vstack(parts), lower, upper, Bounds(low, high), whole)


def _together(equations: np.ndarray, hidden: np.ndarray, start: int) -> np.ndarray:
    reached = np.zeros(len(hidden), dtype=bool)
    reached[start] = True
    while True:
        rows = (equations[:, reached] != 0).any(axis=1)
        wider = ((equations[rows] != 0).any(axis=0) & hidden) | reached
        if wider.sum() == reached.sum():
            return reached
        reached = wider


def _equations(
    equations: np.ndarray, cells: np.ndarray, hidden: np.ndarray, count: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The equations of the unknown among some cells, and what they come to by all others.

    Where every count is known the sum is the true one, so that figures which don't add up as delivered don't
    make the whole contradict itself.
    """
    there = equations[(equations[:, cells] != 0).any(axis=1)].astype(float)
    mine = np.zeros(equations.shape[1], dtype=bool)
    mine[cells] = hidden[cells]
    inside = np.where(mine, there, 0)
    true = (np.isfinite(count) | (inside == 0)).all(axis=1)
    known = (np.isfinite(count) | mine | (there == 0)).all(axis=1)
    filled = np.nan_to_num(count)
    rest = np.where(true, inside @ filled, -(there - inside) @ filled)
    use = (true | known) & (inside != 0).any(axis=1)
    return inside[use][:, cells], rest[use]


def _limits(
    world: World, row: int, cells: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None, tuple[np.ndarray, np.ndarray]]:
    """Lowest and highest counts, and for shares the rows that keep numerators below denominators."""
    few, left, thin = (known[0][cells] for known in world.narrowed(np.array([row])))
    top_n, top_d = world.least_numerator[row] - 1, world.least_denominator[row] - 1
    width = len(cells)
    low = np.concatenate([few.astype(float), np.zeros(width)])
    high = np.concatenate([np.where(few, top_n, np.inf), np.where(thin, top_d, np.inf)])
    for place, (hidden, count) in enumerate(
        zip(world.unknown, (world.numerator, world.denominator), strict=True)
    ):
        fixed = ~hidden[row][cells] & np.isfinite(count[row][cells])
        part = slice(place * width, (place + 1) * width)
        low[part] = np.where(fixed, count[row][cells], low[part])
        high[part] = np.where(fixed, count[row][cells], high[part])
    if not world.share[row]:
        return low, high, None, (low, high)
    between = np.hstack([-np.eye(width), np.eye(width)])
    return low, high, between, (left.astype(float), np.where(left, top_n, np.inf))
