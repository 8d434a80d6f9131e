"""A method as the method page tells it: what it is for, its formula, and where the formula comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.components import term
from dashboard.components.markup import text

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Method:
    """One method.

    Attributes:
        name: Its heading.
        what: What it says and when it is used, in plain Swedish.
        formulas: The formulas, one a line.
        where: What the letters of the formulas stand for.
        source: Where the formula is published.
        note: What a reader should beware of.
    """

    name: str
    what: str
    source: str
    formulas: tuple[str, ...] = ()
    where: str = ""
    note: str = ""


@dataclass(frozen=True)
class Group:
    """Methods that answer one question.

    Attributes:
        name: The question, as a heading.
        methods: In the order they are read.
    """

    name: str
    methods: tuple[Method, ...]


@dataclass(frozen=True)
class Departure:
    """Where we do it in another way than the tool that the method is taken from.

    Attributes:
        what: What we do.
        why: The reason.
    """

    what: str
    why: str


def html(methods: Sequence[Method]) -> str:
    """The methods, each with its heading."""
    return "".join(_one(method) for method in methods)


def _one(method: Method) -> str:
    formulas = "".join(f'<p class="fp-formula">{text(formula)}</p>' for formula in method.formulas)
    where = f'<p class="fp-small">{text(method.where)}</p>' if method.where else ""
    note = f"<p>{text(method.note)}</p>" if method.note else ""
    return term.explained(
        f'<section class="fp-method"><h3>{text(method.name)}</h3><p>{text(method.what)}</p>{formulas}{where}{note}'
        f'<p class="fp-small fp-quiet">Källa: {text(method.source)}</p></section>'
    )


def departures(caption: str, rows: Sequence[Departure]) -> str:
    """A table of departures and their reasons."""
    body = "".join(f'<tr><th scope="row">{text(row.what)}</th><td>{text(row.why)}</td></tr>' for row in rows)
    return (
        f'<div class="fp-scroll" tabindex="0" role="region" aria-label="{text(caption)}"><table class="fp-reasons">'
        f'<caption>{text(caption)}</caption><thead><tr><th scope="col">Avsteg</th><th scope="col">Varför</th></tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A plain table whose first cell of each row names it."""
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in heads)
    body = "".join(
        f'<tr><th scope="row">{text(first)}</th>{"".join(f"<td>{text(cell)}</td>" for cell in cells)}</tr>'
        for first, *cells in rows
    )
    return (
        f'<div class="fp-scroll" tabindex="0" role="region" aria-label="{text(caption)}"><table class="fp-reasons">'
        f"<caption>{text(caption)}</caption><thead><tr>{term.explained(head)}</tr></thead><tbody>{body}</tbody></table></div>"
    )
