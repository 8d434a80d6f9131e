"""A difference as markup: the judgements as sentences, the figures and sums as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.components.markup import text
from etl.jobs import difference_words as words
from schemas import swedish
from schemas.swedish import NO_VALUE

if TYPE_CHECKING:
    import polars as pl

    from schemas.catalogue import Catalogue

_ROW_HEADS = ("Uppgift", "Nu", "Blir", "Ändring", "Underlag")
_MONEY_HEADS = ("Belopp", "Nu", "Blir", "Ändring")


def sentences(said: list[str]) -> str:
    """Sentences one below the other, most telling first."""
    items = "".join(f"<li>{text(one)}</li>" for one in said)
    return f'<ul class="fp-flips">{items}</ul>'


def rows(ranked: pl.DataFrame, catalogue: Catalogue, *, total: int) -> str:
    """Figures as they are and as they would be, under what makes them matter.

    Args:
        ranked: The first rows of a difference, `etl.jobs.difference_rows.ROW_SCHEMA`, in order.
        catalogue: Names, units, decimals.
        total: How many there are in all.
    """
    body, tier = [], None
    for row in ranked.iter_rows(named=True):
        if row["tier"] != tier:
            tier = row["tier"]
            body.append(
                f'<tr class="fp-tier" role="row"><th scope="rowgroup" role="rowheader" colspan="{len(_ROW_HEADS)}">'
                f"{text(words.TIER_WORDS[tier])}</th></tr>"
            )
        body.append(_row(row, catalogue))
    return _table("Tal som ändras", _ROW_HEADS, "".join(body), _caption(ranked.height, total, "tal"))


def _caption(shown: int, total: int, what: str) -> str:
    if shown < total:
        return f"De {shown} {what} av {swedish.number(total)} som betyder mest; alla finns i arbetsboken"
    return "Det som betyder mest först"


def _table(label: str, heads: tuple[str, ...], body: str, caption: str) -> str:
    head = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in heads)
    return (
        f'<div class="fp-scroll" tabindex="0" role="region" aria-label="{label}"><table class="fp-stack fp-diff" '
        f'role="table"><caption>{text(caption)}</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _row(row: dict[str, Any], catalogue: Catalogue) -> str:
    old, new = (words.figure_text(row, side, catalogue) for side in ("old", "new"))
    change = {"new": "nytt", "removed": "tas bort"}.get(row["what"], words.change_text(row, catalogue))
    cells = (
        "" if row["what"] == "new" else old,
        "" if row["what"] == "removed" else new,
        change if change else "samma tal",
        words.basis_text(row),
    )
    return _cells(words.row_place(row, catalogue), cells, _ROW_HEADS)


def _cells(what: str, cells: tuple[str, ...], heads: tuple[str, ...]) -> str:
    drawn = "".join(
        f'<td role="cell" data-head="{head}"{"" if cell else _BLANK}>{text(cell or NO_VALUE)}</td>'
        for head, cell in zip(heads[1:], cells, strict=True)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{text(what)}</th>{drawn}</tr>'


_BLANK = ' class="fp-blank"'


def money(ranked: pl.DataFrame, catalogue: Catalogue, *, total: int) -> str:
    """Sums as they are and as they would be; arguments as for `rows`."""
    body = "".join(_money_row(row, catalogue) for row in ranked.iter_rows(named=True))
    return _table("Belopp som ändras", _MONEY_HEADS, body, _caption(ranked.height, total, "belopp"))


def _money_row(row: dict[str, Any], catalogue: Catalogue) -> str:
    old, new = (
        "" if row[f"{side}_amount"] is None else swedish.kronor(row[f"{side}_amount"])
        for side in ("old", "new")
    )
    change = swedish.value_text(row["change"], "kronor", 0)
    signed = f"+{change}" if row["change"] > 0 else change
    return _cells(words.money_place(row, catalogue), (old, new, signed), _MONEY_HEADS)
