"""Where the figures are going, as a figure and in words."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from plotly.graph_objects import Figure

from dashboard.charts import lines, outlook, style
from dashboard.charts.picture import Said
from tests.dashboard.build import SKARABORG, series

NBSP = "\u00a0"


def yearly(first: int, *values: float, width: float = 0.0) -> pl.DataFrame:
    rows = [
        {
            "area": SKARABORG,
            "period": str(first + place),
            "value": value,
            "lower": value - width,
            "upper": value + width,
        }
        for place, value in enumerate(values)
    ]
    return lines.with_middle(series(*rows))


@pytest.fixture
def usual(catalogue) -> outlook.Outlook:
    return outlook.Outlook(
        indicator=catalogue.indicators["mpr-dos-1"],
        area=catalogue.areas[SKARABORG],
        points=yearly(2020, 80.0, 81.0, 82.0),
        ahead=yearly(2023, 82.5, 83.0, width=2.0),
        said=Said("Skaraborg: målet nås 2026", "Andel, %", "Källa: Kolada.", is_example=True),
        path=[(date(2020, 1, 1), 80.0), (date(2024, 12, 31), 95.0)],
    )


def traces(made: dict) -> dict[str, dict]:
    return {trace["name"]: trace for trace in made["data"] if "name" in trace}


def texts(made: dict) -> list[str]:
    return [item["text"] for item in made["layout"]["annotations"]]


@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("palette", [style.LIGHT, style.DARK])
def test_plotly_takes_the_figure(usual, narrow, palette):
    Figure(outlook.figure(usual, palette, narrow=narrow))


def test_the_projection_goes_on_from_the_newest_figure(usual):
    made = traces(outlook.figure(usual, style.LIGHT))
    assert made["Skaraborg"]["y"] == [80.0, 81.0, 82.0]
    assert made["Prognos"]["y"] == [82.0, 82.5, 83.0]
    assert made["Prognos"]["x"][0] == made["Skaraborg"]["x"][-1]
    assert made["Prognos"]["line"]["dash"] != made["Skaraborg"]["line"].get("dash")


def test_the_band_lies_around_the_projection_alone(usual):
    (band,) = [trace for trace in outlook.figure(usual, style.LIGHT)["data"] if trace.get("fill")]
    assert band["y"] == [84.5, 85.0, 81.0, 80.5]


def test_the_path_of_the_target_is_drawn_and_inside_the_axis(usual):
    made = outlook.figure(usual, style.LIGHT)
    assert traces(made)["Mål"]["y"] == [80.0, 95.0]
    assert made["layout"]["yaxis"]["range"][1] > 95.0
    assert f"Mål 95{NBSP}%" in texts(made)


def test_the_band_is_named_where_there_is_room(usual):
    wide, narrow = (texts(outlook.figure(usual, style.LIGHT, narrow=narrow)) for narrow in (False, True))
    assert f"80 %-band till 85,0{NBSP}%" in wide
    assert f"80 %-band från 81,0{NBSP}%" in wide
    assert f"<b>Prognos 83,0{NBSP}%</b>" in wide
    assert f"<b>Prognos 83,0{NBSP}%</b>" in narrow
    assert not [text for text in narrow if "band" in text]


def test_a_range_has_two_ends(catalogue, usual):
    ranged = outlook.Outlook(
        usual.indicator, usual.area, usual.points, usual.ahead, usual.said, path=[], bounds=[40.0, 60.0]
    )
    drawn = [
        trace["y"] for trace in outlook.figure(ranged, style.LIGHT)["data"] if trace.get("name") == "Mål"
    ]
    assert drawn == [[40.0, 40.0], [60.0, 60.0]]
    assert f"Målet är 40,0{NBSP}% till 60,0{NBSP}%." in outlook.alt(ranged)


def test_the_words_are_those_of_the_figures(usual):
    assert outlook.alt(usual) == (
        f"Skaraborg: målet nås 2026. Linjediagram över MPR-vaccinerade 2-åringar, dos 1 i Skaraborg: 80,0{NBSP}% 2020, "
        f"82,0{NBSP}% 2022. Prognosen för 2024 är 83,0{NBSP}%, med 80 procents sannolikhet 81,0–85,0{NBSP}%. "
        f"Målet är 95,0{NBSP}%. Exempeldata ingår."
    )
