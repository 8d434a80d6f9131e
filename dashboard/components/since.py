"""What has happened since the last meeting: one sentence that counts, and behind it what, with links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard import links
from dashboard.components import corrections
from dashboard.components.markup import link, text
from dashboard.components.outcome import icon
from dashboard.words import EXAMPLE_CHIP
from etl.jobs.corrected import Kind
from etl.jobs.difference_flips import turned
from schemas import clock, swedish
from schemas.period import Period, PeriodType
from schemas.results import Outcome
from schemas.words import OUTCOME_WORDS

if TYPE_CHECKING:
    from datetime import date

    from dashboard.since import Chosen
    from etl.jobs.since import Since
    from schemas.catalogue import Catalogue

#: Sentences of a kind that stand open; the rest are a click away.
OPEN = 8

#: Areas that a sentence names; more are counted.
_NAMED = 3


#: What is said where a judgement rests on another kind of figure than before.
_OTHER_KIND = {
    "real": " Verkliga tal har ersatt exempeldata.",
    "example": " Exempeldata visas i stället för verkliga tal.",
}


def html(found: Since, corrected: pl.DataFrame, day: date, chosen: Chosen, catalogue: Catalogue) -> str:
    """What turned, what is new and what was corrected.

    Args:
        found: What has happened since the day, of everything.
        corrected: `etl.jobs.corrections.CORRECTION_SCHEMA`, since the day.
        day: The day.
        chosen: What the page shows; nothing else is told.
        catalogue: The catalogue.
    """
    flips, news, rows = _told(found.flips), found.news, corrected
    flips, news, rows = chosen.of(flips), chosen.of(news), chosen.of(rows)
    real = rows.filter(pl.col("kind") != Kind.EXAMPLE_REPLACED).height
    when = clock.day_text(day)
    if flips.is_empty() and news.is_empty() and rows.is_empty():
        return f'<p class="fp-since" role="status">Inget av det som visas här har ändrats sedan {when}.</p>'
    parts = (
        _part(
            "Bedömningar som har ändrats", _flips(flips, chosen, catalogue), "Ingen bedömning har ändrats."
        ),
        _part("Nya siffror", _news(news, chosen, catalogue), "Inga nya siffror har kommit."),
        _corrected(rows, catalogue),
    )
    return (
        f'<details class="fp-since"><summary><strong>Sedan {when}:</strong> {_counted(flips, news.height, real)}'
        f'</summary><div class="fp-since-parts">{"".join(parts)}</div></details>'
    )


def problem(said: str) -> str:
    """Why a day can't be compared with."""
    return f'<p class="fp-since" role="status">{text(said)}</p>'


def _told(flips: pl.DataFrame) -> pl.DataFrame:
    """The judgements that turned, and the figures that are gone."""
    return flips.filter(pl.col("target").is_not_null() & turned() | (pl.col("what") == "disappears"))


def _counted(flips: pl.DataFrame, news: int, corrected: int) -> str:
    """`3 bedömningar har ändrats (2 sämre), 24 nya siffror och inga rättelser.`."""
    turns = dict(flips.drop_nulls("turn").group_by("turn").len().rows())
    ways = [
        f"{turns[turn]} {word}" for turn, word in (("worse", "sämre"), ("better", "bättre")) if turn in turns
    ]
    changed = _number(flips.height, "ingen bedömning har", "bedömning har", "bedömningar har")
    said = [
        f"{changed} ändrats{f' ({swedish.listing(ways)})' if ways else ''}",
        _number(news, "inga nya siffror", "ny siffra", "nya siffror"),
        _number(corrected, "inga rättelser", "rättelse", "rättelser"),
    ]
    return f"{swedish.listing(said)}."


def _number(count: int, none: str, one: str, several: str) -> str:
    return swedish.count_text(count, one, several) if count else none


def _part(heading: str, items: list[str], nothing: str) -> str:
    if not items:
        return f"<section><h2>{heading}</h2><p>{nothing}</p></section>"
    shown = f"<ul>{''.join(items[:OPEN])}</ul>"
    left = len(items) - OPEN
    if left > 0:
        shown += f"<details><summary>Visa {left} till</summary><ul>{''.join(items[OPEN:])}</ul></details>"
    return f"<section><h2>{heading}</h2>{shown}</section>"


