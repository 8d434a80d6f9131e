"""The matrix of freshness, read back cell by cell."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from dashboard import data
from dashboard.components import quality_table
from etl.measures.data_quality import QUALITY_SCHEMA, Freshness, by_indicator
from tests.dashboard.build import COUNTY, HOSTILE, SKARABORG, renamed
from tests.dashboard.dom import Node, parse

NBSP = "\u00a0"


def row(area: str = SKARABORG, **changed: Any) -> dict[str, Any]:
    usual = {
        **dict.fromkeys(QUALITY_SCHEMA),
        "indicator": "mpr-dos-1",
        "area": area,
        "freshness": "current",
        "period_start": date(2024, 1, 1),
        "period_type": "year",
        "age_days": 100,
        "next_end": date(2025, 12, 31),
        "due": date(2026, 12, 31),
        **dict.fromkeys(("example", "preliminary", "hidden"), False),
        "members": 15,
        "with_value": 15,
        **dict.fromkeys(("with_hidden", "with_example"), 0),
        "periods": 5,
        "with_figure": 5,
    }
    return {**usual, **changed}


def drawn(catalogue, *rows: dict[str, Any]) -> Node:
    frame = pl.DataFrame(list(rows), schema=QUALITY_SCHEMA)
    areas = [catalogue.county, catalogue.areas[SKARABORG]]
    return parse(quality_table.html(frame, by_indicator(frame), catalogue, areas, "vardsamverkan"))


def cell(catalogue, **changed: Any) -> str:
    return drawn(catalogue, row(**changed)).rows[1][3]


def test_a_row_says_how_fresh_when_the_next_one_is_due_and_from_whom(catalogue):
    found = drawn(catalogue, row(), row(COUNTY))
    assert found.heads == ["Indikator", "Nästa leverans", "Västra Götaland", "Skaraborg"]
    item = catalogue.indicators["mpr-dos-1"]
    assert found.rows[0] == ["Vaccination"]
    assert found.rows[1] == [
        f"{item.name} Ny uppgift varje år",
        f"Aktuell Senast 31 december 2026 Från: {item.owner} Alla områden: aktuell.",
        "Aktuell 2024 Kommuner: 15 av 15",
        "Aktuell 2024 Kommuner: 15 av 15",
    ]
    assert found.one("a").attrs["href"].startswith("/indikator?indikator=")


@pytest.mark.parametrize("kind", Freshness)
def test_every_kind_has_a_symbol_and_a_word_of_its_own(catalogue, kind):
    found = drawn(catalogue, row(freshness=str(kind)))
    state = quality_table.STATES[kind]
    assert state.word in found.rows[1][3]
    others = [other for key, other in quality_table.STATES.items() if key != kind]
    assert all((other.word, other.symbol) != (state.word, state.symbol) for other in others)
    assert len({one.symbol for one in quality_table.STATES.values()}) == len(Freshness)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"freshness": "late", "age_days": 800}, f"Försenad 2024, 2{NBSP}år gammal Kommuner: 15 av 15"),
        ({"with_value": 12, "with_hidden": 3}, f"Aktuell 2024 Kommuner: 12 av 15 3{NBSP}dolda"),
        ({"with_value": 0}, "Aktuell 2024 Inte per kommun"),
        ({"with_example": 15}, "Aktuell 2024 Kommuner: 15 av 15 (exempeldata)"),
        ({"freshness": "example", "with_example": 15}, "Exempeldata 2024 Kommuner: 15 av 15"),
        ({"with_figure": 3}, "Aktuell 2024 Kommuner: 15 av 15 Perioder: 3 av 5"),
        ({"preliminary": True}, "Aktuell 2024 Kommuner: 15 av 15 preliminär"),
        ({"hidden": True}, "Aktuell 2024 Dold: få personer Kommuner: 15 av 15"),
        (
            {
                "freshness": "lacking",
                "period_start": None,
                "with_value": 0,
                "reason": "Ingen uppgift: publiceras bara för länet",
            },
            "Saknas publiceras bara för länet",
        ),
    ],
)
def test_a_cell_says_what_is_old_hidden_or_lacking(catalogue, changed, said):
    assert cell(catalogue, **changed) == said


@pytest.mark.parametrize(
    ("county", "others", "said"),
    [
        ({}, {}, "Alla områden: aktuell."),
        ({"freshness": "late"}, {}, "Länet: försenad. Delregionerna: aktuell."),
        (
            {},
            {"Fyrbodal": {"freshness": "lacking"}},
            "Länet: aktuell. Delregionerna: aktuell, men Fyrbodal saknas.",
        ),
        ({}, {"Fyrbodal": {"with_value": 3}}, "Alla områden: aktuell. Luckor i Fyrbodal."),
        (
            {},
            {"Fyrbodal": {"with_figure": 3}, "SAMLA": {"hidden": True}},
            "Alla områden: aktuell. Luckor i SAMLA och Fyrbodal.",
        ),
        (
            {},
            {name: {"with_hidden": 1} for name in ("Fyrbodal", "SAMLA", "SIMBA")},
            "Alla områden: aktuell. Luckor i 3 delregioner.",
        ),
        ({"with_value": 3}, {"Fyrbodal": {"with_value": 0}}, "Alla områden: aktuell."),
    ],
)
def test_on_a_narrow_screen_the_areas_are_told_in_short_and_those_apart_by_name(
    catalogue, county, others, said
):
    areas = catalogue.delregioner("vardsamverkan")
    cells = [
        (catalogue.county, row(**county)),
        *((area, row(area.id, **others.get(area.name, {}))) for area in areas),
    ]
    assert quality_table.in_short(cells) == said


def test_an_area_without_a_row_is_lacking(catalogue):
    areas = catalogue.delregioner("vardsamverkan")
    assert quality_table.in_short([(catalogue.county, row()), *((area, None) for area in areas)]) == (
        "Länet: aktuell. Delregionerna: saknas."
    )


def test_what_opens_a_row_stands_in_its_own_cell(catalogue):
    assert drawn(catalogue, row(), row(COUNTY)).one("summary").words == "Alla områden: aktuell."


def test_an_area_without_a_row(catalogue):
    assert drawn(catalogue, row()).rows[1][2] == "–"


@pytest.mark.parametrize(
    ("kind", "last", "said"),
    [
        ("current", date(2026, 12, 31), "Senast 31 december 2026"),
        ("expected", date(2026, 12, 31), "Senast 31 december 2026"),
        ("late", date(2022, 2, 28), "Skulle ha kommit senast 28 februari 2022"),
        ("ended", None, "Inga fler leveranser kommer"),
        ("example", None, "Okänt när: ingen verklig uppgift är levererad"),
        ("lacking", None, "Okänt när: ingen verklig uppgift är levererad"),
    ],
)
def test_when_the_next_delivery_is_due(kind, last, said):
    assert quality_table.due({"freshness": kind, "due": last}) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "0 dagar"), (1, "1 dag"), (29, "29 dagar"), (30, "1 månad"), (364, "12 månader"), (800, "2 år")],
)
def test_an_age_in_words(days, said):
    assert quality_table.age_text(days) == said.replace(" ", NBSP)


def test_the_tally_leaves_out_what_does_not_occur():
    counts = {kind: 3 if kind is Freshness.LATE else 0 for kind in Freshness}
    assert [item.words for item in parse(quality_table.tally(counts)).all("li")] == ["3 försenade"]
    assert quality_table.tally(dict.fromkeys(Freshness, 0)) == ""


def test_one_is_counted_in_the_singular():
    items = parse(quality_table.tally(dict.fromkeys(Freshness, 1))).all("li")
    assert [item.words for item in items] == [
        "1 aktuell", "1 väntas", "1 försenad", "1 avslutad", "1 bara exempeldata", "1 saknas",
    ]  # fmt: skip


def test_the_legend_explains_every_symbol():
    assert len(parse(quality_table.legend()).all("li")) == len(Freshness)


def test_names_are_text_and_never_markup(monkeypatch, catalogue):
    hostile = renamed(catalogue, HOSTILE)
    monkeypatch.setattr(data, "catalogue", lambda: hostile)
    assert not drawn(hostile, row(freshness="lacking", reason=HOSTILE)).all("script", "img")
