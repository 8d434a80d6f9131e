"""Sentences that sum up judgements. Pure; every number in them is counted from the same figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.catalogue import Origin
from schemas.results import Outcome
from schemas.swedish import listing

if TYPE_CHECKING:
    from dashboard.board import Figure, Line
    from schemas.catalogue import Area


def reached(name: str, pairs: list[tuple[Line, Figure]]) -> str:
    """`Skaraborg når 3 av 14 mål`, `… mål och riktmärken` where some are references that nobody decided.

    What can't be judged is counted among them, but where nothing at all is known, nothing is counted.
    """
    if not any(figure.value is not None for _, figure in pairs):
        return f"{name}: inga mål att bedöma"
    number = sum(figure.judgement == Outcome.TARGET_REACHED for _, figure in pairs)
    reference = any(line.target and line.target.origin is Origin.REFERENCE for line, _ in pairs)
    said = f"{name} når {number} av {len(pairs)} mål{' och riktmärken' if reference else ''}"
    return f"Exempel: {said}" if any(figure.is_example for _, figure in pairs) else said


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
    rested_on = [line.figures[area.id] for area in delregioner if area.id in line.figures]
    mark = "Exempel: " if any(figure.is_example for figure in rested_on) else ""
    told = (
        f"Det går åt fel håll i {_places(wrong, delregioner)}."
        if wrong
        else f"Målet är inte på väg att nås i {_places(behind, delregioner)}."
    )
    return f"{mark}Att prata om först: {line.indicator.name}. {told}"


def _places(names: list[str], everything: list[Area]) -> str:
    if len(names) == len(everything) > 1:
        return f"alla {len(names)} delregioner"
    if len(names) > max(1, len(everything) / 2):
        return f"{len(names)} av {len(everything)} delregioner"
    return listing(names)
