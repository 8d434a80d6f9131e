"""Medel in a browser: the picture that fits the window, recipients one click away, and sums true after a choice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.looking import at_rest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.server import Server


#: Milliseconds that the lowest element of the page may take on a busy machine.
PATIENCE = 90_000

TOTAL = "81\u00a0314\u00a0959\u00a0kr"


@pytest.mark.parametrize(("width", "seen", "unseen"), [(1440, "wide", "narrow"), (390, "narrow", "wide")])
def test_the_flow_that_fits_the_window_is_shown(
    page: Page, server: Server, width: int, seen: str, unseen: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{server.url}/medel")
    at_rest(page)
    shown = page.locator(f".st-key-flow-{seen}")
    expect(shown.locator("svg.main-svg").first).to_be_visible(timeout=PATIENCE)
    expect(shown).to_contain_text(TOTAL)
    expect(shown).to_contain_text("Exempeldata")
    expect(page.locator(f".st-key-flow-{unseen}")).to_be_hidden()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width


def test_a_delregion_opens_to_its_recipients_and_the_sum_stays(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/medel?delregion=Fyrbodal")
    at_rest(page)
    recipients = page.locator(".fp-recipients")
    expect(recipients).to_be_visible(timeout=PATIENCE)
    expect(page.locator("h1")).to_contain_text("Fyrbodal")
    expect(recipients.locator("details[open] > summary")).to_contain_text("Fyrbodal")
    others = recipients.locator("summary", has_text="Övriga delregioner")
    others.focus()
    page.keyboard.press("Enter")
    expect(recipients.locator("details[open]")).to_have_count(2)
    expect(recipients.locator("li.fp-sum")).to_contain_text(TOTAL)
    shares = page.locator(".st-key-shares tr.fp-total, [class*='st-key-shares'] tr.fp-total")
    expect(shares.first).to_contain_text(TOTAL)


def test_the_allocation_comes_as_a_workbook(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/medel")
    at_rest(page)
    button = page.get_by_role("button", name="Hämta fördelningen som Excel")
    expect(button).to_be_visible(timeout=PATIENCE)
    with page.expect_download(timeout=PATIENCE) as found:
        button.click()
    assert re.fullmatch(r"psykisk-halsa-2021\.xlsx", found.value.suggested_filename)
