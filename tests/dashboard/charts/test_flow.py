"""The money's way as a picture: each column as large as the others, each band as thick as its kronor."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from plotly.graph_objects import Figure

from dashboard.charts import flow, style
from dashboard.charts.flow import Flow
from dashboard.charts.picture import Said
from dashboard.money_stages import Stages, Stop
from tests.dashboard.build import HOSTILE
from tests.dashboard.funds import kronor

NBSP = "\u00a0"
SAID = Said("Fyndet", "Kronor 2021", "Källa.")
WAY = Stages(
    "Avtalet",
    Decimal("1000.50"),
    (Stop("Unga", Decimal("990.50")), Stop("Äldre", Decimal(10))),
    (Stop("Skaraborg", Decimal(4)), Stop("SIMBA", Decimal(0)), Stop("Regionen", Decimal("996.50"))),
    {(0, 0): Decimal(2), (0, 2): Decimal("988.50"), (1, 0): Decimal(2), (1, 2): Decimal(8)},
)
CHOSEN = Stages(
    WAY.agreement,
    WAY.total,
    WAY.purposes,
    (Stop("Skaraborg", Decimal(4), strong=True), *WAY.ends[1:]),
    WAY.links,
)


def figure(stages=WAY, palette=style.LIGHT, *, narrow=False):
    made = flow.figure(Flow(stages, SAID), palette, narrow=narrow)
    Figure(made)
    return made


def columns(made):
    """The kronor of each column, from its labels."""
    found: dict[float, list[Decimal]] = {}
    for item in made["layout"]["annotations"]:
        if item["xref"] == "x":
            found.setdefault(item["x"], []).append(kronor(re.sub("<[^>]+>", "", item["text"])))
    return list(found.values())


def ribbons(made):
    """Column, start, end and thickness of each band."""
    found = []
    for shape in made["layout"]["shapes"]:
        if shape["type"] == "path":
            x, start, *_ = (float(number) for number in re.findall(r"[\d.]+", shape["path"]))
            numbers = [float(number) for number in re.findall(r"[\d.]+", shape["path"])]
            found.append((x, start, numbers[7], numbers[-1] - start, shape))
    return found


@pytest.mark.parametrize("palette", [style.LIGHT, style.DARK])
def test_every_column_is_labelled_and_adds_up_to_the_total(palette):
    made = figure(palette=palette)
    assert [len(column) for column in columns(made)] == [1, 2, 3]
    assert all(sum(column) == WAY.total for column in columns(made))
    names = " ".join(item["text"] for item in made["layout"]["annotations"])
    assert all(stop.name in names for stop in (*WAY.purposes, *WAY.ends))


def test_bands_are_as_thick_as_their_kronor_on_one_scale():
    found = ribbons(figure())
    first = [band for band in found if not band[0]]
    second = [band for band in found if band[0]]
    assert len(first) == 2
    assert len(second) == 4
    scale = first[0][3] / 990.5
    assert [band[3] for band in first] == pytest.approx([990.5 * scale, 10 * scale], abs=0.02)
    assert [band[3] for band in second] == pytest.approx(
        [2 * scale, 988.5 * scale, 2 * scale, 8 * scale], abs=0.02
    )


def test_bands_leave_and_arrive_one_below_the_other():
    second = [band for band in ribbons(figure()) if band[0]]
    assert second[1][1] == pytest.approx(second[0][1] + second[0][3], abs=0.02)
    to_region = [second[1], second[3]]
    assert to_region[1][2] == pytest.approx(to_region[0][2] + to_region[0][3], abs=0.02)


def test_labels_have_room_however_small_their_sums_are():
    many = Stages(
        "Avtalet",
        Decimal(1049),
        (Stop("Unga", Decimal(1049)),),
        (*(Stop(f"Kommun {number}", Decimal(1)) for number in range(49)), Stop("Stor", Decimal(1000))),
        {(0, place): Decimal(1 if place < 49 else 1000) for place in range(50)},
    )
    made = figure(many)
    places = sorted(
        item["y"] for item in made["layout"]["annotations"] if item["xref"] == "x" and item["x"] == 1
    )
    assert min(low - high for high, low in pairwise(places)) >= 17.9
    assert places[-1] < made["layout"]["yaxis"]["range"][0]


def test_the_chosen_part_stands_out():
    bands = [band[-1]["opacity"] for band in ribbons(figure(CHOSEN)) if band[0]]
    assert bands[0] == bands[2] > bands[1] == bands[3]
    assert len({band[-1]["opacity"] for band in ribbons(figure())}) == 1
    bold = [item["text"] for item in figure(CHOSEN)["layout"]["annotations"] if "Skaraborg" in item["text"]]
    assert bold == [f"<b>Skaraborg</b>\u2002<b>4{NBSP}kr</b>"]


def test_a_narrow_picture_has_the_same_sums_divided_by_purpose():
    made = figure(narrow=True)
    first, second = made["data"]
    assert first["x"] == [990.5, 990.5, 0.0, 2.0, 0.0, 988.5]
    assert second["x"] == [10.0, 0.0, 10.0, 2.0, 0.0, 8.0]
    assert "pattern" not in first["marker"]
    assert second["marker"]["pattern"]["shape"] == "/"
    said = [item["text"] for item in made["layout"]["annotations"]]
    assert f"1{NBSP}000,50{NBSP}kr" in said
    assert {"<b>Till vad</b>", "<b>Till vem, och till vad</b>", "Unga", "SIMBA"} <= set(said)


@pytest.mark.parametrize("narrow", [False, True])
def test_nothing_allocated_is_still_a_picture(narrow):
    figure(Stages("Avtalet", Decimal(0), (), (Stop("SIMBA", Decimal(0)),), {}), narrow=narrow)


@pytest.mark.parametrize("narrow", [False, True])
def test_names_are_never_markup(narrow):
    hostile = Stages(HOSTILE, Decimal(1), (Stop(HOSTILE, Decimal(1)),), (Stop(HOSTILE, Decimal(1)),), {})
    said = [item["text"] for item in figure(hostile, narrow=narrow)["layout"]["annotations"]]
    assert not [text for text in said if "<script" in text]


@pytest.mark.parametrize("example", [False, True])
def test_the_words_are_made_from_the_data(example):
    said = flow.alt(Flow(WAY, Said("Fyndet", "", "", example)))
    assert said == (
        f"Fyndet. Flödesbild: Avtalet 1{NBSP}000,50{NBSP}kr till Unga 990,50{NBSP}kr och Äldre 10{NBSP}kr, "
        f"och vidare till Skaraborg 4{NBSP}kr, SIMBA 0{NBSP}kr och Regionen 996,50{NBSP}kr."
        + (" Exempeldata ingår." if example else "")
    )
