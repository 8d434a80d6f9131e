"""Deliveries, publishings, withdrawals, restorings and rejections in any order, against ordinary Python.

What is published after each step, what was published at each moment of the past, and what would be with some
batches added or left out, is worked out anew from the list of events each time, without the warehouse.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.warehouse import View, WrongStatusError, changes, connecting
from etl.warehouse.batches import RULES, Action, Change
from etl.warehouse.model import NOW
from schemas.results import ASSESSED_SCHEMA, SERIES_SCHEMA
from tests.etl.warehouse.doubles import allocation, delivery, observation

START = datetime(2024, 5, 1, 8, tzinfo=UTC)
STEP = timedelta(minutes=1)

ORIGIN = st.sampled_from(["uploaded", "published", "example"])
FIGURE = st.tuples(
    st.sampled_from(["a", "b"]),
    st.sampled_from(["1480", "1490"]),
    st.sampled_from(["women", "men"]),
    ORIGIN,
    st.integers(0, 3),
)
SUM = st.tuples(
    st.sampled_from(["avtal", "avtal2"]), st.sampled_from(["Borås", "Mark"]), ORIGIN, st.integers(0, 3)
)


def place(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a file may not say twice: the key, and whether the row is an example."""
    *key, origin, _ = row
    return (*key, origin == "example")


PARCEL = st.tuples(st.lists(FIGURE, max_size=4, unique_by=place), st.lists(SUM, max_size=3, unique_by=place))
DELIVERY = st.tuples(st.just("delivered"), st.lists(PARCEL, min_size=1, max_size=2), st.booleans())
ACTION = st.tuples(
    st.sampled_from(["published", "published", "withdrawn", "restored", "rejected", "commented"]),
    st.integers(1, 6),
    st.none(),
)
STEPS = st.lists(st.one_of(DELIVERY, ACTION, ACTION), min_size=1, max_size=10)


@dataclass
class Told:
    """What has happened, as a list, and the rows that came: all that the oracle knows."""

    events: list[tuple[datetime, str, int]] = field(default_factory=list)
    parcels: dict[int, Any] = field(default_factory=dict)

    def status(self, at: datetime | None = None) -> dict[int, str]:
        """Of each batch that had come by then."""
        found: dict[int, str] = {}
        for when, action, batch in self.events:
            if at is not None and when > at:
                continue
            match action:
                case "restored":
                    found[batch] = {"withdrawn": "published", "rejected": "staged"}[found[batch]]
                case "commented":
                    pass
                case _:
                    found[batch] = action
        return found

    def published(self, view: View = NOW) -> list[int]:
        """The batches that count, in the order in which they were first published."""
        ever = list(dict.fromkeys(batch for _, action, batch in self.events if action == "published"))
        order = ever + sorted(view.plus - set(ever))
        status = self.status(view.at)
        return [
            batch
            for batch in order
            if (batch in view.plus or status.get(batch) == "published") and batch not in view.minus
        ]

    def observations(self, view: View = NOW) -> list[tuple[Any, ...]]:
        current: dict[Any, tuple[Any, ...]] = {}
        for batch in self.published(view):
            for *key, origin, value in self.parcels[batch][0]:
                current[(*key, origin == "example")] = (*key, origin, float(value), batch)
        return sorted(current.values())

    def allocations(self, view: View = NOW) -> list[tuple[Any, ...]]:
        current: dict[Any, list[tuple[Any, ...]]] = {}
        for batch in self.published(view):
            divided: dict[Any, list[tuple[Any, ...]]] = {}
            for agreement, recipient, origin, amount in self.parcels[batch][1]:
                row = (agreement, recipient, origin, float(amount), batch)
                divided.setdefault((agreement, origin == "example"), []).append(row)
            current |= divided
        return sorted(row for rows in current.values() for row in rows)


class Store:
    """A warehouse in memory, whose clock goes one minute a step."""

    def __init__(self) -> None:
        self.connection = connecting.empty()
        self.version = 0

    @property
    def now(self) -> datetime:
        return START + self.version * STEP

    def change(self) -> Change:
        self.version += 1
        return Change(self.connection, self.version, "Bo", self.now.replace(tzinfo=None), Path())

    def deliver(self, named: Iterable[tuple[str, Any]], *, publish: bool) -> list[int]:
        parcels = [
            delivery(
                name,
                *(observation(i, a, float(v), sex=s, origin=o) for i, a, s, o, v in rows),
                money=tuple(allocation(r, str(m), agreement=g, origin=o) for g, r, o, m in money),
            )
            for name, (rows, money) in named
        ]
        receipts = changes.take_in(self.change(), parcels, derive=nothing if publish else None)
        return [receipt.batch for receipt in receipts]

    def act(self, action: Action, batch: int) -> None:
        changes.act(self.change(), action, batch, note=None, derive=nothing)

    def observations(self, view: View = NOW) -> list[tuple[Any, ...]]:
        rows = self.snapshot.observations(view=view)
        return sorted(rows.select("indicator", "area", "sex", "origin", "value", "batch").rows())

    def allocations(self, view: View = NOW) -> list[tuple[Any, ...]]:
        rows = self.snapshot.allocations(view)
        amount = pl.col("amount").cast(pl.Float64)
        return sorted(rows.select("agreement", "recipient", "origin", amount, "batch").rows())

    @property
    def snapshot(self) -> Any:
        return Change(self.connection, self.version, "", START, Path()).now

    def shows(self, told: Told, view: View = NOW) -> None:
        assert self.observations(view) == told.observations(view)
        assert self.allocations(view) == told.allocations(view)


