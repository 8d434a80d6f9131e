"""The map by pointer, touch and keyboard, and charts saved as pictures."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.looking import at_rest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.server import Server


MAP = "/indikator?indikator=fast-lakarkontakt-register"
PATIENCE = 60_000


def open_map(page: Page, server: Server, query: str = "") -> None:
    page.goto(server.url + MAP + query)
    page.locator(".st-key-map .fp-map").wait_for(timeout=PATIENCE)
    at_rest(page)


def picture(page: Page, button: str) -> tuple[str, Image.Image]:
    """The name and the picture that a button saves."""
    with page.expect_download(timeout=PATIENCE) as download:
        page.locator(button).click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"\x89PNG\r\n")
    return download.value.suggested_filename, Image.open(io.BytesIO(content)).convert("RGB")


def colours(image: Image.Image) -> set[tuple[int, int, int]]:
    """The colours that cover more than a thousandth of a picture."""
    counted = image.getcolors(image.width * image.height) or []
    return {colour for number, colour in counted if number > image.width * image.height / 1000}  # type: ignore[misc]


def shade(page: Page, css: str) -> tuple[int, ...]:
    """A colour of the map on screen."""
    return tuple(
        page.evaluate(
            """css => {
              const paper = document.createElement("canvas").getContext("2d");
              const area = document.querySelector(`.fp-map-wide rect.fp-map-${css}, .fp-map-narrow rect.fp-map-${css}`);
              paper.fillStyle = getComputedStyle(area).fill;
              paper.fillRect(0, 0, 1, 1);
              return [...paper.getImageData(0, 0, 1, 1).data].slice(0, 3);
            }""",
            css,
        )
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_of_the_map_looks_as_the_page_does(
    server: Server, browser: Browser, scheme: Literal["light", "dark"]
):
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, color_scheme=scheme, locale="sv-SE"
    )
    page = context.new_page()
    open_map(page, server)
    name, image = picture(page, ".st-key-map button[data-name]")
    assert name.startswith("andelen-ar-")
    assert name.endswith(".png")
    box = page.locator(".fp-map-wide").get_attribute("viewBox")
    width, height = (float(number) for number in (box or "").split()[2:])
    assert image.size == (2 * (width + 24), 2 * (height + 24))
    background = image.getpixel((2, 2))
    assert (sum(background) > 700) == (scheme == "light")
    found = colours(image)
    for css in ("s0", "s2", "s4"):
        wanted = shade(page, css)
        assert any(max(abs(a - b) for a, b in zip(wanted, one, strict=True)) <= 2 for one in found), (
            css,
            wanted,
        )
    context.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_picture_of_a_chart_is_what_is_on_screen(server: Server, browser: Browser, width: int):
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="sv-SE")
    page = context.new_page()
    open_map(page, server)
    chart = page.locator(f".st-key-funnel-{'wide' if width > 760 else 'narrow'} svg.main-svg").first
    chart.wait_for(timeout=PATIENCE)
    size = chart.bounding_box()
    name, image = picture(page, 'button[data-chart="funnel"]')
    assert "kommuner" in name
    assert size is not None
    assert image.width == pytest.approx(2 * (size["width"] + 24), abs=4)
    assert image.height == pytest.approx(2 * (size["height"] + 24), abs=4)
    assert len(image.getcolors(image.width * image.height) or []) > 50
    inked = image.crop((0, 0, image.width, 120)).convert("L").point(lambda light: 255 * (light < 100))
    assert inked.getbbox() is not None, "the title is in the picture"
    expect(page.locator(".st-key-funnel-tools [role=status]")).to_have_text("Bilden är sparad.")
    context.close()


def test_the_arrow_keys_go_from_one_municipality_to_the_next(server: Server, page: Page):
    open_map(page, server)
    areas = page.locator(".fp-map-wide [role=listbox]")
    tip = page.locator(".fp-map-tip")
    page.locator(".st-key-karta button").last.focus()
    page.keyboard.press("Tab")
    expect(areas).to_be_focused()
    expect(tip).to_contain_text("Ale")
    page.keyboard.press("t")
    expect(tip).to_contain_text("Tanum")
    page.keyboard.press("ArrowUp")
    expect(tip).to_contain_text("Strömstad")
    own = areas.get_attribute("aria-activedescendant")
    assert "Strömstad; " in (page.locator(f"#{own}").get_attribute("aria-label") or "")
    page.keyboard.press("End")
    expect(tip).to_contain_text("Öckerö")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_a_municipality_is_touched_and_pointed_at(server: Server, browser: Browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, locale="sv-SE")
    page = context.new_page()
    open_map(page, server)
    boras = page.locator('.fp-map-narrow [aria-label^="Borås; "]')
    boras.scroll_into_view_if_needed()
    tip = page.locator(".fp-map-tip")
    boras.tap()
    expect(tip).to_contain_text("Borås")
    expect(tip).to_contain_text("Exempeldata")
    box = tip.bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
    page.locator('.fp-map-narrow [aria-label^="Tanum; "]').hover()
    expect(tip).to_contain_text("Tanum")
    context.close()


def test_the_choice_of_the_map_is_in_the_address(server: Server, page: Page, browser: Browser):
    open_map(page, server)
    page.get_by_role("radio", name="Jämfört med länet").click()
    page.wait_for_url("**karta=**", timeout=PATIENCE)
    title = page.locator(".fp-map-wide .fp-map-title").first
    expect(title).to_contain_text("länet", timeout=PATIENCE)
    other = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    other.goto(page.url)
    expect(other.locator(".fp-map-wide .fp-map-title").first).to_have_text(
        title.text_content() or "", timeout=PATIENCE
    )
    other.context.close()
