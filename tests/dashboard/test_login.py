"""How login is set up, and what a provider's word makes of somebody."""

from __future__ import annotations

import time
from typing import Any

import pytest
import streamlit as st
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from dashboard import login
from dashboard.login import LoginError, Standing
from etl.access import Actor
from etl.settings import settings

RIGHT = {
    "redirect_uri": "https://fardplan.exempel.se/oauth2callback",
    "cookie_secret": "k" * 32,
    "client_id": "fardplan",
    "client_secret": "hemligt",
    "server_metadata_url": "https://login.exempel.se/.well-known/openid-configuration",
}
NOW = 1_800_000_000.0
HOUR = 3600
SAID = {
    "is_logged_in": True, "iss": "https://login.exempel.se", "sub": "1", "iat": NOW - HOUR, "exp": NOW - 10,
    "email": "Anna@Exempel.se", "email_verified": True, "nonce": "n",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, []),
        ({"redirect_uri": "http://127.0.0.1:8501/oauth2callback"}, []),
        ({"redirect_uri": "http://localhost:{port}/oauth2callback"}, []),
        ({"redirect_uri": "http://[::1]:8501/oauth2callback"}, []),
        ({"server_metadata_url": "http://localhost:9000/.well-known/openid-configuration"}, []),
        ({"client_id": None}, ["client_id saknas"]),
        ({"client_id": "  ", "client_secret": 7}, ["client_id och client_secret saknas"]),
        (dict.fromkeys(RIGHT), [
            "redirect_uri, cookie_secret, client_id, client_secret och server_metadata_url saknas"
        ]),
        ({"cookie_secret": "k" * 31}, ["cookie_secret är kortare än 32 tecken"]),
        ({"redirect_uri": "https://fardplan.exempel.se/"},
         ["redirect_uri ska sluta med /oauth2callback direkt efter värdnamnet"]),
        ({"redirect_uri": "https://fardplan.exempel.se/a/oauth2callback"},
         ["redirect_uri ska sluta med /oauth2callback direkt efter värdnamnet"]),
        ({"redirect_uri": "http://fardplan.exempel.se/oauth2callback"},
         ["redirect_uri ska börja med https:// (http går bara på den egna datorn)"]),
        ({"redirect_uri": "fardplan.exempel.se/oauth2callback"},
         ["redirect_uri ska vara en hel adress som börjar med https://"]),
        ({"redirect_uri": "https://[fel/oauth2callback"}, ["redirect_uri är ingen adress"]),
        ({"server_metadata_url": "ftp://login.exempel.se/x"},
         ["server_metadata_url ska vara en hel adress som börjar med https://"]),
        ({"server_metadata_url": "http://login.exempel.se/x"},
         ["server_metadata_url ska börja med https:// (http går bara på den egna datorn)"]),
    ],
)  # fmt: skip
def test_everything_that_is_wrong_is_told_at_once(changed, told):
    section = {key: value for key, value in {**RIGHT, **changed}.items() if value is not None}
    assert login.faults(section) == told


@pytest.mark.parametrize(
    ("changed", "standing"),
    [
        ({}, Standing(Actor("anna@exempel.se", False))),
        ({"email_verified": None}, Standing(Actor("anna@exempel.se", False))),
        ({"email_verified": "true"}, Standing(Actor("anna@exempel.se", False))),
        ({"email_verified": "absent"}, Standing(None, login.UNVERIFIED)),
        ({"email_verified": False}, Standing(None, login.UNVERIFIED)),
        ({"email_verified": "false"}, Standing(None, login.UNVERIFIED)),
        ({"email_verified": 0}, Standing(None, login.UNVERIFIED)),
        ({"email": None}, Standing(None, login.NO_EMAIL)),
        ({"email": ""}, Standing(None, login.NO_EMAIL)),
        ({"email": "anna"}, Standing(None, login.NO_EMAIL)),
        ({"email": ["anna@exempel.se"]}, Standing(None, login.NO_EMAIL)),
        ({"is_logged_in": False}, Standing(None, login.ANONYMOUS)),
        ({"is_logged_in": None}, Standing(None, login.ANONYMOUS)),
        ({"is_logged_in": "true"}, Standing(None, login.ANONYMOUS)),
        ({"iat": NOW - 12 * HOUR + 1}, Standing(Actor("anna@exempel.se", False))),
        ({"iat": NOW - 12 * HOUR}, Standing(None, login.OVER)),
        ({"iat": NOW - 29 * 24 * HOUR}, Standing(None, login.OVER)),
        ({"iat": None, "exp": NOW + 1}, Standing(Actor("anna@exempel.se", False))),
        ({"iat": None}, Standing(None, login.OVER)),
        ({"iat": True, "exp": None}, Standing(None, login.OVER)),
        ({"iat": "i dag", "exp": "i morgon"}, Standing(None, login.OVER)),
    ],
)
def test_what_the_provider_says_makes_somebody_of_him(changed, standing):
    assert login.judged({**SAID, **changed}, NOW, 12) == standing


