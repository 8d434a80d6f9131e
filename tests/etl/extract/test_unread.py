from __future__ import annotations

import pytest

from etl.extract.recognise import recognise
from tests.etl.extract.build import extracted, lines, opened, xlsx
from tests.etl.extract.test_pxweb import NAME, known

LONG = "Indikator;Område;Period;Värde"


def told(found) -> list[tuple]:
    return found.problems.select("code", "severity", "row", "column").rows()


def long(*more: tuple[str, list[str]]) -> bytes:
    heads = [LONG, *(heading for heading, _ in more)]
    rows = zip(*(cells for _, cells in more), strict=True)
    return lines(";".join(heads), *(";".join(["a;1480;2024;1", *row]) for row in rows))


@pytest.mark.parametrize(
    ("heading", "cells", "severity"),
    [
        ("Patientkön", ["Kvinnor", "Män", "Totalt"], "error"),
        ("Åldersklass", ["80+", "65–79 år"], "error"),
        ("Åldersklass", ["80 år och äldre", ""], "error"),
        ("Anmärkning", ["preliminär", ""], "error"),
        ("Anmärkning", ["preliminär", "ring Anna"], "warning"),
        ("Patientkön", ["Totalt", "alla"], "warning"),
        ("Antal vårdcentraler", ["5", "12"], "warning"),
        ("Huvudman", ["K", "K"], "warning"),
        ("Skala", ["1-5", "1-5"], "warning"),
    ],
)
def test_a_column_with_an_unknown_heading_is_told_and_is_an_error_where_it_says_what_a_figure_is_about(
    heading, cells, severity
):
    assert told(extracted(long((heading, cells)))) == [("unread_column", severity, 1, heading)]


def test_a_column_without_cells_is_not_told():
    assert told(extracted(long(("Anmärkning", ["", " "])))) == []


def test_a_second_column_for_the_same_is_not_an_error():
    found = extracted(long(("Kön", ["Kvinnor", "Män"]), ("Könsgrupp", ["Kvinnor", "Män"])))
    assert told(found) == [("unread_column", "warning", 1, "Könsgrupp")]


def test_every_unread_column_is_told_with_its_own_hint():
    found = extracted(long(("Patientkön", ["Kvinnor"]), ("Anteckning", ["x"])))
    assert found.problems["hint"].to_list() == [
        "Kolumnen lästes inte, men säger något om uppgifterna. Byt rubriken till ”Kön”, eller ta bort kolumnen.",
        "Kolumnen lästes inte, eftersom rubriken inte är känd.",
    ]


@pytest.mark.parametrize(
    ("heading", "cell", "severity"),
    [
        ("2023 prel.", "5", "error"),
        ("2022p", "5", "error"),
        ("2024 t.o.m. augusti", "5", "error"),
        ("2019 1)", "5", "error"),
        ("2018²", "5", "error"),
        ("apr-24", "5,5", "error"),
        ("Förändring 2022–2023", "5", "warning"),
        ("Mål 2030", "80", "warning"),
        ("Kommentar 2022", "se bilaga", "warning"),
        ("Kommentar", "5", "warning"),
        ("Flagga", "preliminär", "warning"),
        ("Patientkön", "Kvinnor", "error"),
    ],
)
def test_a_column_beside_periods_that_belongs_to_no_figure_is_told(heading, cell, severity):
    found = extracted(lines(f"Indikator;Område;2021;{heading}", f"a;1480;1;{cell}"))
    assert found.rows["period"].to_list() == ["2021"]
    assert told(found) == [("unread_column", severity, 1, heading)]


def test_cells_beside_periods_without_a_heading_are_told():
    found = extracted(lines("Indikator;Område;2021;", "a;1480;1;", "b;1480;1;5"))
    assert told(found) == [("cell_without_heading", "warning", 3, None)]


UPPER = [LONG, *["a;Skara;2024;1"] * 2]


@pytest.mark.parametrize(
    "rows",
    [
        [*UPPER, "", f"{LONG};Källa", "a;Mark;2024;1;x"],
        ["Titel", "Indikator;Område;2021", "a;Skara;1", "Indikator;Område;2021;2022", "a;Mark;1;2"],
    ],
)
def test_a_table_above_the_one_that_is_read_is_an_error(rows):
    problems = extracted(lines(*rows)).problems
    assert problems.select("code", "severity").rows() == [("second_header", "error")]
    first, second = (place for place, row in enumerate(rows, start=1) if row.startswith("Indikator"))
    assert problems["row"].item() == first
    assert problems["hint"].item().startswith(f"Både rad {first} och rad {second} är rubrikrader.")


@pytest.mark.parametrize(
    "rows",
    [
        [LONG, f"{LONG};Källa", "a;Mark;2024;1;x"],
        [LONG, "Fyll i nedan", f"{LONG};Källa", "a;Mark;2024;1;x"],
        ["Indikator;Område", "a;b", f"{LONG};Källa", "a;Mark;2024;1;x"],
        ["Indikator;Område;2021", f"{LONG}", "a;Mark;2024;1"],
    ],
)
def test_headings_above_without_a_table_are_none(rows):
    assert extracted(lines(*rows)).problems.is_empty()


OTHER = [["Uttag"], [], ["Område", "Summa"], ["Ale", 5]]


@pytest.mark.parametrize(
    "table",
    [
        [["Nyckeltal", "Område", "Period", "Värde"], ["N", "Ale", "2024", 5]],
        [["Nyckeltal", "Område", "2023", "2024"], ["N", "Ale", 4, 5]],
        [[NAME], [], ["region", "2023", "2024"], ["Ale", 4, 5]],
    ],
    ids=["kolada", "kolada-wide", "pxweb"],
)
def test_a_sheet_that_is_not_read_is_told(table):
    found, _ = recognise(opened(xlsx({"Data": table, "Annat": OTHER, "Förklaring": OTHER})), known=known)
    assert found is not None
    assert found.rows.height
    assert found.problems.select("code", "severity", "sheet").rows() == [
        ("sheet_skipped", "warning", "Annat")
    ]
