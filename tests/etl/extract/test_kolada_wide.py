from __future__ import annotations

import pytest

from etl.extract import kolada_wide
from tests.etl.extract.build import extracted, lines, workbook, xlsx

HEAD = [None, None, "2018", "2019"]


def export(
    *rows: list, head: list = HEAD, sheet: str = "Kolada nyckeltal", title: str = "Jämförelse"
) -> bytes:
    return xlsx({sheet: [[title], head, *rows]})


def test_years_become_rows():
    found = extracted(export(["Andel", "Ale", 1.5, "-"], ["Andel", "Borås", "..", 2]))
    assert (found.shape, found.problems.height) == ("kolada-wide", 0)
    shown = found.rows.select(
        "indicator", "area", "period", "value", "source", "sheet", "row", "heading_value"
    )
    assert sorted(shown.rows(), key=lambda row: (row[6], row[2])) == [
        ("Andel", "Ale", "2018", "1.5", "Kolada", "Kolada nyckeltal", 3, "2018"),
        ("Andel", "Ale", "2019", "-", "Kolada", "Kolada nyckeltal", 3, "2019"),
        ("Andel", "Borås", "2018", "..", "Kolada", "Kolada nyckeltal", 4, "2018"),
        ("Andel", "Borås", "2019", "2", "Kolada", "Kolada nyckeltal", 4, "2019"),
    ]
    assert found.conventions.marks == {"-": "missing", ".": "missing", "..": "suppressed"}
    assert (found.conventions.share, found.conventions.unknown_areas) == ("percent", "skip")


@pytest.mark.parametrize("area", ["Alla kommuner", "Alla regioner", "Fyrbodal kommunalförbund (ovägt medel)"])
def test_unweighted_averages_are_never_figures(area):
    found = extracted(export(["N", area, 5, 6], ["N", "Ale", 4, 3]))
    assert set(found.rows["area"]) == {"Ale"}
    assert found.problems.select("code", "severity", "sheet", "row", "value").rows() == [
        ("average_skipped", "warning", "Kolada nyckeltal", 3, area)
    ]


def test_a_merged_key_figure_holds_for_the_rows_below_it():
    found = extracted(
        export(
            ["N1", "Alla kommuner", 9, 9], [None, "Ale", 1, 2], [None, "Borås", 3, None], ["N2", "Ale", 5, 6]
        )
    )
    shown = found.rows.select("indicator", "area", "period").rows()
    assert sorted(shown) == [
        ("N1", "Ale", "2018"), ("N1", "Ale", "2019"), ("N1", "Borås", "2018"),
        ("N2", "Ale", "2018"), ("N2", "Ale", "2019"),
    ]  # fmt: skip


def test_only_averages_leave_no_rows():
    found = extracted(export(["N", "Alla kommuner", 5, 6]))
    assert sorted(found.problems["code"]) == ["average_skipped", "no_rows"]


@pytest.mark.parametrize(
    ("sheet", "rows", "claimed"),
    [
        ("Kolada nyckeltal", [["Titel", None, None, None], HEAD], True),
        ("Blad1", [["Jämförelse ur Kolada", None, None, None], HEAD], True),
        ("Blad1", [["Titel", None, None, None], HEAD], False),
        ("Blad1", [["Nyckeltal", "Område", "2018", "2019"]], True),
        ("Blad1", [["Nyckeltal", "Område", "2018", "Källa"]], False),
        ("Kolada", [[None, None, "Andel 2018", "2019"]], False),
        ("Kolada", [["x", None, "2018", "2019"]], False),
        ("Kolada", [[None, None, None, None]], False),
    ],
)
def test_it_is_told_by_its_headings(sheet, rows, claimed):
    assert kolada_wide.claims(workbook(**{sheet: rows})) == claimed


def test_a_csv_of_it():
    found = extracted(lines("Nyckeltal;Område;2022;2023", "N;Ale;1,5;2", "N;Alla kommuner;1;2"))
    assert (found.shape, found.rows.height) == ("kolada-wide", 2)
    assert found.headings["indicator"] == "Nyckeltal"
