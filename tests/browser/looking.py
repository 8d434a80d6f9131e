"""Looking at pages: which there are to look at, when a page is at rest, and what axe says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from axe_playwright_python.base import AXE_SCRIPT

from dashboard import links
from dashboard.layers import LAYERS
from dashboard.registry import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page

#: Milliseconds that a page may take on a busy machine.
PATIENCE = 60_000

WIDE, NARROW = 1440, 390


class View(NamedTuple):
    """A page with something chosen.

    Attributes:
        page: The page's path; "" for the first.
        query: What is chosen, as the address says it.
    """

    page: str
    query: str = ""

    @property
    def address(self) -> str:
        """The address after the host."""
        return f"/{self.page}?{self.query}" if self.query else f"/{self.page}"


def view(page: str, **chosen: str) -> View:
    """A page with filters as the address says them."""
    return View(page, urlencode(chosen, quote_via=quote))


#: Every page as it opens.
EVERY_PAGE = [View(spec.path) for spec in PAGES]

#: Pages with another choice, which show what the first view of the page doesn't: the subjects, the divisions, a
#: delregion and a municipality, all layers of a chart, and the kinds of indicator: a share of a year with a survey
#: beside it, an index, days, kronor, one with ages, one with small counts hidden, one of which nothing is delivered.
MORE_VIEWS = [
    *(view(links.OVERVIEW, amne=name) for name in ("Tillgänglighet", "Kontinuitet", "Vaccination", "Medel")),
    view(links.OVERVIEW, indelning="Delregionala nämnder", delregion="Södra nämnden"),
    *(
        view(links.INDICATOR, indikator=name)
        for name in (
            "fast-lakarkontakt-register",
            "kontinuitetsindex",
            "utskrivningsklar-dagar-65",
            "medel-psykisk-halsa",
            "covid19-minst-2-doser",
            "covid19-dos-3",
        )
    ),
    view(links.INDICATOR, indikator="bup-forsta-besok-30", delregion="Fyrbodal"),
    View(links.INDICATOR, "&".join(f"lager={quote(told.name)}" for told in LAYERS.values())),
    view(links.DELREGION, delregion="Fyrbodal", kommun="Dals-Ed"),
    view(links.FUNDS, indelning="kommunalforbund"),
]

#: What axe says of Streamlit's own elements, which we can't change, and why it harms nobody.
EXCUSED = {
    # The drop zone has role="presentation" and a label of its own; the button inside it is what is used.
    ("presentation-role-conflict", "stFileUploaderDropzone"),
}

#: Whether the page is drawn, and as it was at the last look: what it asked of the server answered (or not in five
#: seconds), the script done, nothing old or pale left, fonts and charts there, nothing moving.
_AT_REST = """() => {
    if (!window.waitsSince) {
        const send = WebSocket.prototype.send;
        const heard = () => { window.waitsSince = -Infinity; };
        WebSocket.prototype.send = function (...message) {
            window.waitsSince = performance.now();
            this.addEventListener('message', heard, {once: true});
            return send.apply(this, message);
        };
        heard();
    }
    const app = document.querySelector('[data-testid=stApp]');
    const main = document.querySelector('[data-testid=stMain]');
    const drawn = performance.now() - window.waitsSince > 5000
        && app?.dataset.testScriptState === 'notRunning'
        && main?.querySelector('h1')
        && main.querySelector('.st-key-footer .fp')?.innerHTML
        && !main.querySelector('[data-testid=stSkeleton], [data-stale=true]')
        && document.fonts.status === 'loaded'
        && document.getAnimations().every(one => one.playState !== 'running')
        && [...main.querySelectorAll('.js-plotly-plot')].every(one => one.querySelector('.main-svg'));
    const seen = drawn
        ? `${location.href} ${main.querySelectorAll('*').length} ${main.scrollHeight} ${main.textContent.length}`
        : null;
    const same = seen !== null && seen === window.seenAtLast;
    window.seenAtLast = seen;
    return same;
}"""

#: What axe finds. Text of its background's own colour it can't judge, and leaves to whoever looks.
_AXE = """async () => {
    const found = await axe.run({resultTypes: ['violations', 'incomplete'], selectors: false, preload: false});
    const unseen = found.incomplete.filter(one => one.id === 'color-contrast').map(one => ({
        id: 'unseen', nodes: one.nodes.filter(node => node.any.some(check => check.data?.messageKey === 'equalRatio')),
    }));
    return [...found.violations, ...unseen].flatMap(one => one.nodes.map(node => [one.id, node.html]));
}"""


def at_rest(page: Page) -> None:
    """Wait until a page is drawn and nothing moves."""
    page.wait_for_function(_AT_REST, polling=100, timeout=PATIENCE)


def look_at(page: Page, address: str) -> None:
    """Open an address and wait until it is drawn."""
    page.goto(address)
    at_rest(page)


def main(page: Page) -> Locator:
    """Everything but the menu."""
    return page.get_by_test_id("stMain")


def with_axe(context: BrowserContext) -> BrowserContext:
    """The context, with axe in each of its pages from the start."""
    context.add_init_script(AXE_SCRIPT)
    return context


def violations(page: Page) -> list[str]:
    """What axe finds on a page, less what is excused: the rule and the element."""
    found: list[tuple[str, str]] = page.evaluate(_AXE)
    return [
        f"{rule}: {html[:200]}"
        for rule, html in found
        if not any(rule == excused and part in html for excused, part in EXCUSED)
    ]


def overflow(page: Page) -> int:
    """Pixels of a page that lie beside the screen."""
    return page.evaluate("main => main.scrollWidth - main.clientWidth", main(page).element_handle())


def field(page: Page, label: str) -> Locator:
    """The filter with this label: a select box, a set of buttons or a day."""
    kinds = ("stSelectbox", "stButtonGroup", "stDateInput")
    found = main(page).locator(", ".join(f"[data-testid={kind}]" for kind in kinds))
    # A label that isn't drawn is told to a screen reader all the same.
    by_name = found.filter(has=page.locator(f'[aria-label="{label}"]'))
    return found.filter(has=page.get_by_test_id("stWidgetLabel").get_by_text(label, exact=True)).or_(by_name)


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a filter as a person does; what comes of it isn't waited for."""
    found = field(page, label)
    if found.get_by_role("combobox").count():
        # Of a long list, only what is in sight is in the page.
        found.get_by_role("combobox").fill(option)
        page.get_by_role("option", name=option, exact=True).click()
    elif found.get_by_role("spinbutton").count():
        found.get_by_role("spinbutton").first.click()
        page.keyboard.type(option.replace("-", ""), delay=30)
        page.keyboard.press("Escape")
    else:
        found.get_by_text(option, exact=True).click()
