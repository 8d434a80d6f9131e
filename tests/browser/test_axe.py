"""Every page looked at with axe, in light and dark, on a wide screen and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser import looking
from tests.browser.looking import EVERY_PAGE, MORE_VIEWS, NARROW, WIDE, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext

    from tests.browser.server import Server

Scheme = Literal["light", "dark"]

#: Every page as it opens in all four ways; another choice of the same elements in the two that differ most.
WAYS: list[tuple[Scheme, View, list[int]]] = [
    *((scheme, seen, [WIDE, NARROW]) for scheme in ("light", "dark") for seen in EVERY_PAGE),
    *(("light", seen, [WIDE]) for seen in MORE_VIEWS),
    *(("dark", seen, [NARROW]) for seen in MORE_VIEWS),
]


class Reader:
    """Somebody's browser, which keeps what it has loaded between the pages.

    Attributes:
        page: The page.
        faults: What went wrong in its scripts.
        asked: The addresses that it asked for.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        self.asked: list[str] = []
        self.page = looking.with_axe(context).new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))


@pytest.fixture(scope="module")
def readers(browser: Browser) -> Iterator[dict[Scheme, Reader]]:
    contexts: dict[Scheme, BrowserContext] = {
        scheme: browser.new_context(color_scheme=scheme, locale="sv-SE") for scheme in ("light", "dark")
    }
    yield {scheme: Reader(context) for scheme, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize(
    ("scheme", "seen", "widths"), WAYS, ids=[f"{scheme}-{seen.page}-{seen.query}" for scheme, seen, _ in WAYS]
)
def test_a_page_opens_as_it_should_and_axe_finds_nothing(
    site: Server, readers: dict[Scheme, Reader], scheme: Scheme, seen: View, widths: list[int]
):
    reader = readers[scheme]
    page = reader.page
    reader.faults.clear()
    reader.asked.clear()
    page.set_viewport_size({"width": widths[0], "height": 900})
    looking.look_at(page, site.url + seen.address)
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        looking.at_rest(page)
        found += [f"{width}: {violation}" for violation in looking.violations(page)]
        assert looking.overflow(page) <= 0, f"something lies beside the screen at {width}"
    assert found == []
    assert page.locator("h1").inner_text().strip()
    assert page.get_by_test_id("stException").count() == 0
    assert page.get_by_text("Page not found").count() == 0
    assert page.get_by_text("i adressen går inte att välja").count() == 0, (
        "the test asks for what there isn't"
    )
    assert page.evaluate("document.documentElement.lang") == "sv"
    assert reader.faults == []
    own = (site.url, site.url.replace("http", "ws"), "data:", "blob:")
    assert [url for url in reader.asked if not url.startswith(own)] == [], "pages ask nothing of other hosts"
