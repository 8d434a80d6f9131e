"""A delregion beside the county, read back row by row."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard import data
from dashboard.components import profile
from tests.dashboard.build import COUNTY, HOSTILE, SKARABORG, figure, line, renamed, without_value
from tests.dashboard.dom import Node, parse

NBSP = "\u00a0"


def drawn(catalogue, *found) -> Node:
    return parse(profile.html(list(found), catalogue.areas[SKARABORG], catalogue.county))


def row(catalogue, *told, indicator="mpr-dos-1", has_target=True) -> list[str]:
    return drawn(catalogue, line(catalogue, indicator, list(told), has_target=has_target)).rows[0]


def test_own_value_the_countys_difference_change_and_judgement(catalogue):
    name, own, whole, difference, change, variation, judgement, ahead = row(
        catalogue, figure(), figure(COUNTY, value=70.0, origin="published")
    )
    assert name.startswith(catalogue.indicators["mpr-dos-1"].name)
    assert catalogue.targets_of("mpr-dos-1")[0].label in name
    assert own == f"72,4{NBSP}% 2024"
    assert whole == f"70,0{NBSP}% 2024"
    assert difference == f"+2,4{NBSP}procentenheter"
    assert change == f"+1,3{NBSP}procentenheter säkerställd förändring"
    assert judgement == "Inte på väg 72,4 %, målet är 80 %"
    assert (variation, ahead) == ("–", "–")


def test_the_county_as_word_and_symbol(catalogue):
    told = line(
        catalogue, "mpr-dos-1", [figure(county="worse", county_level=99.8), figure(COUNTY, value=73.0)]
    )
    found = drawn(catalogue, told)
    assert found.rows[0][3] == f"−0,6{NBSP}procentenheter Sämre än länet"
    cell = found.all("td")[2]
    assert len(cell.all("svg", css="fp-worse")) == 1
    assert cell.one("span", css="fp-small").attrs["title"] == f"Sämre än länet, säkert på nivån 99,8{NBSP}%"
    similar = row(catalogue, figure(county="similar"), figure(COUNTY, value=72.4))
    assert similar[3].endswith("Ingen säker skillnad")


def test_chance_with_the_rule_that_fired_or_why_it_cannot_be_told(catalogue):
    fired = row(catalogue, figure(variation="concern", variation_rule="outside"))
    assert fired[5] == "Sämre än vanligt Det senaste värdet ligger under den vanliga variationen"
    assert row(catalogue, figure(variation="common"))[5] == "Vanlig variation"
    assert row(catalogue, figure(variation_reason="Färre än 13 punkter"))[5] == "Färre än 13 punkter"
    assert row(catalogue, without_value(variation_reason="Ingen uppgift"))[5] == "–"


def test_whether_and_when_the_target_is_reached(catalogue):
    missed = row(catalogue, figure(assurance="missed", projected=75.0))
    assert missed[7] == (
        "Målet nås inte Med dagens process nås inte målet, och det nås inte före 2040 i nuvarande takt."
    )
    assert row(catalogue, figure(projected=75.0, reach_first=2027, reach_last=2029))[7] == (
        "Med dagens takt nås målet tidigast 2027 och senast 2029."
    )
    unjudged = figure(judgement="cannot_be_judged", projected=75.0)
    assert row(catalogue, unjudged)[7] == "–"


@pytest.mark.parametrize(
    ("county", "said"),
    [
        (figure(COUNTY, period_start=date(2023, 1, 1)), "Olika perioder"),
        (figure(COUNTY, origin="example"), "Exempel jämförs inte med verkliga tal"),
        (without_value(COUNTY), "–"),
    ],
)
def test_what_cannot_be_compared_is_not(catalogue, county, said):
    assert row(catalogue, figure(), county)[3] == said


def test_without_the_county(catalogue):
    found = row(catalogue, figure())
    assert (found[2], found[3]) == ("–", "–")


def test_sums_are_not_compared(catalogue):
    found = row(catalogue, figure(value=10.0), figure(COUNTY, value=100.0), indicator="medel-psykisk-halsa")
    assert found[3] == "–"


def test_what_is_not_there_says_why(catalogue):
    own = row(catalogue, without_value(), figure(COUNTY))
    assert own[1].startswith("–")
    assert own[6] == "Kan inte bedömas Underlaget är för litet"
    assert row(catalogue)[1] == "Ingen uppgift är levererad"


def test_examples_are_marked_in_both_columns(catalogue):
    found = row(catalogue, figure(origin="example"), figure(COUNTY, origin="example"))
    assert "Exempeldata" in found[1]
    assert "Exempeldata" in found[2]
    assert "Exempeldata" not in "".join(row(catalogue, figure(), figure(COUNTY)))


def test_one_table_a_subject_in_order(catalogue):
    found = drawn(
        catalogue,
        line(catalogue, "medel-psykisk-halsa", [figure()]),
        line(catalogue, "mpr-dos-1", [figure()]),
        line(catalogue, "vardgaranti-telefon", [figure()]),
    )
    assert [item.text for item in found.all("caption")] == ["Tillgänglighet", "Vaccination", "Medel"]


def test_a_row_leads_to_the_indicator_in_this_delregion(catalogue):
    address = drawn(catalogue, line(catalogue, "mpr-dos-1", [figure()])).one("a").attrs["href"]
    assert urlsplit(address).path == "/indikator"
    assert parse_qs(urlsplit(address).query)["delregion"] == ["Skaraborg"]


def test_municipalities_with_their_inhabitants(catalogue):
    members = [catalogue.areas["1480"], catalogue.areas["1495"]]
    assert parse(profile.municipalities(members, {"1480": 604616})).rows == [
        ["Göteborg", f"604{NBSP}616"],
        ["Skara", "–"],
    ]


def test_names_are_text_and_never_markup(monkeypatch, catalogue):
    hostile = renamed(catalogue, HOSTILE)
    monkeypatch.setattr(data, "catalogue", lambda: hostile)
    found = drawn(hostile, line(hostile, "mpr-dos-1", [figure(reason=HOSTILE)]))
    assert not found.all("script", "img")
    assert HOSTILE in found.rows[0][0]
    assert not parse(profile.municipalities([hostile.areas["1480"]], {})).all("script", "img")
