"""The chart of an indicator's story: what each layer draws, names and says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from plotly.graph_objects import Figure

from dashboard.charts import lines, story_picture, story_words, style
from dashboard.charts.marks import Mark
from dashboard.charts.picture import Said
from dashboard.charts.story import Goal, Step, Story, available
from dashboard.layers import Layer
from etl.measures import frames, spc
from tests.dashboard.build import COUNTY, SKARABORG, series

NBSP = "\u00a0"
STABLE = [40.0, 50.0] * 10
SIMBA = "vs-simba"
LAST = date(2030, 12, 31)


def monthly(area: str, *values: float | None, **more) -> pl.DataFrame:
    months = [f"{2020 + place // 12}-{place % 12 + 1:02d}" for place in range(len(values))]
    return series(
        *(
            {"area": area, "period": month, "value": value, **more}
            for month, value in zip(months, values, strict=True)
        )
    )


def projected(*values: float, width: float = 2.0) -> pl.DataFrame:
    rows = [
        {
            "area": SKARABORG,
            "period": str(2029 + place),
            "value": value,
            "lower": value - width,
            "upper": value + width,
        }
        for place, value in enumerate(values)
    ]
    return lines.with_middle(series(*rows))


def told(catalogue, figures: pl.DataFrame, *, rebase: date | None = None, **more) -> Story:
    rebases = pl.DataFrame({"indicator": ["mpr-dos-1"], "date": [rebase]}) if rebase else None
    points = spc.chart(figures, frames.rules(catalogue), rebases)
    known = figures.select("period_start", "period_end", "origin", "lower", "upper")
    points = lines.with_middle(points.join(known, on="period_start", how="left").sort("period_start"))
    usual: dict[str, Any] = {
        "indicator": catalogue.indicators["mpr-dos-1"],
        "area": catalogue.areas[SKARABORG],
        "points": points,
        "others": [],
        "ahead": projected(1.0).clear(),
        "goal": None,
        "marks": [],
        "last": LAST,
        "layers": frozenset(Layer),
        "said": Said("Skaraborg 95,0 %: bättre än vanligt", "Andel, %", "Källa: Kolada."),
    }
    return Story(**{**usual, **more})


@pytest.fixture
def whole(catalogue) -> Story:
    """Every layer has something to show."""
    others = [
        (catalogue.areas[COUNTY], lines.with_middle(monthly(COUNTY, *[60.0] * 20, 61.0))),
        (catalogue.areas[SIMBA], lines.with_middle(monthly(SIMBA, *[30.0] * 20, 31.0, origin="example"))),
    ]
    goal = Goal(
        "Mål 95 %, WHO",
        [(date(2020, 1, 1), 75.0), (LAST, 95.0)],
        [Step(date(2024, 1, 1), 82.0, "Avstämning 2024", False), Step(LAST, 95.0, "Delmål 2030", True)],
    )
    return told(
        catalogue,
        monthly(SKARABORG, *STABLE, 95.0, lower=10.0, upper=98.0),
        others=others,
        ahead=projected(91.0, 92.0, width=3.0),
        goal=goal,
        marks=[Mark(date(2020, 7, 1), "Ny lag"), Mark(date(2028, 1, 1), "Avstämning")],
    )


def only(story: Story, *layers: Layer) -> Story:
    return replace(story, layers=frozenset(layers))


def traces(story: Story, **more) -> dict[str, dict]:
    made = story_picture.figure(story, style.LIGHT, **more)
    return {trace["name"]: trace for trace in made["data"] if "name" in trace}


def texts(story: Story, **more) -> list[str]:
    made = story_picture.figure(story, style.LIGHT, **more)
    return [item["text"] for item in made["layout"]["annotations"]]


def axis(story: Story, name: str) -> list:
    return story_picture.figure(story, style.LIGHT)["layout"][name]["range"]


@pytest.mark.parametrize(
    ("layers", "palette", "narrow"),
    [
        (frozenset(Layer), style.LIGHT, False),
        (frozenset(Layer), style.DARK, True),
        (frozenset(), style.LIGHT, True),
        *((frozenset({layer}), style.LIGHT, False) for layer in Layer),
    ],
)
def test_plotly_takes_every_choice_of_layers(whole, layers, palette, narrow):
    made = Figure(story_picture.figure(replace(whole, layers=layers), palette, narrow=narrow))
    assert made.layout.separators == ",\u00a0"


def test_everything_can_be_shown(whole):
    assert available(whole) == frozenset(Layer)


def test_what_is_not_known_is_no_layer(catalogue):
    few = told(catalogue, monthly(SKARABORG, *STABLE[:5]))
    assert available(few) == frozenset()
    assert set(traces(few)) == {"Skaraborg", "Värden"}


@pytest.mark.parametrize(
    ("layer", "names"),
    [
        (Layer.TARGET, {"Mål", "Delmål"}),
        (Layer.AHEAD, {"Prognos"}),
        (Layer.USUAL, {"Gränser", "Medel", "Bättre än vanligt", "Vanlig variation"}),
        (Layer.AREAS, {"Västra Götaland", "SIMBA"}),
    ],
)
def test_a_layer_draws_its_own_lines_and_no_others(whole, layer, names):
    bare = set(traces(only(whole)))
    assert set(traces(only(whole, layer))) - bare == names
    assert not names & set(traces(replace(whole, layers=frozenset(Layer) - {layer})))


def test_mean_and_limits_are_the_measures(catalogue):
    made = traces(told(catalogue, monthly(SKARABORG, *STABLE)))
    assert set(made["Medel"]["y"]) == {45.0}
    assert max(made["Gränser"]["y"]) == pytest.approx(45.0 + 2.66 * 10.0)
    assert min(made["Gränser"]["y"]) == pytest.approx(45.0 - 2.66 * 10.0)


def test_limits_that_are_counted_anew_are_two_areas(catalogue):
    day = date(2021, 9, 1)
    found = told(
        catalogue,
        monthly(SKARABORG, *STABLE, *[value + 30 for value in STABLE]),
        rebase=day,
        marks=[Mark(day, "Ny nivå: ny mall", True)],
    )
    assert None in traces(found)["Gränser"]["y"]
    shapes = story_picture.figure(only(found, Layer.USUAL), style.LIGHT)["layout"]["shapes"]
    assert [shape["line"]["dash"] for shape in shapes] == ["solid"], (
        "told with the limits, without the events"
    )
    assert not story_picture.figure(only(found), style.LIGHT)["layout"]["shapes"]


def test_a_signal_has_a_colour_and_a_shape_of_its_own(whole):
    made = traces(whole)
    better, common = made["Bättre än vanligt"], made["Vanlig variation"]
    assert better["y"] == [95.0]
    assert common["y"] == STABLE
    for part in ("symbol", "color", "size"):
        assert better["marker"][part] != common["marker"][part]
    key = story_picture.figure(whole, style.LIGHT)["layout"]["title"]["text"]
    assert "◆" in key
    assert "bättre än vanligt" in key


def test_without_the_variation_no_point_is_called_anything(whole):
    made = traces(replace(whole, layers=frozenset(Layer) - {Layer.USUAL}))
    assert "Bättre än vanligt" not in made
    assert "◆" not in story_picture.figure(only(whole), style.LIGHT)["layout"]["title"]["text"]


def test_no_line_is_drawn_over_a_gap(catalogue):
    made = traces(told(catalogue, monthly(SKARABORG, 50.0, None, 52.0, 53.0)))
    assert made["Skaraborg"]["y"] == [50.0, None, 52.0, 53.0]
    assert made["Skaraborg"]["connectgaps"] is False


def test_the_projection_and_its_band_go_on_from_the_newest_figure(whole):
    made = story_picture.figure(only(whole, Layer.AHEAD), style.LIGHT)
    line = traces(whole)["Prognos"]
    assert line["y"] == [95.0, 91.0, 92.0]
    (band,) = [trace for trace in made["data"] if trace.get("fill")]
    assert band["y"] == [94.0, 95.0, 89.0, 88.0]


def test_the_interval_is_the_areas_own(whole):
    made = story_picture.figure(only(whole, Layer.INTERVAL), style.LIGHT)
    (band,) = [trace for trace in made["data"] if trace.get("fill")]
    assert set(band["y"]) == {10.0, 98.0}


def test_the_targets_steps_and_the_roadmaps_days_have_symbols_of_their_own(whole):
    steps = traces(whole)["Delmål"]
    assert steps["y"] == [82.0, 95.0]
    assert steps["marker"]["symbol"] == ["circle-open", "circle"]
    assert steps["hovertext"][0] == f"<b>Avstämning 2024</b><br>Målet är då 82,0{NBSP}%"
    assert {"2024", "2030", f"Mål 95{NBSP}%"} <= set(texts(whole))


def test_a_range_has_two_ends(catalogue):
    found = told(catalogue, monthly(SKARABORG, *STABLE), goal=Goal("Mål 40–60 %", bounds=[40.0, 60.0]))
    drawn = [
        trace["y"] for trace in story_picture.figure(found, style.LIGHT)["data"] if trace.get("name") == "Mål"
    ]
    assert drawn == [[40.0, 40.0], [60.0, 60.0]]
    assert {f"Mål 40{NBSP}%", f"Mål 60{NBSP}%"} <= set(texts(found))


def test_the_axes_hold_what_is_shown_and_no_more(whole):
    low, high = axis(only(whole), "yaxis")
    assert 35 < low < 40
    assert 95 < high < 100
    assert axis(only(whole, Layer.USUAL), "yaxis")[0] < 35
    assert axis(only(whole, Layer.AREAS), "yaxis")[0] < 30
    assert axis(only(whole, Layer.INTERVAL), "yaxis")[0] < 10


@pytest.mark.parametrize(
    ("layer", "last"),
    [
        (Layer.TARGET, "2030-12-31"),
        (Layer.AHEAD, "2030-12-31"),
        (Layer.EVENTS, "2021-09-30"),
        (None, "2021-09-30"),
    ],
)
def test_the_time_goes_on_to_the_horizon_where_something_is_drawn_there(whole, layer, last):
    assert axis(only(whole, *([layer] if layer else [])), "xaxis")[1] == last


def test_only_the_days_within_the_picture_are_marked(whole):
    def days(story: Story) -> list[str]:
        return [shape["x0"] for shape in story_picture.figure(story, style.LIGHT)["layout"]["shapes"]]

    assert days(only(whole, Layer.EVENTS)) == ["2020-07-01"]
    assert days(only(whole, Layer.EVENTS, Layer.TARGET)) == ["2020-07-01", "2028-01-01"]
    assert days(only(whole, Layer.TARGET)) == []


def test_names_and_figures_stand_where_the_lines_end(whole):
    bare = texts(only(whole))
    assert f"<b>Skaraborg 95,0{NBSP}%</b>" in bare
    areas = texts(only(whole, Layer.AREAS))
    assert {f"Västra Götaland 61,0{NBSP}%", f"SIMBA 31,0{NBSP}%"} <= set(areas)
    ahead = texts(only(whole, Layer.AHEAD))
    assert {
        f"<b>Prognos 2030: 92,0{NBSP}%</b>",
        f"80{NBSP}%-band 89,0–95,0{NBSP}%",
        f"<b>95,0{NBSP}%</b>",
    } <= set(ahead)


def test_a_narrow_picture_names_less_and_says_it_under_the_title(whole):
    made = story_picture.figure(whole, style.LIGHT, narrow=True)
    said = [item["text"] for item in made["layout"]["annotations"]]
    assert f"<b>2030: 92,0{NBSP}%</b>" in said
    assert not [text for text in said if "Ny lag" in text or "SIMBA" in text or "band" in text]
    title = made["layout"]["title"]["text"]
    assert "Grå yta: vanlig variation" in title
    assert f"Tunna linjer: länet (mörkare) och delregionerna, 31,0–31,0{NBSP}%" in title


def test_names_at_the_edge_stand_apart(whole):
    made = story_picture.figure(only(whole, Layer.AREAS), style.LIGHT)
    places = sorted(item["y"] for item in made["layout"]["annotations"] if item.get("x") == 1.01)
    assert len(places) == 3
    assert min(after - before for before, after in pairwise(places)) > 0.05


def test_a_point_tells_area_period_value_signal_and_that_it_is_an_example(catalogue):
    found = told(catalogue, monthly(SKARABORG, *STABLE, 95.0, origin="example"))
    (hover,) = traces(found)["Bättre än vanligt"]["hovertext"]
    assert hover == (f"<b>Skaraborg</b>, september 2021<br>95,0{NBSP}%<br>Bättre än vanligt<br>Exempeldata")


def test_the_words_are_those_of_what_is_shown(whole):
    assert story_words.alt(only(whole)) == (
        "Skaraborg 95,0 %: bättre än vanligt. Linjediagram över MPR-vaccinerade 2-åringar, dos 1 i Skaraborg: "
        f"21{NBSP}värden från januari 2020 (40,0{NBSP}%) till september 2021 (95,0{NBSP}%)."
    )
    said = story_words.alt(whole)
    for part in (
        f"1{NBSP}värde bättre än vanligt.",
        "Mål 95 %, WHO.",
        f"Målets väg: Avstämning 2024 82,0{NBSP}%; Delmål 2030 95,0{NBSP}%.",
        f"Prognosen för 2030 är 92,0{NBSP}%, med 80 procents sannolikhet 89,0–95,0{NBSP}%.",
        f"Tunna linjer: Västra Götaland 61,0{NBSP}% september 2021 och SIMBA 31,0{NBSP}% september 2021.",
        "2028-01-01: Avstämning.",
    ):
        assert part in said


@pytest.mark.parametrize("narrow", [True, False])
def test_a_picture_with_examples_says_so_in_itself(whole, narrow):
    marked = replace(whole, said=replace(whole.said, is_example=True))
    assert (
        "Exempeldata" in story_picture.figure(marked, style.LIGHT, narrow=narrow)["layout"]["title"]["text"]
    )
    assert story_words.alt(marked).endswith("Exempeldata ingår.")
    assert "Exempeldata ingår." not in story_words.alt(whole)
