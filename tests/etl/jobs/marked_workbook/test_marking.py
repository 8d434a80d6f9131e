"""The marked workbook as a whole: what programs wrote stays, what is wrong is marked, and it can come back."""

from __future__ import annotations

import io
import random
import re
import zipfile

import openpyxl
import polars as pl
import pytest
import xlwt

from etl.catalogue import load_catalogue
from etl.extract.workbook import open_workbook
from etl.jobs.delivery import check
from etl.jobs.marked_workbook import marked, marked_name
from etl.jobs.marked_workbook.comments import AUTHOR
from etl.jobs.marked_workbook.places import MAX_COMMENTS
from etl.jobs.marked_workbook.styles import FILLS
from schemas.problem import LIST_SHEET, Report, problem, problems_from
from tests.conftest import ROOT
from tests.etl import files
from tests.etl.jobs.marked_workbook import workbooks
from tests.etl.jobs.marked_workbook.workbooks import ANEW, MARKED, OWN, REPORT, SHEET, wrong

NBSP = "\u00a0"


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def fills(content: bytes, sheet: str = SHEET) -> dict[str, str]:
    kinds = {colour: severity for severity, colour in FILLS.items()}
    cells = (cell for row in opened(content)[sheet].iter_rows() for cell in row)
    return {cell.coordinate: kinds[cell.fill.fgColor.rgb] for cell in cells if cell.fill.fgColor.rgb in kinds}


def comments(content: bytes, sheet: str = SHEET, author: str | None = AUTHOR) -> dict[str, str]:
    cells = (cell for row in opened(content)[sheet].iter_rows() for cell in row if cell.comment)
    return {cell.coordinate: cell.comment.text for cell in cells if author in {None, cell.comment.author}}


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def listed(content: bytes) -> list[tuple]:
    return [row for row in opened(content)[LIST_SHEET].iter_rows(values_only=True) if row[1] is not None]


def cells_of(content: bytes) -> dict[str, pl.DataFrame]:
    workbook, _ = open_workbook(content)
    return {sheet.name: sheet.cells for sheet in workbook.sheets} if workbook else {}


@pytest.fixture(scope="module")
def knowledge():
    return load_catalogue(ROOT / "data" / "catalogue")


@pytest.mark.parametrize("program", OWN)
def test_wrong_cells_are_marked_in_the_analysts_own_workbook(program):
    content = OWN[program]()
    told = marked(content, "uttag.xlsx", REPORT)
    assert told.own
    assert fills(told.content) == MARKED
    mine = comments(content, author=None)
    assert set(comments(told.content)) == set(MARKED) - set(mine)
    assert comments(told.content)["B6"] == "Fel. Väntat: något annat.\nAtt göra: Rätta."
    assert comments(told.content)["C4"].startswith("Varning. Väntat: ")
    assert {cell: comments(told.content, author=None)[cell] for cell in mine} == mine


@pytest.mark.parametrize("program", OWN)
def test_what_is_not_marked_stays_as_it_was(program):
    content = OWN[program]()
    before, after = parts(content), parts(marked(content, "uttag.xlsx", REPORT).content)
    changed = {name for name, data in before.items() if after.get(name) != data}
    expected = r"\[Content_Types\]\.xml|xl/workbook\.xml|.*\.rels|xl/styles\.xml"
    sheet = r"|xl/worksheets/sheet\d\.xml|xl/comments.*|xl/drawings/(vml|comments)Drawing1\.vml"
    assert all(re.fullmatch(expected + sheet, name) for name in changed)
    assert sum("worksheets/sheet" in name and not name.endswith(".rels") for name in changed) == 1
    reopened = cells_of(marked(content, "uttag.xlsx", REPORT).content)
    assert reopened.keys() == cells_of(content).keys()
    assert all(cells.equals(reopened[name]) for name, cells in cells_of(content).items())


