"""Publishing at a set time: what is to be published when, and by whose decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Planned:
    """A batch that is to be published by itself.

    Attributes:
        batch: The batch.
        due: When (UTC).
        by: Who decided it.
        trusted: That was the machine's own user.
        note: A word about why.
    """

    batch: int
    due: datetime
    by: str
    trusted: bool
    note: str | None


def planned(events: pl.DataFrame, now: datetime) -> list[Planned]:
    """What is due to be published, in the order in which it was to be.

    A decision holds until something else than a comment has happened to the batch.

    Args:
        events: As `Snapshot.events` gives them.
        now: The moment, with a time zone.
    """
    due = (
        events.filter(pl.col("action") != "commented")
        .group_by("batch")
        .last()
        .filter((pl.col("action") == "scheduled") & (pl.col("due") <= now))
        .sort("due", "event")
    )
    return [
        Planned(row["batch"], row["due"], row["by"], bool(row["trusted"]), row["note"])
        for row in due.iter_rows(named=True)
    ]
