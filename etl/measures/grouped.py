"""Groups of rows as arrays: sums and extremes of each, in a fraction of the time that many expressions take."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from etl.measures.keys import codes, numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]


class Groups:
    """Rows with the same keys belong together; groups are in order of the keys.

    Attributes:
        of: The group of each row.
        keys: One row per group: the keys.
    """

    def __init__(self, rows: pl.DataFrame, keys: Sequence[str]):
        """Find the groups of some rows by these columns."""
        first, self.of = numbered(codes(rows, keys))
        self.keys = rows[list(keys)][first.astype(np.uint32)]
        self._count = len(first)

    @cached_property
    def _in_turn(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The rows group by group, and where each group begins."""
        order = np.argsort(self.of, kind="stable")
        return order, np.searchsorted(self.of[order], np.arange(self._count))

    def total(self, values: NDArray) -> Numbers:
        """The sum of each group; what isn't known counts as 0."""
        added = np.bincount(self.of, weights=np.nan_to_num(values), minlength=self._count)
        return added.astype(np.float64, copy=False)

    def any(self, holds: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether it holds for any row of each group."""
        return np.bincount(self.of, weights=holds, minlength=self._count) > 0

    def least(self, values: Numbers) -> Numbers:
        """The smallest of each group; NaN where none is known."""
        if not self._count:
            return np.zeros(0)
        order, starts = self._in_turn
        return np.fmin.reduceat(values[order], starts)

    def where_least(self, values: Numbers) -> NDArray[np.int64]:
        """The first row with the smallest value of each group; -1 where none is known."""
        least = self.least(values)
        hits = np.flatnonzero(values == least[self.of])
        found = np.full(self._count, -1)
        found[self.of[hits[::-1]]] = hits[::-1]
        return found
