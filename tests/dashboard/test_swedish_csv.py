"""Downloads that a spreadsheet opens and never runs."""

from __future__ import annotations

import csv
import io

import pytest

from dashboard import swedish_csv

FORMULAS = [
    "=1+1",
    "=1+cmd|' /C calc'!A0",
    '=HYPERLINK("https://x.test";"Klicka")',
    "+1+cmd|' /C calc'!A0",
    "+SUM(A1)",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "--",
    "-",
]
PLAIN = ["", "Skaraborg", "-1,5", "+46", "-1 234,5", "-1\u00a0234 %", "−3", "1=2", "'=1+1", "-2e-05", "18+"]


@pytest.mark.parametrize("cell", FORMULAS)
def test_what_a_spreadsheet_would_run_is_quoted(cell):
    assert swedish_csv.harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", PLAIN)
def test_numbers_and_words_stay_as_they_are(cell):
    assert swedish_csv.harmless(cell) == cell


@pytest.mark.parametrize(("cell", "said"), [(None, ""), (7, "7"), (-7, "-7"), (0, "0")])
def test_other_cells(cell, said):
    assert swedish_csv.harmless(cell) == said


def test_the_file_is_read_back_whole():
    rows = [["Åmål", 'sa "hej"; och gick', "rad 1\nrad 2"], ["", None, 3]]
    content = swedish_csv.as_bytes(["A", "B", "C"], rows)
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert read == [["A", "B", "C"], rows[0], ["", "", "3"]]
    assert content.endswith(b"\r\n")
