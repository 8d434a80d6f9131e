"""Metod: every formula, its source, and the departures."""

from __future__ import annotations

import pytest

from dashboard.components.method_targets import FROM_FINGERTIPS, FROM_MAKING_DATA_COUNT, JUDGEMENTS
from dashboard.pages.method import GROUPS
from dashboard.words import OUTCOMES
from etl.measures import funnel, interval, projection, trend
from etl.measures.spc import limits, rules
from tests.dashboard.conftest import shown

WORDS = {
    5: "fem",
    7: "sju",
}


def said(test) -> str:
    return " ".join(shown(test, f"group-{place}").words for place in range(len(GROUPS)))


def test_every_method_has_a_source_and_its_formulas(page):
    test = page("metod")
    for place, group in enumerate(GROUPS):
        sections = shown(test, f"group-{place}").all("section")
        assert [one.one("h3").text for one in sections] == [method.name for method in group.methods]
        for one, method in zip(sections, group.methods, strict=True):
            assert f"Källa: {method.source}" in one.text
            assert [formula.text for formula in one.all("p", css="fp-formula")] == list(method.formulas)


@pytest.mark.parametrize(
    "name",
    [
        "Wilson", "Newcombe", "Byar", "Garwood", "Student", "Dobson", "Shewhart", "Western Electric", "Persons",
        "Fingertips", "Spiegelhalter", "DerSimonian", "Theil", "Gardner", "Cochran", "NHSRplotthedots",
    ],
)  # fmt: skip
def test_nothing_that_is_in_use_is_left_out(page, name):
    assert name in said(page("metod"))


def test_the_numbers_are_those_of_the_measures(page):
    told = said(page("metod")).replace("\u00a0", " ")
    for number in (
        f"minst {limits.MINIMUM_POINTS} värden",
        f"{limits.LIMIT_FACTOR}".replace(".", ","),
        f"{limits.SCREENING_FACTOR}".replace(".", ","),
        f"minst {WORDS[rules.RUN]} värden i rad",
        f"de {WORDS[trend.POINTS]} senaste",
        f"{trend.CRITICAL}".replace(".", ","),
        f"från {interval.LEAST_FOR_BYAR} fall",
        f"minst {funnel.LEAST_AREAS} kommuner",
        f"inte före {projection.NOT_BEFORE}",
        "95 % och 99,8 %",
    ):
        assert number in told


def test_what_a_vardcentral_is_and_isn_t_used_for_is_told(page):
    told = said(page("metod"))
    for words in (
        "aldrig samman till en kommuns",
        "per invånare",
        "mot alla vårdcentraler",
        "och dess vårdcentraler",
    ):
        assert words in told


def test_every_departure_has_its_reason(page):
    test = page("metod")
    for key, departures in (("making-data-count", FROM_MAKING_DATA_COUNT), ("fingertips", FROM_FINGERTIPS)):
        table = shown(test, key)
        assert table.heads == ["Avsteg", "Varför"]
        assert table.rows == [[one.what.replace("\n", " "), one.why] for one in departures]


def test_the_judgements_are_those_that_pages_show(page):
    table = shown(page("metod"), "judgements")
    assert [row[0] for row in table.rows] == [place for place, _ in JUDGEMENTS]
    assert {row[1] for row in table.rows} == {words.word for words in OUTCOMES.values()}


def test_it_needs_no_figures(empty_page):
    assert said(empty_page("metod"))


def test_the_texts_are_sentences_and_every_name_stands_once():
    methods = [method for group in GROUPS for method in group.methods]
    assert len({method.name for method in methods}) == len(methods)
    for method in methods:
        assert method.what.endswith(".")
        assert not method.note or method.note.endswith(".")
        assert not any(" %" in text for text in (method.what, method.note, method.where, *method.formulas))
    for one in (*FROM_MAKING_DATA_COUNT, *FROM_FINGERTIPS):
        assert one.what.endswith(".")
        assert one.why.endswith(".")
