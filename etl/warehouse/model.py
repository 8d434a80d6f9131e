"""What goes into the warehouse and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import polars as pl

Status = Literal["staged", "published", "withdrawn", "rejected"]

#: Current published observations of the touched indicators and all current allocations, each with `batch`,
#: to series (`SERIES_SCHEMA`) and judgements (`ASSESSED_SCHEMA`). Must be pure: it is called with the
#: writer's lock held, and may be called more than once for one change.
Derive = Callable[[pl.DataFrame, pl.DataFrame], tuple[pl.DataFrame, pl.DataFrame]]


@dataclass(frozen=True)
class Delivery:
    """One delivered file, parsed and admitted by `schemas.gate`.

    Attributes:
        content: The file's bytes, kept unchanged under their sha256.
        name: The file's name as delivered.
        jobs: The ETL jobs that took its rows.
        shape: Machine name of the recognised shape.
        delivered_by: Who delivered it.
        origin: `published`, `uploaded` or `example`; each row has its own, which is what counts.
        observations: Rows as in `OBSERVATION_SCHEMA`.
        allocations: Rows as in `ALLOCATION_SCHEMA`.
        problems: Warnings as in `PROBLEM_SCHEMA`.
        note: What the deliverer wants to say.
    """

    content: bytes
    name: str
    jobs: tuple[str, ...]
    shape: str
    delivered_by: str
    origin: str
    observations: pl.DataFrame
    allocations: pl.DataFrame
    problems: pl.DataFrame
    note: str | None = None


@dataclass(frozen=True)
class Receipt:
    """What became of a delivery.

    Attributes:
        batch: Its number.
        already_delivered: The same bytes had been delivered before: nothing was stored, and the other
            attributes tell of that first delivery as it stands now.
        status: Its status.
        delivered_at: When (UTC).
        delivered_by: Who.
        due: When it is to be published by itself (UTC), where that is decided.
    """

    batch: int
    already_delivered: bool
    status: Status
    delivered_at: datetime
    delivered_by: str
    due: datetime | None = None


@dataclass(frozen=True)
class View:
    """What counts as published: everything that is, unless something else is asked for.

    Attributes:
        at: As it was at that moment, with a time zone; None for now.
        plus: Batches to count as published too: one that has been published before in its old place, one that
            never was last (several of them in order of number).
        minus: Batches to leave out.
    """

    at: datetime | None = None
    plus: frozenset[int] = frozenset()
    minus: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a moment that means another thing on another machine."""
        if self.at is not None and self.at.tzinfo is None:
            raise ValueError("View.at needs a time zone")


#: What is published now.
NOW = View()
