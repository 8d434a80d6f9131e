from __future__ import annotations

import polars as pl
import pytest

from schemas.harmless import STARTS, harmless, harmless_texts

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
    "＝1+1",
    "＠SUM(1)",
]
PLAIN = [
    "", "Skaraborg", "-1,5", "+46", "-1 234,5", "-1\u00a0234 %", "−3", "1=2", "'=1+1", "-2e-05", "18+", "-", ".", "..",
]  # fmt: skip


@pytest.mark.parametrize("cell", FORMULAS)
def test_what_a_spreadsheet_would_run_is_quoted(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", PLAIN)
def test_numbers_words_and_the_sign_for_missing_stay_as_they_are(cell):
    assert harmless(cell) == cell


@pytest.mark.parametrize(("cell", "said"), [(None, ""), (7, "7"), (-7, "-7"), (0, "0"), (-1.5, "-1.5")])
def test_other_cells(cell, said):
    assert harmless(cell) == said


@pytest.mark.parametrize("sign", STARTS)
def test_every_sign_that_begins_a_formula(sign):
    assert harmless(f"{sign}x") == f"'{sign}x"


def test_a_column_is_told_as_its_cells_are():
    cells = [*FORMULAS, *PLAIN, None]
    said = pl.DataFrame({"a": cells}, schema={"a": pl.String}).select(harmless_texts(pl.col("a")))["a"]
    assert said.to_list() == [None if cell is None else harmless(cell) for cell in cells]
