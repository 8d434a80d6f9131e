from __future__ import annotations

import csv
import time

import polars as pl
import pytest

from etl.transform import columns
from etl.transform.areas import area_table
from etl.transform.indicators import agreement_table, indicator_table
from etl.transform.names import fold_all, table_of
from etl.transform.suggestions import MAX_SUGGESTED, Candidates, slips, suggestions

TABLE = table_of([("Öckerö", "1407"), ("1407", "1407"), ("Åmål", "1492")])
SHOWN = {"1407": "Öckerö (1407)", "1492": "Åmål (1492)"}


@pytest.fixture(scope="module")
def areas(catalogue):
    return Candidates(area_table(catalogue))


@pytest.fixture(scope="module")
def indicators(catalogue):
    return Candidates(indicator_table(catalogue))


def nearest(known: Candidates, text: str) -> str | None:
    return known.nearest(fold_all([text])[0])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Götebrg", "Göteborg"),
        ("Gotebrog", "Göteborg"),
        ("Goteborg", "Göteborg"),
        ("GÖTEBORGG", "Göteborg"),
        ("Göteborgs komun", "Göteborg"),
        ("Trolhättan", "Trollhättan"),
        ("Trollhatan", "Trollhättan"),
        ("Ulrisehamn", "Ulricehamn"),
        ("Vänesborg", "Vänersborg"),
        ("Venersborg", "Vänersborg"),
        ("Skövdw", "Skövde"),
        ("Borras", "Borås"),
        ("Åmåll", "Åmål"),
        ("Lidköpig", "Lidköping"),
        ("Lidkjöping", "Lidköping"),
        ("Marks komun", "Mark"),
        ("Dals Ed", "Dals-Ed"),
        ("LillaEdet", "Lilla Edet"),
        ("Stenugnsund", "Stenungsund"),
        ("Västra Götland", "Västra Götaland"),
        ("Vestra Götaland", "Västra Götaland"),
        ("Skarborg", "Skaraborg"),
        ("Fyrbodahl", "Fyrbodal"),
    ],
)
def test_a_slip_of_the_pen_is_told(areas, catalogue, text, meant):
    found = nearest(areas, text)
    assert found is not None
    assert catalogue.areas[found].name == meant


@pytest.mark.parametrize(
    "text",
    [
        "Mora", "Mjölby", "Habo", "Kungsbacka", "Varberg", "Linköping", "Linköpings kommun", "Strömsund", "Sala",
        "Mönsterås", "Gotland", "Kungsör", "Karlstad", "Karlskoga", "Jönköping", "Norrköping", "Åstorp", "Ekerö",
        "Malmö", "Stockholm", "Skåne", "Halland", "Värmland", "Östergötland", "Östra Götaland", "Västmanland",
        "Västernorrland", "Norge", "Ale-Skövde", "Okänd", "Övriga", "Summa", "Alla", "Kommun",
        "1408", "14800", "1480X", "SE14", "VG", "VGRR", "AB", "Hj", "G", "", " ", "-", "..", "#N/A", "NULL",
        "Göteborg 1", "Göteborg och Mölndal", "Göteborg Centrum", "Skövde/Skara",
    ],
)  # fmt: skip
def test_what_may_be_something_else_gets_no_suggestion(areas, text):
    assert nearest(areas, text) is None


def test_no_real_municipality_elsewhere_is_taken_for_one_in_the_county(areas, catalogue, shared_data):
    table = area_table(catalogue)
    with (shared_data / "kolada_municipality_2026-03.csv").open(encoding="utf-8") as file:
        places = [(row["id"], row["title"]) for row in csv.DictReader(file)]
    ours = {area.id for area in catalogue.municipalities} | {"0000", "0014"}
    elsewhere = [place for place in places if place[0] not in ours]
    assert len(elsewhere) == 290 - 49 + 20
    forms = [
        form
        for code, name in elsewhere
        for form in (
            name, name.upper(), f"{name}s", f"{name} kommun", f"{name}s kommun", f"{name} stad", f"{name}s stad",
            f"{name} län", f"{name}s län", f"{code} {name}", f"{name} ({code})",
        )
    ]  # fmt: skip
    found = {form: nearest(areas, form) for form in forms if fold_all([form])[0] not in table}
    assert {form: target for form, target in found.items() if target is not None} == {}
    assert len(found) == len(forms)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("mpr-dos1", "mpr-dos-1"),
        ("mpr dos 1", "mpr-dos-1"),
        ("vardgaranti telefon", "vardgaranti-telefon"),
        ("vårdgaranti-telefon", "vardgaranti-telefon"),
        ("vardgarnti-telefon", "vardgaranti-telefon"),
        ("mpr-dos-3", None),
        ("mpr-dos", None),
        ("U79142", None),
        ("N0148", None),
        ("Andel", None),
    ],
)
def test_indicators(indicators, text, meant):
    assert nearest(indicators, text) == meant


