from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.separated import decode, read_separated, sniff_separator
from tests.etl.extract.build import cells, lines

TEXT = "Område;Värde\nÅmål;1,5\nÖckerö;2\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings_are_told_and_never_guessed_wider(encoding):
    assert cells(TEXT.encode(encoding)) == [("Område", "Värde"), ("Åmål", "1,5"), ("Öckerö", "2")]


def test_utf_16_big_endian_with_a_mark():
    assert decode(b"\xfe\xff" + "Åmål".encode("utf-16-be")) == "Åmål".encode()


@pytest.mark.parametrize(
    "content", ["Åmål".encode("utf-16-le")[:-1], b"\x81\x8d\xe5", b"\x01\x02", b"\x00a" * 9 + b"\x00\x01"]
)
def test_what_is_no_text_is_none(content):
    assert decode(content) is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n", "\r"])
def test_line_ends_of_all_kinds(end):
    assert cells(lines("Titel", "", "a;b", "1;2", end=end)) == [
        ("Titel", None),
        (None, None),
        ("a", "b"),
        ("1", "2"),
    ]


@pytest.mark.parametrize(
    ("rows", "separator"),
    [
        (["a;b;c", "1,5;2,5;3", "2,5;3,5;4"], ";"),
        (["a;b", "1,5;2,5", "3,5;1,5"], ";"),
        (["a,b,c", "1,2,3"], ","),
        (["1,2,3", "4,5,6"], ","),
        (["a\tb", "1,5\t2", "3,5\t4"], "\t"),
        (["Titel, med komma", "", "a;b;c", "1;2;3"], ";"),
        (['"a, b";c', '"d, e";f'], ";"),
        (["a;b;c;d;e", "1,5;2", "2,5;3", "3,5;4"], ";"),
        (["ett ord"], ";"),
        (["a|b|c", "1,5|2,5|3"], "|"),
        (["Region;Antal", "| Sverige |;5", "Åmål;3"], ";"),
    ],
)
def test_the_separator_is_told_from_the_content(rows, separator):
    assert sniff_separator(rows) == separator


def test_a_declared_separator_is_no_row():
    assert cells(lines("sep=|", "a|b;c", "1|2;3")) == [("a", "b;c"), ("1", "2;3")]


def test_ragged_lines_keep_every_cell_and_their_row():
    content = lines("Titel", "", "a;b;c", "1;2", "3;4;5;6", ";;", "7")
    assert cells(content) == [
        ("Titel", None, None, None),
        (None,) * 4,
        ("a", "b", "c", None),
        ("1", "2", None, None),
        ("3", "4", "5", "6"),
        (None,) * 4,
        ("7", None, None, None),
    ]


@pytest.mark.parametrize(
    ("rows", "widths"),
    [
        (["a,b", '"1,5",2', "1,5,2,", "", "1"], [2, 2, 4, 1, 1]),
        (["a,b", '"två\nrader",2,', "1,5,2"], [2, 3, 3]),
        (["a;b", "1,5;2,5"], None),
    ],
)
def test_rows_of_comma_separated_text_know_how_many_cells_they_were_written_with(rows, widths):
    found, _ = read_separated(lines(*rows))
    assert found is not None
    assert (None if found.widths is None else found.widths.to_list()) == widths


def test_a_long_line_after_the_sample_keeps_its_cells():
    content = lines("a;b", *["1;2"] * 5000, "1;2;3;4")
    assert cells(content)[-1] == ("1", "2", "3", "4")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (['a;"x;y"', '1;"säg ""hej"""'], [("a", "x;y"), ("1", 'säg "hej"')]),
        (['a;"två\nrader";c', "1;2;3"], [("a", "två\nrader", "c"), ("1", "2", "3")]),
        (['a;5" rör;c', "1;2;3"], [("a", '5" rör', "c"), ("1", "2", "3")]),
        (['""', "a;b"], [(None, None), ("a", "b")]),
    ],
)
def test_quotation_marks(rows, expected):
    got = [tuple(cell or None for cell in row) for row in cells(lines(*rows))]
    assert got == expected


@pytest.mark.parametrize("content", [b'a;b\n1;"2\n3;4\n', b'a;b\n1;"2\n' + b"3;4\n" * 500])
def test_a_quotation_mark_never_closed_is_told_with_its_row(content):
    found, refused = read_separated(content)
    assert found is None
    assert refused is not None
    assert (refused["code"].item(), refused["row"].item()) == ("unclosed_quote", 2)


def test_too_many_columns_are_refused():
    found, refused = read_separated(lines("a;b", ";" * 600 + "x"))
    assert found is None
    assert refused is not None
    assert refused["code"].item() == "too_many_columns"


@pytest.mark.benchmark_suite
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"1;2\n" * 2_000_000, "too_many_rows"),
        (b"1;2\r\r\n" * 1_100_001, "too_many_rows"),
        (b";".join([b"1"] * 400) + b"\n" + b"1\n" * 100_000, "too_large"),
        (b"1\n" * 100_000 + b";".join([b"1"] * 400), "too_large"),
        (b";".join([b"1"] * 10_000), "too_many_columns"),
    ],
    ids=["rows", "line ends", "wide heading", "wide last line", "columns"],
)
def test_what_would_take_too_much_is_refused_before_it_is_parsed(content, code):
    started = time.perf_counter()
    found, refused = read_separated(content)
    assert found is None
    assert refused is not None
    assert refused["code"].item() == code
    assert time.perf_counter() - started < 2


def test_as_many_rows_as_excel_has_are_read():
    found, _ = read_separated(b"1;2\n" * 1_048_576)
    assert found is not None
    assert found.cells.shape == (1_048_576, 2)


cell = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(cell, min_size=3, max_size=3), min_size=1, max_size=12), st.booleans())
def test_what_a_csv_writer_wrote_is_read_back(rows, quoted):
    rows = [["Indikator", "Område", "Värde"], *rows]
    text = io.StringIO()
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(rows)
    got, refused = read_separated(text.getvalue().encode())
    assert refused is None
    assert got is not None
    padded = [[(value or "") for value in row] + [""] * (3 - len(row)) for row in got.cells.rows()]
    assert padded == rows


@pytest.mark.benchmark_suite
def test_a_hundred_thousand_rows_are_quick():
    content = lines(
        "a;b;c;d;e;f;g;h;i;j", *[f"{i};Åmål;2024-05;;;{i % 100},5;{i};{i};;VGR" for i in range(100_000)]
    )
    taken, heights = [], set()
    for _ in range(3):
        start = time.perf_counter()
        found, _ = read_separated(content)
        taken.append(time.perf_counter() - start)
        heights.add(None if found is None else found.cells.height)
    assert heights == {100_001}
    assert min(taken) < 0.4, "four times what it takes on two slow cores"


def test_the_raw_table_of_scb_is_read(shared_data):
    content = (shared_data / "scb_pxweb_raw_latin1_utl_harkomst_2021-07-09.csv").read_bytes()
    rows = cells(content)
    assert str(rows[0][0]).startswith("Antal personer efter region")
    assert set(rows[1]) == {None}
    assert rows[2][:3] == ("region", "utländsk/svensk bakgrund", "2002")
    assert rows[3][:3] == ("0114 Upplands Väsby", "utländsk bakgrund", "10132")
