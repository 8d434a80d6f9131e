"""What the pages read: the catalogue and the live version of the warehouse, cached by version.

A page asks for `version()` once and hands it on. Where the page is shown as of an earlier day, that version says
so, and everything read with it is as it was then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

import polars as pl

from dashboard import moment
from etl import bundle
from etl.catalogue import Knowledge, load_catalogue
from etl.jobs.changes import last_change
from etl.jobs.documents import with_undelivered
from etl.settings import settings
from etl.warehouse import Warehouse
from schemas import clock

if TYPE_CHECKING:
    from etl.jobs.as_of import State
    from schemas.catalogue import Catalogue

#: Versions kept in memory: the live one, and the one that a page may still be drawing.
_KEPT = 2

#: Earlier states kept in memory, about ten megabytes each; days between two changes share one.
_STATES_KEPT = 4

#: Series kept in memory, a hundred kilobytes each or more: of what is being drawn just now.
_SERIES_KEPT = 4

_PREPARING = Lock()
_CORRECTING = Lock()


@dataclass(frozen=True)
class Past:
    """A version as its figures were at the end of an earlier day.

    Attributes:
        number: The live version.
        day: The day.
    """

    number: int
    day: date


Version = int | Past


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The catalogue with its population."""
    return load_catalogue(settings().catalogue, known_key=warehouse().derived_key)


def catalogue() -> Catalogue:
    """The catalogue."""
    return knowledge().catalogue


@lru_cache(maxsize=1)
def warehouse() -> Warehouse:
    """The warehouse of this process."""
    return Warehouse(settings().warehouse)


@lru_cache(maxsize=1)
def _prepared() -> bool:
    bundle.ensure_ready(warehouse(), knowledge(), settings().data)
    judgements(live())
    return True


def prepare() -> None:
    """Load what is bundled if the warehouse is empty, and warm the caches; once a process.

    Who calls while another is at it waits.

    Raises:
        CatalogueError, BundleError, WarehouseError: There is nothing to show, and why, in Swedish.
    """
    with _PREPARING:
        _prepared()


def live() -> int:
    """The live version, whatever day the page is shown as of."""
    return warehouse().version


def version() -> Version:
    """What the page on screen shows, and what its caches go by: the live version, or a day of the past."""
    day = moment.day()
    return live() if day is None else Past(live(), day)


def until(version: Version) -> datetime | None:
    """The moment that a version's figures are as of; None for now."""
    return clock.end_of_day(version.day) if isinstance(version, Past) else None


def judgements(version: Version) -> pl.DataFrame:
    """All judgements of a version, undelivered indicators included; `schemas.results.ASSESSED_SCHEMA`."""
    return _judgements(version) if isinstance(version, int) else _past_judgements(*_as_of(version))


@lru_cache(maxsize=_KEPT)
def _judgements(_version: int) -> pl.DataFrame:
    return with_undelivered(warehouse().judgements(), catalogue())


@lru_cache(maxsize=_STATES_KEPT)
def _past_judgements(live: int, moment: datetime) -> pl.DataFrame:
    return with_undelivered(_state(live, moment).judgements, catalogue())


@lru_cache(maxsize=_SERIES_KEPT)
def series_of(version: Version, indicator: str, age: str) -> pl.DataFrame:
    """One indicator's series for one age group, both sexes together; `schemas.results.SERIES_SCHEMA`."""
    everything = series_of_all_ages(version, indicator)
    return everything.filter((pl.col("age") == age) & (pl.col("sex") == "total"))


def series_of_all_ages(version: Version, indicator: str) -> pl.DataFrame:
    """One indicator's series, each sex and age group; `schemas.results.SERIES_SCHEMA`."""
    if isinstance(version, int):
        return warehouse().series(indicator)
    return _state(*_as_of(version)).series.filter(indicator=indicator)


def newest_figures(version: Version, most: int) -> pl.DataFrame:
    """The last figures of every series, both sexes together; columns as in `Snapshot.recent`. Not cached."""
    if isinstance(version, int):
        with warehouse().snapshot() as now:
            return now.recent(most)
    key = ["indicator", "area", "age", "period_type"]
    rows = _state(*_as_of(version)).series.filter(pl.col("sex") == "total")
    columns = [*key, "period_start", "value"]
    return rows.select(columns).sort(*key, "period_start").group_by(key, maintain_order=True).tail(most)


