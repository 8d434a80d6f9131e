"""What money a delregion or a municipality has been allocated, agreement by agreement."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from dashboard import data, money
from dashboard.components import markup
from dashboard.components import purse as drawn
from etl.measures.population import newest

if TYPE_CHECKING:
    from schemas.catalogue import Agreement, Area


@lru_cache(maxsize=64)
def _html(version: data.Version, delregion: str, municipality: str | None) -> str:
    catalogue = data.catalogue()
    within, shown = catalogue.areas[delregion], catalogue.areas[municipality or delregion]
    inside = [shown] if municipality else catalogue.members(delregion)
    parts = [_one(version, agreement, within, shown, inside) for agreement in catalogue.agreements.values()]
    title = f"<h2>Medel till {markup.text(shown.name)}</h2>"
    return f'<section class="fp-part">{title}{"".join(parts)}</section>' if parts else ""


def _one(version: data.Version, agreement: Agreement, within: Area, shown: Area, inside: list[Area]) -> str:
    mine = [shown.id, *(area.id for area in inside)]
    people = sum(newest(data.knowledge().population, inside).values())
    rows = money.of_agreement(data.allocations(version), agreement).filter(pl.col("area").is_in(mine))
    purposes = money.by(rows, "purpose") if rows.height else []
    example = bool((rows["origin"] == "example").any())
    return drawn.html(agreement, shown, within, purposes, people, example=example)


def show(version: data.Version, delregion: Area, municipality: Area | None) -> None:
    """The money, below its heading; nothing where there is no agreement."""
    found = _html(version, delregion.id, municipality.id if municipality else None)
    if found:
        markup.show(found, key="purse")
