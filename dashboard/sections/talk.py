"""What matters first, and what to talk about: for the county with its delregioner, or for one of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from dashboard import data
from dashboard.components import markup, points, term
from etl.measures.summary import NOTHING_KNOWN, area_summary, summary
from etl.measures.talking_points import talking_points

if TYPE_CHECKING:
    from schemas.catalogue import Area, Subject

#: So many points that none is left to be counted.
_ALL = 1_000


@lru_cache(maxsize=64)
def _lead(version: data.Version, division: str, area: str | None, subject: Subject | None) -> str:
    rows, catalogue = _rows(version, area, subject), data.catalogue()
    if area is None:
        found = summary(rows, catalogue, division, with_reached=False)
    else:
        found = area_summary(rows, catalogue, catalogue.areas[area])
    return "" if found.headline == NOTHING_KNOWN else points.lead(found.headline, found.supporting)


@lru_cache(maxsize=64)
def _points(version: data.Version, division: str, area: str | None, subject: Subject | None) -> str:
    rows, catalogue = _rows(version, area, subject), data.catalogue()
    found = talking_points(rows, catalogue, division, most=_ALL)
    return points.html(found, catalogue, division) if found.height else ""


def prepare(version: data.Version, division: str, area: str | None, subject: Subject | None) -> None:
    """Work out what will be said. Arguments as for `lead`, the area by its id."""
    _lead(version, division, area, subject)
    _points(version, division, area, subject)


def _rows(version: data.Version, area: str | None, subject: Subject | None) -> pl.DataFrame:
    rows = data.judgements(version).filter(pl.col("sex") == "total")
    if area is not None:
        rows = rows.filter(pl.col("area") == area)
    if subject is not None:
        own = [item.id for item in data.catalogue().indicators.values() if item.subject is subject]
        rows = rows.filter(pl.col("indicator").is_in(own))
    return rows


def lead(version: data.Version, division: str, area: Area | None, subject: Subject | None = None) -> None:
    """What matters first in one sentence, and the sentences that support it; nothing where nothing is known.

    Args:
        version: What the page shows.
        division: Id of the division whose delregioner are told of.
        area: The only delregion told of; the county and all delregioner where None.
        subject: The only subject told of.
    """
    drawn = _lead(version, division, area.id if area else None, subject)
    if drawn:
        markup.show(term.explained(drawn), key="lead")


def front(
    version: data.Version, division: str, area: Area | None, subject: Subject | None, below: str
) -> str:
    """As markup: what matters first with `below` under it, and beside it the points under their heading.

    Other arguments as for `lead`.
    """
    chosen = (version, division, area.id if area else None, subject)
    drawn = _points(*chosen)
    beside = (
        f'<section aria-labelledby="att-prata-om"><h2 id="att-prata-om">Att prata om</h2>{drawn}</section>'
    )
    # Each term is explained once: the parts stand beside each other.
    return term.anew(
        f'<div class="fp-front"><div>{_lead(*chosen)}{below}</div>{beside if drawn else ""}</div>'
    )


def show(version: data.Version, division: str, area: Area | None, subject: Subject | None = None) -> None:
    """The points in order, under their heading; nothing where there is no point. Arguments as for `lead`."""
    drawn = _points(version, division, area.id if area else None, subject)
    if drawn:
        st.header("Att prata om", anchor=False)
        markup.show(drawn, key="points")
