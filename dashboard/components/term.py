"""A help word: a term that explains itself where it stands, at a click, a touch or a key press."""

from __future__ import annotations

from itertools import groupby

from dashboard.components.markup import text
from dashboard.glossary import GROUPS, TERMS, Term


def html(term: str, shown: str | None = None) -> str:
    """The term as a button that opens its definition; Escape or a click elsewhere closes it.

    Not for the inside of a link or a heading: there a button would be part of the name.

    Args:
        term: Key in `dashboard.glossary.TERMS`.
        shown: The word as the sentence has it; the glossary's own form with a small first letter where left out.

    Raises:
        KeyError: The glossary doesn't have the term.
    """
    found = TERMS[term]
    return (
        f'<button type="button" class="fp-term" aria-haspopup="dialog" data-term="{text(found.word)}" '
        f'data-says="{text(found.says)}">{text(shown or _running(found.word))}</button>'
    )


def _running(word: str) -> str:
    """A term as it is written inside a sentence: abbreviations and names keep their capitals."""
    return word if word[1:] != word[1:].lower() else word[0].lower() + word[1:]


def anchor(term: str) -> str:
    """The address fragment of a term in the glossary."""
    return f"ord-{term}"


def one(term: Term) -> str:
    """One term by itself, above the others."""
    return f'<p class="fp-asked" role="note"><strong>{text(term.word)}.</strong> {text(term.says)}</p>'


def glossary() -> str:
    """All terms with their definitions, group by group, each in the order of the alphabet."""
    in_order = sorted(TERMS.items(), key=lambda item: (GROUPS.index(item[1].group), _sorted(item[1].word)))
    parts = []
    for group, items in groupby(in_order, key=lambda item: item[1].group):
        rows = "".join(
            f'<dt id="{anchor(key)}">{text(term.word)}</dt><dd>{text(term.says)}</dd>' for key, term in items
        )
        parts.append(f'<section class="fp-words"><h2>{text(group)}</h2><dl>{rows}</dl></section>')
    return "".join(parts)


def _sorted(word: str) -> tuple[int, ...]:
    """What Swedish words are put in order by: å, ä and ö come last."""
    letters = "abcdefghijklmnopqrstuvwxyzåäö"
    return tuple(letters.find(letter) for letter in word.lower())
