"""The cells that a mapping reads in one sheet, without footnotes and rows of sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.extract.headings import cleaned
from schemas.mapping import DIMENSIONS, FIGURES
from schemas.problem import no_problems, problem
from schemas.swedish import count_text

if TYPE_CHECKING:
    from etl.extract.mapped_plan import Plan
    from schemas.mapping import Mapping

_SUMS = (
    r"(?i)^(summa|total(t|summa)?|samtliga( kommuner)?|alla( kommuner| regioner)?"
    r"|(o?vägt )?(medel|medelvärde|genomsnitt|snitt)\b.*)[ :]*$"
)
_SHOWN = 200


def cells_of(plan: Plan, mapping: Mapping) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cells to read, one frame row for each row of the sheet.

    Returns:
        Columns by canonical name for texts, `f3` for figures by the index of their column, `row`; and
        warnings about the rows that were passed over.
    """
    cells, notes = _without_notes(_cells(plan), plan)
    if mapping.fill_down:
        filled = [name for name in (*DIMENSIONS, "only") if name in cells.columns]
        cells = cells.with_columns(pl.col(filled).forward_fill())
    cells, others = _chosen(cells, plan, mapping)
    cells, sums = _without_sums(cells, plan)
    return cells, pl.concat([others, notes, sums])


def _cells(plan: Plan) -> pl.DataFrame:
    """The cells that are read, by canonical column and, for figures, by place; without empty rows."""
    texts = {name: place for name, place in plan.places.items() if name not in FIGURES}
    below = plan.sheet.cells.slice(plan.head.row).select(
        *(cleaned(place).alias(name) for name, place in texts.items()),
        *(cleaned(place).alias(f"f{place}") for place in plan.figure_columns),
        pl.int_range(plan.head.row + 1, plan.head.row + 1 + pl.len(), dtype=pl.Int64).alias("row"),
        *([cleaned(plan.only).alias("only")] if plan.only is not None else []),
    )
    return below.filter(pl.any_horizontal(pl.exclude("row", "only").is_not_null()))


def _chosen(cells: pl.DataFrame, plan: Plan, mapping: Mapping) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Leave out the rows that the mapping doesn't read."""
    if mapping.only is None or plan.only is None:
        return cells, no_problems()
    wanted = pl.col("only").fill_null("").is_in([text.strip() for text in mapping.only.texts])
    others = cells.filter(~wanted)
    if others.is_empty():
        return cells, no_problems()
    warning = problem(
        "row_not_chosen",
        severity="warning",
        sheet=plan.sheet.name,
        row=others["row"][0],
        column=plan.head.names[plan.only] or None,
        value=_cut(others["only"][0] or ""),
        expected=_cut(", ".join(text or "tomt" for text in mapping.only.texts)),
        hint=f"{count_text(others.height, 'rad', 'rader')} lästes inte. Tolkningen läser bara vissa rader.",
    )
    return cells.filter(wanted), warning


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _without_notes(cells: pl.DataFrame, plan: Plan) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Leave out rows without figures that hold one text only, such as footnotes."""
    figures = [f"f{place}" for place in plan.figure_columns]
    bare = cells.filter(pl.all_horizontal(pl.col(figures).is_null()))["row"]
    if bare.is_empty():
        return cells, no_problems()
    whole = plan.sheet.cells[bare - 1].select(
        cleaned(place).alias(f"c{place}") for place in range(plan.sheet.cells.width)
    )
    lone = whole.select(pl.sum_horizontal(pl.all().is_not_null()) == 1).to_series()
    notes = bare.filter(lone)
    if notes.is_empty():
        return cells, no_problems()
    text = next(cell for cell in whole.filter(lone).row(0) if cell)
    hint = f"{count_text(notes.len(), 'rad', 'rader')} med en enda text och inga tal lästes inte."
    warning = problem(
        "note_skipped",
        severity="warning",
        sheet=plan.sheet.name,
        row=notes[0],
        value=_cut(text),
        expected="tal på raden",
        hint=hint,
    )
    return cells.filter(~pl.col("row").is_in(notes.implode())), warning


def _without_sums(cells: pl.DataFrame, plan: Plan) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Leave out rows whose area is a sum or an average of the others."""
    if "area" not in plan.places:
        return cells, no_problems()
    is_sum = pl.col("area").str.contains(_SUMS).fill_null(False)
    sums = cells.filter(is_sum)
    if sums.is_empty():
        return cells, no_problems()
    warning = problem(
        "sum_skipped",
        severity="warning",
        sheet=plan.sheet.name,
        row=sums["row"][0],
        column=plan.head.names[plan.places["area"]] or None,
        value=sums["area"][0],
        expected="ett område",
        hint=f"{count_text(sums.height, 'rad', 'rader')} med summor eller medelvärden lästes inte.",
    )
    return cells.filter(~is_sum), warning
