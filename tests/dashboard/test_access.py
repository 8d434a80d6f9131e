"""Who may change anything."""

from __future__ import annotations

import getpass
import time
from types import SimpleNamespace

import pytest

from dashboard import access, data, login
from etl.access import Actor
from etl.warehouse import NotAllowedError, Request, UnknownBatchError, anyone
from schemas.roles import Action

ANNA = "anna@exempel.se"
WITH_LOGIN = login.Login("http://localhost:8501")


@pytest.mark.parametrize("address", ["127.0.0.1", "127.3.2.1", "localhost", "::1", "[::1]"])
def test_reached_from_its_own_machine_only(address):
    assert access.is_loopback(address)


@pytest.mark.parametrize(
    "address",
    ["0.0.0.0", "::", "[::]", "10.0.0.4", "192.168.1.2", "127.0.0.1.x.test", "localhost.x.test", "fardplan.x.test",
     "128.0.0.1", "", " ", None],
)  # fmt: skip
def test_reached_from_elsewhere(address):
    assert not access.is_loopback(address)


@pytest.fixture(autouse=True)
def no_login(monkeypatch):
    """No login is set up, whatever lies in this machine's folders, and a page's own state is nobody's."""
    monkeypatch.setattr(login, "configuration", lambda: None)


@pytest.fixture
def asks(monkeypatch):
    """Ask, with these headers, a server that can be reached from its own machine only."""

    def with_headers(**headers: str) -> bool:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        monkeypatch.setattr(access.st, "get_option", lambda _: "127.0.0.1")
        monkeypatch.setattr(access.st, "context", SimpleNamespace(headers=told))
        return access.is_local()

    return with_headers


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8501", "localhost:8501", "localhost", "[::1]:8501", "LOCALHOST:1"]
)
def test_whoever_sits_at_the_machine_may_write(asks, host):
    assert asks(Host=host)
    assert asks()


@pytest.mark.parametrize("host", ["fardplan.x.test", "localhost.x.test:8501", "10.0.0.1", "x@10.0.0.1", ""])
def test_a_name_that_leads_here_from_elsewhere_may_not(asks, host):
    assert not asks(Host=host)


@pytest.mark.parametrize("header", ["Forwarded", "X_Forwarded_For", "x_forwarded_host", "X_Real_IP", "Via"])
def test_what_a_proxy_passes_on_may_not(asks, header):
    assert not asks(**{"Host": "localhost:8501", header: "127.0.0.1"})


@pytest.mark.parametrize(("address", "may"), [("127.0.0.1", True), ("0.0.0.0", False), (None, False)])
def test_writing_goes_by_the_servers_address(monkeypatch, address, may):
    asked = []

    def option(name):
        asked.append(name)
        return address

    monkeypatch.setattr(access.st, "get_option", option)
    assert access.is_local() is may
    assert asked == ["server.address"]


def test_a_delivery_is_stored_under_the_local_user(monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "asa")
    assert access.local_user() == "asa"


@pytest.mark.parametrize("error", [KeyError, OSError])
def test_a_machine_without_names(monkeypatch, error):
    def nobody():
        raise error

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert access.local_user() == "okänd"


def here(monkeypatch, *, local: bool) -> None:
    monkeypatch.setattr(access, "is_local", lambda: local)
    monkeypatch.setattr(access, "local_user", lambda: "asa")


@pytest.fixture
def says(monkeypatch):
    """Set up login, and let the provider say this of the one at the browser."""

    def said(**claims: object) -> None:
        monkeypatch.setattr(login, "configuration", lambda: WITH_LOGIN)
        monkeypatch.setattr(login, "claims", lambda: {"is_logged_in": True, "iat": time.time()} | claims)

    return said


def give(role: str, **scope: str) -> None:
    data.warehouse().grant(ANNA, role, by="lokal", permit=anyone, **scope)


def test_without_a_login_the_machines_user_may_do_everything(own, monkeypatch):
    here(monkeypatch, local=True)
    assert access.actor() == Actor("asa", trusted=True)
    assert access.user() == "asa"
    assert [access.allowed(action, {"mpr-dos-1"}, True) for action in Action] == [None] * len(Action)
    data.warehouse().set_four_eyes("funds", True, by=access.user(), permit=access.permit())
    assert data.warehouse().four_eyes() == {"funds"}


def test_without_a_login_anybody_else_may_look(own, monkeypatch):
    here(monkeypatch, local=False)
    assert access.actor() is None
    assert access.user() == "okänd"
    refused = {action: access.allowed(action) for action in Action}
    assert refused.pop(Action.LOOK) is None
    assert refused.pop(Action.INSPECT).reason == access.NOT_SHOWN
    assert {item.reason for item in refused.values()} == {access.READ_ONLY}
    with pytest.raises(NotAllowedError, match="skrivskyddad"):
        data.warehouse().set_four_eyes("funds", True, by="okänd", permit=access.permit())


