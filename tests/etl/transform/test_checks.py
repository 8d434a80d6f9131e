from __future__ import annotations

import polars as pl
import pytest

from etl.transform.checks import SHOWN_LENGTH, Check, Known, apply, empty_cell, heading, unknown_word

FRAME = pl.DataFrame(
    {
        "sheet": ["Blad"] * 3,
        "row": [2, 3, 4],
        "indicator": ["a", "b", "a"],
        "raw_value": ["1", None, "x"],
        "value": [1.0, None, None],
        "raw_sex": ["K", "Q", None],
        "sex": ["women", None, None],
    }
)
HEADINGS = {"value": "Värde", "sex": "Kön"}


def test_errors_mark_rows_and_warnings_do_not():
    wrong = Check("e", "value", pl.col("value").is_null(), "ett tal", "Rätta.")
    odd = Check("w", "value", pl.col("row") == 2, "ett tal", "Se efter.", severity="warning")
    bad, told = apply(FRAME, [wrong, odd], HEADINGS)
    assert bad.to_list() == [False, True, True]
    assert told.select("code", "severity", "sheet", "row", "column", "value").rows() == [
        ("e", "error", "Blad", 3, "Värde", None),
        ("e", "error", "Blad", 4, "Värde", "x"),
        ("w", "warning", "Blad", 2, "Värde", "1"),
    ]


def test_a_condition_that_cannot_be_told_counts_as_right():
    bad, told = apply(FRAME, [Check("e", "value", pl.col("value") > 0.5, "x", "x")], HEADINGS)
    assert bad.to_list() == [True, False, False]
    assert told.height == 1


@pytest.mark.parametrize(
    ("check", "rows"),
    [
        (empty_cell("value"), [3]),
        (empty_cell("value", pl.col("row") > 2), [3, 4]),
        (unknown_word("sex", "x", FRAME, {"k": "women"}, {"women": "Kvinnor"}), [3]),
    ],
)
def test_ready_made_checks(check, rows):
    assert apply(FRAME, [check], HEADINGS)[1]["row"].to_list() == rows


@pytest.mark.parametrize(
    ("cell", "is_error"),
    [
        ("#DIVISION/0!", True),
        ("#SAKNAS!", True),
        ("#VÄRDEFEL!", True),
        ("#N/A", True),
        ("#NAME?", True),
        ("#SPILL!", True),
        ("#1", False),
        ("#", False),
        ("#saknas", False),
        ("Ring #N/A", False),
    ],
)
def test_an_excel_error_is_told_as_that_and_nothing_else(cell, is_error):
    frame = FRAME.with_columns(pl.Series("raw_value", ["1", cell, None]))
    unread = Check("bad_number", "value", pl.col("raw_value") == cell, "ett tal", "Rätta.")
    bad, told = apply(frame, [unread, empty_cell("value")], HEADINGS)
    assert bad.to_list() == [False, True, True]
    assert told.select("code", "row", "column", "value").rows() == [
        ("excel_error" if is_error else "bad_number", 3, "Värde", cell),
        ("missing_value", 4, "Värde", None),
    ]


def test_a_word_is_suggested_where_one_is_near():
    frame = FRAME.with_columns(pl.Series("raw_sex", ["Kvinnor", "kvinor", "zzz"]))
    check = unknown_word("sex", "ett ord", frame, {"kvinnor": "women"}, {"women": "Kvinnor"})
    _, told = apply(frame, [check], HEADINGS)
    assert told.select("code", "value", "hint").rows() == [
        ("unknown_sex", "kvinor", "Menade du Kvinnor?"),
        ("unknown_sex", "zzz", "Välj ett av orden ur mallens förklaringsblad."),
    ]


def test_a_heading_by_indicator():
    names = FRAME.select(heading("value", {"value": "Värde", "value/a": "Värde a"}))
    assert names.to_series().to_list() == ["Värde a", "Värde", "Värde a"]


def test_a_column_that_the_file_lacks_keeps_its_own_name():
    assert pl.select(heading("flag", {})).item() == "flag"


def test_known_names_give_ids_and_hints():
    known = Known("sex", {"kvinnor": "women"}, {"women": "Kvinnor"}, "unknown_sex", "ett ord", "Nej.")
    frame = FRAME.with_columns(pl.Series("raw_sex", ["Kvinnor", "kvinor", "zzz"]))
    frame = frame.with_columns(known.ids(frame))
    assert frame["sex"].to_list() == ["women", None, None]
    _, told = apply(frame, [known.check(frame)], HEADINGS)
    assert told.select("row", "value", "hint").rows() == [
        (3, "kvinor", "Menade du Kvinnor?"),
        (4, "zzz", "Nej."),
    ]


@pytest.mark.parametrize(
    ("length", "shown"),
    [(SHOWN_LENGTH, "å" * SHOWN_LENGTH), (SHOWN_LENGTH + 1, "å" * (SHOWN_LENGTH - 1) + "…")],
)
def test_a_long_cell_is_shown_from_its_beginning(length, shown):
    frame = FRAME.head(1).with_columns(pl.lit("å" * length).alias("raw_value"))
    _, told = apply(frame, [Check("e", "value", pl.lit(value=True), "ett tal", "Rätta.")], HEADINGS)
    assert told["value"].to_list() == [shown]
