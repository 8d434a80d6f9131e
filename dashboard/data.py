"""What the pages read: the catalogue and the live version of the warehouse, cached by version."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

import polars as pl

from etl.catalogue import Knowledge, load_catalogue
from etl.jobs.documents import with_undelivered
from etl.settings import settings
from etl.warehouse import Warehouse

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue

#: Versions kept in memory: the live one, and the one that a page may still be drawing.
_KEPT = 2

_PREPARING = Lock()


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
    if warehouse().derived_key != knowledge().key:
        from etl.bundle import ensure_ready  # noqa: PLC0415 - half a second that most starts don't need

        ensure_ready(warehouse(), knowledge(), settings().data)
    judgements(version())
    return True


def prepare() -> None:
    """Load what is bundled if the warehouse is empty, and warm the caches; once a process.

    Who calls while another is at it waits.

    Raises:
        CatalogueError, BundleError, WarehouseError: There is nothing to show, and why, in Swedish.
    """
    with _PREPARING:
        _prepared()


def version() -> int:
    """The live version; what the pages' caches go by."""
    return warehouse().version


@lru_cache(maxsize=_KEPT)
def judgements(_version: int) -> pl.DataFrame:
    """All judgements of a version, undelivered indicators included; `schemas.results.JUDGEMENT_SCHEMA`."""
    return with_undelivered(warehouse().judgements(), catalogue())


@lru_cache(maxsize=64)
def series_of(_version: int, indicator: str, age: str) -> pl.DataFrame:
    """One indicator's series for one age group, both sexes together; `schemas.results.SERIES_SCHEMA`."""
    everything = warehouse().series(indicator)
    return everything.filter((pl.col("age") == age) & (pl.col("sex") == "total"))


@lru_cache(maxsize=_KEPT)
def allocations(_version: int) -> pl.DataFrame:
    """The published allocations; columns as in `schemas.columns.ALLOCATION_SCHEMA`, and `batch`."""
    return warehouse().allocations()


@lru_cache(maxsize=_KEPT)
def batches(_version: int) -> pl.DataFrame:
    """All batches, newest first."""
    return warehouse().batches()


def forget() -> None:
    """Empty every cache; for tests that point the settings to another folder."""
    for cached in (_prepared, knowledge, warehouse, judgements, series_of, allocations, batches, settings):
        cached.cache_clear()
