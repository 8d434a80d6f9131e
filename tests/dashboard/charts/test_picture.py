"""What stands around a chart: title, unit, source, labels."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plotly.graph_objects import Figure

from dashboard.charts import picture, style
from dashboard.charts.picture import Label, Said
from tests.dashboard.build import HOSTILE

LONG = "Skaraborg: bättre än vanligt i december 2025 " * 4


def layout(said: Said, *, narrow: bool = False, **more) -> dict:
    return picture.framed(said, style.LIGHT, narrow=narrow, annotations=[], **more)


def title_lines(made: dict) -> list[str]:
    return [re.sub(r"<[^>]+>", "", line) for line in made["title"]["text"].split("<br>")]


def test_title_unit_and_source_stand_in_the_picture():
    made = layout(Said("Fyndet", "Andel, %", "Källa: Kolada."))
    assert title_lines(made) == ["Fyndet", "Andel, %"]
    assert [item["text"] for item in made["annotations"]] == ["Källa: Kolada."]
    Figure({"data": [], "layout": made})


def test_what_is_drawn_is_as_tall_as_asked_for_and_its_axis_has_its_room():
    said = Said("Fyndet", "Andel, %", "Källa.")
    usual, own = layout(said), layout(said, tall=picture.HEIGHT + 100, axis=0)
    assert own["height"] - own["margin"]["t"] - own["margin"]["b"] == picture.HEIGHT + 100
    assert usual["margin"]["b"] - own["margin"]["b"] == picture.AXIS
    assert own["annotations"][-1]["yshift"] == 0
    assert own["title"]["y"] == pytest.approx(1 - 16 / own["height"])


def test_an_example_says_so_in_the_picture():
    assert (
        title_lines(layout(Said("Fyndet", "Andel, %", "Källa.", is_example=True)))[1]
        == "Exempeldata · Andel, %"
    )


@pytest.mark.parametrize("narrow", [True, False])
def test_long_words_are_broken_and_have_their_room(narrow):
    short, long = (layout(Said(text, text, text), narrow=narrow) for text in ("Kort", LONG.strip()))
    longest = {True: 45, False: 104}[narrow]
    assert max(map(len, title_lines(long))) <= longest
    assert " ".join(title_lines(long)) == f"{LONG.strip()} {LONG.strip()}"
    assert long["margin"]["t"] - short["margin"]["t"] == 21 * (len(title_lines(long)) - 2)
    inside = [made["height"] - made["margin"]["t"] - made["margin"]["b"] for made in (short, long)]
    assert inside == [picture.HEIGHT, picture.HEIGHT]


def test_a_number_is_not_parted_from_its_unit():
    text = "x" * 30 + " 12\u00a0345\u00a0%"
    assert title_lines(layout(Said(text, "", "a"), narrow=True))[1] == "12\u00a0345\u00a0%"


def test_text_is_never_markup():
    made = layout(Said(HOSTILE, HOSTILE, HOSTILE))
    said = made["title"]["text"] + made["annotations"][0]["text"]
    assert "<script" not in said
    assert "<img" not in said


@given(st.lists(st.floats(0, 100), min_size=1, max_size=7))
def test_labels_stand_apart_within_the_picture(values):
    reach = picture.reach(values, 0.0)
    ends = [Label(value, str(place), "#000") for place, value in enumerate(values)]
    places = sorted(item["y"] for item in picture.labels(ends, reach, narrow=False))
    assert all(after - before > 0.064 for before, after in pairwise(places))
    assert places[0] >= 0
    assert places[-1] <= 1 + 1e-9


@pytest.mark.parametrize(
    ("values", "lowest", "expected"),
    [
        ([], 0.0, (0.0, 1.0)),
        ([10.0, 60.0], 0.0, (6.0, 64.0)),
        ([1.0, 51.0], 0.0, (0.0, 55.0)),
        ([-2.0], 0.0, (-2.16, -1.84)),
    ],
)
def test_the_axis_has_air_and_stops_at_what_is_possible(values, lowest, expected):
    assert picture.reach(values, lowest) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("reach", "form"), [((0.0, 90.0), None), ((0.28, 0.34), ".2f"), ((0.30, 0.31), ".3f")]
)
def test_a_short_axis_has_the_same_decimals_on_all_its_numbers(reach, form):
    assert picture.value_axis(style.LIGHT, reach, "").get("tickformat") == form


def test_large_numbers_have_more_room():
    assert picture.room((0.0, 90_000_000.0), "") > picture.room((0.0, 90.0), "\u00a0%") > 40
