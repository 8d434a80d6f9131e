"""An outcome's symbol and word."""

from __future__ import annotations

from dashboard.components import term
from dashboard.words import OUTCOMES
from schemas.results import Outcome

#: The terms that the legend itself explains.
_OWN = frozenset({"natt", "pa-vag", "inte-pa-vag", "fel-hall", "kan-inte-bedomas"})


def icon(outcome: str) -> str:
    """The outcome's symbol; decoration, the word stands beside it or in the link's label."""
    words = OUTCOMES[Outcome(outcome)]
    return f'<svg class="fp-icon fp-{words.css}" viewBox="0 0 16 16" aria-hidden="true">{words.symbol}</svg>'


def badge(outcome: str) -> str:
    """Symbol and word."""
    words = OUTCOMES[Outcome(outcome)]
    return f'<span class="fp-outcome fp-{words.css}">{icon(outcome)}<span>{words.word}</span></span>'


def legend() -> str:
    """All five outcomes with their meaning."""
    rows = "".join(f"<li>{badge(outcome)}<br>{words.meaning}</li>" for outcome, words in OUTCOMES.items())
    return term.explained(
        f'<ul class="fp-legend" aria-label="Vad symbolerna betyder">{rows}</ul>', without=_OWN
    )
