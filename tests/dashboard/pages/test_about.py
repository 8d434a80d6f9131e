"""Om: method, definitions and sources."""

from __future__ import annotations

from dashboard.words import OUTCOMES
from tests.dashboard.conftest import shown


def test_every_indicator_with_its_source(page, catalogue):
    rows = {row[0]: row for row in shown(page("om"), "indicators").rows}
    assert set(rows) == {item.name for item in catalogue.indicators.values()}
    for item in catalogue.indicators.values():
        assert item.source.publisher in rows[item.name][3]
        assert rows[item.name][4] == (item.kolada_id or "")


def test_the_method_tells_what_is_done_and_what_never_is(page):
    method = shown(page("om"), "method").words
    for word in ("Wilson", "Newcombe", "genomsnittet", "Exempeldata", "kan inte bedömas"):
        assert word in method


def test_all_outcomes_and_divisions_are_explained(page, catalogue):
    test = page("om")
    legend = shown(test, "legend").words
    assert all(words.word in legend for words in OUTCOMES.values())
    assert [item.text for item in shown(test, "divisions").all("dt")] == [
        item.name for item in catalogue.divisions.values()
    ]


def test_it_needs_no_figures(empty_page, catalogue):
    test = empty_page("om")
    assert len(shown(test, "indicators").rows) == len(catalogue.indicators)
