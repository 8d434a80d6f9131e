"""Fewer municipalities than last time."""

from __future__ import annotations

from etl.jobs.plausibility.coverage import fewer_municipalities
from tests.etl.jobs.plausibility.sides import YEARS, sides, this_year
from tests.etl.measures import county

ALL = list(county.MUNICIPALITIES)
THEN, NOW = YEARS[-2], YEARS[-1]


def of(areas: list[str], start=NOW, **more) -> list[dict]:
    return [{"area": area, "value": 50.0, "period_start": start, **more} for area in areas]


def told(delivered: list[dict], published: list[dict]) -> list[str]:
    return fewer_municipalities(sides(delivered, published))["hint"].to_list()


def test_one_that_is_missing_is_named():
    found = fewer_municipalities(sides(of(ALL[:-1]), of(ALL, THEN)))
    assert found.rows(named=True) == [
        {
            "code": "fewer_municipalities",
            "severity": "warning",
            "sheet": None,
            "row": None,
            "column": "Område",
            "value": "4 kommuner",
            "expected": "5 kommuner, som 2023",
            "hint": "andel, 2024: uppgift saknas för Epsilon. Delregioner och län som de hör till får inget värde. "
            "Kontrollera att filen är hel.",
        }
    ]


def test_more_than_three_are_counted_out():
    (said,) = told(of(ALL[:1]), of(ALL, THEN))
    assert "saknas för Beta, Delta, Epsilon med flera." in said


def test_as_many_as_last_time_is_right():
    assert told(of(ALL), of(ALL, THEN)) == []
    assert told(of(ALL[:3]), of(ALL[:3], THEN)) == []
    assert told(of(ALL), of(ALL[:3], THEN)) == []


def test_others_in_place_of_some_are_as_many():
    assert told(of(ALL[:3]), of(ALL[2:], THEN)) == []


def test_a_late_addition_is_counted_with_what_is_published():
    assert told(of(ALL[:1]), [*of(ALL, THEN), *of(ALL[1:])]) == []


def test_a_suppressed_figure_is_an_answer_and_a_missing_one_is_not():
    hidden = of(ALL[4:], value=None, flag="suppressed")
    missing = of(ALL[4:], value=None, flag="missing")
    assert told([*of(ALL[:4]), *hidden], of(ALL, THEN)) == []
    assert told([*of(ALL[:4]), *missing], of(ALL, THEN)) != []


def test_only_the_newest_period_is_looked_at():
    assert told([*of(ALL[:1], YEARS[-3]), *of(ALL)], of(ALL, THEN)) == []


def test_the_first_period_of_all_has_nothing_before_it():
    assert told(of(ALL[:2]), []) == []
    assert told(of(ALL[:2], THEN), of(ALL, NOW)) == []


def test_a_file_of_the_county_alone_is_no_loss():
    assert told(of(["14"]), of(ALL, THEN)) == []


def test_example_and_real_and_period_types_are_apart():
    assert told(of(ALL[:2]), of(ALL, THEN, origin="example")) == []
    assert told(of(ALL[:2], period_type="season"), of(ALL, THEN)) == []


def test_one_sentence_an_indicator():
    both = [*of(ALL[:1]), *of(ALL[:1], indicator="dagar")]
    before = [*of(ALL, THEN), *of(ALL, THEN, indicator="dagar")]
    assert [said.split(",")[0] for said in told(both, before)] == ["andel", "dagar"]


def test_this_years_figure_is_one():
    assert this_year()["period_start"] == NOW
