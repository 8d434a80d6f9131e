from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import polars as pl
import pytest

from etl.warehouse import (
    BusyError,
    NotAllowedError,
    NotScheduledError,
    Permit,
    Request,
    Snapshot,
    Warehouse,
    WrongStatusError,
    anyone,
    locking,
)
from tests.etl.warehouse.doubles import delivery, derive, figures, observation

DUE = datetime(2030, 1, 1, 6, tzinfo=UTC)
BEFORE, AFTER = DUE - timedelta(microseconds=1), DUE + timedelta(days=3)


def all_may(_by: str, _trusted: bool) -> Permit:
    return anyone


@pytest.fixture
def staged(warehouse: Warehouse) -> Warehouse:
    for number in (1, 2, 3):
        parcel = delivery(f"{number}", observation(value=float(number)))
        warehouse.load(parcel, publish=False, by="Åsa", derive=derive, permit=anyone)
    return warehouse


def actions(warehouse: Warehouse, batch: int) -> list[str]:
    return warehouse.events(batch)["action"].to_list()


def test_a_time_is_set_and_published_at(staged: Warehouse):
    summer = timezone(timedelta(hours=2))
    receipt = staged.schedule(
        1, DUE.astimezone(summer), by="Bo", trusted=False, note="efter mötet", permit=anyone
    )
    assert (receipt.status, receipt.due) == ("staged", DUE)
    assert staged.batches().filter(batch=1)["due"].item() == DUE
    assert staged.batches()["due"].null_count() == 2
    version = staged.version
    assert staged.publish_due(BEFORE, permit_for=all_may, derive=derive) == []
    assert staged.version == version
    [receipt] = staged.publish_due(AFTER, permit_for=all_may, derive=derive, key="nyckel")
    assert (receipt.batch, receipt.status, receipt.due) == (1, "published", None)
    assert (staged.version, staged.derived_key) == (version + 1, "nyckel")
    assert figures(staged.series()) == {("a", "1480"): 1.0}
    last = staged.events(1).row(-1, named=True)
    assert (last["action"], last["by"], last["note"], last["due"], last["trusted"]) == (
        "published", "Bo", "efter mötet", DUE, False,
    )  # fmt: skip
    facts = staged.batches().filter(batch=1).row(0, named=True)
    assert (facts["published_by"], facts["due"]) == ("Bo", None)
    assert staged.publish_due(AFTER, permit_for=all_may, derive=derive) == []


def test_several_are_published_in_the_order_of_their_times_a_version_each(staged: Warehouse):
    for batch, days in ((1, 2), (2, 1), (3, 2)):
        staged.schedule(batch, DUE + timedelta(days=days), by="Bo", trusted=True, permit=anyone)
    version = staged.version
    receipts = staged.publish_due(AFTER, permit_for=all_may, derive=derive)
    assert [receipt.batch for receipt in receipts] == [2, 1, 3]
    assert staged.version == version + 3
    assert figures(staged.series()) == {("a", "1480"): 3.0}


def test_a_time_can_be_changed_and_taken_away(staged: Warehouse):
    staged.schedule(1, DUE, by="Bo", trusted=True, permit=anyone)
    staged.schedule(1, DUE + timedelta(days=9), by="Eva", trusted=True, permit=anyone)
    staged.comment(1, "väntar på beslut", by="Bo", permit=anyone)
    assert staged.batches().filter(batch=1).select("due", "comments").row(0) == (DUE + timedelta(days=9), 1)
    assert staged.publish_due(AFTER, permit_for=all_may, derive=derive) == []
    receipt = staged.unschedule(1, by="Bo", note="ändrat", permit=anyone)
    assert receipt.due is None
    assert staged.publish_due(AFTER + timedelta(days=99), permit_for=all_may, derive=derive) == []
    with pytest.raises(NotScheduledError, match="Leverans 1 har ingen tid"):
        staged.unschedule(1, by="Bo", permit=anyone)
    assert actions(staged, 1) == ["staged", "scheduled", "scheduled", "commented", "unscheduled"]


@pytest.mark.parametrize("end", ["publish", "reject"])
def test_a_time_ends_with_what_happens_to_the_batch(staged: Warehouse, end: str):
    staged.schedule(1, DUE, by="Bo", trusted=True, permit=anyone)
    if end == "publish":
        staged.publish(1, by="Eva", derive=derive, permit=anyone)
        staged.withdraw(1, by="Eva", derive=derive, permit=anyone)
    else:
        staged.reject(1, by="Eva", permit=anyone)
        staged.restore(1, by="Eva", derive=derive, permit=anyone)
    version = staged.version
    assert staged.batches()["due"].null_count() == 3
    assert staged.publish_due(AFTER, permit_for=all_may, derive=derive) == []
    assert staged.version == version


