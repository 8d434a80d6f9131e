"""Which batches count as published: now, at an earlier moment, with some added or taken away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import polars as pl

from etl.warehouse.errors import UnknownBatchError

if TYPE_CHECKING:
    from etl.warehouse.model import View

_PLACES = pl.Schema({"batch": pl.Int64(), "place": pl.Int64()})


def until(events: pl.DataFrame, at: datetime | None) -> pl.DataFrame:
    """The events up to a moment, that moment included.

    Args:
        events: Columns at least `at`, in UTC without a zone.
        at: The moment, with a time zone; None for all of them.
    """
    if at is None:
        return events
    return events.filter(pl.col("at") <= at.astimezone(UTC).replace(tzinfo=None))


def places(events: pl.DataFrame, view: View) -> pl.DataFrame:
    """The batches that count as published, and the order in which they do.

    A batch's place is the event that first published it. Where two batches have the same figure the one with
    the higher place counts, so that a batch that was withdrawn comes back to where it was.

    Args:
        events: All events; columns event, batch, action, status, at (UTC without a zone), oldest first.
        view: What to count.

    Returns:
        Columns batch and place.

    Raises:
        UnknownBatchError: `view.plus` names a batch that there is not.
    """
    published = (
        until(events, view.at)
        .group_by("batch", maintain_order=True)
        .agg(pl.col("status").last(), _first_published())
        .filter(status="published")
        .select(*_PLACES)
    )
    wanted = pl.DataFrame({"batch": sorted(view.plus)}, schema={"batch": pl.Int64()})
    for batch in wanted.join(events, on="batch", how="anti")["batch"]:
        raise UnknownBatchError(batch)
    last = events["event"].max() or 0
    added = (
        wanted.join(published, on="batch", how="anti")
        .join(events.group_by("batch").agg(_first_published()), on="batch", how="left")
        .select("batch", pl.col("place").fill_null(pl.int_range(1, pl.len() + 1) + last))
    )
    without = pl.col("batch").is_in(list(view.minus))
    return pl.concat([published, added.cast(_PLACES)]).filter(~without)


def _first_published() -> pl.Expr:
    return pl.col("event").filter(pl.col("action") == "published").min().alias("place")
