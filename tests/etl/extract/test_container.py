from __future__ import annotations

import zlib

import pytest

from etl.extract import container
from etl.extract.container import column_number, refuse_by_first_bytes, refuse_zip
from tests.etl.extract.build import packed, repacked, xlsx

PLAIN = xlsx({"Blad1": [["a", "b"]]})


def sheet(*references: str, quote: str = '"') -> bytes:
    body = "".join(f"<c r={quote}{reference}{quote}><v>1</v></c>" for reference in references)
    return repacked(PLAIN, sheet1=f"<worksheet><sheetData><row>{body}</row></sheetData></worksheet>".encode())


def code(content: bytes) -> str | None:
    refused = refuse_zip(content)
    return None if refused is None else refused["code"].item()


@pytest.mark.parametrize(
    ("letters", "number"), [(b"A", 1), (b"Z", 26), (b"AA", 27), (b"SF", 500), (b"XFD", 16384)]
)
def test_column_letters(letters, number):
    assert column_number(letters) == number


@pytest.mark.parametrize(
    ("references", "expected"),
    [
        (("A1", "SF1"), None),
        (("A1", "SG1"), "too_many_columns"),
        (("A1", "XFD1048576"), "too_many_columns"),
        (("A1", "K1048576"), None),
        (("A1", "L1048576"), "too_large"),
        (("A1", "Z99999"), None),
        (("A1", "AA1048576"), "too_large"),
        (("SF1", "A90000"), "too_large"),
        (("SF1", "A9999"), None),
    ],
)
def test_a_lone_cell_far_out_is_refused_before_memory_is_taken(references, expected):
    assert code(sheet(*references)) == expected
    assert code(sheet(*references, quote="'")) == expected


def test_a_bomb_is_refused_by_what_it_says_it_unpacks_to(monkeypatch):
    monkeypatch.setattr(container, "RATIO_COUNTS_FROM", 100_000)
    bomb = packed({"xl/workbook.xml": b"x", "xl/worksheets/sheet1.xml": b"0" * 1_000_000})
    assert len(zlib.compress(b"0" * 1_000_000)) * container.MAX_RATIO < 1_000_000
    assert code(bomb) == "too_large"


def test_more_than_the_limit_unpacked_is_refused(monkeypatch):
    monkeypatch.setattr(container, "MAX_UNPACKED", 1000)
    assert code(PLAIN) == "too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused(encoding):
    laugh = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    assert code(repacked(PLAIN, sharedStrings=laugh.encode(encoding))) == "forbidden_content"


def test_a_part_whose_checksum_is_wrong_is_damage():
    broken = bytearray(PLAIN)
    place = PLAIN.index(b"xl/worksheets/sheet1.xml") + 60
    broken[place : place + 20] = bytes(20)
    assert code(bytes(broken)) == "damaged_file"


def test_an_ordinary_workbook_passes():
    assert code(PLAIN) is None


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PAR1xxxx", "en Parquet-fil"),
        (b"\x1f\x8b\x08", "en komprimerad fil"),
        (b"  <html><body>", "en webbsida eller ett XML-dokument"),
        (b'[{"a": 1}]', "ett JSON-dokument"),
    ],
)
def test_other_files_are_named(content, what):
    refused = refuse_by_first_bytes(content)
    assert refused is not None
    assert refused["value"].item() == what
    assert what in refused["hint"].item()


@pytest.mark.parametrize(
    "content", [b"Indikator;V\xe4rde\n", b"[Rapport];2024\n", b"1;2\n", b"\xef\xbb\xbfa"]
)
def test_text_is_not_refused_by_its_first_bytes(content):
    assert refuse_by_first_bytes(content) is None
