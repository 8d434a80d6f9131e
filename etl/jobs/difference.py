"""What a change would do to what is published, seen before it is made.

A change is one batch that comes or goes: a delivery that isn't stored yet, a staged batch to be published, a
published one to be withdrawn, a withdrawn one to be restored. Its difference is the rows before and after, the
judgements before and after, and which of them turn round. Nothing is written.

Rows hold counts as delivered, also small ones that the pages hide: they are for those who may inspect
deliveries. Judgements and flips hold what the pages would show.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import polars as pl

from etl.jobs.difference_flips import flips
from etl.jobs.difference_keys import coded
from etl.jobs.difference_rank import ranked, with_tier
from etl.jobs.difference_rows import Counts, changed_money, changed_rows
from etl.jobs.difference_sides import Judged, Sides
from etl.jobs.portions import by_indicator
from etl.warehouse import View
from schemas.columns import ALLOCATION_SCHEMA, OBSERVATION_SCHEMA
from schemas.results import JUDGEMENT_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from etl.catalogue import Knowledge
    from etl.jobs.delivery import Checked
    from etl.warehouse import Snapshot, Warehouse
    from schemas.catalogue import Catalogue

    #: Published observations of some indicators, as `Snapshot.observations` gives them.
    Published = Callable[[list[str]], pl.DataFrame]

Kind = Literal["deliver", "publish", "withdraw", "restore"]

#: Status of a batch → what would be done with it. A rejected one is shown as it would be, published after all.
_KINDS: dict[str, Kind] = {
    "staged": "publish",
    "rejected": "publish",
    "published": "withdraw",
    "withdrawn": "restore",
}


@dataclass(frozen=True)
class Difference:
    """What a change would do.

    Attributes:
        kind: What the change is.
        batch: The batch; None for a delivery that isn't stored.
        version: The version of the warehouse that it is held against.
        indicators: The indicators that it touches.
        changes: New, revised and removed figures, `etl.jobs.difference_rows.ROW_SCHEMA`, in no order; see
            `ranked`. Unchanged ones are only counted.
        counts: How many figures of each kind.
        funds: New, revised and removed sums of money, `etl.jobs.difference_rows.MONEY_SCHEMA`, largest first.
        money_counts: How many sums of each kind.
        before: `JUDGEMENT_SCHEMA` of the touched indicators, as published.
        after: The same as they would be.
        flips: `etl.jobs.difference_flips.FLIP_SCHEMA`, most telling first.
        covered: Figures of the batch in whose place those of a later delivery stand, whatever is done with it.
    """

    kind: Kind
    batch: int | None
    version: int
    indicators: tuple[str, ...]
    changes: pl.DataFrame
    counts: Counts
    funds: pl.DataFrame
    money_counts: Counts
    before: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=JUDGEMENT_SCHEMA))
    after: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=JUDGEMENT_SCHEMA))
    flips: pl.DataFrame = field(default_factory=pl.DataFrame)
    covered: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not self.counts.changed and not self.money_counts.changed

    @cached_property
    def rows(self) -> pl.DataFrame:
        """`changes`, largest change in meaning first (`etl.jobs.difference_rank`)."""
        return ranked(self.changes)

    def ranked(self, limit: int) -> pl.DataFrame:
        """The first of `rows`, found without ordering all of them."""
        return ranked(self.changes, limit)


def difference_of_delivery(
    checked: Checked, warehouse: Warehouse, knowledge: Knowledge, *, published: Published | None = None
) -> Difference:
    """What a delivery would change if it were stored and published now.

    Args:
        checked: The file as it was read.
        warehouse: Where it would be stored.
        knowledge: The catalogue and the population.
        published: Where the published observations come from, for a caller who has fetched them already.
    """
    with warehouse.snapshot() as now:
        touched = _touched(checked.observations, checked.allocations, knowledge)
        current = published(touched) if published else now.observations(touched, ordered=False)
        money = now.allocations()
        newest = _as_newest(checked.observations)
        money_after = _overlaid_money(money, _as_newest(checked.allocations))

        def portions() -> Iterator[Sides]:
            for place, (own, known) in enumerate(by_indicator(newest, current)):
                before, new = coded(known, own)
                sums = (money, money_after) if place == 0 else (money.clear(), money.clear())
                yield Sides(before, _overlaid(before, new), *sums, own=new)

        return _between(now, "deliver", None, touched, portions, knowledge=knowledge)


def difference_of_batch(batch: int, warehouse: Warehouse, knowledge: Knowledge) -> Difference:
    """What publishing a staged batch, withdrawing a published one or restoring a withdrawn one would change.

    Args:
        batch: Its number.
        warehouse: Where it is.
        knowledge: The catalogue and the population.

    Raises:
        UnknownBatchError: There is no such batch.
    """
    with warehouse.snapshot() as now:
        facts = now.batch(batch)
        kind = _KINDS[facts["status"]]
        observations, allocations = now.rows_of(batch)
        touched = _touched(observations, allocations, knowledge)
        alone = frozenset({batch})
        view = View(minus=alone) if kind == "withdraw" else View(plus=alone)
        before, after = (now.observations(touched, one, ordered=False) for one in (View(), view))
        own = (before if kind == "withdraw" else after).filter(pl.col("batch") == batch)
        sides = Sides(before, after, now.allocations(), now.allocations(view), own=own)
        covered = observations.height - own.height
        return _between(now, kind, batch, touched, lambda: [sides], knowledge=knowledge, covered=covered)


def _between(
    now: Snapshot,
    kind: Kind,
    batch: int | None,
    touched: list[str],
    portions: Callable[[], Iterable[Sides]],
    *,
    knowledge: Knowledge,
    covered: int = 0,
) -> Difference:
    """The difference, a portion at a time: no two of them have an indicator or an agreement in common."""
    catalogue = knowledge.catalogue
    rows, counts = [], Counts()
    funds, money_counts = [], Counts()
    # Live judgements that were made with another catalogue are worked out anew.
    live = now.derived_key in {None, knowledge.key}
    before, after = (
        Judged("before", portions, touched, knowledge),
        Judged("after", portions, touched, knowledge),
    )
    for sides in portions():
        changes, some = _changed_rows(sides, catalogue, withdrawn=kind == "withdraw")
        sums, some_money = changed_money(*_of_changed_agreements(sides.money_before, sides.money_after))
        rows.append(changes)
        funds.append(sums)
        counts, money_counts = counts + some, money_counts + some_money
        if not live:
            before.add(sides)
        if sides.own.height or some_money != Counts():
            # Even where every figure is as before: a newer delivery of the same may win over an older one.
            after.add(sides)
    was = _live(now, touched) if live else before.judged()
    will_be = after.judged() if after else was
    found = flips(was, will_be, catalogue)
    return Difference(
        kind=kind,
        batch=batch,
        version=now.version,
        indicators=tuple(touched),
        changes=with_tier(pl.concat(rows), found, catalogue),
        counts=counts,
        funds=pl.concat(funds),
        money_counts=money_counts,
        before=was,
        after=will_be,
        flips=found,
        covered=covered,
    )


def _changed_rows(sides: Sides, catalogue: Catalogue, *, withdrawn: bool) -> tuple[pl.DataFrame, Counts]:
    before = sides.own if withdrawn else sides.before
    return changed_rows(before, sides.after if withdrawn else sides.own, catalogue, withdrawn=withdrawn)


def _live(now: Snapshot, touched: list[str]) -> pl.DataFrame:
    published = now.judgements().filter(pl.col("indicator").is_in(touched))
    return published.select(list(JUDGEMENT_SCHEMA))


def _touched(observations: pl.DataFrame, allocations: pl.DataFrame, knowledge: Knowledge) -> list[str]:
    """The indicators of the rows, and those that show the agreements of the sums."""
    agreements = knowledge.catalogue.agreements
    shown = {agreements[name].indicator for name in allocations["agreement"].unique() if name in agreements}
    return sorted({*observations["indicator"].unique(), *shown})


def _as_newest(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of a delivery as those of the newest batch."""
    return rows.with_columns(pl.lit(2**62, pl.Int64).alias("batch"))


def _overlaid(current: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Coded observations as published with the new ones: the later wins, real and example apart."""
    columns = [*OBSERVATION_SCHEMA, "batch"]
    kept = current.join(new.select("_key"), on="_key", how="anti")
    return pl.concat([kept.select(columns), new.select(columns)])


def _overlaid_money(current: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Allocations as published with the new ones: an agreement's division is replaced as a whole."""
    columns = [*ALLOCATION_SCHEMA, "batch"]
    example = (pl.col("origin") == "example").alias("_example")
    divided = new.select("agreement", example).unique()
    kept = current.with_columns(example).join(divided, on=["agreement", "_example"], how="anti")
    return pl.concat([kept.select(columns), new.select(columns)])


def _of_changed_agreements(before: pl.DataFrame, after: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The sums of those divisions only that come from another batch than before."""
    example = (pl.col("origin") == "example").alias("_example")
    before, after = before.with_columns(example), after.with_columns(example)
    division = ["agreement", "_example"]
    moved = pl.concat(
        [
            one.select(*division, "batch").unique().join(other, on=[*division, "batch"], how="anti")
            for one, other in ((before, after), (after, before))
        ]
    )
    return before.join(moved, on=division, how="semi"), after.join(moved, on=division, how="semi")
