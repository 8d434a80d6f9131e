from __future__ import annotations

import random

import polars as pl
import pytest

from schemas.problem import Report, no_problems, problem, problems_from
from schemas.problem_groups import (
    GROUP_SCHEMA,
    MAX_CASES,
    MAX_RANGES,
    MAX_VALUES,
    grouped,
    rows_text,
    values_text,
)

NBSP = "\u00a0"


def wrong(rows, **more) -> pl.DataFrame:
    """Problems on rows; each may be given as (row, value) or as a row."""
    pairs = [row if isinstance(row, tuple) else (row, None) for row in rows]
    told = {
        "code": "bad_number",
        "expected": "ett tal",
        "hint": "Rätta.",
        "sheet": "Blad1",
        "column": "Värde",
        **more,
    }
    frame = pl.DataFrame(
        {"row": [row for row, _ in pairs], "value": [value for _, value in pairs]},
        schema={"row": pl.Int64, "value": pl.String},
    )
    places = {"sheet": pl.lit(told.pop("sheet")), "row": "row", "value": "value"}
    return problems_from(frame, told.pop("code"), **told, **places)


def ranges(item) -> list[tuple[int, int]]:
    return [(part["first"], part["last"]) for part in item["rows"]]


def counted(item) -> dict[str, int]:
    return {part["value"]: part["count"] for part in item["values"]}


def test_nothing_is_grouped_into_nothing():
    assert grouped(no_problems()).schema == GROUP_SCHEMA
    assert grouped(no_problems()).is_empty()


def test_the_columns_are_told():
    assert dict(grouped(wrong([2])).schema) == GROUP_SCHEMA


def test_one_mistake_made_4000_times_is_one_line():
    (told,) = grouped(wrong([(row, f"v{row % 5}") for row in range(2, 4002)])).to_dicts()
    assert (told["count"], ranges(told), told["more_rows"]) == (4000, [(2, 4001)], 0)
    assert counted(told) == dict.fromkeys(["v0", "v1", "v2", "v3", "v4"], 800)
    assert rows_text(told["rows"]) == f"rad 2–4{NBSP}001"
    assert len(told["cases"]) == 1


def test_names_with_a_suggestion_each_are_one_group_with_a_case_each():
    frame = pl.concat(
        [
            wrong([(2, "Lidköpig"), (3, "Lidköpig"), (9, "Lidkoping")], hint="Menade du Lidköping?"),
            wrong([(4, "Sakra")], hint="Menade du Skara?"),
            wrong([(5, "Stockholm"), (6, "Malmö"), (7, "Umeå"), (8, "Umeå")], hint="Området finns inte."),
        ]
    )
    (told,) = grouped(frame).to_dicts()
    assert (told["count"], told["hint"], told["expected"]) == (8, None, "ett tal")
    assert ranges(told) == [(2, 9)]
    assert [(case["hint"], case["count"], ranges(case)) for case in told["cases"]] == [
        ("Området finns inte.", 4, [(5, 8)]),
        ("Menade du Lidköping?", 3, [(2, 3), (9, 9)]),
        ("Menade du Skara?", 1, [(4, 4)]),
    ]
    assert counted(told["cases"][0]) == {"Umeå": 2, "Stockholm": 1, "Malmö": 1}
    assert next(iter(counted(told["cases"][0]))) == "Umeå"


def test_bounds_of_several_indicators_are_one_group():
    frame = pl.concat([wrong([2, 3], expected="0 till 100"), wrong([4], expected="0 till 365")])
    (told,) = grouped(frame).to_dicts()
    assert (told["expected"], told["hint"], told["count"]) == (None, "Rätta.", 3)
    assert [case["expected"] for case in told["cases"]] == ["0 till 100", "0 till 365"]


def test_a_sentence_of_its_own_for_every_row_makes_cases_and_never_groups():
    frame = pl.concat([wrong([row], hint=f"Rad {row} avviker med {row} procent.") for row in range(2, 402)])
    (told,) = grouped(frame).to_dicts()
    assert (len(told["cases"]), told["more_cases"]) == (MAX_CASES, 400 - MAX_CASES)
    assert (told["count"], ranges(told)) == (400, [(2, 401)])


