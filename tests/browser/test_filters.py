"""Every filter of every page: what a person sees after a choice is what another sees who opens the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from playwright.sync_api import TimeoutError as NotInTime

from dashboard import links
from dashboard.registry import PAGES
from schemas import clock
from tests.browser import looking
from tests.browser.looking import View, view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.server import Server


class Choice(NamedTuple):
    """A choice in a filter: its label, what is chosen, and the filter's name in the address."""

    label: str
    option: str
    key: str


#: For each page, choices in its filters, one after the other.
WALKS: list[tuple[View, list[Choice]]] = [
    (
        View(links.OVERVIEW),
        [
            Choice("Ämne", "Vaccination", "amne"),
            Choice("Indelning", "Kommunalförbund", "indelning"),
            Choice("Delregion", "Skaraborgs kommunalförbund", "delregion"),
            Choice("Sedan förra mötet", clock.today().isoformat(), "sedan"),
        ],
    ),
    (
        View(links.INDICATOR),
        [
            Choice("Indikator", "Telefonsamtal till primärvården som besvaras samma dag", "indikator"),
            Choice("Indelning", "Delregionala nämnder", "indelning"),
            Choice("Delregion", "Norra nämnden", "delregion"),
            Choice("Visa i diagrammet", "Osäkerhet", "lager"),
            Choice("Kartan visar", "Jämfört med länet", "karta"),
        ],
    ),
    (
        view(links.INDICATOR, indikator="covid19-minst-2-doser"),
        [Choice("Ålder", "70 år och äldre", "alder")],
    ),
    (
        View(links.DELREGION),
        [
            Choice("Indelning", "Delregionala nämnder", "indelning"),
            Choice("Delregion", "Östra nämnden", "delregion"),
            Choice("Kommun", "Gullspång", "kommun"),
        ],
    ),
    (
        View(links.FUNDS),
        [
            Choice("Indelning", "Delregionala nämnder", "indelning"),
            Choice("Delregion", "Södra nämnden", "delregion"),
        ],
    ),
    (
        View(links.QUALITY),
        [
            Choice("Indelning", "Kommunalförbund", "indelning"),
            Choice("Ämne", "Kontinuitet", "amne"),
        ],
    ),
    (View(links.CORRECTIONS), [Choice("Ämne", "Kontinuitet", "amne")]),
    (
        View(links.HISTORY),
        [
            Choice("Leverans", "2", "leverans"),
            Choice("Ämne", "Tillgänglighet", "amne"),
            Choice("Vem", "fardplan", "person"),
        ],
    ),
]

#: Filters with a single choice today, so that there is nothing to choose.
SINGLE = {(links.FUNDS, "Överenskommelse")}

#: Pages whose fields are a form for something to be done, not a choice of what is shown.
FORMS = {links.PERMISSIONS}

#: The labels of the filters on a page.
_LABELS = """main => [...main.querySelectorAll(
    '[data-testid=stSelectbox], [data-testid=stButtonGroup], [data-testid=stDateInput]'
)].map(one => one.querySelector('[data-testid=stWidgetLabel] p')?.textContent.trim()
    || one.querySelector('[aria-label]').ariaLabel)"""

#: What a person sees and hears of a page: its path and texts, what is pressed or chosen, and what has a name.
_SEEN = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    const shown = one => one.checkVisibility();
    return {
        path: location.pathname,
        texts: main.innerText.split('\\n').map(line => line.trim()).filter(line => line),
        fields: [...main.querySelectorAll('input')].filter(shown).map(one => one.value),
        pressed: [...main.querySelectorAll('[aria-pressed=true], [aria-checked=true]')].filter(shown)
            .map(one => one.innerText.trim()),
        names: [...main.querySelectorAll('[aria-label]')].filter(shown).map(one => one.ariaLabel),
    };
}"""


@pytest.fixture(scope="module")
def first_reader(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="sv-SE")
    yield context.new_page()
    context.close()


def filters(page: Page) -> list[str]:
    return looking.main(page).evaluate(_LABELS)


def choose(page: Page, choice: Choice) -> None:
    """Choose as a person does, and wait until the address says so and the page is drawn."""
    field = looking.field(page, choice.label)
    if field.get_by_role("combobox").count():
        # Of a long list, only what is in sight is in the page.
        field.get_by_role("combobox").fill(choice.option)
        page.get_by_role("option", name=choice.option, exact=True).click()
    elif field.get_by_role("spinbutton").count():
        field.get_by_role("spinbutton").first.click()
        page.keyboard.type(choice.option.replace("-", ""), delay=30)
        page.keyboard.press("Escape")
    else:
        field.get_by_text(choice.option, exact=True).click()
    page.wait_for_url(lambda url: f"{choice.key}=" in url, timeout=looking.PATIENCE)
    looking.at_rest(page)


def seen_by_another(browser: Browser, url: str, seen: dict[str, Any]) -> dict[str, Any]:
    """What somebody sees who opens an address, as soon as it is `seen`, or in the end."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="sv-SE")
    page = context.new_page()
    looking.look_at(page, url)
    try:
        same = f"seen => JSON.stringify(({_SEEN})()) === JSON.stringify(seen)"
        page.wait_for_function(same, arg=seen, polling=200, timeout=10_000)
    except NotInTime:
        return page.evaluate(_SEEN)
    finally:
        context.close()
    return seen


@pytest.mark.parametrize(
    ("start", "choices"), WALKS, ids=[f"{start.page}-{start.query}" for start, _ in WALKS]
)
def test_what_is_chosen_is_what_another_sees_who_opens_the_address(
    site: Server, first_reader: Page, browser: Browser, start: View, choices: list[Choice]
):
    looking.look_at(first_reader, site.url + start.address)
    before = first_reader.evaluate(_SEEN)
    for choice in choices:
        choose(first_reader, choice)
        seen = first_reader.evaluate(_SEEN)
        assert seen != before, f"{choice.label} changes nothing"
        assert seen_by_another(browser, first_reader.url, seen) == seen
        before = seen


@pytest.mark.parametrize("path", [spec.path for spec in PAGES if spec.path not in FORMS])
def test_no_filter_is_forgotten(site: Server, first_reader: Page, path: str):
    looking.look_at(first_reader, f"{site.url}/{path}")
    tried = {choice.label for start, choices in WALKS if start.page == path for choice in choices}
    single = {label for page, label in SINGLE if page == path}
    shown = set(filters(first_reader))
    assert shown <= tried | single
    assert single <= shown
