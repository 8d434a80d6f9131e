"""Swedish number texts, by hand and against babel's locale data."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from schemas import swedish

N = "\u00a0"
MINUS = "\u2212"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (-0.04, 1, "0,0"),
        (54.95, 1, "55,0"),
        (54.94, 1, "54,9"),
        (2.675, 2, "2,68"),
        (0.25, 1, "0,3"),
        (-0.25, 1, f"{MINUS}0,3"),
        (999.96, 1, f"1{N}000,0"),
        (1234567, 0, f"1{N}234{N}567"),
        (Decimal("81314959.00"), 0, f"81{N}314{N}959"),
        (Decimal("0.005"), 2, "0,01"),
        (None, 1, "–"),
        (float("nan"), 1, "–"),
        (float("inf"), 1, "–"),
    ],
)
def test_number(value, decimals, text):
    assert swedish.number(value, decimals) == text


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_number_agrees_with_babel_where_there_is_nothing_to_round(size, decimals):
    value = Decimal(size).scaleb(-decimals)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    expected = format_decimal(value, format=pattern, locale="sv_SE").replace("-", MINUS)
    assert swedish.number(value, decimals) == expected
    if abs(size) < 10**9:
        assert swedish.number(float(value), decimals) == expected


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (72.4, "percent", 1, f"72,4{N}%"),
        (0.4512, "index", 2, "0,45"),
        (1, "days", 0, f"1{N}dag"),
        (1.0, "days", 1, f"1,0{N}dagar"),
        (3.21, "days", 1, f"3,2{N}dagar"),
        (0.12, "days_per_inhabitant", 2, f"0,12{N}dagar per invånare"),
        (81314959, "kronor", 0, f"81{N}314{N}959{N}kr"),
        (None, "percent", 1, "–"),
    ],
)
def test_value_text(value, unit, decimals, text):
    assert swedish.value_text(value, unit, decimals) == text


@pytest.mark.parametrize(
    ("change", "unit", "decimals", "text", "words"),
    [
        (1.3, "percent", 1, f"+1,3{N}procentenheter", f"ökade med 1,3{N}procentenheter"),
        (-1, "percent", 0, f"{MINUS}1{N}procentenhet", f"minskade med 1{N}procentenhet"),
        (0.04, "percent", 1, f"0,0{N}procentenheter", "oförändrat"),
        (-0.021, "index", 2, f"{MINUS}0,02", "minskade med 0,02"),
        (1200, "kronor", 0, f"+1{N}200{N}kr", f"ökade med 1{N}200{N}kr"),
        (None, "percent", 1, "–", ""),
        (float("nan"), "percent", 1, "–", ""),
    ],
)
def test_change(change, unit, decimals, text, words):
    assert swedish.change_text(change, unit, decimals) == text
    assert swedish.change_words(change, unit, decimals) == words


def test_the_other_texts():
    assert swedish.kronor(Decimal(1000)) == f"1{N}000{N}kr"
    assert swedish.interval_text(70.12, 74.6, "percent", 1) == f"70,1–74,6{N}%"
    assert swedish.interval_text(None, 74.6, "percent", 1) == "–"
    assert swedish.count_text(1, "kommun", "kommuner") == f"1{N}kommun"
    assert swedish.count_text(49, "kommun", "kommuner") == f"49{N}kommuner"


@pytest.mark.parametrize(
    ("names", "text"),
    [([], ""), (["Ale"], "Ale"), (["Ale", "Tjörn"], "Ale och Tjörn"), (["A", "B", "C"], "A, B och C")],
)
def test_listing(names, text):
    assert swedish.listing(names) == text


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_rounded_is_the_number_shown(value, decimals):
    shown = swedish.number(value, decimals).replace(N, "").replace(MINUS, "-").replace(",", ".")
    assert swedish.rounded(value, decimals) == pytest.approx(float(shown), abs=1e-9)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("Göteborg", "Göteborgs kommun"),
        ("Mölndal", "Mölndals kommun"),
        ("Dals-Ed", "Dals-Eds kommun"),
        ("Borås", "Borås kommun"),
        ("Bengtsfors", "Bengtsfors kommun"),
        ("Sotenäs", "Sotenäs kommun"),
        ("Ale", "Ale kommun"),
        ("Öckerö", "Öckerö kommun"),
        ("Orust", "Orust kommun"),
    ],
)
def test_a_municipality_is_called_as_it_calls_itself(place, name):
    assert swedish.municipality_name(place) == name


@pytest.mark.parametrize(
    ("name", "text"), [("Göteborg", "Göteborgs"), ("Borås", "Borås"), ("Ale", "Ale"), ("SIMBA", "SIMBA")]
)
def test_genitive(name, text):
    # Capitals are read letter by letter or as a word; either way no ending is added here after a vowel.
    assert swedish.genitive(name.lower()) == text.lower()
