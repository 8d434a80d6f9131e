"""Datakvalitet: the finding, the matrix, its filters and its file."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import data, quality
from etl.measures.data_quality import Freshness, by_indicator
from schemas import clock
from tests.dashboard.conftest import keys, option, shown

NBSP = "\u00a0"


@pytest.fixture
def today(monkeypatch) -> date:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 22))
    return clock.today()


def indicators(test) -> list[str]:
    rows = shown(test, "quality").one("tbody").all("tr")
    return [row.one("a").words for row in rows if "fp-subject" not in row.css]


def test_the_finding_is_counted_from_what_is_shown(today, page, catalogue):
    test = page("datakvalitet")
    rows = quality.rows(data.version(), today, "vardsamverkan", None)
    late = by_indicator(rows).filter(freshness=str(Freshness.LATE)).height
    total = len(catalogue.indicators)
    assert test.title[0].value.startswith(f"{late} av {total}{NBSP}indikatorer är försenade")
    assert sorted(indicators(test)) == sorted(item.name for item in catalogue.indicators.values())
    assert shown(test, "page-lead").words.startswith("Läget 22 november 2026.")


def test_one_subject_in_another_division(today, page, catalogue):
    test = page("datakvalitet", amne="Kontinuitet", indelning="Delregionala nämnder")
    own = [item.name for item in catalogue.indicators.values() if item.subject == "continuity"]
    assert sorted(indicators(test)) == sorted(own)
    names = [area.name for area in catalogue.delregioner("namnd")]
    assert shown(test, "quality").heads == ["Indikator", "Nästa leverans", "Västra Götaland", *names]
    assert f" av {len(own)}{NBSP}indikatorer" in test.title[0].value
    assert len(indicators(option(test, "amne", ""))) == len(catalogue.indicators)


def test_the_next_day_may_judge_otherwise(today, page, monkeypatch):
    before = shown(page("datakvalitet"), "quality").words
    monkeypatch.setattr(clock, "today", lambda: date(2022, 1, 15))
    assert shown(page("datakvalitet"), "quality").words != before


def test_nothing_is_published(today, empty_page, catalogue):
    test = empty_page("datakvalitet")
    assert test.title[0].value == f"0 av {len(catalogue.indicators)}{NBSP}indikatorer har aktuella uppgifter"
    assert test.info[0].value.startswith("Inga uppgifter är levererade än.")
    assert "legend" in keys(test)
