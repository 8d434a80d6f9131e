"""Tables of databases that run PxWeb (SCB, Folkhälsomyndigheten): CSV with a column a period, and JSON-stat.

A title stands in the first row and nothing in the second. A table is ours only where its title or its contents
are an indicator by name; otherwise it is left for an analyst to say what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from etl.extract.headings import cleaned, fold
from etl.extract.heads import Head, parts_of, read_head
from etl.extract.json_tables import CODE, STATUS, VALUE
from etl.extract.model import Conventions, Extracted, Sheet, Workbook
from etl.extract.template import others_passed_over
from etl.extract.wide import Plan, has_year, read_plans
from schemas.mapping import Fixed, Headings, Mapping, Spread

if TYPE_CHECKING:
    from schemas.mapping import Name, Source

SHAPE = "pxweb"
SHAPE_NAME = "Tabell ur en statistikdatabas (PxWeb) om en indikator"

#: Whether a text names an indicator.
Known: TypeAlias = Callable[[str], bool]

#: What Swedish official statistics write instead of a figure. A dash is a zero there, unlike at Kolada.
CONVENTIONS = Conventions(
    marks={"..": "missing", ".": "missing", "-": "zero", "–": "zero", "−": "zero", "U": "suppressed"},
    unknown_areas="skip",
)

_HEAD_ROW = 3
_DIMENSIONS: dict[str, Name] = {
    "region": "area",
    "kommun": "area",
    "län": "area",
    "kön": "sex",
    "sex": "sex",
    "ålder": "age",
    "age": "age",
}
_TIMES = frozenset({"tid", "time", "år", "year", "månad", "month", "kvartal", "quarter", "vecka", "week"})
_CONTENTS = frozenset({"tabellinnehåll", "contents", "observations", "contentscode", "innehåll"})
_TITLE = re.compile(r"\s+(?:efter|by)\s", re.IGNORECASE)


def no_indicator(text: str) -> bool:
    """What is known where no catalogue is at hand: nothing."""
    return False


@dataclass(frozen=True)
class _Table:
    """What a sheet's headings say of it."""

    sheet: Sheet
    head: Head
    title: str
    fields: dict[Name, Source]
    others: list[int]
    contents: int | None


def _table(sheet: Sheet) -> _Table | None:
    """A table with a title, a blank row and a row of headings with an area; None where it is something else."""
    head = read_head(sheet.cells, _HEAD_ROW)
    if head is None:
        return None
    first, second = sheet.cells.select(cleaned(place) for place in range(sheet.cells.width)).head(2).rows()
    if not first[0] or any(first[1:]) or any(second):
        return None
    is_long = head.names[-2:] == (VALUE, STATUS)
    return _split(sheet, head, first[0], is_long=is_long)


def _split(sheet: Sheet, head: Head, title: str, *, is_long: bool) -> _Table | None:
    fields: dict[Name, Source] = {}
    others: list[int] = []
    contents = None
    for place, heading in enumerate(head.names):
        name = fold(heading)
        if is_long and (heading.endswith(CODE) or heading in {VALUE, STATUS}):
            continue
        if has_year(heading):
            continue
        role = _DIMENSIONS.get(name) or ("period" if is_long and name in _TIMES else None)
        if role is not None and role not in fields:
            fields[role] = head.column(place)
        elif name in _CONTENTS:
            contents = place
        else:
            others.append(place)
    if is_long:
        fields["value"] = head.column(len(head.names) - 2)
    timed = "period" in fields or any(map(has_year, head.names))
    return _Table(sheet, head, title, fields, others, contents) if timed and "area" in fields else None


def _plan(sheet: Sheet, known: Known) -> Plan | None:
    """How a sheet is read; None where it is no such table or names no indicator."""
    table = _table(sheet)
    if table is None or any(len(_texts(table, place)) > 1 for place in table.others):
        return None
    spread = [name for name in table.head.names if has_year(name)]
    labels = list(dict.fromkeys(parts_of(name).label for name in spread))
    fields = dict(table.fields)
    if spread:
        if len(labels) > 1:
            return None
        fields |= {"period": Headings(), "value": Spread(label=labels[0])}
    indicator = next((text for text in _names(table, spread) if known(text)), None)
    if indicator is None:
        return None
    fields["indicator"] = Fixed(text=indicator)
    fields["source"] = Fixed(text=table.title[:500])
    mapping = Mapping(
        name=SHAPE_NAME, sheet=sheet.name, header_row=_HEAD_ROW, fields=fields, marks=CONVENTIONS.marks
    )
    kept = sheet if spread else _with_statuses(table)
    return Plan(kept, table.head, mapping, len(spread) or 1)


def _names(table: _Table, spread: list[str]) -> list[str]:
    """The texts that may name the indicator: the title up to its dimensions, the contents, the heading."""
    names = [table.title, _TITLE.split(table.title)[0]]
    names += [name.replace(parts_of(name).period or "", "").strip(" ,") for name in spread[:1]]
    places = table.others if table.contents is None else [table.contents, *table.others]
    for place in places:
        names += _texts(table, place) if len(_texts(table, place)) == 1 else []
    return [name for name in names if name]


def _texts(table: _Table, place: int) -> list[str]:
    """The different texts of a column."""
    return (
        table.sheet.cells.slice(_HEAD_ROW).select(cleaned(place)).to_series().drop_nulls().unique().to_list()
    )


def _with_statuses(table: _Table) -> Sheet:
    """A long table whose empty values say why they are empty."""
    value, status = (cleaned(len(table.head.names) - place) for place in (2, 1))
    below = pl.int_range(pl.len()) >= _HEAD_ROW
    filled = pl.when(below).then(pl.coalesce(value, status, pl.lit(".."))).otherwise(value)
    return replace(
        table.sheet, cells=table.sheet.cells.with_columns(filled.alias(f"c{len(table.head.names) - 2}"))
    )


def claims(workbook: Workbook, known: Known = no_indicator) -> bool:
    """True when some sheet is such a table about an indicator.

    Args:
        workbook: A file opened as text.
        known: Whether a text names an indicator.
    """
    return any(_plan(sheet, known) is not None for sheet in workbook.sheets)


def read(workbook: Workbook, known: Known = no_indicator) -> Extracted:
    """Its figures; of a table in JSON-stat, those of every cell.

    Args:
        workbook: A file opened as text.
        known: Whether a text names an indicator.
    """
    plans = [plan for sheet in workbook.sheets if (plan := _plan(sheet, known)) is not None]
    problems = others_passed_over(
        workbook, [plan.sheet.name for plan in plans], "en tabell ur statistikdatabasen om en indikator"
    )
    return read_plans(plans, shape=SHAPE, shape_name=SHAPE_NAME, conventions=CONVENTIONS, problems=problems)
