"""What the pages read: by version, and ready before the first page."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard import data
from etl.jobs.publishing import withdraw
from etl.warehouse import anyone
from schemas.results import ASSESSED_SCHEMA


def test_an_empty_warehouse_is_filled_once_however_many_ask(empty, monkeypatch, bundled):
    import etl.bundle

    filled = []

    def fill(warehouse, knowledge, folder):
        filled.append(folder)

    monkeypatch.setattr(etl.bundle, "ensure_ready", fill)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: data.prepare(), range(8)))
    assert len(filled) == 1


def test_a_warehouse_that_is_ready_is_left_as_it_is(own):
    before = data.version()
    data.prepare()
    assert data.version() == before


def test_what_is_read_is_kept_until_the_version_changes(own, knowledge):
    before = data.version()
    first = data.judgements(before)
    assert data.judgements(data.version()) is first
    newest = data.batches(before)["batch"].max()
    withdraw(data.warehouse(), newest, knowledge=knowledge, by="test", permit=anyone)
    assert data.version() == before + 1
    assert data.judgements(data.version()) is not first
    assert data.batches(data.version()).filter(batch=newest)["status"].item() == "withdrawn"


def test_every_indicator_is_judged_also_one_that_nothing_was_delivered_for(empty, catalogue):
    judgements = data.judgements(data.version())
    assert set(judgements["indicator"]) == set(catalogue.indicators)
    assert judgements["value"].null_count() == judgements.height
    assert judgements["reason"].null_count() == 0
    assert list(judgements.columns) == list(ASSESSED_SCHEMA)


@pytest.mark.parametrize(("indicator", "age"), [("mpr-dos-1", "total"), ("covid19-minst-2-doser", "18+")])
def test_one_indicators_series(full, indicator, age):
    series = data.series_of(data.version(), indicator, age)
    assert series.height > 0
    assert set(series["indicator"]) == {indicator}
    assert set(series["age"]) == {age}
    assert set(series["sex"]) == {"total"}


def test_forgetting_reads_another_warehouse(full, look_at, tmp_path):
    assert data.version() == 1
    look_at(tmp_path / "another")
    assert data.version() == 0
