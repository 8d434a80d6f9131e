"""The table of an indicator's story: a row a period, a column for what each layer says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from dashboard.charts import lines
from dashboard.charts.marks import Mark
from dashboard.charts.story import Goal
from dashboard.components import figures_table
from dashboard.sections import story_table
from tests.dashboard.build import COUNTY, SKARABORG
from tests.dashboard.charts.test_story import STABLE, monthly, projected, told


@pytest.fixture
def made(catalogue):
    figures = monthly(SKARABORG, *STABLE, None, 95.0)
    story = told(
        catalogue,
        figures,
        others=[
            (catalogue.areas[COUNTY], lines.with_middle(monthly(COUNTY, *[60.25] * 22, origin="example")))
        ],
        ahead=projected(81.0, 82.0),
        goal=Goal("Mål", [(date(2020, 1, 1), 95.0), (date(2030, 12, 31), 95.0)]),
        marks=[Mark(date(2020, 7, 1), "Ny lag")],
    )
    known = pl.Series(["Uppgiften är dold" if value is None else None for value in story.points["value"]])
    points = story.points.with_columns(known.alias("missing"), pl.lit("preliminary").alias("flag"))
    return story_table.table(replace(story, points=points), "Kolada")


def cells(made, head: str) -> list:
    return [row[list(made.heads).index(head)] for row in made.rows]


def test_newest_first_the_projected_before_what_has_been(made):
    assert cells(made, "Period")[:3] == ["2030", "2029", "oktober 2021"]
    assert cells(made, "Slag")[:3] == [*["Prognos, 80\u00a0%-band"] * 2, "Utfall"]
    assert cells(made, "Nedre")[:3] == [80.0, 79.0, None]
    assert len(made.rows) == 2 + 22


def test_every_layer_has_its_columns(made):
    assert set(cells(made, "Mål")) == {95.0}
    assert cells(made, "Medel")[2] is not None
    assert cells(made, "Slump eller verkligt")[2] == "Bättre än vanligt"
    assert cells(made, "Varför")[2].startswith("Värdet ligger över")
    assert [cell for cell in cells(made, "Händelse") if cell] == ["Ny lag 2020-07-01"]
    assert cells(made, "Västra Götaland (exempeldata)")[:3] == [None, None, 60.25]


def test_a_hidden_value_has_its_reason_and_another_that_it_is_preliminary(made):
    assert cells(made, "Värde")[3] is None
    assert cells(made, "Anmärkning")[2:4] == ["Preliminärt värde", "Uppgiften är dold"]


def test_a_column_without_anything_in_it_is_left_out(made, catalogue):
    assert "Täljare" not in made.heads
    bare = story_table.table(told(catalogue, monthly(SKARABORG, 50.0, 51.0)), "Kolada")
    assert list(bare.heads) == ["Period", "Slag", "Värde"]


def test_the_file_has_the_figures_whole_with_their_source(made):
    content = figures_table.download(made).decode("utf-8-sig").splitlines()
    assert "60,25" in content[3]
    assert all(line.split(";")[-1] == "Kolada" for line in content[1:])
