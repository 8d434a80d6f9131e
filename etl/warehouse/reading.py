"""What can be asked of one version of the warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from etl.warehouse import tables
from etl.warehouse.errors import UnknownBatchError, told_in_swedish
from etl.warehouse.model import Comparison
from schemas.columns import ALLOCATION_KEY, ALLOCATION_SCHEMA, OBSERVATION_KEY, OBSERVATION_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import duckdb

#: What one decision divides: the current allocations of an agreement all come from one batch.
DIVISION_KEY = ["agreement"]

#: Columns of `batches()`: `published_by` is who approved it, `changed_…` its latest change of status.
BATCH_COLUMNS = (
    "batch", "name", "status", "shape", "jobs", "origin", "delivered_at", "delivered_by", "published_at",
    "published_by", "changed_at", "changed_by", "observations", "allocations", "warnings", "size", "sha256",
    "note",
)  # fmt: skip

_FIGURES = ("value", "numerator", "denominator", "flag")
_SERIES_ORDER = ("indicator", "division", "area", "sex", "age", "period_type", "period_start")
_JUDGEMENT_ORDER = (*_SERIES_ORDER, "target")


def _listed(names: Iterable[str], prefix: str = "") -> str:
    return ", ".join(f'{prefix}"{name}"' for name in names)


#: Where a query can be held to the indicators of the table `wanted`.
_WANTED = "/* wanted */"

# Queries below are put together from column names of the schemas only; what comes from outside is a
# parameter.

#: A batch's status is its last event's. Its place among the published is its first publishing, so that a
#: batch that is withdrawn and restored has the place that it had.
_STATE = """
    SELECT batch,
        max_by(status, event) AS status,
        max_by("at", event) AS changed_at,
        max_by("by", event) AS changed_by,
        min(event) FILTER (WHERE action = 'published') AS place,
        min("at") FILTER (WHERE action = 'published') AS published_at,
        min_by("by", event) FILTER (WHERE action = 'published') AS published_by
    FROM event GROUP BY batch
"""
_PUBLISHED = f"SELECT batch, place FROM ({_STATE}) WHERE status = 'published'"  # noqa: S608

_BATCHES = f"""
    SELECT {_listed(BATCH_COLUMNS)} FROM batch JOIN ({_STATE}) USING (batch) ORDER BY batch DESC
"""  # noqa: S608

#: Per key the row of the batch that was first published latest; real rows and example rows apart. Grouping
#: and joining back is faster than a window function.
_OBSERVATIONS = f"""
    WITH published AS ({_PUBLISHED}),
    candidate AS (
        SELECT observation.*, place, origin = 'example' AS example
        FROM observation {_WANTED} JOIN published USING (batch)
    ),
    winner AS (
        SELECT {_listed(OBSERVATION_KEY)}, example, max(place) AS place FROM candidate GROUP BY ALL
    )
    SELECT {_listed(OBSERVATION_SCHEMA)}, batch
    FROM candidate SEMI JOIN winner USING ({_listed(OBSERVATION_KEY)}, example, place)
"""  # noqa: S608

#: Per agreement all rows of the batch that was first published latest; real and example apart.
_CURRENT_ALLOCATIONS = f"""
    WITH published AS ({_PUBLISHED})
    SELECT {_listed(ALLOCATION_SCHEMA)}, batch FROM allocation JOIN published USING (batch)
    QUALIFY place = max(place) OVER (PARTITION BY {_listed(DIVISION_KEY)}, origin = 'example')
    ORDER BY {_listed(ALLOCATION_KEY)}, origin
