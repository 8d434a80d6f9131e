"""An indicator over time as a figure: what is drawn, what is said, and in words."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import polars as pl
import pytest
from plotly.graph_objects import Figure

from dashboard.charts import style, trend
from tests.dashboard.build import COUNTY, SKARABORG, series

NBSP = "\u00a0"
SIMBA = "vs-simba"


def yearly(area: str, *values: float | None, first: int = 2020, **more) -> list[dict]:
    return [
        {"area": area, "period": str(first + place), "value": value, **more}
        for place, value in enumerate(values)
    ]


def shown(
    catalogue, *rows: dict, chosen: str = SKARABORG, areas=(COUNTY, SKARABORG, SIMBA), **more
) -> trend.Trend:
    return trend.Trend(
        indicator=more.pop("indicator", catalogue.indicators["mpr-dos-1"]),
        series=series(*rows),
        areas=[catalogue.areas[area] for area in areas],
        chosen=catalogue.areas[chosen],
        **more,
    )


@pytest.fixture
def usual(catalogue) -> trend.Trend:
    return shown(
        catalogue,
        *yearly(COUNTY, 90.0, 91.0, 92.0),
        *yearly(SKARABORG, 80.0, 85.0, 88.04, lower=79.0, upper=91.0),
        *yearly(SIMBA, 70.0, 71.0, 72.0),
        *yearly("vs-fyrbodal", 1.0, 1.0, 1.0),
        target="Mål 95 %, WHO",
        path=[(date(2020, 1, 1), 80.0), (date(2024, 12, 31), 95.0)],
        marks=[(date(2021, 6, 1), "Avtalet"), (date(2010, 1, 1), "Förr"), (date(2030, 1, 1), "Senare")],
    )


def lines(figure: dict) -> dict[str, dict]:
    return {trace["name"]: trace for trace in figure["data"] if "name" in trace}


def labels(figure: dict) -> list[dict]:
    """What stands to the right of the picture."""
    return [item for item in figure["layout"]["annotations"] if item.get("xref") == "paper" and item["x"] > 1]


@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("palette", [style.LIGHT, style.DARK])
def test_plotly_takes_the_figure(usual, narrow, palette):
    Figure(trend.figure(usual, palette, narrow=narrow))


def test_numbers_are_written_in_swedish(usual, catalogue):
    layout = trend.figure(usual, style.LIGHT)["layout"]
    assert layout["separators"] == ",\u00a0"
    assert layout["yaxis"]["ticksuffix"] == f"{NBSP}%"
    days = shown(catalogue, *yearly(COUNTY, 1.0), indicator=catalogue.indicators["kontinuitetsindex"])
    assert trend.figure(days, style.LIGHT)["layout"]["yaxis"]["ticksuffix"] == ""


def test_a_line_an_area_the_chosen_one_on_top(usual):
    figure = trend.figure(usual, style.LIGHT)
    assert list(lines(figure)) == ["Västra Götaland", "SIMBA", "Skaraborg"]
    assert lines(figure)["Skaraborg"]["y"] == [80.0, 85.0, 88.04]
    widths = {name: line["line"]["width"] for name, line in lines(figure).items()}
    assert max(widths, key=widths.__getitem__) == "Skaraborg"
    assert len({line["line"]["color"] for line in lines(figure).values()}) == 3


def test_a_point_stands_in_the_middle_of_its_period(usual):
    first = lines(trend.figure(usual, style.LIGHT))["SIMBA"]["x"][0]
    assert date.fromisoformat(first[:10]) in (date(2020, 7, 1), date(2020, 7, 2))


def test_the_targets_path_is_drawn_corner_by_corner(usual):
    path = next(trace for trace in trend.figure(usual, style.LIGHT)["data"] if trace["line"].get("dash"))
    assert path["x"] == ["2020-01-01", "2024-12-31"]
    assert path["y"] == [80.0, 95.0]
    assert path["hovertext"] == "Mål 95 %, WHO"


def test_without_a_target_there_is_no_path(catalogue):
    figure = trend.figure(shown(catalogue, *yearly(COUNTY, 1.0, 2.0)), style.LIGHT)
    assert not [trace for trace in figure["data"] if trace["line"].get("dash")]
    assert "Mål" not in [item["text"] for item in figure["layout"]["annotations"]]


def test_the_interval_lies_around_the_chosen_line_alone(usual):
    bands = [trace for trace in trend.figure(usual, style.LIGHT)["data"] if trace.get("fill")]
    assert len(bands) == 1
    assert bands[0]["y"] == [91.0, 91.0, 91.0, 79.0, 79.0, 79.0]
    assert (
        bands[0]["x"][:3] == bands[0]["x"][:2:-1] == lines(trend.figure(usual, style.LIGHT))["Skaraborg"]["x"]
    )


def test_everything_drawn_is_inside_the_axis(usual):
    low, high = trend.figure(usual, style.LIGHT)["layout"]["yaxis"]["range"]
    assert low < 70.0
    assert high > 95.0


@pytest.mark.parametrize(("values", "bottom"), [([0.0, 50.0], 0.0), ([0.1, 99.0], 0.0)])
def test_the_axis_does_not_go_below_what_is_possible(catalogue, values, bottom):
    figure = trend.figure(shown(catalogue, *yearly(COUNTY, *values)), style.LIGHT)
    assert figure["layout"]["yaxis"]["range"][0] == bottom


@pytest.mark.parametrize("value", [0.0, 5.0])
def test_values_that_do_not_vary_have_an_axis(catalogue, value):
    low, high = trend.figure(shown(catalogue, *yearly(COUNTY, value, value)), style.LIGHT)["layout"]["yaxis"][
        "range"
    ]
    assert low <= value < high


def test_names_and_last_values_stand_at_the_lines_ends(usual):
    said = [item["text"] for item in labels(trend.figure(usual, style.LIGHT))]
    assert said == [
        f"Västra Götaland 92,0{NBSP}%",
        f"<b>Skaraborg 88,0{NBSP}%</b>",
        f"SIMBA 72,0{NBSP}%",
        "Mål",
    ]


def test_names_stand_apart_and_inside_the_picture(catalogue):
    areas = [COUNTY, *(area.id for area in catalogue.delregioner("vardsamverkan"))]
    low = [row for place, area in enumerate(areas) for row in yearly(area, 50.0, 1.0 + place / 100)]
    figure = trend.figure(shown(catalogue, *low, areas=areas), style.LIGHT)
    places = sorted(item["y"] for item in labels(figure))
    assert len(places) == 7
    assert places[0] >= 0.0
    assert places[-1] <= 1.0
    assert min(after - before for before, after in pairwise(places)) > 0.05


def test_a_narrow_picture_names_the_chosen_area_and_the_target_alone(usual):
    figure = trend.figure(usual, style.LIGHT, narrow=True)
    said = [item["text"] for item in figure["layout"]["annotations"]]
    assert said == [f"<b>Skaraborg 88,0{NBSP}%</b>", "Mål"]
    assert list(lines(figure)) == list(lines(trend.figure(usual, style.LIGHT)))


def test_only_the_dates_within_the_picture_are_marked(usual):
    layout = trend.figure(usual, style.LIGHT)["layout"]
    assert [shape["x0"] for shape in layout["shapes"]] == ["2021-06-01"]
    said = [item["text"] for item in layout["annotations"]]
    assert "Avtalet" in said
    assert not {"Förr", "Senare"} & set(said)


def test_a_date_before_the_target_is_due_is_marked(catalogue):
    told = shown(
        catalogue,
        *yearly(COUNTY, 1.0, 2.0),
        target="Mål",
        path=[(date(2020, 1, 1), 1.0), (date(2030, 12, 31), 5.0)],
        marks=[(date(2028, 1, 1), "Uppföljning")],
    )
    assert len(trend.figure(told, style.LIGHT)["layout"]["shapes"]) == 1


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ((1.0, 2.0, None, 4.0), [1.0, 2.0, None, 4.0]),
        ((None, 2.0, 3.0, None), [2.0, 3.0]),
        ((1.0, None, None, 4.0), [1.0, None, 4.0]),
    ],
)
def test_the_line_is_broken_where_a_period_is_missing(catalogue, values, drawn):
    line = lines(trend.figure(shown(catalogue, *yearly(SKARABORG, *values)), style.LIGHT))["Skaraborg"]
    assert line["y"] == drawn
    assert len(line["x"]) == len(line["hovertext"]) == len(drawn)
    assert line["connectgaps"] is False


def test_the_line_is_broken_where_a_row_is_missing_and_its_interval_with_it(catalogue):
    rows = [
        *yearly(SKARABORG, 1.0, 2.0, lower=0.5, upper=3.0),
        *yearly(SKARABORG, 5.0, 6.0, first=2024, lower=4.0, upper=7.0),
    ]
    figure = trend.figure(shown(catalogue, *rows), style.LIGHT)
    assert lines(figure)["Skaraborg"]["y"] == [1.0, 2.0, None, 5.0, 6.0]
    band = next(trace for trace in figure["data"] if trace.get("fill"))
    assert band["y"] == [3.0, 3.0, 0.5, 0.5, None, 7.0, 7.0, 4.0, 4.0]


@pytest.mark.parametrize(
    ("periods", "whole"),
    [
        (("2023-11", "2023-12", "2024-01"), True),
        (("2024K4", "2025K1"), True),
        (("2023H2", "2024H1"), True),
        (("2024V52", "2025V01"), True),
        (("2022/2023", "2023/2024"), True),
        (("2024-01-05", "2024-02-19", "2024-12-31"), True),
        (("2023-11", "2024-01"), False),
        (("2024K1", "2024K3"), False),
        (("2022/2023", "2024/2025"), False),
    ],
)
def test_periods_that_follow_one_another_are_one_line(catalogue, periods, whole):
    rows = [{"area": COUNTY, "period": period, "value": 1.0} for period in periods]
    line = lines(trend.figure(shown(catalogue, *rows, chosen=COUNTY), style.LIGHT))["Västra Götaland"]
    assert (None not in line["y"]) is whole


def test_a_point_alone_is_a_dot(catalogue):
    values = [float(number) for number in range(30)]
    many = lines(trend.figure(shown(catalogue, *yearly(SKARABORG, *values, first=1990)), style.LIGHT))
    assert many["Skaraborg"]["mode"] == "lines"
    values[15] = values[17] = None
    alone = lines(trend.figure(shown(catalogue, *yearly(SKARABORG, *values, first=1990)), style.LIGHT))
    assert "markers" in alone["Skaraborg"]["mode"]


def test_a_point_tells_area_period_value_interval_and_that_it_is_an_example(catalogue):
    rows = [
        *yearly(SKARABORG, 80.0, lower=79.0, upper=81.5),
        *yearly(SIMBA, 70.0, origin="example"),
    ]
    drawn = lines(trend.figure(shown(catalogue, *rows), style.LIGHT))
    assert drawn["Skaraborg"]["hovertext"] == [
        f"<b>Skaraborg</b>, 2020<br>80,0{NBSP}%<br>95 %-intervall 79,0–81,5{NBSP}%"
    ]
    assert drawn["SIMBA"]["hovertext"] == [f"<b>SIMBA</b>, 2020<br>70,0{NBSP}%<br>Exempeldata"]


@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize(("origin", "marked"), [("example", True), ("uploaded", False), ("published", False)])
def test_a_picture_with_examples_says_so_in_itself(catalogue, narrow, origin, marked):
    told = shown(catalogue, *yearly(COUNTY, 1.0), *yearly(SIMBA, 2.0, origin=origin))
    said = [item["text"] for item in trend.figure(told, style.LIGHT, narrow=narrow)["layout"]["annotations"]]
    assert any("Exempeldata" in text for text in said) is marked
    assert ("Exempeldata ingår." in trend.alt(told)) is marked


def test_the_words_are_made_from_the_data(usual):
    assert trend.alt(usual) == (
        f"Linjediagram över {usual.indicator.name}. "
        f"Västra Götaland: 90,0{NBSP}% 2020, 92,0{NBSP}% 2022. "
        f"Skaraborg: 80,0{NBSP}% 2020, 88,0{NBSP}% 2022. "
        f"SIMBA: 70,0{NBSP}% 2020, 72,0{NBSP}% 2022. "
        "Mål 95 %, WHO."
    )


def test_the_words_tell_the_last_period_with_a_value(catalogue):
    told = shown(catalogue, *yearly(COUNTY, None, 2.0, 3.0, None))
    assert f"Västra Götaland: 2,0{NBSP}% 2021, 3,0{NBSP}% 2022." in trend.alt(told)


def test_nothing_to_draw(catalogue):
    told = shown(catalogue, *yearly(COUNTY, None, None))
    figure = trend.figure(told, style.LIGHT)
    assert figure["data"] == []
    assert figure["layout"]["annotations"] == []
    assert isinstance(trend.drawn(told), pl.DataFrame)
    assert trend.alt(told).startswith("Linjediagram över")
