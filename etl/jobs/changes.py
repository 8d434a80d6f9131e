"""When what is published was changed, and which indicators by that."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import polars as pl

if TYPE_CHECKING:
    from datetime import datetime

    from etl.warehouse import Snapshot
    from schemas.catalogue import Catalogue

#: What is done to a batch that changes what is published.
CHANGING = ("published", "withdrawn", "restored")


def last_change(snapshot: Snapshot, at: datetime) -> datetime | None:
    """When what is published was last changed before a moment; None where nothing had been published.

    All moments between two changes have the same state.
    """
    return cast("datetime | None", _changes(snapshot).filter(pl.col("at") <= at)["at"].max())


def changed_between(
    snapshot: Snapshot, catalogue: Catalogue, begun: datetime, ended: datetime | None = None
) -> list[str]:
    """The indicators that a batch changed, and all that show money where one with money did.

    Args:
        snapshot: The version to read.
        catalogue: Indicators and agreements; others are left out.
        begun: Changes after this moment count, with a time zone.
        ended: Changes until this one do, that moment included; None for now.
    """
    happened = _changes(snapshot).filter(pl.col("at") > begun)
    if ended is not None:
        happened = happened.filter(pl.col("at") <= ended)
    batches = happened["batch"].unique().to_list()
    if not batches:
        return []
    touched = {name for name in snapshot.indicators_of(batches) if name in catalogue.indicators}
    divided = snapshot.batches().filter(pl.col("batch").is_in(batches) & (pl.col("allocations") > 0))
    if divided.height:
        touched |= {item.indicator for item in catalogue.agreements.values()}
    return sorted(touched)


def _changes(snapshot: Snapshot) -> pl.DataFrame:
    return snapshot.events().filter(pl.col("action").is_in(CHANGING))
