"""Guess which columns hold a value, its counts and its standard deviation, and how shares are written."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Literal, TypeAlias

from etl.extract.guess_words import is_code, likeness
from schemas.mapping import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.extract.guess_columns import Facts

Figures: TypeAlias = "dict[Figure, Facts]"
Share: TypeAlias = Literal["percent", "fraction", "either"]

#: Columns tried three by three, rows that each trial looks at, and the share of them that must agree.
_TRIED = 14
_TRIED_ROWS = 60
_AGREEING = 0.9

#: How far a rounded share may lie from numerator / denominator: 0,6 percentage points.
_OFF = 0.006


def figures(columns: Sequence[Facts]) -> Figures:
    """Which of some columns are value, counts and standard deviation, from their numbers and their headings."""
    able = [column for column in columns if column.is_numeric and not is_code(column.heading)]
    deviation = _most_like(able, "standard_deviation")
    others = [column for column in able if column is not deviation]
    found = _by_numbers(others[:_TRIED]) or _by_names(others)
    if deviation is None or not found:
        return found
    return {**found, **_number_of_values(others, found), "standard_deviation": deviation}


def _number_of_values(columns: Sequence[Facts], found: Figures) -> Figures:
    """The column that says how many values a mean is of: beside a standard deviation `Antal` and `n` say that."""
    left = [column for column in columns if column not in found.values()]
    number = _most_like(left, "denominator") or _most_like(left, "numerator")
    return {} if "denominator" in found or number is None else {"denominator": number}


def _by_numbers(columns: Sequence[Facts]) -> Figures:
    """Three columns of which one is the second divided by the third, preferring those named so."""
    best: Figures = {}
    most = -1.0
    for value, numerator, denominator in permutations(columns, 3):
        named = (
            likeness(value.heading, "value")
            + likeness(numerator.heading, "numerator")
            + likeness(denominator.heading, "denominator")
        )
        if named > most and _is_quotient(value, numerator, denominator):
            best = {"value": value, "numerator": numerator, "denominator": denominator}
            most = named
    return best


def _is_quotient(value: Facts, numerator: Facts, denominator: Facts) -> bool:
    rows = [
        (v, n / d)
        for v, n, d in zip(value.numbers, numerator.numbers, denominator.numbers, strict=True)
        if v is not None and n is not None and d is not None and d > 1 and 0 <= n <= d
    ][:_TRIED_ROWS]
    telling = [(v, q) for v, q in rows if 0 < q < 1]
    if not telling or 2 * len(rows) < min(value.filled, _TRIED_ROWS):
        return False
    agree = max(
        sum(abs(v - q) <= _OFF for v, q in telling), sum(abs(v / 100 - q) <= _OFF for v, q in telling)
    )
    return agree >= _AGREEING * len(telling)


def _by_names(columns: Sequence[Facts]) -> Figures:
    value = _most_like(columns, "value")
    denominator = _most_like([column for column in columns if column is not value], "denominator")
    numerator = _most_like(
        [column for column in columns if column is not value and column is not denominator], "numerator"
    )
    if numerator and denominator and not _within(numerator, denominator):
        numerator, denominator = (denominator, numerator) if _within(denominator, numerator) else (None, None)
    found: Figures = {}
    if numerator and denominator:
        found = {"numerator": numerator, "denominator": denominator}
    if value:
        found["value"] = value
    if not found and columns:
        found["value"] = max(columns, key=_like_a_share)
    return found


def _most_like(columns: Sequence[Facts], role: Figure) -> Facts | None:
    best = max(columns, key=lambda column: likeness(column.heading, role), default=None)
    return best if best is not None and likeness(best.heading, role) else None


def _within(numerator: Facts, denominator: Facts) -> bool:
    pairs = [
        (n, d)
        for n, d in zip(numerator.numbers, denominator.numbers, strict=True)
        if n is not None and d is not None
    ]
    return bool(pairs) and sum(n <= d for n, d in pairs) >= _AGREEING * len(pairs)


def _like_a_share(column: Facts) -> tuple[bool, float]:
    """Whether a column has decimals, and how full it is."""
    numbers = [number for number in column.numbers if number is not None]
    return any(not float(number).is_integer() for number in numbers), column.shares["number"]


def share_of(found: Figures) -> Share:
    """How the value is written: `percent`, `fraction`, or `either` where its numbers don't say."""
    if "value" not in found:
        return "either"
    numbers = [number for number in found["value"].numbers if number is not None]
    if not numbers or any("%" in text for text in found["value"].texts):
        return "percent"
    if max(numbers) > 1:
        return "percent"
    return "fraction" if any(0 < number < 1 for number in numbers) else "either"
