"""What can be worked out by adding and subtracting alone, whatever the numbers are.

The equations (`layout`) are reduced by Gauss-Jordan elimination on the columns of the unknown cells. An unknown
cell that is left alone in a row can be worked out, and the row tells from which other cells. The vectors that the
reduced equations leave free are the moves: how the unknown cells could be otherwise together without any equation
noticing. Unknown cells that no chain of equations connects are reduced apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

_TINY = 1e-9

#: Free directions that are also combined two and two. More of them are tried one at a time only.
_COMBINED = 14

#: So few unknown classes are reduced all at once: to tell them apart would take longer.
_FEW = 40

#: A move that isn't whole is multiplied by these until it is.
_FACTORS = (1, 2, 3, 4, 6)


@dataclass(frozen=True)
class Derivation:
    """A cell that can be worked out.

    Attributes:
        cell: The class whose only unknown cell it is.
        weights: One number per class: its known cells enter the sum with it. The unknown cell's own is 1.
        exposed: Classes without an unknown cell, one of which could be worked out if it were unknown as well.
    """

    cell: int
    weights: np.ndarray
    exposed: np.ndarray


@dataclass(frozen=True)
class Structure:
    """What follows from which cells are unknown.

    Attributes:
        derivations: Those that can be worked out, with the shortest derivation first.
        moves: One row per move, one column per class: by how much the unknown cells of the class would change in
            all. Whole numbers.
    """

    derivations: tuple[Derivation, ...]
    moves: np.ndarray


@dataclass(frozen=True)
class _Part:
    """What follows within some unknown classes that hang together; `known` are classes in an equation left over."""

    derivations: list[tuple[int, np.ndarray, int]]
    moves: np.ndarray
    known: np.ndarray


class Reducer:
    """Works out what follows from patterns of unknown cells; each pattern, and each part of one, once."""

    def __init__(self, coefficients: np.ndarray, sizes: np.ndarray):
        """Take the equations.

        Args:
            coefficients: `etl.measures.suppression.layout.Layout.coefficients`.
            sizes: How many cells each class has.
        """
        self._rows = coefficients.astype(float)
        self._there = coefficients != 0
        self._sizes = sizes
        self._structures: dict[bytes, Structure] = {}
        self._parts: dict[bytes, _Part] = {}

    def structure(self, unknown: np.ndarray) -> Structure:
        """What follows where so many cells of each class are unknown, 2 standing for two or more."""
        key = unknown.tobytes()
        if key not in self._structures:
            self._structures[key] = self._worked_out(unknown)
        return self._structures[key]

    def _worked_out(self, unknown: np.ndarray) -> Structure:
        columns = np.flatnonzero(unknown)
        touching = self._there[:, columns].any(axis=1)
        parts = [self._part(cells, unknown) for cells in self._together(columns, touching)]
        exposed = self._there[~touching].any(axis=0)
        for part in parts:
            exposed |= part.known
        found = sorted((one for part in parts for one in part.derivations), key=lambda one: one[2])
        moves = [part.moves for part in parts] or [np.zeros((0, len(unknown)), dtype=int)]
        return Structure(
            tuple(Derivation(cell, weights, exposed) for cell, weights, _ in found), np.vstack(moves)
        )

    def _together(self, columns: np.ndarray, touching: np.ndarray) -> list[np.ndarray]:
        """The unknown classes, told apart by what hangs together through an equation."""
        if len(columns) <= _FEW:
            return [columns]
        between = csr_array(self._there[np.ix_(touching, columns)])
        count, labels = connected_components(between.T @ between, directed=False)
        return [columns[labels == label] for label in range(count)]

    def _part(self, columns: np.ndarray, unknown: np.ndarray) -> _Part:
        key = columns.tobytes() + unknown[columns].tobytes()
        if key not in self._parts:
            self._parts[key] = self._reduced_part(columns, unknown)
        return self._parts[key]

    def _reduced_part(self, columns: np.ndarray, unknown: np.ndarray) -> _Part:
        rows = self._rows[self._there[:, columns].any(axis=1)]
        wide = np.union1d(np.flatnonzero((rows != 0).any(axis=0)), columns)
        inside = np.searchsorted(wide, columns)
        rows = rows[:, wide]
        reduced, pivots = _reduced(rows, inside)
        left, reduced = reduced[len(pivots) :], reduced[: len(pivots)]
        known = np.zeros(len(unknown), dtype=bool)
        known[wide] = (np.abs(left) > _TINY).any(axis=0)
        found = _derivations(np.vstack([rows, reduced]), inside, unknown[wide], self._sizes[wide])
        moves = _moves(reduced, pivots, inside, len(wide))

        def spread(values: np.ndarray) -> np.ndarray:
            full = np.zeros((*values.shape[:-1], len(unknown)), dtype=values.dtype)
            full[..., wide] = values
            return full

        return _Part(
            [(int(wide[cell]), spread(row), length) for cell, row, length in found], spread(moves), known
        )


def _reduced(rows: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, list[int]]:
    """The rows, reduced on some columns, those with a pivot first; and the column of each pivot."""
    rows, pivots = rows.copy(), []
    for column in columns:
        top = len(pivots)
        candidates = np.flatnonzero(np.abs(rows[top:, column]) > _TINY)
        if not candidates.size:
            continue
        chosen = top + candidates[0]
        rows[[top, chosen]] = rows[[chosen, top]]
        rows[top] /= rows[top, column]
        others = np.flatnonzero(rows[:, column])
        others = others[others != top]
        mine = np.flatnonzero(rows[top])
        changed = rows[np.ix_(others, mine)] - np.outer(rows[others, column], rows[top, mine])
        changed[np.abs(changed) < _TINY] = 0
        rows[np.ix_(others, mine)] = changed
        pivots.append(int(column))
    return rows, pivots


def _derivations(
    rows: np.ndarray, columns: np.ndarray, unknown: np.ndarray, sizes: np.ndarray
) -> list[tuple[int, np.ndarray, int]]:
    """Cells that are left alone in a row, given or reduced; the shortest such row of each, and how long it is."""
    there = np.abs(rows[:, columns]) > _TINY
    single = np.flatnonzero((there @ unknown[columns]) == 1)
    lengths = (np.abs(rows[single]) > _TINY) @ sizes
    found: dict[int, tuple[int, np.ndarray, int]] = {}
    for place in np.argsort(lengths, kind="stable"):
        row = single[place]
        cell = int(columns[there[row].argmax()])
        found.setdefault(cell, (cell, rows[row] / rows[row, cell], int(lengths[place])))
    return list(found.values())


def _moves(reduced: np.ndarray, pivots: list[int], columns: np.ndarray, width: int) -> np.ndarray:
    free = np.setdiff1d(columns, pivots)
    basis = np.zeros((len(free), width))
    basis[np.arange(len(free)), free] = 1
    basis[:, pivots] = -reduced[:, free].T
    whole = np.zeros(basis.shape, dtype=int)
    found = np.zeros(len(free), dtype=bool)
    for factor in _FACTORS:
        rounded = np.rint(basis * factor)
        exact = (np.abs(basis * factor - rounded) < _TINY).all(axis=1) & ~found
        whole[exact] = rounded[exact].astype(int)
        found |= exact
    whole = whole[found]
    if len(whole) > _COMBINED:
        return whole
    one, other = np.triu_indices(len(whole), 1)
    return np.vstack([whole, whole[one] + whole[other], whole[one] - whole[other]])
