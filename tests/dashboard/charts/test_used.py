"""What is used, repaid and not accounted for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from plotly.graph_objects import Figure

from dashboard.charts import style, used
from dashboard.charts.bars import EMPTY
from dashboard.charts.picture import Said
from dashboard.charts.used import Used
from dashboard.money import Sums

NBSP = "\u00a0"

WHOLE = Sums("Allt", "", Decimal(300), Decimal(100), Decimal(50), 3, 2)
SKARABORG = Sums("Skaraborg", "", Decimal(200), Decimal(100), None, 2, 1, "vs-skaraborg")
SIMBA = Sums("SIMBA", "", Decimal(0), None, None, 0, 0, "vs-simba")
SILENT = Sums("Regionen", "", Decimal(100), None, None, 1, 0, "region")
OVER = Sums("Fel", "", Decimal(1), Decimal(3), Decimal(1), 1, 1)


def shown(*, example=False, chosen=None):
    return Used(WHOLE, (WHOLE,), (SKARABORG, SIMBA, SILENT), chosen, Said("Fyndet", "", "", example))


@pytest.mark.parametrize(
    ("sums", "shares", "texts"),
    [
        (WHOLE, ["33.3", "16.7", "50"], [f"33,3{NBSP}%", f"16,7{NBSP}%", f"50,0{NBSP}%"]),
        (SKARABORG, ["50", "0", "50"], [f"50,0{NBSP}%", "–", f"50,0{NBSP}%"]),
        (SILENT, ["0", "0", "100"], ["–", "–", f"100,0{NBSP}%"]),
        (SIMBA, ["0", "0", "0"], ["–", "–", "–"]),
        (OVER, ["75", "25", "0"], [f"75,0{NBSP}%", f"25,0{NBSP}%", f"0,0{NBSP}%"]),
    ],
)
def test_shares_add_up_and_what_nobody_has_told_of_is_no_nought(sums, shares, texts):
    assert used.shares(sums) == [Decimal(share) for share in shares]
    assert used.texts(sums) == texts


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("palette", [style.LIGHT, style.DARK])
def test_three_parts_each_with_its_own_pattern(narrow, palette):
    figure = used.figure(shown(), palette, narrow=narrow)
    Figure(figure)
    done, back, unknown = figure["data"]
    assert [done["x"][0], back["x"][0], unknown["x"][0]] == pytest.approx([33.3, 16.7, 50.0])
    assert "pattern" not in done["marker"]
    assert back["marker"]["pattern"]["shape"] == "/"
    assert unknown["marker"]["color"] == palette.paper, EMPTY
    text = figure["layout"]["title"]["text"] + " ".join(
        item["text"] for item in figure["layout"]["annotations"]
    )
    for word in ("■ Använt", "▨ Återbetalt", "□ Inte redovisat", "Per ändamål", "Per delregion"):
        assert word in text


def test_the_chosen_part_is_bold():
    texts = [
        item["text"]
        for item in used.figure(shown(chosen="vs-skaraborg"), style.LIGHT)["layout"]["annotations"]
    ]
    assert "<b>Skaraborg</b>" in texts
    assert "Regionen" in texts


@pytest.mark.parametrize("example", [False, True])
def test_the_words_are_made_from_the_data(example):
    said = used.alt(shown(example=example))
    assert f"Skaraborg: använt 50,0{NBSP}%, återbetalt –, inte redovisat 50,0{NBSP}%; " in said
    assert f"SIMBA: 0{NBSP}kr fördelat" in said
    assert said.endswith("Exempeldata ingår.") is example
