"""Swedish texts of numbers, as pages, reports and reasons write them.

Decimal comma, no-break space (U+00A0) between thousands and before a unit, and a real minus sign (U+2212).
Halves are rounded away from zero, as Swedish statistics does: 54,95 is shown as 55,0. No locale database is
read: a call costs microseconds. `etl.measures.text` writes the same texts for whole columns.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import floor, isfinite
from typing import TYPE_CHECKING

from schemas.catalogue import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
EN_DASH = "\u2013"

#: What stands where there is no number.
NO_VALUE = EN_DASH

#: Absorbs that a decimal half such as 2,675 lies just below it as a binary number.
HALF = 0.5 + 1e-9

#: Decimals of a standard deviation that are shown, where it has them.
DEVIATION_DECIMALS = 3

#: What follows a number of each unit: one, several. Only a bare `1` is one: `1 dag`, but `1,0 dagar`.
UNIT_WORDS: dict[str, tuple[str, str]] = {
    Unit.PERCENT: ("%", "%"),
    Unit.INDEX: ("", ""),
    Unit.DAYS: ("dag", "dagar"),
    Unit.DAYS_PER_INHABITANT: ("dag per invånare", "dagar per invånare"),
    Unit.KRONOR: ("kr", "kr"),
}

#: What follows a change; a change of a share is told in percentage points.
CHANGE_WORDS: dict[str, tuple[str, str]] = {
    **UNIT_WORDS,
    Unit.PERCENT: ("procentenhet", "procentenheter"),
}

UNCHANGED = "oförändrat"

Number = int | float | Decimal


def _steps(value: Number, decimals: int) -> int:
    """The size of `value` in units of its last shown decimal, without its sign."""
    if isinstance(value, float):
        return floor(abs(value) * 10.0**decimals + HALF)
    exact = Decimal(value).scaleb(decimals)
    return int(abs(exact).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def rounded(value: float, decimals: int) -> float:
    """The number as shown, so that a comparison never contradicts the screen.

    Args:
        value: Any finite number.
        decimals: Decimals shown.
    """
    size = _steps(float(value), decimals) / 10.0**decimals
    return -size if value < 0 else size


def number(value: Number | None, decimals: int = 0, *, signed: bool = False) -> str:
    """`1 234,5`; `−0,4`; an en dash where there is no number.

    Args:
        value: The number, or None.
        decimals: Decimals shown.
        signed: Write a plus sign in front of what is above zero.
    """
    if value is None or not isfinite(value):
        return NO_VALUE
    steps = _steps(value, decimals)
    whole, part = divmod(steps, 10**decimals)
    text = f"{whole:,}".replace(",", NO_BREAK_SPACE)
    if decimals:
        text = f"{text},{part:0{decimals}d}"
    if not steps:
        return text
    if value < 0:
        return MINUS + text
    return f"+{text}" if signed else text


def _with_word(text: str, words: tuple[str, str]) -> str:
    if text == NO_VALUE:
        return text
    one, several = words
    word = one if text.lstrip(f"+{MINUS}") == "1" else several
    return f"{text}{NO_BREAK_SPACE}{word}" if word else text


def kronor(value: Number | None, decimals: int = 0) -> str:
    """`81 314 959 kr`."""
    return _with_word(number(value, decimals), UNIT_WORDS[Unit.KRONOR])


def value_text(value: Number | None, unit: str, decimals: int) -> str:
    """A value in its unit: `72,4 %`, `0,45`, `3,2 dagar`, `81 314 959 kr`.

    Args:
        value: The value in the indicator's own unit, or None.
        unit: One of `schemas.catalogue.Unit`.
        decimals: Decimals shown.
    """
    return _with_word(number(value, decimals), UNIT_WORDS[unit])


def deviation_text(deviation: Number) -> str:
    """A standard deviation as delivered, with the decimals that it has, at most `DEVIATION_DECIMALS`: `8,1`."""
    shown = number(deviation, DEVIATION_DECIMALS)
    return shown.rstrip("0").rstrip(",")


def change_text(change: Number | None, unit: str, decimals: int) -> str:
    """A change with its sign: `+1,3 procentenheter`, `−0,02`, `−0,5 dagar`.

    Args:
        change: The change in the indicator's own unit, or None.
        unit: One of `schemas.catalogue.Unit`.
        decimals: Decimals shown.
    """
    return _with_word(number(change, decimals, signed=True), CHANGE_WORDS[unit])


def change_words(change: Number | None, unit: str, decimals: int) -> str:
    """A change inside a sentence: `ökade med 1,3 procentenheter`, `oförändrat`; empty if not known."""
    if change is None or not isfinite(change):
        return ""
    if not _steps(change, decimals):
        return UNCHANGED
    size = _with_word(number(abs(change), decimals), CHANGE_WORDS[unit])
    return f"{'ökade' if change > 0 else 'minskade'} med {size}"


def interval_text(lower: Number | None, upper: Number | None, unit: str, decimals: int) -> str:
    """A range: `70,1–74,6 %`; an en dash where a bound is missing."""
    if lower is None or upper is None:
        return NO_VALUE
    return f"{number(lower, decimals)}{EN_DASH}{value_text(upper, unit, decimals)}"


def count_text(count: int, one: str, several: str) -> str:
    """A count with its noun: `1 kommun`, `15 kommuner`."""
    return f"{number(count)}{NO_BREAK_SPACE}{one if count == 1 else several}"


def listing(names: Sequence[str]) -> str:
    """Names in a sentence: `Ale, Kungälv och Tjörn`."""
    *head, last = names or [""]
    return f"{', '.join(head)} och {last}" if head else last


def genitive(name: str) -> str:
    """`Göteborgs`, but `Borås` and `Ale`: a place as whose something is.

    The ending isn't heard after s, x and z, and isn't used after a vowel.
    """
    return name if name.endswith(tuple("sxzaeiouyåäö")) else f"{name}s"


def municipality_name(place: str) -> str:
    """The municipality as a name of its own: `Göteborgs kommun`, but `Borås kommun` and `Ale kommun`.

    The place stands in the genitive; Orust calls itself `Orust kommun`.
    """
    return f"{place if place == 'Orust' else genitive(place)} kommun"
