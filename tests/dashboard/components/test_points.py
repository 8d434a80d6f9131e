"""What to talk about, read back point by point."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest

from dashboard import data
from dashboard.components import points
from etl.measures.points import Kind
from etl.measures.talking_points import POINTS_SCHEMA
from tests.dashboard.build import HOSTILE, SKARABORG, renamed
from tests.dashboard.dom import Node, parse

NBSP = "\u00a0"


def point(catalogue, **changed):
    name = catalogue.indicators["mpr-dos-1"].name
    usual = {
        "indicator": "mpr-dos-1",
        "area": SKARABORG,
        "age": "total",
        "target": "mpr-dos-1-95",
        "priority": 1,
        "sentence": f"{name}: läget har försämrats i Skaraborg.",
        "lead": "",
        "kind": str(Kind.WORSE_AND_WORSENING),
        "areas": [SKARABORG],
        "indicators": ["mpr-dos-1"],
        "ages": ["total"],
    }
    return {**usual, **changed}


def drawn(catalogue, *rows) -> Node:
    frame = pl.DataFrame(list(rows), schema=POINTS_SCHEMA, orient="row")
    return parse(points.html(frame, catalogue, "vardsamverkan"))


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.REST])
def test_a_point_has_symbol_word_and_sentence(catalogue, kind):
    item = drawn(catalogue, point(catalogue, kind=str(kind))).one("li")
    assert len(item.all("svg")) == 1
    assert item.words.startswith(points.KINDS[kind][0])
    assert item.words.endswith("läget har försämrats i Skaraborg.")
    assert len({words[:2] for words in points.KINDS.values()}) == len(Kind) - 1


def test_the_indicators_name_is_the_link_to_it_there(catalogue):
    found = drawn(catalogue, point(catalogue))
    name = catalogue.indicators["mpr-dos-1"].name
    assert list(found.links) == [name]
    query = parse_qs(urlsplit(found.links[name]).query)
    assert query == {"indikator": [name], "indelning": ["Vårdsamverkansområden"], "delregion": ["Skaraborg"]}


@pytest.mark.parametrize("area", [None, "14"])
def test_a_point_about_several_areas_or_the_county_leads_to_no_delregion(catalogue, area):
    (address,) = drawn(catalogue, point(catalogue, area=area)).links.values()
    assert "delregion" not in parse_qs(urlsplit(address).query)


def test_a_point_about_several_indicators_leads_to_each(catalogue):
    several = point(
        catalogue,
        indicator=None,
        kind=str(Kind.CANNOT_BE_JUDGED),
        sentence="Det finns 4 mål som inte kan bedömas.",
        indicators=["mpr-dos-1", "mpr-dos-2", "mpr-dos-1"],
        ages=["total", "total", "total"],
    )
    found = drawn(catalogue, several)
    assert list(found.links) == [catalogue.indicators[name].short_name for name in ("mpr-dos-1", "mpr-dos-2")]


@pytest.mark.parametrize(("age", "said"), [("65+", ["65 år och äldre"]), ("18-29", ["18-29"])])
def test_a_point_about_an_age_group_leads_to_that_age_group(catalogue, age, said):
    one = point(catalogue, age=age, ages=[age])
    several = point(catalogue, indicator=None, indicators=["mpr-dos-1"] * 2, ages=["total", age])
    (address,) = drawn(catalogue, one).links.values()
    assert parse_qs(urlsplit(address).query)["alder"] == said
    usual, other = (parse_qs(urlsplit(link).query) for link in drawn(catalogue, several).links.values())
    assert "alder" not in usual
    assert other["alder"] == said


def test_examples_are_marked_by_a_word_and_the_sentence_keeps_its_capital(catalogue):
    said = "Exempeldata: målen för ”A” kan inte bedömas."
    item = drawn(catalogue, point(catalogue, indicator=None, sentence=said)).one("li")
    assert item.one("span", css="fp-chip").text == "Exempeldata"
    assert "Målen för ”A” kan inte bedömas." in item.words
    assert item.words.count("Exempeldata") == 1


def test_the_first_stand_open_and_the_rest_are_counted(catalogue):
    few = drawn(catalogue, *[point(catalogue)] * points.OPEN)
    assert not few.all("details")
    found = drawn(catalogue, *[point(catalogue)] * (points.OPEN + 2))
    assert found.one("summary").text == f"Visa 2{NBSP}punkter till"
    more = found.one("details").one("ol")
    assert (len(more.all("li")), more.attrs["start"]) == (2, str(points.OPEN + 1))
    assert len(found.all("li")) == points.OPEN + 2


def test_what_matters_first_and_what_supports_it():
    found = parse(points.lead("Exempeldata: Att prata om först: A.", ["Exempeldata: läget.", "Av 2 mål."]))
    first, support = found.all("p")
    assert first.words == "Att prata om först: A. Exempeldata"
    assert support.words == "Läget. Av 2 mål. Exempeldata"
    assert len(parse(points.lead("Inget.", [])).all("p")) == 1


def test_names_are_text_and_never_markup(monkeypatch, catalogue):
    hostile = renamed(catalogue, HOSTILE)
    monkeypatch.setattr(data, "catalogue", lambda: hostile)
    name = hostile.indicators["mpr-dos-1"].name
    found = drawn(
        hostile,
        point(hostile, sentence=f"{name}: {HOSTILE}"),
        point(hostile, indicator=None, sentence=HOSTILE),
    )
    assert not found.all("script", "img")
    assert found.all("a")[0].text == name
    assert not parse(points.lead(HOSTILE, [HOSTILE])).all("script", "img")
