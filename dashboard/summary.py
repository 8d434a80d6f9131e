"""Sentences that sum up judgements. Pure; every number in them is counted from the same figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.catalogue import Origin
from schemas.results import Outcome

if TYPE_CHECKING:
    from dashboard.board import Figure, Line


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
