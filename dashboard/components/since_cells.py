"""Which cells of the overview are others than at the last meeting, each with a word that says how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.components.matrix import Cell, Mark
from etl.jobs.corrected import Kind
from schemas import clock
from schemas.results import Outcome
from schemas.words import OUTCOME_WORDS

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from dashboard.board import Figure, Line
    from etl.jobs.since import Since

NEW, TURNED, CORRECTED = "nytt", "ändrat", "rättat"


def marks(found: list[Line], happened: Since, corrected: pl.DataFrame, day: date) -> dict[Cell, Mark]:
    """The cells that turned, else those whose shown figure was corrected, else those with a new figure.

    Args:
        found: The overview's rows.
        happened: What has happened since the day, of everything.
        corrected: `etl.jobs.corrections.CORRECTION_SCHEMA`, since the day.
        day: The day.
    """
    flips = {
        (row["indicator"], row["target"], row["age"], row["area"]): row
        for row in happened.flips.iter_rows(named=True)
    }
    periods = ("indicator", "age", "area", "period_type")
    news = set(happened.news.select(*periods, "new_start").rows())
    told = corrected.filter(corrected["kind"] != Kind.EXAMPLE_REPLACED)
    changed = set(told.select(*periods, "period_start").rows())
    when = clock.day_text(day)
    cells = {}
    for line in found:
        target = line.target.id if line.target else None
        for area, figure in line.figures.items():
            shown = (line.indicator.id, line.age, area, figure.period_type, figure.period_start)
            cell = (line.indicator.id, target, line.age, area)
            mark = _turned(flips.get(cell), when) or _figure(
                figure, when, new=shown in news, corrected=shown in changed
            )
            if mark:
                cells[cell] = mark
    return cells


def _turned(flip: dict[str, Any] | None, when: str) -> Mark | None:
    """The mark of a judgement that is another one, of a figure that is gone, or of real figures for examples."""
    if flip is None or flip["what"] == "appears":
        return None
    if flip["what"] == "disappears":
        return Mark(TURNED, told=f"Ändrat sedan {when}: ingen uppgift längre")
    if flip["target"] and flip["old_outcome"] != flip["new_outcome"]:
        was = OUTCOME_WORDS[Outcome(flip["old_outcome"])].lower()
        return Mark(TURNED, told=f"Ändrat sedan {when}: förut {was}")
    if flip["what"] == "real":
        return Mark(NEW, turned=False, told=f"Nytt sedan {when}: verkliga tal har ersatt exempeldata")
    return None


def _figure(figure: Figure, when: str, *, new: bool, corrected: bool) -> Mark | None:
    if corrected:
        return Mark(CORRECTED, turned=False, told=f"Rättat sedan {when}")
    if new and figure.value is not None:
        return Mark(NEW, turned=False, told=f"Nytt sedan {when}")
    return None
