from __future__ import annotations

import datetime as dt
import io
import struct

import pytest
import xlwt

from etl.extract import biff, binary_sheets
from etl.extract.biff import vet
from etl.extract.compound import one_stream, open_compound
from etl.extract.workbook import open_workbook
from tests.etl.extract.build import cells, opened
from tests.etl.extract.containers import xls

LONG = "Åmål " * 6000


def stream(content: bytes) -> bytes:
    return open_compound(content).stream("Workbook")


def with_records(*extra: tuple[int, bytes]) -> bytes:
    """A workbook with records put before the end of its sheet."""
    data = stream(xls({"Blad1": [["a", 1]]}))
    last = data.rstrip(b"\0").rindex(b"\x0a")
    found = b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in extra)
    return one_stream("Workbook", data[:last] + found + data[last:])


def code(content: bytes) -> str | None:
    workbook, problems = open_workbook(content)
    return None if workbook is not None else problems["code"].item()


def number(row: int, column: int) -> tuple[int, bytes]:
    return 0x203, struct.pack("<HHHd", row, column, 0, 1.0)


def test_cells_come_as_in_any_workbook():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Område")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for column, (cell, style) in enumerate(
        [
            (dt.date(2024, 1, 31), day),
            (0.755, None),
            (1_299_275, None),
            (True, None),
            ("0014", None),
            ("12,5", None),
        ]
    ):
        sheet.write(2, column, cell, *([style] if style else []))
    content = io.BytesIO()
    book.save(content)
    found = opened(content.getvalue())
    assert (found.kind, found.sheets[0].name) == ("xls", "Område")
    assert found.sheets[0].cells.rows()[2] == (
        "2024-01-31 00:00:00",
        "0.755",
        "1299275",
        "true",
        "0014",
        "12,5",
    )


def test_a_hundred_thousand_cells_with_texts_across_records_are_read():
    rows = [[f"text {place} åäö", place, LONG if place == 50 else None] for place in range(30_000)]
    assert cells(xls({"Blad1": rows})) == [(text, str(value), more) for text, value, more in rows]


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ([number(0, 499)], None),
        ([number(0, 500)], "too_many_columns"),
        ([number(65_535, 65_535)], "too_many_columns"),
        ([number(65_535, 200)], "too_large"),
        ([(0xBD, bytes(16) + struct.pack("<H", 900))], "too_many_columns"),
    ],
)  # fmt: skip
def test_a_lone_cell_far_out_is_refused(extra, expected):
    assert code(with_records(*extra)) == expected


def test_error_cells_are_told():
    error = (0x205, struct.pack("<HHHBB", 3, 0, 0, 7, 1))
    formula = (0x06, struct.pack("<HHHBBBBBBHHIH", 4, 0, 0, 2, 0, 42, 0, 0, 0, 0xFFFF, 0, 0, 0))
    assert [row[0] for row in cells(with_records(error, formula))] == [
        "a",
        None,
        None,
        "#DIVISION/0!",
        "#SAKNAS!",
    ]


def test_macros_and_other_streams_are_not_handed_on():
    vetted, _ = vet(xls({"Blad1": [["a"]]}))
    assert vetted is not None
    assert open_compound(vetted.content).names == ["Workbook"]


def test_one_long_text_in_many_cells_is_counted_for_each(monkeypatch):
    content = xls({"Blad1": [[LONG]] * 30 + [["kort"]] * 3000})
    assert code(content) is None
    monkeypatch.setattr(biff, "FEW_CHARACTERS", 1000)
    monkeypatch.setattr("etl.extract.container.MAX_UNPACKED", 30 * 3 * len(LONG) + 3000 * 12)
    assert code(content) is None
    monkeypatch.setattr("etl.extract.container.MAX_UNPACKED", 30 * 3 * len(LONG))
    assert code(content) == "too_large"


def test_records_are_counted(monkeypatch):
    monkeypatch.setattr(binary_sheets, "MAX_RECORDS", 50)
    monkeypatch.setattr(biff, "MAX_RECORDS", 50)
    assert code(xls({"Blad1": [[1]]})) == "too_large"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (struct.pack("<HH", 0x0009, 4) + bytes(4), "old_format"),
        (struct.pack("<HHI", 0x809, 60_000, 0), "damaged_file"),
        (struct.pack("<HH16x", 0x809, 16) + struct.pack("<HH6x", 0x2F, 6), "password_protected"),
        (struct.pack("<HH16x", 0x809, 16) + struct.pack("<HHI4x", 0x85, 8, 7), "damaged_file"),
    ],
)
def test_streams_that_cannot_be_read(data, expected):
    assert code(one_stream("Workbook", data)) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("WordDocument", "not_a_spreadsheet"), ("EncryptedPackage", "password_protected")]
)
def test_other_compound_files(name, expected):
    assert code(one_stream(name, b"x")) == expected
