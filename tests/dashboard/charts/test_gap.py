"""The gap between areas as a figure and in words."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from plotly.graph_objects import Figure

from dashboard.charts import gap, lines, style
from dashboard.charts.picture import Said

NBSP = "\u00a0"


def rows(*gaps: tuple[int, float], example: bool = False) -> pl.DataFrame:
    return lines.with_middle(
        pl.DataFrame(
            [
                {
                    "period_start": date(year, 1, 1), "period_end": date(year, 12, 31), "period_type": "year",
                    "gap": size, "lower": size - 1, "upper": size + 1, "lowest_area": "a", "highest_area": "b",
                    "example": example,
                }
                for year, size in gaps
            ]
        )
    )  # fmt: skip


@pytest.fixture
def usual(catalogue) -> gap.Gap:
    return gap.Gap(
        catalogue.indicators["mpr-dos-1"],
        rows((2020, 6.0), (2021, 5.0), (2023, 4.0)),
        {"a": "SIMBA", "b": "Skaraborg"},
        Said("Det skiljer 4,0 procentenheter", "Skillnad", "Källa: Kolada."),
    )


@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("palette", [style.LIGHT, style.DARK])
def test_plotly_takes_the_figure(usual, narrow, palette):
    Figure(gap.figure(usual, palette, narrow=narrow))


def test_the_line_is_broken_where_a_year_is_missing(usual):
    line = next(trace for trace in gap.figure(usual, style.LIGHT)["data"] if trace.get("name") == "Skillnad")
    assert line["y"] == [6.0, 5.0, None, 4.0]
    assert line["hovertext"][0] == f"<b>2020</b><br>6,0{NBSP}procentenheter: SIMBA lägst, Skaraborg högst"


def test_the_interval_lies_around_the_years_that_follow_one_another(usual):
    (band,) = [trace for trace in gap.figure(usual, style.LIGHT)["data"] if trace.get("fill")]
    assert band["y"] == [7.0, 6.0, 4.0, 5.0]


def test_the_axis_begins_at_no_gap(usual):
    assert gap.figure(usual, style.LIGHT)["layout"]["yaxis"]["range"][0] == 0.0


def test_the_words_are_those_of_the_figures(usual):
    assert gap.alt(usual) == (
        "Det skiljer 4,0 procentenheter. Linjediagram över skillnaden mellan högsta och lägsta värde av "
        f"MPR-vaccinerade 2-åringar, dos 1: 6,0{NBSP}procentenheter 2020, 4,0{NBSP}procentenheter 2023."
    )