def test_a_figure_is_never_corrected():
    known = Candidates(table_of([("Psykisk hälsa 2021", "a"), ("Minst 2 doser", "b")]))
    assert nearest(known, "Psykisk hälsa 2021") == "a"
    assert nearest(known, "Psykisk helsa 2021") == "a"
    assert nearest(known, "Psykisk hälsa 2022") is None
    assert nearest(known, "Minst 3 doser") is None


def test_agreements(catalogue):
    known = Candidates(agreement_table(catalogue))
    agreement = next(iter(catalogue.agreements.values()))
    assert nearest(known, agreement.name.replace("l", "ll", 1)) == agreement.id


def test_a_name_of_several_words_cut_short():
    known = Candidates(
        table_of(
            [
                ("Medicinsk bedömning inom tre dagar", "a"),
                ("Väntande högst 90 dagar", "b"),
                ("Väntande högst i kö", "c"),
            ]
        )
    )
    assert nearest(known, "Medicinsk bedömning inom") == "a"
    assert nearest(known, "Medicinsk bedömn") == "a"
    assert nearest(known, "Medicinsk") is None
    assert nearest(known, "Väntande högst") is None


def test_two_names_that_are_near_give_no_suggestion():
    known = Candidates(table_of([("flickor", "f"), ("flockar", "x")]))
    assert nearest(known, "flickar") is None
    assert nearest(Candidates(table_of([("flickor", "f")])), "flickorr") == "f"


@pytest.mark.parametrize(
    ("words", "text", "meant"),
    [
        (columns.SEXES, "Kvinor", "women"),
        (columns.SEXES, "Totallt", "total"),
        (columns.SEXES, "Mn", None),
        (columns.SEXES, "X", None),
        (columns.FLAGS, "Undertrykt", "suppressed"),
        (columns.FLAGS, "preliminar", "preliminary"),
        (columns.FLAGS, "ok", None),
        (columns.LEVELS, "Länsgemensamtt", "länsgemensamt"),
        (columns.LEVELS, "komunn", None),
        (columns.LEVELS, "komun", "kommun"),
        (columns.KINDS, "fördelatt", "allocated"),
        (columns.KINDS, "återbetallt", "repaid"),
        (columns.KINDS, "utbetalt", None),
    ],
)
def test_words(words, text, meant):
    assert nearest(Candidates(words), text) == meant


@pytest.mark.parametrize("words", [columns.SEXES, columns.FLAGS, columns.LEVELS, columns.KINDS])
def test_every_meaning_has_a_word_to_show(words):
    shown = columns.SHOWN_SEXES | columns.SHOWN_FLAGS | columns.SHOWN_LEVELS | columns.SHOWN_KINDS
    assert set(words.values()) <= set(shown)
    assert all(words[fold_all([shown[meaning]])[0]] == meaning for meaning in set(words.values()))


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("abc", "abc", 0),
        ("abc", "ab", 1),
        ("ab", "abc", 1),
        ("abc", "acb", 1),
        ("abc", "sbc", 1),
        ("abc", "mbc", 2),
    ],
)
def test_slips_are_counted(text, name, count):
    assert slips(text, name, 5) == count
    assert slips(name, text, 5) == count
    assert slips(text, name, 0) == min(count, 1)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Åmåll", "Menade du Åmål (1492)?"),
        ("ockero", "Menade du Öckerö (1407)?"),
        ("Stockholm", "Nej."),
        ("1408", "Nej."),
    ],
)
def test_a_near_name_is_suggested_and_a_wrong_code_is_not(name, hint):
    assert suggestions(pl.Series([name, None, name]), TABLE, SHOWN, "Nej.").rows() == [(name, hint)]


def test_suggestions_end_where_they_help_no_one():
    found = suggestions(pl.Series([f"namn {i}" for i in range(5000)]), TABLE, SHOWN, "Nej.")
    assert found.height == MAX_SUGGESTED


def test_nothing_is_sought_for_a_text_that_is_no_name():
    found = suggestions(pl.Series(["Öckerö" * 100_000, "Öckeröö"]), TABLE, SHOWN, "Okänt.")
    assert found["hint"].to_list() == ["Okänt.", "Menade du Öckerö (1407)?"]


@pytest.mark.benchmark_suite
def test_many_unknown_names_take_no_time(catalogue):
    names = pl.Series(
        [f"G{'abcdefghij'[i % 10]}teb{'abcdefghij'[i // 10 % 10]}rg kommun {i}" for i in range(200)]
    )
    begun = time.perf_counter()
    suggestions(names, area_table(catalogue), {}, "Nej.")
    assert time.perf_counter() - begun < 1
