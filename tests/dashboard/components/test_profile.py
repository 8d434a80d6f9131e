"""An area beside the county, read back row by row."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard import board, data, figures
from dashboard.components import profile
from tests.dashboard.build import COUNTY, HOSTILE, SKARABORG, figure, line, renamed, without_value
from tests.dashboard.dom import Node, parse

NBSP = "\u00a0"
SKARA = "1495"


def drawn(catalogue, *found, own=SKARABORG, trends=None) -> Node:
    place = profile.Place(
        catalogue.areas[own],
        catalogue.areas[SKARABORG],
        catalogue.county,
        catalogue.members(SKARABORG),
        trends or {},
    )
    return parse(profile.html(list(found), place))


def row(catalogue, *told, indicator="mpr-dos-1", has_target=True, **more) -> list[str]:
    return drawn(catalogue, line(catalogue, indicator, list(told), has_target=has_target), **more).rows[0]


def test_own_value_trend_the_countys_judgement_and_the_municipalities(catalogue):
    name, own, trend, whole, goal, members = row(
        catalogue, figure(), figure(COUNTY, value=70.0, origin="published")
    )
    assert name.startswith(catalogue.indicators["mpr-dos-1"].name)
    assert catalogue.targets_of("mpr-dos-1")[0].label in name
    assert own == f"72,4{NBSP}% 2024"
    assert trend == f"+1,3{NBSP}procentenheter säkerställt bättre"
    assert whole == f"70,0{NBSP}%"
    assert goal.startswith(f"Inte på väg 7,6{NBSP}procentenheter kvar Mer om ")
    assert f"Skillnad mot länet: +2,4{NBSP}procentenheter." in goal
    assert "72,4 %, målet är 80 %." in goal
    assert members == "Inga uppgifter per kommun"


def test_every_cell_has_its_heading_for_a_narrow_window(catalogue):
    table = drawn(catalogue, line(catalogue, "mpr-dos-1", [figure()]))
    cells = [cell.attrs["data-head"] for cell in table.one("tbody").all("td")]
    assert cells == ["Skaraborg", "Trend", "Länet", "Mål och bedömning", "Kommunerna"]
    assert table.heads == [
        "Indikator",
        "Skaraborg",
        "Trend",
        "Länet",
        "Mål och bedömning",
        "Kommunerna bättre åt höger →",
    ]
    assert {cell.attrs["scope"] for cell in table.all("th")} == {"col", "row"}


def test_the_county_as_word_and_symbol_and_its_period_only_where_it_is_another(catalogue):
    beside = drawn(
        catalogue,
        line(catalogue, "mpr-dos-1", [figure(county="worse", county_level=99.8), figure(COUNTY, value=73.0)]),
    )
    assert beside.rows[0][3] == f"73,0{NBSP}% Sämre än länet"
    assert len(beside.all("td")[2].all("svg", css="fp-worse")) == 1
    assert f"säkert på nivån 99,8{NBSP}%" in beside.rows[0][4]
    older = row(catalogue, figure(), figure(COUNTY, period_start=date(2023, 1, 1)))
    assert older[3] == f"72,4{NBSP}% 2023"
    assert "Skillnad mot länet: olika perioder, länets är 2023." in older[4]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([figure(), figure(COUNTY, origin="example")], "exempel jämförs inte med verkliga tal"),
        ([figure(), without_value(COUNTY)], "länet har ingen uppgift"),
        ([figure()], "länet har ingen uppgift"),
    ],
)
def test_what_cannot_be_compared_says_why(catalogue, told, said):
    assert f"Skillnad mot länet: {said}." in row(catalogue, *told)[4]


def test_a_part_of_a_sum_is_neither_compared_nor_spread(catalogue):
    found = row(catalogue, figure(value=10.0), figure(COUNTY, value=100.0), indicator="medel-psykisk-halsa")
    assert "Skillnad mot länet: summan är en del av länets." in found[4]
    assert found[5] == "–"


def test_only_what_is_unusual_stands_out_and_the_rule_is_a_click_away(catalogue):
    fired = row(catalogue, figure(variation="concern", variation_rule="outside"))
    assert fired[2].endswith("Sämre än vanligt")
    assert "det senaste värdet ligger under den vanliga variationen" in fired[4]
    common = row(catalogue, figure(variation="common"))
    assert "variation" not in common[2]
    assert "Färre än 13 punkter." in row(catalogue, figure(variation_reason="Färre än 13 punkter"))[4]


def test_whether_and_when_the_target_is_reached(catalogue):
    goal = row(catalogue, figure(assurance="missed", projected=75.0))[4]
    assert goal.split(" Mer om ")[0].endswith("Målet nås inte")
    assert "Med dagens process nås inte målet, och det nås inte före 2040 i nuvarande takt." in goal


@pytest.mark.parametrize(
    ("indicator", "told", "left"),
    [
        ("mpr-dos-1", figure(value=72.46, target_value=80.0), f"7,5{NBSP}procentenheter kvar"),
        ("mpr-dos-1", figure(value=79.96, target_value=80.0), ""),
        ("mpr-dos-1", figure(value=91.0, target_value=80.0), ""),
        ("mpr-dos-1", figure(target_value=None), ""),
        ("mpr-dos-1", figure(judgement="cannot_be_judged"), ""),
        ("mpr-dos-1", without_value(), ""),
        ("utskrivningsklar-medelvardtid", figure(value=4.25, target_value=3.0), f"1,3{NBSP}dagar kvar"),
        ("utskrivningsklar-medelvardtid", figure(value=2.0, target_value=3.0), ""),
    ],
)
def test_the_distance_is_that_between_the_two_numbers_as_shown(catalogue, indicator, told, left):
    assert profile.distance(told, line(catalogue, indicator, [told], has_target=False)) == left


@pytest.mark.parametrize(
    ("own", "county", "said"),
    [
        (88.84, 85.76, f"+3,0{NBSP}procentenheter"),
        (85.76, 88.84, f"−3,0{NBSP}procentenheter"),
        (72.44, 72.36, f"0,0{NBSP}procentenheter"),
        (72.46, 72.44, f"+0,1{NBSP}procentenheter"),
    ],
)
def test_the_difference_is_that_between_the_two_values_as_shown(catalogue, own, county, said):
    told = row(catalogue, figure(value=own), figure(COUNTY, value=county))
    assert f"Skillnad mot länet: {said}." in told[4]


def test_every_difference_that_comes_with_the_program_is_that_of_the_two_values_beside_it(full, catalogue):
    checked = 0
    for told in board.lines(data.judgements(data.version()), catalogue):
        whole = told.figures.get(COUNTY)
        for own in told.figures.values():
            said = profile.difference(own, whole, told)
            if said[0] not in "+−0":
                continue
            shown = [amount(figures.value(one, told.indicator)) for one in (own, whole)]
            assert amount(said) == shown[0] - shown[1], (told.indicator.id, own.area, said)
            assert said.startswith("+") == (shown[0] > shown[1])
            checked += 1
    assert checked > 500


def amount(said: str) -> Decimal:
    """The number that a text begins with."""
    number = re.match(rf"[+−]?[\d{NBSP}]+(,\d+)?", said)[0]
    return Decimal(number.replace(NBSP, "").replace("−", "-").replace(",", "."))


def test_without_a_target_nothing_is_judged(catalogue):
    assert row(catalogue, figure(), has_target=False)[4].startswith("Inget mål är satt Mer")


def test_what_is_not_there_says_why(catalogue):
    own = row(catalogue, without_value(), figure(COUNTY))
    assert own[1] == "–"
    assert own[4] == "Kan inte bedömas Underlaget är för litet"
    assert row(catalogue)[1] == "Ingen uppgift är levererad"


def test_a_preliminary_figure_is_marked(catalogue):
    assert row(catalogue, figure(flag="preliminary"))[1] == f"72,4{NBSP}% preliminär 2024"


def test_examples_are_marked_once_where_the_whole_row_is_and_each_where_some_are(catalogue):
    whole = row(catalogue, figure(origin="example"), figure(COUNTY, origin="example"))
    assert ["Exempeldata" in cell for cell in whole] == [True, False, False, False, False, False]
    some = row(catalogue, figure(origin="example"), figure(COUNTY), figure(SKARA, origin="example"))
    assert ["Exempeldata" in cell for cell in some] == [False, True, False, False, False, True]
    assert "Exempeldata" not in "".join(row(catalogue, figure(), figure(COUNTY), figure(SKARA)))


def test_the_municipalities_as_dots_and_numbers(catalogue):
    told = line(
        catalogue,
        "mpr-dos-1",
        [
            figure(),
            figure(COUNTY),
            figure(SKARA, value=70.0),
            figure("1446", value=75.5),
            figure("1493", value=75.5),
        ],
    )
    found = drawn(catalogue, told)
    assert found.rows[0][5] == f"3 av 15{NBSP}kommuner: 70,0–75,5{NBSP}%. 12{NBSP}utan uppgift"
    picture = found.one("table").one("svg", css="fp-strip")
    assert picture.attrs["aria-hidden"] == "true"
    assert len(picture.all("circle", css="fp-dot")) == 3
    assert [len(picture.all("path", css=css)) for css in ("fp-own", "fp-whole", "fp-goal")] == [1, 1, 1]


def test_a_municipality_beside_its_delregion_and_the_county(catalogue):
    told = line(catalogue, "mpr-dos-1", [figure(), figure(COUNTY), figure(SKARA, value=70.0), figure("1446")])
    found = drawn(catalogue, told, own=SKARA)
    assert found.heads[1:5] == ["Skara", "Trend", "Skaraborg", "Länet"]
    assert found.rows[0][1] == f"70,0{NBSP}% 2024"
    assert found.rows[0][3] == f"72,4{NBSP}%"
    picture = found.one("table").one("svg", css="fp-strip")
    assert len(picture.all("circle", css="fp-dot")) == 1
    assert len(picture.all("circle", css="fp-chosen")) == 1
    assert [item.words for item in found.one("ul", css="fp-key").all("li")] == [
        "en kommun", "Skara", "Skaraborg", "länet", "målet",
    ]  # fmt: skip


def test_the_trend_line_is_the_areas_own(catalogue):
    told = line(catalogue, "mpr-dos-1", [figure(), figure(SKARA)])
    trends = {("mpr-dos-1", told.age, SKARABORG): (70.0, 71.1, 72.4)}
    assert len(drawn(catalogue, told, trends=trends).all("svg", css="fp-spark")) == 1
    assert not drawn(catalogue, told, own=SKARA, trends=trends).all("svg", css="fp-spark")


def test_one_table_a_subject_in_order(catalogue):
    found = drawn(
        catalogue,
        line(catalogue, "medel-psykisk-halsa", [figure()]),
        line(catalogue, "mpr-dos-1", [figure()]),
        line(catalogue, "vardgaranti-telefon", [figure()]),
    )
    assert [item.text for item in found.all("caption")] == ["Tillgänglighet", "Vaccination", "Medel"]


def test_a_row_leads_to_the_indicator_in_this_delregion(catalogue):
    for own in (SKARABORG, SKARA):
        address = drawn(catalogue, line(catalogue, "mpr-dos-1", [figure()]), own=own).one("a").attrs["href"]
        assert urlsplit(address).path == "/indikator"
        assert parse_qs(urlsplit(address).query)["delregion"] == ["Skaraborg"]


def test_a_row_of_an_age_group_leads_to_that_age_group(catalogue):
    told = replace(line(catalogue, "covid19-dos-3", [figure()], has_target=False), age="70+")
    address = drawn(catalogue, told).one("a").attrs["href"]
    assert parse_qs(urlsplit(address).query)["alder"] == ["70 år och äldre"]


def test_names_are_text_and_never_markup(monkeypatch, catalogue):
    hostile = renamed(catalogue, HOSTILE)
    monkeypatch.setattr(data, "catalogue", lambda: hostile)
    found = drawn(hostile, line(hostile, "mpr-dos-1", [figure(reason=HOSTILE), figure(SKARA)]), own=SKARA)
    assert not found.all("script", "img")
    assert HOSTILE in found.rows[0][0]
