"""What was known on an earlier day: derived anew from the rows that were published then.

Today's catalogue is used, its targets, areas and thresholds: a figure that is too small to be shown today isn't
shown as it was either. Nor is any other that is hidden today (`etl.measures.suppression.earlier`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import polars as pl

from etl.measures.pipeline import derive
from etl.measures.suppression import hidden_keys
from etl.warehouse import View

if TYPE_CHECKING:
    from datetime import datetime

    from etl.catalogue import Knowledge
    from etl.warehouse import Snapshot


@dataclass(frozen=True)
class State:
    """What the pages rest on at a moment.

    Attributes:
        series: Columns as in `schemas.results.SERIES_SCHEMA`.
        judgements: Columns as in `schemas.results.ASSESSED_SCHEMA`.
        allocations: Columns as in `schemas.columns.ALLOCATION_SCHEMA`, and `batch`.
    """

    series: pl.DataFrame
    judgements: pl.DataFrame
    allocations: pl.DataFrame


def last_change(snapshot: Snapshot, at: datetime) -> datetime | None:
    """When what is published was last changed before a moment; None where nothing had been published.

    All moments between two changes have the same state.
    """
    changing = ["published", "withdrawn", "restored"]
    events = snapshot.events().filter((pl.col("at") <= at) & pl.col("action").is_in(changing))
    return cast("datetime | None", events["at"].max())


def state(snapshot: Snapshot, knowledge: Knowledge, at: datetime) -> State:
    """What was known at a moment.

    Args:
        snapshot: The version to read; only what happened up to the moment counts.
        knowledge: Today's catalogue and population.
        at: The moment, with a time zone.
    """
    view = View(at=at)
    observations, allocations = snapshot.observations(view=view), snapshot.allocations(view)
    series, judgements = derive(
        observations,
        allocations,
        knowledge.catalogue,
        knowledge.population,
        hidden=hidden_keys(snapshot.series()),
    )
    return State(series, judgements, allocations)
