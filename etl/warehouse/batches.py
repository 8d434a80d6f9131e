"""What can happen to a batch: the rules, and the rows that are appended when it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from etl.warehouse import tables
from etl.warehouse.errors import WrongStatusError
from etl.warehouse.reading import Snapshot

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import duckdb

    from etl.warehouse.model import Delivery, Status

Action = Literal["published", "withdrawn", "restored", "rejected"]

#: What may be done in which status, and the status afterwards. Nothing is final: a withdrawal and a
#: rejection can both be undone.
RULES: dict[Action, dict[Status, Status]] = {
    "published": {"staged": "published"},
    "withdrawn": {"published": "withdrawn"},
    "restored": {"withdrawn": "published", "rejected": "staged"},
    "rejected": {"staged": "rejected"},
}

#: The action in a sentence: "leverans 7 kan inte publiceras".
_VERBS: dict[Action, str] = {
    "published": "publiceras",
    "withdrawn": "återkallas",
    "restored": "återställas",
    "rejected": "avvisas",
}


@dataclass(frozen=True)
class Change:
    """The version that is being made, and who makes it.

    Attributes:
        connection: Open for writing on the next version.
        version: Its number.
        by: Who.
        at: When, UTC without zone as the tables have it.
        folder: The warehouse's folder.
    """

    connection: duckdb.DuckDBPyConnection
    version: int
    by: str
    at: datetime
    folder: Path

    @property
    def now(self) -> Snapshot:
        """The version as changed so far."""
        return Snapshot(self.connection, self.version, self.folder)


def stage(change: Change, delivery: Delivery, sha256: str) -> int:
    """Append a delivery's rows as a new batch, staged.

    Returns:
        The batch's number.
    """
    batch = _next(change, "batch")
    row = pl.DataFrame(
        {
            "batch": [batch],
            "sha256": [sha256],
            "name": [delivery.name],
            "size": [len(delivery.content)],
            "jobs": [list(delivery.jobs)],
            "shape": [delivery.shape],
            "origin": [delivery.origin],
            "delivered_at": [change.at],
            "delivered_by": [delivery.delivered_by],
            "note": [delivery.note],
            "observations": [delivery.observations.height],
            "allocations": [delivery.allocations.height],
            "warnings": [delivery.problems.height],
        },
        schema=tables.TABLES["batch"],
    )
    tables.insert(change.connection, "batch", row)
    numbered = pl.lit(batch, pl.Int64()).alias("batch")
    for table, frame in (
        ("observation", delivery.observations),
        ("allocation", delivery.allocations),
        ("problem", delivery.problems),
    ):
        tables.insert(change.connection, table, frame.with_columns(numbered))
    _append_event(change, batch, "staged", "staged", delivery.note)
    return batch


def record(change: Change, batch: int, action: Action, note: str | None) -> tuple[Status, Status]:
    """Append what is done to a batch.

    Returns:
        The status before and after.

    Raises:
        UnknownBatchError: There is no such batch.
        WrongStatusError: Its status does not allow it.
    """
    before = change.now.batch(batch)["status"]
    rule = RULES[action]
    if before not in rule:
        raise WrongStatusError(batch, before, _VERBS[action], tuple(rule))
    _append_event(change, batch, action, rule[before], note)
    return before, rule[before]


def _append_event(change: Change, batch: int, action: str, status: str, note: str | None) -> None:
    change.connection.execute(
        "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [_next(change, "event"), batch, action, status, change.at, change.by, note, change.version],
    )


def _next(change: Change, table: Literal["batch", "event"]) -> int:
    query = f"SELECT coalesce(max({table}), 0) + 1 FROM {table}"  # noqa: S608 - one of two names
    return int(tables.fetch(change.connection, query).item())
