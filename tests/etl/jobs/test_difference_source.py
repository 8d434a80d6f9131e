"""What is published, fetched once."""

from __future__ import annotations

import pytest

from etl.jobs import difference_source
from etl.jobs.difference_source import PublishedOnce
from etl.jobs.publishing import derivation
from etl.warehouse import Warehouse, anyone
from tests.etl.jobs.test_difference import KNOWLEDGE, delivery
from tests.etl.measures import county
from tests.etl.measures.county import counted, observations


@pytest.fixture
def warehouse(tmp_path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse")


def publish(warehouse: Warehouse, number: int, value: int) -> None:
    rows = observations(*(counted(area, value, 10) for area in county.MUNICIPALITIES))
    warehouse.load(
        delivery(rows, number), publish=True, by="Anna", derive=derivation(KNOWLEDGE), permit=anyone
    )


def test_the_same_question_is_asked_once(warehouse):
    publish(warehouse, 1, 5)
    once = PublishedOnce(warehouse)
    first = once(["andel", "dagar"])
    assert first.height == 5
    assert once(["dagar", "andel"]) is first
    assert once(["dagar"]).is_empty()


def test_a_new_version_is_fetched_anew(warehouse):
    publish(warehouse, 1, 5)
    once = PublishedOnce(warehouse)
    assert set(once(["andel"])["numerator"]) == {5.0}
    publish(warehouse, 2, 6)
    assert set(once(["andel"])["numerator"]) == {6.0}


def test_an_empty_warehouse_has_nothing_and_stays_empty(warehouse):
    assert PublishedOnce(warehouse)(["andel"]).is_empty()
    assert not warehouse.folder.exists()


def test_a_large_warehouse_answers_the_same_a_few_indicators_at_a_time(warehouse, monkeypatch):
    publish(warehouse, 1, 5)
    whole = PublishedOnce(warehouse)(["andel", "dagar"])
    assert whole.height
    monkeypatch.setattr(difference_source, "MANY_ROWS", 0)
    monkeypatch.setattr(difference_source, "AT_A_TIME", 1)
    parts = PublishedOnce(warehouse)(["andel", "dagar"])
    assert parts.sort("area").equals(whole.sort("area"))