def test_who_is_not_mentioned_at_all_is_nobody():
    assert login.judged({}, NOW, 12) == Standing(None, login.ANONYMOUS)
    without = {key: value for key, value in SAID.items() if key != "email_verified"}
    assert login.judged(without, NOW, 12).actor == Actor("anna@exempel.se", False)


def test_a_login_that_was_ended_counts_in_no_other_tab(monkeypatch):
    said: dict[str, Any] = {**SAID, "iat": time.time()}
    logged_out = []
    monkeypatch.setattr(login, "claims", lambda: said)
    monkeypatch.setattr(st, "logout", lambda: logged_out.append(True))
    monkeypatch.setattr(login, "_ended", {("gammal",): time.time() - 13 * HOUR})
    assert login.standing().actor is not None
    login.end()
    assert logged_out == [True]
    assert login.standing() == Standing(None, login.OVER)
    assert len(login._ended) == 1, "logins too old to matter are forgotten"
    said = {**said, "iat": said["iat"] + 1}
    assert login.standing().actor is not None, "the next login is another one"


@pytest.fixture
def secrets(monkeypatch, tmp_path):
    """Point Streamlit to a secrets file with this text, by our own setting."""

    def write(text: str | None, *, named: bool = True) -> None:
        path = tmp_path / "secrets.toml"
        if text is not None:
            path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
        if named:
            monkeypatch.setenv("FARDPLAN_SECRETS", str(path))
        _forget()
        config.set_option("secrets.files", [str(path)])
        login.point()

    before = config.get_option("secrets.files")
    yield write
    config.set_option("secrets.files", before)
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    settings.cache_clear()
    login.configuration.cache_clear()
    secrets_singleton._secrets = None


def auth(**changed: str | None) -> str:
    lines = [f'{key} = "{value}"' for key, value in {**RIGHT, **changed}.items() if value is not None]
    return "\n".join(["[auth]", *lines])


def test_a_login_that_is_set_up(secrets):
    secrets(auth())
    found = login.configuration()
    assert found == login.Login("https://fardplan.exempel.se")
    assert found.secure
    assert login.configured()
    assert config.get_option("secrets.files") == [str(settings().secrets)]


def test_a_login_on_the_machine_itself(secrets):
    secrets(auth(redirect_uri="http://127.0.0.1:8501/oauth2callback"))
    found = login.configuration()
    assert found == login.Login("http://127.0.0.1:8501")
    assert not found.secure


@pytest.mark.parametrize("text", [None, "", 'annat = "x"', "[annat]\nx = 1"])
def test_no_login_where_no_file_or_no_section_is(secrets, text):
    secrets(text, named=False)
    assert login.configuration() is None
    assert not login.configured()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "som inte finns."),
        ("", "har inget avsnitt [auth]."),
        ("[annat]\nx = 1", "har inget avsnitt [auth]."),
        ("[auth]", "redirect_uri, cookie_secret, client_id, client_secret och server_metadata_url saknas."),
        ('auth = "x"', "ska auth vara ett avsnitt"),
        ("[auth", "är inte rätt skriven TOML."),
        (auth(client_secret=None), "client_secret saknas."),
        (auth(cookie_secret="kort-hemlighet"), "cookie_secret är kortare än 32 tecken."),
        (b"[auth]\nx = '\xe5'", "kan inte läsas."),
    ],
)
def test_what_is_wrong_stops_and_leaves_the_pages_to_nobody(secrets, text, told):
    secrets(text)
    with pytest.raises(LoginError) as caught:
        login.configuration()
    assert str(caught.value).endswith(told) or told in str(caught.value)
    assert "kort-hemlighet" not in str(caught.value)
    assert login.configured()


def test_what_was_decided_at_the_start_holds_when_the_file_goes(secrets):
    secrets(auth())
    assert login.configured()
    settings().secrets.unlink()
    secrets_singleton._secrets = None
    assert login.configured()


@pytest.mark.parametrize(
    ("address", "own"),
    [("localhost", True), ("127.9.9.9", True), ("::1", True), ("[::1]", True), ("0.0.0.0", False),
     ("127.0.0.1.exempel.se", False), ("", False), (None, False)],
)  # fmt: skip
def test_addresses_of_the_own_machine(address, own):
    assert login.is_loopback(address) is own
