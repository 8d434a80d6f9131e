"""Guess which columns say what a row is about: area, period, sex, age, indicator, and where it comes from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

import polars as pl

from etl.extract.guess_words import Role, likeness, part_of_year
from etl.extract.heads import is_part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.extract.guess_columns import Facts, Read

Roles: TypeAlias = "dict[Role, Facts]"
DatesAs: TypeAlias = Literal["year", "half_year", "quarter", "month"]
Part: TypeAlias = Literal["month", "quarter", "week", "half_year"]

_SOUGHT: tuple[Role, ...] = ("indicator", "area", "period", "sex", "age", "flag", "source")
_FIGURES: tuple[Role, ...] = ("value", "numerator", "denominator", "standard_deviation")

#: A column is taken for a role from this score on; a name counts up to 1, the cells up to 1.
_ENOUGH = 0.5
_MOST = 0.8
_LIKE = 0.6
_FEW_SEXES = 5
_MANY_PERIODS = 40

_ISO_DATE = re.compile(r"^\d{4}-(\d{2})-(\d{2})(?:[ T].*)?$")
_TOTALS = ("totalt", "total", "samtliga", "alla", "båda", "båda könen", "hela befolkningen", "summa")


def roles_of(facts: Sequence[Facts]) -> Roles:
    """The column of each role, the surest first; no column has two."""
    finer = _finer(facts)
    scores = sorted(
        ((_score(role, column, finer), -column.index, role, column) for role in _SOUGHT for column in facts),
        key=lambda found: found[:2],
        reverse=True,
    )
    found: Roles = {}
    for score, _, role, column in scores:
        if score >= _ENOUGH and role not in found and column not in found.values():
            found[role] = column
    return found


def _finer(facts: Sequence[Facts]) -> dict[int, float]:
    """How fine a division each column of areas is, from 0 to 1: municipalities are wanted before delregioner."""
    areas = [column for column in facts if column.shares["area"] + column.outside >= _MOST]
    most = max((column.distinct for column in areas), default=1)
    return {column.index: column.distinct / most for column in areas if column.distinct > 1}


def _score(role: Role, column: Facts, finer: dict[int, float]) -> float:
    like = likeness(column.heading, role)
    if role == "area":
        return _area(column, like, finer.get(column.index, 0.0))
    score = {
        "indicator": _indicator,
        "period": _period,
        "sex": _sex,
        "age": _age,
        "flag": _flag,
        "source": _source,
    }[role]
    return score(column, like)


def _indicator(column: Facts, like: float) -> float:
    share = column.shares["indicator"]
    named = like >= _MOST and not column.is_numeric
    return share + like if share > _ENOUGH / 2 or named else 0.0


def _area(column: Facts, like: float, finer: float) -> float:
    content = min(1.0, column.shares["area"] + column.outside)
    if column.is_numeric and not like and column.shares["code"] < _ENOUGH:
        return 0.0
    if content < 0.05:  # noqa: PLR2004
        return 0.0
    return content + like + 1.3 * finer


def _period(column: Facts, like: float) -> float:
    share = column.shares["period"]
    if like < _LIKE:
        figure = any(likeness(column.heading, role) >= _LIKE for role in _FIGURES)
        if share < _MOST or figure or (column.is_numeric and column.distinct > _MANY_PERIODS):
            return 0.0
    return share + like if share > _ENOUGH / 2 else 0.0


def _sex(column: Facts, like: float) -> float:
    share = column.shares["sex"]
    return share + like if share >= _MOST and column.distinct <= _FEW_SEXES else 0.0


def _age(column: Facts, like: float) -> float:
    share = column.shares["age"]
    # Small numbers can all be ages; only a column that is called so is taken for one.
    named = like == 1.0 or not column.is_numeric
    return share + like if share >= _LIKE and named else 0.0


def _flag(column: Facts, like: float) -> float:
    return like if like and column.shares["flag"] >= _MOST else 0.0


def _source(column: Facts, like: float) -> float:
    return like if like >= _LIKE and not column.is_numeric else 0.0


def part_column(facts: Sequence[Facts], roles: Roles) -> tuple[Facts, Part] | None:
    """The column with the month, quarter or week, where the period's own column has the year alone."""
    period = roles.get("period")
    if period is None or not all(re.match(r"^\d{4}(\.0+)?$", text) for text in period.texts):
        return None
    for column in facts:
        part = part_of_year(column.heading)
        if part and column is not period and column.texts and all(_is_part(text) for text in column.texts):
            return column, part
    return None


def _is_part(text: str) -> bool:
    return bool(re.match(r"^\d{1,2}(\.0+)?$", text)) or is_part(text)


def dates_stand_for(column: Facts | None) -> DatesAs | None:
    """What dates stand for that are all the last day of a year or of months; None for days."""
    found = [_ISO_DATE.match(text) for text in column.texts] if column else []
    if not found or not all(found):
        return None
    days = {match.group(1, 2) for match in found if match}
    if days == {("12", "31")}:
        return "year"
    return "month" if all(int(day) >= 28 for _, day in days) else None  # noqa: PLR2004


def fills_down(facts: Sequence[Facts], roles: Roles) -> bool:
    """True where a column that says what rows are about is filled in only where it changes."""
    for role in ("area", "period", "indicator", "sex", "age"):
        column = roles.get(role)
        if column and column.empty > _ENOUGH / 2 and min(other.empty for other in facts) < column.empty / 2:
            return True
    return False


def only_rows(
    rows: pl.DataFrame, roles: Roles, free: Sequence[Facts], areas: Read
) -> tuple[Facts, str] | None:
    """A further column that says what rows are about, and the text of those to read.

    It is one that tells apart rows that otherwise say the same, or the rows that are about areas from others.

    Args:
        rows: The first rows of the sheet, in their order, with columns as `c0`.
        roles: Which columns are taken for what.
        free: The columns that are taken for nothing.
        areas: How areas are read.
    """
    area = roles.get("area")
    if area is None:
        return None
    for column in free:
        if column.is_numeric or not 1 < column.distinct <= _MANY_PERIODS:
            continue
        own = f"c{column.index}"
        if area.shares["area"] + area.outside < _MOST:
            told = _text_with_areas(rows[own], areas(rows[f"c{area.index}"]))
            if told:
                return column, told
        elif _tells_apart(rows, own, [f"c{other.index}" for other in roles.values()]):
            texts = rows[own].drop_nulls().unique(maintain_order=True).to_list()
            return column, next((text for text in texts if text.lower() in _TOTALS), texts[0])
    return None


def _text_with_areas(texts: pl.Series, areas: pl.Series) -> str | None:
    """The text whose rows are all about areas, most of them where there are several."""
    found = (
        pl.DataFrame({"text": texts, "area": areas})
        .drop_nulls("text")
        .group_by("text", maintain_order=True)
        .agg(pl.col("area").is_not_null().all().alias("all"), pl.col("area").n_unique().alias("areas"))
        .filter("all")
        .sort("areas", descending=True, maintain_order=True)
    )
    return found["text"][0] if found.height else None


def _tells_apart(rows: pl.DataFrame, own: str, others: Sequence[str]) -> bool:
    """True where rows that are alike otherwise differ in this column."""
    if not others or rows.height < 2:  # noqa: PLR2004
        return False
    without = rows.select(others).n_unique()
    return without < rows.height and rows.select(*others, own).n_unique() == rows.height
