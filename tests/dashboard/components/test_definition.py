"""An indicator's definition, source and caveats."""

from __future__ import annotations

import pytest

from dashboard.components import definition
from dashboard.words import INTERVAL_METHODS, ORIGINS
from schemas.catalogue import Source
from schemas.results import IntervalMethod
from tests.dashboard.build import HOSTILE, figure, renamed
from tests.dashboard.dom import Node, parse


def facts(catalogue, indicator: str, told=None) -> dict[str, str]:
    drawn: Node = parse(definition.html(catalogue.indicators[indicator], catalogue, told))
    names = [item.words for item in drawn.all("dt")]
    return dict(zip(names, (item.words for item in drawn.all("dd")), strict=True))


def test_every_indicator_has_all_that_a_reader_needs(catalogue):
    always = {
        "Definition", "Täljare", "Riktning", "Mål", "Sätt att mäta", "Så räknas delregioner", "Huvudman",
        "Följer arbetssätt", "Källa", "Lägsta offentliga nivå", "Ansvarig", "Uppdateras", "Definitionen är",
    }  # fmt: skip
    for indicator in catalogue.indicators:
        told = facts(catalogue, indicator)
        assert always <= set(told), indicator
        assert all(told.values())


def test_every_target_says_whose_it_is(catalogue):
    for target in catalogue.targets.values():
        said = facts(catalogue, target.indicator)["Mål"]
        assert target.label in said
        assert f"Ursprung: {ORIGINS[target.origin]}" in said


def test_without_a_target_it_says_who_can_set_one(catalogue):
    assert facts(catalogue, "hpv-pojkar")["Mål"].startswith("Inget mål är satt.")


def test_the_values_own_source_is_told(catalogue):
    assert (
        facts(catalogue, "mpr-dos-1", figure(source="Kolada N01481"))["Källa för värdet"] == "Kolada N01481"
    )
    assert "Källa för värdet" not in facts(catalogue, "mpr-dos-1")


@pytest.mark.parametrize("method", IntervalMethod)
def test_how_the_interval_was_computed(catalogue, method):
    told = facts(catalogue, "mpr-dos-1", figure(interval_method=str(method), interval_level=0.95))
    assert told["Osäkerhet"] == f"95\u00a0%-intervall med {INTERVAL_METHODS[method]}"
    assert "Osäkerhet" not in facts(catalogue, "mpr-dos-1", figure())


@pytest.mark.parametrize(
    ("numerator", "denominator", "said"),
    [
        (5, 0, ["färre än 5 räknade", "visas inte."]),
        (0, 30, ["ett underlag under 30 visas inte."]),
        (5, 30, ["färre än 5 räknade", "eller med ett underlag under 30 visas inte."]),
    ],
)
def test_what_is_hidden(catalogue, numerator, denominator, said):
    changed = {"minimum_numerator": numerator, "minimum_denominator": denominator}
    indicator = catalogue.indicators["mpr-dos-1"].model_copy(update=changed)
    own = catalogue.model_copy(update={"indicators": {**catalogue.indicators, "mpr-dos-1": indicator}})
    told = facts(own, "mpr-dos-1")["Döljs"]
    assert told.startswith("Värden med ")
    assert all(part in told for part in said)


def test_where_nothing_is_hidden_nothing_is_said(catalogue):
    unhidden = {"minimum_numerator": 0, "minimum_denominator": 0}
    indicator = catalogue.indicators["mpr-dos-1"].model_copy(update=unhidden)
    own = catalogue.model_copy(update={"indicators": {**catalogue.indicators, "mpr-dos-1": indicator}})
    assert "Döljs" not in facts(own, "mpr-dos-1")


def test_when_the_value_was_delivered(catalogue):
    drawn = definition.html(
        catalogue.indicators["mpr-dos-1"], catalogue, None, delivered="2026-03-02, <b>x</b>"
    )
    assert "2026-03-02, <b>x</b>" in parse(drawn).words


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://www.kolada.se/x", True),
        ("http://www.kolada.se/x", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//x.test", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_links(address, linked):
    drawn = parse(definition.source_markup(Source(publisher="RKA", title="Kolada", address=address)))
    assert drawn.words == "RKA: Kolada"
    assert bool(drawn.all("a")) is linked


def test_words_are_text_and_never_markup(catalogue):
    drawn = parse(
        definition.html(
            renamed(catalogue, HOSTILE).indicators["mpr-dos-1"],
            renamed(catalogue, HOSTILE),
            figure(source=HOSTILE),
        )
    )
    assert not drawn.all("script", "img")
    assert not any(name.startswith("on") for node in drawn.walk() for name in node.attrs)