@pytest.mark.parametrize("program", [*OWN, *ANEW])
def test_every_part_is_well_formed_and_the_same_bytes_come_each_time(program):
    content = {**OWN, **ANEW}[program]()
    told = marked(content, "uttag.xlsx", REPORT)
    for name, data in parts(told.content).items():
        if name.endswith((".xml", ".rels", ".vml")):
            from xml.etree import ElementTree

            ElementTree.fromstring(data)
    with zipfile.ZipFile(io.BytesIO(told.content)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(set(archive.namelist()))
    assert marked(content, "uttag.xlsx", REPORT).content == told.content


def test_formats_formulas_widths_and_names_are_kept():
    content = workbooks.by_xlsxwriter()
    before, after = opened(content), opened(marked(content, "a.xlsx", REPORT).content)
    old, new = before[SHEET], after[SHEET]
    for row in old.iter_rows():
        for cell in row:
            same = new[cell.coordinate]
            if cell.value is None:
                continue
            assert (same.value, same.number_format, same.font.b, same.font.i) == (
                cell.value, cell.number_format, cell.font.b, cell.font.i,
            )  # fmt: skip
            if cell.coordinate not in MARKED:
                assert repr(same.fill) == repr(cell.fill)
    assert new["F4"].value == "=C4*2"
    assert new.column_dimensions["A"].width == old.column_dimensions["A"].width
    assert new.merged_cells.ranges == old.merged_cells.ranges
    assert new.freeze_panes == old.freeze_panes
    assert new.auto_filter.ref == old.auto_filter.ref
    assert new.print_area == old.print_area
    assert after["Annat"].print_title_rows == before["Annat"].print_title_rows == "$1:$1"
    assert after.active.title == before.active.title == "Annat"
    assert len(new._charts) == len(old._charts) == 1
    assert new["C7"].font.i, "an empty cell gets its column's style"


def test_macros_stay_and_the_list_comes_last_where_they_may_count_sheets():
    content = workbooks.with_macros()
    told = marked(content, "uttag.xlsm", REPORT)
    assert told.name == "uttag-markerad.xlsm"
    assert parts(told.content)["xl/vbaProject.bin"] == parts(content)["xl/vbaProject.bin"]
    assert opened(told.content).sheetnames == [SHEET, LIST_SHEET]
    plain = marked(workbooks.by_openpyxl(), "uttag.xlsx", REPORT)
    assert opened(plain.content).sheetnames == [LIST_SHEET, SHEET, "Annat"]


@pytest.mark.parametrize("program", ANEW)
def test_a_workbook_that_is_built_otherwise_is_written_anew(program):
    content = ANEW[program]()
    told = marked(content, "uttag.xlsx", REPORT)
    assert not told.own
    if cells_of(content):
        assert fills(told.content) == MARKED
        assert set(comments(told.content)) == set(MARKED)
        assert all(cells.equals(cells_of(told.content)[name]) for name, cells in cells_of(content).items())


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_a_text_file_becomes_a_workbook_with_the_same_texts_in_the_same_places(separator):
    lines = ["Uttag", "", separator.join(workbooks.HEADINGS)]
    lines += [separator.join("" if cell is None else str(cell) for cell in row) for row in workbooks.ROWS]
    content = "\r\n".join(lines).encode("cp1252")
    report = Report(REPORT.frame.with_columns(pl.lit("").alias("sheet")))
    told = marked(content, "C:\\Temp\\uttag.csv", report)
    assert (told.own, told.name) == (False, "uttag-markerad.xlsx")
    assert fills(told.content, "Uppgifter") == MARKED
    sheet = opened(told.content)["Uppgifter"]
    assert [sheet["A4"].value, sheet["C4"].value, sheet["C7"].value] == ["Göteborg", "85.5", None]
    assert sheet["C4"].number_format == "@"
    assert cells_of(told.content)["Uppgifter"].equals(cells_of(content)[""])


def test_an_old_workbook_comes_back_as_a_new_one():
    book = xlwt.Workbook()
    sheet = book.add_sheet(SHEET)
    for row, cells in enumerate([["Uttag"], [], workbooks.HEADINGS, *workbooks.ROWS]):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    content = io.BytesIO()
    book.save(content)
    told = marked(content.getvalue(), "uttag.xls", REPORT)
    assert (told.own, told.name) == (False, "uttag-markerad.xlsx")
    assert fills(told.content) == MARKED


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"PK\x03\x04" + bytes(100), b"\xd0\xcf\x11\xe0" + bytes(600), bytes(1000)]
)
def test_a_file_that_cannot_be_read_has_its_list(content):
    report = Report.of(problem("not_a_spreadsheet", expected="en tabell", hint="Spara om."))
    told = marked(content, "x.pdf", report)
    assert opened(told.content).sheetnames == [LIST_SHEET]
    assert listed(told.content)[1:] == []
    assert opened(told.content)[LIST_SHEET]["H5"].value == "Spara om."


