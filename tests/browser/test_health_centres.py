"""The funnel of the vårdcentraler: chosen on the page, kept in the address, and open to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from dashboard import filters
from tests import health_centres
from tests.browser import looking
from tests.browser.looking import NARROW, PATIENCE, WIDE, look_at
from tests.browser.server import Server, start_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

#: Enough that names must give way to each other.
NUMBER = 60

_CHART = ".st-key-funnel-wide .js-plotly-plot"


@pytest.fixture(scope="module")
def with_centres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose catalogue has vårdcentraler of somebody's own."""
    base = tmp_path_factory.mktemp("centres")
    folder = health_centres.data_folder(base / "data", NUMBER)
    running = start_server(
        base / "warehouse", before=f"import os; os.environ['FARDPLAN_DATA'] = {str(folder)!r}"
    )
    yield running
    running.stop()


def test_a_choice_of_vardcentraler_is_kept_in_the_address_and_opens_the_same(
    with_centres: Server, browser: Browser
):
    context = looking.with_axe(browser.new_context(viewport={"width": WIDE, "height": 900}, locale="sv-SE"))
    page = context.new_page()
    look_at(page, f"{with_centres.url}/indikator?indikator={health_centres.INDICATOR}")
    chart = page.locator(_CHART).first
    expect(chart).to_contain_text("kommuner ligger utanför")
    looking.choose(page, "Trattdiagrammet visar", filters.HEALTH_CENTRES)
    expect(chart).to_contain_text("vårdcentraler ligger utanför", timeout=PATIENCE)
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("tratt") == [filters.HEALTH_CENTRES])
    page.get_by_text("Trattdiagrammets vårdcentraler som tabell").click()
    table = page.locator(".st-key-funnel-table table")
    expect(table.get_by_role("columnheader").first).to_have_text("Vårdcentral")
    expect(table).to_contain_text(health_centres.name(5))
    looking.at_rest(page)
    found = [(WIDE, one) for one in looking.violations(page)]

    other = context.new_page()
    other.set_viewport_size({"width": NARROW, "height": 900})
    other.emulate_media(color_scheme="dark")
    look_at(other, page.url)
    narrow = other.locator(".st-key-funnel-narrow .js-plotly-plot").first
    expect(narrow).to_contain_text("vårdcentraler ligger")
    assert looking.overflow(other) <= 0
    found += [(NARROW, one) for one in looking.violations(other)]
    assert found == []
    context.close()
