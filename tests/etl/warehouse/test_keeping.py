from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from etl.warehouse import Warehouse, WarehouseError, anyone

WHO = {"by": "Eva", "permit": anyone}


def held(warehouse: Warehouse) -> list[tuple[str, str, str | None, str | None]]:
    return warehouse.grants().select("email", "role", "subject", "indicator").rows()


def test_roles_are_given_and_taken_each_for_its_scope(warehouse: Warehouse):
    before = datetime.now(UTC) - timedelta(seconds=1)
    warehouse.grant(" Bo@Exempel.SE ", "analytiker", subject="vaccination", **WHO)
    warehouse.grant("bo@exempel.se", "analytiker", indicator="mpr", **WHO)
    warehouse.grant("bo@exempel.se", "analytiker", **WHO)
    warehouse.grant("bo@exempel.se", "granskare", subject="vaccination", **WHO)
    warehouse.grant("åsa@exempel.se", "läsare", **WHO)
    assert set(held(warehouse)) == {
        ("bo@exempel.se", "analytiker", "vaccination", None),
        ("bo@exempel.se", "analytiker", None, "mpr"),
        ("bo@exempel.se", "analytiker", None, None),
        ("bo@exempel.se", "granskare", "vaccination", None),
        ("åsa@exempel.se", "läsare", None, None),
    }
    assert warehouse.grants()["granted_by"].unique().to_list() == ["Eva"]
    assert all(before <= at <= datetime.now(UTC) for at in warehouse.grants()["granted_at"])
    warehouse.revoke("BO@exempel.se", "analytiker", **WHO)
    warehouse.revoke("bo@exempel.se", "analytiker", subject="vaccination", **WHO)
    assert set(held(warehouse)) == {
        ("bo@exempel.se", "analytiker", None, "mpr"),
        ("bo@exempel.se", "granskare", "vaccination", None),
        ("åsa@exempel.se", "läsare", None, None),
    }


def test_a_role_can_be_given_again_and_all_is_remembered(warehouse: Warehouse):
    warehouse.grant("bo@exempel.se", "granskare", by="Eva", permit=anyone)
    warehouse.revoke("bo@exempel.se", "granskare", by="Åsa", permit=anyone)
    warehouse.grant("bo@exempel.se", "granskare", by="Ida", permit=anyone)
    assert held(warehouse) == [("bo@exempel.se", "granskare", None, None)]
    assert warehouse.grants()["granted_by"].to_list() == ["Ida"]
    events = warehouse.grant_events()
    assert events.select("entry", "action", "by", "version").rows() == [
        (1, "granted", "Eva", 1),
        (2, "revoked", "Åsa", 2),
        (3, "granted", "Ida", 3),
    ]
    assert events["at"].is_sorted()


def test_what_is_so_already_makes_no_version(warehouse: Warehouse):
    for _ in range(2):
        warehouse.grant("bo@exempel.se", "granskare", subject="funds", **WHO)
        warehouse.set_four_eyes("funds", True, **WHO)
        warehouse.remember_mapping("f", "Form", "{}", **WHO)
        assert warehouse.version == 3
    warehouse.set_four_eyes("vaccination", False, **WHO)
    assert warehouse.version == 3


@pytest.mark.parametrize(
    ("email", "scope", "said"),
    [
        ("bo@exempel.se", {}, "bo@exempel.se har inte rollen granskare. Se"),
        ("bo@exempel.se", {"subject": "funds"}, "granskare för funds. Se"),
        ("eva@exempel.se", {"subject": "vaccination"}, "eva@exempel.se har inte"),
    ],
)
def test_a_role_that_is_not_held_can_t_be_taken(warehouse: Warehouse, email: str, scope: dict, said: str):
    warehouse.grant("bo@exempel.se", "granskare", subject="vaccination", **WHO)
    with pytest.raises(WarehouseError, match=said):
        warehouse.revoke(email, "granskare", **scope, **WHO)
    assert warehouse.version == 1


@pytest.mark.parametrize(
    ("email", "scope", "said"),
    [
        (" ", {}, "Ange den e-postadress"),
        ("bo@exempel.se", {"subject": "funds", "indicator": "a"}, "inte för båda"),
    ],
)
def test_a_grant_without_sense_is_refused(warehouse: Warehouse, email: str, scope: dict, said: str):
    with pytest.raises(WarehouseError, match=said):
        warehouse.grant(email, "granskare", **scope, **WHO)
    assert warehouse.version == 0


def test_four_eyes_are_asked_for_by_subject_and_can_be_let_go(warehouse: Warehouse):
    assert warehouse.four_eyes() == frozenset()
    warehouse.set_four_eyes("funds", True, by="Eva", permit=anyone)
    warehouse.set_four_eyes("vaccination", True, by="Eva", permit=anyone)
    warehouse.set_four_eyes("funds", False, by="Bo", permit=anyone)
    assert warehouse.four_eyes() == {"vaccination"}
    assert warehouse.setting_events().select("setting", "subject", "value", "by").rows() == [
        ("four_eyes", "funds", True, "Eva"),
        ("four_eyes", "vaccination", True, "Eva"),
        ("four_eyes", "funds", False, "Bo"),
    ]


def test_mappings_are_kept_replaced_and_forgotten(warehouse: Warehouse):
    warehouse.remember_mapping("f1", "Form ett", '{"å": 1}', by="Eva", permit=anyone)
    warehouse.remember_mapping("f2", "Form två", "{}", by="Eva", permit=anyone)
    warehouse.remember_mapping("f1", "Form ett", '{"å": 2}', by="Bo", permit=anyone)
    columns = ["fingerprint", "name", "content", "by"]
    assert warehouse.mappings().columns == ["fingerprint", "name", "content", "at", "by"]
    assert sorted(warehouse.mappings().select(columns).rows()) == [
        ("f1", "Form ett", '{"å": 2}', "Bo"),
        ("f2", "Form två", "{}", "Eva"),
    ]
    warehouse.forget_mapping("f2", **WHO)
    assert warehouse.mappings()["fingerprint"].to_list() == ["f1"]
    with pytest.raises(WarehouseError, match="ingen sparad tolkning"):
        warehouse.forget_mapping("f2", **WHO)
    warehouse.remember_mapping("f2", "Form två", "{}", **WHO)
    assert sorted(warehouse.mappings()["fingerprint"]) == ["f1", "f2"]


def test_what_is_kept_beside_the_batches_leaves_them_alone(warehouse: Warehouse):
    warehouse.grant("bo@exempel.se", "granskare", **WHO)
    assert warehouse.batches().is_empty()
    assert warehouse.first_change is None
