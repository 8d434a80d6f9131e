from __future__ import annotations

import polars as pl
import pytest

from schemas.problem import PROBLEM_SCHEMA, Report, no_problems, problem, problems_from


def test_no_problems_has_the_columns():
    assert dict(no_problems().schema) == PROBLEM_SCHEMA
    assert no_problems().is_empty()


def test_one_problem_is_one_row():
    frame = problem(
        "unknown_area", expected="ett område", hint="Rätta.", sheet="Blad1", row=7, column="Område", value="X"
    )
    assert dict(frame.schema) == PROBLEM_SCHEMA
    assert frame.row(0) == ("unknown_area", "error", "Blad1", 7, "Område", "X", "ett område", "Rätta.")


def test_problems_of_whole_columns():
    rows = pl.DataFrame({"sheet": ["a", "b"], "row": [2, 3], "text": ["x", "y"], "heading": ["H1", "H2"]})
    frame = problems_from(
        rows,
        "wrong",
        expected=pl.concat_str(pl.lit("inte "), "text"),
        hint="Rätta.",
        column=pl.col("heading"),
        value="text",
        severity="warning",
    )
    assert dict(frame.schema) == PROBLEM_SCHEMA
    assert frame.rows() == [
        ("wrong", "warning", "a", 2, "H1", "x", "inte x", "Rätta."),
        ("wrong", "warning", "b", 3, "H2", "y", "inte y", "Rätta."),
    ]


def test_problems_without_a_place():
    frame = problems_from(pl.DataFrame({"n": [1]}), "w", expected="e", hint="h", sheet=None, row=None)
    assert frame.select("sheet", "row", "column", "value").row(0) == (None, None, None, None)


ERROR = problem("e", expected="x", hint="h", sheet="a", row=5)
EARLIER = problem("e", expected="x", hint="h", sheet="a", row=2)
WARNING = problem("w", expected="x", hint="h", severity="warning", sheet="a", row=1)


@pytest.mark.parametrize(
    ("frames", "ok", "errors", "warnings"),
    [((), True, 0, 0), ((WARNING,), True, 0, 1), ((ERROR,), False, 1, 0), ((WARNING, ERROR), False, 1, 1)],
)
def test_only_errors_stop_a_delivery(frames, ok, errors, warnings):
    report = Report.of(*frames)
    assert (report.ok, report.errors.height, report.warnings.height) == (ok, errors, warnings)


def test_a_report_is_in_file_order_with_errors_first():
    report = Report.of(WARNING, ERROR).plus(EARLIER)
    assert report.frame["row"].to_list() == [2, 5, 1]


def test_the_same_mistake_many_times_is_one_line():
    rows = pl.DataFrame({"sheet": "a", "row": range(2, 4002), "text": [f"v{i % 5}" for i in range(4000)]})
    report = Report.of(problems_from(rows, "e", expected="x", hint="h", value="text"), WARNING)
    first, second = report.grouped().to_dicts()
    assert first["count"] == 4000
    assert first["rows"] == [{"sheet": "a", "first": 2, "last": 4001}]
    assert (second["code"], second["count"]) == ("w", 1)
