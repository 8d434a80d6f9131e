"""Guess how a file that no reader knows is to be read, from its headings and from a sample of its cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from etl.extract.guess_columns import MARKS, Facts, Readings, facts_of, first_rows, sample
from etl.extract.guess_figures import figures, share_of
from etl.extract.guess_head import guess_head
from etl.extract.guess_roles import dates_stand_for, fills_down, only_rows, part_column, roles_of
from etl.extract.guess_spread import spreading
from etl.extract.heads import Head, period_in, read_head
from schemas.mapping import (
    LONGEST_TEXT,
    Asked,
    Fixed,
    Headings,
    Mapping,
    Only,
    SheetName,
    Source,
    Spread,
    Title,
)

if TYPE_CHECKING:
    from etl.extract.guess_figures import Figures
    from etl.extract.guess_roles import Roles
    from etl.extract.guess_spread import Spreading
    from etl.extract.model import Sheet, Workbook
    from schemas.mapping import Name

_OUTSIDE = 0.2


@dataclass(frozen=True)
class Look:
    """One sheet, looked at with its headings in certain rows.

    Attributes:
        sheet: The sheet.
        head: Its headings.
        height: How many rows they stand in.
        rows: A sample of the rows below them.
        facts: What each column that holds anything says.
    """

    sheet: Sheet
    head: Head
    height: int
    rows: pl.DataFrame
    facts: tuple[Facts, ...]


def look_at(
    sheet: Sheet, readings: Readings, row: int | None = None, height: int | None = None
) -> Look | None:
    """Look at a sheet, with its headings in the rows given or where they most likely stand.

    Returns:
        What was seen; None in a sheet without rows, or that ends above its headings.
    """
    if row is None:
        guessed = guess_head(sheet, readings)
        if guessed is None:
            return None
        row, likely = guessed
        height = height or likely
    head = read_head(sheet.cells, row, height or 1)
    if head is None:
        return None
    rows = sample(sheet, head)
    return Look(sheet, head, height or 1, rows, tuple(facts_of(rows, head, readings)))


def guess(
    workbook: Workbook,
    readings: Readings,
    *,
    name: str,
    sheet: str | None = None,
    row: int | None = None,
    height: int | None = None,
) -> Mapping | None:
    """The most likely mapping of a file; what can't be guessed, such as the indicator, is left out of it.

    Args:
        workbook: The file.
        readings: How texts are read.
        name: What to call the mapping.
        sheet: The sheet, where it is chosen; else the one with most that can be read.
        row: Row of the headings, where it is chosen.
        height: How many rows they stand in, where it is chosen.

    Returns:
        A mapping; None where there is nothing to read.
    """
    best: tuple[int, Mapping] | None = None
    for item in workbook.sheets:
        looked = look_at(item, readings, row, height) if sheet in (None, item.name) else None
        if looked is None:
            continue
        found = _guess(looked, workbook, readings, name)
        worth = sum(source.kind not in ("asked", "title") for source in found.fields.values())
        if best is None or worth > best[0]:
            best = (worth, found)
    return None if best is None else best[1]


def _guess(look: Look, workbook: Workbook, readings: Readings, name: str) -> Mapping:
    roles = roles_of(look.facts)
    spread = spreading(look.facts, roles, readings)
    part = part_column(look.facts, roles)
    taken = {facts.index for facts in roles.values()} | ({part[0].index} if part else set())
    free = [facts for facts in look.facts if facts.index not in taken]
    found = spread.figures if spread else figures(free)
    fields: dict[Name, Source] = {role: look.head.column(facts.index) for role, facts in roles.items()}
    if part:
        fields["year"], fields["period"] = fields["period"], look.head.column(part[0].index)
    fields |= _figure_fields(found, look.head, spread)
    if spread and spread.parts_only and "period" in roles:
        fields["year"] = look.head.column(roles["period"].index)
    if spread:
        fields |= {said: Headings() for said in ("indicator", "period", "sex") if said in spread.said}
    fields |= _from_elsewhere(look, workbook, readings, fields, found)
    return Mapping(
        name=name,
        sheet=look.sheet.name[:LONGEST_TEXT],
        header_row=look.head.row,
        header_height=look.height,
        fields=fields,
        indicators=dict(spread.indicators) if spread else {},
        part=part[1] if part else "month",
        dates_as=dates_stand_for(roles.get("period")),
        only=None if spread and "indicator" in spread.said else _only(look, roles, free, found, readings),
        fill_down=fills_down(look.facts, roles),
        share=share_of(found),
        marks={text: MARKS[text.lower()] for facts in free for text in facts.marks},
        unknown_areas="skip" if "area" in roles and roles["area"].outside > _OUTSIDE else "error",
    )


def _figure_fields(found: Figures, head: Head, spread: Spreading | None) -> dict[Name, Source]:
    labels = spread.labels if spread else {}
    return {
        figure: Spread(label=labels[figure]) if figure in labels else head.column(facts.index)
        for figure, facts in found.items()
    }


def _from_elsewhere(
    look: Look, workbook: Workbook, readings: Readings, fields: dict[Name, Source], found: Figures
) -> dict[Name, Source]:
    """What no column says, from the rows above the headings and the sheet's name."""
    above = [cell for row in look.sheet.cells.head(look.head.row - 1).rows() for cell in row if cell]
    more: dict[Name, Source] = {}
    if "period" not in fields:
        more["period"] = _period(look, workbook, above)
    if "indicator" not in fields:
        titles = [*above, look.sheet.name, *(facts.heading for facts in found.values())]
        named = next((item for title in titles if (item := readings.named(title))), None)
        if named:
            more["indicator"] = Fixed(text=named)
    if "area" not in fields and len(workbook.sheets) > 1 and _is_area(look.sheet.name, readings):
        more["area"] = SheetName()
    return more


def _period(look: Look, workbook: Workbook, above: list[str]) -> Source:
    if period_in(look.sheet.name) and len(workbook.sheets) > 1:
        return SheetName()
    if any(period_in(text) for text in above):
        return Title()
    return SheetName() if period_in(look.sheet.name) else Asked()


def _is_area(name: str, readings: Readings) -> bool:
    return readings.area(pl.Series([name])).count() > 0


def _only(look: Look, roles: Roles, free: list[Facts], found: Figures, readings: Readings) -> Only | None:
    figures_at = {facts.index for facts in found.values()}
    left = [facts for facts in free if facts.index not in figures_at]
    told = only_rows(first_rows(look.sheet, look.head), roles, left, readings.area)
    if told is None or len(told[1]) > LONGEST_TEXT:
        return None
    return Only(place=look.head.column(told[0].index), texts=(told[1],))
