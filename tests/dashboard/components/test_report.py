"""A delivery's problems and summary."""

from __future__ import annotations

import csv
import io
from datetime import date

import polars as pl
import pytest

from dashboard.components import report
from schemas.columns import OBSERVATION_SCHEMA
from schemas.problem import Report, problem
from tests.dashboard.build import HOSTILE
from tests.dashboard.dom import parse

NBSP = "\u00a0"


def unknown(row: int, value: str = "Lidköpig", **more) -> pl.DataFrame:
    told = {"column": "Område", "sheet": "Blad1", "expected": "en kommun", "hint": "Rätta namnet", **more}
    return problem("unknown_area", row=row, value=value, **told)


def test_the_same_mistake_is_one_line_with_its_number_and_first_rows():
    told = Report.of(*(unknown(row, f"Namn {row}") for row in range(2, 2002)))
    table = parse(report.grouped(told, "error"))
    assert table.rows == [
        [
            f"2{NBSP}000", "Område", "Namn 2, Namn 3, Namn 4", "en kommun", "Rätta namnet",
            "2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …",
        ]
    ]  # fmt: skip
    assert len(table.heads) == len(table.rows[0])


def test_all_rows_of_a_rare_mistake_are_named():
    table = parse(report.grouped(Report.of(unknown(4), unknown(9)), "error"))
    assert table.rows[0][-1] == "4, 9"


def test_a_problem_of_the_whole_file_has_no_row():
    told = Report.of(problem("empty_file", expected="minst en rad", hint="Fyll i filen"))
    assert parse(report.grouped(told, "error")).rows == [["1", "", "", "minst en rad", "Fyll i filen", ""]]
    assert parse(report.single(told.frame)).rows == [["", "", "", "", "minst en rad", "Fyll i filen"]]


@pytest.mark.parametrize(("kinds", "told"), [(20, False), (21, True), (1200, True)])
def test_kinds_that_are_left_out_are_told(kinds, told):
    many = Report.of(*(unknown(row, column=f"Kolumn {row}") for row in range(kinds)))
    drawn = parse(report.grouped(many, "error"))
    assert len(drawn.rows) == min(kinds, report.SHOWN)
    said = f"De 20 vanligaste av {kinds if kinds < 1000 else f'1{NBSP}200'} sorter visas."
    assert (said in drawn.words) is told


def test_errors_and_warnings_apart():
    told = Report.of(unknown(2), unknown(3, severity="warning", hint="Läs igenom"))
    assert "Läs igenom" not in report.grouped(told, "error")
    assert "Rätta namnet" not in report.grouped(told, "warning")


def test_the_first_ones_one_by_one():
    told = Report.of(*(unknown(row) for row in range(1, 201)))
    rows = parse(report.single(told.frame)).rows
    assert len(rows) == report.SHOWN
    assert rows[0] == ["Blad1", "1", "Område", "Lidköpig", "en kommun", "Rätta namnet"]


def test_what_stands_in_a_file_is_text_and_never_markup():
    told = Report.of(unknown(2, HOSTILE, column=HOSTILE, sheet=HOSTILE, expected=HOSTILE, hint=HOSTILE))
    for markup in (report.grouped(told, "error"), report.single(told.frame)):
        table = parse(markup)
        assert not table.all("script", "img")
        assert HOSTILE in table.rows[0]


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_file_has_every_problem():
    told = Report.of(*(unknown(row) for row in range(1, 501)), unknown(7, severity="warning"))
    head, *rows = read(report.as_csv(told.frame))
    assert head == ["Allvar", "Blad", "Rad", "Kolumn", "Värde", "Förväntat", "Att göra"]
    assert len(rows) == 501
    assert rows[0] == ["Fel", "Blad1", "1", "Område", "Lidköpig", "en kommun", "Rätta namnet"]
    assert sorted({row[0] for row in rows}) == ["Fel", "Varning"]


@pytest.mark.parametrize(
    "value",
    ["=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1", '=1+HYPERLINK("https://x.test")'],
)
def test_a_value_that_is_a_formula_is_not_run(value):
    assert read(report.as_csv(unknown(2, value)))[1][4] == f"'{value}"


@pytest.mark.parametrize("value", ["-5", "-1,5", "+46", "12 %"])
def test_a_value_that_is_a_number_stays_one(value):
    assert read(report.as_csv(unknown(2, value)))[1][4] == value


def observations(*told: tuple[str, str, date, str]) -> pl.DataFrame:
    keys = ("indicator", "area", "period_start", "period_type")
    return pl.DataFrame(
        [{**dict.fromkeys(OBSERVATION_SCHEMA), **dict(zip(keys, row, strict=True))} for row in told],
        schema=OBSERVATION_SCHEMA,
    )


def test_the_summary_counts_figures_areas_and_periods(catalogue):
    told = observations(
        ("mpr-dos-1", "1480", date(2024, 1, 1), "year"),
        ("mpr-dos-1", "1480", date(2022, 1, 1), "year"),
        ("mpr-dos-1", "1495", date(2023, 1, 1), "year"),
        ("vardgaranti-telefon", "1495", date(2024, 5, 1), "month"),
    )
    assert parse(report.summary(told, catalogue)).rows == [
        [catalogue.indicators["mpr-dos-1"].name, "3", "2", "2022 till 2024"],
        [catalogue.indicators["vardgaranti-telefon"].name, "1", "1", "maj 2024"],
    ]
