"""What a mapping reads in one sheet: which of its columns, and which figures stand together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.extract import mapping_problems as told
from etl.extract.fingerprint import fingerprint
from etl.extract.heads import Head, label_of, parts_of, read_head
from schemas.mapping import FIGURES, Column, Spread
from schemas.problem import no_problems

if TYPE_CHECKING:
    import polars as pl

    from etl.extract.model import Sheet, Workbook
    from schemas.mapping import Figure, Mapping, Name


@dataclass(frozen=True)
class Group:
    """Figures that stand in one row and are about the same.

    Attributes:
        period: What their headings say of the period; None where the headings don't.
        sex: Likewise.
        indicator: Likewise, the indicator's id.
        figures: Which figure stands in which column.
    """

    figures: dict[Figure, int]
    period: str | None = None
    sex: str | None = None
    indicator: str | None = None

    @property
    def about(self) -> tuple[str | None, str | None, str | None]:
        """What its figures are about."""
        return self.period, self.sex, self.indicator


@dataclass(frozen=True)
class Plan:
    """How one sheet is read.

    Attributes:
        sheet: The sheet.
        head: Its headings.
        places: Canonical column → index, for what stands in one column.
        groups: The figures.
        only: Index of the column that says which rows are read, where one does.
        problems: What stops the sheet from being read.
    """

    sheet: Sheet
    head: Head
    places: dict[Name, int]
    groups: tuple[Group, ...]
    only: int | None
    problems: pl.DataFrame

    @property
    def ok(self) -> bool:
        """True where it can be read."""
        return self.problems.is_empty()

    @property
    def figure_columns(self) -> list[int]:
        """Every column with figures, once."""
        return list(dict.fromkeys(place for group in self.groups for place in group.figures.values()))


def plan(sheet: Sheet, mapping: Mapping) -> Plan | None:
    """How a sheet is read; None where it ends above the headings."""
    head = read_head(sheet.cells, mapping.header_row, mapping.header_height)
    if head is None:
        return None
    sought: list[tuple[str, Column]] = [
        (told.WORDS[name], source) for name, source in mapping.fields.items() if isinstance(source, Column)
    ]
    if mapping.only:
        sought.append(("vilka rader som gäller", mapping.only.place))
    gone = [(word, place) for word, place in sought if head.place(place) is None]
    places: dict[Name, int] = {
        name: place
        for name, source in mapping.fields.items()
        if isinstance(source, Column) and (place := head.place(source)) is not None
    }
    only = head.place(mapping.only.place) if mapping.only else None
    problems = told.columns_gone(sheet, mapping, gone)
    groups, doubled = _groups(head, mapping, places, only)
    if not gone and doubled:
        problems = told.heading_twice(sheet, mapping, doubled)
    elif not gone and not groups:
        problems = told.no_such_headings(sheet, mapping)
    return Plan(sheet, head, places, tuple(groups), only, problems)


def _groups(
    head: Head, mapping: Mapping, places: dict[Name, int], only: int | None
) -> tuple[list[Group], list[str]]:
    """The figures that stand together, and the headings of columns that say the same as one before them."""
    alone: dict[Figure, int] = {name: places[name] for name in FIGURES if name in places}
    if not mapping.is_spread:
        return [Group(alone)], []
    taken = {*places.values(), *([] if only is None else [only])}
    groups: dict[tuple[str | None, str | None, str | None], Group] = {}
    doubled: list[str] = []
    for place, heading in enumerate(head.names):
        found = None if place in taken or not heading else _figure(heading, mapping)
        if found is None:
            continue
        figure, group = found
        known = groups.setdefault(group.about, group)
        if figure in known.figures:
            doubled.append(heading)
        known.figures.setdefault(figure, place)
    for group in groups.values():
        for figure, place in alone.items():
            group.figures.setdefault(figure, place)
    return list(groups.values()), doubled


def _figure(heading: str, mapping: Mapping) -> tuple[Figure, Group] | None:
    """Which figure stands below a heading, and what it is about; None where none does."""
    label = label_of(heading, mapping.said)
    if label is None:
        return None
    said = parts_of(heading, sexes=mapping.says("sex"))
    period = said.period if mapping.says("period") else None
    if mapping.says("indicator"):
        indicator = mapping.indicators.get(label)
        return ("value", Group({}, period, said.sex, indicator)) if indicator else None
    for name in FIGURES:
        source = mapping.fields.get(name)
        if isinstance(source, Spread) and source.label == label:
            return name, Group({}, period, said.sex)
    return None


def plans(workbook: Workbook, mapping: Mapping) -> tuple[list[Plan], pl.DataFrame]:
    """The sheets that a mapping reads, the one that it was made from first.

    Returns:
        How each is read; and what was wrong, where none can be read, or the sheets that aren't read.
    """
    sheets = sorted(
        (sheet for sheet in workbook.sheets if sheet.cells.height),
        key=lambda sheet: sheet.name != mapping.sheet,
    )
    if not sheets:
        return [], told.nothing_found()
    made = [plan(sheet, mapping) for sheet in sheets]
    readable = [found for found in made if found is not None and found.ok]
    if not readable:
        first = next((found for found in made if found is not None), None)
        return [], told.header_past_end(sheets[0], mapping) if first is None else first.problems
    lead = readable[0]
    wanted = [lead]
    if mapping.every_sheet:
        shape = _shape(lead, mapping)
        wanted += [found for found in readable[1:] if _shape(found, mapping) == shape]
    read = {found.sheet.name for found in wanted}
    skipped = [told.sheet_skipped(sheet.name, lead.sheet.name) for sheet in sheets if sheet.name not in read]
    order = {sheet.name: place for place, sheet in enumerate(workbook.sheets)}
    wanted.sort(key=lambda found: order[found.sheet.name])
    problems = no_problems()
    return wanted, problems.vstack(_stacked(skipped)) if skipped else problems


def _stacked(frames: list[pl.DataFrame]) -> pl.DataFrame:
    first, *rest = frames
    for frame in rest:
        first = first.vstack(frame)
    return first


def _shape(found: Plan, mapping: Mapping) -> str | None:
    return fingerprint(found.sheet, mapping.header_row, mapping.header_height)
