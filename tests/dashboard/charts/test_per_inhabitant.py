"""Kronor per inhabitant as bars."""

from __future__ import annotations

from decimal import Decimal

import pytest
from plotly.graph_objects import Figure

from dashboard.charts import per_inhabitant, style
from dashboard.charts.per_inhabitant import Places
from dashboard.charts.picture import Said
from dashboard.money import Share

NBSP = "\u00a0"


@pytest.fixture
def shares(catalogue):
    amounts = {"vs-simba": (4000, 100), "vs-skaraborg": (2000, 300), "vs-fyrbodal": (10001, 200)}
    return tuple(
        Share(catalogue.areas[area], Decimal(amount), people, Decimal(0))
        for area, (amount, people) in amounts.items()
    )


def places(shares, chosen=None, *, example=False):
    return Places(shares, chosen, Said("Fyndet", "Kronor per invånare", "Källa.", example))


def texts(figure):
    return [item["text"] for item in figure["layout"]["annotations"]]


@pytest.mark.parametrize("narrow", [False, True])
def test_the_bars_keep_the_divisions_own_order_and_start_at_nought(shares, narrow):
    figure = per_inhabitant.figure(places(shares), style.LIGHT, narrow=narrow)
    Figure(figure)
    (bars,) = figure["data"]
    assert bars["x"] == pytest.approx([40.0, 2000 / 300, 50.005])
    assert bars["y"] == sorted(bars["y"]), "from the top"
    assert figure["layout"]["xaxis"]["range"][0] == 0
    assert figure["layout"]["separators"] == ",\u00a0"
    said = texts(figure)
    assert {"SIMBA", "Skaraborg", "Fyrbodal"} <= set(said)
    assert {f"40,00{NBSP}kr", f"6,67{NBSP}kr", f"50,01{NBSP}kr"} <= set(said)


@pytest.mark.parametrize("narrow", [False, True])
def test_that_of_all_together_is_a_line_with_its_name(shares, narrow):
    figure = per_inhabitant.figure(places(shares), style.LIGHT, narrow=narrow)
    lines = figure["layout"]["shapes"]
    assert [line["x0"] for line in lines] == pytest.approx([16001 / 600] * len(lines))
    assert len(lines) == 2 * len(shares), "with an edge that tells it from the bar"
    assert f"Alla delregioner: 26,67{NBSP}kr" in texts(figure)


def test_the_chosen_delregion_stands_out_by_weight_and_colour(shares):
    figure = per_inhabitant.figure(places(shares, "vs-skaraborg"), style.LIGHT)
    assert figure["data"][0]["marker"]["color"] == [
        style.LIGHT.muted, style.LIGHT.chosen, style.LIGHT.muted
    ]  # fmt: skip
    assert "<b>Skaraborg</b>" in texts(figure)
    assert "SIMBA" in texts(figure)


@pytest.mark.parametrize("example", [True, False])
def test_a_picture_of_examples_says_so_in_itself_and_in_words(shares, example):
    shown = places(shares, example=example)
    figure = per_inhabitant.figure(shown, style.DARK)
    assert ("Exempeldata" in figure["layout"]["title"]["text"]) is example
    assert ("Exempeldata" in per_inhabitant.alt(shown)) is example


def test_the_words_are_made_from_the_data(shares):
    assert per_inhabitant.alt(places(shares)) == (
        "Fyndet. Stapeldiagram över fördelade kronor per invånare: "
        f"SIMBA 40,00{NBSP}kr, Skaraborg 6,67{NBSP}kr, Fyrbodal 50,01{NBSP}kr. "
        f"Alla delregioner 26,67{NBSP}kr."
    )
