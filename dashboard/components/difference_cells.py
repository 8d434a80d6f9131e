"""Which cells of the overview a change would change, and in a word how. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.matrix import Mark
from schemas import swedish
from schemas.results import Outcome
from schemas.words import OUTCOME_WORDS

if TYPE_CHECKING:
    from dashboard.board import Figure, Line
    from dashboard.components.matrix import Cell


def changed_cells(before: list[Line], after: list[Line]) -> dict[Cell, Mark]:
    """The cells that would read otherwise.

    Args:
        before: The overview's rows as published.
        after: The same rows as they would be.

    Returns:
        Cell → `var målet nått`, `ny uppgift`, `försvinner`, `var exempeldata`; or `nytt värde` where only the
        value or its period is another.
    """
    found: dict[Cell, Mark] = {}
    for old, new in zip(before, after, strict=True):
        for area in {**old.figures, **new.figures}:
            mark = _mark(new, old.figures.get(area), new.figures.get(area))
            if mark:
                target = new.target.id if new.target else None
                found[(new.indicator.id, target, new.age, area)] = mark
    return found


def _mark(line: Line, old: Figure | None, new: Figure | None) -> Mark | None:
    had, has = old is not None and old.value is not None, new is not None and new.value is not None
    if not had or not has or old is None or new is None:
        return Mark("ny uppgift") if has else Mark("försvinner") if had else None
    if line.target is not None and old.judgement != new.judgement:
        return Mark(f"var {OUTCOME_WORDS[Outcome(old.judgement)].lower()}")
    if old.is_example != new.is_example:
        return Mark("var exempeldata" if old.is_example else "var verkliga tal")
    decimals = line.indicator.decimals
    same = swedish.number(old.value, decimals) == swedish.number(new.value, decimals)
    return None if same and old.period == new.period else Mark("nytt värde", turned=False)
