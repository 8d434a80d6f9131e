"""Names and ids of indicators in files → the catalogue's indicator ids."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from etl.transform.names import fold_all, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from schemas.catalogue import Agreement, Catalogue, Indicator


@lru_cache(maxsize=4)
def indicator_table(catalogue: Catalogue) -> Mapping[str, str]:
    """Folded id, full name, short name, Kolada id or Kolada title → indicator id."""
    return table_of((name, item.id) for item in catalogue.indicators.values() for name in _names(item))


def names_indicator(text: str, catalogue: Catalogue) -> bool:
    """Whether a text is the name or id of an indicator."""
    return fold_all([text])[0] in indicator_table(catalogue)


def shown_indicators(catalogue: Catalogue) -> dict[str, str]:
    """Indicator id → how a hint names it."""
    return {item.id: f"”{item.name}” ({item.id})" for item in catalogue.indicators.values()}


def _names(item: Indicator) -> Iterator[str]:
    yield item.id
    yield item.name
    yield item.short_name
    if item.kolada_id and item.kolada_title:
        yield item.kolada_id
        yield item.kolada_title
        yield f"{item.kolada_id} {item.kolada_title}"
        yield f"{item.kolada_title} ({item.kolada_id})"


@lru_cache(maxsize=4)
def agreement_table(catalogue: Catalogue) -> Mapping[str, str]:
    """Folded id or name → agreement id."""
    agreements: dict[str, Agreement] = catalogue.agreements
    return table_of((name, item.id) for item in agreements.values() for name in (item.id, item.name))
