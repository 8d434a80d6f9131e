"""What has happened between two moments: which judgements turned, and which figures are new.

Only the indicators of batches that were published, withdrawn or restored in between are worked out anew, so that
it costs what has changed and not what there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from etl.jobs.changes import changed_between
from etl.jobs.difference_flips import flips
from etl.measures import frames
from etl.measures.pipeline import derive
from etl.measures.suppression import hidden_keys
from etl.warehouse import View
from schemas.results import JUDGEMENT_SCHEMA

if TYPE_CHECKING:
    from datetime import datetime

    from etl.catalogue import Knowledge
    from etl.warehouse import Snapshot

_KEY = ["indicator", "age", "area"]

#: A figure for a later period than the one that was shown. `old_start` is null where there was none of the same
#: period type, so that both can be named alike.
NEWS_SCHEMA: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "age": pl.String(),
    "area": pl.String(),
    "period_type": pl.String(),
    "old_start": pl.Date(),
    "new_start": pl.Date(),
    "value": pl.Float64(),
    "example": pl.Boolean(),
}


@dataclass(frozen=True)
class Since:
    """What has happened to the figures that the pages show as the newest.

    Attributes:
        flips: Judgements and figures that are others than before, `etl.jobs.difference_flips.FLIP_SCHEMA`.
        news: Figures for a later period, `NEWS_SCHEMA`.
    """

    flips: pl.DataFrame
    news: pl.DataFrame


def between(
    snapshot: Snapshot, knowledge: Knowledge, begun: datetime, ended: datetime | None, after: pl.DataFrame
) -> Since:
    """What has happened after one moment, until another.

    Args:
        snapshot: The version to read.
        knowledge: Today's catalogue and population, for both moments.
        begun: The earlier moment, with a time zone.
        ended: The later one; None for now.
        after: What the pages show at the later moment, `JUDGEMENT_SCHEMA` and perhaps more columns.
    """
    touched = changed_between(snapshot, knowledge.catalogue, begun, ended)
    later = after.filter(pl.col("indicator").is_in(touched)).select(list(JUDGEMENT_SCHEMA))
    if not touched:
        return Since(flips(later, later, knowledge.catalogue), news(later, later))
    view = View(at=begun)
    _, earlier = derive(
        snapshot.observations(touched, view),
        snapshot.allocations(view),
        knowledge.catalogue,
        knowledge.population,
        indicators=touched,
        hidden=hidden_keys(snapshot.series()),
    )
    earlier = earlier.filter(pl.col("indicator").is_in(touched)).select(list(JUDGEMENT_SCHEMA))
    return Since(flips(earlier, later, knowledge.catalogue), news(earlier, later))


def news(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The areas whose newest figure is of a later period than before.

    Args:
        before: `JUDGEMENT_SCHEMA`, earlier.
        after: The same, later.

    Returns:
        `NEWS_SCHEMA`, in the order of `after`.
    """
    was = _newest(before).select(
        *_KEY,
        _end().alias("old_end"),
        pl.col("period_type").alias("old_type"),
        pl.col("period_start").alias("old_start"),
    )
    alike = pl.col("old_type") == pl.col("period_type")
    return (
        _newest(after)
        .join(was, on=_KEY, how="left", maintain_order="left")
        .filter(pl.col("old_end").is_null() | (_end() > pl.col("old_end")))
        .with_columns(
            pl.when(alike).then("old_start").alias("old_start"),
            pl.col("period_start").alias("new_start"),
            frames.is_example(pl.col("origin")).alias("example"),
        )
        .select(pl.col(name).cast(dtype) for name, dtype in NEWS_SCHEMA.items())
    )


def _end() -> pl.Expr:
    return frames.period_end(pl.col("period_start"), pl.col("period_type"))


def _newest(judgements: pl.DataFrame) -> pl.DataFrame:
    """Each figure once, whatever targets it is held against; those without a value left out."""
    shown = (pl.col("sex") == "total") & pl.col("value").is_not_null()
    return judgements.filter(shown).unique(_KEY, keep="first", maintain_order=True)
