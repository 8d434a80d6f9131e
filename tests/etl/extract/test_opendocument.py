from __future__ import annotations

import pytest

from etl.extract import container, opendocument
from etl.extract.opendocument import refuse_content, with_errors_as_text
from etl.extract.workbook import open_workbook
from tests.etl.extract.build import cells
from tests.etl.extract.containers import ods, ods_cell, ods_rows

FAR = ' table:number-columns-repeated="{}"'
DOWN = ' table:number-rows-repeated="{}"'


def rows(*found: tuple[str, str]) -> str:
    return "".join(f"<table:table-row{more}>{inside}</table:table-row>" for more, inside in found)


def code(table: str) -> str | None:
    workbook, problems = open_workbook(ods({"Blad1": table}))
    return None if workbook is not None else problems["code"].item()


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (rows(("", ods_cell("a", FAR.format(501)))), "too_many_columns"),
        (rows(("", ods_cell("a", FAR.format(10_000)))), "too_many_columns"),
        (rows(("", ods_cell(1, FAR.format(999_999_999)))), "too_many_columns"),
        (rows(("", ods_cell(None, FAR.format(999_999_999)) + ods_cell("a"))), "too_many_columns"),
        (rows((DOWN.format(2_000_000), ods_cell("a"))), "too_many_rows"),
        (rows((DOWN.format(999_999_999), ods_cell(None)), ("", ods_cell("a"))), "too_many_rows"),
        (rows((DOWN.format(100_000), ods_cell("a", FAR.format(400)))), "too_large"),
        (rows((DOWN.format(100_000), ods_cell("x" * 10_000))), "too_large"),
        (
            rows(
                ("", f'<table:table-cell><text:p><text:s text:c="{10**9 - 1}"/></text:p></table:table-cell>')
            ),
            "too_large",
        ),
        (rows(("", ods_cell("a", FAR.format("1&#48;000")))), "damaged_file"),
        (rows(("", ods_cell("a", FAR.format("9" * 30)))), "damaged_file"),
        (rows((f' x=">"{DOWN.format(2_000_000)}', ods_cell("a"))), "too_many_rows"),
        (rows(("", ods_cell("a", f' x=">"{FAR.format(10_000)}'))), "too_many_columns"),
    ],
)
def test_repeats_are_refused_before_they_are_unpacked(table, expected):
    assert code(table) == expected


def test_cells_that_a_reader_keeps_though_nothing_stands_in_them_are_counted(monkeypatch):
    monkeypatch.setattr(opendocument, "MAX_CELLS", 30_000)
    monkeypatch.setattr(container, "MAX_CELLS", 30_000)
    row = ("", ods_cell(None, FAR.format(16_000)) + ods_cell(None))
    assert code(rows(("", ods_cell("a")), row)) is None
    assert code(rows(("", ods_cell("a")), row, row)) == "too_large"


@pytest.mark.parametrize(
    "table",
    [
        rows(("", ods_cell("a", FAR.format(500)))),
        rows((DOWN.format(2000), ods_cell("a", FAR.format(500)))),
        rows(("", ods_cell("a")), (DOWN.format(1_048_575), ods_cell(None, FAR.format(16_384)))),
        rows(
            (
                "",
                ods_cell("a") + "<table:table-cell table:number-columns-repeated='16383'></table:table-cell>",
            )
        ),
    ],
)
def test_what_a_sheet_ends_with_takes_nothing(table):
    assert refuse_content(ods_content(table)) is None


def ods_content(table: str) -> bytes:
    return f"<office:spreadsheet><table:table>{table}</table:table></office:spreadsheet>".encode()


def test_repeated_cells_and_rows_are_read_in_their_places():
    table = rows(
        ("", ods_cell(None, FAR.format(2)) + ods_cell("a")),
        (DOWN.format(2), ods_cell(None)),
        (DOWN.format(2), ods_cell(1, FAR.format(3))),
    )
    assert cells(ods({"Blad1": table})) == [
        (None, None, "a"), (None,) * 3, (None,) * 3, ("1", "1", "1"), ("1", "1", "1")
    ]  # fmt: skip


def test_numbers_dates_and_percentages_come_as_they_are_stored():
    def said(kind: str, more: str, text: str) -> str:
        return (
            f'<table:table-cell office:value-type="{kind}" {more}><text:p>{text}</text:p></table:table-cell>'
        )

    row = (
        said("float", 'office:value="1299275"', "1 299 275")
        + said("percentage", 'office:value="0.755"', "75,5 %")
        + said("date", 'office:date-value="2024-01-31"', "31 januari 2024")
        + said("currency", 'office:currency="SEK" office:value="1234.5"', "1 234,50 kr")
        + ods_cell("0014")
    )
    assert cells(ods({"Blad1": rows(("", row))})) == [("1299275", "0.755", "2024-01-31", "1234.5", "0014")]


@pytest.mark.parametrize(
    "stored",
    ['office:value-type="string" office:string-value=""', 'office:value-type="float" office:value="0"'],
)
def test_an_error_is_a_text_and_never_a_zero(stored):
    cell = (
        f'<table:table-cell table:formula="of:=1/0" {stored} calcext:value-type="error">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
    )
    assert cells(ods({"Blad1": rows(("", cell + ods_cell(1)))})) == [("#DIV/0!", "1")]
    assert with_errors_as_text(b"<table:table-cell/>") == b"<table:table-cell/>"


def test_an_ordinary_sheet_is_read_with_its_name():
    workbook, problems = open_workbook(ods({"Område & år": ods_rows([["Å", 1.5], [None, "b"]])}))
    assert workbook is not None
    assert (workbook.kind, workbook.sheets[0].name, problems.height) == ("ods", "Område & år", 0)
    assert workbook.sheets[0].cells.rows() == [("Å", "1.5"), (None, "b")]
