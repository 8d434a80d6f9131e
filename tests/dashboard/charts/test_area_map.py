"""The map as markup: every area with its words, what is told without colour, its size, and the words around it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dashboard.charts import area_map
from dashboard.charts.area_map import AreaMap
from dashboard.map_figures import against_county, by_value
from tests.dashboard.build import HOSTILE, without_value
from tests.dashboard.dom import Node, parse
from tests.dashboard.test_map_figures import compared, figures_of, material

N = "\u00a0"
FORMS = ("wide", "narrow")


@pytest.fixture(scope="module")
def values(catalogue) -> AreaMap:
    hidden = {"1440": without_value("1440", flag="suppressed"), "1441": without_value("1441")}
    return by_value(material(catalogue, figures_of(catalogue, **hidden)))


@pytest.fixture(scope="module")
def against(catalogue) -> AreaMap:
    return against_county(material(catalogue, compared(catalogue, better=4, worse=3)))


def drawing(shown: AreaMap, form: str = "wide") -> Node:
    page = parse(area_map.html(shown, "map"))
    return next(svg for svg in page.all("svg") if f"fp-map-{form}" in svg.css)


def options(shown: AreaMap, form: str = "wide") -> list[Node]:
    return [path for path in drawing(shown, form).all("path") if path.attrs.get("role") == "option"]


@pytest.mark.parametrize("form", FORMS)
def test_every_municipality_says_its_name_and_figures(values, form):
    own = options(values, form)
    assert [path.attrs["aria-label"].split("; ")[0] for path in own] == [
        place.name for place in values.places
    ]
    assert (
        next(path for path in own if path.attrs["aria-label"].startswith("Borås"))
        .attrs["aria-label"]
        .count("; ")
        >= 2
    )
    assert len({path.attrs["id"] for form in FORMS for path in options(values, form)}) == 98


@pytest.mark.parametrize("form", FORMS)
def test_the_picture_holds_its_words(values, form):
    texts = [node.words for node in drawing(values, form).all("text")]
    said = " ".join(texts)
    assert values.said.title.replace(N, " ") in said.replace(N, " ")
    assert "Källa: prov." in said
    assert "SCB, kommungränser" in said
    for kind in values.classes:
        assert any(kind.label in text and f"{kind.count}{N}kommun" in text for text in texts), kind


@pytest.mark.parametrize("form", FORMS)
def test_what_is_hidden_or_missing_is_drawn_without_colour(values, form):
    svg = drawing(values, form)
    patterns = {node.attrs["id"] for node in svg.all("pattern")}
    (hidden,) = [path for path in options(values, form) if "fp-map-hidden" in path.css]
    assert hidden.attrs["fill"] == f"url(#map-{form}-hidden)"
    assert hidden.attrs["fill"][5:-1] in patterns
    assert [path for path in options(values, form) if "fp-map-none" in path.css]


def test_who_differs_has_a_symbol_besides_the_colour(against):
    svg = drawing(against)
    for kind in against.classes:
        signs = svg.all("svg", css=f"fp-map-on-{kind.css}")
        assert len(signs) == (kind.count + 1 if kind.symbol else 0), "each area and the legend"
    better, worse = (
        svg.all("svg", css=f"fp-map-on-{kind}")[0].one("path").attrs["d"] for kind in ("better", "worse")
    )
    assert better != worse


@pytest.mark.parametrize("form", FORMS)
def test_delregioner_are_named_and_a_chosen_one_has_its_municipalities_named(catalogue, values, form):
    named = {
        node.words
        for css in ("part", "small")
        for node in drawing(values, form).all("text", css=f"fp-map-{css}")
    }
    assert {"Fyrbodal", "Skaraborg", "Södra Älvsborg"} <= named <= set(values.names.values())
    assert not drawing(values, form).all("path", css="fp-map-chosen")
    chosen = replace(values, chosen="vs-fyrbodal")
    places = {node.words for node in drawing(chosen, form).all("text", css="fp-map-place")}
    assert {"Tanum", "Bengtsfors"} <= places
    assert places <= {area.name for area in catalogue.members("vs-fyrbodal")}
    assert drawing(chosen, form).all("path", css="fp-map-chosen")


@pytest.mark.parametrize("form", FORMS)
def test_a_delregion_without_room_is_named_beside_the_land_with_a_line(catalogue, form):
    division = catalogue.divisions["namnd"]
    shown = by_value(material(catalogue, figures_of(catalogue)))
    delregioner = catalogue.delregioner(division.id)
    parts = {one.id: area.id for area in delregioner for one in catalogue.members(area.id)}
    shown = replace(shown, parts=parts, names={area.id: area.name for area in delregioner})
    drawn = drawing(shown, form)
    named = [node.words for css in ("part", "small") for node in drawn.all("text", css=f"fp-map-{css}")]
    assert sorted(named) == sorted(area.name for area in delregioner)
    assert len(drawn.all("path", css="fp-map-lead")) == len(drawn.all("path", css="fp-map-lead-end")) == 1


def test_the_alt_text_counts_and_ranks_nobody(values, against):
    said = area_map.alt(against)
    assert said.startswith(f"4{N}kommuner är säkert bättre än länet och 3 säkert sämre år 2024. Karta: ")
    assert f"Säkert sämre än länet: 3{N}kommuner." in said
    assert not [
        place.name
        for shown in (values, against)
        for place in shown.places
        if place.name in area_map.alt(shown)
    ]
    example = replace(against, said=replace(against.said, is_example=True))
    assert area_map.alt(example).endswith("Exempeldata ingår.")
    page = parse(area_map.html(example, "map"))
    assert page.one("figcaption").words == area_map.alt(example)
    assert all("Exempeldata" in drawing(example, form).text for form in FORMS)


def test_lines_are_broken_so_that_they_fit(values):
    long = replace(values.said, title="Unionen mellan städer och landsbygd " * 6, below="Andel " * 60)
    for form, width in (("wide", 960), ("narrow", 358)):
        svg = drawing(replace(values, said=long), form)
        for node in svg.all("text", css="fp-map-title"):
            assert len(node.words) * 8.2 < width
        heights = [float(node.attrs["y"]) for node in svg.all("text", css="fp-map-foot")]
        assert max(heights) <= float(svg.attrs["height"])


def test_no_name_becomes_markup(catalogue, values):
    places = tuple(replace(place, name=HOSTILE, told=(HOSTILE,)) for place in values.places)
    classes = tuple(replace(kind, label=HOSTILE) for kind in values.classes)
    shown = replace(
        values, places=places, classes=classes, names=dict.fromkeys(values.names, HOSTILE), beside=(HOSTILE,)
    )
    page = parse(area_map.html(replace(shown, said=replace(shown.said, title=HOSTILE, foot=HOSTILE)), "map"))
    assert not page.all("script", "img")


def test_the_map_is_light(values, against):
    for shown in (values, against):
        assert len(area_map.html(shown, "map").encode()) < 70_000


def test_nothing_is_asked_of_others(values):
    addresses = re.findall(r"https?://[^\"' )]+", area_map.html(values, "map"))
    assert set(addresses) <= {"http://www.w3.org/2000/svg"}