def allocations(version: Version) -> pl.DataFrame:
    """The published allocations; columns as in `schemas.columns.ALLOCATION_SCHEMA`, and `batch`."""
    if isinstance(version, int):
        return _allocations(version)
    return _state(*_as_of(version)).allocations


@lru_cache(maxsize=_KEPT)
def _allocations(_version: int) -> pl.DataFrame:
    return warehouse().allocations()


@lru_cache(maxsize=2 * _KEPT)
def batches(version: Version) -> pl.DataFrame:
    """All batches, newest first."""
    return warehouse().batches(until(version))


@lru_cache(maxsize=2 * _KEPT)
def events(version: Version) -> pl.DataFrame:
    """What has happened to all batches, oldest first."""
    happened, end = warehouse().events(), until(version)
    return happened if end is None else happened.filter(pl.col("at") <= end)


@lru_cache(maxsize=2 * _KEPT)
def number(version: Version) -> int:
    """The number of the version that a page shows: the live one, or the one of the day it is shown as of."""
    return version if isinstance(version, int) else int(max(events(version)["version"], default=0))


@lru_cache(maxsize=_KEPT)
def sources(_version: int) -> pl.DataFrame:
    """Where each batch's rows say that they come from; columns batch and source."""
    with warehouse().snapshot() as now:
        return now.sources()


@lru_cache(maxsize=_KEPT)
def indicators_of_batches(_version: int) -> dict[int, frozenset[str]]:
    """The indicators that each batch has figures for."""
    with warehouse().snapshot() as now:
        brought = now.periods().group_by("batch").agg(pl.col("indicator").unique())
    return {batch: frozenset(indicators) for batch, indicators in brought.iter_rows()}


def corrections(version: Version) -> pl.DataFrame:
    """The figures that were corrected, up to the day shown; `etl.jobs.corrections.CORRECTION_SCHEMA`."""
    found, end = _corrections(live()), until(version)
    return found if end is None else found.filter(pl.col("at") <= end)


@lru_cache(maxsize=1)
def _corrections(_version: int) -> pl.DataFrame:
    from etl.jobs.corrections import corrections as find  # noqa: PLC0415 - the measures, for one page

    with _CORRECTING, warehouse().snapshot() as now:
        return find(now, knowledge(), _known_corrections())


@lru_cache(maxsize=1)
def _known_corrections() -> dict[int, pl.DataFrame]:
    """What earlier versions corrected, so that a new one costs no more than its own."""
    return {}


@lru_cache(maxsize=_KEPT)
def first_day(_version: int) -> date | None:
    """The day of the first figures, in Sweden; None where there are none."""
    first = warehouse().first_change
    return clock.in_sweden(first).date() if first else None


@lru_cache(maxsize=64)
def _changed_before(version: Past) -> datetime:
    """When what a day showed had last been changed: what all days until the next change share."""
    end = clock.end_of_day(version.day)
    with warehouse().snapshot() as now:
        return last_change(now, end) or end


def _as_of(version: Past) -> tuple[int, datetime]:
    """What a day's state rests on: what is hidden in the live version is hidden then too."""
    return version.number, _changed_before(version)


@lru_cache(maxsize=_STATES_KEPT)
def _state(_live: int, moment: datetime) -> State:
    from etl.jobs import as_of  # noqa: PLC0415 - the measures, which today's pages don't need

    with warehouse().snapshot() as now:
        return as_of.state(now, knowledge(), moment)


_CACHES = (
    _prepared, knowledge, warehouse, _judgements, _past_judgements, series_of, _allocations, batches, events,
    number, sources, indicators_of_batches, _corrections, _known_corrections, first_day, _changed_before, _state,
    settings,
)  # fmt: skip


def forget() -> None:
    """Empty every cache; for tests that point the settings to another folder."""
    for cached in _CACHES:
        cached.cache_clear()
