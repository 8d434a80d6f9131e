"""What is said of a figure besides its judgement."""

from __future__ import annotations

import pytest

from dashboard import said
from schemas.results import Assurance, Compared, Trend, Variation
from tests.dashboard.build import figure, line, without_value

NBSP = "\u00a0"


def details(catalogue, indicator="mpr-dos-1", *, has_target=True, **known):
    told = figure(reason=None, **known)
    return said.details(line(catalogue, indicator, [told], has_target=has_target), told)


def test_nothing_is_said_of_what_is_not_known(catalogue):
    assert details(catalogue) == []
    assert said.words(figure()) == []
    assert said.details(line(catalogue, "mpr-dos-1", []), figure()) == ["72,4 %, målet är 80 %."]


@pytest.mark.parametrize("answer", list(Compared))
@pytest.mark.parametrize("level", [None, 95.0, 99.8])
def test_the_county_with_its_level(answer, level):
    told = said.against_county(figure(county=str(answer), county_level=level))
    certain = answer is not Compared.SIMILAR and level is not None
    assert told.endswith(f"{'95' if level == 95 else '99,8'}{NBSP}%") is certain
    assert "länet" in told


def test_only_a_certain_difference_stands_out():
    assert [answer for answer in Compared if not said.stands_out(figure(county=str(answer)))] == [
        Compared.SIMILAR
    ]
    assert not said.stands_out(figure())


def test_the_rule_says_the_way_that_the_figure_went(catalogue):
    waits = line(catalogue, "utskrivningsklar-medelvardtid", [], has_target=False)
    assert said.rule(waits, figure(variation="concern", variation_rule="outside")) == (
        "Sämre än vanligt: det senaste värdet ligger över den vanliga variationen"
    )
    share = line(catalogue, "mpr-dos-1", [])
    assert said.rule(share, figure(variation="concern", variation_rule="outside")) == (
        "Sämre än vanligt: det senaste värdet ligger under den vanliga variationen"
    )
    assert "slump" in said.rule(share, figure(variation="common"))


@pytest.mark.parametrize("variation", list(Variation))
@pytest.mark.parametrize("assurance", list(Assurance))
def test_every_answer_has_a_word_and_a_sentence(catalogue, variation, assurance):
    known = {"variation": str(variation), "variation_rule": "outside", "assurance": str(assurance)}
    assert len(said.words(figure(**known, county="worse"))) == 3
    told = details(catalogue, **known, county="worse", trend="worse")
    assert len(told) == 4
    assert all(one.endswith(".") for one in told)


@pytest.mark.parametrize("trend", list(Trend))
def test_a_trend_is_told_where_there_is_one(catalogue, trend):
    assert len(details(catalogue, trend=str(trend))) == (trend is not Trend.NO_CHANGE)


def test_no_future_without_target_or_judgement(catalogue):
    told = figure(assurance="missed", projected=75.0)
    assert said.future(line(catalogue, "mpr-dos-1", []), told)
    assert not said.future(line(catalogue, "hpv-pojkar", [], has_target=False), told)
    assert not said.future(line(catalogue, "mpr-dos-1", []), without_value(assurance="missed"))
    assert not said.future(line(catalogue, "mpr-dos-1", []), figure(projection_reason="Färre än åtta värden"))
