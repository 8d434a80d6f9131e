"""The reader's own delregion: the browser remembers it, the address says it, and a link goes before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.looking import look_at

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.server import Server

FIRST = "Göteborgsområdet"


def choose(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="Delregion", exact=True).click()
    page.get_by_role("option", name=name, exact=True).click()


def test_it_opens_there_the_next_time_until_it_is_forgotten(server: Server, browser: Browser):
    context = browser.new_context(locale="sv-SE")
    page = context.new_page()
    page.goto(f"{server.url}/delregion")
    expect(page.locator("h1")).to_contain_text(FIRST)
    choose(page, "Fyrbodal")
    expect(page.locator("h1")).to_contain_text("Fyrbodal")
    page.get_by_role("button", name="Gör till min delregion").click()
    expect(page.get_by_text("Fyrbodal är din delregion")).to_be_visible()
    page.wait_for_function("() => document.cookie.includes('fardplan-delregion')")
    kept = next(one for one in context.cookies() if one["name"] == "fardplan-delregion")
    assert (kept["value"], kept["sameSite"]) == ("vs-fyrbodal", "Lax")

    later = context.new_page()
    later.goto(f"{server.url}/delregion")
    expect(later.locator("h1")).to_contain_text("Fyrbodal")
    expect(later).to_have_url(re.compile("delregion=Fyrbodal"))
    later.goto(f"{server.url}/delregion?delregion=SIMBA")
    expect(later.locator("h1")).to_contain_text("SIMBA")

    page.get_by_role("button", name="Glöm min delregion").click()
    expect(page.get_by_role("button", name="Gör till min delregion")).to_be_visible()
    page.wait_for_function("() => !document.cookie.includes('fardplan-delregion')")
    again = context.new_page()
    again.goto(f"{server.url}/delregion")
    expect(again.locator("h1")).to_contain_text(FIRST)
    assert "fardplan-delregion" not in {one["name"] for one in context.cookies()}
    context.close()


def test_the_search_opens_there_too(server: Server, browser: Browser):
    context = browser.new_context(locale="sv-SE")
    context.add_cookies([{"name": "fardplan-delregion", "value": "drn-norra", "url": server.url}])
    page = context.new_page()
    look_at(page, f"{server.url}/metod")
    page.keyboard.press("Control+k")
    page.keyboard.type("Delregion")
    page.get_by_role("option").filter(has_text=re.compile(r"^Delregion\s*Sida")).click()
    expect(page.locator("h1")).to_contain_text("Norra nämnden")
    expect(page.get_by_role("combobox", name="Delregion", exact=True)).to_have_value("Norra nämnden")
    expect(page.get_by_role("combobox", name="Indelning", exact=True)).to_have_value("Delregionala nämnder")
    expect(page).to_have_url(re.compile(r"delregion=Norra"))
    page.go_back()
    expect(page).to_have_url(re.compile("/metod"))
    context.close()


def test_the_address_says_what_is_shown_and_the_way_back_is_one_step(server: Server, page: Page):
    page.goto(f"{server.url}/fardplanen")
    expect(page.locator("h1")).to_be_visible()
    page.get_by_role("link", name="Delregion", exact=True).click()
    expect(page.locator("h1")).to_contain_text(FIRST)
    expect(page).to_have_url(re.compile("delregion=G"))
    page.go_back()
    expect(page).to_have_url(re.compile("/fardplanen"))
    expect(page.locator("h1")).to_contain_text("Färdplanen")


def test_the_first_delregion_stays_in_the_address_that_names_it(server: Server, page: Page):
    page.goto(f"{server.url}/delregion?delregion={FIRST}")
    expect(page.locator(".fp-profile").first).to_be_visible()
    expect(page).to_have_url(re.compile("delregion=G"))


def test_a_municipality_from_the_table_and_back(server: Server, page: Page):
    page.goto(f"{server.url}/delregion?delregion=Skaraborg")
    page.locator(".fp-counts").get_by_role("link", name="Skara", exact=True).click()
    expect(page.locator("h1")).to_contain_text(" Skara når ")
    expect(page).to_have_url(re.compile("kommun=Skara"))
    page.go_back()
    expect(page.locator("h1")).to_contain_text(" Skaraborg når ")
