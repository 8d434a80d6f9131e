"""The six ways of working with their indicators."""

from __future__ import annotations

from dataclasses import replace

from dashboard.components import ways
from tests.dashboard.build import COUNTY, figure, line, without_value
from tests.dashboard.dom import parse


def drawn(catalogue, *found):
    return parse(ways.html(catalogue.roadmap, list(found), catalogue.county)).children[0]


def test_each_way_has_the_indicators_that_follow_it(catalogue):
    found = [
        line(catalogue, "mpr-dos-1", [figure(COUNTY)]),
        line(catalogue, "vardgaranti-telefon", [figure(COUNTY)]),
    ]
    items = list(drawn(catalogue, *found).children)
    assert len(items) == 6
    for way, item in zip(catalogue.roadmap.ways_of_working, items, strict=True):
        assert item.one("h3").text == f"{way.number}. {way.name}"
        expected = {one.indicator.short_name for one in found if way.number in one.indicator.ways_of_working}
        assert set(item.links) == expected
        assert ("Ingen indikator" in item.text) is (not expected)


def test_the_countys_judgement_is_symbol_and_word(catalogue):
    item = drawn(catalogue, line(catalogue, "mpr-dos-1", [figure(COUNTY, judgement="wrong_direction")]))
    assert "fel håll" in item.words.lower()
    assert item.all("svg")


def test_an_indicator_without_figures_cannot_be_judged(catalogue):
    for told in ([], [without_value(COUNTY)]):
        assert "kan inte bedömas" in drawn(catalogue, line(catalogue, "mpr-dos-1", told)).words.lower()


def test_an_age_group_leads_to_that_age_group(catalogue):
    told = replace(line(catalogue, "mpr-dos-1", []), age="65+")
    assert all("&alder=65" in address for address in drawn(catalogue, told).links.values())


def test_whose_the_indicator_is(catalogue):
    both = next(item for item in catalogue.indicators.values() if len(item.principals) == 2)
    said = drawn(catalogue, line(catalogue, both.id, [], has_target=False)).words
    assert "regionen och kommunerna" in said or "kommunerna och regionen" in said
