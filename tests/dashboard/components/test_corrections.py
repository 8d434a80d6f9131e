"""Corrections in sentences."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from dashboard.components import corrections
from etl.jobs.corrections import CORRECTION_SCHEMA
from tests.dashboard.build import HOSTILE
from tests.dashboard.dom import parse

NBSP = "\u00a0"
AT = datetime(2026, 3, 11, 23, 30, tzinfo=UTC)


def found(*told: dict) -> pl.DataFrame:
    usual = {
        "at": AT, "version": 7, "batches": [4], "action": "published", "note": None, "indicator": "mpr-dos-1",
        "area": "vs-skaraborg", "level": "delregion", "division": "vardsamverkan", "period_start": date(2024, 1, 1),
        "period_type": "year", "age": "total", "kind": "changed", "old": 93.1, "new": 92.8, "size": 0.1,
        "reason": None,
    }  # fmt: skip
    return pl.DataFrame([{**usual, **row} for row in told], schema=CORRECTION_SCHEMA)


def drawn(catalogue, *told: dict):
    return parse(corrections.html(corrections.publications(found(*told), catalogue), catalogue))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "Skaraborg 2024 ändrades från 93,1 % till 92,8 % ."),
        ({"kind": "removed", "new": None}, "Skaraborg 2024 togs bort. Det var 93,1 %."),
        ({"kind": "returned", "old": None}, "Skaraborg 2024 visas igen: 92,8 % ."),
        (
            {"kind": "hidden", "old": None, "new": None, "reason": "För litet antal (färre än 5)"},
            "Skaraborg 2024 visas inte längre: för litet antal (färre än 5).",
        ),
        ({"kind": "hidden", "old": None, "new": None}, "Skaraborg 2024 visas inte längre."),
        ({"area": "drn-goteborg"}, "(delregionala nämnder) 2024 ändrades"),
        ({"age": "18+"}, "Skaraborg 2024, 18 år och äldre ändrades"),
        ({"old": 0.0}, "ändrades från 0,0 % till"),
    ],
)
def test_a_sentence(catalogue, told, said):
    page = drawn(catalogue, told)
    sentence = page.all("p")[0].words.replace(NBSP, " ")
    assert sentence.startswith(catalogue.indicators["mpr-dos-1"].name)
    assert said in sentence
    assert page.links == {
        catalogue.indicators["mpr-dos-1"].name: page.all("a")[0].attrs["href"],
    }


@pytest.mark.parametrize(("age", "said"), [("total", ""), ("18+", "&alder=18%20%C3%A5r%20och%20%C3%A4ldre")])
def test_a_sentence_leads_to_the_age_group_that_it_is_about(catalogue, age, said):
    (address,) = drawn(catalogue, {"age": age}).links.values()
    assert address.partition("dos%201")[2] == said


def test_the_day_is_swedish_and_the_reason_is_told(catalogue):
    page = drawn(catalogue, {"note": "Dubbletter i uttaget"})
    assert page.one(css="fp-date").text == "12 mars 2026"
    assert page.one(css="fp-said").words == "Skäl: Dubbletter i uttaget"


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("published", "Skäl: Inget skäl är angivet."),
        ("withdrawn", "En leverans återkallades. Skäl: Inget skäl är angivet."),
        ("restored", "En återkallad leverans återställdes. Skäl: Inget skäl är angivet."),
    ],
)
def test_what_was_done_and_that_no_reason_was_given(catalogue, action, said):
    assert drawn(catalogue, {"action": action}).one(css="fp-said").words == said


def test_few_are_told_one_by_one_and_many_are_summed_up(catalogue):
    four = [{"area": area} for area in ("1480", "1490", "1401", "1402")]
    assert len([p for p in drawn(catalogue, *four).all("p") if "ändrades" in p.words]) == 4
    many = [
        *four,
        {"area": "1407"},
        {"area": "1407", "indicator": "mpr-dos-2", "kind": "removed", "new": None},
    ]
    page = drawn(catalogue, *many)
    first = page.all("p")[0].words.replace(NBSP, " ")
    names = sorted(catalogue.indicators[item].name for item in ("mpr-dos-1", "mpr-dos-2"))
    assert (
        first == f"6 tal för 5 områden : 5 ändrades och 1 togs bort. {names[0]} och {names[1]}. De största:"
    )
    assert len(page.one("ul").all("li")) == 4


def test_one_kind_among_many_is_told_once(catalogue):
    many = [
        {"area": area, "kind": "removed", "new": None} for area in ("1480", "1490", "1401", "1402", "1407")
    ]
    first = drawn(catalogue, *many).all("p")[0].words.replace(NBSP, " ")
    assert first.startswith("5 tal för 5 områden togs bort.")
    assert first.endswith("Bland dem:")


def test_examples_that_were_replaced_are_told_apart(catalogue):
    example = {"kind": "example_replaced", "old": None}
    page = drawn(catalogue, {**example, "indicator": "hpv-flickor"}, {**example, "indicator": "hpv-flickor"})
    assert [p.words for p in page.all("p")] == [
        f"Exempeldata ersattes av verkliga tal: {catalogue.indicators['hpv-flickor'].name}."
    ]


def test_publications_are_apart_and_in_the_order_given(catalogue):
    told = corrections.publications(
        found({"version": 9}, {"version": 7}, {"version": 7, "area": "14"}), catalogue
    )
    assert [(one.version, len(one.figures)) for one in told] == [(9, 1), (7, 2)]


def test_a_note_is_text_and_never_markup(catalogue):
    page = drawn(catalogue, {"note": HOSTILE, "kind": "hidden", "reason": HOSTILE})
    assert not page.all("script", "img")


def test_the_file_has_every_real_figure(catalogue):
    rows = found(
        {"note": "=1"}, {"kind": "example_replaced"}, {"kind": "removed", "new": None, "batches": [4, 5]}
    )
    lines = corrections.download(rows, catalogue).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[1].split(";") == [
        "2026-03-12 00:30", "7", "4", "ändrades", catalogue.indicators["mpr-dos-1"].name, "Skaraborg", "2024",
        "total", "93,1", "92,8", "%", "'=1", "",
    ]  # fmt: skip
    assert lines[2].split(";")[2] == "4, 5"
    assert len(lines[0].split(";")) == len(lines[1].split(";"))