"""  # noqa: S608

_SERIES = f"SELECT * FROM series {_WANTED} ORDER BY {_listed(_SERIES_ORDER)}"  # noqa: S608
_JUDGEMENTS = f"SELECT * FROM judgement {_WANTED} ORDER BY {_listed(_JUDGEMENT_ORDER)}"  # noqa: S608
_PROBLEMS = "SELECT * EXCLUDE (batch) FROM problem SEMI JOIN wanted USING (batch) ORDER BY problem.rowid"


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

    def _fetch_wanted(self, query: str, column: str, values: list[Any]) -> pl.DataFrame:
        dtype = tables.TABLES["observation"][column]
        with told_in_swedish(self._folder):
            wanted = pl.DataFrame({column: values}, schema={column: dtype})
            return tables.fetch_wanted(self._connection, query, wanted)

    def _of_indicators(self, query: str, indicators: list[str] | None) -> pl.DataFrame:
        if indicators is None:
            return self._fetch(query)
        held = query.replace(_WANTED, "SEMI JOIN wanted USING (indicator)")
        return self._fetch_wanted(held, "indicator", indicators)

    @property
    def derived_key(self) -> str | None:
        """Key of the knowledge that series and judgements were last derived with as a whole."""
        return tables.get_meta(self._connection, "derived_key")

    def batches(self) -> pl.DataFrame:
        """All delivered files, newest first. Columns as in `BATCH_COLUMNS`; times in UTC."""
        return _in_utc(self._fetch(_BATCHES))

    def events(self, batch: int | None = None) -> pl.DataFrame:
        """What happened to all batches, or to one, oldest first.

        Returns:
            Columns event, batch, action (staged, published, withdrawn, restored, rejected), status (after
            it), at (UTC), by, note, version (that the change made).
        """
        query = "SELECT * FROM event WHERE ? IS NULL OR batch = ? ORDER BY event"
        return _in_utc(self._fetch(query, batch, batch))

    def problems(self, batch: int) -> pl.DataFrame:
        """The warnings that a batch came with. Columns as in `PROBLEM_SCHEMA`, in file order."""
        return self._fetch_wanted(_PROBLEMS, "batch", [batch])

    def series(self, indicator: str | None = None) -> pl.DataFrame:
        """Derived series, of one indicator or all. Columns as in `SERIES_SCHEMA`, oldest period first."""
        return self._of_indicators(_SERIES, None if indicator is None else [indicator])

    def judgements(self, indicator: str | None = None) -> pl.DataFrame:
        """Derived judgements. Columns as in `JUDGEMENT_SCHEMA`."""
        return self._of_indicators(_JUDGEMENTS, None if indicator is None else [indicator])

    def observations(self, indicators: list[str] | None = None) -> pl.DataFrame:
        """Current published observations, of some indicators or all.

        For each key (`OBSERVATION_KEY`) the row of the batch that was first published latest. Real rows and
        example rows are kept apart: where both exist both are given, and it is for the measures to choose.

        Returns:
            Columns as in `OBSERVATION_SCHEMA` and `batch`, in order of key.
        """
        return self._current(indicators).sort(*OBSERVATION_KEY, "origin")

    def _current(self, indicators: list[str] | None) -> pl.DataFrame:
        return self._of_indicators(_OBSERVATIONS, indicators)

    def allocations(self) -> pl.DataFrame:
        """Current published allocations.

        A division of an agreement's money is one decision: all of an agreement's current rows come from the
        batch that was first published latest, never some rows from one batch and some from another. Real
        rows and example rows are kept apart.

        Returns:
            Columns as in `ALLOCATION_SCHEMA` and `batch`, in order of key.
        """
        return self._fetch(_CURRENT_ALLOCATIONS)

    def batch(self, number: int) -> dict[str, Any]:
        """One row of `batches()`.

        Raises:
            UnknownBatchError: There is no such batch.
        """
        rows = _in_utc(self._fetch(f"SELECT * FROM ({_BATCHES}) WHERE batch = ?", number))  # noqa: S608
        if rows.is_empty():
            raise UnknownBatchError(number)
        return rows.row(0, named=True)

    def batch_with(self, sha256: str) -> int | None:
        """The batch that brought these bytes, if any did."""
        rows = self._fetch("SELECT batch FROM batch WHERE sha256 = ?", sha256)
        return rows.item() if rows.height else None

    def indicators_of(self, batches: list[int]) -> list[str]:
        """The indicators that batches bring observations for."""
        query = "SELECT DISTINCT indicator FROM observation SEMI JOIN wanted USING (batch) ORDER BY indicator"
        return self._fetch_wanted(query, "batch", batches)["indicator"].to_list()

    def compare(self, observations: pl.DataFrame) -> Comparison:
        """Hold a delivery's observations against the current ones.

        Real rows are held against real ones and example rows against example ones. Figures that a delivery
        does not mention stay as they are, so there is nothing to count as removed.

        Args:
            observations: Columns as in `OBSERVATION_SCHEMA`.
        """
        indicators = observations["indicator"].unique().to_list()
        example = (pl.col("origin") == "example").alias("example")
        key = [*OBSERVATION_KEY, "example"]
        current = self._current(indicators).select(*OBSERVATION_KEY, example, *_FIGURES)
        same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_right")) for name in _FIGURES)
        found = (
            observations.select(*OBSERVATION_KEY, example, *_FIGURES)
            .join(current, on=key, how="inner")
            .select(pl.len().alias("found"), same.sum().alias("same"))
            .row(0)
        )
        return Comparison(new=observations.height - found[0], revised=found[0] - found[1], unchanged=found[1])


def _in_utc(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col(pl.Datetime("us")).dt.replace_time_zone("UTC"))
