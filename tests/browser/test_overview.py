"""Översikt in a browser: subjects by keyboard, the day of a meeting remembered, nothing that jumps, a phone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from dashboard import links
from schemas import clock
from tests.browser.looking import at_rest
from tests.browser.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: What a cell's parts may not do: reach outside it.
_OUTSIDE = """() => [...document.querySelectorAll(".fp-matrix td")].filter(cell => {
    const box = cell.getBoundingClientRect();
    return [...cell.querySelectorAll("span, svg")].some(part => {
        const own = part.getBoundingClientRect();
        return own.width && (own.left < box.left - 1 || own.right > box.right + 1);
    });
}).length"""

#: How often the script has run on a page, and how much has moved.
_WATCH = """
window.runs = window.moved = 0;
new MutationObserver(changes => {
    window.runs += changes.filter(one => one.target.dataset.testScriptState === 'running').length;
}).observe(document, {subtree: true, attributes: true, attributeFilter: ['data-test-script-state']});
new PerformanceObserver(list => {
    for (const shift of list.getEntries()) window.moved += shift.value;
}).observe({type: 'layout-shift', buffered: true});
"""

#: What may move in all, of a whole window.
STILL = 0.01


def test_a_subject_is_a_key_away_and_stands_in_the_address(server: Server, page: Page):
    page.goto(server.url)
    at_rest(page)
    subjects = page.locator(".fp-matrix tr.fp-subject")
    expect(subjects).to_have_count(4)
    page.get_by_role("radio", name="Alla ämnen", exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(subjects).to_have_text(["Kontinuitet"], timeout=30_000)
    page.wait_for_url(re.compile("amne=Kontinuitet"))
    expect(page.get_by_role("radio", name="Kontinuitet", exact=True)).to_have_attribute(
        "aria-checked", "true"
    )


def test_the_day_of_a_meeting_is_remembered_by_the_browser(server: Server, page: Page):
    today = clock.today()
    told = page.locator(".fp-since")
    page.goto(f"{server.url}/?sedan={today - timedelta(days=4000)}")
    at_rest(page)
    expect(told).to_contain_text("De första uppgifterna kom")
    page.goto(f"{server.url}/?sedan={today}")
    at_rest(page)
    expect(told).to_contain_text(f"Inget av det som visas här har ändrats sedan {clock.day_text(today)}")


def test_a_remembered_day_is_in_the_address_and_another_sees_the_same(
    server: Server, page: Page, browser: Browser
):
    """In one step of the history, with one run of the page, and nothing that moves."""
    day = clock.today()
    told = page.locator(".fp-since")
    page.context.add_cookies([{"name": "fardplan-mote", "value": str(day), "url": server.url}])
    page.add_init_script(_WATCH)
    page.goto(f"{server.url}/{links.METHOD}")
    at_rest(page)
    before = page.evaluate("[history.length, window.runs]")
    page.evaluate("window.moved = 0")
    page.get_by_role("link", name="Översikt", exact=True).first.click()
    page.wait_for_url(re.compile(f"sedan={day}"))
    at_rest(page)
    expect(told).to_contain_text(clock.day_text(day))
    assert page.evaluate("[history.length, window.runs]") == [one + 1 for one in before]
    assert page.evaluate("window.moved") < STILL
    shared = page.url
    other = browser.new_context(viewport={"width": 1440, "height": 900}, locale="sv-SE").new_page()
    other.goto(shared)
    at_rest(other)
    same = "() => document.querySelector('[data-testid=stMain]').innerText"
    assert other.evaluate(same) == page.evaluate(same)
    other.context.close()
    page.go_back()
    page.wait_for_url(re.compile(links.METHOD))


def test_the_first_screen_has_the_finding_the_summary_and_the_beginning_of_the_table(
    server: Server, page: Page
):
    page.goto(server.url)
    at_rest(page)
    expect(page.locator("h1")).to_be_in_viewport()
    expect(page.locator(".fp-first")).to_be_in_viewport()
    expect(page.locator(".fp-example").first).to_be_in_viewport()
    expect(page.locator(".fp-matrix tbody tr").nth(1)).to_be_in_viewport(ratio=0.9)
    page.locator(".fp-matrix tbody tr").nth(12).scroll_into_view_if_needed()
    page.mouse.wheel(0, 600)
    expect(page.locator(".fp-matrix thead th").first).to_be_in_viewport()


def test_on_a_phone_every_cell_keeps_within_its_row(server: Server, browser: Browser):
    phone = browser.new_context(viewport={"width": 390, "height": 844}, locale="sv-SE").new_page()
    phone.goto(server.url)
    at_rest(phone)
    expect(phone.locator(".fp-matrix .fp-spark").first).to_be_visible()
    assert phone.evaluate(_OUTSIDE) == 0
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.context.close()
