"""The roadmap's decisions, planned beside actual."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard.components import timeline
from schemas.catalogue import Decision
from tests.dashboard.build import HOSTILE
from tests.dashboard.dom import parse

NBSP = "\u00a0"
PLANNED = date(2023, 1, 31)


def decision(**changed) -> Decision:
    usual = {
        "id": "beslut",
        "date": PLANNED,
        "date_text": "31 januari 2023",
        "body": "SRO",
        "what": "Ställer sig bakom färdplanen.",
        "source": "vardsamverkan.se",
    }
    return Decision(**{**usual, **changed})


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-40, None),
        (0, None),
        (3, None),
        (4, f"1{NBSP}vecka"),
        (7, f"1{NBSP}vecka"),
        (14, f"2{NBSP}veckor"),
        (28, f"4{NBSP}veckor"),
        (30, f"4{NBSP}veckor"),
        (31, f"1{NBSP}månad"),
        (45, f"1{NBSP}månad"),
        (61, f"2{NBSP}månader"),
        (365, f"12{NBSP}månader"),
    ],
)
def test_how_much_later(days, said):
    late = decision(planned="januari 2023", planned_date=PLANNED, date=PLANNED + timedelta(days=days))
    assert timeline.slipped(late) == said
    text = parse(timeline.html([late], date(2026, 1, 1))).words
    assert (f"Blev {said} senare än planerat." in text) is (said is not None)
    assert "Planerat: januari 2023." in text


def test_without_a_planned_day_nothing_slipped():
    assert timeline.slipped(decision(planned="våren 2021")) is None
    assert timeline.slipped(decision()) is None
    assert "Planerat" not in timeline.html([decision()], PLANNED)


def test_oldest_first_and_what_happened_on_one_day_together():
    told = [
        decision(id="c", date=date(2025, 1, 1), date_text="2025", what="Sist."),
        decision(id="a", what="Först."),
        decision(id="b", what="Samma dag."),
    ]
    items = parse(timeline.html(told, date(2026, 1, 1))).all("li")
    assert [len(item.all("div")) for item in items] == [2, 1]
    assert items[0].words.index("Först.") < items[0].words.index("Samma dag.")
    assert "Sist." in items[1].words
    assert items[0].words.count("31 januari 2023") == 1


def test_today_stands_before_what_is_to_come():
    told = [
        decision(id="a"),
        decision(id="b", date=date(2028, 1, 1), date_text="2028"),
        decision(id="c", date=date(2030, 1, 1), date_text="2030"),
    ]
    items = [item.words for item in parse(timeline.html(told, date(2026, 1, 1))).all("li")]
    assert [item.split(" ")[0] for item in items] == ["31", "I", "2028", "2030"]
    assert items[1] == "I dag"


def test_the_roadmaps_own_timeline_reads_well(catalogue):
    drawn = parse(timeline.html(catalogue.decisions, date(2026, 1, 1)))
    assert len(drawn.all("div")) == len(catalogue.decisions)
    assert ".." not in drawn.words
    dates = sorted(catalogue.decisions, key=lambda item: item.date)
    assert drawn.words.startswith(dates[0].date_text)
    assert drawn.words.count("Källa:") == len(catalogue.decisions)


def test_words_are_text_and_never_markup():
    told = decision(body=HOSTILE, what=HOSTILE, planned=HOSTILE, source=HOSTILE, date_text=HOSTILE)
    drawn = parse(timeline.html([told], PLANNED))
    assert not drawn.all("script", "img")
    assert drawn.text.count("<script>") == 5
