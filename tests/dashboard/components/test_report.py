"""A delivery's problems and summary."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import polars as pl
import pytest

from dashboard.components import report
from etl.jobs.delivery import Checked
from etl.jobs.documents import check_document, write_json
from schemas.columns import OBSERVATION_SCHEMA
from schemas.problem import Report, problem
from tests.dashboard.build import HOSTILE
from tests.dashboard.dom import parse

NBSP = "\u00a0"


def unknown(row: int, value: str = "Lidköpig", **more) -> pl.DataFrame:
    told = {"column": "Område", "sheet": "Blad1", "expected": "en kommun", "hint": "Rätta namnet", **more}
    return problem("unknown_area", row=row, value=value, **told)


HEADS = ["Antal", "Kolumn", "Det som står", "Väntat", "Att göra", "Rader"]


def test_the_same_mistake_is_one_line_with_its_number_and_its_rows():
    told = Report.of(*(unknown(row, f"Namn {row}") for row in range(2, 2002)))
    table = parse(report.grouped(told, "error"))
    assert table.heads == HEADS
    assert table.rows == [
        [
            f"2{NBSP}000", "Område", f"”Namn 2”, ”Namn 3”, ”Namn 4” och 1{NBSP}997 till", "en kommun",
            "Rätta namnet", f"rad 2–2{NBSP}001",
        ]
    ]  # fmt: skip


def test_names_with_a_suggestion_each_have_a_line_below_their_kind():
    told = Report.of(
        *(unknown(row, "Lidköpig", hint="Menade du Lidköping?") for row in (2, 3)),
        *(unknown(row, f"Ort {row}") for row in (7, 9, 10)),
    )
    assert parse(report.grouped(told, "error")).rows == [
        [
            "5",
            "Område",
            "2 olika, här under",
            "en kommun",
            "Se varje rad här under.",
            "rad 2, 3, 7, 9, 10",
        ],
        ["3", "", "”Ort 7”, ”Ort 9”, ”Ort 10”", "", "Rätta namnet", "rad 7, 9, 10"],
        ["2", "", "”Lidköpig”", "", "Menade du Lidköping?", "rad 2, 3"],
    ]


def test_sheets_are_named_where_there_are_several():
    told = Report.of(unknown(2), unknown(3, sheet="Feb"), unknown(4, sheet="Feb", column="Period"))
    rows = parse(report.grouped(told, "error")).rows
    assert [(row[1], row[-1]) for row in rows] == [
        ("Område", "Blad1 rad 2; Feb rad 3"),
        ("Period blad Feb", "rad 4"),
    ]


def test_bounds_that_differ_stand_on_each_line():
    told = Report.of(unknown(2, expected="högst 100"), unknown(3, expected="högst 365"))
    first, *cases = parse(report.grouped(told, "error")).rows
    assert first[3:5] == ["", "Rätta namnet"]
    assert [case[3:5] for case in cases] == [["högst 100", ""], ["högst 365", ""]]


def test_cases_that_are_left_out_are_told():
    told = Report.of(*(unknown(row, hint=f"h{row}") for row in range(1, 31)))
    drawn = parse(report.grouped(told, "error"))
    assert len(drawn.rows) == 1 + report.SHOWN_CASES + 1
    assert drawn.rows[-1] == ["och 20 till, som finns i filerna att hämta"]


def test_a_problem_of_the_whole_file_has_no_row():
    told = Report.of(problem("empty_file", expected="minst en rad", hint="Fyll i filen"))
    assert parse(report.grouped(told, "error")).rows == [["1", "", "", "minst en rad", "Fyll i filen", ""]]


@pytest.mark.parametrize(("kinds", "told"), [(50, False), (51, True), (1200, True)])
def test_kinds_that_are_left_out_are_told(kinds, told):
    many = Report.of(*(unknown(row, column=f"Kolumn {row}") for row in range(kinds)))
    drawn = parse(report.grouped(many, "error"))
    assert len(drawn.rows) == min(kinds, report.SHOWN)
    said = f"De 50 vanligaste av {kinds if kinds < 1000 else f'1{NBSP}200'} sorter visas."
    assert (said in drawn.words) is told


@pytest.mark.parametrize(
    ("frames", "said"),
    [
        ([unknown(2)], f"1{NBSP}fel hindrar leveransen. Ingenting är sparat."),
        ([unknown(2), unknown(3)], f"2{NBSP}fel hindrar leveransen. Ingenting är sparat."),
        (
            [unknown(2), unknown(3, column="Period"), unknown(4, severity="warning")],
            f"2{NBSP}fel av 2 sorter hindrar leveransen. Ingenting är sparat.",
        ),
    ],
)
def test_the_headline(frames, said):
    assert report.headline(Report.of(*frames)) == said


def test_errors_and_warnings_apart():
    told = Report.of(unknown(2), unknown(3, severity="warning", hint="Läs igenom"))
    assert "Läs igenom" not in report.grouped(told, "error")
    assert "Rätta namnet" not in report.grouped(told, "warning")


def test_what_stands_in_a_file_is_text_and_never_markup():
    more = {"column": HOSTILE, "sheet": HOSTILE, "expected": HOSTILE, "hint": HOSTILE}
    told = Report.of(
        unknown(2, HOSTILE, **more), unknown(3, HOSTILE, **{**more, "hint": "x"}), unknown(4, column="Period")
    )
    table = parse(report.grouped(told, "error"))
    assert not table.all("script", "img")
    assert HOSTILE in table.rows[0]
    assert HOSTILE in table.rows[1]
    assert f"{HOSTILE} blad {HOSTILE}" in table.rows[0]


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_file_has_every_problem():
    told = Report.of(*(unknown(row) for row in range(1, 501)), unknown(7, severity="warning"))
    head, *rows = read(report.as_csv(told.frame))
    assert head == ["Allvar", "Blad", "Rad", "Kolumn", "Värde", "Väntat", "Att göra"]
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


def test_the_document_is_what_the_command_line_writes():
    checked = Checked(Report.of(unknown(2), unknown(3, severity="warning")), rows=2)
    stream = io.StringIO()
    write_json(check_document(checked), stream)
    assert report.as_json(checked).decode() == stream.getvalue()
    document = json.loads(report.as_json(checked))
    assert [group["severity"] for group in document["groups"]] == ["error", "warning"]


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
