"""Published observations, fetched once for all who hold a delivery against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from etl.warehouse import Snapshot, Warehouse


#: Rows in the warehouse above which not all indicators are fetched at once but so many: what the database needs on
#: the way is as large as the answer, and each question has a cost of its own.
MANY_ROWS = 300_000
AT_A_TIME = 2


class PublishedOnce:
    """What is published of some indicators; the plausibility checks and the difference ask for the same.

    For one delivery: what was fetched is kept as long as the object, and fetched anew when the warehouse has
    a new version.
    """

    def __init__(self, warehouse: Warehouse):
        self._warehouse = warehouse
        self._kept: tuple[int, list[str], pl.DataFrame] | None = None

    def __call__(self, indicators: list[str]) -> pl.DataFrame:
        """As `etl.warehouse.Snapshot.observations` gives them, in no order.

        Args:
            indicators: Ids, in any order.
        """
        wanted = sorted(indicators)
        if self._kept is None or self._kept[:2] != (self._warehouse.version, wanted):
            with self._warehouse.snapshot() as now:
                self._kept = (now.version, wanted, _fetched(now, wanted))
        return self._kept[2]


def _fetched(now: Snapshot, indicators: list[str]) -> pl.DataFrame:
    if len(indicators) <= AT_A_TIME or now.batches()["observations"].sum() <= MANY_ROWS:
        return now.observations(indicators, ordered=False)
    some = [indicators[place : place + AT_A_TIME] for place in range(0, len(indicators), AT_A_TIME)]
    return pl.concat([now.observations(names, ordered=False) for names in some])
