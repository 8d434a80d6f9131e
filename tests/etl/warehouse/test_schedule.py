from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from etl.warehouse.schedule import Planned, planned

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def events(*rows: tuple[int, str, datetime | None]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "event": place,
                "batch": batch,
                "action": action,
                "due": due,
                "by": "Bo",
                "trusted": False,
                "note": "n",
            }
            for place, (batch, action, due) in enumerate(rows, start=1)
        ],
        schema={
            "event": pl.Int64,
            "batch": pl.Int64,
            "action": pl.String,
            "due": pl.Datetime("us", "UTC"),
            "by": pl.String,
            "trusted": pl.Boolean,
            "note": pl.String,
        },
    )


def hour(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("rows", "due"),
    [
        ([], []),
        ([(1, "staged", None)], []),
        ([(1, "staged", None), (1, "scheduled", hour(0))], [1]),
        ([(1, "staged", None), (1, "scheduled", hour(-5))], [1]),
        ([(1, "staged", None), (1, "scheduled", hour(0.001))], []),
        ([(1, "scheduled", hour(-1)), (1, "commented", None)], [1]),
        ([(1, "scheduled", hour(-1)), (1, "unscheduled", None)], []),
        ([(1, "scheduled", hour(-1)), (1, "published", hour(-1))], []),
        ([(1, "scheduled", hour(-1)), (1, "rejected", None)], []),
        ([(1, "scheduled", hour(-1)), (1, "rejected", None), (1, "restored", None)], []),
        ([(1, "scheduled", hour(-1)), (1, "scheduled", hour(1))], []),
        ([(1, "scheduled", hour(1)), (1, "scheduled", hour(-1))], [1]),
        ([(1, "scheduled", hour(-1)), (2, "scheduled", hour(-2)), (3, "scheduled", hour(-1))], [2, 1, 3]),
    ],
)
def test_what_is_due_in_which_order(rows: list[Any], due: list[int]):
    assert [item.batch for item in planned(events(*rows), NOON)] == due


def test_whose_decision_it_was_is_told():
    rows = events((7, "scheduled", hour(-1)))
    assert planned(rows, NOON) == [Planned(7, hour(-1), "Bo", False, "n")]
