"""Färdplanen: the vision, the ways of working, the decisions."""

from __future__ import annotations

from dashboard.components import timeline
from tests.dashboard.conftest import keys, shown


def test_the_finding_tells_how_long_it_holds_and_what_is_next(page, catalogue):
    test = page("fardplanen")
    roadmap = catalogue.roadmap
    assert str(roadmap.horizon) in test.title[0].value
    assert any(str(year) in test.title[0].value for year in roadmap.follow_ups)
    late = sum(timeline.slipped(item) is not None for item in catalogue.decisions)
    assert f"{late}\u00a0beslut på vägen kom senare än planerat." in shown(test, "page-lead").words


def test_vision_ways_questions_and_whose_it_is(page, catalogue):
    test = page("fardplanen")
    roadmap = catalogue.roadmap
    assert [item.text for item in shown(test, "vision").all("li")] == roadmap.vision
    assert [item.text for item in shown(test, "ways").all("h3")] == [
        f"{way.number}. {way.name}" for way in roadmap.ways_of_working
    ]
    assert [item.text for item in shown(test, "questions").all("li")] == roadmap.questions
    assert [item.text for item in shown(test, "principals").all("dt")] == ["Regionen", "Kommunerna"]


def test_every_indicator_that_follows_a_way_is_named_there(page, catalogue):
    ways = shown(page("fardplanen"), "ways")
    named = set(ways.links)
    assert named == {item.short_name for item in catalogue.indicators.values()}


def test_no_source_gives_the_roadmap_a_figure_of_its_own(page):
    assert "Färdplanen har inga egna siffermål" in shown(page("fardplanen"), "ways").words


def test_decisions_with_what_slipped(page, catalogue):
    decisions = shown(page("fardplanen"), "decisions").words
    for decision in catalogue.decisions:
        assert decision.what in decisions
        late = timeline.slipped(decision)
        if late:
            assert f"Blev {late} senare än planerat." in decisions


def test_nothing_is_published(empty_page, catalogue):
    test = empty_page("fardplanen")
    assert "example-notice" not in keys(test)
    assert "målet nått" not in shown(test, "ways").words.lower()
    assert str(catalogue.roadmap.horizon) in test.title[0].value
