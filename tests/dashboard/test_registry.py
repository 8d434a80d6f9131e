"""The pages of the menu."""

from __future__ import annotations

import pytest

from dashboard import links
from dashboard.registry import PAGES


def test_every_page_has_its_own_address_and_name():
    assert [page.path for page in PAGES] == [
        links.OVERVIEW, links.INDICATOR, links.DELREGION, links.FUNDS, links.ROADMAP,
        links.UPLOAD, links.REVIEW, links.HISTORY, links.CORRECTIONS, links.PERMISSIONS, links.METHOD,
        links.ABOUT,
    ]  # fmt: skip
    assert len({page.path for page in PAGES}) == len(PAGES)
    assert [page.title for page in PAGES] == [
        "Översikt", "Indikator", "Delregion", "Medel", "Färdplanen", "Ladda upp", "Granska", "Historik", "Rättelser",
        "Behörigheter", "Metod", "Om",
    ]  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.title)
def test_an_address_can_be_typed(page):
    assert page.path == page.path.lower()
    assert page.path.isascii()
