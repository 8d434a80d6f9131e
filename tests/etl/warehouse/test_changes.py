"""Any order of deliveries, publishings, withdrawals and restorings against a plain recomputation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.warehouse import changes, connecting, tables
from etl.warehouse.batches import Change
from etl.warehouse.errors import WrongStatusError
from tests.etl.warehouse.doubles import MONEY, allocation, delivery, derive, observation

ORIGIN = st.sampled_from(["uploaded", "published", "example"])
FIGURE = st.tuples(
    st.sampled_from(["a", "b", MONEY]), st.sampled_from(["1480", "1490"]), ORIGIN, st.integers(0, 3)
)
SUM = st.tuples(
    st.sampled_from(["avtal", "avtal2"]), st.sampled_from(["Borås", "Mark"]), ORIGIN, st.integers(0, 3)
)
PARCEL = st.tuples(
    st.lists(FIGURE, max_size=4, unique_by=lambda row: row[:2]),
    st.lists(SUM, max_size=3, unique_by=lambda row: row[:2]),
)
STEP = st.one_of(
    st.tuples(st.just("take in"), st.lists(PARCEL, min_size=1, max_size=2), st.booleans()),
    st.tuples(
        st.sampled_from(["published", "withdrawn", "restored", "rejected"]), st.integers(0, 5), st.booleans()
    ),
)


@dataclass
class Plain:
    """What should be, worked out from the beginning each time."""

    parcels: dict[int, tuple[list[Any], list[Any]]] = field(default_factory=dict)
    status: dict[int, str] = field(default_factory=dict)
    first_published: list[int] = field(default_factory=list)

    def publish(self, batch: int) -> None:
        self.status[batch] = "published"
        self.first_published.append(batch)

    def act(self, action: str, batch: int) -> bool:
        match action, self.status[batch]:
            case "published", "staged":
                self.publish(batch)
            case "withdrawn", "published":
                self.status[batch] = "withdrawn"
            case "restored", "withdrawn":
                self.status[batch] = "published"
            case "restored", "rejected":
                self.status[batch] = "staged"
            case "rejected", "staged":
                self.status[batch] = "rejected"
            case _:
                return False
        return True

    @property
    def published(self) -> list[int]:
        return [batch for batch in self.first_published if self.status[batch] == "published"]

    def observations(self) -> set[tuple[Any, ...]]:
        current: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        for batch in self.published:
            for indicator, area, origin, value in self.parcels[batch][0]:
                current[indicator, area, origin == "example"] = (indicator, area, origin, float(value), batch)
        return set(current.values())

    def allocations(self) -> set[tuple[Any, ...]]:
        current: dict[tuple[str, bool], list[tuple[Any, ...]]] = {}
        for batch in self.published:
            mine: dict[tuple[str, bool], list[tuple[Any, ...]]] = {}
            for agreement, recipient, origin, amount in self.parcels[batch][1]:
                row = (agreement, recipient, origin, float(amount), batch)
                mine.setdefault((agreement, origin == "example"), []).append(row)
            current |= mine
        return {row for rows in current.values() for row in rows}


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(STEP, min_size=1, max_size=10))
def test_current_rows_and_what_is_derived_follow_any_history(steps: list[Any]):
    plain = Plain()
    connection = connecting.empty()
    change = Change(connection, 1, "Bo", datetime(2024, 5, 1), Path())
    stored = 0
    for number, (action, what, publish) in enumerate(steps):
        if action == "take in":
            parcels = [
                delivery(
                    f"{number}-{place}",
                    *(observation(i, a, float(v), origin=o) for i, a, o, v in rows),
                    money=tuple(allocation(r, str(m), agreement=g, origin=o) for g, r, o, m in money),
                )
                for place, (rows, money) in enumerate(what)
            ]
            receipts = changes.take_in(change, parcels, derive=derive if publish else None)
            for receipt, parcel in zip(receipts, what, strict=True):
                plain.parcels[receipt.batch] = parcel
                plain.status[receipt.batch] = "staged"
                stored += len(parcel[0])
                if publish:
                    plain.publish(receipt.batch)
        elif what in plain.status:
            allowed = plain.act(action, what)
            try:
                changes.act(change, action, what, note=None, derive=derive)
                assert allowed
            except WrongStatusError:
                assert not allowed
        now = change.now
        assert dict(now.batches().select("batch", "status").rows()) == plain.status
        current = now.observations()
        shown = current.select("indicator", "area", "origin", "value", "batch").rows()
        assert len(shown) == len(set(shown))
        assert set(shown) == plain.observations()
        money = now.allocations()
        sums = money.select(
            "agreement", "recipient", "origin", pl.col("amount").cast(pl.Float64), "batch"
        ).rows()
        assert len(sums) == len(set(sums))
        assert set(sums) == plain.allocations()
        series, judgements = derive(current, money)
        order = ["indicator", "area", "value", "batch"]
        assert now.series().sort(order).equals(series.sort(order))
        assert now.judgements().sort(order).equals(judgements.sort(order))
        assert tables.fetch(connection, "SELECT count(*) FROM observation").item() == stored
    connection.close()


def test_the_same_bytes_in_one_go_are_one_batch(change: Change):
    receipts = changes.take_in(
        change, [delivery("x", observation()), delivery("x", observation())], derive=derive
    )
    assert [receipt.batch for receipt in receipts] == [1, 1]
    assert [receipt.already_delivered for receipt in receipts] == [False, True]
    assert change.now.batches().height == 1


def test_the_key_is_noted_when_what_is_published_is_derived_with_it(change: Change):
    changes.take_in(change, [delivery("x", observation())], derive=None, key="a")
    assert change.now.derived_key is None
    changes.take_in(change, [delivery("y", observation())], derive=derive, key="b")
    assert change.now.derived_key == "b"
    changes.take_in(change, [delivery("z", observation())], derive=derive, key="c")
    assert change.now.derived_key == "c"
    changes.take_in(change, [delivery("w", observation())], derive=derive)
    assert change.now.derived_key == "c"
