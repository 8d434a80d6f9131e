"""An outcome's symbol and word."""

from __future__ import annotations

from dashboard.components import badge as badges
from dashboard.components import term
from dashboard.words import OUTCOMES
from schemas.results import Outcome

#: The terms that the legend itself explains.
_OWN = frozenset({"natt", "pa-vag", "inte-pa-vag", "fel-hall", "kan-inte-bedomas"})


def icon(outcome: str) -> str:
    """The outcome's symbol."""
    return badges.icon(OUTCOMES[Outcome(outcome)])


def badge(outcome: str) -> str:
    """Symbol and word."""
    return badges.of(OUTCOMES[Outcome(outcome)])


def legend() -> str:
    """All five outcomes with their meaning."""
    rows = "".join(f"<li>{badge(outcome)}<br>{words.meaning}</li>" for outcome, words in OUTCOMES.items())
    return term.explained(
        f'<ul class="fp-legend" aria-label="Vad symbolerna betyder">{rows}</ul>', without=_OWN
    )
