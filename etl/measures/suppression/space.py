"""Which cell to hide so that a count with one possible value gets another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from etl.measures.suppression.bounds import QUANTITIES
from etl.measures.suppression.world import rooms

if TYPE_CHECKING:
    from etl.measures.suppression.world import World


def give_room(world: World, row: int, cell: int, quantity: int) -> int:
    """Hide a cell that leaves a pinned one room; which one, -1 where there is nothing left to hide."""
    equations = world.layout.equations
    room = [(one.up[0] >= 1, one.down[0] >= 1) for one in rooms(world, np.array([row]))]
    shown = ~(world.unknown[0][row] & world.unknown[1][row])
    shown[world.layout.given :] = False
    mine = np.flatnonzero(equations[:, cell])
    helps = np.zeros((len(mine), equations.shape[1]), dtype=bool)
    for kind in QUANTITIES[quantity]:
        up, down = room[kind]
        same = equations[mine] == equations[mine, cell][:, None]
        for able, rises, falls in ((up[cell], up, down), (down[cell], down, up)):
            helps |= able & np.where(same, falls, rises) & (equations[mine] != 0)
    helps[:, cell] = False
    stuck = ~(helps & ~shown).any(axis=1)
    nearest = _nearest(equations, cell, shown)
    for candidates in (*(helps[place] for place in np.flatnonzero(stuck)), helps.any(axis=0), nearest):
        chosen = world.chosen(np.array([row]), (candidates & shown)[None])
        if chosen[0] >= 0:
            world.hide(np.array([row]), chosen)
            return int(chosen[0])
    world.given_up[row, cell] = True
    return -1


def _nearest(equations: np.ndarray, cell: int, shown: np.ndarray) -> np.ndarray:
    """The shown cells that a chain of equations, over cells that aren't shown, comes to first."""
    reached = np.zeros(len(shown), dtype=bool)
    reached[cell] = True
    while True:
        wider = reached | (equations[(equations[:, reached] != 0).any(axis=1)] != 0).any(axis=0)
        if (wider & shown).any() or wider.sum() == reached.sum():
            return wider & shown
        reached = wider
