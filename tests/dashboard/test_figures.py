"""Figures as text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard import figures
from tests.dashboard.build import figure, without_value

NBSP = "\u00a0"


@pytest.fixture
def share(catalogue):
    return catalogue.indicators["mpr-dos-1"]


def test_a_value_with_its_unit(share):
    assert figures.value(figure(), share) == f"72,4{NBSP}%"
    assert figures.number(72.4, share) == f"72,4{NBSP}%"
    assert figures.interval(figure(), share) == f"69,5–75,1{NBSP}%"
    assert figures.change(figure(), share) == f"+1,3{NBSP}procentenheter"
    assert figures.count(1299275.0) == f"1{NBSP}299{NBSP}275"
    assert figures.period(figure()) == "2024"


@pytest.mark.parametrize("say", [figures.value, figures.interval, figures.change])
def test_a_dash_where_there_is_none(share, say):
    assert say(without_value(), share) == "–"


def test_a_dash_for_what_is_not_known(share):
    assert figures.number(None, share) == "–"
    assert figures.count(None) == "–"
    assert figures.period(without_value(period_start=None)) == "–"
    assert figures.interval(figure(upper=None), share) == "–"
    assert figures.arrow(without_value(), share) == ""
    assert figures.certainty(without_value()) == ""


def test_the_unit_is_the_indicators(catalogue):
    days = catalogue.indicators["utskrivningsklar-medelvardtid"]
    money = catalogue.indicators["medel-psykisk-halsa"]
    assert figures.value(figure(value=3.2), days) == f"3,2{NBSP}dagar"
    assert figures.value(figure(value=81314959.0), money) == f"81{NBSP}314{NBSP}959{NBSP}kr"


@pytest.mark.parametrize(
    ("change", "arrow"),
    [
        (1.3, "▲ 1,3"),
        (-1.3, "▼ 1,3"),
        (0.0, "● 0,0"),
        (0.04, "● 0,0"),
        (-0.04, "● 0,0"),
        (0.05, "▲ 0,1"),
        (-0.05, "▼ 0,1"),
        (0.25, "▲ 0,3"),
        (-0.25, "▼ 0,3"),
    ],
)
def test_an_arrow_says_the_same_as_the_words(share, change, arrow):
    changed = figure(change=change)
    assert figures.arrow(changed, share) == arrow
    words = figures.change(changed, share).lstrip("+\u2212")
    assert words.startswith(arrow.split()[1])


@pytest.mark.parametrize(
    ("course", "certain", "css", "words"),
    [
        ("better", True, "fp-better", "säkerställd förändring"),
        ("worse", True, "fp-worse", "säkerställd förändring"),
        ("unchanged", True, "fp-unchanged", "säkerställd förändring"),
        ("better", False, "fp-unchanged", "kan bero på slump"),
        ("worse", False, "fp-unchanged", "kan bero på slump"),
        ("better", None, "fp-unchanged", "osäkerheten kan inte räknas ut"),
        (None, None, "fp-unchanged", "osäkerheten kan inte räknas ut"),
    ],
)
def test_only_what_is_more_than_chance_is_called_better_or_worse(course, certain, css, words):
    changed = figure(course=course, change_is_certain=certain)
    assert figures.course_css(changed) == css
    assert figures.certainty(changed) == words


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("81314959", f"81{NBSP}314{NBSP}959{NBSP}kr"),
        ("81314959.00", f"81{NBSP}314{NBSP}959{NBSP}kr"),
        ("0.01", f"0,01{NBSP}kr"),
        ("1000.10", f"1{NBSP}000,10{NBSP}kr"),
        ("-5", f"−5{NBSP}kr"),
    ],
)
def test_kronor_are_never_rounded(amount, text):
    assert figures.kronor(Decimal(amount)) == text
