"""Sentences that sum up judgements. Pure; every number in them is counted from the same figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.results import Outcome
from schemas.swedish import listing

if TYPE_CHECKING:
    from dashboard.board import Figure, Line
    from schemas.catalogue import Area


def reached(name: str, counted: list[Figure]) -> str:
    """`Skaraborg når 3 av 14 mål`; targets that can't be judged are counted among the targets."""
    if not counted:
        return f"{name}: inga mål att bedöma"
    number = sum(figure.judgement == Outcome.TARGET_REACHED for figure in counted)
    return f"{name} når {number} av {len(counted)} mål"


def most_urgent(found: list[Line], delregioner: list[Area], county: Area) -> str | None:
    """The target that most needs talking about, as one sentence.

    Wrong direction comes before not on the way; then the target that holds for most delregioner, then the
    order of the catalogue. None where no target is behind.
    """
    ranked = []
    for place, line in enumerate(found):
        if line.target is None:
            continue
        outcomes = {
            area.id: line.figures[area.id].judgement for area in delregioner if area.id in line.figures
        }
        wrong = [area.name for area in delregioner if outcomes.get(area.id) == Outcome.WRONG_DIRECTION]
        behind = [area.name for area in delregioner if outcomes.get(area.id) == Outcome.NOT_ON_THE_WAY]
        whole = line.figures.get(county.id)
        if not wrong and not behind:
            continue
        weight = (len(wrong), whole is not None and whole.judgement == Outcome.WRONG_DIRECTION, len(behind))
        ranked.append((weight, -place, line, wrong, behind))
    if not ranked:
        return None
    _, _, line, wrong, behind = max(ranked, key=lambda item: item[:2])
    name = line.indicator.name
    if wrong:
        return f"Att prata om först: {name}. Det går åt fel håll i {_places(wrong, delregioner)}."
    return f"Att prata om först: {name}. Målet är inte på väg att nås i {_places(behind, delregioner)}."


def _places(names: list[str], everything: list[Area]) -> str:
    if len(names) == len(everything) > 1:
        return f"alla {len(names)} delregioner"
    if len(names) > max(1, len(everything) / 2):
        return f"{len(names)} av {len(everything)} delregioner"
    return listing(names)
