"""Kronor per inhabitant as bars."""

from __future__ import annotations

from decimal import Decimal

import pytest
from plotly.graph_objects import Figure

from dashboard.charts import per_inhabitant, style
from dashboard.money import Share

NBSP = "\u00a0"


@pytest.fixture
def shares(catalogue):
    amounts = {"vs-simba": (4000, 100), "vs-skaraborg": (2000, 300), "vs-fyrbodal": (10001, 200)}
    return [
        Share(catalogue.areas[area], Decimal(amount), people, Decimal(0))
        for area, (amount, people) in amounts.items()
    ]


def test_the_largest_is_at_the_top_and_bars_start_at_nought(shares):
    figure = per_inhabitant.figure(shares, style.LIGHT, example=False)
    bars = figure["data"][0]
    # plotly draws the first one lowest
    assert bars["y"] == ["Skaraborg", "SIMBA", "Fyrbodal"]
    assert bars["x"] == pytest.approx([2000 / 300, 40.0, 50.005])
    assert bars["text"] == [f"6,67{NBSP}kr", f"40,00{NBSP}kr", f"50,01{NBSP}kr"]
    assert figure["layout"]["xaxis"]["rangemode"] == "tozero"
    assert figure["layout"]["separators"] == ",\u00a0"


@pytest.mark.parametrize("example", [True, False])
def test_a_picture_of_examples_says_so_in_itself(shares, example):
    figure = per_inhabitant.figure(shares, style.DARK, example=example)
    Figure(figure)
    assert any("Exempeldata" in item["text"] for item in figure["layout"]["annotations"]) is example


def test_the_words_are_made_from_the_data(shares):
    assert per_inhabitant.alt(shares) == (
        "Stapeldiagram över fördelade kronor per invånare: "
        f"Fyrbodal 50,01{NBSP}kr, SIMBA 40,00{NBSP}kr, Skaraborg 6,67{NBSP}kr."
    )
