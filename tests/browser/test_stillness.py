"""Nothing jumps: what has been seen of a page stays where it is while the rest comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dashboard import links
from dashboard.registry import PAGES, Place
from schemas import clock
from tests.browser.looking import NARROW, PATIENCE, WIDE, at_rest, choose, field, look_at, main

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.server import Server

#: How much of a window may move, and how far, in all: what the web's own measure calls good.
GOOD = 0.1

#: Every shift on a page. A press excuses none of them: who walks by the menu shall not see the pages mixed.
_WATCH = """
window.shifts = [];
new PerformanceObserver(list => {
    for (const shift of list.getEntries()) {
        const moved = shift.sources.map(({node}) => (node?.nodeType === 1 ? node : node?.parentElement)?.className);
        window.shifts.push([shift.value, moved.slice(0, 3)]);
    }
}).observe({type: 'layout-shift', buffered: true});
"""


@pytest.fixture(scope="module", params=[WIDE, NARROW])
def window(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window that keeps what it has loaded, as somebody's who looks at one page after the other."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="sv-SE")
    context.add_init_script(_WATCH)
    yield context.new_page()
    context.close()


def moved(page: Page) -> float:
    """How much has moved since the last look; says what did."""
    at_rest(page)
    shifts = page.evaluate("() => window.shifts.splice(0)")
    for value, what in shifts:
        print(f"{page.url} {value:.3f} {what}")
    return sum(value for value, _ in shifts)


@pytest.mark.parametrize("path", [spec.path for spec in PAGES])
def test_a_page_stands_still_while_it_comes(window, site: Server, path: str):
    look_at(window, f"{site.url}/{path}")
    assert moved(window) <= GOOD
    expect(main(window).locator("h1")).to_be_visible()
    expect(main(window).locator(".st-key-footer")).to_be_visible()


def test_a_walk_by_links(window, site: Server):
    """By the menu, which is folded in a narrow window: there by the foot of the pages; and back."""
    wide = window.viewport_size["width"] == WIDE
    look_at(window, f"{site.url}/{links.METHOD if wide else links.OVERVIEW}")
    moved(window)
    place = Place.MENU if wide else Place.FOOT
    within = window.get_by_test_id("stHeader") if wide else main(window).locator(".st-key-footer")
    before = window.title()
    for spec in [spec for spec in PAGES if spec.place is place]:
        before = window.title()
        within.get_by_role("link", name=spec.title, exact=True).click()
        expect(window).to_have_title(f"{spec.title} – Färdplan", timeout=PATIENCE)
        assert moved(window) <= GOOD, spec.title
        expect(main(window).locator(".st-key-footer")).to_be_visible()
    window.go_back()
    expect(window).to_have_title(before, timeout=PATIENCE)
    assert moved(window) <= GOOD
    expect(main(window).locator(".st-key-footer")).to_be_visible()


#: Choices on each page, and how far a field may move: by a line of the finding where an indicator's name is in it.
HELD = [
    (
        links.OVERVIEW,
        0,
        [
            ("Ämne", "Medel"),
            ("Ämne", "Alla ämnen"),
            ("Delregion", "SIMBA"),
            ("Indelning", "Kommunalförbund"),
            ("Delregion", "Skaraborgs kommunalförbund"),
            ("Indelning", "Delregionala nämnder"),
            ("Delregion", "Göteborgsnämnden"),
            ("Sedan förra mötet", clock.today().isoformat()),
        ],
    ),
    (
        links.INDICATOR,
        40,
        [
            ("Delregion", "SIMBA"),
            ("Indelning", "Kommunalförbund"),
            ("Delregion", "Skaraborgs kommunalförbund"),
            ("Indikator", "Vaccinerade mot covid-19 med minst två doser"),
        ],
    ),
    (
        links.DELREGION,
        0,
        [("Delregion", "Fyrbodal"), ("Kommun", "Strömstad"), ("Indelning", "Kommunalförbund")],
    ),
    (links.FUNDS, 0, [("Indelning", "Kommunalförbund"), ("Delregion", "Skaraborgs kommunalförbund")]),
]


@pytest.mark.parametrize(("path", "most", "choices"), HELD, ids=[path for path, _, _ in HELD])
def test_a_choice_moves_nothing_that_is_held(
    window, site: Server, path: str, most: int, choices: list[tuple[str, str]]
):
    """A filter stays where it is while what it chooses comes: among them the longest names."""
    look_at(window, f"{site.url}/{path}")
    for label, option in choices:
        held, before = field(window, label), main(window).inner_text()
        place = held.bounding_box()
        choose(window, label, option)
        window.wait_for_function(
            "before => document.querySelector('[data-testid=stMain]').innerText !== before", arg=before
        )
        at_rest(window)
        now = held.bounding_box()
        assert (now["x"], now["width"], now["height"]) == (place["x"], place["width"], place["height"])
        assert abs(now["y"] - place["y"]) <= most, f"{label}: {option}"


@pytest.mark.parametrize("fault", ["setAttribute", "querySelectorAll"])
def test_a_page_is_seen_also_where_it_is_never_told_that_it_is_whole(
    browser: Browser, site: Server, fault: str
):
    """As with another version of Streamlit, or a part that never comes."""
    context = browser.new_context(locale="sv-SE")
    if fault == "setAttribute":
        broken = """const set = Element.prototype.setAttribute;
        Element.prototype.setAttribute = function (name, value) {
            if (name !== 'data-test-script-state') set.call(this, name, value);
        };"""
    else:
        broken = """new MutationObserver(() => {
            const main = document.querySelector('main');
            if (main && !main.querySelector('.never')) {
                const part = document.createElement('div');
                part.className = 'fp never';
                main.append(part);
            }
        }).observe(document, {subtree: true, childList: true});"""
    context.add_init_script(broken)
    page = context.new_page()
    page.goto(f"{site.url}/{links.METHOD}")
    expect(main(page).locator(".st-key-footer a").first).to_be_visible(timeout=PATIENCE)
    context.close()
