from __future__ import annotations

import polars as pl
import pytest

from etl.transform.period_suggestions import OTHERWISE, hint_for, period_hint
from etl.transform.suggestions import MAX_SUGGESTED


@pytest.mark.parametrize(
    ("text", "usual", "meant"),
    [
        ("2024/05", "month", "2024-05"),
        ("2024.5", "month", "2024-05"),
        ("2024--05", "month", "2024-05"),
        ("2024-05-", "month", "2024-05"),
        ("05-2024", "month", "2024-05"),
        ("5/2024", "month", "2024-05"),
        ("2O24-O5", "month", "2024-05"),
        ("2024-l2", "month", "2024-12"),
        ("maj-24", "month", "2024-05"),
        ("janauri 2024", "month", "2024-01"),
        ("Feburari 2024", "month", "2024-02"),
        ("20233", "month", "2023-03"),
        ("20233", "quarter", "2023K3"),
        ("20242", "half_year", "2024H2"),
        ("2024 kvratal 1", "quarter", "2024K1"),
        ("2024_K1", "quarter", "2024K1"),
        ("2O24", "year", "2024"),
        ("2024/05", None, "2024-05"),
    ],
)
def test_the_one_reading_is_suggested(text, usual, meant):
    assert hint_for(text, usual) == f"Menade du {meant}?"


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("20233", "year"),
        ("20233", None),
        ("20241", "month"),
        ("20245", "quarter"),
        ("24-05", "month"),
        ("2024-05-06-07", "month"),
        ("2019-2023", "year"),
        ("2024/2026", "season"),
        ("2024/05", "quarter"),
        ("juni-juli 2024", "month"),
        ("trettonde månaden", "month"),
        ("hela tiden", "year"),
        ("x" * 100_000, "year"),
        ("1", "year"),
        ("", "year"),
    ],
)
def test_what_can_be_read_in_several_ways_or_none_is_not(text, usual):
    assert hint_for(text, usual) == OTHERWISE


@pytest.mark.parametrize(
    ("text", "usual", "said"),
    [
        ("2023-13", "month", "Månaderna är 01–12."),
        ("2023M00", "month", "Månaderna är 01–12."),
        ("2024K5", "quarter", "Kvartalen är 1–4."),
        ("2024 v. 60", "week", "Året har inte den veckan."),
    ],
)
def test_a_number_that_does_not_exist_is_told_and_never_changed(text, usual, said):
    assert hint_for(text, usual) == f"{said} {OTHERWISE}"


def rows(*pairs: tuple[str | None, str | None]) -> pl.DataFrame:
    return pl.DataFrame(
        [(text, usual, None) for text, usual in pairs],
        schema={"raw_period": pl.String, "usual_period": pl.String, "period_start": pl.Date},
        orient="row",
    )


def test_each_row_has_the_hint_of_its_indicator():
    frame = rows(("20233", "month"), ("20233", "quarter"), ("20233", None), (None, "month"))
    assert frame.select(period_hint(frame).alias("hint"))["hint"].to_list() == [
        "Menade du 2023-03?",
        "Menade du 2023K3?",
        OTHERWISE,
        OTHERWISE,
    ]


def test_hints_end_where_they_help_no_one():
    frame = rows(*((f"20{i:04d}", "month") for i in range(1000)), ("2024/05", "month"))
    assert frame.select(hint=period_hint(frame))["hint"].n_unique() <= MAX_SUGGESTED + 1
    assert frame.select(hint=period_hint(frame))["hint"][-1] == OTHERWISE


@pytest.mark.parametrize("frame", [rows(), rows(("hela tiden", "year"))])
def test_nothing_to_suggest(frame):
    assert set(frame.select(pl.lit("x"), hint=period_hint(frame))["hint"]) <= {OTHERWISE}
