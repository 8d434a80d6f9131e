"""What can't be worked out from the ranges of counts either, shown by a counterexample.

A count is safe when it could be another whole number without any shown figure, equation or rule being broken. A
move (`structure`) that every unknown cell has room for is such a counterexample, and so is one cell going up and
another of its class going down. Most cells are shown to be safe by one of these, many rows at a time; the few
others are left to `exact`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from etl.measures.suppression.world import Room, World, rooms

if TYPE_CHECKING:
    from etl.measures.suppression.structure import Structure

#: Safe must be the numerator, the denominator, and for a share those not counted: each is shown to be so by a
#: change of these kinds (0: the numerator alone, 1: the denominator alone, 2: both by the same).
QUANTITIES = ((0, 2), (1, 2), (0, 1))

#: The part of `World.unknown` that each kind of change goes by.
_MASK = (0, 1, 1)


def unsafe(world: World, rows: np.ndarray, found: tuple[list[Structure], list[Structure]]) -> np.ndarray:
    """Guarded cells that no simple counterexample was found for.

    Args:
        world: The figures.
        rows: Which rows to look at.
        found: What follows from the unknown numerators, and denominators, of each of them.

    Returns:
        One row for each of `rows`, one column per cell, one layer for each of `QUANTITIES`.
    """
    wanted = needed(world, rows)
    able = _able(world, rows)
    free = [
        Room(np.where(mine, room.up, 0), np.where(mine, room.down, 0))
        for mine, room in zip(able, rooms(world, rows), strict=True)
    ]
    moved = [_swapped(world, room) for room in free]
    for kind, room in enumerate(free):
        open_ones = _open(wanted, moved, kind)
        if open_ones.any():
            moved[kind] |= _moved(world, room, found[_MASK[kind]], open_ones)
    return wanted & ~_safe(moved)


def needed(world: World, rows: np.ndarray) -> np.ndarray:
    """Which quantities of which cells must be safe, as `unsafe` gives them."""
    guarded = world.guarded[rows] & world.counted[rows][:, None] & ~world.given_up[rows]
    counts = guarded & ~world.valued(rows)
    hidden_n, hidden_d = (unknown[rows] for unknown in world.unknown)
    share = world.share[rows][:, None]
    return np.stack([guarded & hidden_n, counts & hidden_d, guarded & share & (hidden_n | hidden_d)], axis=-1)


def _safe(moved: list[np.ndarray]) -> np.ndarray:
    return np.stack([moved[one] | moved[other] for one, other in QUANTITIES], axis=-1)


def _open(wanted: np.ndarray, moved: list[np.ndarray], kind: int) -> np.ndarray:
    """The cells that a change of this kind could still show something for."""
    still = wanted & ~_safe(moved)
    useful = [place for place, kinds in enumerate(QUANTITIES) if kind in kinds]
    return still[..., useful].any(axis=-1)


def _able(world: World, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The cells that a reader can take to be otherwise, by each kind of change."""
    numerators, denominators = (unknown[rows] for unknown in world.unknown)
    return numerators, denominators, numerators & denominators


def _swapped(world: World, room: Room) -> np.ndarray:
    """Cells that can trade places with another of their class, one up and one down."""
    belongs, classes = world.layout.belongs, world.layout.classes
    up, down = room.up >= 1, room.down >= 1
    others_up = (up @ belongs)[:, classes] - up
    others_down = (down @ belongs)[:, classes] - down
    return (up & (others_down > 0)) | (down & (others_up > 0))


def _moved(world: World, room: Room, found: list[Structure], open_ones: np.ndarray) -> np.ndarray:
    result = np.zeros_like(open_ones)
    alike: dict[int, list[int]] = {}
    for place in np.flatnonzero(open_ones.any(axis=1)):
        alike.setdefault(id(found[place]), []).append(int(place))
    order = np.argsort(world.layout.classes, kind="stable")
    starts = np.searchsorted(world.layout.classes[order], np.arange(world.layout.coefficients.shape[1]))
    for places in alike.values():
        some = np.array(places)
        moves = found[places[0]].moves
        if not moves.size:
            continue
        cells = np.flatnonzero(open_ones[some].any(axis=0))
        up, down = room.up[some], room.down[some]
        most_up, most_down = (np.maximum.reduceat(side[:, order], starts, axis=1) for side in (up, down))
        for signed in (moves, -moves):
            result[np.ix_(some, cells)] |= _fits(
                signed,
                signed[:, world.layout.classes[cells]],
                (most_up, most_down),
                (up[:, cells], down[:, cells]),
            )
    return result


def _fits(
    moves: np.ndarray,
    own: np.ndarray,
    most: tuple[np.ndarray, np.ndarray],
    room: tuple[np.ndarray, np.ndarray],
) -> np.ndarray:
    """For each row and cell whether some move that changes the cell has room everywhere."""
    rises, falls = np.maximum(moves, 0), np.maximum(-moves, 0)
    possible = ((rises <= most[0][:, None]) & (falls <= most[1][:, None])).all(axis=2, keepdims=True)
    up, down = np.maximum(own, 0), np.maximum(-own, 0)
    itself = (own != 0) & (up <= room[0][:, None]) & (down <= room[1][:, None])
    return (possible & itself).any(axis=1)
