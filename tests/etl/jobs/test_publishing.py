from dataclasses import replace

import pytest

from etl.bundle import ensure_ready
from etl.jobs import publishing
from etl.jobs.delivery import deliver
from etl.warehouse import Warehouse, WrongStatusError, anyone
from tests.etl import files


@pytest.fixture
def warehouse(tmp_path, knowledge):
    warehouse = Warehouse(tmp_path / "warehouse")
    deliver(
        files.csv([files.row(area="14")]),
        "a.csv",
        knowledge=knowledge,
        warehouse=warehouse,
        by="Åsa",
        permit=anyone,
    )
    return warehouse


def values(warehouse):
    judgements = warehouse.judgements("vardgaranti-telefon")
    return judgements.filter(area="14")["value"].to_list()


def test_judgements_follow_what_is_published(warehouse, knowledge):
    assert values(warehouse) == []
    publishing.publish(warehouse, 1, knowledge=knowledge, by="Bo", note="klart", permit=anyone)
    assert values(warehouse) == [85.5]
    publishing.withdraw(warehouse, 1, knowledge=knowledge, by="Bo", permit=anyone)
    assert values(warehouse) in ([], [None])
    publishing.restore(warehouse, 1, knowledge=knowledge, by="Bo", permit=anyone)
    assert values(warehouse) == [85.5]
    assert warehouse.events(1)["by"].to_list() == ["Åsa", "Bo", "Bo", "Bo"]


def test_what_is_not_published_cannot_be_withdrawn(warehouse, knowledge):
    with pytest.raises(WrongStatusError):
        publishing.withdraw(warehouse, 1, knowledge=knowledge, by="Bo", permit=anyone)


def test_each_step_notes_the_catalogue_that_it_judged_with(warehouse, knowledge):
    for step, key in ((publishing.publish, "a"), (publishing.withdraw, "b"), (publishing.restore, "c")):
        step(warehouse, 1, knowledge=replace(knowledge, key=key), by="Bo", permit=anyone)
        assert warehouse.derived_key == key


def test_a_process_with_an_old_catalogue_is_found_out(warehouse, knowledge, tmp_path):
    old = replace(knowledge, key="gammal")
    publishing.publish(warehouse, 1, knowledge=knowledge, by="Bo", permit=anyone)
    content = files.csv([files.row(area="14", period="2024-06", value="90")])
    deliver(content, "b.csv", knowledge=old, warehouse=warehouse, by="Åsa", publish=True, permit=anyone)
    assert warehouse.derived_key == "gammal"
    ensure_ready(warehouse, knowledge, tmp_path)
    assert warehouse.derived_key == knowledge.key


def test_a_batch_that_waited_is_published_with_the_key_of_who_publishes(warehouse, knowledge):
    content = files.csv([files.row(area="14")])
    deliver(content, "a.csv", knowledge=knowledge, warehouse=warehouse, by="Åsa", publish=True, permit=anyone)
    assert warehouse.derived_key == knowledge.key