def test_the_list_holds_every_problem_with_a_link_to_its_cell():
    book = opened(marked(workbooks.by_openpyxl(), "../uttag.xlsx", REPORT).content)
    sheet = book[LIST_SHEET]
    assert sheet["A1"].value == f"4{NBSP}fel och 1{NBSP}varning i uttag.xlsx"
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert head == ["Allvar", "Blad", "Rad", "Kolumn", "Cell", "Värde", "Väntat", "Att göra"]
    assert rows[0] == [
        "Fel", SHEET, 5, "Område", "A5", "Lidköpig", "något annat", "Menade du Lidköping (1494)?",
    ]  # fmt: skip
    assert [row[0] for row in rows] == ["Fel"] * 4 + ["Varning"]
    links = {cell: link.location for row in sheet.iter_rows() for cell in row if (link := cell.hyperlink)}
    assert [link for _, link in sorted((cell.coordinate, link) for cell, link in links.items())] == [
        f"'{SHEET}'!{cell}" for cell in ("A5", "B6", "C6", "C7", "C4")
    ]


def test_where_a_problem_has_no_column_or_no_row_or_neither():
    report = Report.of(
        wrong(5, None, code="row"),
        wrong(6, "Finns inte", code="other"),
        wrong(None, "Värde", code="column"),
        wrong(None, None, code="sheet"),
        wrong(3, "Nämnare", "Period", code="missing_column"),
        wrong(40, None, code="below"),
        wrong(20, "Värde", code="gap"),
        problem("file", expected="x", hint="y"),
        wrong(2, None, sheet="Finns inte"),
    )
    told = marked(workbooks.by_openpyxl(), "a.xlsx", report)
    assert set(fills(told.content)) == {"A5", "A6", "C3", "B3", "A40", "C20"}
    assert len(listed(told.content)) == 1 + 8
    assert opened(told.content)[LIST_SHEET].max_row == 4 + 9


def test_all_that_is_wrong_with_a_cell_stands_in_one_comment():
    report = Report.of(
        wrong(5, "Värde", hint="Ett."),
        wrong(5, "Värde", hint="Två.", severity="warning"),
        wrong(5, "Värde", hint="Ett."),
    )
    told = marked(workbooks.by_openpyxl(), "a.xlsx", report).content
    assert fills(told) == {"C5": "error"}
    said = comments(told)["C5"]
    assert said.count("Ett.") == 1
    assert said.index("Ett.") < said.index("Varning.") < said.index("Två.")


def test_a_cell_hidden_under_a_merged_one_is_marked_where_it_is_seen():
    told = marked(workbooks.by_xlsxwriter(), "a.xlsx", Report.of(wrong(11, "Period"))).content
    assert fills(told) == {"A10": "error"}


