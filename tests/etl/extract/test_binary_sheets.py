from __future__ import annotations

import io
import struct
import zipfile

import pytest

from etl.extract import binary_sheets
from etl.extract.binary_sheets import look, records, shared_lengths, sheets_listed
from etl.extract.workbook import open_workbook
from tests.etl.extract.build import cells, repacked
from tests.etl.extract.containers import record, xlsb, xlsb_row


def code(rows: bytes) -> str | None:
    workbook, problems = open_workbook(xlsb({"Blad1": rows}))
    return None if workbook is not None else problems["code"].item()


def lone(row: int, column: int) -> bytes:
    head = record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0))
    return head + record(5, struct.pack("<IId", column, 0, 1.0))


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        (0, 499, None),
        (0, 500, "too_many_columns"),
        (1_048_575, 16_383, "too_many_columns"),
        (1_048_575, 12, "too_large"),
        (1_999_999, 0, "too_many_rows"),
        (2**32 - 1, 0, "too_many_rows"),
    ],
)
def test_a_lone_cell_far_out_is_refused(row, column, expected):
    assert code(xlsb_row(0, ["a"]) + lone(row, column)) == expected


def test_an_error_is_told_as_excel_shows_it():
    content = xlsb({"Blad1": xlsb_row(0, ["Värde", "Antal"]) + xlsb_row(2, ["#fel", 2.5])})
    assert cells(content) == [("Värde", "Antal"), (None, None), ("#DIVISION/0!", "2.5")]


def test_records_are_counted(monkeypatch):
    monkeypatch.setattr(binary_sheets, "MAX_RECORDS", 10)
    assert code(xlsb_row(0, [1] * 8)) == "too_large"


@pytest.mark.parametrize("size", [0, 1, 127, 128, 20_000])
@pytest.mark.parametrize("kind", [0, 127, 128, 156, 5000])
def test_records_of_every_size_are_walked(kind, size):
    data = record(kind, bytes(size)) * 2
    assert [(found, end - start) for found, start, end in records(data)] == [(kind, size)] * 2


def test_a_cut_off_record_is_told():
    with pytest.raises(IndexError):
        list(records(record(5, bytes(20))[:-1]))
    assert code(record(5, bytes(20))[:3] + b"\xff\xff\xff") == "damaged_file"


def test_shared_texts_count_for_each_cell_that_shows_them(monkeypatch):
    monkeypatch.setattr("etl.extract.container.MAX_UNPACKED", 100_000)
    texts = record(159, bytes(8)) + record(19, bytes(30_000)) + record(160)
    lengths = shared_lengths(texts)
    assert lengths == [30_000]
    cell = record(7, struct.pack("<III", 0, 0, 0))
    assert look(record(0, bytes(17)) + cell * 3, lengths).refused is None
    assert look(record(0, bytes(17)) + cell * 4, lengths).refused is not None


def listed(relation: bytes, name: bytes) -> bytes:
    return record(156, bytes(8) + relation + name)


def test_listed_sheets_are_named_by_their_relations():
    one, name = b"\x01\0\0\0\xe5\0", b"\x02\0\0\0A\0B\0"
    assert sheets_listed(record(143) + listed(one, name) * 2 + record(144)) == ["å", "å"]


@pytest.mark.parametrize(
    ("relation", "name"),
    [(b"\xff\xff\xff\x7f", b""), (bytes(4), b"\x09\0\0\0A\0"), (b"", b""), (bytes(4), b"\x01")],
)
def test_a_listed_sheet_that_is_cut_off_is_told(relation, name):
    with pytest.raises(IndexError):
        sheets_listed(listed(relation, name))


def test_a_sheet_whose_relation_is_not_there_is_damage():
    content = xlsb({"Blad1": xlsb_row(0, ["a"])})
    relations = zipfile.ZipFile(io.BytesIO(content)).read("xl/_rels/workbook.bin.rels")
    broken = repacked(content, workbook=None)
    target = io.BytesIO(broken)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/workbook.bin", zipfile.ZipFile(io.BytesIO(content)).read("xl/workbook.bin"))
        archive.writestr("xl/_rels/workbook.bin.rels", relations.replace(b"rId1", b"rId9"))
    assert open_workbook(target.getvalue())[1]["code"].to_list() == ["damaged_file"]
