"""Titles and sentences beside the charts."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from dashboard import verdicts
from tests.dashboard.build import SKARABORG

NBSP = "\u00a0"
NAMES = {"a": "Ale", "b": "Borås", "c": "Öckerö"}


def row(**changed: Any) -> dict[str, Any]:
    usual = {
        "period_start": date(2025, 1, 1), "period_type": "year", "value": 82.0, "variation": None,
        "variation_rule": None, "target": "mpr-dos-1-95", "judgement": "not_on_the_way", "reason": "Skälet",
        "reach_first": None, "reach_last": None, "projected": 85.0, "assurance": None, "projection_reason": None,
        "assurance_reason": None,
    }  # fmt: skip
    return {**usual, **changed}


LAST = {"period_start": date(2030, 1, 1), "period_type": "year", "value": 85.04, "lower": 80.0, "upper": 90.0}


@pytest.fixture
def indicator(catalogue):
    return catalogue.indicators["mpr-dos-1"]


@pytest.fixture
def place(catalogue):
    return catalogue.areas[SKARABORG]


NEWEST = {"period_start": date(2025, 1, 1), "period_type": "year", "value": 82.0}


def title(indicator, place, changed, *, newest=NEWEST, usual=True, last=None, goal=False) -> str:
    return verdicts.story_title(row(**changed), newest, place, indicator, usual=usual, last=last, goal=goal)


@pytest.mark.parametrize(
    ("variation", "said"),
    [
        ("improvement", f"Skaraborg 82,0{NBSP}% år 2025: bättre än vanligt"),
        ("common", f"Skaraborg 82,0{NBSP}% år 2025: vanlig variation"),
        (None, f"Skaraborg 82,0{NBSP}% år 2025"),
    ],
)
def test_the_charts_title_is_its_finding(indicator, place, variation, said):
    assert title(indicator, place, {"variation": variation}) == said
    assert title(indicator, place, {"variation": variation}, usual=False) == said.split(":")[0]


@pytest.mark.parametrize(
    ("judgement", "said"),
    [
        ("target_reached", ". Målet är nått"),
        ("on_the_way", ". På väg mot målet, men för långsamt"),
        ("not_on_the_way", ". Inte på väg mot målet"),
        ("wrong_direction", ". Det går åt fel håll"),
        ("cannot_be_judged", ""),
    ],
)
def test_how_it_stands_to_the_target_is_told_where_that_is_shown(indicator, place, judgement, said):
    bare = f"Skaraborg 82,0{NBSP}% år 2025"
    assert title(indicator, place, {"judgement": judgement}, goal=True) == bare + said
    assert title(indicator, place, {"judgement": judgement}) == bare


def test_a_verdict_is_not_that_of_another_period(indicator, place):
    before = {**NEWEST, "period_start": date(2024, 1, 1)}
    said = title(indicator, place, {"variation": "improvement"}, newest=before)
    assert said == f"Skaraborg 82,0{NBSP}% år 2024"


@pytest.mark.parametrize(
    ("variation", "fired", "said"),
    [
        ("improvement", "shift", "Minst sju värden i rad ligger över medelvärdet."),
        ("concern", "outside", "Det senaste värdet ligger under den vanliga variationen."),
        ("concern", "trend", "Minst sju värden i rad har sjunkit."),
        ("common", None, verdicts.NO_RULE),
    ],
)
def test_the_rule_that_fired_is_told_in_plain_words(indicator, variation, fired, said):
    assert verdicts.rule(row(variation=variation, variation_rule=fired), indicator) == said


def test_a_point_in_the_table_is_not_called_the_newest(indicator):
    point = {"rule": "outside", "signal": "improvement"}
    assert verdicts.point_rule(point, indicator) == "Värdet ligger över den vanliga variationen"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Målet nås inte före 2040 i nuvarande takt"),
        (
            {"reach_first": 2028, "reach_last": 2031},
            "Med dagens takt nås målet tidigast 2028 och senast 2031",
        ),
        (
            {"judgement": "target_reached"},
            f"Målet är nått, och i nuvarande takt är andelen 85,0{NBSP}% år 2030",
        ),
        ({"judgement": "cannot_be_judged"}, f"I nuvarande takt 85,0{NBSP}% år 2030"),
    ],
)
def test_the_projections_title_is_when_the_target_is_reached(indicator, place, changed, said):
    assert title(indicator, place, changed, last=LAST) == f"Skaraborg 82,0{NBSP}% år 2025. {said}"


def test_the_projection_is_told_with_its_band(indicator):
    said = verdicts.outlook_said(row(reach_first=2028, reach_last=2031), indicator, LAST)
    assert said == [
        "Med dagens takt nås målet tidigast 2028 och senast 2031.",
        f"I nuvarande takt väntas 85,0{NBSP}% år 2030, med 80{NBSP}% sannolikhet inom 80,0–90,0{NBSP}%.",
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"target": None}, "Inget mål är satt för indikatorn."),
        ({"judgement": "cannot_be_judged"}, "Skälet."),
        ({"judgement": "target_reached"}, "Målet är nått."),
        ({"projected": None}, "Det går inte att säga när målet nås."),
        ({"projected": None, "judgement": "on_the_way"}, "Det går inte att säga när målet nås."),
    ],
)
def test_without_a_judgement_the_reason_stands(indicator, changed, said):
    assert verdicts.outlook_said(row(**changed), indicator, None) == [said]


def test_a_pace_that_is_enough_needs_no_more_said(indicator, place):
    known = {"judgement": "on_the_way", "reach_first": 2028, "projected_on": date(2030, 12, 31)}
    assert title(indicator, place, known, goal=True) == f"Skaraborg 82,0{NBSP}% år 2025. På väg mot målet"


def gap(**changed: Any) -> dict[str, Any]:
    usual = {
        "period_start": date(2025, 1, 1), "period_type": "year", "gap": 14.4, "lower": 12.8, "upper": 16.0,
        "highest_area": "a", "highest_value": 64.5, "lowest_area": "b", "lowest_value": 50.1, "spread_p": 0.001,
        "spread_reason": None, "people": 3400, "reason": None,
    }  # fmt: skip
    return {**usual, **changed}


def test_the_gap_is_told_with_its_interval_and_how_many_it_is(indicator):
    assert verdicts.gap_said(gap(), indicator, NAMES) == [
        f"År 2025 låg Ale högst (64,5{NBSP}%) och Borås lägst (50,1{NBSP}%): det skiljer 14,4{NBSP}procentenheter, "
        f"95{NBSP}%-intervall 12,8–16,0.",
        "Tillsammans skiljer sig områdena mer än slumpen ger.",
        f"Om alla låg minst på länets nivå skulle 3{NBSP}400 fler räknas in (2-åringar med dos 1).",
    ]
    assert verdicts.gap_title(gap(), indicator, NAMES) == (
        f"Det skiljer 14,4{NBSP}procentenheter mellan Ale och Borås år 2025"
    )


def test_where_lower_is_better_there_would_be_fewer(catalogue):
    lower = catalogue.indicators["aterinskrivning-aldre-kommun"]
    assert verdicts.gap_said(gap(), lower, NAMES)[-1] == (
        f"Om alla låg högst på länets nivå skulle 3{NBSP}400 färre räknas in "
        "(oplanerade återinskrivningar inom 30 dagar)."
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"spread_p": 0.3}, "Så stora skillnader mellan områdena kan bero på slump."),
        (
            {"spread_p": None, "spread_reason": "Antal saknas"},
            "Om det är slump går inte att säga. Antal saknas.",
        ),
    ],
)
def test_a_gap_that_may_be_chance_is_never_called_more(indicator, changed, said):
    told = verdicts.gap_said(gap(**changed, people=None), indicator, NAMES)
    assert told[1:] == [said]


def test_areas_that_are_alike_are_not_told_apart(indicator):
    alike = gap(gap=0.0, lower=-0.4, upper=0.4, lowest_area="a", lowest_value=64.5)
    assert verdicts.gap_said(alike, indicator, NAMES) == [
        f"År 2025 låg alla områden med uppgift på 64,5{NBSP}%."
    ]
    assert verdicts.gap_title(alike, indicator, NAMES) == "Ingen skillnad mellan områdena år 2025"


def test_without_a_gap_the_reason_stands(indicator):
    assert verdicts.gap_said(gap(gap=None, reason="För få områden"), indicator, NAMES) == ["För få områden."]


def funnel(*levels: float | None, adjusted: bool = False, phi: float | None = 1.0) -> pl.DataFrame:
    return pl.DataFrame(
        {"area": list(NAMES)[: len(levels)], "outcome_level": levels, "adjusted": adjusted, "phi": phi},
        schema_overrides={"outcome_level": pl.Float64, "phi": pl.Float64},
    )


def test_those_outside_are_named_in_order_of_name_and_never_by_size():
    said = verdicts.funnel_said(funnel(95.0, 99.8, 99.8), NAMES)
    assert said[0] == f"Utanför gränsen för 99,8{NBSP}%: Borås och Öckerö."
    assert said[1] == f"Utanför bara gränsen för 95{NBSP}%: Ale."
    assert "slump" in said[2]
    assert (
        verdicts.funnel_title(funnel(95.0, 99.8, 99.8))
        == f"2 av 3 kommuner ligger utanför gränsen för 99,8{NBSP}%"
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"adjusted": True}, "vidgade för överspridning"),
        ({}, "varierar inte säkert mer än slumpen ger"),
        ({"phi": None}, "för få för att pröva"),
    ],
)
def test_whether_the_limits_are_widened_is_always_said(more, said):
    (told,) = verdicts.funnel_said(funnel(None, None, **more), NAMES)
    assert said in told
    assert verdicts.funnel_title(funnel(None, None)).startswith("Ingen av 2 kommuner")


@pytest.mark.parametrize(
    ("missing", "said"), [(0, []), (1, [f"1{NBSP}kommun visas inte: uppgift saknas eller är dold."])]
)
def test_those_that_are_not_seen_are_counted(missing, said):
    assert verdicts.unseen(missing) == said


@pytest.mark.parametrize(
    ("outcome", "level", "said"),
    [
        ("similar", None, "Inom gränserna"),
        ("worse", 99.8, f"Sämre (utanför 99,8{NBSP}%)"),
        ("higher", 95.0, f"Högre (utanför 95{NBSP}%)"),
    ],
)
def test_a_municipality_beside_all(outcome, level, said):
    assert verdicts.compared(outcome, level) == said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {"value": 71.24, "lower": 70.1, "upper": 72.36, "reason": None},
            "Med länets fördelning på åldersgrupper vore andelen i Skaraborg 71,2\u00a0% "
            "(95\u00a0%-intervall 70,1–72,4\u00a0%).",
        ),
        (
            {"value": None, "lower": None, "upper": None, "reason": "En åldersgrupp saknas"},
            "Värdet kan inte räknas om till länets fördelning på åldersgrupper. En åldersgrupp saknas.",
        ),
    ],
)
def test_a_figure_with_the_countys_ages(catalogue, row, said):
    assert verdicts.standardised_said(row, catalogue.indicators["influensa-65"], "Skaraborg") == [said]
