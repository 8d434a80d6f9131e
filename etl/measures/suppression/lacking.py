"""Counts of cells that no figure was delivered for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from etl.measures.suppression.structure import Derivation
    from etl.measures.suppression.world import World


def implied(world: World, rows: np.ndarray, cells: np.ndarray, derivation: Derivation) -> np.ndarray:
    """Rows in which a cell that no figure was delivered for is worked out to be too small; it is then guarded."""
    lacking = ~world.guarded[rows, cells] & np.isnan(world.numerator[rows, cells]) & world.counted[rows]
    if not lacking.any():
        return lacking
    weights = derivation.weights[world.layout.classes]
    used = np.flatnonzero(weights)
    counts = []
    for count, unknown in zip((world.numerator, world.denominator), world.unknown, strict=True):
        shown = np.where(unknown[rows][:, used], 0, count[rows][:, used])
        valued = world.valued(rows)[:, used].any(axis=1)
        counts.append(np.where(valued, np.nan, -(shown @ weights[used])))
    small = lacking & _small(world, rows, *counts)
    for place in np.flatnonzero(small):
        row, cell = rows[place], cells[place]
        world.guarded[row, cell] = True
        world.numerator[row, cell], world.denominator[row, cell] = counts[0][place], counts[1][place]
    return small


def _small(world: World, rows: np.ndarray, numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    """As `etl.measures.suppression.small.rule`, for counts that were worked out."""
    least = world.least_numerator[rows]
    n, d = np.round(numerator), np.round(denominator)
    left = d - n
    few = (n > 0) & (n < least)
    few |= (left > 0) & (left < least) & world.share[rows]
    return few | ((d > 0) & (d < world.least_denominator[rows]))


def fill(world: World, rows: np.ndarray) -> None:
    """Work out true counts of cells without figures, from equations in which no other is lacking."""
    equations = world.layout.equations.astype(float)
    lacks = equations != 0
    for count in (world.numerator, world.denominator):
        while True:
            part = count[rows]
            gaps = np.isnan(part)
            single = (gaps @ lacks.T.astype(np.float32)) == 1
            if not single.any():
                break
            places, which = np.nonzero(single)
            cells = (gaps[places] & lacks[which]).argmax(axis=1)
            sums = np.einsum("ij,ij->i", np.nan_to_num(part[places]), equations[which])
            worth = -sums / equations[which, cells]
            sound = worth >= 0
            if not sound.any():
                break
            filled = count[rows[places[sound]], cells[sound]]
            count[rows[places[sound]], cells[sound]] = np.where(np.isnan(filled), worth[sound], filled)
