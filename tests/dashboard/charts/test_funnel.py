"""A funnel chart as a figure and in words."""

from __future__ import annotations

from math import log10

import pytest
from plotly.graph_objects import Figure

from dashboard.charts import funnel, style
from dashboard.charts.picture import Said
from etl.measures import frames
from etl.measures import funnel as measure
from tests.dashboard.build import series

NBSP = "\u00a0"
SIZES = (100, 200, 400, 800, 1600, 3200)


def drawn(
    catalogue, *, far: float = 0.75, strong: frozenset[str] = frozenset(), example: bool = False
) -> funnel.Funnel:
    """Six municipalities alike, but for the smallest."""
    areas = catalogue.municipalities[: len(SIZES)]
    rows = [
        {
            "area": area.id, "level": "kommun", "period": "2024", "denominator": float(size),
            "numerator": round(size * share), "value": round(size * share) / size * 100,
        }
        for area, size in zip(areas, SIZES, strict=True)
        for share in [far if size == 100 else 0.9]
    ]  # fmt: skip
    rules = frames.rules(catalogue)
    points = measure.funnel(series(*rows), rules)
    return funnel.Funnel(
        indicator=catalogue.indicators["mpr-dos-1"],
        points=points,
        curves=measure.curves(points, rules),
        names={area.id: area.name for area in areas},
        strong=strong,
        said=Said("1 av 6", "Andel, %", "Källa: Kolada.", is_example=example),
    )


def texts(made: dict) -> list[str]:
    return [item["text"] for item in made["layout"]["annotations"]]


def far_out(catalogue) -> str:
    return catalogue.municipalities[SIZES.index(100)].name


@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("palette", [style.LIGHT, style.DARK])
def test_plotly_takes_the_figure(catalogue, narrow, palette):
    Figure(funnel.figure(drawn(catalogue), palette, narrow=narrow))


def test_those_outside_are_named_and_the_others_are_not(catalogue):
    said = texts(funnel.figure(drawn(catalogue), style.LIGHT))
    names = [area.name for area in catalogue.municipalities[:6]]
    assert [text for text in said if text in names] == [far_out(catalogue)]
    inside = drawn(catalogue, far=0.9)
    assert not set(names) & set(texts(funnel.figure(inside, style.LIGHT)))


def test_one_outside_has_a_shape_and_a_colour_of_its_own(catalogue):
    made = {trace["name"]: trace for trace in funnel.figure(drawn(catalogue), style.LIGHT)["data"]}
    assert made["worse"]["marker"]["symbol"] == "square"
    assert made["inside"]["marker"]["symbol"] == "circle"
    assert made["worse"]["y"] == [75.0]
    assert set(made["worse"]["marker"]["color"]) == {style.LIGHT.worse}


def test_the_limits_are_narrow_for_a_large_place(catalogue):
    curves = [
        trace for trace in funnel.figure(drawn(catalogue), style.LIGHT)["data"] if trace["mode"] == "lines"
    ]
    lower, upper = (trace["y"] for trace in curves[:2])
    assert upper[0] - lower[0] > 2 * (upper[-1] - lower[-1])
    assert curves[-1]["y"] == [curves[-1]["y"][0]] * len(curves[-1]["y"])


def test_the_axis_of_sizes_holds_everyone_and_is_written_in_swedish(catalogue):
    axis = funnel.figure(drawn(catalogue), style.LIGHT)["layout"]["xaxis"]
    assert axis["range"][0] < log10(100)
    assert axis["range"][1] > log10(3200)
    assert axis["ticktext"] == ["100", "200", "500", f"1{NBSP}000", f"2{NBSP}000"]
    narrow = funnel.figure(drawn(catalogue), style.LIGHT, narrow=True)["layout"]["xaxis"]
    assert narrow["tickvals"] == [100, 500, 2000]


def test_the_chosen_delregions_municipalities_are_large(catalogue):
    mine = catalogue.municipalities[2].id
    made = {
        trace["name"]: trace
        for trace in funnel.figure(drawn(catalogue, strong=frozenset({mine})), style.LIGHT)["data"]
    }
    sizes = dict(zip(made["inside"]["x"], made["inside"]["marker"]["size"], strict=True))
    assert sizes == {200.0: 7, 400.0: 10, 800.0: 7, 1600.0: 7, 3200.0: 7}


def test_the_words_name_those_outside_with_their_figures(catalogue):
    said = funnel.alt(drawn(catalogue, example=True))
    assert said.startswith("1 av 6. Trattdiagram över MPR-vaccinerade 2-åringar, dos 1 i 6 kommuner")
    assert f"{far_out(catalogue)} 75,0{NBSP}%" in said
    assert said.endswith("Exempeldata ingår.")
