"""Which published figures were changed afterwards: from what to what, when, and why.

A correction is a real figure that stood on the pages and then was replaced by another value, was taken away, or
came back after it had been taken away. A figure for a new period is none, nor is a figure that differs only
in decimals that aren't shown. That real figures took the place of examples is told apart.

Corrections are found by deriving the series before and after every change, with today's catalogue, so that
they hold what the pages showed and nothing else: roll-ups, and never a count that is too small to be shown. A
figure that is hidden today isn't told as it was before either, because an old value beside new ones could give
away what is hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl

from etl.jobs.corrected import FIGURE_SCHEMA, SHOWN_KEY, Kind, between
from etl.measures.pipeline import known_rows, series_of
from etl.measures.suppression import hidden_keys
from etl.warehouse import View
from schemas.columns import ALLOCATION_SCHEMA

if TYPE_CHECKING:
    from etl.catalogue import Knowledge
    from etl.warehouse import Snapshot


#: The publication that changed it: when, the version that it made, its batches, what was done to the first of
#: them (published, withdrawn, restored), and the note that was given.
CORRECTION_SCHEMA: dict[str, pl.DataType] = {
    "at": pl.Datetime("us", "UTC"),
    "version": pl.Int64(),
    "batches": pl.List(pl.Int64()),
    "action": pl.String(),
    "note": pl.String(),
    **FIGURE_SCHEMA,
}

_A_MOMENT = timedelta(microseconds=1)

#: Corrections by the version that made them, as found before; they never change, so that a new version costs
#: no more than its own.
Known = dict[int, pl.DataFrame]


@dataclass(frozen=True)
class _Change:
    """What entered or left the published in one version."""

    at: datetime
    version: int
    batches: list[int]
    action: str
    note: str | None
    money: bool


def corrections(snapshot: Snapshot, knowledge: Knowledge, known: Known | None = None) -> pl.DataFrame:
    """All corrections, newest publication first, in each the largest change first.

    Args:
        snapshot: The version to read.
        knowledge: The catalogue and the population.
        known: What was found in earlier versions with the same knowledge; added to.

    Returns:
        Columns as in `CORRECTION_SCHEMA`.
    """
    known = {} if known is None else known
    changes = _changes(snapshot)
    if any(change.version not in known for change in changes):
        finder = _Finder(snapshot, knowledge)
        for change in changes:
            if change.version in known:
                finder.pass_by(change)
            else:
                known[change.version] = _told(change, finder.find(change))
    newest_first = [known[change.version] for change in reversed(changes)]
    found = pl.concat([pl.DataFrame(schema=CORRECTION_SCHEMA), *newest_first])
    return without_hidden(found, snapshot.series())


def _changes(snapshot: Snapshot) -> list[_Change]:
    """The versions in which a batch entered or left the published, oldest first."""
    delivered = snapshot.batches().select(
        "batch", pl.col("note").alias("delivered_with"), (pl.col("allocations") > 0).alias("money")
    )
    entered = (pl.col("action") == "published") | (pl.col("action") == "restored") & (
        pl.col("status") == "published"
    )
    noted = pl.coalesce("note", pl.when(pl.col("action") == "published").then("delivered_with"))
    rows = (
        snapshot.events()
        .filter(entered | (pl.col("action") == "withdrawn"))
        .join(delivered, on="batch", how="left", maintain_order="left")
        .group_by("version", maintain_order=True)
        .agg(
            pl.col("at").max(),
            pl.col("batch").unique(maintain_order=True),
            pl.col("action").first(),
            noted.drop_nulls().first().alias("note"),
            pl.col("money").any(),
        )
        .sort("version")
        .select("at", "version", "batch", "action", "note", "money")
    )
    return [_Change(*row) for row in rows.iter_rows()]


def _told(change: _Change, figures: pl.DataFrame) -> pl.DataFrame:
    return figures.select(
        pl.lit(change.at).cast(CORRECTION_SCHEMA["at"]).alias("at"),
        pl.lit(change.version, pl.Int64()).alias("version"),
        pl.lit(change.batches, pl.List(pl.Int64())).alias("batches"),
        pl.lit(change.action, pl.String()).alias("action"),
        pl.lit(change.note, pl.String()).alias("note"),
        *FIGURE_SCHEMA,
    )


class _Finder:
    """Goes through the changes, oldest first, and keeps the latest series of each indicator.

    Most deliveries bring a new period. Of an indicator that shows no examples any more such a one corrects
    nothing, and no series is derived for it.
    """

    def __init__(self, snapshot: Snapshot, knowledge: Knowledge):
        self._snapshot = snapshot
        self._knowledge = knowledge
        self._latest: dict[str, pl.DataFrame] = {}
        self._shows_examples: dict[str, bool] = {}
        self._begun = False
        self._seen: set[tuple[str, str, date]] = set()
        self._periods = snapshot.periods().partition_by("batch", as_dict=True, include_key=False)
        self._funds = {item.indicator for item in knowledge.catalogue.agreements.values()}
        self._nothing = pl.DataFrame(schema={**ALLOCATION_SCHEMA, "batch": pl.Int64()})

    def find(self, change: _Change) -> pl.DataFrame:
        """The figures that a change corrected, as in `FIGURE_SCHEMA`."""
        begun, self._begun = self._begun, True
        touched = self._touched(change)
        if not touched or not begun:
            return pl.DataFrame(schema=FIGURE_SCHEMA)
        before = self._before(touched, View(at=change.at - _A_MOMENT))
        after = self._series(touched, View(at=change.at))
        for name in touched:
            self._latest[name] = after.filter(indicator=name)
            self._shows_examples[name] = (self._latest[name]["origin"] == "example").any()
        return between(before, after, self._knowledge.catalogue, returning=change.action == "restored")

    def pass_by(self, change: _Change) -> None:
        """Take note of a change whose corrections are known already."""
        self._begun = True
        for name in self._touched(change):
            self._latest.pop(name, None)

    def _touched(self, change: _Change) -> list[str]:
        """The indicators of which a change may have corrected a figure."""
        real: set[tuple[str, str, date]] = set()
        touched: set[str] = set()
        for batch in change.batches:
            for *period, example in self._periods.get((batch,), self._nothing).iter_rows():
                if example or self._shows_examples.get(period[0], True):
                    touched.add(period[0])
                if not example:
                    real.add(tuple(period))
        touched |= {name for name, *_ in real & self._seen}
        self._seen |= real
        for name in {name for name, *_ in real} - touched:
            self._latest.pop(name, None)
        if change.money:
            touched |= self._funds
        return sorted(touched)

    def _before(self, touched: list[str], view: View) -> pl.DataFrame:
        unknown = [name for name in touched if name not in self._latest]
        if unknown:
            series = self._series(unknown, view)
            self._latest |= {name: series.filter(indicator=name) for name in unknown}
        return pl.concat([self._latest[name] for name in touched])

    def _series(self, indicators: list[str], view: View) -> pl.DataFrame:
        """The figures that the pages showed of some indicators."""
        catalogue = self._knowledge.catalogue
        rows = known_rows(self._snapshot.observations(indicators, view), catalogue)
        money = self._nothing if self._funds.isdisjoint(indicators) else self._snapshot.allocations(view)
        series, _ = series_of(rows, money, catalogue, self._knowledge.population)
        return series.filter(pl.col("indicator").is_in(indicators))


def without_hidden(found: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Corrections without the values of figures that are hidden at present.

    Args:
        found: Columns as in `CORRECTION_SCHEMA`.
        now: The present series, as in `SERIES_SCHEMA`.
    """
    hidden = hidden_keys(now.filter(pl.col("sex") == "total"), key=SHOWN_KEY)
    marked = found.join(
        hidden.rename({"reason": "_why"}),
        on=SHOWN_KEY,
        how="left",
        maintain_order="left",
    )
    is_hidden = pl.col("_why").is_not_null() & (pl.col("kind") != Kind.EXAMPLE_REPLACED)
    return (
        marked.with_columns(
            *(pl.when(~is_hidden).then(name).alias(name) for name in ("old", "new")),
            pl.when(is_hidden).then(pl.lit(Kind.HIDDEN.value)).otherwise("kind").alias("kind"),
            pl.when(is_hidden).then(0.0).otherwise("size").alias("size"),
            pl.when(is_hidden).then("_why").otherwise("reason").alias("reason"),
        )
        .drop("_why")
        .sort("version", "size", descending=True, maintain_order=True)
    )
