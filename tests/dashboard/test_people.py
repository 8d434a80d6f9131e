"""Inhabitants as the catalogue gives them."""

from __future__ import annotations

import polars as pl

from dashboard import people
from schemas.columns import POPULATION_SCHEMA


def population(*told: tuple) -> pl.DataFrame:
    return pl.DataFrame([(*row, None) for row in told], schema=POPULATION_SCHEMA, orient="row")


def test_the_newest_year_all_ages_and_both_sexes(catalogue):
    frame = population(
        ("1480", 2023, "total", "total", 1),
        ("1480", 2024, "total", "total", 2),
        ("1480", 2024, "women", "total", 3),
        ("1480", 2024, "total", "65+", 4),
        ("1495", 2024, "total", "total", 5),
        ("1495", 2022, "total", "total", 6),
    )
    assert people.latest_year(frame) == 2024
    members = [catalogue.areas["1480"]]
    assert people.inhabitants(frame, members) == {"1480": 2}
    assert people.inhabitants(frame, []) == {}


def test_the_delregioner_of_a_division_hold_everyone(knowledge):
    catalogue, frame = knowledge.catalogue, knowledge.population
    everyone = sum(people.inhabitants(frame, catalogue.municipalities).values())
    for division in catalogue.divisions:
        inside = [
            sum(people.inhabitants(frame, catalogue.members(area.id)).values())
            for area in catalogue.delregioner(division)
        ]
        assert sum(inside) == everyone
