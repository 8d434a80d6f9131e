"""Marks that stand beside figures: example data, tallies, facts in two columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components import term
from dashboard.components.markup import text
from dashboard.components.outcome import icon
from dashboard.words import EXAMPLE_CHIP, OUTCOMES
from schemas.results import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.board import Figure


def example_banner(what: str) -> str:
    """The word that nobody may miss; `what` says which figures it is about."""
    return term.explained(
        f'<p class="fp-example" role="note"><strong>Exempeldata.</strong> {text(what)} '
        "Sådana tal är påhittade och säger inget om vården.</p>"
    )


def example_chip(figure: Figure) -> str:
    """The word beside a generated figure; empty beside a real one and where there is no figure."""
    if not figure.is_example or figure.value is None:
        return ""
    return f' <span class="fp-chip">{EXAMPLE_CHIP}</span>'


def tally(counts: Mapping[Outcome, int]) -> str:
    """How many of each outcome, each with symbol and word; outcomes that don't occur are left out."""
    items = "".join(
        f"<li>{icon(outcome)}<b>{number}</b> {OUTCOMES[outcome].counted[number != 1]}</li>"
        for outcome, number in counts.items()
        if number
    )
    return term.explained(f'<ul class="fp-tally">{items}</ul>') if items else ""


def facts(pairs: list[tuple[str, str]]) -> str:
    """Names and what they stand for; the second of a pair is markup."""
    rows = "".join(f"<dt>{text(name)}</dt><dd>{said}</dd>" for name, said in pairs if said)
    return term.explained(f'<dl class="fp-facts">{rows}</dl>')
