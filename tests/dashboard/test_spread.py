"""Where the municipalities lie, and what is said of those that can't be shown."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import spread
from tests.dashboard.build import SKARABORG, figure, line, without_value

NBSP = "\u00a0"
MEMBERS = ("1439", "1444", "1445")
OLDER = {"period_start": date(2023, 1, 1)}


def told(catalogue, *figures, indicator="mpr-dos-1"):
    row = line(catalogue, indicator, list(figures))
    members = [catalogue.areas[item] for item in MEMBERS]
    return row, spread.spread(row, row.figures.get(SKARABORG), members)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((71.24, 80.0, 88.05), f"3{NBSP}kommuner: 71,2–88,1{NBSP}%"),
        ((71.24, 80.0, None), f"2 av 3{NBSP}kommuner: 71,2–80,0{NBSP}%. 1{NBSP}utan uppgift"),
        ((71.24, 71.21), f"2 av 3{NBSP}kommuner: 71,2{NBSP}%. 1{NBSP}utan uppgift"),
        ((71.24,), f"1 av 3{NBSP}kommuner: 71,2{NBSP}%. 2{NBSP}utan uppgift"),
        ((), "Inga uppgifter per kommun"),
    ],
)
def test_the_range_is_in_words(catalogue, values, said):
    own = [
        without_value(area) if value is None else figure(area, value=value)
        for area, value in zip(MEMBERS, values, strict=False)
    ]
    row, found = told(catalogue, figure(), *own)
    assert spread.words(found, row) == said


def test_hidden_figures_are_counted_and_never_shown(catalogue):
    row, found = told(
        catalogue,
        figure(),
        figure("1439", value=80.0),
        without_value("1444", flag="suppressed"),
        without_value("1445", flag="suppressed"),
    )
    assert list(found.values) == ["1439"]
    assert spread.words(found, row) == f"1 av 3{NBSP}kommuner: 80,0{NBSP}%. 2{NBSP}dolda"


def test_where_all_are_hidden(catalogue):
    row, found = told(catalogue, *(without_value(area, flag="suppressed") for area in MEMBERS))
    assert found.values == {}
    assert spread.words(found, row) == f"3{NBSP}kommuner: 3{NBSP}dolda"


@pytest.mark.parametrize("changed", [OLDER, {"origin": "example"}])
def test_what_cannot_be_held_against_the_delregion_is_not_drawn(catalogue, changed):
    row, found = told(catalogue, figure(), figure("1439", value=80.0), figure("1444", value=90.0, **changed))
    assert list(found.values) == ["1439"]
    assert found.other == 1
    assert "1\u00a0med annan period" in spread.words(found, row)


def test_without_the_delregions_own_figure_the_municipalities_go_by_each_other(catalogue):
    _, found = told(catalogue, without_value(), figure("1439", value=80.0), figure("1444", value=90.0))
    assert found.values == {"1439": 80.0, "1444": 90.0}


def test_parts_of_a_sum_are_not_spread(catalogue):
    assert told(catalogue, figure("1439"), indicator="medel-psykisk-halsa")[1] is None


@pytest.mark.parametrize(
    ("indicator", "said"),
    [("mpr-dos-1", ""), ("utskrivningsklar-medelvardtid", "Lägre är bättre: skalan går från högt till lågt")],
)
def test_which_way_is_better_is_said_where_the_scale_is_turned(catalogue, indicator, said):
    assert spread.way(line(catalogue, indicator, [], has_target=False)) == said


@pytest.mark.parametrize(
    ("one", "another", "same"),
    [
        (figure(), figure(), True),
        (figure(), figure(**OLDER), False),
        (figure(), figure(origin="example"), False),
        (figure(), without_value(), False),
        (without_value(), figure(), False),
        (figure(), None, False),
    ],
)
def test_what_can_be_held_against_what(one, another, same):
    assert spread.comparable(one, another) is same
