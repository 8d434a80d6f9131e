from __future__ import annotations

import pytest

from etl.extract import sheet_xml
from etl.extract.sheet_xml import SharedTexts, column_number, has_errors, refuse_sheet
from tests.etl.extract.build import opened, repacked, xlsx

PLAIN = xlsx({"Blad1": [["a", "b"]]})
NO_TEXTS = SharedTexts(b"")


def code(body: str, texts: SharedTexts = NO_TEXTS) -> str | None:
    sheet = f"<worksheet><sheetData>{body}</sheetData></worksheet>".encode()
    refused = refuse_sheet(sheet, texts)
    return None if refused is None else refused["code"].item()


@pytest.mark.parametrize(
    ("letters", "number"), [(b"A", 1), (b"z", 26), (b"AA", 27), (b"SF", 500), (b"XFD", 16384)]
)
def test_column_letters(letters, number):
    assert column_number(letters) == number


@pytest.mark.parametrize(
    ("references", "expected"),
    [
        (("A1", "SF1"), None),
        (("A1", "SG1"), "too_many_columns"),
        (("A1", "sg1"), "too_many_columns"),
        (("A1", "AAAAA1"), "too_many_columns"),
        (("A1", "XFD1048576"), "too_many_columns"),
        (("A1", "K1048576"), None),
        (("A1", "L1048576"), "too_large"),
        (("A1", "Z99999"), None),
        (("A1", "AA1048576"), "too_large"),
        (("SF1", "A90000"), "too_large"),
        (("SF1", "A9999"), None),
        (("A1", "A2000000"), "too_many_rows"),
        (("A1", "A999999999"), "too_many_rows"),
    ],
)
@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_lone_cell_far_out_is_refused_before_memory_is_taken(references, expected, quote):
    body = "".join(f"<c r={quote}{reference}{quote}><v>1</v></c>" for reference in references)
    assert code(f"<row>{body}</row>") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<row>" + "<c><v>1</v></c>" * 501 + "</row>", "too_many_columns"),
        ("<x:row>" + "<x:c><x:v>1</x:v></x:c>" * 501 + "</x:row>", "too_many_columns"),
        ('<row r="1">' + '<c s="1"><v>1</v></c>' * 501 + "</row>", "too_many_columns"),
        ('<row r="1048576">' + "<c><v>1</v></c>" * 20 + "</row>", "too_large"),
        ('<row r="9"><c><v>1</v></c></row>', None),
        ("<row><c><v>1</v></c></row>" * 30, None),
        ('<row r="1048576"/>' + "<row><c><v>1</v></c></row>" * 60_000, "too_many_rows"),
    ],
)
def test_cells_without_references_cannot_hide(body, expected):
    assert code(body) == expected


def test_one_long_text_in_many_cells_is_counted_for_each(monkeypatch):
    monkeypatch.setattr(sheet_xml, "MAX_UNPACKED", 50_000)
    monkeypatch.setattr("etl.extract.container.MAX_UNPACKED", 50_000)
    texts = SharedTexts(b"<sst><si><t>" + b"x" * 10_000 + b"</t></si><si/><si><t>kort</t></si></sst>")
    long = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    short = '<row r="1"><c r="A1" t="s"><v>2</v></c></row>'
    hidden = '<row r="1"><c r="A1" t="s" x=">"><v>0</v></c></row>'
    assert code(long * 4, texts) is None
    assert code(long * 6, texts) == "too_large"
    assert code(short * 400, texts) is None
    assert code(hidden * 6, texts) == "too_large"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [('<c r="A1" t="e"><v>#N/A</v></c>', True), ("<c r='A1' t='e'/>", True), ('<c r="A1" t="s"/>', False)],
)
def test_errors_are_told(cell, expected):
    assert has_errors(cell.encode()) == expected


def test_what_passes_is_read_as_its_references_say():
    body = b'<worksheet><sheetData><row r="4"><c r="b4"><v>1</v></c><c><v>2</v></c></row></sheetData></worksheet>'
    assert opened(repacked(PLAIN, sheet1=body)).sheets[0].cells.rows()[-1] == ("1", "2")
