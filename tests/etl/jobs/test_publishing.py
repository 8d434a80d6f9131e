import pytest

from etl.jobs import publishing
from etl.jobs.delivery import deliver
from etl.warehouse import Warehouse, WrongStatusError
from tests.etl import files


@pytest.fixture
def warehouse(tmp_path, knowledge):
    warehouse = Warehouse(tmp_path / "warehouse")
    deliver(files.csv([files.row(area="14")]), "a.csv", knowledge=knowledge, warehouse=warehouse, by="Åsa")
    return warehouse


def values(warehouse):
    judgements = warehouse.judgements("vardgaranti-telefon")
    return judgements.filter(area="14")["value"].to_list()


def test_judgements_follow_what_is_published(warehouse, knowledge):
    assert values(warehouse) == []
    publishing.publish(warehouse, 1, knowledge=knowledge, by="Bo", note="klart")
    assert values(warehouse) == [85.5]
    publishing.withdraw(warehouse, 1, knowledge=knowledge, by="Bo")
    assert values(warehouse) in ([], [None])
    publishing.restore(warehouse, 1, knowledge=knowledge, by="Bo")
    assert values(warehouse) == [85.5]
    assert warehouse.events(1)["by"].to_list() == ["Åsa", "Bo", "Bo", "Bo"]


def test_what_is_not_published_cannot_be_withdrawn(warehouse, knowledge):
    with pytest.raises(WrongStatusError):
        publishing.withdraw(warehouse, 1, knowledge=knowledge, by="Bo")