def test_formulas_in_a_file_are_texts_in_the_list_the_comments_and_the_new_workbook():
    hostile = "=cmd|' /C calc'!A0"
    content = f"Område;Period;Värde\r\n{hostile};2024;@SUM(A1)\r\n".encode()
    report = Report.of(wrong(2, "Område", hostile, expected=hostile, hint=hostile, sheet=""))
    told = marked(content, f"{hostile}.csv", report).content
    for name, data in parts(told).items():
        assert not re.search(rb"<(?:\w+:)?f[\s>]", data), name
    sheet = opened(told)[LIST_SHEET]
    assert [sheet[f"{letter}5"].value for letter in "FGH"] == [f"'{hostile}"] * 3
    assert all(cell.data_type in {"s", "n", "inlineStr"} for row in sheet.iter_rows() for cell in row)
    assert opened(told)["Uppgifter"]["A2"].data_type != "f"
    assert opened(told)["Uppgifter"]["A2"].number_format == "@"
    own = marked(workbooks.by_xlsxwriter(), "a.xlsx", REPORT).content
    assert opened(own)[SHEET]["F4"].value == "=C4*2", "the analyst's own cells stay what they were"


def test_signs_that_xml_cannot_hold_break_nothing():
    odd = "a\x00\x0b<b>&\"'\ud800 _x0041_ \ufffe😀"
    report = Report.of(wrong(5, "Värde", "x", expected=odd.replace("\ud800", ""), hint="b\x1f"))
    told = marked(workbooks.by_openpyxl(), 'a&<b>".xlsx', report).content
    assert "_x0041_" in opened(told)[LIST_SHEET]["G5"].value or "A" in opened(told)[LIST_SHEET]["G5"].value
    assert "<b>&\"'" in comments(told)["C5"]


def test_comments_end_where_spreadsheet_programs_turn_slow_and_it_is_told():
    rows = pl.DataFrame({"row": range(4, 4 + MAX_COMMENTS + 50)})
    report = Report.of(
        problems_from(rows, "w", expected="x", hint="y", sheet=pl.lit(SHEET), column="Värde"),
        wrong(4, "Område", severity="warning"),
    )
    told = marked(workbooks.by_openpyxl(), "a.xlsx", report).content
    assert len(comments(told)) == MAX_COMMENTS
    assert len(fills(told)) == MAX_COMMENTS + 51
    assert "51 av de märkta cellerna har ingen kommentar" in " ".join(
        str(row[0]) for row in opened(told)[LIST_SHEET].iter_rows(max_row=6, values_only=True)
    )


def test_a_workbook_marked_before_is_marked_afresh():
    first = marked(workbooks.by_openpyxl(comments=True), "a.xlsx", REPORT).content
    second = marked(first, "a.xlsx", Report.of(wrong(6, "Värde", "x1", hint="Nytt."))).content
    assert fills(second) == {"C6": "error"}
    assert comments(second) == {"C6": "Fel. Väntat: något annat.\nAtt göra: Nytt."}
    assert comments(second, author="Bo") == {"A5": "Redan sagt", "B9": "Annat"}
    assert opened(second).sheetnames == opened(first).sheetnames
    assert len(listed(second)) == 2
    plain = opened(second)[SHEET]["A5"]
    assert plain.fill.fgColor.rgb == "FFDDEEFF", "its own colour is back"


def test_marks_are_taken_back_also_when_another_program_has_saved_the_workbook():
    first = opened(marked(workbooks.by_openpyxl(), "a.xlsx", REPORT).content)
    saved = io.BytesIO()
    first.save(saved)
    second = marked(saved.getvalue(), "a.xlsx", Report.of(wrong(6, "Värde", "x1")))
    assert second.own
    assert fills(second.content) == {"C6": "error"}
    assert set(comments(second.content)) == {"C6"}
    assert opened(second.content)[SHEET]["A5"].fill.fgColor.rgb == "FFDDEEFF"


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_corrected_workbook_can_be_delivered(knowledge, form):
    rows = [
        files.row(area="Lidköpig", period="2024-05"),
        files.row(area="Skara", period="2024-13"),
        files.row(area="Skövde", value="x"),
    ]
    content = files.xlsx(rows) if form == "xlsx" else files.csv(rows)
    checked = check(content, knowledge)
    assert checked.report.errors.height == 3
    told = marked(content, f"uttag.{form}", checked.report)
    again = check(told.content, knowledge)
    assert sorted(again.report.errors["value"]) == sorted(checked.report.errors["value"])
    assert LIST_SHEET not in again.report.frame["sheet"].to_list()
    book = opened(told.content)
    sheet = book["Uppgifter"]
    assert fills(told.content, "Uppgifter") == {"B2": "error", "C3": "error", "F4": "error"}
    sheet["B2"], sheet["C3"], sheet["F4"] = "Lidköping", "2024-12", 85.5
    corrected = io.BytesIO()
    book.save(corrected)
    done = check(corrected.getvalue(), knowledge)
    assert done.report.errors.is_empty()
    assert done.observations.height == 3
    assert done.shape == checked.shape