def _flips(flips: pl.DataFrame, chosen: Chosen, catalogue: Catalogue) -> list[str]:
    key = ["indicator", "target", "age", "what", "old_outcome", "new_outcome", "old_example", "new_example"]
    grouped = flips.group_by(key, maintain_order=True).agg("area")
    return [_flip(row, chosen, catalogue) for row in grouped.iter_rows(named=True)]


def _flip(row: dict[str, Any], chosen: Chosen, catalogue: Catalogue) -> str:
    gone = row["what"] == "disappears"
    symbol = icon(row["old_outcome" if gone else "new_outcome"]) if row["target"] else ""
    old, new = (OUTCOME_WORDS[Outcome(row[f"{side}_outcome"])].lower() for side in ("old", "new"))
    if gone:
        was = row["target"] and row["old_outcome"] != Outcome.CANNOT_BE_JUDGED
        said = f"ingen uppgift längre{f', förut {old}' if was else ''}."
    elif row["what"] == "appears":
        said = f"från ingen uppgift till <strong>{new}</strong>."
    else:
        said = f"från {old} till <strong>{new}</strong>.{_OTHER_KIND.get(row['what'], '')}"
    name = f"{_name(row, chosen, catalogue)}{_target(row, catalogue)} i {_places(row, chosen, catalogue)}"
    chip = _chip(example=row["old_example"] if gone else row["new_example"])
    return f"<li>{symbol} {name}: {said}{chip}</li>"


def _target(row: dict[str, Any], catalogue: Catalogue) -> str:
    """The target's name where the indicator has several."""
    if row["target"] in catalogue.targets and len(catalogue.targets_of(row["indicator"])) > 1:
        return f" ({text(catalogue.targets[row['target']].label)})"
    return ""


def _news(news: pl.DataFrame, chosen: Chosen, catalogue: Catalogue) -> list[str]:
    key = ["indicator", "age", "period_type", "old_start", "new_start", "example"]
    grouped = news.group_by(key, maintain_order=True).agg("area")
    return [_new(row, chosen, catalogue) for row in grouped.iter_rows(named=True)]


def _new(row: dict[str, Any], chosen: Chosen, catalogue: Catalogue) -> str:
    kind = PeriodType(row["period_type"])
    before = f", förut {Period(row['old_start'], kind).label}" if row["old_start"] else ""
    what = f"{_name(row, chosen, catalogue)}: {Period(row['new_start'], kind).label}{before}"
    return f"<li>{what}. Gäller {_places(row, chosen, catalogue)}.{_chip(example=row['example'])}</li>"


def _name(row: dict[str, Any], chosen: Chosen, catalogue: Catalogue) -> str:
    indicator = catalogue.indicators[row["indicator"]]
    own = [area for area in row["area"] if catalogue.areas[area].division]
    only = own[0] if len(row["area"]) == len(own) == 1 else None
    address = links.to_indicator(indicator, row["age"], indelning=chosen.division, delregion=only)
    age = "" if row["age"] == "total" else f" {row['age']}"
    return link(address, text(f"{indicator.short_name}{age}"))


def _places(row: dict[str, Any], chosen: Chosen, catalogue: Catalogue) -> str:
    """Each area's name as a link to its own figures; several delregioner are counted."""
    indicator = catalogue.indicators[row["indicator"]]
    areas = [catalogue.areas[area] for area in row["area"]]
    parts = [area for area in areas if area.division]
    if len(parts) > _NAMED:
        told = ["länet"] if len(parts) < len(areas) else []
        return swedish.listing([*told, swedish.count_text(len(parts), "delregion", "delregioner")])
    named = []
    for area in areas:
        if not area.division:
            named.append("länet")
            continue
        address = links.to_indicator(indicator, row["age"], indelning=chosen.division, delregion=area.id)
        named.append(link(address, text(area.name)))
    return swedish.listing(named)


def _chip(*, example: bool | None) -> str:
    return f' <span class="fp-chip">{EXAMPLE_CHIP}</span>' if example else ""


def _corrected(rows: pl.DataFrame, catalogue: Catalogue) -> str:
    told = corrections.publications(rows, catalogue)
    shown = corrections.html(told, catalogue) if told else "<p>Inget tal har rättats.</p>"
    every = link(links.href(links.CORRECTIONS), "Alla rättelser")
    return f"<section><h2>Rättelser</h2>{shown}<p>{every}</p></section>"
