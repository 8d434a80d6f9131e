"""What has happened since a day, as the pages would show it; cached by version and day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

import polars as pl

from dashboard import data
from schemas import clock

if TYPE_CHECKING:
    from datetime import date

    from etl.jobs.since import Since

_FINDING = Lock()


@dataclass(frozen=True)
class Chosen:
    """What a page shows.

    Attributes:
        division: Id of the division that its areas belong to, for the links.
        areas: Ids of its areas.
        indicators: Ids of its indicators.
    """

    division: str
    areas: frozenset[str]
    indicators: frozenset[str]

    def of(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows (columns indicator and area) that are about something on the page."""
        return rows.filter(pl.col("indicator").is_in(self.indicators) & pl.col("area").is_in(self.areas))


def since(version: data.Version, day: date) -> Since:
    """The judgements that turned and the figures that are new, after a day has ended.

    Args:
        version: What the page shows.
        day: An earlier day, or the same.
    """
    with _FINDING:
        return _since(version, day)


@lru_cache(maxsize=16)
def _since(version: data.Version, day: date) -> Since:
    from etl.jobs.since import between  # noqa: PLC0415 - the measures, which the page doesn't need without a day

    with data.warehouse().snapshot() as now:
        begun, ended = clock.end_of_day(day), data.until(version)
        return between(now, data.knowledge(), begun, ended, data.judgements(version))


def corrected(version: data.Version, day: date) -> pl.DataFrame:
    """The figures that were corrected after a day had ended; `etl.jobs.corrections.CORRECTION_SCHEMA`."""
    return data.corrections(version).filter(pl.col("at") > clock.end_of_day(day))
