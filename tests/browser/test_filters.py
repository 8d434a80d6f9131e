"""Every filter of every page: what a person sees after a choice is what another sees who opens the address."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from playwright.sync_api import TimeoutError as NotInTime

from dashboard import links
from dashboard.registry import PAGES
from etl.catalogue import load_catalogue
from etl.jobs.delivery import deliver
from etl.warehouse import Warehouse, anyone
from schemas import clock
from tests.browser import looking
from tests.browser.looking import View, view
from tests.browser.server import ROOT, copy_bundled, on_its_first_day, start_server
from tests.etl import files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

    from tests.browser.server import Server


class Choice(NamedTuple):
    """A choice in a filter: its label, what is chosen, and the filter's name in the address.

    Of a switch nothing is chosen: it is turned on. For a number in a label stands `…`.
    """

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
            Choice("Visa räkneexempel: summan delad lika per invånare", "", "rakneexempel"),
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

#: The same where figures have been corrected and deliveries wait, of which the pages show some at first.
WALKS_AT_WORK: list[tuple[View, list[Choice]]] = [
    (
        View(links.CORRECTIONS),
        [
            Choice("Visa alla … publiceringar", "", "alla-rattelser"),
            Choice("Ämne", "Vaccination", "amne"),
        ],
    ),
    (
        View(links.REVIEW),
        [
            Choice("Leverans", "{last}", "leverans"),
            Choice("Visa alla … tal", "", "fler-tal"),
            Choice("Förhandsvisa översikten", "", "forhandsvisning"),
        ],
    ),
    (
        View(links.HISTORY),
        [
            Choice("Visa alla … händelser", "", "alla-handelser"),
            Choice("Ämne", "Vaccination", "amne"),
            Choice("Vem", "asa", "person"),
            Choice("Leverans", "{last}", "leverans"),
        ],
    ),
]

#: Filters with a single choice today, so that there is nothing to choose.
SINGLE = {(links.FUNDS, "Överenskommelse")}

#: Pages whose fields are a form for something to be done, not a choice of what is shown.
FORMS = {links.PERMISSIONS}

#: The labels of the filters on a page; what stands in a form is for something to be done.
_LABELS = """main => ['stSelectbox', 'stButtonGroup', 'stDateInput', 'stCheckbox']
    .flatMap(kind => [...main.querySelectorAll(`[data-testid=${kind}]`)])
    .filter(one => !one.closest('[data-testid=stForm]'))
    .map(one => one.querySelector('[data-testid=stWidgetLabel] p')?.textContent.trim()
        || one.querySelector('[aria-label]').ariaLabel)"""

_NUMBER = re.compile(r"\d[\d\s]*(?=\s)")

#: Pages whose lists are cut after one publication and one event.
_SHORT = """
from dashboard.pages import corrections, history
corrections.SHOWN = history.SHOWN = 1
"""

#: What a person sees and hears of a page: its path and texts, what is pressed or chosen, and what has a name.
_SEEN = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    const shown = one => one.checkVisibility();
    return {
        path: location.pathname,
        texts: main.innerText.split('\\n').map(line => line.trim()).filter(line => line),
        fields: [...main.querySelectorAll('input')].filter(shown).map(one => [one.value, one.checked]),
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


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server where a figure has been corrected twice and two deliveries wait."""
    folder = copy_bundled(tmp_path_factory.mktemp("work") / "warehouse")
    knowledge = load_catalogue(ROOT / "data" / "catalogue")
    municipalities = [area.id for area in knowledge.catalogue.municipalities]
    with closing(Warehouse(folder)) as warehouse:
        for value, areas, publish in (
            ("90", municipalities[:1], True), ("91", municipalities[:1], True), ("92", municipalities[:1], True),
            ("85", municipalities, False), ("86", municipalities, False),
        ):  # fmt: skip
            rows = [files.row("mpr-dos-1", area, "2025", value) for area in areas]
            deliver(
                files.csv(rows), f"{value}.csv", knowledge=knowledge, warehouse=warehouse, by="asa", publish=publish,
                permit=anyone,
            )  # fmt: skip
    running = start_server(folder, before=_SHORT + on_its_first_day(folder))
    yield running
    running.stop()


def filters(page: Page) -> list[str]:
    """Their labels, with `…` for each number."""
    return [_NUMBER.sub("…", label) for label in looking.main(page).evaluate(_LABELS)]


def switch(page: Page, label: str) -> Locator:
    pattern = r"[\d\s]+".join(re.escape(part) for part in label.split("…"))
    return looking.main(page).get_by_role("switch", name=re.compile(f"^{pattern}$"))


def choose(page: Page, choice: Choice) -> None:
    """Choose as a person does, and wait until the address says so and the page is drawn."""
    if choice.option:
        looking.choose(page, choice.label, choice.option)
    else:
        switch(page, choice.label).press("Space")
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


def walk(server: Server, reader: Page, browser: Browser, start: View, choices: list[Choice]) -> None:
    looking.look_at(reader, server.url + start.address)
    before = reader.evaluate(_SEEN)
    for choice in choices:
        choose(reader, choice)
        seen = reader.evaluate(_SEEN)
        assert seen != before, f"{choice.label} changes nothing"
        assert seen_by_another(browser, reader.url, seen) == seen
        before = seen


def named(walks: list[tuple[View, list[Choice]]]) -> list[str]:
    return [f"{start.page}-{start.query}" for start, _ in walks]


@pytest.mark.parametrize(("start", "choices"), WALKS, ids=named(WALKS))
def test_what_is_chosen_is_what_another_sees_who_opens_the_address(
    site: Server, first_reader: Page, browser: Browser, start: View, choices: list[Choice]
):
    walk(site, first_reader, browser, start, choices)


@pytest.mark.parametrize(("start", "choices"), WALKS_AT_WORK, ids=named(WALKS_AT_WORK))
def test_so_it_is_with_deliveries_that_wait_and_figures_that_were_corrected(
    at_work: Server, first_reader: Page, browser: Browser, start: View, choices: list[Choice]
):
    with closing(Warehouse(at_work.warehouse)) as warehouse, warehouse.snapshot() as now:
        last = str(now.batches()["batch"].max())
    choices = [choice._replace(option=choice.option.format(last=last)) for choice in choices]
    walk(at_work, first_reader, browser, start, choices)


def labels(walks: list[tuple[View, list[Choice]]], path: str) -> set[str]:
    return {choice.label for start, choices in walks if start.page == path for choice in choices}


@pytest.mark.parametrize("path", [spec.path for spec in PAGES if spec.path not in FORMS])
def test_no_filter_is_forgotten(site: Server, first_reader: Page, path: str):
    looking.look_at(first_reader, f"{site.url}/{path}")
    single = {label for page, label in SINGLE if page == path}
    shown = set(filters(first_reader))
    assert shown <= labels(WALKS, path) | single
    assert single <= shown


@pytest.mark.parametrize("path", [start.page for start, _ in WALKS_AT_WORK])
def test_no_filter_of_work_is_forgotten(at_work: Server, first_reader: Page, path: str):
    looking.look_at(first_reader, f"{at_work.url}/{path}")
    assert set(filters(first_reader)) == labels(WALKS_AT_WORK, path)
