"""A process behaviour chart as a figure and in words."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from plotly.graph_objects import Figure

from dashboard.charts import lines, process, style
from dashboard.charts.marks import Mark
from dashboard.charts.picture import Said
from etl.measures import frames, spc
from tests.dashboard.build import SKARABORG, series

NBSP = "\u00a0"
STABLE = [50.0, 52.0] * 10


def monthly(*values: float | None, skip: frozenset[int] = frozenset(), **more) -> pl.DataFrame:
    months = [f"{2020 + place // 12}-{place % 12 + 1:02d}" for place in range(len(values))]
    rows = [
        {"area": SKARABORG, "period": month, "value": value, **more}
        for place, (month, value) in enumerate(zip(months, values, strict=True))
        if place not in skip
    ]
    return series(*rows)


def shown(catalogue, figures: pl.DataFrame, *, rebase: date | None = None, **more) -> process.Process:
    rebases = pl.DataFrame({"indicator": ["mpr-dos-1"], "date": [rebase]}) if rebase else None
    points = spc.chart(figures, frames.rules(catalogue), rebases)
    joined = points.join(
        figures.select("period_start", "period_end", "origin"), on="period_start", how="left"
    )
    return process.Process(
        indicator=catalogue.indicators["mpr-dos-1"],
        area=catalogue.areas[SKARABORG],
        points=lines.with_middle(joined.sort("period_start")),
        said=Said(
            "Skaraborg: bättre än vanligt",
            "Andel, %",
            "Källa: Kolada.",
            is_example=more.pop("example", False),
        ),
        **more,
    )


def traces(made: dict) -> dict[str, dict]:
    return {trace["name"]: trace for trace in made["data"]}


@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("palette", [style.LIGHT, style.DARK])
def test_plotly_takes_the_figure(catalogue, narrow, palette):
    marks = [Mark(date(2020, 5, 1), "Ny lag"), Mark(date(2021, 1, 1), "Ny nivå: ny mall", True)]
    found = shown(catalogue, monthly(*STABLE, 80.0), goals=[(95.0, "Mål 95 %")], marks=marks)
    Figure(process.figure(found, palette, narrow=narrow))


def test_mean_and_limits_are_the_measures(catalogue):
    found = shown(catalogue, monthly(*STABLE))
    made = traces(process.figure(found, style.LIGHT))
    assert set(made["Medel"]["y"]) == {51.0}
    assert made["Övre gräns"]["y"][0] == pytest.approx(51.0 + 2.66 * 2.0)
    assert made["Nedre gräns"]["y"][0] == pytest.approx(51.0 - 2.66 * 2.0)


def test_a_signal_has_a_colour_and_a_shape_of_its_own(catalogue):
    usual = [40.0, 50.0] * 10
    made = traces(process.figure(shown(catalogue, monthly(*usual, 95.0)), style.LIGHT))
    better, common = made["Bättre än vanligt"], made["Vanlig variation"]
    assert better["y"] == [95.0]
    assert common["y"] == usual
    for part in ("symbol", "color", "size"):
        assert better["marker"][part] != common["marker"][part]
    worse = traces(process.figure(shown(catalogue, monthly(*usual, 1.0)), style.LIGHT))["Sämre än vanligt"]
    assert worse["y"] == [1.0]
    assert worse["marker"]["symbol"] not in (better["marker"]["symbol"], common["marker"]["symbol"])
    assert worse["marker"]["color"] == style.LIGHT.worse


def test_a_missing_period_is_a_gap(catalogue):
    whole = traces(process.figure(shown(catalogue, monthly(*STABLE)), style.LIGHT))["Skaraborg"]
    holed = traces(process.figure(shown(catalogue, monthly(*STABLE, skip=frozenset({4}))), style.LIGHT))[
        "Skaraborg"
    ]
    hidden = monthly(*STABLE[:4], None, *STABLE[5:])
    blank = traces(process.figure(shown(catalogue, hidden), style.LIGHT))["Skaraborg"]
    assert None not in whole["y"]
    assert holed["y"].index(None) == blank["y"].index(None) == 4
    assert holed["connectgaps"] is False


def test_the_level_is_counted_anew_and_the_reason_stands_in_the_picture(catalogue):
    mark = Mark(date(2021, 3, 1), "Ny nivå: ny mall", True)
    found = shown(
        catalogue, monthly(*[50.0, 52.0] * 7, *[70.0, 72.0] * 7), rebase=date(2021, 3, 1), marks=[mark]
    )
    made = process.figure(found, style.LIGHT)
    mean = traces(made)["Medel"]["y"]
    assert mean[:14] == [51.0] * 14
    assert mean[14] is None
    assert mean[15:] == [71.0] * 14
    assert made["layout"]["shapes"][0]["x0"] == "2021-03-01"
    assert "Ny nivå: ny mall" in [item["text"] for item in made["layout"]["annotations"]]
    narrow = process.figure(found, style.LIGHT, narrow=True)
    assert "Ny nivå: ny mall" not in [item["text"] for item in narrow["layout"]["annotations"]]
    assert "2021-03-01: Ny nivå: ny mall." in process.alt(found)


def test_days_outside_the_picture_are_not_marked(catalogue):
    marks = [Mark(date(2019, 12, 31), "Förr"), Mark(date(2021, 9, 1), "Senare")]
    found = shown(catalogue, monthly(*STABLE), marks=marks)
    assert process.figure(found, style.LIGHT)["layout"]["shapes"] == []
    assert "Förr" not in process.alt(found)


def test_with_too_few_points_there_is_a_plain_series(catalogue):
    found = shown(catalogue, monthly(*STABLE[:5]))
    made = traces(process.figure(found, style.LIGHT))
    assert "Medel" not in made
    assert not found.has_limits
    assert "vanlig variation" not in process.alt(found)


def test_the_target_is_drawn_named_and_inside_the_axis(catalogue):
    made = process.figure(shown(catalogue, monthly(*STABLE), goals=[(95.0, "Mål 95 %")]), style.LIGHT)
    assert traces(made)["Mål 95 %"]["y"] == [95.0, 95.0]
    assert made["layout"]["yaxis"]["range"][1] > 95.0
    assert "Mål 95 %" in [item["text"] for item in made["layout"]["annotations"]]


@pytest.mark.parametrize("narrow", [True, False])
def test_mean_and_limits_are_named_in_every_window(catalogue, narrow):
    layout = process.figure(shown(catalogue, monthly(*STABLE)), style.LIGHT, narrow=narrow)["layout"]
    said = " ".join([layout["title"]["text"], *(item["text"] for item in layout["annotations"])])
    assert f"Medel 51,0{NBSP}%" in said
    assert "56,3" in said
    assert "45,7" in said


def test_the_words_are_those_of_the_figures(catalogue):
    said = process.alt(shown(catalogue, monthly(*STABLE, 80.0), goals=[(95.0, "Mål 95 %")], example=True))
    assert said.startswith(
        "Skaraborg: bättre än vanligt. Styrdiagram över MPR-vaccinerade 2-åringar, dos 1 i Skaraborg: "
    )
    assert f"21{NBSP}värden från januari 2020 till september 2021, det senaste 80,0{NBSP}%." in said
    assert f"1{NBSP}värde bättre än vanligt." in said
    assert said.endswith("Mål 95 %. Exempeldata ingår.")
