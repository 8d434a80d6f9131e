"""What was known on an earlier day: derived anew from the rows that were published then.

Today's catalogue is used, its targets, areas and thresholds: a figure that is too small to be shown today isn't
shown as it was either. Nor is any other that is hidden today (`etl.measures.suppression.earlier`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from etl.jobs.changes import changed_between
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


def state(snapshot: Snapshot, knowledge: Knowledge, at: datetime) -> State:
    """What was known at a moment.

    Only the indicators that were changed afterwards are worked out anew; the others are as they are today, so that
    it costs what has changed and not what there is.

    Args:
        snapshot: The version to read; only what happened up to the moment counts.
        knowledge: Today's catalogue and population.
        at: The moment, with a time zone.
    """
    catalogue, view = knowledge.catalogue, View(at=at)
    series, judgements, allocations = snapshot.series(), snapshot.judgements(), snapshot.allocations(view)
    if snapshot.derived_key == knowledge.key:
        changed = changed_between(snapshot, catalogue, at)
    else:
        # Another process has published with another catalogue.
        changed = sorted({*catalogue.indicators, *series["indicator"]})
    anew = pl.col("indicator").is_in(changed)
    earlier = derive(
        snapshot.observations(changed, view),
        allocations,
        catalogue,
        knowledge.population,
        hidden=hidden_keys(series),
    )
    series, judgements = (
        pl.concat([today.filter(~anew), then.filter(anew)]).sort("indicator", maintain_order=True)
        for today, then in zip((series, judgements), earlier, strict=True)
    )
    return State(series, judgements, allocations)
