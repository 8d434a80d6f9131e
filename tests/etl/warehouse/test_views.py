from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import polars as pl
import pytest

from etl.warehouse import UnknownBatchError, View, changes, views
from etl.warehouse.batches import Change
from etl.warehouse.model import NOW
from tests.etl.warehouse.doubles import delivery, derive, observation

NOON = datetime(2024, 5, 1, 12)

#: (minutes after noon, batch, action, status after it)
HISTORY = [
    (0, 1, "staged", "staged"),
    (0, 1, "published", "published"),
    (1, 2, "staged", "staged"),
    (2, 3, "staged", "staged"),
    (3, 3, "published", "published"),
    (4, 2, "published", "published"),
    (5, 1, "withdrawn", "withdrawn"),
    (6, 4, "staged", "staged"),
    (7, 5, "staged", "staged"),
    (8, 4, "rejected", "rejected"),
    (9, 1, "restored", "published"),
    (10, 2, "withdrawn", "withdrawn"),
    (11, 2, "commented", "withdrawn"),
]


def events() -> pl.DataFrame:
    rows = [
        (number, batch, action, status, NOON + timedelta(minutes=minutes))
        for number, (minutes, batch, action, status) in enumerate(HISTORY, start=1)
    ]
    return pl.DataFrame(rows, schema=["event", "batch", "action", "status", "at"], orient="row")


def after(minutes: float) -> datetime:
    return (NOON + timedelta(minutes=minutes)).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (NOW, [(1, 2), (3, 5)]),
        (View(at=after(-1)), []),
        (View(at=after(0)), [(1, 2)]),
        (View(at=after(3.5)), [(1, 2), (3, 5)]),
        (View(at=after(4)), [(1, 2), (2, 6), (3, 5)]),
        (View(at=after(5)), [(2, 6), (3, 5)]),
        (View(at=after(9)), [(1, 2), (2, 6), (3, 5)]),
        (View(at=after(999)), [(1, 2), (3, 5)]),
        (View(minus=frozenset({1})), [(3, 5)]),
        (View(minus=frozenset({1, 2, 77})), [(3, 5)]),
        (View(plus=frozenset({2})), [(1, 2), (2, 6), (3, 5)]),
        (View(plus=frozenset({5})), [(1, 2), (3, 5), (5, 14)]),
        (View(plus=frozenset({4, 5})), [(1, 2), (3, 5), (4, 14), (5, 15)]),
        (View(plus=frozenset({1})), [(1, 2), (3, 5)]),
        (View(plus=frozenset({2, 5}), minus=frozenset({3, 5})), [(1, 2), (2, 6)]),
        (View(at=after(0), plus=frozenset({2, 3})), [(1, 2), (2, 6), (3, 5)]),
    ],
)
def test_which_batches_count_and_in_which_order(view: View, expected: list[Any]):
    assert sorted(views.places(events(), view).rows()) == expected


def test_a_batch_that_there_is_not_is_told():
    with pytest.raises(UnknownBatchError, match="nummer 99"):
        views.places(events(), View(plus=frozenset({1, 99})))


def test_nothing_counts_in_an_empty_warehouse():
    assert views.places(events().clear(), View(at=after(0))).is_empty()


def test_a_moment_is_the_same_in_every_zone():
    elsewhere = after(4).astimezone(timezone(timedelta(hours=2)))
    assert views.until(events(), elsewhere).height == 6
    assert views.until(events(), None).height == len(HISTORY)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        View(at=NOON)


def test_a_view_can_be_held_to_indicators(change: Change):
    changes.take_in(
        change, [delivery("1", observation("a", value=1.0), observation("b", value=2.0))], derive=derive
    )
    changes.take_in(
        change, [delivery("2", observation("a", value=3.0), observation("b", value=4.0))], derive=None
    )
    view = View(plus=frozenset({2}))
    assert change.now.observations(["b"], view).select("value", "batch").rows() == [(4.0, 2)]
    assert change.now.observations(["b"]).select("value", "batch").rows() == [(2.0, 1)]
    assert change.now.observations([], view).is_empty()
