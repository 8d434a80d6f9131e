from __future__ import annotations

import io

import pytest
import xlsxwriter

from etl.extract import spreadsheets
from etl.extract.workbook import open_workbook
from tests.etl.extract.build import cells, xlsx


def with_errors(*errors: str, top: int = 0, left: int = 0) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Blad1")
        sheet.write(top, left, "Värde")
        for place, error in enumerate(errors, start=1):
            sheet.write_formula(top + place, left, "=A1", None, error)
            sheet.write(top + place, left + 1, place)
    return content.getvalue()


@pytest.mark.parametrize(("top", "left"), [(0, 0), (3, 0), (0, 2), (3, 2)])
def test_errors_stand_in_their_cells_as_excel_in_swedish_shows_them(top, left):
    shown = {
        "#DIV/0!": "#DIVISION/0!",
        "#N/A": "#SAKNAS!",
        "#NAME?": "#NAMN?",
        "#NULL!": "#SKÄRNING!",
        "#NUM!": "#OGILTIGT!",
        "#REF!": "#REFERENS!",
        "#VALUE!": "#VÄRDEFEL!",
    }
    found = [row for row in cells(with_errors(*shown, top=top, left=left)) if any(row)]
    assert found == [
        ("Värde", None),
        *((text, str(place)) for place, text in enumerate(shown.values(), start=1)),
    ]


def test_a_text_that_looks_like_an_error_is_left_alone():
    assert cells(xlsx({"Blad1": [["#N/A", 1], ["#1", 2]]})) == [("#N/A", "1"), ("#1", "2")]


def test_too_many_sheets_are_refused(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MAX_SHEETS", 2)
    content = xlsx({name: [["a"]] for name in "abc"})
    assert open_workbook(content)[1]["code"].to_list() == ["too_many_sheets"]
    monkeypatch.setattr(spreadsheets, "MAX_SHEETS", 3)
    assert open_workbook(content)[0] is not None


def test_cells_of_all_sheets_are_counted_together(monkeypatch):
    content = xlsx({name: [["a", "b"]] * 50 for name in "abc"})
    monkeypatch.setattr(spreadsheets, "MAX_CELLS", 299)
    assert open_workbook(content)[1]["code"].to_list() == ["too_large"]
    monkeypatch.setattr(spreadsheets, "MAX_CELLS", 300)
    assert open_workbook(content)[0] is not None


class PanicException(BaseException):
    pass


@pytest.mark.parametrize(("error", "told"), [(PanicException("index"), True), (KeyboardInterrupt(), False)])
def test_only_the_librarys_own_failure_is_a_damaged_file(monkeypatch, error, told):
    def fail(content):
        raise error

    monkeypatch.setattr(spreadsheets.fastexcel, "read_excel", fail)
    if told:
        assert open_workbook(xlsx({"A": [["a"]]}))[1]["code"].to_list() == ["damaged_file"]
    else:
        with pytest.raises(KeyboardInterrupt):
            open_workbook(xlsx({"A": [["a"]]}))
