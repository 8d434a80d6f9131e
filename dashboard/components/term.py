"""A help word: a term that explains itself where it stands, at a click, a touch or a key press."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

from dashboard import inflections
from dashboard.components.markup import text
from dashboard.glossary import GROUPS, TERMS, Term

_PIECES = re.compile(r"<[^>]*>|[^<]+")
_TAG = re.compile(r"</?([a-z0-9]+)")

#: Where a button would be part of another name, or there would be one in each row of a table.
_NAMES = frozenset(
    (
        "a",
        "button",
        "caption",
        "summary",
        "label",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "svg",
        "tbody",
        "tfoot",
    )
)
#: What is only for screen readers, or not for them, and the mark of example data, which a notice explains.
_ALONE = ("fp-sr", 'aria-hidden="true"', "fp-chip")
_BUTTON = re.compile(r'<button type="button" class="fp-term"[^>]*>(.*?)</button>')
_WITHOUT_END = frozenset(("br", "wbr", "hr", "img", "input", "col"))


def html(term: str, shown: str | None = None) -> str:
    """The term as a button that opens its definition; Escape or a click elsewhere closes it.

    Not for the inside of a link or a heading: there a button would be part of the name.

    Args:
        term: Key in `dashboard.glossary.TERMS`.
        shown: The word as the sentence has it; the glossary's own form with a small first letter where left out.

    Raises:
        KeyError: The glossary doesn't have the term.
    """
    return _button(term, text(shown or _running(TERMS[term].word)))


@lru_cache(maxsize=512)
def explained(block: str, *, without: frozenset[str] = frozenset()) -> str:
    """A block of markup in which the first mention of each term can be pressed; what is read stays the same.

    Left alone are links, headings, captions, what opens a part, the rows of a table, marks of example data, and what
    is only for screen readers. Cached, since many blocks are the same for all readers and reruns.

    Args:
        block: Markup: a legend, a paragraph, a list of facts, the head of a table.
        without: Keys of terms that the block itself explains.
    """
    seen = set(without)
    within: list[tuple[str, bool]] = []
    return "".join(
        _after(piece, within) if piece.startswith("<") else piece if _closed(within) else _marked(piece, seen)
        for piece in _PIECES.findall(block)
    )


def anew(block: str) -> str:
    """As `explained`, of a block whose parts have been explained: each term in it once, at its first mention."""
    return explained(_BUTTON.sub(r"\1", block))


def _after(tag: str, within: list[tuple[str, bool]]) -> str:
    """The tag as it is, having noted in `within` what is open after it and whether terms are left alone there."""
    found = _TAG.match(tag)
    if found is None or tag.endswith("/>") or found[1] in _WITHOUT_END:
        return tag
    if not tag.startswith("</"):
        alone = any(mark in tag for mark in _ALONE)
        within.append((found[1], _closed(within) or alone or found[1] in _NAMES))
    elif within:
        within.pop()
    return tag


def _closed(within: list[tuple[str, bool]]) -> bool:
    return bool(within) and within[-1][1]


def _marked(said: str, seen: set[str]) -> str:
    def one(match: re.Match[str]) -> str:
        key = inflections.key_of(match)
        if key in seen:
            return match[0]
        seen.add(key)
        return _button(key, match[0])

    return inflections.pattern().sub(one, said)


def _button(key: str, shown: str) -> str:
    """The button; `shown` is markup."""
    found = TERMS[key]
    return (
        f'<button type="button" class="fp-term" aria-haspopup="dialog" data-term="{text(found.word)}" '
        f'data-says="{text(found.says)}">{shown}</button>'
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
