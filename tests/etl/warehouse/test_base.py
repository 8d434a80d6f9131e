from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from etl.warehouse import View, Warehouse, anyone, base
from tests.etl.warehouse.doubles import delivery, derive, observation


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What the machine's clock says, one after the other."""
    times: list[datetime] = []

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return times.pop(0)

    monkeypatch.setattr(base, "datetime", Clock)
    return times


def test_times_follow_the_order_of_events_when_the_clock_does_not(
    warehouse: Warehouse, clock: list[datetime]
):
    noon = datetime(2024, 5, 1, 12, tzinfo=UTC)
    tick = timedelta(microseconds=1)
    clock += [noon, noon - timedelta(hours=1), noon, noon + timedelta(seconds=1)]
    warehouse.load(delivery("x", observation()), publish=True, by="Bo", derive=derive, permit=anyone)
    warehouse.withdraw(1, by="Bo", derive=derive, permit=anyone)
    warehouse.restore(1, by="Bo", derive=derive, permit=anyone)
    warehouse.withdraw(1, by="Bo", derive=derive, permit=anyone)
    times = warehouse.events()["at"].to_list()
    assert times == [noon, noon, noon + tick, noon + 2 * tick, noon + timedelta(seconds=1)]
    shown = [warehouse.observations(view=View(at=at)).height for at in times]
    assert shown == [1, 1, 0, 1, 0]
    assert warehouse.first_change == noon
