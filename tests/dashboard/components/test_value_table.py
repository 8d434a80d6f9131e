"""Every value of a chart as a table and as a file."""

from __future__ import annotations

import csv
import io

import pytest

from dashboard.components import value_table
from tests.dashboard.build import COUNTY, HOSTILE, SKARABORG, renamed, series
from tests.dashboard.dom import parse

NBSP = "\u00a0"

SERIES = series(
    {"area": SKARABORG, "period": "2023", "value": 93.456, "numerator": 10.0, "denominator": 11.0},
    {
        "area": SKARABORG,
        "period": "2024",
        "value": 94.5,
        "lower": 90.25,
        "upper": 97.125,
        "origin": "example",
    },
    {"area": COUNTY, "period": "2024", "value": None, "source": None},
    {"area": "vs-simba", "period": "2022", "value": 1.0},
)


@pytest.fixture
def areas(catalogue):
    return [catalogue.areas[COUNTY], catalogue.areas[SKARABORG]]


def test_a_row_a_period_newest_first_and_a_column_an_area(catalogue, areas):
    table = parse(value_table.html(SERIES, areas, catalogue.indicators["mpr-dos-1"]))
    assert table.heads == ["Period", "Västra Götaland", "Skaraborg Exempeldata"]
    assert table.rows == [["2024", "–", "94,5"], ["2023", "–", "93,5"]]
    assert table.one("caption").text == f"{catalogue.indicators['mpr-dos-1'].name}, %"


def test_the_unit_is_the_indicators(catalogue, areas):
    caption = parse(value_table.html(SERIES, areas, catalogue.indicators["kontinuitetsindex"])).one("caption")
    assert caption.text == catalogue.indicators["kontinuitetsindex"].name


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_has_every_figure_whole_with_source_and_origin(catalogue, areas):
    name = catalogue.indicators["mpr-dos-1"].name
    head, *rows = read(value_table.download(SERIES, areas, catalogue.indicators["mpr-dos-1"]))
    assert head[:4] == ["Indikator", "Område", "Period", "Värde"]
    source = "Folkhälsomyndigheten"
    assert sorted(rows) == sorted(
        [
            [name, "Västra Götaland", "2024", "", "", "", "", "", "", ""],
            [name, "Skaraborg", "2023", "93,456", "10,0", "11,0", "", "", "", source],
            [name, "Skaraborg", "2024", "94,5", "", "", "90,25", "97,125", "Exempeldata", source],
        ]
    )
    assert all(len(row) == len(head) for row in rows)


@pytest.mark.parametrize("source", ["=1+cmd|' /C calc'!A0", "@SUM(A1)", "+1+1", "-1+1"])
def test_a_source_that_is_a_formula_is_not_run(catalogue, areas, source):
    told = series({"area": COUNTY, "period": "2024", "value": -1.5, "source": source})
    row = read(value_table.download(told, areas, catalogue.indicators["mpr-dos-1"]))[1]
    assert row[-1] == f"'{source}"
    assert row[3] == "-1,5"


def test_names_are_text_and_never_markup(catalogue):
    hostile = renamed(catalogue, HOSTILE)
    table = parse(value_table.html(SERIES, [hostile.areas[SKARABORG]], hostile.indicators["mpr-dos-1"]))
    assert not table.all("script", "img")
    assert table.heads[1].startswith(f"{HOSTILE}{SKARABORG}")
