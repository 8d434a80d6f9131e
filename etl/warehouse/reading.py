"""What can be asked of one version of the warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from etl.warehouse import queries, tables, views
from etl.warehouse.errors import UnknownBatchError, told_in_swedish
from etl.warehouse.model import NOW
from schemas.columns import OBSERVATION_KEY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    import duckdb

    from etl.warehouse.model import View


class Snapshot:
    """One version, as it is and stays.

    Attributes:
        version: Its number; 0 when nothing has been written yet.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, version: int, folder: Path):
        self._connection = connection
        self._folder = folder
        self.version = version

    def _fetch(self, query: str, *params: Any) -> pl.DataFrame:
        with told_in_swedish(self._folder):
            return tables.fetch(self._connection, query, list(params))

    def _fetch_with(self, query: str, frames: dict[str, pl.DataFrame], *, many: bool = False) -> pl.DataFrame:
        with told_in_swedish(self._folder):
            return tables.fetch_with(self._connection, query, frames, many=many)

    @property
    def derived_key(self) -> str | None:
        """Key of the knowledge that series and judgements were last derived with as a whole."""
        return tables.get_meta(self._connection, "derived_key")

    # Batches

    def batches(self, at: datetime | None = None) -> pl.DataFrame:
        """All delivered files, newest first, as they are or as they were at a moment.

        Args:
            at: The moment, with a time zone.

        Returns:
            Columns as in `BATCH_COLUMNS`; times in UTC.
        """
        if at is None:
            return _in_utc(self._fetch(queries.batches()))
        seen = views.until(self._events(), at)
        return _in_utc(self._fetch_with(queries.batches(earlier=True), {"seen": seen}))

    def batch(self, number: int) -> dict[str, Any]:
        """One row of `batches()`.

        Raises:
            UnknownBatchError: There is no such batch.
        """
        rows = _in_utc(self._fetch(f"SELECT * FROM ({queries.batches()}) WHERE batch = ?", number))  # noqa: S608
        if rows.is_empty():
            raise UnknownBatchError(number)
        return rows.row(0, named=True)

    def batch_with(self, sha256: str) -> int | None:
        """The batch that brought these bytes, if any did."""
        rows = self._fetch("SELECT batch FROM batch WHERE sha256 = ?", sha256)
        return rows.item() if rows.height else None

    def events(self, batch: int | None = None) -> pl.DataFrame:
        """What happened to all batches, or to one, oldest first.

        Returns:
            Columns event, batch, action (staged, published, withdrawn, restored, rejected, commented,
            scheduled, unscheduled), status (after it), at (UTC), by, note, version (that the change made),
            due and trusted (of a publication at a set time).
        """
        events = _in_utc(self._events())
        return events if batch is None else events.filter(batch=batch)

    def _events(self) -> pl.DataFrame:
        return self._fetch("SELECT * FROM event ORDER BY event")

    @property
    def first_change(self) -> datetime | None:
        """When the first thing happened to the first batch (UTC); None in an empty warehouse."""
        return _in_utc(self._fetch('SELECT min("at") AS "at" FROM event')).item()

    def problems(self, batch: int) -> pl.DataFrame:
        """The warnings that a batch came with. Columns as in `PROBLEM_SCHEMA`, in file order."""
        return self._delivered("problem", [batch])

    def rows_of(self, batch: int) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The observations and the allocations of a batch as delivered, whatever its status.

        Returns:
            Columns as in `OBSERVATION_SCHEMA` and `ALLOCATION_SCHEMA`, in file order.

        Raises:
            UnknownBatchError: There is no such batch.
        """
        self.batch(batch)
        return self._delivered("observation", [batch]), self._delivered("allocation", [batch])

    def _delivered(self, table: str, batches: list[int]) -> pl.DataFrame:
        return self._fetch_with(queries.delivered(table), {"wanted": _wanted("batch", batches)}, many=True)

    def indicators_of(self, batches: list[int]) -> list[str]:
        """The indicators that batches bring observations for."""
        query = "SELECT DISTINCT indicator FROM observation SEMI JOIN wanted USING (batch) ORDER BY indicator"
        return self._fetch_with(query, {"wanted": _wanted("batch", batches)})["indicator"].to_list()

    def periods(self) -> pl.DataFrame:
        """What each batch brought observations of. Columns batch, indicator, period_type, period_start, example."""
        return self._fetch(queries.PERIODS)

    def sources(self) -> pl.DataFrame:
        """Where each batch's rows say that they come from. Columns batch and source, a row for each of them."""
        return self._fetch(queries.SOURCES)

    def incomplete(self) -> list[int]:
        """The batches that have other rows than they came with: none, unless the file is damaged."""
        return self._fetch(queries.INCOMPLETE)["batch"].to_list()

    # What is published

    def series(self, indicator: str | None = None) -> pl.DataFrame:
        """Derived series, of one indicator or all. Columns as in `SERIES_SCHEMA`, oldest period first."""
        frames = {} if indicator is None else {"wanted": _wanted("indicator", [indicator])}
        return self._fetch_with(queries.series(wanted=bool(frames)), frames)

    def recent(self, most: int) -> pl.DataFrame:
        """The newest figures of every derived series, both sexes together.

        Args:
            most: How many of each indicator, area, age group and period type.

        Returns:
            Columns indicator, area, age, period_type, period_start and value, oldest period first.
        """
        return self._fetch(queries.RECENT, most)

    def judgements(self, indicator: str | None = None) -> pl.DataFrame:
        """Derived judgements. Columns as in `ASSESSED_SCHEMA`."""
        frames = {} if indicator is None else {"wanted": _wanted("indicator", [indicator])}
        return self._fetch_with(queries.judgements(wanted=bool(frames)), frames)

    def observations(
        self, indicators: list[str] | None = None, view: View = NOW, *, ordered: bool = True
    ) -> pl.DataFrame:
        """Published observations, of some indicators or all.

        For each key (`OBSERVATION_KEY`) the row of the batch that was first published latest. Real rows and
        example rows are kept apart: where both exist both are given, and it is for the measures to choose.

        Args:
            indicators: Only these.
            view: What counts as published.
            ordered: In order of key, which is half of the time that a million rows take.

        Returns:
            Columns as in `OBSERVATION_SCHEMA` and `batch`.
        """
        frames = self._places(view)
        query = queries.observations(wanted=indicators is not None, viewed=bool(frames))
        if indicators is not None:
            frames["wanted"] = _wanted("indicator", indicators)
        rows = self._fetch_with(query, frames, many=True)
        return rows.sort(*OBSERVATION_KEY, "origin") if ordered else rows

    def allocations(self, view: View = NOW) -> pl.DataFrame:
        """Published allocations.

        A division of an agreement's money is one decision: all of an agreement's current rows come from the
        batch that was first published latest, never some rows from one batch and some from another. Real
        rows and example rows are kept apart.

        Args:
            view: What counts as published.

        Returns:
            Columns as in `ALLOCATION_SCHEMA` and `batch`, in order of key.
        """
        frames = self._places(view)
        return self._fetch_with(queries.allocations(viewed=bool(frames)), frames)

    def _places(self, view: View) -> dict[str, pl.DataFrame]:
        """The frame `places` where what counts as published isn't what is published."""
        return {} if view == NOW else {"places": views.places(self._events(), view)}

    # What the warehouse remembers beside the batches

    def grants(self) -> pl.DataFrame:
        """The roles that hold. Columns email, role, subject, indicator, granted_at (UTC), granted_by.

        A grant with neither subject nor indicator is for everything.
        """
        return _in_utc(self._fetch(queries.GRANTS))

    def grant_events(self) -> pl.DataFrame:
        """Who was given or lost which role, oldest first.

        Returns:
            Columns entry, action (granted, revoked), email, role, subject, indicator, at (UTC), by, version.
        """
        return _in_utc(self._fetch("SELECT * FROM role ORDER BY entry"))

    def four_eyes(self) -> frozenset[str]:
        """The subjects where whoever delivered may not publish."""
        return frozenset(self._fetch(queries.FOUR_EYES)["subject"])

    def setting_events(self) -> pl.DataFrame:
        """What was decided for the subjects, oldest first.

        Returns:
            Columns entry, setting (four_eyes), subject, value, at (UTC), by, version.
        """
        return _in_utc(self._fetch("SELECT * FROM setting ORDER BY entry"))

    def mappings(self) -> pl.DataFrame:
        """How files that no reader knows are to be read. Columns fingerprint, name, content, at (UTC), by."""
        return _in_utc(self._fetch(queries.MAPPINGS))


def _wanted(column: str, values: Iterable[Any]) -> pl.DataFrame:
    return pl.DataFrame({column: list(values)}, schema={column: tables.TABLES["observation"][column]})


def _in_utc(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col(pl.Datetime("us")).dt.replace_time_zone("UTC"))
