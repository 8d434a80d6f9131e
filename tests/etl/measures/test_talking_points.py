"""What to talk about first."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.measures.points import Kind, prepared
from etl.measures.talking_points import MOST, POINTS_SCHEMA, talking_points
from tests.etl.measures import county
from tests.etl.measures.rows import CATALOGUE, KEY, frame, random_rows, row

SIX = {name: [code] for name, code in zip("abcde", county.MUNICIPALITIES, strict=True)}
WIDE = county.catalogue(
    [
        county.indicator("andel", name="Samtal"),
        county.indicator("dagar", name="Väntetid", unit="days", direction="lower"),
    ],
    [county.target(), county.target("dagar-3", indicator="dagar", value=3)],
    divisions={"ett": SIX},
)
WORSE = {"year_change": -1.3, "county": "worse"}
WRONG_WAY = {
    "judgement": "wrong_direction", "year_change": -1.3, "projected": 70.0, "projected_on": dt.date(2030, 12, 31),
}  # fmt: skip
PLACE = {"level": "delregion", "division": "ett"}


def points(*rows, catalogue=WIDE, **more):
    return talking_points(frame(*rows), catalogue, "ett", **more)


def told(*rows, **more):
    return [said.replace("\u00a0", " ") for said in points(*rows, **more)["sentence"]]


def place(area, **changed):
    return row(area=area, **{**PLACE, **changed})


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({}, None),
        (WORSE, Kind.WORSE_AND_WORSENING),
        ({"assurance": "missed", "year_change": -1.3}, Kind.WORSE_AND_WORSENING),
        ({"assurance": "missed"}, Kind.WILL_BE_MISSED),
        ({"assurance": "missed", "judgement": "target_reached"}, Kind.WILL_NOT_LAST),
        ({"assurance": "missed", "judgement": "target_reached", "year_change": -1.3}, Kind.WILL_NOT_LAST),
        ({"assurance": "inconsistent", "judgement": "target_reached"}, None),
        ({"judgement": "wrong_direction", "year_change": -1.3}, Kind.WILL_BE_MISSED),
        ({"projected": 70.0, "projected_on": None}, Kind.WILL_BE_MISSED),
        ({"projected": 70.0, "projected_on": None, "projected_lower": None}, None),
        ({"projected": 70.0, "reach_first": 2031}, None),
        ({"county": "worse"}, Kind.WORSE),
        ({"county": "worse", "year_change": -1.3, "year_change_is_certain": False}, Kind.WORSE),
        ({"county": "similar", "year_change": -1.3, "year_change_is_certain": False}, None),
        ({"judgement": "cannot_be_judged"}, Kind.CANNOT_BE_JUDGED),
        ({"judgement": "cannot_be_judged", "target": None}, None),
        ({"target": None, **WORSE}, Kind.WORSE_AND_WORSENING),
        ({"judgement": "target_reached", "projected": 70.0}, None),
        ({"judgement": "cannot_be_judged", "assurance": "missed"}, Kind.CANNOT_BE_JUDGED),
    ],
)
def test_how_urgent_a_row_is(changed, kind):
    ready = prepared(frame(row(**changed)), WIDE, "ett")
    assert ready["kind"].to_list() == [kind]


def test_a_target_is_missed_when_it_is_reached_after_the_day_it_is_due():
    late = {"target": "mal-2022", "projected": 70.0}
    assert prepared(frame(row(**late, reach_first=2023)), CATALOGUE, "ett")["kind"].to_list() == [
        Kind.WILL_BE_MISSED
    ]
    assert prepared(frame(row(**late, reach_first=2022)), CATALOGUE, "ett")["kind"].to_list() == [None]


def test_a_target_that_is_overdue_and_within_reach_is_late_and_not_out_of_reach():
    late = row(target="mal-2022", projected=70.0, reach_first=2026)
    assert talking_points(frame(late), CATALOGUE, "ett")["sentence"].to_list() == [
        "Besvarade samtal: målet 80\u00a0% nås inte i tid i Länet med dagens takt."
    ]


def test_nothing_has_changed_where_there_is_no_figure():
    gone = row(value=None, judgement="cannot_be_judged", year_change=None, trend="better")
    assert prepared(frame(gone), WIDE, "ett")["finding"].to_list() == [None]


def test_what_is_bad_everywhere_is_one_point():
    found = points(*(place(area, **WORSE) for area in SIX))
    assert found.height == 1
    assert found.row(0, named=True) == {
        "indicator": "andel",
        "area": None,
        "age": "total",
        "target": "mal",
        "priority": 1,
        "sentence": "Samtal: läget har försämrats i alla fem delregioner, där värdet redan är säkerställt sämre än "
        "länets.",
        "lead": "Samtal: läget har försämrats i alla fem delregioner, där värdet redan är säkerställt sämre än länets.",
        "kind": "worse_and_worsening",
        "areas": list(SIX),
        "indicators": ["andel"],
        "ages": ["total"],
    }
    assert found.schema == POINTS_SCHEMA


def test_one_place_is_named_and_linked():
    found = points(place("b", county="worse"))
    assert found["area"].to_list() == ["b"]
    assert found["sentence"].to_list() == [
        "Samtal: värdet är säkerställt sämre än länets i b, utan säkerställd försämring."
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"assurance": "missed"}, "Samtal: målet 80 % missas i Länet med dagens process."),
        (
            {"assurance": "missed", "judgement": "target_reached", "value": 81.0},
            "Samtal: målet 80 % är nått nu i Länet, men nås vanligen inte med dagens process.",
        ),
        ({"projected": 70.0}, "Samtal: målet 80 % missas i Länet med dagens takt."),
        (
            {"projected": 70.0, "projected_on": dt.date(2030, 12, 31), "reach_first": 2032},
            "Samtal: målet 80 % nås inte till 2030 i Länet med dagens takt.",
        ),
        (
            {**WRONG_WAY, "reach_first": 2028},
            "Samtal: målet 80 % missas i Länet om det fortsätter åt fel håll.",
        ),
        (WRONG_WAY, "Samtal: målet 80 % missas i Länet med dagens takt."),
        (
            {"assurance": "missed", "year_change": -1.3},
            "Samtal: läget har försämrats i Länet, där målet 80 % missas med dagens process.",
        ),
        (
            {"judgement": "cannot_be_judged", "reason": "Utgångsvärde saknas"},
            "Samtal: målet kan inte bedömas i Länet. Utgångsvärde saknas.",
        ),
        (
            {"origin": "example", "assurance": "missed"},
            "Exempeldata: Samtal: målet 80 % missas i Länet med dagens process.",
        ),
    ],
)
def test_the_county_alone(changed, said):
    assert told(row(**changed)) == [said]


def test_the_same_indicator_at_a_lower_priority_is_added_and_not_told_again():
    rows = [place("a", **WORSE), place("b", assurance="missed"), place("c", county="worse")]
    found = points(*rows)
    assert found["priority"].to_list() == [1]
    assert found["areas"].to_list() == [["a", "b", "c"]]
    assert found["lead"].to_list() == [
        "Samtal: läget har försämrats i a, där värdet redan är säkerställt sämre än länets."
    ]
    assert found["sentence"].item().replace("\u00a0", " ") == (
        "Samtal: läget har försämrats i a, där värdet redan är säkerställt sämre än länets; målet 80 % missas även i b "
        "med dagens process; värdet är säkerställt sämre än länets även i c."
    )


def test_the_order_is_that_of_urgency_then_of_how_many_areas():
    days = {"indicator": "dagar", "target": "dagar-3", "target_value": 3.0, "year_change": 0.0}
    first = points(place("a", county="worse"), place("a", **days, assurance="missed"))
    assert first["indicator"].to_list() == ["dagar", "andel"]
    wider = points(place("a", county="worse"), *(place(area, **days, county="worse") for area in "ab"))
    assert wider["indicator"].to_list() == ["dagar", "andel"]
    same = points(place("a", **days, county="worse"), place("b", county="worse"))
    assert same["indicator"].to_list() == ["andel", "dagar"]


def test_indicators_with_the_same_obstacle_are_one_point():
    gone = {"value": None, "judgement": "cannot_be_judged", "reason": "Publiceras bara för länet"}
    rows = [
        place(area, **gone, **own)
        for area in SIX
        for own in ({}, {"indicator": "dagar", "target": "dagar-3"})
    ]
    found = points(*rows)
    assert found["indicators"].to_list() == [["andel", "dagar"]]
    assert found["indicator"].to_list() == [None]
    assert found["sentence"].to_list() == [
        "Målen för ”Samtal” och ”Väntetid” kan inte bedömas i någon av de fem delregionerna. Publiceras bara för länet."
    ]


def test_many_with_the_same_obstacle_are_counted():
    items = [county.indicator(f"i{number}") for number in range(5)]
    goals = [county.target(f"m{number}", indicator=f"i{number}") for number in range(5)]
    catalogue = county.catalogue(items, goals, divisions={"ett": SIX})
    rows = [
        row(
            indicator=f"i{number}",
            target=f"m{number}",
            value=None,
            judgement="cannot_be_judged",
            reason="Ingen uppgift",
        )
        for number in range(5)
    ]
    assert told(*rows, catalogue=catalogue) == [
        "Det finns 5 mål som inte kan bedömas i Länet. Ingen uppgift."
    ]


def test_figures_that_differ_but_lack_the_same_are_one_point():
    alone = {"judgement": "cannot_be_judged", "year_change": None, "year_change_is_certain": None}
    rows = [
        place(area, **alone, value=value, reason=f"{value} %; ingen tidigare uppgift att jämföra med")
        for area, value in (("a", 71.0), ("b", 72.0))
    ]
    assert told(*rows) == [
        "Samtal: målet kan inte bedömas i a och b. Det finns ingen tidigare uppgift att jämföra med."
    ]


def test_at_most_so_many_are_told_and_the_rest_are_counted():
    items = [county.indicator(f"i{number}") for number in range(MOST + 2)]
    catalogue = county.catalogue(items, [], divisions={"ett": SIX})
    rows = [place("a", indicator=item.id, target=None, county="worse") for item in items]
    found = points(*rows, catalogue=catalogue)
    assert found.height == MOST + 1
    assert found.row(-1, named=True)["sentence"] == "Det finns 2\u00a0punkter till."
    assert found["kind"].to_list()[-1] == "rest"
    assert points(*rows[:MOST], catalogue=catalogue).height == MOST
    assert told(*rows, catalogue=catalogue, most=MOST + 1)[-1] == "Det finns 1 punkt till."


def test_other_divisions_and_municipalities_are_left_out():
    assert points(row(area="1401", level="kommun", **WORSE)).is_empty()
    assert talking_points(frame(row(area="t-stad", **WORSE)), CATALOGUE, "ett").is_empty()


def test_nothing_of_nothing():
    found = points()
    assert found.is_empty()
    assert found.schema == POINTS_SCHEMA


ROWS = st.lists(random_rows(), max_size=12, unique_by=lambda one: tuple(one[name] for name in KEY))


@settings(max_examples=30, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_points_hold_whatever_the_rows_and_their_order(rows, draw):
    found = talking_points(frame(*rows), CATALOGUE, "ett", most=3)
    for said in found["sentence"]:
        assert said.endswith(".")
        assert said[0].isupper()
        assert "None" not in said
        assert "  " not in said
    assert found["priority"].is_sorted()
    one_each = found.filter(pl.col("priority") < 4).select("indicator", "age")
    assert one_each.is_unique().all()
    shuffled = list(rows)
    draw.shuffle(shuffled)
    assert talking_points(frame(*shuffled), CATALOGUE, "ett", most=3).equals(found)
