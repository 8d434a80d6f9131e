"""Every page as it opens: what axe says of it in light and dark, wide and narrow, by keyboard, enlarged, on paper."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from tests.browser import looking
from tests.browser.looking import EVERY_PAGE, MORE_VIEWS, NARROW, WIDE, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.browser.server import Server

Scheme = Literal["light", "dark"]

#: What is seen in the dark, and with another choice of the same elements, and how wide.
OTHER_WAYS: list[tuple[Scheme, View, list[int]]] = [
    *(("dark", seen, [WIDE, NARROW]) for seen in EVERY_PAGE),
    *(("light", seen, [WIDE]) for seen in MORE_VIEWS),
    *(("dark", seen, [NARROW]) for seen in MORE_VIEWS),
]

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


#: The help words of what stands first on a page, in the order of the page: from the heading to the next one, the
#: points to talk about with it, and no table.
_EXPLAINED_FIRST = """() => {
  const after = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  const next = [...document.querySelectorAll('h2')].find(one => one.checkVisibility() && !one.closest('.fp-front'));
  return [...document.querySelectorAll('.fp-term')].filter(one => one.checkVisibility() && !one.closest('table')
    && after(document.querySelector('h1'), one) && !(next && after(next, one))).map(one => one.dataset.term);
}"""


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

    def open(self, server: Server, seen: View) -> None:
        """Look at a page on a wide screen."""
        self.faults.clear()
        self.asked.clear()
        self.page.set_viewport_size({"width": WIDE, "height": 900})
        looking.look_at(self.page, server.url + seen.address)


@pytest.fixture(scope="module")
def readers(browser: Browser) -> Iterator[dict[Scheme, Reader]]:
    contexts: dict[Scheme, BrowserContext] = {
        scheme: browser.new_context(color_scheme=scheme, locale="sv-SE") for scheme in ("light", "dark")
    }
    yield {scheme: Reader(context) for scheme, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="module", params=EVERY_PAGE, ids=[seen.page for seen in EVERY_PAGE])
def opened(request: pytest.FixtureRequest, site: Server, readers: dict[Scheme, Reader]) -> Reader:
    """A page, opened once for all that is asked of it."""
    reader = readers["light"]
    reader.open(site, request.param)
    return reader


def axe(page: Page, widths: list[int]) -> list[str]:
    """What axe finds at these widths, and what lies beside the screen."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        looking.at_rest(page)
        found += [f"{width}: {violation}" for violation in looking.violations(page)]
        if looking.overflow(page) > 0:
            found.append(f"{width}: something lies beside the screen")
    return found


def nothing_went_wrong(reader: Reader, server: Server) -> None:
    """The page has a heading and no error, says its language, and asks nothing of other hosts."""
    page = reader.page
    assert page.locator("h1").inner_text().strip()
    assert page.get_by_test_id("stException").count() == 0
    assert page.get_by_text("Page not found").count() == 0
    assert page.get_by_text("i adressen går inte att välja").count() == 0, (
        "the test asks for what there isn't"
    )
    assert page.evaluate("document.documentElement.lang") == "sv"
    assert reader.faults == []
    own = (server.url, server.url.replace("http", "ws"), "data:", "blob:")
    assert [url for url in reader.asked if not url.startswith(own)] == []


def test_a_page_is_walked_by_keyboard_alone(opened: Reader):
    page = opened.page
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


def test_what_stands_first_explains_each_term_once(opened: Reader):
    explained = opened.page.evaluate(_EXPLAINED_FIRST)
    assert len(explained) == len(set(explained))


def test_headings_are_in_order(opened: Reader):
    levels = opened.page.evaluate(
        "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')]"
        ".filter(node => node.checkVisibility()).map(node => +node.tagName[1])"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_axe_finds_nothing_and_nothing_goes_wrong(opened: Reader, site: Server):
    assert axe(opened.page, [WIDE, NARROW]) == []
    nothing_went_wrong(opened, site)


def test_at_400_percent_only_tables_scroll_sideways(opened: Reader):
    opened.page.set_viewport_size({"width": 320, "height": 256})
    looking.at_rest(opened.page)
    assert looking.overflow(opened.page) <= 1


def test_on_paper_there_is_the_whole_page_and_no_fields(opened: Reader):
    page = opened.page
    page.set_viewport_size({"width": WIDE, "height": 900})
    looking.at_rest(page)
    page.emulate_media(media="print", color_scheme="dark")
    try:
        for hidden in ("stHeader", "stSelectbox", "stDateInput"):
            assert not any(item.is_visible() for item in page.get_by_test_id(hidden).all())
        expect(page.locator("#fp-search-field")).to_be_hidden()
        expect(page.locator(".fp-print")).to_be_hidden()
        expect(page.locator("h1")).to_have_css("color", "rgb(0, 0, 0)")
        inside = page.evaluate(
            "main => main.scrollHeight - main.clientHeight", looking.main(page).element_handle()
        )
        assert inside <= 1, "the page scrolls inside itself: only its first part would be printed"
    finally:
        page.emulate_media(media="screen", color_scheme="light")


@pytest.mark.parametrize(
    ("scheme", "seen", "widths"),
    OTHER_WAYS,
    ids=[f"{scheme}-{seen.page}-{seen.query}" for scheme, seen, _ in OTHER_WAYS],
)
def test_axe_finds_nothing_in_another_way(
    site: Server, readers: dict[Scheme, Reader], scheme: Scheme, seen: View, widths: list[int]
):
    reader = readers[scheme]
    reader.open(site, seen)
    assert axe(reader.page, widths) == []
    nothing_went_wrong(reader, site)
