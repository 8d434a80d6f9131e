"""The small symbols of a process behaviour chart's answers and of a comparison, beside a figure.

As in Making Data Count a letter says what the shape can't: H and L that the newest figure is unusually high or
low where one way is better, P (pass), F (fail) and ? how the target stands to the usual variation. Shapes tell
better and worse apart without colour, and are those of the points in the indicator's chart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.components import badge, term
from dashboard.components.markup import text
from dashboard.signals import ASSURANCES, VARIATIONS
from etl.measures.findings import signal
from schemas.results import Assurance, Compared, Variation

if TYPE_CHECKING:
    from dashboard.board import Figure
    from dashboard.signals import Signal
    from schemas.catalogue import Direction

_PAPER = (
    'fill="none" stroke="var(--fp-paper)" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"'
)
_INK = _PAPER.replace("var(--fp-paper)", "currentColor")
_PILL = '<rect x="1" y="1.5" width="20" height="13" rx="6.5" {}/>'.format
_FILLED, _OPEN = 'fill="currentColor"', 'fill="none" stroke="currentColor" stroke-width="1.5"'

#: Letters in the middle of a box 16 wide and high.
_LETTERS = {1: "M6.2 5.4v5.2M9.8 5.4v5.2M6.2 8h3.6", -1: "M6.9 5.4v5.2h3"}

_DOTS = "".join(
    f'<circle cx="{x}" cy="{y}" r="1.6" fill="currentColor"/>'
    for x, y in ((2, 9.6), (6, 6.2), (10, 9.8), (14, 6.4))
)

_ASSURANCE = {
    Assurance.MET: f'{_PILL(_FILLED)}<path d="M9.4 11.4V4.8h2.5a2 2 0 0 1 0 4H9.4" {_PAPER}/>',
    Assurance.MISSED: f'{_PILL(_FILLED)}<path d="M9.3 11.4V4.8h4M9.3 8h3.2" {_PAPER}/>',
    Assurance.INCONSISTENT: (
        f'{_PILL(_OPEN)}<path d="M9.2 6.3a1.9 1.9 0 1 1 2.7 1.8c-.6.3-.8.6-.8 1.1" {_INK}/>'
        '<circle cx="11.1" cy="11.4" r="1" fill="currentColor"/>'
    ),
}


class Beside(NamedTuple):
    """How a figure stands beside the county's.

    Attributes:
        word: A few words.
        css: Class that colours it.
        symbol: SVG inside a 16 × 16 box, told apart by shape alone.
    """

    word: str
    css: str
    symbol: str


#: A comparison with the county; the shapes are those of the same answers in a chart.
COUNTY: dict[str, Beside] = {
    Compared.BETTER: Beside("Bättre än länet", "better", VARIATIONS[Variation.IMPROVEMENT].symbol),
    Compared.WORSE: Beside("Sämre än länet", "worse", VARIATIONS[Variation.CONCERN].symbol),
    Compared.HIGHER: Beside("Högre än länet", "neither", VARIATIONS[Variation.HIGH].symbol),
    Compared.LOWER: Beside("Lägre än länet", "neither", VARIATIONS[Variation.LOW].symbol),
    Compared.SIMILAR: Beside(
        "Ingen säker skillnad",
        "unchanged",
        f'<path d="M2 6.4q3-3.4 6 0t6 0M2 10.8q3-3.4 6 0t6 0" {_INK}/>',
    ),
}


def variation(figure: Figure, direction: Direction) -> str:
    """The symbol of what the chart says of the newest figure; empty where it says nothing."""
    said = VARIATIONS.get(figure.variation or "")
    return _varying(said, signal(figure.variation, direction)) if said else ""


def _varying(said: Signal, way: int) -> str:
    if said is VARIATIONS[Variation.COMMON]:
        return _svg(_DOTS, said.css)
    # A triangle says by itself which way.
    lettered = said in (VARIATIONS[Variation.IMPROVEMENT], VARIATIONS[Variation.CONCERN]) and way
    letter = f'<path d="{_LETTERS[way]}" {_PAPER}/>' if lettered else ""
    return _svg(said.symbol + letter, said.css)


def assurance(figure: Figure) -> str:
    """The symbol of how the target stands to the usual variation; empty where nothing is known of it."""
    return assured(figure.assurance) if figure.assurance in ASSURANCES else ""


def assured(answer: str) -> str:
    """The symbol of one of `schemas.results.Assurance`."""
    return _svg(_ASSURANCE[Assurance(answer)], ASSURANCES[answer].css, width=22)


def compared(answer: str) -> str:
    """The symbol of one of `schemas.results.Compared`, beside the county."""
    return _svg(COUNTY[answer].symbol, COUNTY[answer].css)


def _svg(symbol: str, css: str, *, width: int = 16) -> str:
    return f'<svg class="fp-sign fp-{css}" viewBox="0 0 {width} 16" width="{width}" aria-hidden="true">{symbol}</svg>'


def legend() -> str:
    """What the symbols mean, each with its word; an improvement with H, a concern with L."""
    ways = {Variation.IMPROVEMENT: 1, Variation.CONCERN: -1}
    items = [(_varying(said, ways.get(Variation(key), 0)), said) for key, said in VARIATIONS.items()]
    items += [(assured(key), said) for key, said in ASSURANCES.items()]
    rows = "".join(
        f"<li>{badge.beside(symbol, said.word, said.css)}<br>{text(said.meaning)}</li>"
        for symbol, said in items
    )
    return term.explained(f'<ul class="fp-legend" aria-label="Vad de små symbolerna betyder">{rows}</ul>')
