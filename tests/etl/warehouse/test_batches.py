from __future__ import annotations

import itertools

import polars as pl
import pytest

from etl.warehouse import batches
from etl.warehouse.batches import Change
from etl.warehouse.errors import UnknownBatchError, WrongStatusError
from schemas.problem import PROBLEM_SCHEMA
from tests.etl.warehouse.doubles import allocation, delivery, observation, warning

#: How a batch comes into each status.
WAYS: dict[str, list[batches.Action]] = {
    "staged": [],
    "published": ["published"],
    "withdrawn": ["published", "withdrawn"],
    "rejected": ["rejected"],
}
ALLOWED = {
    ("staged", "published"): "published",
    ("staged", "rejected"): "rejected",
    ("published", "withdrawn"): "withdrawn",
    ("withdrawn", "restored"): "published",
    ("rejected", "restored"): "staged",
}


@pytest.mark.parametrize(
    ("status", "action"), list(itertools.product(WAYS, ["published", "withdrawn", "restored", "rejected"]))
)
def test_what_may_be_done_in_which_status(change: Change, status: str, action: batches.Action):
    batch = batches.stage(change, delivery("x"), "f" * 64)
    for step in WAYS[status]:
        batches.record(change, batch, step, None)
    events = change.now.events().height
    if (status, action) in ALLOWED:
        after = ALLOWED[status, action]
        assert batches.record(change, batch, action, "ett skäl") == (status, after)
        assert change.now.batch(batch)["status"] == after
        last = change.now.events().row(-1, named=True)
        assert (last["action"], last["status"], last["by"], last["note"]) == (action, after, "Bo", "ett skäl")
    else:
        with pytest.raises(WrongStatusError, match=f"Leverans {batch} kan inte"):
            batches.record(change, batch, action, None)
        assert change.now.events().height == events


def test_an_unknown_batch_is_told(change: Change):
    with pytest.raises(UnknownBatchError, match="ingen leverans med nummer 12"):
        batches.record(change, 12, "published", None)


def test_all_of_a_delivery_is_kept(change: Change):
    parcel = delivery(
        "å",
        observation(),
        observation(area="1490", value=None, flag="suppressed"),
        money=(allocation(),),
        problems=pl.concat([warning(3), warning(1)]),
        note="först",
    )
    batch = batches.stage(change, parcel, "a" * 64)
    facts = change.now.batch(batch)
    assert batch == 1
    assert facts["name"] == "å.csv"
    assert facts["jobs"] == ["vaccination", "funds"]
    assert facts["size"] == 2
    assert (facts["observations"], facts["allocations"], facts["warnings"]) == (2, 1, 2)
    assert (facts["delivered_by"], facts["note"], facts["sha256"]) == ("Åsa", "först", "a" * 64)
    assert facts["delivered_at"].isoformat() == "2024-05-01T12:00:00+00:00"
    assert facts["published_at"] is facts["published_by"] is None
    problems = change.now.problems(batch)
    assert dict(problems.schema) == PROBLEM_SCHEMA
    assert problems["row"].to_list() == [3, 1]
    assert change.now.observations().is_empty()
    assert change.now.allocations().is_empty()


def test_history_tells_all_that_happened_in_order(change: Change):
    first = batches.stage(change, delivery("x"), "a" * 64)
    second = batches.stage(change, delivery("y"), "b" * 64)
    batches.record(change, second, "published", None)
    batches.record(change, second, "withdrawn", "fel fil")
    batches.record(change, second, "restored", "rätt fil ändå")
    batches.record(change, first, "rejected", None)
    events = change.now.events()
    assert events["event"].to_list() == [1, 2, 3, 4, 5, 6]
    assert events["batch"].to_list() == [1, 2, 2, 2, 2, 1]
    assert events["status"].to_list() == [
        "staged",
        "staged",
        "published",
        "withdrawn",
        "published",
        "rejected",
    ]
    assert change.now.events(first)["action"].to_list() == ["staged", "rejected"]
    assert change.now.batches()["batch"].to_list() == [2, 1]
