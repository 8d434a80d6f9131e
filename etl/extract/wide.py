"""The template with periods as columns (`Indikator; Område; 2022; 2023`), and what other wide shapes share.

Headings may stand in two rows, the upper merged over several columns: `2023` over `Kvinnor` and `Män`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from etl.extract import mapped, mapped_plan
from etl.extract.headings import SEARCHED_ROWS, fold, has_rows_between
from etl.extract.heads import Head, parts_of, read_head
from etl.extract.model import Conventions, Extracted, Sheet, Workbook
from etl.extract.template import CONVENTIONS, OBSERVATIONS, data_sheets, none_left, passed_over
from etl.extract.unread import second_header, unread_beside_periods
from schemas.mapping import Headings, Mapping, Spread
from schemas.problem import no_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.mapping import Figure, Name, Source

SHAPE = "template-wide"
SHAPE_NAME = "mallen för indikatorer med en kolumn per period"

#: What stands once in each row.
_ROW_COLUMNS: tuple[Name, ...] = ("indicator", "area", "sex", "age", "source")

#: What a heading says besides its period and sex → which figure stands below it.
_FIGURES: dict[str, Figure] = {
    "": "value",
    **dict.fromkeys(OBSERVATIONS.columns["value"], "value"),
    **dict.fromkeys(OBSERVATIONS.columns["numerator"], "numerator"),
    **dict.fromkeys(OBSERVATIONS.columns["denominator"], "denominator"),
    **dict.fromkeys(OBSERVATIONS.columns["standard_deviation"], "standard_deviation"),
}
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Plan:
    """How one sheet is read.

    Attributes:
        sheet: The sheet.
        head: Its headings.
        mapping: Where everything stands.
        figures: How many columns of figures it has.
    """

    sheet: Sheet
    head: Head
    mapping: Mapping
    figures: int

    @property
    def headings(self) -> dict[str, str]:
        """Canonical column → its heading; for figures and periods, from the first to the last of them."""
        said = {name: source for name, source in self.mapping.fields.items() if source.kind != "fixed"}
        own = {name: source.heading for name, source in said.items() if source.kind == "column"}
        names = [name for name in self.head.names if has_year(name)]
        if names:
            span = names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"
            own |= {name: span for name, source in said.items() if source.kind != "column"}
        return {**OBSERVATIONS.headings, **{name: heading for name, heading in own.items() if heading}}


def has_year(heading: str) -> bool:
    """True for a heading that says a period with its year."""
    period = parts_of(heading).period
    return period is not None and _YEAR.search(period) is not None


def spread_figures(names: Sequence[str], known: dict[str, Figure]) -> dict[Figure, str] | None:
    """Which figure stands under headings of which label; None where that isn't plain.

    Args:
        names: The headings with a period.
        known: Label → figure.
    """
    sexes = any(parts_of(name, sexes=True).sex for name in names)
    found: dict[Figure, str] = {}
    for label in dict.fromkeys(parts_of(name, sexes=sexes).label for name in names):
        figure = known.get(label)
        if figure in found:
            return None
        if figure is not None:
            found[figure] = label
    return found if "value" in found or {"numerator", "denominator"} <= set(found) else None


def spread_fields(names: Sequence[str], figures: dict[Figure, str]) -> dict[Name, Source]:
    """The part of a mapping that says how figures are spread over columns."""
    fields: dict[Name, Source] = {"period": Headings()}
    if any(parts_of(name, sexes=True).sex for name in names):
        fields["sex"] = Headings()
    for figure, label in figures.items():
        fields[figure] = Spread(label=label)
    return fields


def _plans(sheet: Sheet) -> list[Plan]:
    """How a sheet may be read, by each row that may be its headings."""
    return [
        plan
        for row in range(1, min(SEARCHED_ROWS, sheet.cells.height) + 1)
        for height in (1, 2)
        if (plan := _plan_at(sheet, row, height)) is not None
    ]


def _fullest(plans: Sequence[Plan]) -> Plan | None:
    return max(plans, key=lambda plan: plan.figures, default=None)


def _plan_at(sheet: Sheet, row: int, height: int) -> Plan | None:
    head = read_head(sheet.cells, row, height)
    if head is None:
        return None
    folded = [fold(name) for name in head.names]
    if any(name in folded for name in OBSERVATIONS.columns["period"]):
        return None
    fields: dict[Name, Source] = {}
    for name in _ROW_COLUMNS:
        hit = next((text for text in OBSERVATIONS.columns[name] if text in folded), None)
        if hit is not None:
            fields[name] = head.column(folded.index(hit))
    periods = [name for name in head.names if has_year(name)]
    figures = spread_figures(periods, _FIGURES) if periods else None
    if figures is None or not {"indicator", "area"} <= set(fields):
        return None
    fields |= {name: source for name, source in spread_fields(periods, figures).items() if name not in fields}
    mapping = Mapping(
        name=SHAPE_NAME, sheet=sheet.name, header_row=row, header_height=height, fields=fields,
        marks=CONVENTIONS.marks, share=CONVENTIONS.share,
    )  # fmt: skip
    return Plan(sheet, head, mapping, len(periods))


def claims(workbook: Workbook) -> bool:
    """True when some sheet has an indicator, an area, and periods as further headings."""
    return any(_plans(sheet) for sheet in data_sheets(workbook))


def read(workbook: Workbook) -> Extracted:
    """Every sheet of that form, one row for each cell with a figure; other sheets are passed over, told."""
    plans, problems = [], []
    for sheet in data_sheets(workbook):
        possible = _plans(sheet)
        plan = _fullest(possible)
        if plan is None:
            problems.append(passed_over(sheet.name))
        else:
            plans.append(plan)
            problems += [_unread(plan), _table_above(plan, possible)]
    return read_plans(plans, shape=SHAPE, shape_name=SHAPE_NAME, conventions=CONVENTIONS, problems=problems)


def _table_above(plan: Plan, possible: Sequence[Plan]) -> pl.DataFrame:
    """The error of a table with headings of its own above the one that is read."""
    top = plan.head.row - plan.mapping.header_height + 1
    rows = (other.head.row for other in possible if other.head.row < top)
    above = next((row for row in rows if has_rows_between(plan.sheet.cells, row, top)), None)
    return no_problems() if above is None else second_header(plan.sheet.name, above, plan.head.row)


def _unread(plan: Plan) -> pl.DataFrame:
    """The columns that belong to no figure."""
    found = mapped_plan.plan(plan.sheet, plan.mapping)
    if found is None or not found.ok:
        return no_problems()
    read = {*found.places.values(), *found.figure_columns}
    names = {place: name for place, name in enumerate(plan.head.names) if place not in read}
    return unread_beside_periods(plan.sheet, plan.head.row, names, plan.mapping.fields)


def read_plans(
    plans: Sequence[Plan],
    *,
    shape: str,
    shape_name: str,
    conventions: Conventions,
    problems: Sequence[pl.DataFrame] = (),
) -> Extracted:
    """The rows of sheets that are read as planned, each by itself.

    Args:
        plans: How each is read.
        shape: Machine name of the file's shape.
        shape_name: Swedish name of it.
        conventions: How to read its cells.
        problems: What was found before.
    """
    found = [mapped.read(Workbook("xlsx", (plan.sheet,)), plan.mapping) for plan in plans]
    rows = pl.concat([one.rows for one in found], how="diagonal")
    told = [*problems, *(one.problems for one in found)]
    if not any((frame["severity"] == "error").any() for frame in told):
        told.append(none_left(rows))
    return Extracted(
        shape=shape,
        shape_name=shape_name,
        kind="observations",
        rows=rows,
        headings=plans[0].headings,
        conventions=conventions,
        problems=pl.concat(told) if told else no_problems(),
    )
