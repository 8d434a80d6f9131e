"""Every role at every door of the warehouse, and how roles are given and taken."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from etl import access
from etl.access import Actor, GrantError
from etl.catalogue import load_catalogue
from etl.warehouse import NotAllowedError, Request, Warehouse, anyone
from schemas.roles import Grant, Role
from tests.conftest import ROOT
from tests.etl.warehouse.doubles import allocation, delivery, derive, observation

if TYPE_CHECKING:
    from pathlib import Path

INDICATOR, OTHER = "mpr-dos-1", "kontinuitetsindex"
ANNA = Actor("anna@exempel.se", trusted=False)
LOCAL = Actor("lokal", trusted=True)
DUE = datetime.now(UTC) + timedelta(days=1)

#: The batches of `stocked`, by status.
STAGED, PUBLISHED, WITHDRAWN, REJECTED, PLANNED, MIXED, MONEY = 1, 2, 3, 4, 5, 6, 7

Door = Callable[[Warehouse, Any, str], object]

#: What can be done to the warehouse, each with the action that it is.
DOORS: dict[str, tuple[str, Door]] = {
    "deliver": ("deliver", lambda w, p, me: take(w, "ny", p, me)),
    "deliver and publish": ("deliver+publish", lambda w, p, me: take(w, "ny", p, me, publish=True)),
    "publish": ("publish", lambda w, p, me: w.publish(STAGED, by=me, derive=derive, permit=p)),
    "withdraw": ("withdraw", lambda w, p, me: w.withdraw(PUBLISHED, by=me, derive=derive, permit=p)),
    "restore": ("restore", lambda w, p, me: w.restore(WITHDRAWN, by=me, derive=derive, permit=p)),
    "restore what was rejected": (
        "restore", lambda w, p, me: w.restore(REJECTED, by=me, derive=derive, permit=p),
    ),
    "reject": ("reject", lambda w, p, me: w.reject(STAGED, by=me, permit=p)),
    "comment": ("comment", lambda w, p, me: w.comment(STAGED, "Ser bra ut.", by=me, permit=p)),
    "schedule": ("publish", lambda w, p, me: w.schedule(STAGED, DUE, by=me, trusted=False, permit=p)),
    "unschedule": ("publish", lambda w, p, me: w.unschedule(PLANNED, by=me, permit=p)),
    "remember a mapping": ("map", lambda w, p, me: w.remember_mapping("f", "Fil", "{}", by=me, permit=p)),
    "forget a mapping": ("map", lambda w, p, me: w.forget_mapping("gammal", by=me, permit=p)),
    "grant": ("manage", lambda w, p, me: w.grant("b@exempel.se", "granskare", by=me, permit=p)),
    "revoke": ("manage", lambda w, p, me: w.revoke("gammal@exempel.se", "granskare", by=me, permit=p)),
    "four eyes": ("manage", lambda w, p, me: w.set_four_eyes("funds", True, by=me, permit=p)),
}  # fmt: skip

#: What each role may do, written out by hand.
AGREED = {
    "läsare": set(),
    "analytiker": {"deliver", "comment", "map"},
    "granskare": {"comment", "publish", "withdraw", "restore", "reject"},
    "administratör": {
        "deliver", "deliver+publish", "comment", "map", "publish", "withdraw", "restore", "reject", "manage",
    },
}  # fmt: skip

#: Scopes, and whether they cover what the doors are about.
SCOPES = {
    "everything": ((None, None), True),
    "its subject": (("vaccination", None), True),
    "its indicator": ((None, INDICATOR), True),
    "another subject": (("continuity", None), False),
    "another indicator": ((None, OTHER), False),
}


def take(
    warehouse: Warehouse, content: str, permit: Any, me: str, *, publish: bool = False, **other: Any
) -> object:
    facts = {"jobs": ("vaccination",), "delivered_by": me} | other
    parcel = delivery(content, observation(INDICATOR), **facts)
    return warehouse.load(parcel, publish=publish, by=me, derive=derive, permit=permit)


def holder(role: str, scope: str) -> Actor:
    """The one in the stocked warehouse who has a role for a scope."""
    return Actor(f"{role}.{scope.replace(' ', '-')}@exempel.se", trusted=False)


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue(ROOT / "data" / "catalogue").catalogue


@pytest.fixture(scope="module")
def stocked(tmp_path_factory) -> Path:
    """A warehouse with a batch in every status, delivered by somebody else; only copied."""
    folder = tmp_path_factory.mktemp("stocked") / "warehouse"
    warehouse = Warehouse(folder, kept=1)
    rest: dict[str, Any] = {"by": "lokal", "permit": anyone}
    for number in (STAGED, PUBLISHED, WITHDRAWN, REJECTED, PLANNED):
        parcel = delivery(f"fil {number}", observation(INDICATOR, value=float(number)), jobs=("vaccination",))
        warehouse.load(parcel, publish=number in (PUBLISHED, WITHDRAWN), derive=derive, **rest)
    warehouse.withdraw(WITHDRAWN, derive=derive, **rest)
    warehouse.reject(REJECTED, **rest)
    warehouse.schedule(PLANNED, DUE, trusted=True, **rest)
    mixed = delivery(
        "blandad", observation(INDICATOR), observation(OTHER), jobs=("vaccination", "continuity")
    )
    warehouse.load(mixed, publish=False, derive=derive, **rest)
    money = delivery("medel", money=(allocation(),), jobs=("funds",))
    warehouse.load(money, publish=False, derive=derive, **rest)
    warehouse.remember_mapping("gammal", "Gammal", "{}", **rest)
    warehouse.grant("gammal@exempel.se", "granskare", **rest)
    for role in AGREED:
        for scope, ((subject, indicator), _) in SCOPES.items():
            name = holder(role, scope).name
            warehouse.grant(name, role, subject=subject, indicator=indicator, **rest)
    warehouse.close()
    return folder


@pytest.fixture
def warehouse(stocked, tmp_path) -> Warehouse:
    shutil.copytree(stocked, tmp_path / "warehouse")
    return Warehouse(tmp_path / "warehouse", wait=10)


def may_have(
    warehouse: Warehouse, role: str, subject: str | None = None, indicator: str | None = None
) -> None:
    warehouse.grant(ANNA.name, role, subject=subject, indicator=indicator, by="lokal", permit=anyone)


def got_through(door: Door, warehouse: Warehouse, permit: Any, me: str = ANNA.name) -> bool:
    """Whether a door opens; if not, nothing has changed."""
    before, events = warehouse.version, warehouse.events().height
    try:
        door(warehouse, permit, me)
    except NotAllowedError as error:
        assert str(error).startswith("Det krävs ")
        assert (warehouse.version, warehouse.events().height) == (before, events)
        return False
    assert warehouse.version == before + 1
    return True


@pytest.fixture
def tried(stocked, tmp_path, catalogue):
    """Whether somebody gets through a door; on a copy where he should, so that the others share a warehouse."""

    def by(actor: Actor, door: Door, *, should: bool) -> bool:
        folder = stocked
        if should:
            folder = tmp_path / "copy"
            shutil.copytree(stocked, folder)
        return got_through(door, Warehouse(folder, kept=1), access.permit(actor, catalogue), actor.name)

    return by


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("role", AGREED)
def test_every_role_at_every_door(tried, role, door):
    action, act = DOORS[door]
    should = action in AGREED[role]
    assert tried(holder(role, "everything"), act, should=should) is should


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize(
    ("role", "door"),
    [
        ("analytiker", "deliver"), ("analytiker", "comment"), ("granskare", "publish"),
        ("granskare", "withdraw"), ("granskare", "restore"), ("granskare", "reject"), ("granskare", "schedule"),
        ("granskare", "unschedule"), ("administratör", "deliver and publish"),
    ],
)  # fmt: skip
def test_every_scope_at_the_doors_to_batches(tried, role, door, scope):
    _, covers = SCOPES[scope]
    assert tried(holder(role, scope), DOORS[door][1], should=covers) is covers


@pytest.mark.parametrize(
    ("scopes", "batch", "may"),
    [
        ([("vaccination", None)], MIXED, False),
        ([("vaccination", None), (None, OTHER)], MIXED, True),
        ([("vaccination", None), ("continuity", None)], MONEY, False),
        ([("funds", None)], MONEY, True),
        ([("funds", None)], STAGED, False),
    ],
)
def test_every_indicator_of_a_batch_must_be_covered(warehouse, catalogue, scopes, batch, may):
    for subject, indicator in scopes:
        may_have(warehouse, "granskare", subject, indicator)

    def publish(where: Warehouse, permit: Any, me: str) -> object:
        return where.publish(batch, by=me, derive=derive, permit=permit)

    assert got_through(publish, warehouse, access.permit(ANNA, catalogue)) is may


@pytest.mark.parametrize("door", DOORS)
def test_the_machines_own_user_may_do_everything(warehouse, catalogue, door):
    permit = access.permit(Actor(ANNA.name, trusted=True), catalogue)
    assert got_through(DOORS[door][1], warehouse, permit)


@pytest.mark.parametrize("door", DOORS)
def test_somebody_unknown_may_do_nothing_and_is_told_why(stocked, catalogue, door):
    warehouse = Warehouse(stocked, kept=1)
    assert not got_through(DOORS[door][1], warehouse, access.permit(None, catalogue))
    with pytest.raises(NotAllowedError, match=r"^Sidan är skrivskyddad\.$"):
        DOORS[door][1](warehouse, access.permit(None, catalogue, why="Sidan är skrivskyddad."), ANNA.name)


def test_a_role_that_is_taken_away_counts_at_the_next_write(warehouse, catalogue):
    permit = access.permit(ANNA, catalogue)
    may_have(warehouse, "granskare")
    assert got_through(DOORS["comment"][1], warehouse, permit)
    warehouse.revoke(ANNA.name, "granskare", by="lokal", permit=anyone)
    assert not got_through(DOORS["comment"][1], warehouse, permit)


def test_nobody_acts_in_anothers_name(warehouse, catalogue):
    may_have(warehouse, "administratör")
    permit = access.permit(ANNA, catalogue)
    with pytest.raises(NotAllowedError, match="någon annans namn"):
        warehouse.publish(STAGED, by="bo@exempel.se", derive=derive, permit=permit)
    with pytest.raises(NotAllowedError, match="någon annans namn"):
        take(warehouse, "ny", permit, ANNA.name, delivered_by="bo@exempel.se")
    assert got_through(DOORS["publish"][1], warehouse, permit), "what somebody else delivered"


def test_another_persons_role_is_no_help(warehouse, catalogue):
    warehouse.grant("bo@exempel.se", "administratör", by="lokal", permit=anyone)
    assert not got_through(DOORS["publish"][1], warehouse, access.permit(ANNA, catalogue))


def test_a_permit_for_what_was_decided_earlier(warehouse, catalogue):
    of = access.permit_for(catalogue)
    request = Request("publish", ANNA.name, frozenset({INDICATOR}))
    with warehouse.snapshot() as now:
        of(ANNA.name, True)(now, request)
        with pytest.raises(NotAllowedError):
            of(ANNA.name, False)(now, request)


# Giving and taking


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("anna", "granskare", None, None), "”anna” är ingen e-postadress."),
        (("", "granskare", None, None), "”” är ingen e-postadress."),
        (("anna@exempel.se", "kung", None, None), "Välj bland: läsare, analytiker, granskare, administratör."),
        (("anna@exempel.se", "granskare", "vaccin", None),
         "Välj bland: accessibility, continuity, vaccination, funds."),
        (("anna@exempel.se", "granskare", None, "mpr"), "Indikatorn ”mpr” finns inte. Välj bland: "),
        (("anna@exempel.se", "granskare", "vaccination", INDICATOR), "Ange ett ämne eller en indikator"),
        (("anna@exempel.se", "administratör", "vaccination", None), "En administratör har hand om allt."),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_told_with_the_choices(warehouse, catalogue, asked, told):
    email, role, subject, indicator = asked
    before = warehouse.version
    with pytest.raises(GrantError) as caught:
        access.grant(
            warehouse, email, role, subject=subject, indicator=indicator, actor=LOCAL, catalogue=catalogue
        )
    assert told in str(caught.value)
    assert warehouse.version == before


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("anna@exempel.se", True), (" Anna.Öberg@Exempel.SE ", True), ("o'brien+x@a.b.se", True),
        ("anna", False), ("@exempel.se", False), ("anna@", False), ("anna@exempel", False),
        ("anna@@exempel.se", False), ("anna@exempel..se", False), ("anna@.se", False),
        ("anna@exempel.se.", False), ("an na@exempel.se", False), ("Anna <anna@exempel.se>", False),
        ("anna@exempel.se;bo@exempel.se", False), ("anna\u200b@exempel.se", False), ("anna@exempel.se\n", True),
        ("an\nna@exempel.se", False), (f"{'a' * 250}@exempel.se", False),
    ],
)  # fmt: skip
def test_what_can_be_an_address(address, fits):
    assert access.is_email(address) is fits


def test_a_grant_goes_by_the_address_in_small_letters(warehouse, catalogue):
    given = access.grant(warehouse, " ANNA@Exempel.se ", "granskare", actor=LOCAL, catalogue=catalogue)
    assert given == Grant(Role.REVIEWER)
    assert access.grants_of(warehouse.grants(), "Anna@exempel.SE") == [given]
    row = warehouse.grants().filter(email=ANNA.name).row(0, named=True)
    assert row["granted_by"] == "lokal"


def test_a_grant_of_an_unknown_role_gives_nothing():
    row = {"email": ANNA.name, "role": "kung", "subject": None, "indicator": None}
    frame = pl.DataFrame([row], schema_overrides={"subject": pl.String(), "indicator": pl.String()})
    assert access.grants_of(frame, ANNA.name) == []


def test_only_who_may_manage_gives_and_takes(warehouse, catalogue):
    may_have(warehouse, "granskare")
    for change in (access.grant, access.revoke):
        with pytest.raises(NotAllowedError, match="administratör"):
            change(warehouse, ANNA.name, "granskare", actor=ANNA, catalogue=catalogue)
        with pytest.raises(NotAllowedError, match="inloggning"):
            change(warehouse, ANNA.name, "granskare", actor=None, catalogue=catalogue)
    with pytest.raises(NotAllowedError, match="administratör"):
        access.set_four_eyes(warehouse, "funds", True, actor=ANNA, catalogue=catalogue)


def test_what_was_not_given_can_not_be_taken(warehouse, catalogue):
    may_have(warehouse, "granskare", "vaccination")
    with pytest.raises(GrantError, match=r"anna@exempel\.se har inte rollen granskare för allt\."):
        access.revoke(warehouse, ANNA.name, "granskare", actor=LOCAL, catalogue=catalogue)
    access.revoke(warehouse, ANNA.name, "granskare", subject="vaccination", actor=LOCAL, catalogue=catalogue)
    assert access.grants_of(warehouse.grants(), ANNA.name) == []


def test_a_role_for_an_indicator_that_is_gone_can_still_be_taken(warehouse, catalogue):
    may_have(warehouse, "granskare", None, "borttagen")
    access.revoke(warehouse, ANNA.name, "granskare", indicator="borttagen", actor=LOCAL, catalogue=catalogue)
    assert access.grants_of(warehouse.grants(), ANNA.name) == []


@pytest.fixture
def unmanaged(warehouse) -> Warehouse:
    """The warehouse without anybody who hands out roles."""
    for name in access.administrators(warehouse.grants()):
        warehouse.revoke(name, "administratör", by="lokal", permit=anyone)
    return warehouse


def test_the_last_administrator_keeps_the_role_unless_the_machines_user_takes_it(unmanaged, catalogue):
    warehouse = unmanaged
    may_have(warehouse, "administratör")
    with pytest.raises(GrantError, match="den enda administratören"):
        access.revoke(warehouse, ANNA.name, "administratör", actor=ANNA, catalogue=catalogue)
    access.grant(warehouse, "bo@exempel.se", "administratör", actor=ANNA, catalogue=catalogue)
    assert access.administrators(warehouse.grants()) == [ANNA.name, "bo@exempel.se"]
    access.revoke(warehouse, ANNA.name, "administratör", actor=ANNA, catalogue=catalogue)
    access.revoke(warehouse, "bo@exempel.se", "administratör", actor=LOCAL, catalogue=catalogue)
    assert access.administrators(warehouse.grants()) == []


def test_two_administrators_who_take_each_others_role_at_once_leave_one(unmanaged, catalogue):
    warehouse = unmanaged
    people = [ANNA, Actor("bo@exempel.se", trusted=False)]
    for person in people:
        warehouse.grant(person.name, "administratör", by="lokal", permit=anyone)
    refused: list[str] = []

    def take_from(taker: Actor, other: Actor) -> None:
        try:
            access.revoke(warehouse, other.name, "administratör", actor=taker, catalogue=catalogue)
        except (GrantError, NotAllowedError) as error:
            refused.append(str(error))

    threads = [Thread(target=take_from, args=pair) for pair in (people, people[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert len(access.administrators(warehouse.grants())) == 1


def test_four_eyes_per_subject(warehouse, catalogue):
    with pytest.raises(GrantError, match=r"Ämnet ”tandvård” finns inte\. Välj bland: "):
        access.set_four_eyes(warehouse, "tandvård", True, actor=LOCAL, catalogue=catalogue)
    access.set_four_eyes(warehouse, "vaccination", True, actor=LOCAL, catalogue=catalogue)
    assert warehouse.four_eyes() == {"vaccination"}
    may_have(warehouse, "administratör")
    permit = access.permit(ANNA, catalogue)
    assert got_through(DOORS["publish"][1], warehouse, permit), "delivered by somebody else"
    with pytest.raises(NotAllowedError, match="fyra ögon"):
        take(warehouse, "egen", permit, ANNA.name, publish=True)
    take(warehouse, "egen", permit, ANNA.name)
    access.set_four_eyes(warehouse, "vaccination", False, actor=ANNA, catalogue=catalogue)
    assert warehouse.four_eyes() == frozenset()
