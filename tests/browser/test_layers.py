"""The layers of an indicator's chart: switched with the keyboard, kept in the address, shown to whoever opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.server import Server

#: Milliseconds, for a busy machine.
PATIENCE = 60_000

_SHOWN = ".st-key-story-wide .js-plotly-plot"


def test_a_layer_is_switched_off_with_the_keyboard_and_a_copied_link_opens_the_same(
    server: Server, page: Page, browser: Browser
):
    page.goto(f"{server.url}/indikator?delregion=Skaraborg")
    story = page.locator(_SHOWN).first
    expect(story).to_contain_text("Prognos 2030", timeout=PATIENCE)
    layers = page.get_by_role("toolbar", name="Visa i diagrammet")
    layers.get_by_role("button", name="Mål", exact=True).focus()
    page.keyboard.press("ArrowRight")
    projection = layers.get_by_role("button", name="Prognos", exact=True)
    expect(projection).to_be_focused()
    page.keyboard.press("Enter")
    expect(projection).to_have_attribute("aria-pressed", "false")
    expect(story).not_to_contain_text("Prognos 2030", timeout=PATIENCE)
    page.wait_for_url(lambda url: "lager" in parse_qs(urlsplit(url).query))
    assert "Prognos" not in parse_qs(urlsplit(page.url).query)["lager"]

    other = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    other.goto(page.url)
    expect(other.locator(_SHOWN).first).to_contain_text("Mål 100", timeout=PATIENCE)
    expect(other.get_by_role("button", name="Prognos", exact=True)).to_have_attribute("aria-pressed", "false")
    expect(other.locator(_SHOWN).first).not_to_contain_text("Prognos 2030")
    other.context.close()
