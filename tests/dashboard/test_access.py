"""Who may change anything."""

from __future__ import annotations

import getpass

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
