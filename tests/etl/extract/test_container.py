from __future__ import annotations

import pytest

from etl.extract import container
from etl.extract.container import (
    packing_of,
    refuse_by_first_bytes,
    refuse_rectangle,
    refuse_size,
    refuse_text,
    refuse_unpacked,
)


def code(refused) -> str | None:
    return None if refused is None else refused["code"].item()


@pytest.mark.parametrize(
    ("size", "expected"), [(0, None), (200_000_000, None), (200_000_001, "too_large"), (2**31, "too_large")]
)
def test_a_file_is_refused_by_its_size_before_it_is_read(size, expected):
    assert code(refuse_size(size)) == expected


def test_the_size_is_told_in_megabytes():
    assert refuse_size(2_147_483_648)["value"].item() == "2\u00a0147\u00a0MB"


@pytest.mark.parametrize(
    ("rows", "columns", "expected"),
    [
        (1_048_576, 11, None),
        (1_048_576, 12, "too_large"),
        (2_000_000, 1, "too_many_rows"),
        (1, 500, None),
        (1, 10_000, "too_many_columns"),
        (24_000, 500, None),
        (24_001, 500, "too_large"),
    ],
)
def test_it_is_the_rectangle_that_counts(rows, columns, expected):
    assert code(refuse_rectangle(rows, columns)) == expected


@pytest.mark.parametrize(
    ("unpacked", "packed", "expected"),
    [
        (600_000_000, 100_000_000, None),
        (600_000_001, 100_000_000, "too_large"),
        (20_000_000, 1, None),
        (25_000_001, 100_000, "too_large"),
    ],
)
def test_what_unpacks_to_too_much_or_too_easily_is_refused(unpacked, packed, expected):
    assert code(refuse_unpacked(unpacked, packed)) == expected


def test_text_is_bounded():
    assert code(refuse_text(container.MAX_UNPACKED)) is None
    assert code(refuse_text(container.MAX_UNPACKED + 1)) == "too_large"


@pytest.mark.parametrize(
    ("content", "packing"),
    [
        (b"PK\x03\x04...", "zip"),
        (b"PK\x05\x06...", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "compound"),
        (b"PAR1....PAR1", "parquet"),
        (b'{"version": "2.0"}', "json"),
        (b'\xef\xbb\xbf [{"a": 1}]', "json"),
        (b"[Rapport];2024\n", "text"),
        (b"", "text"),
    ],
)
def test_how_a_file_is_packed_is_told_by_its_first_bytes(content, packing):
    assert packing_of(content) == packing


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7", "en PDF-fil"),
        (b"\x1f\x8b\x08", "en komprimerad fil"),
        (b"  <html><body>", "en webbsida eller ett XML-dokument"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "en webbsida eller ett XML-dokument"),
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