@pytest.mark.parametrize(
    "difference", [{"code": "x"}, {"severity": "warning"}, {"column": "Täljare"}, {"column": None}]
)
def test_another_code_severity_or_column_is_another_group(difference):
    assert grouped(pl.concat([wrong([2]), wrong([3], **difference)])).height == 2


def test_sheets_are_named_with_their_rows():
    frame = pl.concat([wrong([2, 3], sheet="Jan"), wrong([2, 5], sheet="Feb")])
    (told,) = grouped(frame).to_dicts()
    assert told["sheet"] is None
    assert rows_text(told["rows"]) == "Feb rad 2, 5; Jan rad 2, 3"


def test_the_same_row_twice_is_one_row():
    (told,) = grouped(wrong([2, 2, 3])).to_dicts()
    assert (told["count"], ranges(told)) == (3, [(2, 3)])


def test_a_problem_without_a_place_has_none():
    (told,) = grouped(problem("empty_file", expected="x", hint="y")).to_dicts()
    assert (told["rows"], told["values"], told["more_rows"], told["more_values"]) == ([], [], 0, 0)
    assert (rows_text(told["rows"]), values_text(told["values"])) == ("", "")


def test_errors_come_first_and_then_what_is_most_frequent():
    frame = pl.concat(
        [
            wrong(range(2, 12), code="w", severity="warning"),
            wrong([2], code="rare"),
            wrong([3, 4, 5], code="common"),
        ]
    )
    assert grouped(frame)["code"].to_list() == ["common", "rare", "w"]


def test_what_is_left_out_is_counted():
    (told,) = grouped(wrong([(row * 2, f"v{row}") for row in range(1, 1001)])).to_dicts()
    assert (len(told["rows"]), told["more_rows"]) == (MAX_RANGES, 1000 - MAX_RANGES)
    assert (len(told["values"]), told["more_values"]) == (MAX_VALUES, 1000 - MAX_VALUES)
    assert rows_text(told["rows"], told["more_rows"]) == "rad 2, 4, 6, 8, 10 och 995 till"
    assert values_text(told["values"], told["more_values"]) == "”v1”, ”v2”, ”v3” och 997 till"


@pytest.mark.parametrize("seed", range(5))
def test_ranges_cover_the_rows_and_no_others(seed):
    rows = random.Random(seed).sample(range(1, 400), 90)
    (told,) = grouped(wrong(rows)).to_dicts()
    spanned = [row for first, last in ranges(told) for row in range(first, last + 1)]
    assert spanned == sorted(rows)
    assert all(
        second[0] > first[1] + 1 for first, second in zip(ranges(told), ranges(told)[1:], strict=False)
    )


@pytest.mark.parametrize(
    ("rows", "more", "said"),
    [
        ([(5, 5)], 0, "rad 5"),
        ([(5, 6)], 0, "rad 5, 6"),
        ([(5, 5), (9, 9), (12, 40)], 3, "rad 5, 9, 12–40 och 3 till"),
        ([(1, 1), (3, 3), (5, 5), (7, 7), (9, 9), (11, 20)], 1, "rad 1, 3, 5, 7, 9 och 11 till"),
    ],
)
def test_rows_as_a_reader_says_them(rows, more, said):
    assert rows_text([{"sheet": "", "first": first, "last": last} for first, last in rows], more) == said


@pytest.mark.parametrize(
    ("values", "more", "said"),
    [
        ([("a", 1)], 0, "”a”"),
        ([("a", 12)], 0, "”a”"),
        ([("a", 12), ("b", 1)], 0, "”a” (12), ”b”"),
        ([("a", 2), ("b", 1), ("c", 1), ("d", 1)], 10, "”a” (2), ”b”, ”c” och 11 till"),
        ([("x" * 300, 1)], 0, f"”{'x' * 59}…”"),
    ],
)
def test_values_as_a_reader_says_them(values, more, said):
    assert values_text([{"value": value, "count": count} for value, count in values], more) == said


def test_a_report_groups_once():
    report = Report.of(wrong([2, 3]))
    assert report.grouped() is report.grouped()
