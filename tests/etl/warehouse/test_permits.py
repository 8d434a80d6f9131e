"""Nothing is written that the permit refuses, and the permit is told what is asked."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from etl.warehouse import (
    BusyError,
    Delivery,
    FourEyesError,
    NotAllowedError,
    Permit,
    Request,
    Snapshot,
    UnknownBatchError,
    Warehouse,
    WrongStatusError,
    anyone,
    permits,
    registers,
)
from etl.warehouse.batches import Change
from tests.etl.warehouse.doubles import allocation, delivery, derive, observation

DUE = datetime(2030, 1, 1, 6, tzinfo=UTC)

#: Batch → its status, in the warehouse of `filled`.
STAGED, PUBLISHED, WITHDRAWN, SCHEDULED = 1, 2, 3, 4


def parcel(name: str, **other: Any) -> Delivery:
    rows = (observation("a"), observation("b"), observation("a", area="1490"))
    return delivery(name, *rows, money=(allocation(),), **other)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    warehouse = Warehouse(tmp_path_factory.mktemp("built") / "warehouse", kept=1)
    for number, publish in ((STAGED, False), (PUBLISHED, True), (WITHDRAWN, True), (SCHEDULED, False)):
        warehouse.load(parcel(f"{number}"), publish=publish, by="Åsa", derive=derive, permit=anyone)
    warehouse.withdraw(WITHDRAWN, by="Åsa", derive=derive, permit=anyone)
    warehouse.schedule(SCHEDULED, DUE, by="Bo", trusted=False, permit=anyone)
    warehouse.grant("eva@exempel.se", "granskare", by="Åsa", permit=anyone)
    warehouse.remember_mapping("f1", "Form", "{}", by="Åsa", permit=anyone)
    warehouse.close()
    return warehouse.folder


@pytest.fixture
def filled(built: Path, warehouse: Warehouse) -> Warehouse:
    shutil.copytree(built, warehouse.folder)
    return warehouse


Call = Callable[[Warehouse, Permit], object]

#: Every write, and what its permit is asked for.
WRITES: dict[str, tuple[Call, list[str]]] = {
    "load": (
        lambda w, p: w.load(parcel("ny"), publish=False, by="Bo", derive=derive, permit=p),
        ["deliver"],
    ),
    "load and publish": (
        lambda w, p: w.load(parcel("ny"), publish=True, by="Bo", derive=derive, permit=p),
        ["deliver", "publish"],
    ),
    "load all": (
        lambda w, p: w.load_all([parcel("ny")], publish=False, by="Bo", derive=derive, permit=p),
        ["deliver"],
    ),
    "publish": (lambda w, p: w.publish(STAGED, by="Bo", derive=derive, permit=p), ["publish"]),
    "withdraw": (lambda w, p: w.withdraw(PUBLISHED, by="Bo", derive=derive, permit=p), ["withdraw"]),
    "restore": (lambda w, p: w.restore(WITHDRAWN, by="Bo", derive=derive, permit=p), ["restore"]),
    "reject": (lambda w, p: w.reject(STAGED, by="Bo", permit=p), ["reject"]),
    "comment": (lambda w, p: w.comment(PUBLISHED, "hej", by="Bo", permit=p), ["comment"]),
    "schedule": (lambda w, p: w.schedule(STAGED, DUE, by="Bo", trusted=True, permit=p), ["publish"]),
    "unschedule": (lambda w, p: w.unschedule(SCHEDULED, by="Bo", permit=p), ["publish"]),
    "grant": (lambda w, p: w.grant("bo@exempel.se", "läsare", by="Bo", permit=p), ["manage"]),
    "revoke": (lambda w, p: w.revoke("eva@exempel.se", "granskare", by="Bo", permit=p), ["manage"]),
    "four eyes": (lambda w, p: w.set_four_eyes("funds", True, by="Bo", permit=p), ["manage"]),
    "remember": (lambda w, p: w.remember_mapping("f2", "Form", "{}", by="Bo", permit=p), ["map"]),
    "forget": (lambda w, p: w.forget_mapping("f1", by="Bo", permit=p), ["map"]),
}
ON_BATCHES = {"publish", "withdraw", "restore", "reject", "comment", "schedule", "unschedule"}


def on_disk(folder: Path) -> dict[str, bytes]:
    return {
        f"{path.relative_to(folder)}": path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {"lock", "lock.json"}
    }


def refuser(action: str, asked: list[Request]) -> Permit:
    def refuse(_now: Snapshot, request: Request) -> None:
        asked.append(request)
        if request.action == action:
            raise NotAllowedError("Nej.")

    return refuse


@pytest.mark.parametrize(
    ("write", "action"), [(name, action) for name, (_, actions) in WRITES.items() for action in actions]
)
def test_what_is_refused_writes_nothing(filled: Warehouse, write: str, action: str):
    before, asked = on_disk(filled.folder), []
    with pytest.raises(NotAllowedError, match="Nej"):
        WRITES[write][0](filled, refuser(action, asked))
    assert on_disk(filled.folder) == before
    assert [request.action for request in asked] == WRITES[write][1][: len(asked)]
    assert asked[-1].by == "Bo"


@pytest.mark.parametrize("write", WRITES)
def test_the_permit_is_asked_about_everything_that_is_touched(filled: Warehouse, write: str):
    call, actions = WRITES[write]
    version, asked = filled.version, []
    call(filled, refuser("", asked))
    assert filled.version == version + 1
    # `load` asks before it waits for the lock, and again when it has it.
    assert [request.action for request in asked[-len(actions) :]] == actions
    delivered = write in {"load", "load and publish", "load all"}
    if delivered or write in ON_BATCHES:
        expected = (frozenset({"a", "b"}), True, frozenset({"Åsa"}))
    else:
        expected = (frozenset(), False, frozenset())
    for request in asked:
        assert (request.indicators, request.money, request.delivered_by) == expected


@pytest.mark.parametrize("write", WRITES)
def test_the_permit_is_asked_with_the_lock_held_about_the_live_version(filled: Warehouse, write: str):
    impatient, busy = Warehouse(filled.folder, wait=0), []

    def ask(now: Snapshot, request: Request) -> None:
        # The permit of a load is asked before it waits for the lock, too, so that known bytes need no lock.
        try:
            impatient.comment(PUBLISHED, "mitt i", by="Eva", permit=anyone)
            busy.append(False)
        except BusyError:
            assert now.version == filled.version
            busy.append(True)

    WRITES[write][0](filled, ask)
    actions = WRITES[write][1]
    assert busy[-len(actions) :] == [True] * len(actions)
    impatient.close()


@pytest.mark.parametrize("publish", [False, True])
def test_the_first_delivery_that_is_refused_leaves_no_folder(tmp_path: Path, publish: bool):
    warehouse = Warehouse(tmp_path / "ny")
    with pytest.raises(NotAllowedError):
        warehouse.load(parcel("x"), publish=publish, by="Bo", derive=derive, permit=refuser("deliver", []))
    assert not warehouse.folder.exists()


def test_known_bytes_are_not_told_of_to_whoever_may_not_deliver_them(filled: Warehouse):
    with pytest.raises(NotAllowedError):
        filled.load(parcel("1"), publish=False, by="Bo", derive=derive, permit=refuser("deliver", []))


def test_a_permission_that_is_taken_away_while_waiting_is_missed(filled: Warehouse):
    before, asked = on_disk(filled.folder), []

    def at_first(_now: Snapshot, request: Request) -> None:
        asked.append(request)
        if len(asked) > 1:
            raise NotAllowedError("Inte längre.")

    with pytest.raises(NotAllowedError, match="Inte längre"):
        filled.load(parcel("ny"), publish=False, by="Bo", derive=derive, permit=at_first)
    assert on_disk(filled.folder) == before


def test_who_may_not_is_told_that_before_anything_about_the_batch_s_status(filled: Warehouse):
    with pytest.raises(NotAllowedError):
        filled.publish(PUBLISHED, by="Bo", derive=derive, permit=refuser("publish", []))
    with pytest.raises(WrongStatusError):
        filled.publish(PUBLISHED, by="Bo", derive=derive, permit=anyone)
    with pytest.raises(UnknownBatchError):
        filled.publish(77, by="Bo", derive=derive, permit=refuser("publish", []))


def test_what_the_status_refuses_writes_nothing(filled: Warehouse):
    before = on_disk(filled.folder)
    for attempt in (
        lambda: filled.publish(WITHDRAWN, by="Bo", derive=derive, permit=anyone),
        lambda: filled.schedule(PUBLISHED, DUE, by="Bo", trusted=True, permit=anyone),
        lambda: filled.reject(99, by="Bo", permit=anyone),
    ):
        with pytest.raises((WrongStatusError, UnknownBatchError)):
            attempt()
    assert on_disk(filled.folder) == before


def test_several_deliveries_are_asked_about_together(warehouse: Warehouse):
    asked: list[Request] = []
    parcels = [
        delivery("1", observation("a"), delivered_by="Åsa"),
        delivery("2", observation("b"), money=(allocation(),), delivered_by="Bo"),
    ]
    warehouse.load_all(parcels, publish=False, by="Eva", derive=derive, permit=refuser("", asked))
    assert set(asked) == {Request("deliver", "Eva", frozenset({"a", "b"}), True, frozenset({"Åsa", "Bo"}))}


# Four eyes


@pytest.mark.parametrize("by", ["Åsa", "åsa", " ÅSA "])
@pytest.mark.parametrize(
    "attempt",
    [
        lambda w, by: w.publish(STAGED, by=by, derive=derive, permit=anyone),
        lambda w, by: w.schedule(STAGED, DUE, by=by, trusted=True, permit=anyone),
        lambda w, by: w.restore(WITHDRAWN, by=by, derive=derive, permit=anyone),
        lambda w, by: w.load(parcel("ny"), publish=True, by=by, derive=derive, permit=anyone),
    ],
)
def test_where_four_eyes_are_asked_for_who_delivered_may_not_publish(
    filled: Warehouse, attempt: Callable[[Warehouse, str], object], by: str
):
    filled.set_four_eyes("vaccination", True, by="Eva", permit=anyone)
    before = on_disk(filled.folder)
    with pytest.raises(FourEyesError, match="för vaccination krävs fyra ögon"):
        attempt(filled, by)
    assert on_disk(filled.folder) == before
    attempt(filled, "Bo")


def test_four_eyes_don_t_hinder_the_rest(filled: Warehouse):
    filled.set_four_eyes("vaccination", True, by="Eva", permit=anyone)
    filled.load(parcel("ny"), publish=False, by="Åsa", derive=derive, permit=anyone)
    filled.withdraw(PUBLISHED, by="Åsa", derive=derive, permit=anyone)
    filled.reject(STAGED, by="Åsa", permit=anyone)
    filled.restore(STAGED, by="Åsa", derive=derive, permit=anyone)
    filled.load(parcel("annat", jobs=("continuity",)), publish=True, by="Åsa", derive=derive, permit=anyone)
    # Bytes that are known already are told of, not published.
    assert filled.load(parcel("1"), publish=True, by="Åsa", derive=derive, permit=anyone).already_delivered


@pytest.mark.parametrize(
    ("subjects", "said"),
    [({"funds"}, "för medel krävs"), ({"funds", "vaccination"}, "för medel och vaccination krävs")],
)
def test_the_subjects_are_named(change: Change, subjects: set[str], said: str):
    for subject in sorted(subjects):
        entry = registers.four_eyes(change.now, subject, on=True)
        assert entry is not None
        registers.append(change, "setting", entry)
    with pytest.raises(FourEyesError, match=said):
        permits.hold_four_eyes(change.now, "Åsa", ("vaccination", "funds"), "Åsa")
    permits.hold_four_eyes(change.now, "Åsa", ("continuity",), "Åsa")
    permits.hold_four_eyes(change.now, "Bo", ("vaccination", "funds"), "Åsa")
