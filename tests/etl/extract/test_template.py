from __future__ import annotations

import pytest

from etl.extract.template import ALLOCATIONS, OBSERVATIONS, claims, nearest
from tests.etl.extract.build import extracted, lines, workbook, xlsx

HEADINGS = list(OBSERVATIONS.headings.values())


def told(found) -> list[tuple]:
    return found.problems.select("code", "severity", "sheet", "row").rows()


def test_the_template_is_read_as_text_with_its_rows():
    found = extracted(
        lines(";".join(HEADINGS), "a;1480;2024;Totalt;18+;75,5;151;200;8,1;preliminär;VGR", "", "b;;;;;;;;;;")
    )
    assert (found.shape, found.kind, found.problems.height) == ("template-observations", "observations", 0)
    assert found.rows.rows() == [
        ("a", "1480", "2024", "Totalt", "18+", "75,5", "151", "200", "8,1", "preliminär", "VGR", "", 2),
        ("b", None, None, None, None, None, None, None, None, None, None, "", 4),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Indikator;Område;Period;Värde;Källa",
        "nyckeltal;KOMMUN;År;Andel (%);Källa",
        "Mått;Kommunkod;Månad;Resultat;Datakälla",
        "Period;Källa;Värde;Område;Indikator",
        "Indikator;Område;Period;Täljare;Nämnare",
        "Indikator;Område;Period;Värde;Standardavvikelse (dagar)",
        "Indikator;Område;Period;Värde;SD",
    ],
)
def test_headings_in_any_order_and_of_several_names(heading):
    found = extracted(lines("En titel", "", heading, ";".join("abcde")))
    assert (found.shape, found.rows.height, found.rows["row"].item()) == ("template-observations", 1, 4)
    assert set(found.headings.values()) >= set(heading.split(";"))


def test_a_standard_deviation_is_optional():
    without = extracted(lines("Indikator;Område;Period;Värde", "a;b;2024;1"))
    assert (without.problems.height, without.rows["standard_deviation"].to_list()) == (0, [None])


def test_every_data_sheet_is_read_and_the_explanation_is_not():
    row = ["a", "1480", "2024", "1"]
    heading = ["Indikator", "Område", "Period", "Värde"]
    found = extracted(
        xlsx(
            {
                "2023": [heading, row],
                "2024": [["Titel"], heading, row, row],
                "Förklaring": [heading, row],
                "Anteckningar": [["Ring Anna"]],
            }
        )
    )
    assert found.rows.select("sheet", "row").rows() == [("2023", 2), ("2024", 3), ("2024", 4)]
    assert told(found) == [("sheet_skipped", "warning", "Anteckningar", None)]


def test_several_missing_columns_are_all_named():
    found = extracted(lines("Indikator;Område;Källa;Ändamål", "a;b;c;d"))
    assert found.rows.height == 0
    missing = found.problems.filter(code="missing_column")
    assert missing["column"].to_list() == ["Period", "Värde"]
    assert set(missing["severity"]) == {"error"}


def test_a_value_column_may_be_missing_only_where_both_parts_are_there():
    found = extracted(lines("Indikator;Område;Period;Täljare", "a;b;c;1"))
    assert found.problems["column"].to_list() == ["Värde"]


@pytest.mark.parametrize("source", ["EXEMPELRAD – ta bort", "exempelrad - ta bort"])
def test_the_example_row_is_skipped_with_a_warning(source):
    found = extracted(lines("Indikator;Område;Period;Värde;Källa", f"a;b;2024;1;{source}", "a;b;2024;1;VGR"))
    assert found.rows["row"].to_list() == [3]
    assert told(found) == [("example_row_skipped", "warning", "", 2)]


def test_headings_without_rows_are_told():
    found = extracted(lines("Indikator;Område;Period;Värde"))
    assert told(found) == [("no_rows", "error", None, None)]


def test_money_is_told_from_figures():
    found = extracted(lines(";".join(ALLOCATIONS.headings.values()), "p;2021;x;region;;VGR;fördelat;1;VGR"))
    assert (found.shape, found.kind) == ("template-allocations", "allocations")
    assert found.rows.row(0)[:9] == ("p", "2021", "x", "region", None, "VGR", "fördelat", "1", "VGR")


@pytest.mark.parametrize(
    ("heading", "template"),
    [
        (["Indikator", "Område", "Källa"], OBSERVATIONS),
        (["Överenskommelse", "Mottagare", "Källa"], ALLOCATIONS),
        (["Namn", "Område", "Adress"], None),
    ],
)
def test_the_nearest_template(heading, template):
    book = workbook(Blad=[heading, ["a", "b", "c"]])
    assert nearest(book) is template
    assert not claims(book, OBSERVATIONS)
    assert not claims(book, ALLOCATIONS)
