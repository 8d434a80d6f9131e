"""The deliveries that wait for review, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import links
from dashboard.components import term
from dashboard.components.markup import link, text
from schemas import clock, swedish
from schemas.words import SUBJECT_WORDS

if TYPE_CHECKING:
    import polars as pl

_HEADS = ("Leverans", "Ämne", "Levererad", "Av", "Tal", "Varningar", "Kommentarer", "Publiceras")


def html(batches: pl.DataFrame, chosen: int) -> str:
    """The table, oldest first.

    Args:
        batches: Staged rows of `Snapshot.batches`.
        chosen: The one that the page shows below.
    """
    head = term.explained("".join(f'<th scope="col" role="columnheader">{name}</th>' for name in _HEADS))
    body = "".join(_row(row, chosen) for row in batches.sort("batch").iter_rows(named=True))
    return (
        '<div class="fp-scroll" tabindex="0" role="region" aria-label="Leveranser som väntar"><table class="fp-stack" '
        f'role="table"><thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody>'
        "</table></div>"
    )


def _row(row: dict[str, Any], chosen: int) -> str:
    number = str(row["batch"])
    here = ' aria-current="true"' if row["batch"] == chosen else ""
    css = ' class="fp-mine"' if here else ""
    name = link(links.href(links.REVIEW, leverans=number), f"{number} {text(row['name'])}")
    cells = (
        text(", ".join(SUBJECT_WORDS.get(job, job) for job in row["jobs"])),
        f'<span class="fp-num">{clock.moment_text(row["delivered_at"])}</span>',
        text(row["delivered_by"]),
        swedish.number(row["observations"] + row["allocations"]),
        swedish.number(row["warnings"]) if row["warnings"] else "",
        swedish.number(row["comments"]) if row["comments"] else "",
        f'<span class="fp-num">{clock.moment_text(row["due"])}</span>' if row["due"] else "",
    )
    drawn = "".join(
        f'<td role="cell" data-head="{head}"{"" if cell else _BLANK}>{cell}</td>'
        for head, cell in zip(_HEADS[1:], cells, strict=True)
    )
    return f'<tr role="row"{css}{here}><th scope="row" role="rowheader">{name}</th>{drawn}</tr>'


_BLANK = ' class="fp-blank"'


def comments(events: pl.DataFrame) -> str:
    """What has been said of a batch, oldest first; events of the action `commented`."""
    items = "".join(
        f'<li><span class="fp-small fp-quiet">{clock.moment_text(row["at"])}, {text(row["by"])}</span>'
        f'<span class="fp-said">{text(row["note"] or "")}</span></li>'
        for row in events.iter_rows(named=True)
    )
    return f'<ul class="fp-comments">{items}</ul>'
