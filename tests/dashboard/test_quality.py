"""What the page of data quality finds, and the file that says the same."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import data, quality
from etl.measures.data_quality import Freshness
from schemas.catalogue import Subject

NBSP = "\u00a0"
DAY = date(2026, 11, 22)


def counts(**found: int) -> dict[Freshness, int]:
    return {kind: found.get(kind.name.lower(), 0) for kind in Freshness}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (counts(late=2, example=3, current=1), "2 av 6_indikatorer är försenade och 3 har bara exempeldata"),
        (counts(late=1, example=3), "1 av 4_indikatorer är försenad och 3 har bara exempeldata"),
        (counts(late=2, current=1), "2 av 3_indikatorer är försenade"),
        (counts(late=1, current=2), "1 av 3_indikatorer är försenad"),
        (counts(late=1), "1 av 1_indikator är försenad"),
        (counts(example=3, ended=1), "3 av 4_indikatorer har bara exempeldata"),
        (counts(current=4), "4 av 4_indikatorer har aktuella uppgifter"),
        (counts(lacking=4), "0 av 4_indikatorer har aktuella uppgifter"),
    ],
)
def test_what_is_wrong_comes_first(found, said):
    assert quality.finding(found) == said.replace("_", NBSP)


@pytest.mark.parametrize("subject", [None, *Subject])
@pytest.mark.parametrize("division", ["vardsamverkan", "kommunalforbund"])
def test_the_counts_are_those_of_the_indicators_shown(full, catalogue, division, subject):
    found, _ = quality.shown(data.version(), DAY, division, subject)
    own = [item for item in catalogue.indicators.values() if subject in (None, item.subject)]
    assert sum(found.values()) == len(own)


def test_the_file_has_a_row_for_each_indicator_and_area(full, catalogue):
    version = data.version()
    lines = (
        quality.as_csv(version, DAY, "vardsamverkan", Subject.VACCINATION).decode("utf-8-sig").splitlines()
    )
    rows = quality.rows(version, DAY, "vardsamverkan", Subject.VACCINATION)
    assert len(lines) == rows.height + 1
    assert lines[0].startswith("Indikator;Område;Läge;Period;")
    examples = rows["example"].sum()
    assert sum(";Exempeldata;" in line for line in lines[1:]) == examples


def test_what_has_ended_is_told_by_the_catalogues_caveat(full, catalogue):
    ended = [item.id for item in catalogue.indicators.values() if quality.ENDED in item.caveats]
    assert ended
    rows = quality.rows(data.version(), DAY, "vardsamverkan", None)
    kinds = set(rows.filter(rows["indicator"].is_in(ended))["freshness"])
    assert kinds == {Freshness.ENDED, Freshness.LACKING}
    assert quality.ENDED in catalogue.caveats


@pytest.mark.parametrize(("shown", "judged"), [(None, DAY), (date(2026, 3, 1), date(2026, 3, 1))])
def test_lateness_is_judged_on_the_day_that_is_shown(monkeypatch, shown, judged):
    monkeypatch.setattr(quality.clock, "today", lambda: DAY)
    monkeypatch.setattr(quality.moment, "day", lambda: shown)
    assert quality.day() == judged