def nothing(rows: pl.DataFrame, money: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """No measures."""
    return pl.DataFrame(schema=SERIES_SCHEMA), pl.DataFrame(schema=ASSESSED_SCHEMA)


def play(steps: list[Any], store: Store, told: Told, *, without: int | None = None) -> None:
    """Do the steps in a store and tell the oracle; after each what is published must agree.

    Args:
        steps: The steps. Files are named by their place among all files.
        store: The store.
        told: The oracle.
        without: The number of a file that never comes; what would be done to it isn't.
    """
    files = 0
    batch_of: dict[int, int] = {}
    for action, what, publish in steps:
        if action == "delivered":
            named = [(number, parcel) for number, parcel in enumerate(what, start=files + 1)]
            files += len(what)
            come = [(number, parcel) for number, parcel in named if number != without]
            batches = store.deliver([(f"{number}", parcel) for number, parcel in come], publish=publish)
            for (number, parcel), batch in zip(come, batches, strict=True):
                batch_of[number] = batch
                told.parcels[batch] = parcel
                told.events.append((store.now, "staged", batch))
                if publish:
                    told.events.append((store.now, "published", batch))
        elif what in batch_of:
            do(store, told, action, batch_of[what])
        store.shows(told)


def do(store: Store, told: Told, action: Action, batch: int) -> None:
    allowed = told.status()[batch] in RULES[action]
    try:
        store.act(action, batch)
    except WrongStatusError:
        assert not allowed
        return
    assert allowed
    told.events.append((store.now, action, batch))


@settings(max_examples=30, deadline=None)
@given(steps=STEPS, data=st.data())
def test_what_is_and_was_published_follows_from_the_events(steps: list[Any], data: st.DataObject):
    store, told = Store(), Told()
    play(steps, store, told)
    assert store.snapshot.first_change == min((at for at, _, _ in told.events), default=None)
    for version in range(store.version + 1):
        # At the moment itself or until the next one.
        store.shows(told, View(at=START + (version + 0.9 * (version % 2)) * STEP))
        was = store.snapshot.batches(at=START + version * STEP)
        assert dict(was.select("batch", "status").rows()) == told.status(START + version * STEP)
    known = st.frozensets(st.sampled_from(sorted(told.parcels) or [0]), max_size=3 if told.parcels else 0)
    moment = st.none() | st.integers(0, store.version).map(lambda version: START + version * STEP)
    for _ in range(3):
        store.shows(told, View(at=data.draw(moment), plus=data.draw(known), minus=data.draw(known)))
    for batch, parcel in told.parcels.items():
        rows, money = store.snapshot.rows_of(batch)
        assert rows.select("indicator", "area", "sex", "origin", "value").rows() == parcel[0]
        assert money.select("agreement", "recipient", "origin", pl.col("amount").cast(pl.Int64)).rows() == [
            tuple(row) for row in parcel[1]
        ]
    store.connection.close()


@settings(max_examples=20, deadline=None)
@given(steps=STEPS, data=st.data())
def test_what_is_withdrawn_might_as_well_never_have_come(steps: list[Any], data: st.DataObject):
    store, told = Store(), Told()
    play(steps, store, told)
    published = told.published()
    if published:
        gone = data.draw(st.sampled_from(published))
        do(store, told, "withdrawn", gone)
        # In this store a file's number is its batch's: all of them came.
        without, told_without = Store(), Told()
        play(steps, without, told_without, without=gone)
        names = dict(store.snapshot.batches().select("batch", "name").rows())
        names_without = dict(without.snapshot.batches().select("batch", "name").rows())
        for mine, its in (
            (store.observations(), without.observations()),
            (store.allocations(), without.allocations()),
        ):
            assert [(*row, names[batch]) for *row, batch in mine] == [
                (*row, names_without[batch]) for *row, batch in its
            ]
        without.connection.close()
    store.connection.close()
