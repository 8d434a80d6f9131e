"""What can happen to a batch: the rules, and the rows that are appended when it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from etl.warehouse import tables
from etl.warehouse.errors import NotScheduledError, WrongStatusError
from etl.warehouse.reading import Snapshot

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from etl.warehouse.model import Delivery, Status

Action = Literal["published", "withdrawn", "restored", "rejected", "commented", "scheduled", "unscheduled"]

#: What may be done in which status, and the status afterwards. Nothing is final: a withdrawal and a
#: rejection can both be undone.
RULES: dict[Action, dict[Status, Status]] = {
    "published": {"staged": "published"},
    "withdrawn": {"published": "withdrawn"},
    "restored": {"withdrawn": "published", "rejected": "staged"},
    "rejected": {"staged": "rejected"},
    "commented": {
        "staged": "staged", "published": "published", "withdrawn": "withdrawn", "rejected": "rejected",
    },
    "scheduled": {"staged": "staged"},
    "unscheduled": {"staged": "staged"},
}  # fmt: skip

#: The action in a sentence: "leverans 7 kan inte publiceras".
_VERBS: dict[Action, str] = {
    "published": "publiceras",
    "withdrawn": "återkallas",
    "restored": "återställas",
    "rejected": "avvisas",
    "commented": "kommenteras",
    "scheduled": "ställas in på publicering vid en viss tid",
    "unscheduled": "tas bort från publicering vid en viss tid",
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


@dataclass(frozen=True)
class Timing:
    """Publication at a set time.

    Attributes:
        due: When, with a time zone.
        trusted: Whoever decided it was the machine's own user.
    """

    due: datetime
    trusted: bool


def stage(change: Change, delivery: Delivery, sha256: str) -> int:
    """Append a delivery's rows as a new batch, staged.

    Returns:
        The batch's number.
    """
    batch = tables.next_number(change.connection, "batch", "batch")
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
    _append_event(change, batch, ("staged", "staged"), delivery.note)
    return batch


def refuse_unless_allowed(facts: dict[str, Any], action: Action) -> None:
    """Refuse what a batch's status does not allow.

    Args:
        facts: The batch, as `Snapshot.batch` gives it.
        action: What is to be done.

    Raises:
        WrongStatusError: Its status does not allow it.
        NotScheduledError: A time for publishing is to be taken away, and there is none.
    """
    rule = RULES[action]
    if facts["status"] not in rule:
        raise WrongStatusError(facts["batch"], facts["status"], _VERBS[action], tuple(rule))
    if action == "unscheduled" and facts["due"] is None:
        raise NotScheduledError(facts["batch"])


def record(
    change: Change, batch: int, action: Action, note: str | None, timing: Timing | None = None
) -> tuple[Status, Status]:
    """Append what is done to a batch.

    Args:
        change: The version being made.
        batch: The batch.
        action: What is done.
        note: A word about why.
        timing: Where it is about publishing at a set time.

    Returns:
        The status before and after.

    Raises:
        UnknownBatchError: There is no such batch.
        WrongStatusError: Its status does not allow it.
        NotScheduledError: As for `refuse_unless_allowed`.
    """
    facts = change.now.batch(batch)
    refuse_unless_allowed(facts, action)
    before = facts["status"]
    after = RULES[action][before]
    _append_event(change, batch, (action, after), note, timing)
    return before, after


def _append_event(
    change: Change, batch: int, doing: tuple[str, Status], note: str | None, timing: Timing | None = None
) -> None:
    due = trusted = None
    if timing:
        due, trusted = timing.due.astimezone(UTC).replace(tzinfo=None), timing.trusted
    number = tables.next_number(change.connection, "event", "event")
    change.connection.execute(
        "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [number, batch, *doing, change.at, change.by, note, change.version, due, trusted],
    )
