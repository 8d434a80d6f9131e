"""A person's habits: search, back, shared links and help words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.looking import at_rest
from tests.browser.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page


def open_page(page: Page, server: Server, path: str) -> None:
    page.goto(f"{server.url}/{path}")
    at_rest(page)
    page.locator(".fp-foot").wait_for()


def heading(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_contain_text(text, timeout=30_000)


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


def test_what_is_said_of_the_page_to_come_is_not_written_on_the_one_that_is_left(server: Server, page: Page):
    """Streamlit may say which filters the next page has before it writes that page's address."""
    page.goto(f"{server.url}/halsa?delregion=Skaraborg")
    page.add_script_tag(url=f"{server.url}/fardplan.js")
    said = page.evaluate("""async () => {
        const link = document.body.appendChild(document.createElement("a"));
        link.href = "/rattelser";
        link.addEventListener("click", (event) => event.preventDefault());
        link.click();
        history.pushState({}, "", "/halsa");
        history.pushState({}, "", "/rattelser?delregion=Skaraborg");
        const there = location.pathname + location.search;
        const back = new Promise((done) => addEventListener("popstate", done, { once: true }));
        history.back();
        await back;
        return [there, location.pathname + location.search];
    }""")
    assert said == ["/rattelser", "/halsa?delregion=Skaraborg"]


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


def test_streamlits_own_words_are_swedish(server: Server, page: Page):
    open_page(page, server, "ladda-upp")
    expect(page.get_by_role("navigation", name="Sidor")).to_be_attached()
    words = page.locator("body").inner_text()
    for english in ("Drag and drop", "per file", "Upload", "Skip to"):
        assert english not in words
