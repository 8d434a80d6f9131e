from __future__ import annotations

import pytest

from etl.jobs.marked_workbook.parts import well_formed
from etl.jobs.marked_workbook.restyling import with_marks
from etl.jobs.marked_workbook.sheet import Worksheet
from tests.etl.jobs.marked_workbook.test_sheet import ROWS, sheet


def restyle(style: int, severity: str) -> int:
    return style + (100 if severity == "error" else 200)


def marked(data: bytes, *cells: tuple[int, int, str]) -> str:
    done = with_marks(Worksheet(data), cells, restyle)
    well_formed(done)
    return done.decode().split("sheetData>")[1].removesuffix("</").removesuffix("</x:")


def test_cells_that_are_there_get_another_style():
    done = marked(sheet(ROWS), (2, 0, "error"), (2, 2, "warning"), (7, 3, "error"))
    assert '<c r="A2" s="104" t="s"><v>0</v></c>' in done
    assert '<c s="200" r="C2"><f>A1&gt;1</f><v>1</v></c>' in done
    assert '<c r="D7" s="101"/>' in done
    assert 'spans="1:3"' in done


def test_cells_that_are_not_there_are_put_in_their_place_in_the_style_of_the_row_or_the_column():
    columns = '<cols><col min="2" max="2" style="7"/></cols>'
    done = marked(
        sheet(ROWS, before=columns), (2, 1, "error"), (2, 5, "error"), (7, 0, "error"), (7, 2, "error")
    )
    assert '<c r="A2" s="4" t="s"><v>0</v></c><c r="B2" s="107"/><c r="C2">' in done
    assert '</c><c r="F2" s="100"/></row>' in done
    assert "spans" not in done
    assert '<c r="A7" s="103"/><c r="B7" ' in done
    assert '</c><c r="C7" s="103"/><c r="D7" s="1"/></row>' in done


def test_rows_that_are_not_there_are_put_in_their_place():
    done = marked(
        sheet(ROWS), (1, 0, "error"), (3, 1, "error"), (4, 0, "error"), (5, 0, "error"), (9, 0, "error")
    )
    numbers = [part.split('"')[0] for part in done.split('<row r="')[1:]]
    assert numbers == ["1", "2", "3", "4", "5", "7", "9"]
    assert '<row r="3"><c r="B3" s="100"/></row>' in done
    assert '<row r="5"><c r="A5" s="100"/></row>' in done


def test_a_sheet_without_rows():
    data = sheet("").replace(b"<sheetData></sheetData>", b"<sheetData/>")
    assert marked(data, (2, 1, "error"), (4, 0, "error")) == (
        '<row r="2"><c r="B2" s="100"/></row><row r="4"><c r="A4" s="100"/></row>'
    )


def test_elements_with_a_prefix():
    data = sheet('<x:row r="1"><x:c r="A1" s="2"/></x:row>', p="x:")
    assert marked(data, (1, 0, "error"), (1, 1, "error"), (2, 0, "error")) == (
        '<x:row r="1"><x:c r="A1" s="102"/><x:c r="B1" s="100"/></x:row><x:row r="2"><x:c r="A2" s="100"/></x:row>'
    )


@pytest.mark.parametrize("cell", ["<c r='A1' s='2'/>", '<c\n r="A1"\n s="2"/>', '<c s="2" r="A1"/>'])
def test_cells_written_in_other_ways(cell):
    assert "102" in marked(sheet(f'<row r="1">{cell}</row>'), (1, 0, "error"))


def test_nothing_to_mark_changes_nothing():
    data = sheet(ROWS)
    assert with_marks(Worksheet(data), [], restyle) == data
