"""Whether a target will be reached, and that no word says more than the figures beside it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings

from etl.measures import outlook
from tests.etl.measures.rows import random_rows, row

ON_THE_WAY = {"judgement": "on_the_way", "projected": 75.0, "projected_on": dt.date(2030, 12, 31)}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "På väg, men för långsamt: målet nås inte före 2040 i nuvarande takt."),
        (
            {"reach_first": 2033, "reach_last": 2037},
            "På väg, men för långsamt: med dagens takt nås målet tidigast 2033 och senast 2037.",
        ),
        (
            {"reach_first": 2033},
            "På väg, men för långsamt: med dagens takt nås målet tidigast 2033, kanske inte före 2040.",
        ),
        (
            {"reach_first": 2029, "reach_last": 2033},
            "Med dagens takt nås målet tidigast 2029 och senast 2033.",
        ),
        ({"projected_lower": None}, None),
        ({"reach_first": 2030, "reach_last": 2030}, "Med dagens takt nås målet 2030."),
        (
            {"assurance": "missed"},
            "På väg, men för långsamt: med dagens process nås inte målet, och det nås inte före 2040 i nuvarande takt.",
        ),
        (
            {"assurance": "missed", "projected": None},
            "På väg, men med dagens process nås inte målet.",
        ),
        (
            {"assurance": "missed", "reach_first": 2029, "reach_last": 2030},
            "Med dagens process nås inte målet, men med dagens takt nås det tidigast 2029 och senast 2030.",
        ),
        (
            {"judgement": "not_on_the_way"},
            "Målet nås inte före 2040 i nuvarande takt.",
        ),
    ],
)
def test_on_the_way_never_stands_beside_a_pace_that_is_too_slow_without_a_bridge(changed, said):
    assert outlook.outlook(row(**{**ON_THE_WAY, **changed})) == said


def test_the_pace_alone_is_bridged_as_well():
    assert (
        outlook.pace(row(**ON_THE_WAY))
        == "På väg, men för långsamt: målet nås inte före 2040 i nuvarande takt."
    )
    late = {"reach_first": 2029, "reach_last": 2033, "assurance": "missed"}
    assert (
        outlook.pace(row(**{**ON_THE_WAY, **late}))
        == "Med dagens takt nås målet tidigast 2029 och senast 2033."
    )
    assert outlook.pace(row(projected=None)) is None


@given(random_rows())
@settings(deadline=None)
def test_only_of_a_target_that_is_reached_it_is_said_that_it_is(one):
    unreached = {
        **one,
        "judgement": "not_on_the_way",
        "projection_reason": "Skälet",
        "assurance_reason": None,
    }
    assert "är nått" not in str(outlook.outlook(unreached))
    reached = {**one, "judgement": "target_reached", "assurance": None}
    assert outlook.outlook(reached) is None
