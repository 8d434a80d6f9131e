"""Who may change anything."""

from __future__ import annotations

import getpass
from types import SimpleNamespace

import pytest

from dashboard import access


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


@pytest.fixture
def asks(monkeypatch):
    """Ask, with these headers, a server that can be reached from its own machine only."""

    def with_headers(**headers: str) -> bool:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        monkeypatch.setattr(access.st, "get_option", lambda _: "127.0.0.1")
        monkeypatch.setattr(access.st, "context", SimpleNamespace(headers=told))
        return access.may_write()

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
    assert access.may_write() is may
    assert asked == ["server.address"]


def test_a_delivery_is_stored_under_the_local_user(monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "asa")
    assert access.user() == "asa"


@pytest.mark.parametrize("error", [KeyError, OSError])
def test_a_machine_without_names(monkeypatch, error):
    def nobody():
        raise error

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert access.user() == "okänd"
