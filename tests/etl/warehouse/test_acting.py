from __future__ import annotations

import pytest

from etl.warehouse import Warehouse, WarehouseError, anyone
from tests.etl.warehouse.doubles import delivery, derive, figures, observation


@pytest.mark.parametrize("status", ["staged", "published", "withdrawn", "rejected"])
def test_a_comment_changes_nothing_but_the_history(warehouse: Warehouse, status: str):
    publish = status in {"published", "withdrawn"}
    warehouse.load(delivery("x", observation()), publish=publish, by="Åsa", derive=derive, permit=anyone)
    if status == "withdrawn":
        warehouse.withdraw(1, by="Åsa", derive=derive, permit=anyone)
    if status == "rejected":
        warehouse.reject(1, by="Åsa", permit=anyone)
    before = warehouse.batches().drop("comments")
    shown = figures(warehouse.series())
    for text in ("  ser rätt ut  ", "håller med\nom det"):
        receipt = warehouse.comment(1, text, by="Bo", permit=anyone)
    assert (receipt.batch, receipt.status) == (1, status)
    assert warehouse.batches().drop("comments").equals(before)
    assert warehouse.batches()["comments"].to_list() == [2]
    assert figures(warehouse.series()) == shown
    said = warehouse.events(1).filter(action="commented")
    assert said.select("note", "by", "status").rows() == [
        ("ser rätt ut", "Bo", status),
        ("håller med\nom det", "Bo", status),
    ]


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_empty_comment_is_refused(warehouse: Warehouse, text: str):
    warehouse.load(delivery("x", observation()), publish=True, by="Åsa", derive=derive, permit=anyone)
    with pytest.raises(WarehouseError, match="Kommentaren är tom"):
        warehouse.comment(1, text, by="Bo", permit=anyone)
    assert warehouse.version == 1
