"""Which population a figure takes."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from etl.catalogue import load_catalogue
from etl.measures import frames
from etl.measures.population import inhabitants, latest_year, newest, weights
from schemas.columns import POPULATION_SCHEMA
from tests.conftest import ROOT
from tests.etl.measures import county


@pytest.mark.parametrize(
    ("year", "expected"), [(2018, 100), (2020, 100), (2021, 100), (2022, 200), (2030, 200)]
)
def test_the_years_own_else_the_newest_before_else_the_oldest(year, expected):
    known = pl.concat([county.population({"1401": 100}), county.population({"1401": 200}, 2022)])
    figures = county.observations({"area": "1401", "period_start": dt.date(year, 5, 1)})
    row = weights(figures, known).row(0, named=True)
    assert (row["inhabitants_alike"], row["inhabitants_all"]) == (expected, expected)


def test_a_group_of_its_own_is_weighed_by_its_own_people():
    women = county.population({"1401": 40}).with_columns(sex=pl.lit("women"))
    known = pl.concat([county.population({"1401": 100}), women])
    figures = county.observations({"area": "1401", "sex": "women"}, {"area": "1401", "sex": "men"})
    found = weights(figures, known).select("sex", "inhabitants_alike", "inhabitants_all")
    assert set(found.rows()) == {("women", 40, 100), ("men", None, 100)}


def test_inhabitants_of_areas_are_those_of_their_municipalities():
    members = frames.members(county.catalogue())
    years = pl.DataFrame({"year": [2021]})
    found = dict(inhabitants(years, county.population(), members).select("area", "inhabitants").rows())
    assert found["14"] == 20_000
    assert found["e-norr"] == 15_000
    assert found["t-land"] == 10_000
    assert found["1405"] == 1_000


def test_an_area_with_an_unknown_municipality_is_left_out():
    members = frames.members(county.catalogue())
    some = {code: n for code, n in county.POPULATION.items() if code != "1405"}
    found = inhabitants(pl.DataFrame({"year": [2020]}), county.population(some), members)["area"].to_list()
    assert set(found) == {"1401", "1402", "1403", "1404", "e-norr", "t-stad"}


def test_the_newest_year_all_ages_and_both_sexes():
    told = [
        ("1401", 2023, "total", "total", 1),
        ("1401", 2024, "total", "total", 2),
        ("1401", 2024, "women", "total", 3),
        ("1401", 2024, "total", "65+", 4),
        ("1402", 2024, "total", "total", 5),
        ("1402", 2022, "total", "total", 6),
        ("14", 2025, "total", "total", 7),
    ]
    known = pl.DataFrame([(*row, None) for row in told], schema=POPULATION_SCHEMA, orient="row")
    assert latest_year(known) == 2024
    areas = county.catalogue().areas
    assert newest(known, [areas["1401"]]) == {"1401": 2}
    assert newest(known, []) == {}


def test_the_delregioner_of_a_division_hold_everyone():
    knowledge = load_catalogue(ROOT / "data" / "catalogue")
    catalogue, known = knowledge.catalogue, knowledge.population
    everyone = sum(newest(known, catalogue.municipalities).values())
    for division in catalogue.divisions:
        inside = [newest(known, catalogue.members(area.id)) for area in catalogue.delregioner(division)]
        assert sum(sum(people.values()) for people in inside) == everyone
