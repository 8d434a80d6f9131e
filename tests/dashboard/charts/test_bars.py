"""Bars with their words beside them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from plotly.graph_objects import Figure

from dashboard.charts import bars, style
from dashboard.charts.bars import EMPTY, Bar, Bars, Look
from dashboard.charts.picture import Said
from tests.dashboard.build import HOSTILE

LONG = "Unionen mellan kommunerna kring de stora sjöarna och deras gemensamma förvaltning"
ROWS = (
    Bar("Allt", (70.0, 30.0), ("70 %", "30 %"), "■ 70 %  □ 30 %"),
    Bar(LONG, (20.0, 10.0), ("20 %", "10 %"), "■ 20 %  □ 10 %", head="Per delregion", strong=True),
    Bar("Skara", (0.0, 0.0), ("–", "–"), "–"),
)
SAID = Said("Fyndet", "Andel, %", "Källa.")
SHOWN = Bars(
    ROWS,
    (Look("#0b5394"), Look("#59636a", EMPTY)),
    100.0,
    SAID,
    columns=("Använt", "Inte redovisat"),
    key=("■ Använt □ Inte redovisat",),
)


def texts(figure):
    return [item["text"] for item in figure["layout"]["annotations"]]


@pytest.mark.parametrize("palette", [style.LIGHT, style.DARK])
@pytest.mark.parametrize("narrow", [False, True])
def test_parts_follow_each_other_on_one_scale(palette, narrow):
    figure = bars.figure(SHOWN, palette, narrow=narrow)
    Figure(figure)
    assert [trace["x"] for trace in figure["data"]] == [[70.0, 20.0, 0.0], [30.0, 10.0, 0.0]]
    assert figure["layout"]["barmode"] == "stack"
    low, high = figure["layout"]["xaxis"]["range"]
    assert low == 0
    assert 100 < high < 101
    assert figure["layout"]["yaxis"]["range"] == [figure["layout"]["height"] - _around(figure), 0]


def _around(figure):
    margin = figure["layout"]["margin"]
    return margin["t"] + margin["b"]


@pytest.mark.parametrize("narrow", [False, True])
def test_no_bar_runs_into_the_next_however_long_a_name_is(narrow):
    figure = bars.figure(SHOWN, style.LIGHT, narrow=narrow)
    middles = figure["data"][0]["y"]
    thick = figure["data"][0]["width"]
    assert all(low - high > thick for high, low in pairwise(middles))
    assert middles[-1] + thick / 2 <= figure["layout"]["yaxis"]["range"][0]
    name = next(text for text in texts(figure) if "Unionen" in text)
    lines = [line.removeprefix("<b>").removesuffix("</b>") for line in name.split("<br>")]
    assert " ".join(lines) == LONG
    assert max(map(len, lines)) <= (46 if narrow else 32)


def test_a_wide_picture_has_columns_and_a_narrow_one_words_below():
    wide, narrow = (bars.figure(SHOWN, style.LIGHT, narrow=narrow) for narrow in (False, True))
    assert {"Använt", "Inte redovisat", "70 %", "<b>20 %</b>"} <= set(texts(wide))
    assert "■ 70 %  □ 30 %" not in texts(wide)
    assert "■ 70 %  □ 30 %" in texts(narrow)
    assert "70 %" not in texts(narrow)
    assert "■ Använt □ Inte redovisat" in narrow["layout"]["title"]["text"]
    assert "<b>Per delregion</b>" in texts(wide)
    assert "<b>Per delregion</b>" in texts(narrow)


def test_parts_are_told_apart_without_colour():
    pattern = replace(SHOWN, looks=(Look("#0b5394"), Look("#0b5394", "/")))
    full, empty = (trace["marker"] for trace in bars.figure(SHOWN, style.LIGHT)["data"])
    _, striped = (trace["marker"] for trace in bars.figure(pattern, style.LIGHT)["data"])
    assert "pattern" not in full
    assert empty["color"] == style.LIGHT.paper
    assert striped["pattern"]["shape"] == "/"


@pytest.mark.parametrize("fades", [False, True])
def test_the_others_are_pale_beside_the_chosen_one_where_asked_for(fades):
    colours = bars.figure(replace(SHOWN, fades=fades), style.LIGHT)["data"][0]["marker"]["color"]
    pale = style.LIGHT.muted if fades else "#0b5394"
    assert colours == [pale, "#0b5394", pale]


ONE = Bars((Bar("Skara", (4.0,), ("4 kr",)),), (Look("#0b5394"),), 10.0, SAID)


@pytest.mark.parametrize(("narrow", "at"), [(False, (4.0, "x")), (True, (1, "paper"))])
def test_without_columns_a_number_stands_at_the_bars_end_or_above_it(narrow, at):
    figure = bars.figure(ONE, style.LIGHT, narrow=narrow)
    (value,) = (item for item in figure["layout"]["annotations"] if item["text"] == "4 kr")
    assert (value["x"], value["xref"]) == at


@pytest.mark.parametrize(("place", "side"), [(2.0, "left"), (8.0, "right")])
def test_a_marks_words_stay_in_the_picture(place, side):
    figure = bars.figure(replace(ONE, mark=(place, "Alla")), style.LIGHT)
    (words,) = (item for item in figure["layout"]["annotations"] if item["text"] == "Alla")
    assert (words["x"], words["xanchor"]) == (place, side)
    assert {line["x0"] for line in figure["layout"]["shapes"]} == {place}


def test_no_bars_are_a_picture_of_nothing():
    Figure(bars.figure(replace(ONE, rows=()), style.LIGHT))


@pytest.mark.parametrize("narrow", [False, True])
def test_names_are_never_markup(narrow):
    hostile = Bars(
        (Bar(HOSTILE, (1.0,), (HOSTILE,), head=HOSTILE),), ONE.looks, 1.0, SAID, mark=(1.0, HOSTILE)
    )
    assert not [text for text in texts(bars.figure(hostile, style.LIGHT, narrow=narrow)) if "<script" in text]
