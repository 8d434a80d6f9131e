"""Publication at a set time, with the rights asked again when it is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest

from etl import access
from etl.access import Actor
from etl.jobs.delivery import deliver
from etl.jobs.schedule import moment, publish_due
from etl.warehouse import Warehouse, anyone
from tests.etl import files

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
LOCAL = Actor("asa", trusted=True)
EMAIL = "bo@exempel.se"


@pytest.fixture
def warehouse(tmp_path, knowledge):
    warehouse = Warehouse(tmp_path / "warehouse")
    content = files.csv([files.row(area="14")])
    deliver(content, "a.csv", knowledge=knowledge, warehouse=warehouse, by="Åsa", permit=anyone)
    return warehouse


def status(warehouse) -> str:
    return warehouse.batches()["status"].item()


@pytest.mark.parametrize(("hours", "after"), [(1, "staged"), (0, "published"), (-1, "published")])
def test_what_is_due_is_published_and_nothing_before(warehouse, knowledge, hours, after):
    warehouse.schedule(1, NOON + timedelta(hours=hours), by="asa", trusted=True, permit=anyone)
    receipts = publish_due(warehouse, knowledge, now=NOON)
    assert status(warehouse) == after
    assert [receipt.batch for receipt in receipts] == ([1] if after == "published" else [])
    assert warehouse.judgements("vardgaranti-telefon").is_empty() == (after == "staged")


def test_a_cancelled_time_publishes_nothing(warehouse, knowledge):
    warehouse.schedule(1, NOON, by="asa", trusted=True, permit=anyone)
    warehouse.unschedule(1, by="asa", permit=anyone)
    assert publish_due(warehouse, knowledge, now=NOON) == []
    assert status(warehouse) == "staged"


@pytest.mark.parametrize("still_allowed", [True, False])
def test_whoever_set_the_time_must_still_be_allowed_to_publish(warehouse, knowledge, still_allowed):
    catalogue = knowledge.catalogue
    access.grant(warehouse, EMAIL, "granskare", actor=LOCAL, catalogue=catalogue)
    permit = access.permit(Actor(EMAIL, trusted=False), catalogue)
    warehouse.schedule(1, NOON, by=EMAIL, trusted=False, permit=permit)
    if not still_allowed:
        access.revoke(warehouse, EMAIL, "granskare", actor=LOCAL, catalogue=catalogue)
    publish_due(warehouse, knowledge, now=NOON)
    last = warehouse.events(1).row(-1, named=True)
    if still_allowed:
        assert (last["action"], last["by"]) == ("published", EMAIL)
    else:
        assert (last["action"], last["status"]) == ("unscheduled", "staged")
        assert last["note"]


def test_two_servers_publish_it_once(warehouse, knowledge):
    warehouse.schedule(1, NOON, by="asa", trusted=True, permit=anyone)
    together = Barrier(2)
    receipts = []

    def look() -> None:
        own = Warehouse(warehouse.folder)
        together.wait()
        receipts.extend(publish_due(own, knowledge, now=NOON))

    threads = [Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [receipt.batch for receipt in receipts] == [1]
    assert warehouse.events(1)["action"].to_list() == ["staged", "scheduled", "published"]


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-12-01 08:00", "2026-12-01T07:00"),  # winter
        ("2026-07-01 8.05", "2026-07-01T06:05"),  # summer
        (" 2026-07-01T08:00 ", "2026-07-01T06:00"),
        ("2026-13-01 08:00", None),
        ("2026-12-01 24:00", None),
        ("2026-12-01", None),
        ("i morgon", None),
        ("", None),
    ],
)
def test_a_time_is_swedish(text, utc):
    found = moment(text)
    assert (None if found is None else f"{found.astimezone(UTC):%Y-%m-%dT%H:%M}") == utc
