"""Sums that disagree with their parts."""

from __future__ import annotations

import pytest

from etl.jobs.plausibility.sums import PART, PERSONS, areas_and_parts, sexes_and_both
from tests.etl.jobs.plausibility.sides import sides
from tests.etl.measures import county
from tests.etl.measures.county import counted

ALL = list(county.MUNICIPALITIES)


def parts(numerator: float = 500, denominator: float = 1000, areas=ALL, **more) -> list[dict]:
    return [counted(area, numerator, denominator, **more) for area in areas]


def told(delivered: list[dict], published: list[dict] = ()) -> list[tuple]:
    found = areas_and_parts(sides(delivered, list(published)))
    return found.select("column", "value", "expected").rows()


def test_the_county_and_its_municipalities():
    found = areas_and_parts(sides([counted("14", 2500, 6000), *parts()], []))
    assert found.rows(named=True) == [
        {
            "code": "sum_of_parts",
            "severity": "warning",
            "sheet": "Blad1",
            "row": 2,
            "column": "Nämnare",
            "value": "6\u00a0000",
            "expected": "5\u00a0000, kommunerna tillsammans",
            "hint": "andel, Länet, 2020: nämnare är 6\u00a0000, men kommunerna tillsammans har 5\u00a0000. "
            "Kontrollera vilken uppgift som är rätt.",
        }
    ]


@pytest.mark.parametrize(
    ("whole", "fires"),
    [
        (5000, False),
        (5000 * (1 + PART), False),
        (5000 * (1 + 2 * PART), True),
        (5000 * (1 - 2 * PART), True),
    ],
)
def test_a_tolerance_in_parts(whole, fires):
    assert bool(told([counted("14", 2500, whole), *parts()])) is fires


@pytest.mark.parametrize(("whole", "fires"), [(50 + PERSONS, False), (51 + PERSONS, True)])
def test_never_for_a_few_persons(whole, fires):
    assert bool(told([counted("14", 5, whole), *parts(1, 10)])) is fires


def test_numerators_too():
    assert told([counted("14", 3000, 5000), *parts()]) == [
        ("Täljare", "3\u00a0000", "2\u00a0500, kommunerna tillsammans")
    ]


def test_every_division_has_its_own_delregioner():
    rows = [counted("e-syd", 1000, 2000), counted("t-land", 2000, 9000), *parts()]
    assert told(rows) == [("Nämnare", "9\u00a0000", "4\u00a0000, kommunerna tillsammans")]


@pytest.mark.parametrize("way", ["whole delivered", "parts delivered"])
def test_what_is_published_is_held_against_what_is_delivered(way):
    whole, some = [counted("14", 2500, 6000)], parts()
    delivered, published = (whole, some) if way == "whole delivered" else (some, whole)
    found = areas_and_parts(sides(delivered, published))
    assert found["row"].to_list() == ([2] if way == "whole delivered" else [None])


def test_what_is_published_already_is_not_told_again():
    published = [counted("14", 2500, 6000), *parts()]
    other = counted("1401", 1, 2, period_start=county.YEAR_2020.replace(year=2021))
    assert told([other], published) == []


def test_with_a_municipality_missing_only_too_much_is_told():
    assert told([counted("14", 2500, 9000), *parts(areas=ALL[1:])]) == []
    assert told([counted("14", 2000, 3000), *parts(areas=ALL[1:])]) == [
        ("Nämnare", "3\u00a0000", "4\u00a0000, kommunerna tillsammans")
    ]


def test_what_is_no_sum_is_left_alone():
    days = {"indicator": "index"}
    assert told([counted("14", 1, 9000, **days), *parts(**days)]) == []
    money = {"indicator": "pengar"}
    assert told([counted("14", 1, 9000, **money), *parts(**money)]) == []
    assert told([{"area": "14", "value": 90.0}, *parts()]) == []


@pytest.mark.parametrize("other", [{"origin": "example"}, {"sex": "women"}, {"age": "18+"}])
def test_only_like_is_held_against_like(other):
    assert told([counted("14", 2500, 9000, **other), *parts()]) == []


def test_silent_figures_are_no_part():
    rows = [*parts(areas=ALL[1:]), *parts(areas=ALL[:1], flag="suppressed")]
    assert told([counted("14", 2500, 9000), *rows]) == []


def sexes(total: float, women: float = 500, men: float | None = 500) -> list[tuple]:
    rows = [counted("1401", 10, total), counted("1401", 5, women, sex="women")]
    if men is not None:
        rows.append(counted("1401", 5, men, sex="men"))
    return sexes_and_both(sides(rows, [])).select("column", "value", "expected", "row").rows()


def test_both_sexes_and_each():
    assert sexes(1000) == []
    assert sexes(1010) == []
    assert sexes(1200) == [("Nämnare", "1\u00a0200", "1\u00a0000, kvinnor och män tillsammans", 2)]
    assert sexes(900) == [("Nämnare", "900", "1\u00a0000, kvinnor och män tillsammans", 2)]


def test_one_sex_alone_may_only_be_too_many():
    assert sexes(1200, men=None) == []
    assert sexes(400, men=None) == [("Nämnare", "400", "500, kvinnor och män tillsammans", 2)]
