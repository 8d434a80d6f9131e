from __future__ import annotations

import polars as pl
import pytest

from etl.extract import refusals
from schemas.problem import PROBLEM_SCHEMA

ALL = [
    refusals.empty_file(),
    refusals.not_a_spreadsheet(),
    refusals.not_a_spreadsheet("en bild"),
    refusals.damaged_file(),
    refusals.password_protected(),
    refusals.old_format("Excel 4"),
    refusals.too_large("300\u00a0MB", "200\u00a0MB"),
    refusals.too_many_columns(501, 500),
    refusals.forbidden_content(),
    refusals.unclosed_quote(7),
]


@pytest.mark.parametrize("refused", ALL, ids=lambda frame: frame["code"].item())
def test_a_refusal_is_one_error_that_says_what_to_do(refused):
    assert refused.schema == pl.Schema(PROBLEM_SCHEMA)
    row = refused.row(0, named=True)
    assert (refused.height, row["severity"]) == (1, "error")
    assert row["expected"]
    assert row["hint"][0].isupper()
    assert row["hint"].endswith(".")
