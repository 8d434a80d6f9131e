"""A person's habits: keyboard alone, search, back, shared links, help words and paper."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dashboard.registry import PAGES
from tests.browser.looking import at_rest
from tests.browser.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: More Tab presses than any page has stops.
MOST_STOPS = 400

#: What stands in the page and can be reached, in the order of the page; a set of radios is one stop.
_REACHABLE = """() => [...document.querySelectorAll(
  'a[href], button, input, select, textarea, summary, [tabindex]')].filter(node =>
    node.tabIndex >= 0 && !node.disabled && node.type !== 'file' && node.type !== 'radio' &&
    node.checkVisibility({visibilityProperty: true, opacityProperty: false}) &&
    node.getClientRects().length && !node.closest('[aria-hidden="true"], [inert]')).length"""

_FOCUSED = """() => { const node = document.activeElement;
  if (node === document.body) return null;
  window.stops ??= new Map();
  if (!window.stops.has(node)) window.stops.set(node, window.stops.size);
  const name = node.getAttribute('aria-label') || node.innerText || node.placeholder || node.tagName;
  return [window.stops.get(node), name]; }"""


def open_page(page: Page, server: Server, path: str) -> None:
    page.goto(f"{server.url}/{path}")
    at_rest(page)
    page.locator(".fp-foot").wait_for()


def heading(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_contain_text(text, timeout=30_000)


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_a_page_is_walked_by_keyboard_alone(server: Server, page: Page, path: str):
    open_page(page, server, path)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Hoppa till innehållet")
    seen: dict[int, str] = {}
    for _ in range(MOST_STOPS):
        stop = page.evaluate(_FOCUSED)
        if stop is None or (stop[0] == 0 and len(seen) > 1):
            break
        assert stop[0] == len(seen) - 1 or stop[0] not in seen, f"stuck at {stop[1]!r}"
        seen[stop[0]] = stop[1]
        page.keyboard.press("Tab")
    else:
        pytest.fail(f"never came to the end: {list(seen.values())[-3:]}")
    reached = " ".join(seen.values())
    assert "Skriv ut sidan" in reached
    assert "Tillgänglighetsredogörelse" in reached
    assert len(seen) >= 0.9 * page.evaluate(_REACHABLE)


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_headings_are_in_order(server: Server, page: Page, path: str):
    open_page(page, server, path)
    levels = page.evaluate(
        "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')]"
        ".filter(node => node.checkVisibility()).map(node => +node.tagName[1])"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_the_skip_link_moves_the_focus_and_leaves_the_address(server: Server, page: Page):
    open_page(page, server, "metod")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    assert page.url == f"{server.url}/metod"


def test_a_municipality_is_found_by_a_few_letters_and_gone_to(server: Server, page: Page):
    open_page(page, server, "metod")
    page.evaluate("window.stayed = true")
    page.keyboard.press("Control+k")
    page.keyboard.type("ULRICE")
    field = page.get_by_role("combobox", name=re.compile("^Sök"))
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("option")).to_have_text(["Ulricehamn Kommun, Södra Älvsborg"])
    page.keyboard.press("Enter")
    heading(page, "Ulricehamn")
    page.wait_for_url(re.compile(r"/delregion\?.*kommun=Ulricehamn"))
    expect(field).to_have_value("")
    assert page.evaluate("window.stayed"), "the page was loaded anew"


def test_search_forgives_marks_and_says_when_nothing_fits(server: Server, page: Page):
    open_page(page, server, "om")
    field = page.get_by_role("combobox", name=re.compile("^Sök"))
    field.fill("ockero")
    expect(page.get_by_role("option")).to_have_text(["Öckerö Kommun, Göteborgsområdet"])
    field.fill("finns inte")
    expect(page.locator(".fp-search-said")).to_have_text("Inga träffar på ”finns inte”.")
    page.keyboard.press("Escape")
    expect(field).to_have_value("")


def test_back_goes_one_step_at_a_time(server: Server, page: Page):
    open_page(page, server, "")
    page.get_by_label("Delregion", exact=True).first.click()
    page.get_by_role("option", name="Skaraborg", exact=True).click()
    heading(page, "Skaraborg")
    at_rest(page)
    page.locator(".fp-matrix tbody th a").first.click()
    page.wait_for_url(re.compile("/indikator"))
    expect(page.locator("h1")).not_to_contain_text("når", timeout=30_000)
    page.go_back()
    heading(page, "Skaraborg når")
    assert "delregion=Skaraborg" in page.url
    page.go_forward()
    page.wait_for_url(re.compile("/indikator"))
    expect(page.locator("h1")).not_to_contain_text("når", timeout=30_000)


def test_the_menu_keeps_the_delregion_and_is_one_step(server: Server, page: Page):
    open_page(page, server, "?delregion=Skaraborg")
    heading(page, "Skaraborg når")
    at_rest(page)
    page.get_by_role("link", name="Rättelser", exact=True).first.click()
    page.wait_for_url(re.compile("/rattelser"))
    heading(page, "rättats")
    at_rest(page)
    page.go_back()
    heading(page, "Skaraborg når")


def test_an_address_with_ids_opens_the_view_and_an_unknown_one_is_told(server: Server, page: Page):
    open_page(page, server, "indikator?indikator=mpr-dos-1&delregion=drn-ostra")
    heading(page, "MPR-vaccinerade 2-åringar, dos 1")
    heading(page, "Östra nämnden")
    open_page(page, server, "indikator?indikator=Finns%20inte%20alls")
    expect(
        page.get_by_text("”Finns inte alls” i adressen går inte att välja som indikator här.")
    ).to_be_visible()


def test_a_help_word_opens_and_closes_by_keyboard(server: Server, page: Page):
    open_page(page, server, "fardplanen")
    word = page.get_by_role("button", name="ursprung", exact=True)
    word.focus()
    page.keyboard.press("Enter")
    said = page.get_by_role("dialog", name="Vad Målets ursprung betyder")
    expect(said).to_contain_text("Vem som har satt målet")
    expect(said).to_be_focused()
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()
    expect(word).to_be_focused()


@pytest.mark.parametrize("path", ["", "delregion", "medel", "fardplanen", "rattelser"])
def test_on_paper_there_is_the_whole_page_and_no_fields(server: Server, page: Page, path: str):
    open_page(page, server, path)
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in ("stHeader", "stSelectbox", "stDateInput"):
        assert not any(item.is_visible() for item in page.get_by_test_id(hidden).all())
    expect(page.locator("#fp-search-field")).to_be_hidden()
    expect(page.locator(".fp-print")).to_be_hidden()
    expect(page.locator("h1")).to_have_css("color", "rgb(0, 0, 0)")
    assert (
        page.evaluate(
            "() => { const m = document.querySelector('main'); return m.scrollHeight - m.clientHeight }"
        )
        <= 1
    ), "the page scrolls inside itself: only its first part would be printed"


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_at_400_percent_only_tables_scroll_sideways(server: Server, page: Page, path: str):
    page.set_viewport_size({"width": 320, "height": 256})
    open_page(page, server, path)
    over = page.evaluate(
        "() => { const m = document.querySelector('main'); return m.scrollWidth - m.clientWidth }"
    )
    assert over <= 1


def test_streamlits_own_words_are_swedish(server: Server, page: Page):
    open_page(page, server, "ladda-upp")
    expect(page.get_by_role("navigation", name="Sidor")).to_be_attached()
    words = page.locator("body").inner_text()
    for english in ("Drag and drop", "per file", "Upload", "Skip to"):
        assert english not in words