@pytest.mark.parametrize(
    "file",
    [
        "fohm_covid19_vaccine_2021-06-10.xlsx",
        "fohm_covid19_vaccine_2022-10-27.xlsx",
        "kolada_gui_export_long_2021-07-09.xlsx",
    ],
)
def test_real_workbooks_are_marked_and_otherwise_the_same(shared_data, file):
    content = (shared_data / file).read_bytes()
    workbook, _ = open_workbook(content)
    assert workbook is not None
    sheet = max(workbook.sheets, key=lambda sheet: sheet.cells.height)
    heading = [cell for cell in sheet.cells.row(0) if cell][-1]
    rows = pl.DataFrame({"row": range(2, 302)})
    report = Report.of(
        problems_from(rows, "w", expected="x", hint="y", sheet=pl.lit(sheet.name), column=heading)
    )
    told = marked(content, file, report)
    assert told.own
    assert len(comments(told.content, sheet.name)) == len(fills(told.content, sheet.name)) == 300
    after = cells_of(told.content)
    assert all(sheet.cells.equals(after[sheet.name]) for sheet in workbook.sheets)
    kept, got = parts(content), parts(told.content)
    assert sum(kept[name] != got[name] for name in kept) <= 6


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("uttag.csv", "uttag-markerad.xlsx"),
        ("../../etc/passwd", "passwd-markerad.xlsx"),
        ("C:\\Temp\\maj 2024.xls", "maj 2024-markerad.xlsx"),
        ("", "fil-markerad.xlsx"),
        ("a\r\nb.csv", "a b-markerad.xlsx"),
    ],
)
def test_the_name_of_the_download(name, called):
    assert marked_name(b"a;b", name) == called


def test_the_name_is_told_by_the_content():
    assert marked_name(workbooks.with_macros(), "x.xlsx") == "x-markerad.xlsm"
    assert marked_name(workbooks.by_openpyxl(), "x.xlsm") == "x-markerad.xlsx"
    assert marked_name(b"PK\x03\x04" + bytes(50), "x.xlsm") == "x-markerad.xlsx"
    long = marked_name(b"", "x" * 300 + ".csv")
    assert long.endswith("x-markerad.xlsx")
    assert len(long) <= 120


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_workbook_is_marked_or_listed_and_stops_nothing(seed):
    chance = random.Random(seed)
    program = chance.choice(list(OWN))
    snippets = [
        b"<",
        b">",
        b'"',
        b"<row",
        b"</row>",
        b"<c ",
        b"</sheetData>",
        b"<!--",
        b"]]>",
        b"&",
        b"\x00",
        b'r="A1"',
    ]

    def damage(data: bytes) -> bytes:
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(data))
            cut = chance.choice([0, 0, 1, 7, 200])
            data = data[:at] + chance.choice(snippets) + data[at + cut :]
        return data

    which = chance.choice(
        [
            r"xl/worksheets/sheet1\.xml",
            r"xl/styles\.xml",
            r"xl/workbook\.xml",
            r".*\.rels",
            r"xl/comments1\.xml",
        ]
    )
    content = workbooks.changed(OWN[program](), which, damage)
    before = cells_of(content)
    told = marked(content, "a.xlsx", REPORT)
    assert LIST_SHEET in opened(told.content).sheetnames or told.own
    after = list(cells_of(told.content).values())
    assert all(
        cells.equals(again)
        for cells, again in zip(before.values(), after, strict=bool(before))
        if cells.height
    )
