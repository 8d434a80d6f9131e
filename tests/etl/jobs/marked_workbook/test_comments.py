from __future__ import annotations

import io

import openpyxl
import pytest

from etl.jobs.marked_workbook.comments import AUTHOR, SheetComments
from etl.jobs.marked_workbook.drawing import Comment
from etl.jobs.marked_workbook.package import Package
from etl.jobs.marked_workbook.sheet import Worksheet
from tests.etl.jobs.marked_workbook import workbooks
from tests.etl.jobs.marked_workbook.workbooks import SHEET

PART = "xl/worksheets/sheet1.xml"


def commented(content: bytes, *comments: Comment, back: bool = False) -> tuple[bytes, int]:
    package = Package.opened(content)
    worksheet = Worksheet(package.read(PART))
    found = SheetComments(package, PART, worksheet.comments_id())
    if back:
        found.take_back()
    relation, count = found.put(comments)
    if relation:
        package.write(PART, worksheet.with_comments(worksheet.data, relation))
    return package.packed(), count


def told(content: bytes) -> dict[str, tuple[str, str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    cells = (cell for row in sheet.iter_rows() for cell in row if cell.comment)
    return {cell.coordinate: (cell.comment.author, cell.comment.text) for cell in cells}


def test_comments_on_a_sheet_without_any():
    content, count = commented(workbooks.by_openpyxl(), Comment(5, 0, "Fel & <b>"), Comment(40, 30, "å\nä"))
    assert count == 2
    assert told(content) == {"A5": (AUTHOR, "Fel & <b>"), "AE40": (AUTHOR, "å\nä")}


@pytest.mark.parametrize(
    ("make", "own"), [(workbooks.with_comments, "C6"), (lambda: workbooks.by_openpyxl(comments=True), "A5")]
)
def test_a_persons_comment_is_left_alone(make, own):
    before = told(make())
    column, row = ord(own[0]) - 65, int(own[1])
    content, count = commented(make(), Comment(row, column, "Fel"), Comment(20, 20, "Ny"))
    assert count == 1
    assert told(content) == {**before, "U20": (AUTHOR, "Ny")}


def test_a_second_round_takes_back_the_first_and_nothing_else():
    first, _ = commented(workbooks.with_comments(), Comment(20, 20, "Ett"), Comment(21, 20, "Två"))
    second, count = commented(first, Comment(22, 20, "Tre"), back=True)
    assert count == 1
    assert told(second) == {**told(workbooks.with_comments()), "U22": (AUTHOR, "Tre")}


def test_nothing_to_take_back():
    content = workbooks.by_openpyxl()
    assert commented(content, back=True) == (Package.opened(content).packed(), 0)


def test_a_drawing_of_another_kind_leaves_the_cells_without_comments():
    content = workbooks.changed(
        workbooks.with_button(),
        r".*\.vml",
        lambda data: data.replace(b"urn:schemas-microsoft-com:vml", b"urn:x"),
    )
    done, count = commented(content, Comment(5, 0, "Fel"))
    assert (count, told(done)) == (0, {})
