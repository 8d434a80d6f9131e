"""What a process behaviour chart says, as word, symbol and meaning: of the newest figure, and of the target."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.results import Assurance, Variation


@dataclass(frozen=True)
class Signal:
    """How an answer looks and reads.

    Attributes:
        word: Two or three words.
        css: Class that colours it.
        symbol: SVG inside a 16 × 16 box, told apart by shape alone.
        meaning: One sentence for the legend.
        marker: Plotly's name of the same shape, for a point in a chart; None for what is no point.
    """

    word: str
    css: str
    symbol: str
    meaning: str
    marker: str | None = None


_RING = '<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/>'
_DISC = '<circle cx="8" cy="8" r="7.4" fill="currentColor"/>'
_LINE = 'fill="none" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"'

VARIATIONS: dict[str, Signal] = {
    Variation.IMPROVEMENT: Signal(
        "Bättre än vanligt",
        "better",
        '<path d="M8 0.8L15.2 8L8 15.2L0.8 8z" fill="currentColor"/>',
        "Värdet avviker åt det bättre hållet, mer än den vanliga variationen.",
        "diamond",
    ),
    Variation.CONCERN: Signal(
        "Sämre än vanligt",
        "worse",
        '<path d="M2 2h12v12H2z" fill="currentColor"/>',
        "Värdet avviker åt det sämre hållet, mer än den vanliga variationen.",
        "square",
    ),
    Variation.HIGH: Signal(
        "Högre än vanligt",
        "neither",
        '<path d="M8 1.5L15 14H1z" fill="currentColor"/>',
        "Värdet är högre än den vanliga variationen. Inget håll är bättre i sig.",
        "triangle-up",
    ),
    Variation.LOW: Signal(
        "Lägre än vanligt",
        "neither",
        '<path d="M8 14.5L1 2h14z" fill="currentColor"/>',
        "Värdet är lägre än den vanliga variationen. Inget håll är bättre i sig.",
        "triangle-down",
    ),
    Variation.COMMON: Signal(
        "Vanlig variation",
        "unchanged",
        '<circle cx="8" cy="8" r="5" fill="currentColor"/>',
        "Värdet ligger inom den vanliga variationen: skillnaderna kan bero på slump.",
        "circle",
    ),
}

ASSURANCES: dict[str, Signal] = {
    Assurance.MET: Signal(
        "Målet brukar nås",
        "reached",
        f'{_DISC}<path d="M4.6 8.3l2.3 2.4 4.5-5" stroke="var(--fp-paper)" {_LINE}/>',
        "Hela den vanliga variationen ligger på målets rätta sida.",
    ),
    Assurance.MISSED: Signal(
        "Målet nås inte",
        "wrong",
        f'{_DISC}<path d="M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4" stroke="var(--fp-paper)" {_LINE}/>',
        "Hela den vanliga variationen ligger på målets fel sida.",
    ),
    Assurance.INCONSISTENT: Signal(
        "Målet nås ibland",
        "unchanged",
        f'{_RING}<path d="M8 1.4a6.6 6.6 0 0 1 0 13.2z" fill="currentColor"/>',
        "Målet ligger inom den vanliga variationen: ibland nås det, ibland inte.",
    ),
}
