"""Numbers as Swedes and their spreadsheets write them, read as whole columns.

Read are a decimal comma or point; thousands by space, no-break space (U+00A0, U+202F), thin space (U+2009),
figure space (U+2007) or point; U+2212 for minus; a per cent sign; `kr` after an amount; and scientific form,
as programs write very small numbers. `<5` says that a count is suppressed. English grouping by comma
(`1,299.99`) is refused: `1,299` would be a thousand times wrong in one of two readings.

A lone point before exactly three digits is ambiguous: `1.234` may be 1234 or a decimal. The file's other
numbers decide (`Evidence`): where some number has a decimal point for certain (`12.5`, `0.123`), as in texts
that come out of Excel's number cells, the point is a decimal mark; where none has and some number has a
decimal comma or groups by points for certain (`75,5`, `1.299,99`), it separates thousands. Without evidence it
is a decimal mark in a value and separates thousands in a count or an amount, which come whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SPACES = r"[ \u00a0\u202f\u2009\u2007]"
_PLAIN = r"^-?[0-9]+(?:[.,][0-9]+)?$"
_SPACED = rf"^-?[0-9]{{1,3}}(?:{_SPACES}[0-9]{{3}})+(?:[.,][0-9]+)?$"
_POINTED = r"^-?[0-9]{1,3}(?:(?:\.[0-9]{3})+,[0-9]+|(?:\.[0-9]{3}){2,})$"
_SCIENTIFIC = r"^-?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]{1,3}$"
_AMBIGUOUS = r"^-?[1-9][0-9]{0,2}\.[0-9]{3}$"
_SUPPRESSED = r"(?i)^(?:<|färre än|mindre än)\s*[0-9]+$"
_PERCENT = r"\s*%$"
_KRONOR = r"(?i)\s*(?:kr\.?|kronor|sek)$"
_UNIT = r"(?i)\s*(?:%|kr\.?|kronor|sek)$"

#: A number may have this many decimals that count; the rest is what a binary number leaves behind.
_MAX_DECIMALS = 12


@dataclass(frozen=True)
class Evidence:
    """What the certain numbers of a file say about the ambiguous ones.

    Attributes:
        decimal_points: Some number has a decimal point for certain.
        decimal_commas: Some number has a decimal comma, or groups by points, for certain.
    """

    decimal_points: bool = False
    decimal_commas: bool = False

    def point_is_thousands(self, *, whole: bool) -> bool:
        """Whether `1.234` is 1234; `whole` for a column of counts or amounts."""
        if self.decimal_points:
            return False
        return self.decimal_commas or whole


def evidence(columns: Iterable[pl.Series]) -> Evidence:
    """The evidence in all number columns of a file together."""
    points = commas = False
    for column in columns:
        if column.null_count() == len(column):
            continue
        if not points:
            dotted = column.filter(column.str.contains(".", literal=True))
            certain = dotted.str.contains(_PLAIN) & ~dotted.str.contains(_AMBIGUOUS)
            points = bool((certain | dotted.str.contains(_SCIENTIFIC)).any())
        if not commas:
            marked = column.filter(column.str.contains(r"[,.].*[0-9]"))
            comma = marked.str.contains(r"^[^,.]*,[0-9]+[^0-9]*$")
            commas = bool((comma | marked.str.contains(_POINTED)).any())
    return Evidence(points, commas)


@dataclass(frozen=True)
class Numbers:
    """A column of numbers.

    Attributes:
        text: Canonical text such as `-1234.56`; null where the cell says no number.
        mark: `missing` or `suppressed` where the cell says so.
        percent: True where the number has a per cent sign.
        kronor: True where it is followed by `kr`.
        bad: True where the cell has a text that can't be read.
    """

    text: pl.Series
    mark: pl.Series
    percent: pl.Series
    kronor: pl.Series
    bad: pl.Series

    def as_float(self) -> pl.Series:
        """The numbers as Float64."""
        return self.text.cast(pl.Float64)

    def without(self, refused: pl.Series) -> pl.Series:
        """The numbers as Float64, null where they are refused."""
        return self.as_float().set(refused, None) if refused.any() else self.as_float()


def parse(texts: pl.Series, *, point_is_thousands: bool, marks: Mapping[str, str] | None = None) -> Numbers:
    """Read a column of number texts.

    Args:
        texts: Cells as in the file, without white space around them; null where empty.
        point_is_thousands: How to read `1.234`, from `Evidence`.
        marks: Cell text → `missing`, `suppressed` or `zero`, as the source writes it.
    """
    empty = texts.null_count() == len(texts)
    plain = pl.Series([True]) if empty else texts.str.contains(_PLAIN).fill_null(True)
    if plain.all():
        return _all_plain(texts, point_is_thousands)
    odd = (
        texts.filter(~plain)
        .to_frame("raw")
        .select(*_read_odd(point_is_thousands, tuple((marks or {}).items())))
    )
    number = _decimal_marked(texts.zip_with(plain, pl.Series([None], dtype=pl.String)), point_is_thousands)
    places = (~plain).arg_true()
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(texts))
    mark = nothing.scatter(places, odd["mark"])
    text = number.scatter(places, odd["number"])
    percent, kronor = (
        pl.repeat(False, len(texts), eager=True).scatter(places, odd[unit]) for unit in ("percent", "kronor")
    )
    return Numbers(text, mark, percent, kronor, texts.is_not_null() & text.is_null() & mark.is_null())


def _all_plain(texts: pl.Series, point_is_thousands: bool) -> Numbers:
    none = pl.Series([None], dtype=pl.String).new_from_index(0, len(texts))
    no = pl.repeat(False, len(texts), eager=True)
    text = _finite(_decimal_marked(texts, point_is_thousands))
    return Numbers(text, none, no, no, texts.is_not_null() & text.is_null())


def _decimal_marked(plain: pl.Series, point_is_thousands: bool) -> pl.Series:
    """Plain numbers with a decimal point."""
    if point_is_thousands:
        thousands = plain.str.contains(_AMBIGUOUS).fill_null(False)
        plain = plain.str.replace(".", "", literal=True).zip_with(thousands, plain)
    return plain.str.replace(",", ".", literal=True)


def _finite(text: pl.Series) -> pl.Series:
    """Without numbers that no computer number can hold."""
    finite = text.cast(pl.Float64, strict=False).is_finite().fill_null(False)
    return text if finite.all() else text.zip_with(finite, pl.Series([None], dtype=pl.String))


@lru_cache(maxsize=16)
def _read_odd(point_is_thousands: bool, marks: tuple[tuple[str, str], ...]) -> list[pl.Expr]:
    """Expressions number, mark, percent and kronor over a column `raw` of everything that isn't a plain number."""
    raw = pl.col("raw")
    bare = raw.str.replace_all("\u2212", "-").str.replace(r"^\+", "").str.replace(_UNIT, "")
    marked = (
        raw.replace_strict(dict(marks), default=None, return_dtype=pl.String)
        if marks
        else pl.lit(None, pl.String)
    )
    ambiguous = bare.str.contains(_AMBIGUOUS) & pl.lit(point_is_thousands)
    number = (
        pl.when(marked == "zero")
        .then(pl.lit("0"))
        .when(ambiguous)
        .then(bare.str.replace(".", "", literal=True))
        .when(bare.str.contains(_PLAIN) | bare.str.contains(_SCIENTIFIC))
        .then(bare.str.replace(",", ".", literal=True))
        .when(bare.str.contains(_SPACED))
        .then(bare.str.replace_all(_SPACES, "").str.replace(",", ".", literal=True))
        .when(bare.str.contains(_POINTED))
        .then(bare.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True))
    )
    finite = number.cast(pl.Float64, strict=False).is_finite()
    suppressed = pl.when(raw.str.contains(_SUPPRESSED)).then(pl.lit("suppressed"))
    return [
        pl.when(finite).then(number).alias("number"),
        pl.when(marked != "zero").then(marked).otherwise(suppressed).alias("mark"),
        raw.str.contains(_PERCENT).alias("percent"),
        raw.str.contains(_KRONOR).alias("kronor"),
    ]


def decimals(text: pl.Series) -> pl.Series:
    """How many decimals a canonical number is written with; 0 for scientific form."""
    return text.str.extract(r"^-?[0-9]+\.([0-9]+)$", 1).str.len_chars().fill_null(0).clip(0, _MAX_DECIMALS)


def as_kronor(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Canonical numbers as exact kronor with two decimals.

    Args:
        text: Canonical number texts.

    Returns:
        Decimal(18, 2), null where the number has a part of an öre or is too large; and True for those. What a
        binary number leaves behind (`1234.5600000001`) is not a part of an öre.
    """
    exact = text.cast(pl.Decimal(18, 2), strict=False)
    rest = (text.cast(pl.Float64) - exact.cast(pl.Float64)).abs()
    finer = (decimals(text) > 2) & (rest > 1e-6)  # noqa: PLR2004
    bad = text.is_not_null() & (exact.is_null() | finer | text.str.contains("(?i)e")).fill_null(True)
    return exact.zip_with(~bad, pl.Series([None], dtype=pl.Decimal(18, 2))), bad