def test_only_what_waits_can_have_a_time(staged: Warehouse):
    staged.publish(1, by="Bo", derive=derive, permit=anyone)
    with pytest.raises(WrongStatusError, match="ställas in på publicering vid en viss tid"):
        staged.schedule(1, DUE, by="Bo", trusted=True, permit=anyone)
    with pytest.raises(WrongStatusError):
        staged.unschedule(1, by="Bo", permit=anyone)
    with pytest.raises(ValueError, match="time zone"):
        staged.schedule(2, datetime(2030, 1, 1), by="Bo", trusted=True, permit=anyone)


def test_the_permit_is_that_of_who_set_the_time(staged: Warehouse):
    staged.schedule(1, DUE, by="bo@exempel.se", trusted=False, permit=anyone)
    staged.schedule(2, DUE, by="rot", trusted=True, permit=anyone)
    asked: list[tuple[str, bool, str]] = []

    def permit_for(by: str, trusted: bool) -> Permit:
        def ask(_now: Snapshot, request: Request) -> None:
            asked.append((request.by, trusted, request.action))
            assert request.by == by

        return ask

    staged.publish_due(AFTER, permit_for=permit_for, derive=derive)
    assert asked == [("bo@exempel.se", False, "publish"), ("rot", True, "publish")]


def refuse_bo(by: str, _trusted: bool) -> Permit:
    def refuse(_now: Snapshot, _request: Request) -> None:
        raise NotAllowedError("Bo är inte granskare längre.")

    return refuse if by == "Bo" else anyone


def with_four_eyes(warehouse: Warehouse) -> None:
    warehouse.set_four_eyes("vaccination", True, by="Eva", permit=anyone)


@pytest.mark.parametrize(
    ("before", "by", "permit_for", "reason"),
    [
        (lambda _: None, "Bo", refuse_bo, "Bo är inte granskare längre."),
        (with_four_eyes, "åsa", all_may, "krävs fyra ögon"),
    ],
)
def test_what_may_no_longer_be_published_waits_and_says_why(
    staged: Warehouse,
    before: Callable[[Warehouse], None],
    by: str,
    permit_for: Callable[[str, bool], Permit],
    reason: str,
):
    staged.schedule(1, DUE, by=by, trusted=False, permit=anyone)
    staged.schedule(2, DUE, by="Eva", trusted=False, permit=anyone)
    before(staged)
    receipts = staged.publish_due(AFTER, permit_for=permit_for, derive=derive)
    assert [receipt.batch for receipt in receipts] == [2]
    last = staged.events(1).row(-1, named=True)
    assert (last["action"], last["status"], last["by"]) == ("unscheduled", "staged", by)
    assert reason in last["note"]
    version = staged.version
    assert staged.publish_due(AFTER, permit_for=permit_for, derive=derive) == []
    assert staged.version == version


def test_one_that_fails_does_not_keep_the_others_back(staged: Warehouse):
    for batch in (1, 2):
        staged.schedule(batch, DUE, by="Bo", trusted=True, permit=anyone)
    calls: list[Any] = []

    def fails_once(rows: pl.DataFrame, money: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        calls.append(rows)
        if len(calls) == 1:
            raise ZeroDivisionError
        return derive(rows, money)

    with pytest.raises(ZeroDivisionError):
        staged.publish_due(AFTER, permit_for=all_may, derive=fails_once)
    assert (actions(staged, 1)[-1], actions(staged, 2)[-1]) == ("scheduled", "published")
    [receipt] = staged.publish_due(AFTER, permit_for=all_may, derive=derive)
    assert receipt.batch == 1


def test_a_busy_warehouse_is_waited_for_once(staged: Warehouse, monkeypatch: pytest.MonkeyPatch):
    for batch in (1, 2, 3):
        staged.schedule(batch, DUE, by="Bo", trusted=True, permit=anyone)
    impatient, version = Warehouse(staged.folder, wait=0), staged.version
    real, waits = locking.writing, []

    def counted(*args: Any, **options: Any) -> Any:
        waits.append(options["doing"])
        return real(*args, **options)

    with (
        locking.writing(staged.folder, wait=1, doing="publicerar leverans 7"),
        pytest.raises(BusyError, match="publicerar leverans 7"),
    ):
        monkeypatch.setattr(locking, "writing", counted)
        impatient.publish_due(AFTER, permit_for=all_may, derive=derive)
    assert waits == ["publicerar leverans 1 på utsatt tid"]
    assert impatient.version == version
    impatient.close()
