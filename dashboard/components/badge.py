"""A symbol with its word beside it: what is said by colour is said twice more."""

from __future__ import annotations

from typing import Protocol

from dashboard.components.markup import text


class Told(Protocol):
    """An answer that has a look: an outcome, a signal, a freshness."""

    @property
    def word(self) -> str:
        """A word or two."""
        ...

    @property
    def css(self) -> str:
        """The class that colours it, without its prefix."""
        ...

    @property
    def symbol(self) -> str:
        """SVG inside a 16 × 16 box, told apart by shape alone."""
        ...


def icon(told: Told) -> str:
    """The symbol; decoration, the word stands beside it or in the link's label."""
    return f'<svg class="fp-icon fp-{told.css}" viewBox="0 0 16 16" aria-hidden="true">{told.symbol}</svg>'


def of(told: Told) -> str:
    """The symbol and the word."""
    return beside(icon(told), told.word, told.css)


def beside(symbol: str, word: str, css: str) -> str:
    """A symbol that is drawn already, and a word."""
    return f'<span class="fp-outcome fp-{css}">{symbol}<span>{text(word)}</span></span>'
