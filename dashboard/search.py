"""What can be searched for from any page: indicators, places, agreements, pages and terms, each with its address."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dashboard import data, filters, links, moment
from dashboard.glossary import TERMS
from dashboard.registry import PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from schemas.catalogue import Catalogue


class Entry(NamedTuple):
    """Something to be found.

    Attributes:
        label: What it is called.
        kind: What sort of thing it is, in a word or two.
        address: Where it is shown.
        also: Other words that find it.
    """

    label: str
    kind: str
    address: str
    also: str = ""


def index() -> bytes:
    """All entries as JSON, for the day that the pages are shown as of."""
    return _index(moment.day())


@lru_cache(maxsize=8)
def _index(_day: date | None) -> bytes:
    return json.dumps(entries(data.catalogue()), ensure_ascii=False, separators=(",", ":")).encode()


def entries(catalogue: Catalogue) -> list[Entry]:
    """All entries, in the order in which equally good ones are shown."""
    return [*_indicators(catalogue), *_places(catalogue), *_agreements(catalogue), *_pages(), *_terms()]


def _indicators(catalogue: Catalogue) -> Iterator[Entry]:
    for item in catalogue.indicators.values():
        also = f"{item.short_name} {item.kolada_id or ''}".strip()
        yield Entry(item.name, "Indikator", links.href(links.INDICATOR, indikator=item.id), also)


def _places(catalogue: Catalogue) -> Iterator[Entry]:
    for division in catalogue.divisions.values():
        for area in catalogue.delregioner(division.id):
            address = links.href(links.DELREGION, indelning=division.id, delregion=area.id)
            yield Entry(area.name, division.one.capitalize(), address)
    division = catalogue.default_division
    for area in catalogue.delregioner(division.id):
        for place in catalogue.members(area.id):
            address = links.href(
                links.DELREGION,
                **{filters.DIVISION: division.id, filters.DELREGION: area.id, filters.MUNICIPALITY: place.id},
            )
            yield Entry(place.name, f"Kommun, {area.name}", address, place.id)


def _agreements(catalogue: Catalogue) -> Iterator[Entry]:
    for item in catalogue.agreements.values():
        yield Entry(item.name, "Överenskommelse", links.href(links.FUNDS, overenskommelse=item.id))


def _pages() -> Iterator[Entry]:
    for page in PAGES:
        yield Entry(page.title, "Sida", links.href(page.path))


def _terms() -> Iterator[Entry]:
    for key, term in TERMS.items():
        yield Entry(term.word, "Ord", links.href(links.GLOSSARY, ord=key))
