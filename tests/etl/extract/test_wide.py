from __future__ import annotations

import pytest

from etl.extract.wide import claims, has_year
from tests.etl.extract.build import extracted, lines, opened, xlsx


def told(found) -> list[tuple]:
    return found.problems.select("code", "severity", "sheet", "row").rows()


def test_each_cell_is_a_row_with_its_own_heading():
    found = extracted(
        lines("Titel", "", "Indikator;Område;2022;2023;2024;Källa", "a;1480;1,5;;3;VGR", "b;Ale;x;2;;")
    )
    assert (found.shape, found.kind, found.problems.height) == ("template-wide", "observations", 0)
    shown = found.rows.select("indicator", "area", "period", "value", "source", "row", "heading_value")
    assert sorted(shown.rows(), key=lambda row: (row[5], row[2])) == [
        ("a", "1480", "2022", "1,5", "VGR", 4, "2022"),
        ("a", "1480", "2024", "3", "VGR", 4, "2024"),
        ("b", "Ale", "2022", "x", None, 5, "2022"),
        ("b", "Ale", "2023", "2", None, 5, "2023"),
    ]
    assert found.headings["value"] == found.headings["period"] == "2022–2024"
    assert (found.headings["area"], found.headings["flag"]) == ("Område", "Flagga")


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (
            [["Indikator", "Område", "2023", None, "2024", None], [None, None, "Kvinnor", "Män", "Kvinnor", "Män"]],
            [("2023", "Kvinnor", "1", None), ("2023", "Män", "2", None),
             ("2024", "Kvinnor", "3", None), ("2024", "Män", "4", None)],
        ),
        (
            [[None, None, "2023", None, "2024", None],
             ["Indikator", "Område", "Täljare", "Nämnare", "Täljare", "Nämnare"]],
            [("2023", None, "1", "2"), ("2024", None, "3", "4")],
        ),
        (
            [["Indikator", "Område", "Antal", None, "Befolkning", None], [None, None, "2023", "2024", "2023", "2024"]],
            [("2023", None, "1", "3"), ("2024", None, "2", "4")],
        ),
        (
            [["Indikator", "Område", "Andel kvinnor 2023", "Andel män 2023", "Andel kvinnor 2024", "Andel män 2024"]],
            [("2023", "kvinnor", "1", None), ("2023", "män", "2", None),
             ("2024", "kvinnor", "3", None), ("2024", "män", "4", None)],
        ),
        (
            [["Indikator", "Område", "Värde 2023", "Standardavvikelse 2023", "Värde 2024", "Standardavvikelse 2024"]],
            [("2023", None, "1", None), ("2024", None, "3", None)],
        ),
    ],
)  # fmt: skip
def test_a_merged_heading_stands_for_the_columns_to_its_right(heads, expected):
    found = extracted(xlsx({"Blad": [["Uttag"], *heads, ["a", "1480", 1, 2, 3, 4]]}))
    assert found.shape == "template-wide"
    first = "value" if found.rows["value"].is_not_null().any() else "numerator"
    rows = found.rows.select("period", "sex", first, "denominator").rows()
    assert sorted(rows, key=str) == sorted(expected, key=str)
    assert found.rows["row"].unique().to_list() == [2 + len(heads)]


@pytest.mark.parametrize(
    "period", ["2024-05", "maj 2024", "2024K1", "kv 1 2024", "HT2024", "2022/2023", "2024 v.15"]
)
def test_periods_of_all_kinds(period):
    found = extracted(lines(f"Indikator;Område;{period}", "a;1480;1"))
    assert found.rows["period"].to_list() == [period]


@pytest.mark.parametrize(
    "heading",
    [
        "Indikator;Område;Period;Värde",
        "Indikator;2022;2023",
        "Område;2022;2023",
        "Indikator;Område;maj;juni",
        "Indikator;Område;Antal anställda 2022",
        "Indikator;Område;2022;Andel 2022",
        "Indikator;Område;Täljare 2022",
        "Indikator;Område;Värde",
    ],
)
def test_what_is_not_plain_is_left_alone(heading):
    assert not claims(opened(lines(heading, "a;1480;1;2")))


def test_sheets_without_its_headings_are_passed_over_and_told():
    row = ["a", "1480", 1]
    found = extracted(
        xlsx(
            {
                "2023": [["Indikator", "Område", 2023], row],
                "Förklaring": [["Indikator", "Område", 2023], row],
                "2024": [["Titel"], ["Indikator", "Område", 2024], row],
                "Anteckningar": [["Ring Anna"]],
            }
        )
    )
    assert found.rows.select("sheet", "period", "row").rows() == [("2023", "2023", 2), ("2024", "2024", 3)]
    assert told(found) == [("sheet_skipped", "warning", "Anteckningar", None)]


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (["Indikator;Område;2023"], ["no_rows"]),
        (["Indikator;Område;2023;2023", "a;1480;1;2"], ["duplicate_column"]),
        (["Indikator;Område;2023", "a;1480;1", "Källa: VGR;;"], ["note_skipped"]),
    ],
)
def test_what_is_wrong_with_a_table_is_told(rows, codes):
    assert [row[0] for row in told(extracted(lines(*rows)))] == codes


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("2024", True), ("Andel maj 2024", True), ("maj", False), ("Område", False), ("", False)],
)
def test_a_heading_with_a_year(heading, expected):
    assert has_year(heading) == expected
