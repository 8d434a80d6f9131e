"""The delivered files as a table, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import text
from schemas import swedish
from schemas.words import STATUS_WORDS

if TYPE_CHECKING:
    from datetime import datetime

    import polars as pl

SHOWN = 30

_ORIGINS = {"example": "Exempeldata", "published": "Medföljer programmet", "uploaded": "Levererad"}


def _moment(when: datetime | None) -> str:
    return "" if when is None else f"{when.astimezone():%Y-%m-%d %H.%M}"


def html(batches: pl.DataFrame) -> str:
    """The table; columns and order as `etl.warehouse.Warehouse.batches` gives them, newest first."""
    body = "".join(
        f'<tr><th scope="row" class="fp-right">{row["batch"]}</th><td>{text(row["name"])}</td>'
        f"<td>{STATUS_WORDS[row['status']].capitalize()}</td><td>{_ORIGINS.get(row['origin'], '')}</td>"
        f'<td class="fp-num">{_moment(row["delivered_at"])}</td><td>{text(row["delivered_by"])}</td>'
        f'<td class="fp-right fp-num">{swedish.number(row["observations"] + row["allocations"], 0)}</td>'
        f"<td>{text(row['note'] or '')}</td></tr>"
        for row in batches.head(SHOWN).iter_rows(named=True)
    )
    caption = f"De senaste {min(SHOWN, batches.height)} av {swedish.number(batches.height, 0)} leveranser"
    return (
        '<div class="fp-scroll" tabindex="0" role="region" aria-label="Leveranser"><table>'
        f'<caption>{caption}</caption><thead><tr><th scope="col" class="fp-right">Nr</th><th scope="col">Fil</th>'
        '<th scope="col">Läge</th><th scope="col">Ursprung</th><th scope="col">Levererad</th><th scope="col">Av</th>'
        '<th scope="col" class="fp-right">Rader</th><th scope="col">Anteckning</th></tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def delivered(batches: pl.DataFrame, number: int | None) -> str | None:
    """When and in which batch a figure came, `2026-11-21 20.04, leverans 3 (covid19.csv)`."""
    found = batches.filter(batches["batch"] == number) if number is not None else batches.clear()
    if found.is_empty():
        return None
    row = found.row(0, named=True)
    return f"{_moment(row['delivered_at'])}, leverans {row['batch']} ({row['name']})"
