"""The delivered files as a table, and what has happened to them, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import links, moment
from dashboard.components import term
from dashboard.components.markup import link, text
from etl.jobs.changes import CHANGING
from schemas import clock, swedish
from schemas.words import STATUS_WORDS

if TYPE_CHECKING:
    from datetime import date, datetime

    import polars as pl

    from dashboard.log import Entry

SHOWN = 30
_BLANK = ' class="fp-blank"'
_RIGHTLY = ' class="fp-right"'

_ORIGINS = {"example": "Exempeldata", "published": "Medföljer programmet", "uploaded": "Levererad"}


def _moment(when: datetime | None) -> str:
    return "" if when is None else clock.moment_text(when)


def _to(row: dict[str, Any]) -> str:
    """The file's name, leading to where something can be done with the batch."""
    page = links.REVIEW if row["status"] == "staged" else links.HISTORY
    return link(links.href(page, leverans=str(row["batch"])), text(row["name"]))


_HEADS = ("Nr", "Fil", "Läge", "Ursprung", "Levererad", "Av", "Rader", "Anteckning")

#: Which of them are numbers.
_RIGHT = frozenset({"Nr", "Rader"})


def html(batches: pl.DataFrame) -> str:
    """The table; columns and order as `etl.warehouse.Warehouse.batches` gives them, newest first."""
    head = "".join(
        f'<th scope="col" role="columnheader"{_RIGHTLY if name in _RIGHT else ""}>{name}</th>'
        for name in _HEADS
    )
    body = "".join(_row(row) for row in batches.head(SHOWN).iter_rows(named=True))
    caption = f"De senaste {min(SHOWN, batches.height)} av {swedish.number(batches.height, 0)} leveranser"
    return (
        '<div class="fp-scroll" tabindex="0" role="region" aria-label="Leveranser"><table class="fp-stack" '
        f'role="table"><caption>{caption}</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _row(row: dict[str, Any]) -> str:
    cells = (
        _to(row),
        STATUS_WORDS[row["status"]].capitalize(),
        _ORIGINS.get(row["origin"], ""),
        f'<span class="fp-num">{_moment(row["delivered_at"])}</span>',
        text(row["delivered_by"]),
        swedish.number(row["observations"] + row["allocations"], 0),
        text(row["note"] or ""),
    )
    drawn = "".join(
        f'<td role="cell" data-head="{name}"{_RIGHTLY if name in _RIGHT else "" if cell else _BLANK}>{cell}</td>'
        for name, cell in zip(_HEADS[1:], cells, strict=True)
    )
    return f'<tr role="row"><th scope="row" role="rowheader"{_RIGHTLY}>{row["batch"]}</th>{drawn}</tr>'


def delivered(batches: pl.DataFrame, number: int | None) -> str | None:
    """When and in which batch a figure came, `2026-11-21 20.04, leverans 3`; a file's name isn't for every reader."""
    found = batches.filter(batches["batch"] == number) if number is not None else batches.clear()
    if found.is_empty():
        return None
    row = found.row(0, named=True)
    return f"{_moment(row['delivered_at'])}, leverans {row['batch']}"


def log(entries: list[Entry], *, opened: bool) -> str:
    """Events as a table, in the order given; on a narrow screen each is a block.

    Args:
        entries: What to show.
        opened: Whether the reader may inspect any batch: then with file names and who did what, else with
            what every reader may know.
    """
    heads = ["När", "Leverans", "Vad"]
    heads += ["Vem", "Skäl eller kommentar", "Version"] if opened else ["Ämne", "Källa", "Skäl", "Version"]
    head = term.explained("".join(f'<th scope="col" role="columnheader">{name}</th>' for name in heads))
    body = "".join(_log_row(entry, heads, opened=opened) for entry in entries)
    return (
        '<div class="fp-scroll" tabindex="0" role="region" aria-label="Händelser"><table class="fp-stack '
        'fp-log" role="table">'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _log_row(entry: Entry, heads: list[str], *, opened: bool) -> str:
    address = links.href(links.HISTORY, leverans=str(entry.batch))
    batch = link(address, str(entry.batch), aria=f"Leverans {entry.batch}")
    cells = [f'<span class="fp-num">{_moment(entry.at)}</span>', batch, text(entry.what)]
    if opened:
        cells[1] += f' <span class="fp-small fp-quiet">{text(entry.name or "")}</span>'
        cells += [text(entry.by or ""), text(entry.note or "")]
    else:
        cells += [
            text(", ".join(entry.subjects)),
            text(swedish.listing(entry.sources)),
            text(entry.note or ""),
        ]
    cells.append(str(entry.version))
    drawn = "".join(
        f'<td role="cell" data-head="{name}"{"" if cell else _BLANK}>{cell}</td>'
        for name, cell in zip(heads, cells, strict=True)
    )
    return f'<tr role="row">{drawn}</tr>'


def story(entries: list[Entry], today: date) -> str:
    """What has happened to one batch, in the order given, each with a link to the pages as they were that day."""
    items = "".join(_story_item(entry, today) for entry in entries)
    return f'<ol class="fp-time">{items}</ol>'


def _story_item(entry: Entry, today: date) -> str:
    by = f" av {text(entry.by)}" if entry.by else ""
    note = f'<span class="fp-said">{text(entry.note)}</span>' if entry.note else ""
    day = clock.in_sweden(entry.at).date()
    then = ""
    if day < today and entry.action in CHANGING:
        address = links.href(links.OVERVIEW, **{moment.KEY: day.isoformat()})
        then = f" {link(address, 'Se sidorna den dagen')}"
    return (
        f'<li><span class="fp-date">{_moment(entry.at)}</span><div class="fp-event">{text(entry.what)}{by}, '
        f"version {entry.version}.{then}{note}</div></li>"
    )