@pytest.mark.parametrize("local", [True, False])
def test_with_a_login_nobody_is_trusted_for_where_he_sits(own, monkeypatch, says, local):
    here(monkeypatch, local=local)
    says(is_logged_in=False)
    assert access.actor() is None
    assert access.allowed(Action.DELIVER).reason == login.ANONYMOUS
    with pytest.raises(NotAllowedError, match="inte inloggad"):
        data.warehouse().set_four_eyes("funds", True, by="asa", permit=access.permit())


def test_a_login_that_is_set_up_wrongly_leaves_the_pages_to_nobody(own, monkeypatch):
    here(monkeypatch, local=True)

    def broken() -> None:
        raise login.LoginError("client_id saknas")

    monkeypatch.setattr(login, "configuration", broken)
    monkeypatch.setattr(login, "claims", dict)
    assert access.actor() is None
    assert access.allowed(Action.DELIVER) is not None


def test_who_is_logged_in_may_do_what_his_roles_say(own, says):
    says(email="Anna@Exempel.se")
    assert access.actor() == Actor(ANNA, trusted=False)
    assert access.user() == ANNA
    refusal = access.allowed(Action.DELIVER)
    assert refusal.reason.startswith("Det krävs rollen analytiker för att leverera. Den som driver tjänsten")
    give("analytiker", subject="vaccination")
    assert access.allowed(Action.DELIVER) is None
    assert access.allowed(Action.DELIVER, {"mpr-dos-1"}) is None
    assert access.allowed(Action.DELIVER, {"kontinuitetsindex"}) is not None
    assert access.allowed(Action.DELIVER, {"mpr-dos-1"}, True) is not None
    assert access.allowed(Action.PUBLISH) is not None
    data.warehouse().remember_mapping("f", "Fil", "{}", by=access.user(), permit=access.permit())
    with pytest.raises(NotAllowedError, match="administratör"):
        data.warehouse().set_four_eyes("funds", True, by=access.user(), permit=access.permit())


def test_whom_to_ask_is_told(own, says):
    says(email=ANNA)
    warehouse = data.warehouse()
    for name in ("cy@exempel.se", "bo@exempel.se", "di@exempel.se", "eva@exempel.se"):
        warehouse.grant(name, "administratör", by="lokal", permit=anyone)
    asked = "Be bo@exempel.se, cy@exempel.se och di@exempel.se om rollen."
    assert access.whom_to_ask() == asked
    assert access.allowed(Action.REJECT).reason == f"Det krävs rollen granskare för att avvisa. {asked}"


def test_a_permit_that_was_made_before_a_role_was_lost_is_worth_nothing(own, says):
    says(email=ANNA)
    give("administratör")
    permit = access.permit()
    data.warehouse().revoke(ANNA, "administratör", by="lokal", permit=anyone)
    with pytest.raises(NotAllowedError):
        data.warehouse().set_four_eyes("funds", True, by=ANNA, permit=permit)


def test_a_login_that_ran_out_is_worth_nothing(own, says):
    give("administratör")
    says(email=ANNA, iat=time.time() - 13 * 3600)
    assert access.allowed(Action.MANAGE).reason == login.OVER
    with data.warehouse().snapshot() as now, pytest.raises(NotAllowedError, match="gått ut"):
        access.permit()(now, Request("manage", ANNA))


def test_what_may_be_done_with_a_batch_goes_by_its_indicators(own, says):
    says(email=ANNA)
    give("granskare", subject="vaccination")
    with data.warehouse().snapshot() as now:
        of = {row["batch"]: set(row["jobs"]) for row in now.batches().iter_rows(named=True)}
    allowed = {batch for batch in of if access.allowed_for(Action.WITHDRAW, batch) is None}
    assert allowed == {batch for batch, jobs in of.items() if jobs == {"vaccination"}}
    assert 0 < len(allowed) < len(of)
    with pytest.raises(UnknownBatchError):
        access.allowed_for(Action.WITHDRAW, 99)


def test_four_eyes_is_told_before_it_is_tried(own, says):
    says(email=ANNA)
    give("administratör")
    assert access.four_eyes(["vaccination", "funds"], "Anna@exempel.se ") is None
    for subject in ("vaccination", "funds", "continuity"):
        data.warehouse().set_four_eyes(subject, True, by=ANNA, permit=access.permit())
    refusal = access.four_eyes(["vaccination", "funds"], "Anna@exempel.se ")
    assert refusal.action is Action.PUBLISH
    assert refusal.reason == (
        "För Vaccination och Medel krävs fyra ögon: någon annan än den som levererar publicerar."
    )
    assert access.four_eyes(["vaccination"], "bo@exempel.se") is None
    assert access.four_eyes(["accessibility"], ANNA) is None
