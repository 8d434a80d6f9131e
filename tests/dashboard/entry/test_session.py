"""What each session runs: the menu, and the page that the address names."""

from __future__ import annotations

from dashboard.registry import PAGES
from tests.dashboard.conftest import click, session, shown, sound


def test_it_opens_at_the_overview(full):
    test = sound(session().run())
    assert "Västra Götaland når " in test.title[0].value
    assert shown(test, "matrix").heads[0] == "Mål"


def test_every_page_can_be_gone_to(full):
    test = sound(session().run())
    seen = {test.title[0].value}
    key = "legend"
    for page in PAGES[1:]:
        click(test, key, f"/{page.path}")
        seen.add(test.title[0].value)
        key = "footer"
    assert len(seen) == len(PAGES)


def test_an_empty_warehouse_is_filled_before_the_first_page(empty):
    from dashboard import data

    assert data.version() == 0
    test = sound(session().run())
    assert data.version() == 1
    assert "Västra Götaland når " in test.title[0].value
