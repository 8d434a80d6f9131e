"""The pages of the menu."""

from __future__ import annotations

import pytest

from dashboard import links
from dashboard.registry import PAGES, PageSpec, Place


def test_every_page_has_its_own_address_and_name():
    assert len({page.path for page in PAGES}) == len(PAGES)
    assert len({page.title for page in PAGES}) == len(PAGES)
    assert PAGES[0].path == links.OVERVIEW


def test_the_menu_begins_with_what_is_read_and_ends_with_what_is_done():
    places = [page.place for page in PAGES]
    assert places == sorted(places, key=[Place.MENU, Place.WORK, Place.FOOT].index)
    assert [page.title for page in PAGES if page.place is Place.WORK] == [
        "Ladda upp", "Granska", "Historik", "Behörigheter",
    ]  # fmt: skip
    assert [page.title for page in PAGES if page.place is Place.FOOT] == [
        "Metod", "Om", "Ordlista", "Tillgänglighetsredogörelse",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "able", "shown"),
    [
        (Place.MENU, False, True), (Place.MENU, True, True), (Place.WORK, False, False), (Place.WORK, True, True),
        (Place.FOOT, True, False),
    ],
)  # fmt: skip
def test_who_has_a_page_in_the_menu(place, able, shown):
    assert PageSpec("x", "X", "about", place).in_menu(able=able) is shown


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.title)
def test_an_address_can_be_typed(page):
    assert page.path == page.path.lower()
    assert page.path.isascii()
