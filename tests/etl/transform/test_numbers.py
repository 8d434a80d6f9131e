from __future__ import annotations

import time
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from etl.transform.numbers import Evidence, as_kronor, decimals, evidence, parse

SPACES = [" ", "\u00a0", "\u202f", "\u2009", "\u2007"]


def one(text: str | None, *, thousands: bool = False, marks: dict | None = None):
    found = parse(pl.Series([text], dtype=pl.String), point_is_thousands=thousands, marks=marks)
    return found.as_float()[0], found.mark[0], found.bad[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("007", 7), ("12,5", 12.5), ("12.5", 12.5), ("-3", -3), ("\u22123,5", -3.5), ("+4", 4),
        ("1 234", 1234), ("81 314 959", 81314959), ("1\u00a0234,5", 1234.5), ("1\u202f234", 1234),
        ("1\u2009234 567", 1234567), ("1.299,99", 1299.99), ("1.234.567", 1234567), ("75 %", 75), ("75,5\u00a0%", 75.5),
        ("75%", 75), ("1 234 kr", 1234), ("50 kronor", 50), ("1e-5", 1e-5), ("1,5E+3", 1500),
        ("0.30000000000000004", 0.30000000000000004), ("0.123", 0.123), ("1234.567", 1234.567),
    ],
)  # fmt: skip
@pytest.mark.parametrize("thousands", [True, False])
def test_ways_to_write_a_number(text, value, thousands):
    assert one(text, thousands=thousands) == (value, None, False)


@pytest.mark.parametrize(("thousands", "value"), [(True, 1234), (False, 1.234)])
@pytest.mark.parametrize("text", ["1.234", "1.234 kr"])
def test_a_lone_point_before_three_digits_is_decided_by_the_file(thousands, value, text):
    assert one(text, thousands=thousands)[0] == value


@pytest.mark.parametrize(
    "text",
    ["abc", "12 34", "1  234", "1,299.99", "1,234,567", "1.23.456", "12,", ",5", "5-", "--5", "1e999", "nan", "inf",
     "NaN", "0x10", "1_000", "٣", "1 234.567.890", "12 mkr", "=1+1", "<", "%"],
)  # fmt: skip
def test_what_is_no_number_is_bad(text):
    assert one(text) == (None, None, True)


@pytest.mark.parametrize("text", ["<5", "< 5", "<10", "färre än 5", "Mindre än 20"])
def test_a_count_below_a_limit_is_suppressed(text):
    assert one(text) == (None, "suppressed", False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-", (None, "missing", False)),
        ("..", (None, "suppressed", False)),
        ("–", (0, None, False)),
        (".", (None, None, True)),
    ],
)
def test_marks_mean_what_the_source_says(text, expected):
    assert one(text, marks={"-": "missing", "..": "suppressed", "–": "zero"}) == expected


def test_an_empty_cell_is_nothing_and_not_bad():
    assert one(None) == (None, None, False)


def test_per_cent_signs_are_kept_apart():
    found = parse(pl.Series(["75", "75 %", None, "1 000"]), point_is_thousands=False)
    assert found.percent.to_list() == [False, True, False, False]


def test_kronor_are_kept_apart_from_per_cent():
    found = parse(pl.Series(["75", "75 %", "1 000 kr"]), point_is_thousands=False)
    assert found.percent.to_list() == [False, True, False]
    assert found.kronor.to_list() == [False, False, True]


whole = st.integers(min_value=0, max_value=10**12)


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


@settings(deadline=None)
@given(whole, st.integers(0, 6), st.booleans(), st.sampled_from([*SPACES, "", "."]), st.data())
def test_what_is_written_in_swedish_is_read_back(number, places, negative, mark, data):
    digits = "".join(data.draw(st.sampled_from("0123456789")) for _ in range(places))
    assume(not (mark == "." and not digits))
    text = ("\u2212" if negative else "") + grouped(number, mark) + (f",{digits}" if digits else "")
    expected = Decimal(("-" if negative else "") + str(number) + (f".{digits}" if digits else ""))
    found = parse(pl.Series([text]), point_is_thousands=data.draw(st.booleans()))
    assert Decimal(found.text[0]) == expected


@settings(deadline=None)
@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False))
def test_what_a_program_writes_is_read_back(number):
    assert one(repr(number))[0] == pytest.approx(number, rel=1e-15)


@settings(deadline=None)
@given(st.text(max_size=12))
def test_any_text_is_a_number_a_mark_or_bad(text):
    value, mark, bad = one(text)
    assert sum([value is not None, mark is not None, bad]) == 1


@pytest.mark.parametrize(
    ("columns", "value_thousands", "count_thousands"),
    [
        ([["75,5"], ["1.234"]], True, True),
        ([["75.5"], ["1.234"]], False, False),
        ([["75,5", "75.5"], ["1.234"]], False, False),
        ([["0.123", "1.234"]], False, False),
        ([["1.299,99"], ["1.234"]], True, True),
        ([["1.234.567", "1.234"]], True, True),
        ([["1 234,5"], ["1.234"]], True, True),
        ([["1.234", "5"]], False, True),
        ([["<5", None, "abc"]], False, True),
        ([["1e-5"], ["1.5e-5"], ["1.234"]], False, False),
    ],
)
def test_the_files_other_numbers_decide(columns, value_thousands, count_thousands):
    found = evidence([pl.Series(column, dtype=pl.String) for column in columns])
    assert found.point_is_thousands(whole=False) == value_thousands
    assert found.point_is_thousands(whole=True) == count_thousands


def test_without_any_number_there_is_no_evidence():
    assert evidence([pl.Series([None], dtype=pl.String)]) == Evidence()


@pytest.mark.parametrize(("text", "count"), [("75", 0), ("75.5", 1), ("-0.125", 3), ("1e-5", 0), (None, 0)])
def test_decimals_are_counted(text, count):
    assert decimals(pl.Series([text], dtype=pl.String)).to_list() == [count]


@pytest.mark.parametrize(
    ("text", "kronor"),
    [
        ("81314959", "81314959.00"), ("1234.5", "1234.50"), ("0.07", "0.07"), ("1234.5600000001", "1234.56"),
        ("0.30000000000000004", "0.30"), ("1.000", "1.00"), ("9999999999999.99", "9999999999999.99"),
        ("1.005", None), ("0.001", None), ("1e3", None), ("99999999999999999999", None),
    ],
)  # fmt: skip
def test_kronor_are_exact(text, kronor):
    exact, bad = as_kronor(pl.Series([text]))
    assert exact.dtype == pl.Decimal(18, 2)
    assert exact[0] == (None if kronor is None else Decimal(kronor))
    assert bad[0] == (kronor is None)


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_every_sum_of_money_survives(amount):
    exact, bad = as_kronor(pl.Series([str(amount)]))
    assert (exact[0], bad[0]) == (amount, False)


@pytest.mark.benchmark_suite
def test_two_hundred_thousand_bad_numbers_are_quick():
    texts = pl.Series([f"12x{i}" for i in range(200_000)])
    start = time.perf_counter()
    assert parse(texts, point_is_thousands=False).bad.all()
    assert time.perf_counter() - start < 1.5


@pytest.mark.parametrize("text", ["٣", "１２", "1٣", "३,५"])
def test_digits_of_other_scripts_are_bad_numbers(text):
    assert one(text) == (None, None, True)
