"""The years side by side."""

from __future__ import annotations

from decimal import Decimal

import pytest
from plotly.graph_objects import Figure

from dashboard.charts import style, years
from dashboard.charts.picture import Said
from dashboard.charts.years import Years
from dashboard.money import Year

NBSP = "\u00a0"
SHOWN = Years(
    (
        Year(2021, Decimal(50), {"Unga": Decimal(50)}, is_example=True),
        Year(2022, Decimal(70), {"Äldre": Decimal(30), "Unga": Decimal(40)}, is_example=False),
    ),
    Said("Fyndet", "Kronor", "Källa.", is_example=True),
)


@pytest.mark.parametrize("narrow", [False, True])
def test_each_purpose_has_a_bar_a_year_and_so_has_the_sum(narrow):
    figure = years.figure(SHOWN, style.LIGHT, narrow=narrow)
    Figure(figure)
    (bars,) = figure["data"]
    assert bars["x"] == [50.0, 70.0, 50.0, 40.0, 0.0, 30.0]
    said = [item["text"] for item in figure["layout"]["annotations"]]
    assert {"<b>Hela summan</b>", "<b>Unga</b>", "<b>Äldre</b>", "2021 (exempeldata)", "<b>2022</b>"} <= set(
        said
    )
    assert "inget fördelat" in said
    assert f"<b>70{NBSP}kr</b>" in said


def test_the_words_are_made_from_the_data():
    assert years.alt(SHOWN) == (
        f"Fyndet. Stapeldiagram, åren bredvid varandra. 2021 (exempeldata): 50{NBSP}kr (Unga 50{NBSP}kr); "
        f"2022: 70{NBSP}kr (Äldre 30{NBSP}kr, Unga 40{NBSP}kr)."
    )
