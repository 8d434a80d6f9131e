"""The pages as they were on an earlier day, in a browser: the day stays until somebody leaves it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import pytest

from etl.bundle import ensure_ready
from etl.catalogue import load_catalogue
from etl.jobs.publishing import withdraw
from etl.warehouse import Warehouse, anyone, base
from schemas import clock
from tests.browser import looking
from tests.browser.looking import NARROW, WIDE, at_rest
from tests.browser.server import ROOT, Server, start_server
from tests.browser.test_site import cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PAGES = ["/", "/indikator", "/medel", "/ladda-upp", "/historik", "/historik?leverans=1", "/rattelser"]


@pytest.fixture(scope="module")
def aged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose figures came three days ago; the examples of accessibility were withdrawn yesterday."""
    folder = tmp_path_factory.mktemp("aged") / "warehouse"
    knowledge = load_catalogue(ROOT / "data" / "catalogue")
    warehouse = Warehouse(folder)
    now = datetime.now(UTC).replace(tzinfo=None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "_moment", lambda _connection: now - timedelta(days=3))
        ensure_ready(warehouse, knowledge, ROOT / "data")
        patch.setattr(base, "_moment", lambda _connection: now - timedelta(days=1))
        examples = warehouse.batches().filter(name="accessibility.csv")["batch"].item()
        withdraw(warehouse, examples, knowledge=knowledge, by="bo", note="Påhittade tal", permit=anyone)
    warehouse.close()
    running = start_server(folder)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def day() -> str:
    """A day between the two."""
    return str(clock.today() - timedelta(days=2))


def band(page: Page) -> str:
    return page.locator(".fp-past").inner_text()


def test_the_day_stays_through_links_menu_and_reload_until_somebody_leaves_it(
    aged: Server, page: Page, day: str
):
    page.goto(aged.url)
    at_rest(page)
    today = cells(page, "Telefon samma dag")
    page.goto(f"{aged.url}/?datum={day}")
    at_rest(page)
    assert band(page).startswith(
        f"Så såg uppgifterna ut {clock.day_text(datetime.fromisoformat(day).date())}."
    )
    assert cells(page, "Telefon samma dag") != today
    page.locator(".fp-matrix tbody a").first.click()
    page.wait_for_url(re.compile("/indikator"))
    at_rest(page)
    assert f"datum={day}" in page.url
    page.get_by_role("link", name="Medel", exact=True).first.click()
    page.wait_for_url(re.compile(f"/medel.*datum={day}"))
    at_rest(page)
    page.reload()
    at_rest(page)
    assert band(page)
    page.get_by_role("link", name="Visa dagens").click()
    page.wait_for_selector(".fp-past", state="detached")
    assert "datum" not in page.url
    page.get_by_role("link", name="Översikt", exact=True).first.click()
    page.wait_for_selector(".fp-matrix")
    at_rest(page)
    assert cells(page, "Telefon samma dag") == today


def test_the_day_is_chosen_below_every_page(aged: Server, page: Page, day: str):
    page.goto(f"{aged.url}/om")
    at_rest(page)
    page.locator(".st-key-past-field [role=spinbutton]").first.click()
    page.keyboard.type(day.replace("-", ""), delay=30)
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.wait_for_selector(".fp-past")
    assert f"datum={day}" in page.url


def test_the_band_stays_in_sight(aged: Server, page: Page, day: str):
    page.goto(f"{aged.url}/?datum={day}")
    at_rest(page)
    page.locator(".fp-past").wait_for()
    page.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, 1500)")
    page.wait_for_timeout(300)
    box = page.locator(".fp-past").bounding_box()
    assert box is not None
    assert 0 < box["y"] < 150


def test_nothing_can_be_delivered_on_an_earlier_day(aged: Server, page: Page, day: str):
    page.goto(f"{aged.url}/ladda-upp?datum={day}")
    at_rest(page)
    page.locator(".fp-past").wait_for()
    assert page.locator('[data-testid="stFileUploader"]').count() == 0


# The same pages of today are looked at in all four ways.
@pytest.mark.parametrize(("scheme", "width"), [("light", WIDE), ("dark", NARROW)])
def test_axe_finds_nothing(
    aged: Server, browser: Browser, day: str, scheme: Literal["light", "dark"], width: int
):
    context = looking.with_axe(
        browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    )
    page = context.new_page()
    found = []
    # Today's pages are looked at elsewhere; here they have the field for the day, too, which is the same on all.
    for address in ["/", "/historik?leverans=1", *(with_day(path, day) for path in PAGES)]:
        looking.look_at(page, aged.url + address)
        found += [(address, violation) for violation in looking.violations(page)]
        assert looking.overflow(page) <= 0
    context.close()
    assert found == []


def with_day(path: str, day: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}datum={day}"
