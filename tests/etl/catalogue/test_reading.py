from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from etl.catalogue import CatalogueError, load_catalogue, read_catalogue
from schemas.columns import POPULATION_SCHEMA
from tests.etl.catalogue.conftest import FILES, INDICATOR


def problems_of(folder: Path) -> set[tuple[str, str]]:
    knowledge, problems = read_catalogue(folder)
    assert knowledge is None
    assert problems == sorted(problems)
    return {(problem.file, problem.field) for problem in problems}


def test_a_whole_catalogue_is_read(build):
    knowledge, problems = read_catalogue(build({}))
    assert problems == []
    assert knowledge is not None
    assert list(knowledge.catalogue.indicators) == ["matt", "medel"]
    assert knowledge.catalogue.default_division.id == "a"
    assert [area.id for area in knowledge.catalogue.members("a-norr")] == ["1401", "1402"]
    assert dict(knowledge.population.schema) == POPULATION_SCHEMA
    assert knowledge.population["population"].to_list() == [30, 10, 20]


def test_decisions_come_in_order_of_date(build):
    decisions = load_catalogue(build({})).catalogue.decisions
    assert [decision.date for decision in decisions] == [date(2021, 4, 23), date(2022, 2, 24)]


def test_the_key_follows_every_byte(build):
    before = load_catalogue(build({})).key
    assert load_catalogue(build({})).key == before
    assert load_catalogue(build({"README.md": "Other words.\n"})).key != before


def test_the_folder_is_missing(tmp_path):
    knowledge, problems = read_catalogue(tmp_path / "nowhere")
    assert knowledge is None
    assert [problem.message for problem in problems] == ["mappen med katalogen finns inte."]


@pytest.mark.parametrize(
    "name", [name for name in FILES if not name.startswith("indicators") and name != "README.md"]
)
def test_a_missing_file_is_told(build, name):
    assert (name, "") in problems_of(build({name: None}))


def test_no_indicators_at_all(build):
    changed = {"indicators/matt.yaml": None, "indicators/medel.yaml": None}
    assert ("indicators", "") in problems_of(build(changed))


@pytest.mark.parametrize(
    "name", ["indicators/fler.yml", "indicators/mapp/fler.yaml", "fler.yaml", "kommuner.xlsx"]
)
def test_a_file_that_would_be_overlooked_is_told(build, name):
    assert problems_of(build({name: "x"})) == {(name, "")}


@pytest.mark.parametrize("name", [".hidden", "indicators/matt.yaml~", "indicators/README.md"])
def test_an_editor_s_leftovers_and_readmes_do_no_harm(build, name):
    assert load_catalogue(build({name: "x"}))


def test_problems_of_all_files_come_together(build, replaced):
    folder = build(
        {
            **replaced("indicators/matt.yaml", "unit: percent", "unit: andel"),
            **replaced("targets.yaml", "indicator: matt", "indicator: okand"),
            **replaced("memberships.csv", "a;1401;a-norr", "a;1401;a-soder"),
            **replaced("population.csv", ";20;", ";tjugo;"),
            "caveats.yaml": "- {id: varning\n",
            "roadmap.yaml": None,
        }
    )
    assert {
        ("indicators/matt.yaml", "unit"),
        ("targets.yaml", "matt-90.indicator"),
        ("memberships.csv", "rad 2, area"),
        ("population.csv", "rad 4, population"),
        ("caveats.yaml", "rad 2"),
        ("roadmap.yaml", ""),
    } <= problems_of(folder)


def test_a_refused_indicator_is_told_once(build, replaced):
    changed = replaced("indicators/matt.yaml", "decimals: 1", "decimals: nio")
    assert problems_of(build(changed)) == {("indicators/matt.yaml", "decimals")}


def test_the_error_lists_every_problem(build):
    folder = build({"indicators/matt.yaml": "id: matt\n", "divisions.yaml": "[]\n"})
    with pytest.raises(CatalogueError) as raised:
        load_catalogue(folder)
    _, problems = read_catalogue(folder)
    assert raised.value.problems == problems
    for problem in problems:
        assert f"- {problem}" in str(raised.value)
    assert f"{len(problems)} fel" in str(raised.value)


@pytest.mark.benchmark_suite
def test_many_indicators_load_quickly(build):
    many = {
        f"indicators/matt-{place}.yaml": INDICATOR.format(id=f"matt-{place}", subject="vaccination")
        for place in range(30)
    }
    folder = build(many)
    load_catalogue(folder)
    begun = time.perf_counter()
    load_catalogue(folder)
    assert time.perf_counter() - begun < 0.3
