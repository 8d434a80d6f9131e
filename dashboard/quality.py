"""How fresh and complete what the pages show is, cached by version and day."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from dashboard import data, moment, recent
from dashboard.components import quality_table
from dashboard.swedish_csv import as_bytes
from etl.measures import data_quality, frames
from schemas import clock, swedish
from schemas.catalogue import Subject
from schemas.period import Period, PeriodType

if TYPE_CHECKING:
    from datetime import date

    from etl.measures.data_quality import Freshness

#: The caveat of an indicator that no more deliveries come of.
ENDED = "leveranser-upphort"

_HEADS = (
    "Indikator", "Område", "Läge", "Period", "Dagar sedan perioden tog slut", "Nästa period slutar",
    "Försenad efter", "Ansvarig", "Exempeldata", "Preliminär", "Dold", "Kommuner", "Kommuner med uppgift",
    "Kommuner med dold uppgift", "Kommuner med exempeldata", "Perioder", "Perioder med uppgift", "Skäl",
)  # fmt: skip


def day() -> date:
    """The day that lateness is judged at: the one that the page is shown as of."""
    return moment.day() or clock.today()


@lru_cache(maxsize=4)
def _everything(version: data.Version, today: date) -> pl.DataFrame:
    catalogue = data.catalogue()
    rules = frames.rules(catalogue)
    ended = {item.id for item in catalogue.indicators.values() if ENDED in item.caveats}
    return data_quality.quality(
        data.judgements(version),
        data_quality.periods_of(recent.recent(version), rules),
        rules,
        frames.members(catalogue),
        today=today,
        ended=ended,
    )


def rows(version: data.Version, today: date, division: str, subject: Subject | None) -> pl.DataFrame:
    """The county and one division's delregioner: `etl.measures.data_quality.QUALITY_SCHEMA`.

    Args:
        version: What the page shows.
        today: The day that lateness is judged at.
        division: Id of the division.
        subject: The only subject told of; all of them where None.
    """
    found = _everything(version, today).filter(
        pl.col("division").is_null() | (pl.col("division") == division)
    )
    if subject is None:
        return found
    own = [item.id for item in data.catalogue().indicators.values() if item.subject is subject]
    return found.filter(pl.col("indicator").is_in(own))


@lru_cache(maxsize=64)
def shown(
    version: data.Version, today: date, division: str, subject: Subject | None
) -> tuple[dict[Freshness, int], str]:
    """How many indicators are of each kind, and the matrix."""
    catalogue, found = data.catalogue(), rows(version, today, division, subject)
    summary = data_quality.by_indicator(found)
    areas = [catalogue.county, *catalogue.delregioner(division)]
    return data_quality.counts(summary), quality_table.html(found, summary, catalogue, areas, division)


@lru_cache(maxsize=16)
def as_csv(version: data.Version, today: date, division: str, subject: Subject | None) -> bytes:
    """The same, a row for each indicator and area, as a file."""
    catalogue = data.catalogue()
    lines = []
    for row in rows(version, today, division, subject).iter_rows(named=True):
        indicator = catalogue.indicators[row["indicator"]]
        start = row["period_start"]
        lines.append(
            [
                indicator.name,
                catalogue.areas[row["area"]].name,
                quality_table.STATES[row["freshness"]].word,
                Period(start, PeriodType(row["period_type"])).label if start else "",
                *("" if row[key] is None else str(row[key]) for key in ("age_days", "next_end", "due")),
                indicator.owner,
                *("ja" if row[key] else "nej" for key in ("example", "preliminary", "hidden")),
                *(
                    str(row[key])
                    for key in (
                        "members",
                        "with_value",
                        "with_hidden",
                        "with_example",
                        "periods",
                        "with_figure",
                    )
                ),
                row["reason"] or "",
            ]
        )
    return as_bytes(_HEADS, lines)


def finding(counts: dict[Freshness, int]) -> str:
    """`7 av 26 indikatorer är försenade och 16 har bara exempeldata`: what is wrong first, or that nothing is."""
    number = sum(counts.values())
    late, example, current = (
        counts[kind]
        for kind in (
            data_quality.Freshness.LATE,
            data_quality.Freshness.EXAMPLE,
            data_quality.Freshness.CURRENT,
        )
    )
    overdue = "är försenad" if late == 1 else "är försenade"
    of = f"av {swedish.count_text(number, 'indikator', 'indikatorer')}"
    if late and example:
        return f"{late} {of} {overdue} och {example} har bara exempeldata"
    if late:
        return f"{late} {of} {overdue}"
    if example:
        return f"{example} {of} har bara exempeldata"
    return f"{current} {of} har aktuella uppgifter"
