"""Logging in for real: a provider of OpenID Connect, a browser, and what each role may then do."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from etl.warehouse import Warehouse
from tests.browser import looking
from tests.browser.login import (
    ADMIN,
    ANALYST,
    COOKIE_SECRET,
    REVIEWER,
    SECRET,
    batches,
    buttons,
    drop,
    give,
    log_in,
    secrets,
    table,
    take,
    text,
    visit,
)
from tests.browser.looking import at_rest
from tests.browser.server import ROOT, Server, free_port, start_server

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page


def test_a_visitor_on_the_machine_itself_may_look_and_no_more(guarded: Server, context: BrowserContext):
    page = visit(context, guarded)
    assert "Du är inte inloggad." in text(page)
    assert page.locator('input[type="file"]').count() == 0
    assert "covid19" not in text(page), "deliveries are for those who may see them"
    page.goto(f"{guarded.url}/")
    at_rest(page)
    assert "Västra Götaland når " in page.locator("h1").inner_text()


def test_an_analyst_delivers_and_a_reviewer_publishes(guarded: Server, browser: Browser):
    mine = browser.new_context(locale="sv-SE")
    page = visit(mine, guarded)
    log_in(page, "analys")
    assert page.url == f"{guarded.url}/ladda-upp", "back at the page that one left"
    assert f"Inloggad som {ANALYST}" in text(page)
    drop(page, "egen.csv", table("mpr-dos-1", 181))
    assert "Publicera" not in buttons(page)
    assert "Det krävs rollen granskare för att publicera." in text(page)
    page.get_by_role("button", name="Spara och vänta").click()
    page.get_by_text(re.compile("väntar på publicering som leverans")).wait_for(timeout=30_000)
    number, *newest = batches(guarded)[0]
    assert newest == ["egen.csv", "staged", ANALYST]
    mine.close()

    theirs = browser.new_context(locale="sv-SE")
    page = visit(theirs, guarded)
    log_in(page, "granskare")
    assert page.locator('input[type="file"]').count() == 0
    assert "Det krävs rollen analytiker för att leverera." in text(page)
    with closing(Warehouse(guarded.warehouse)) as warehouse:
        assert warehouse.batches().row(0)[0] == number
    publish(page, guarded, number)
    assert batches(guarded)[0][2] == "published"
    assert event(guarded, number) == ("published", REVIEWER)
    theirs.close()


def event(server: Server, batch: int) -> tuple[str, str]:
    with closing(Warehouse(server.warehouse)) as warehouse:
        row = warehouse.events(batch).row(-1, named=True)
    return row["action"], row["by"]


def publish(page: Page, server: Server, number: int) -> None:
    page.goto(f"{server.url}/granska?leverans={number}")
    page.get_by_role("button", name=f"Publicera leverans {number}").click()
    page.get_by_text(re.compile(f"Leverans {number} är publicerad")).wait_for(timeout=30_000)


def test_an_analyst_delivers_only_what_he_has_a_role_for(guarded: Server, context: BrowserContext):
    page = visit(context, guarded)
    log_in(page, "analys")
    drop(page, "annat.csv", table("fast-lakarkontakt-register", 120))
    page.get_by_text(re.compile("Det krävs rollen analytiker för indikatorn")).wait_for()
    assert not {"Publicera", "Spara och vänta"} & buttons(page)


def test_a_role_that_is_taken_away_counts_at_the_next_write(guarded: Server, context: BrowserContext):
    page = visit(context, guarded)
    log_in(page, "analys")
    drop(page, "senare.csv", table("mpr-dos-1", 182))
    before = batches(guarded)
    save = page.get_by_role("button", name="Spara och vänta")
    save.wait_for()
    take(guarded, ANALYST, "analytiker", subject="vaccination")
    try:
        save.click()
        page.get_by_text(re.compile("Det krävs rollen analytiker")).first.wait_for(timeout=30_000)
        assert batches(guarded) == before
    finally:
        give(guarded, ANALYST, "analytiker", subject="vaccination")


@pytest.mark.parametrize(
    ("person", "told"),
    [
        ("nobody", "Det krävs rollen analytiker för att leverera."),
        ("without", "lämnar ingen e-postadress för dig"),
        ("unverified", "din e-postadress inte är bekräftad"),
    ],
)
def test_who_has_no_role_or_no_sure_address_is_told(
    guarded: Server, context: BrowserContext, person: str, told: str
):
    page = visit(context, guarded)
    log_in(page, person)
    assert told in text(page)
    assert page.locator('input[type="file"]').count() == 0
    page.goto(f"{guarded.url}/behorigheter")
    at_rest(page)
    assert "Ge rollen" not in buttons(page)


def test_a_forged_cookie_is_refused(guarded: Server, context: BrowserContext):
    page = visit(context, guarded, "/behorigheter")
    log_in(page, "nobody")
    (cookie,) = [item for item in context.cookies() if item["name"] == "_streamlit_user"]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    value = cookie["value"].strip('"')
    for forged in (
        # Not the last letter: some of its bits mean nothing.
        value[:-2] + ("A" if value[-2] != "A" else "B") + value[-1],
        f"A{value[1:]}",
        signed("annan nyckel" * 4),
    ):
        context.add_cookies([{"name": "_streamlit_user", "value": forged, "url": guarded.url}])
        page.goto(f"{guarded.url}/behorigheter")
        at_rest(page)
        page.get_by_role("button", name="Logga in").wait_for()
        assert "Ge rollen" not in buttons(page)
    context.add_cookies(
        [{"name": "_streamlit_user", "value": signed(COOKIE_SECRET, guarded), "url": guarded.url}]
    )
    page.goto(f"{guarded.url}/behorigheter")
    at_rest(page)
    page.get_by_role("button", name="Ge rollen").wait_for()  # what the forgeries above were near to


def signed(secret: str, server: Server | None = None) -> str:
    """A cookie that says that its bearer is the administrator."""
    import time

    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

    said = {
        "is_logged_in": True, "email": ADMIN, "iat": time.time(), "sub": "x", "provider": "default",
        "origin": server.url if server else "http://127.0.0.1",
    }  # fmt: skip
    return create_signed_value(secret, "_streamlit_user", json.dumps(said)).decode()


def test_logging_out_counts_in_every_tab_and_for_a_copied_cookie(guarded: Server, context: BrowserContext):
    page = visit(context, guarded, "/behorigheter")
    log_in(page, "admin")
    other = visit(context, guarded, "/behorigheter")
    other.get_by_role("button", name="Ge rollen").wait_for()
    copied = [item for item in context.cookies() if item["name"].startswith("_streamlit_user")]

    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url(re.compile("/oauth2/end_session"))
    page.get_by_role("button").first.click()
    page.wait_for_url(re.compile(re.escape(guarded.url)))
    at_rest(page)
    page.get_by_role("button", name="Logga in").wait_for()
    assert not [item for item in context.cookies() if item["name"].startswith("_streamlit_user")]

    before = grants(guarded)
    other.get_by_label("E-postadress").fill("smyg@exempel.se")
    other.get_by_role("button", name="Ge rollen").click()
    other.get_by_text("Inloggningen har gått ut.").first.wait_for(timeout=30_000)
    assert grants(guarded) == before

    context.add_cookies(copied)  # type: ignore[arg-type]
    page.goto(f"{guarded.url}/behorigheter")
    at_rest(page)
    page.get_by_text("Inloggningen har gått ut.").first.wait_for()
    assert "Ge rollen" not in buttons(page)


def grants(server: Server) -> list[tuple[str, ...]]:
    with closing(Warehouse(server.warehouse)) as warehouse:
        return warehouse.grants().select("email", "role", "subject").sort("email").rows()


def test_an_administrator_gives_a_role_in_the_browser(guarded: Server, context: BrowserContext):
    page = visit(context, guarded, "/behorigheter")
    log_in(page, "admin")
    page.get_by_label("E-postadress").fill("Ny@Exempel.se")
    page.get_by_role("button", name="Ge rollen").click()
    page.get_by_text("ny@exempel.se har nu rollen analytiker för allt.").wait_for(timeout=30_000)
    assert ("ny@exempel.se", "analytiker", None) in grants(guarded)
    page.get_by_text("Kontinuitet", exact=True).click()
    page.get_by_text("Fyra ögon krävs nu för ämnet Kontinuitet.").wait_for(timeout=30_000)
    with closing(Warehouse(guarded.warehouse)) as warehouse:
        assert warehouse.four_eyes() == {"continuity"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_an_administrators_page(guarded: Server, browser: Browser, scheme):
    context = looking.with_axe(browser.new_context(color_scheme=scheme))
    page = visit(context, guarded, "/behorigheter")
    log_in(page, "admin")
    page.get_by_role("button", name="Ge rollen").wait_for()
    for width in (looking.WIDE, looking.NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        at_rest(page)
        assert looking.violations(page) == []
        assert looking.overflow(page) <= 0
    context.close()


def test_saying_no_at_the_provider_is_told(guarded: Server, context: BrowserContext):
    page = visit(context, guarded, "/om")
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url(re.compile("/oauth2/authorize"))
    page.get_by_role("button", name="Deny").click()
    page.get_by_text(re.compile("Inloggningen blev inte av")).wait_for(timeout=30_000)
    page.get_by_role("button", name="Logga in").wait_for()


def test_from_another_host_name_one_is_shown_the_way(guarded: Server, context: BrowserContext):
    page = context.new_page()
    page.goto(guarded.url.replace("127.0.0.1", "localhost") + "/ladda-upp")
    at_rest(page)
    page.get_by_role("link", name=f"Logga in på {guarded.url}/ladda-upp").click()
    page.wait_for_url(f"{guarded.url}/ladda-upp")
    at_rest(page)
    log_in(page, "analys")


def test_a_provider_that_is_gone_is_told_in_swedish(browser: Browser, tmp_path: Path, monkeypatch):
    gone = f"http://localhost:{free_port()}"
    monkeypatch.setenv("FARDPLAN_SECRETS", str(secrets(tmp_path, gone)))
    server = start_server(tmp_path / "warehouse")
    try:
        page = browser.new_page()
        page.goto(server.url)
        at_rest(page)
        page.get_by_role("button", name="Logga in").click()
        page.get_by_text("Inloggningstjänsten svarar inte.").wait_for(timeout=30_000)
        page.get_by_role("link", name="Tillbaka till sidorna").click()
        at_rest(page)
        page.close()
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"client_id": None, "server_metadata_url": None}, "client_id och server_metadata_url saknas"),
        ({"cookie_secret": "kort-hemlighet"}, "cookie_secret är kortare än 32 tecken"),
        (
            {"redirect_uri": "http://fardplan.exempel.se/oauth2callback"},
            "redirect_uri ska börja med https://",
        ),
    ],
)
@pytest.mark.parametrize("how", ["fardplan start", "streamlit run"])
def test_a_login_that_is_not_right_stops_the_start(
    tmp_path: Path, provider: str, how: str, changed, told: str
):
    path = secrets(tmp_path, provider, **changed)
    start = {
        "fardplan start": ["-c", "from etl.cli import app; app()", "start", "--port", str(free_port())],
        "streamlit run": ["-m", "streamlit", "run", "dashboard/app.py", "--server.port", str(free_port())],
    }[how]
    own = {"FARDPLAN_SECRETS": str(path), "FARDPLAN_WAREHOUSE": str(tmp_path / "warehouse")}
    done = subprocess.run(
        [sys.executable, *start],
        cwd=ROOT, env={**os.environ, **own}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stderr + done.stdout
    assert "kort-hemlighet" not in done.stderr + done.stdout
    if how == "fardplan start":
        assert done.returncode == 2


def test_the_login_routes_pass_our_own_headers(guarded: Server):
    with urllib.request.urlopen(f"{guarded.url}/auth/login", timeout=10) as answer:
        assert answer.url == f"{guarded.url}/", "without what Streamlit signs there is no login to start"
        assert "form-action 'self'" in answer.headers["content-security-policy"]
