"""Downloads that a spreadsheet opens and never runs."""

from __future__ import annotations

import csv
import io

import polars as pl

from dashboard import swedish_csv


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_no_cell_and_no_head_is_a_formula():
    assert read(swedish_csv.as_bytes(["=A"], [["=1+1"], [-1]])) == [["'=A"], ["'=1+1"], ["-1"]]
    assert read(swedish_csv.from_frame(pl.DataFrame({"A": ["=1+1", "-1"]}))) == [["A"], ["'=1+1"], ["-1"]]


def test_a_frame_is_written_as_rows_are():
    rows = [["Åmål", 'sa "hej"; och gick', 7], [None, "rad 1\nrad 2", -3], ["x", "@SUM(A1)", None]]
    frame = pl.DataFrame(rows, schema={"A": pl.String, "B": pl.String, "C": pl.Int64}, orient="row")
    content = swedish_csv.from_frame(frame)
    assert content == swedish_csv.as_bytes(["A", "B", "C"], rows)
    assert swedish_csv.from_frame(frame.clear()) == swedish_csv.as_bytes(["A", "B", "C"], [])


def test_the_file_is_read_back_whole():
    rows = [["Åmål", 'sa "hej"; och gick', "rad 1\nrad 2"], ["", None, 3]]
    content = swedish_csv.as_bytes(["A", "B", "C"], rows)
    assert content.startswith(b"\xef\xbb\xbf")
    assert read(content) == [["A", "B", "C"], rows[0], ["", "", "3"]]
    assert content.endswith(b"\r\n")
