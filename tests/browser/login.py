"""A provider of OpenID Connect, a server that asks it who somebody is, and what people do in their browsers."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from oidc_provider_mock import User, run_server_in_thread

from etl.warehouse import Warehouse, anyone
from tests.browser.looking import at_rest
from tests.browser.server import Server, free_port, start_server

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

SECRET, COOKIE_SECRET = "client-secret-of-the-test", "cookie-secret-of-the-test-0123456789"
ANALYST, REVIEWER, ADMIN = "analys@exempel.se", "granskare@exempel.se", "admin@exempel.se"
PEOPLE = {
    "analys": {"email": "Analys@Exempel.se", "email_verified": True},
    "granskare": {"email": REVIEWER, "email_verified": True},
    "admin": {"email": ADMIN},
    "nobody": {"email": "ingen@exempel.se"},
    "without": {"name": "Utan adress"},
    "unverified": {"email": ADMIN, "email_verified": False},
}
HEADS = "Indikator;Område;Period;Kön;Ålder;Värde;Täljare;Nämnare;Flagga;Källa"


def table(indicator: str, numerator: int) -> bytes:
    """A file that nobody has delivered before."""
    return f"{HEADS}\r\n{indicator};Skara;2026;;;;{numerator};200;;Källan".encode("utf-8-sig")


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    people = [User(sub=name, claims=dict(claims)) for name, claims in PEOPLE.items()]
    with run_server_in_thread(free_port(), user_claims=people) as running:
        yield f"http://localhost:{running.server_port}"


def secrets(folder: Path, provider: str, **changed: str | None) -> Path:
    section = {
        "redirect_uri": "http://127.0.0.1:{port}/oauth2callback",
        "cookie_secret": COOKIE_SECRET,
        "client_id": "fardplan",
        "client_secret": SECRET,
        "server_metadata_url": f"{provider}/.well-known/openid-configuration",
        **changed,
    }
    path = folder / "hemligt.toml"
    lines = [f'{key} = "{value}"' for key, value in section.items() if value is not None]
    path.write_text("\n".join(["[auth]", *lines]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, provider: str) -> Iterator[Server]:
    """A server on this machine, with a login and a person for each role."""
    folder = tmp_path_factory.mktemp("login")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FARDPLAN_SECRETS", str(secrets(folder, provider)))
        server = start_server(folder / "warehouse")
    give(server, ANALYST, "analytiker", subject="vaccination")
    give(server, REVIEWER, "granskare")
    give(server, ADMIN, "administratör")
    yield server
    server.stop()
    told = (folder / "server.log").read_text(encoding="utf-8")
    assert SECRET not in told
    assert COOKIE_SECRET not in told


def give(server: Server, email: str, role: str, **scope: str) -> None:
    with closing(Warehouse(server.warehouse)) as warehouse:
        warehouse.grant(email, role, by="lokal", permit=anyone, **scope)


def take(server: Server, email: str, role: str, **scope: str) -> None:
    with closing(Warehouse(server.warehouse)) as warehouse:
        warehouse.revoke(email, role, by="lokal", permit=anyone, **scope)


@pytest.fixture
def context(somebody: BrowserContext) -> Iterator[BrowserContext]:
    """Somebody's browser, with no cookies yet."""
    yield somebody
    for page in somebody.pages:
        page.close()
    somebody.clear_cookies()


def visit(context: BrowserContext, server: Server, path: str = "/ladda-upp") -> Page:
    page = context.new_page()
    page.goto(server.url + path)
    at_rest(page)
    return page


def log_in(page: Page, person: str) -> None:
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url(re.compile("/oauth2/authorize"))
    page.get_by_role("button", name=person, exact=True).first.click()
    page.get_by_role("button", name="Logga ut").wait_for(timeout=30_000)
    at_rest(page)


def drop(page: Page, name: str, content: bytes) -> None:
    page.locator('input[type="file"]').first.set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("heading", name=re.compile(f"^{re.escape(name)}")).wait_for(timeout=30_000)
    at_rest(page)


def buttons(page: Page) -> set[str]:
    return {text.strip() for text in page.get_by_role("button").all_inner_texts()}


def batches(server: Server) -> list[tuple[int, str, str, str]]:
    with closing(Warehouse(server.warehouse)) as warehouse:
        return warehouse.batches().select("batch", "name", "status", "delivered_by").rows()


def text(page: Page) -> str:
    return page.locator('[data-testid="stMain"]').inner_text()
