from __future__ import annotations

import polars as pl
import pytest

from etl.catalogue.population import admit_population
from schemas.catalogue import Area, Level
from schemas.columns import POPULATION_SCHEMA

AREAS = [
    Area(id="00", name="Riket", level=Level.COUNTRY),
    Area(id="14", name="Länet", level=Level.COUNTY),
    Area(id="1401", name="Ettan", level=Level.MUNICIPALITY),
]
GOOD = [("14", "2020", "total", "total", "30", "SCB"), ("1401", "2020", "total", "total", "10", None)]


def table(rows):
    return pl.DataFrame(rows, schema=dict.fromkeys(POPULATION_SCHEMA, pl.String()), orient="row")


def test_a_good_table_is_typed():
    frame, problems = admit_population(table(GOOD), AREAS)
    assert problems == []
    assert dict(frame.schema) == POPULATION_SCHEMA
    assert frame["population"].to_list() == [30, 10]


@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        (("1401", "2019", "total", "total", "1 000", "SCB"), "rad 4, population", "”1 000” är inget heltal"),
        (("1401", "förra", "total", "total", "10", "SCB"), "rad 4, year", "”förra” är inget heltal"),
        (("1401", "1850", "total", "total", "10", "SCB"), "year", "”1850” godtas inte"),
        (("1401", "2019", "alla", "total", "10", "SCB"), "sex", "”alla” godtas inte"),
        (("1401", "2019", "total", "total", "-1", "SCB"), "population", "”-1” godtas inte"),
        (("1401", "2019", "total", "total", None, "SCB"), "population", "Fyll i cellen"),
        (("1401", "2020", "total", "total", "11", "SCB"), "area, year, sex, age", "flera rader"),
        (("1402", "2020", "total", "total", "11", "SCB"), "area", "”1402” finns inte i katalogen"),
    ],
)
def test_a_bad_row_is_told(row, field, said):
    _, problems = admit_population(table([*GOOD, row]), AREAS)
    assert {problem.field for problem in problems} == {field}
    assert all(said in problem.message for problem in problems)


@pytest.mark.parametrize(("left", "missing"), [(0, "Ettan (1401)"), (1, "Länet (14)")])
def test_an_area_without_population_is_told(left, missing):
    _, problems = admit_population(table([GOOD[left]]), AREAS)
    assert [problem.message for problem in problems] == [f"folkmängd för {missing} saknas."]


def test_a_breakdown_is_no_total():
    women = ("1401", "2020", "women", "total", "5", "SCB")
    _, problems = admit_population(table([GOOD[0], women]), AREAS)
    assert [problem.message for problem in problems] == ["folkmängd för Ettan (1401) saknas."]


SOME = [
    *(("14", str(year), "total", "total", "30", "SCB") for year in (2019, 2020, 2021)),
    *(("1401", str(year), "total", "total", "10", "SCB") for year in (2020, 2021)),
    *((f"140{place}", "2020", "total", "total", "10", "SCB") for place in range(2, 7)),
]
MORE = [
    *AREAS,
    *(Area(id=f"140{place}", name=f"Del {place}", level=Level.MUNICIPALITY) for place in range(2, 7)),
]


def test_a_year_that_only_some_areas_have_is_told_once():
    _, problems = admit_population(table(SOME), MORE)
    assert [(problem.field, problem.message) for problem in problems] == [
        (
            "year",
            "folkmängd 2019 saknas för Ettan (1401), Del 2 (1402), Del 3 (1403) och 3 till. "
            "Ett år ska ha länet och alla kommuner.",
        ),
        (
            "year",
            "folkmängd 2021 saknas för Del 2 (1402), Del 3 (1403), Del 4 (1404) och 2 till. "
            "Ett år ska ha länet och alla kommuner.",
        ),
    ]


def test_a_year_without_the_county_is_told():
    rows = [*GOOD, ("1401", "2021", "total", "total", "11", "SCB")]
    _, problems = admit_population(table(rows), AREAS)
    assert [problem.message for problem in problems] == [
        "folkmängd 2021 saknas för Länet (14). Ett år ska ha länet och alla kommuner."
    ]


def test_several_whole_years_are_fine():
    rows = [*GOOD, *((area, "2021", *rest) for area, _, *rest in GOOD)]
    assert admit_population(table(rows), AREAS)[1] == []
