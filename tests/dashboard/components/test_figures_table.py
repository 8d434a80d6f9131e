"""A chart's table, to read and as a file."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.components import figures_table
from dashboard.components.figures_table import FiguresTable
from tests.dashboard.build import HOSTILE
from tests.dashboard.dom import parse

NBSP = "\u00a0"


def table(*rows, is_example: bool = False, name: str = "Indikatorn") -> FiguresTable:
    return FiguresTable(
        name=name,
        caption=f"{name}, %",
        heads=("Period", "Värde", "Underlag", "Slump"),
        rows=rows,
        decimals=1,
        source="Kolada",
        is_example=is_example,
        whole=frozenset({"Underlag"}),
    )


USUAL = table(("2024", 93.456, 12345.0, "Vanlig variation"), ("2023", None, None, None))


def test_numbers_are_as_shown_and_what_is_missing_is_a_dash():
    found = parse(figures_table.html(USUAL))
    assert found.heads == ["Period", "Värde", "Underlag", "Slump"]
    assert found.rows == [["2024", "93,5", f"12{NBSP}345", "Vanlig variation"], ["2023", "–", "–", "–"]]
    assert [cell.css for cell in found.one("thead").all("th")] == [
        set(),
        {"fp-right", "fp-num"},
        {"fp-right", "fp-num"},
        set(),
    ]
    assert len(found.all("th", css=None)) == 6, "each row is named"


@pytest.mark.parametrize("is_example", [True, False])
def test_an_example_says_so(is_example):
    found = parse(figures_table.html(table(("2024", 1.0, 2.0, ""), is_example=is_example)))
    assert ("Exempeldata" in found.one("caption").words) is is_example


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_has_every_number_whole_with_source_and_origin():
    head, *rows = read(figures_table.download(table(*USUAL.rows, is_example=True)))
    assert head == ["Indikator", "Period", "Värde", "Underlag", "Slump", "Ursprung", "Källa"]
    assert rows[0] == ["Indikatorn", "2024", "93,456", "12345,0", "Vanlig variation", "Exempeldata", "Kolada"]
    assert rows[1] == ["Indikatorn", "2023", "", "", "", "Exempeldata", "Kolada"]
    assert read(figures_table.download(USUAL))[1][5] == ""


def test_kronor_stay_exact_and_the_sum_stands_apart():
    made = table(("Skara", Decimal("9007199254740993.10"), None, ""), ("Summa", Decimal(0), None, ""))
    assert read(figures_table.download(made))[1][2] == "9007199254740993,10"
    assert read(figures_table.download(made))[2][2] == "0"
    rows = parse(figures_table.html(replace(made, summed=True))).one("tbody").all("tr")
    assert [row.css for row in rows] == [set(), {"fp-total"}]
    assert not parse(figures_table.html(made)).all("tr", css="fp-total")


def test_text_is_never_markup_nor_a_formula():
    hostile = table((HOSTILE, 1.0, 1.0, "=1+1"), name=HOSTILE)
    assert "<script" not in figures_table.html(hostile)
    assert parse(figures_table.html(hostile)).rows[0][0] == HOSTILE
    assert not read(figures_table.download(hostile))[1][4].startswith("=")
