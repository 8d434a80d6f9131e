"""What can be found from every page, and where it leads."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard import links, search
from dashboard.glossary import TERMS
from dashboard.registry import PAGES


@pytest.fixture
def found(full, catalogue) -> list[search.Entry]:
    return search.entries(catalogue)


def test_everything_with_a_page_of_its_own_is_there(found, catalogue):
    kinds: dict[str, int] = {}
    for entry in found:
        kind = entry.kind.split(",")[0]
        kinds[kind] = kinds.get(kind, 0) + 1
    assert kinds == {
        "Indikator": len(catalogue.indicators), "Vårdsamverkansområde": 6, "Delregional nämnd": 5,
        "Kommunalförbund": 4, "Kommun": 49, "Överenskommelse": len(catalogue.agreements), "Sida": len(PAGES),
        "Ord": len(TERMS),
    }  # fmt: skip
    assert len({(entry.label, entry.kind) for entry in found}) == len(found)


def test_every_address_leads_to_a_page_and_is_in_the_filters_words(found):
    paths = {page.path for page in PAGES}
    for entry in found:
        parts = urlsplit(entry.address)
        assert parts.path.strip("/") in paths
        assert links.canonical(parts.path, parts.query) is None


def test_a_municipality_leads_to_its_delregion(found):
    (entry,) = [entry for entry in found if entry.label == "Ulricehamn"]
    assert entry.kind == "Kommun, Södra Älvsborg"
    assert parse_qs(urlsplit(entry.address).query) == {
        "indelning": ["Vårdsamverkansområden"], "delregion": ["Södra Älvsborg"], "kommun": ["Ulricehamn"],
    }  # fmt: skip
    assert entry.also == "1491"


def test_an_indicator_is_found_by_its_short_name_and_by_koladas_number(found, catalogue):
    also = {entry.label: entry.also for entry in found if entry.kind == "Indikator"}
    for item in catalogue.indicators.values():
        assert item.short_name in also[item.name]
        assert (item.kolada_id or "") in also[item.name]


def test_what_the_browser_gets_is_the_same_and_small(found):
    told = search.index()
    assert [search.Entry(*item) for item in json.loads(told)] == found
    assert len(told) < 40_000
