"""Vårdcentraler: an optional table, one row each, whose rows become areas below their municipality.

None comes with the catalogue, because no list of them has a source here; whoever has figures adds their own.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from etl.catalogue.checks import AREAS
from etl.catalogue.problem import CatalogueProblem
from schemas.catalogue import Area, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from etl.catalogue.checks import Parts
    from schemas.catalogue_parts import HealthCentre

HEALTH_CENTRES = "health_centres.csv"

_BETWEEN = "|"

#: å, ä and ö come last and in this order.
_ALPHABET = str.maketrans("åäö", "{|}")
_DIGITS = re.compile(r"(\d+)")

Named = tuple[str, "HealthCentre"]


def check_health_centres(centres: Sequence[Named], parts: Parts) -> list[CatalogueProblem]:
    """Every problem of the table by itself and beside the areas.

    Two vårdcentraler may share a name where they lie in different municipalities; a file then has to say which.

    Args:
        centres: The rows, each with the name that it goes by in problems.
        parts: The rest of the catalogue.
    """
    return [*_ids(centres), *_municipalities(centres, parts), *_names(centres, parts)]


def as_areas(centres: Iterable[HealthCentre], areas: Sequence[Area]) -> list[Area]:
    """The vårdcentraler as areas, in order of municipality and name.

    One whose name another has too is shown with its municipality, and keeps the bare name among its synonyms.

    Args:
        centres: Rows without problems.
        areas: The other areas, municipalities in order of name.
    """
    kept = list(centres)
    municipalities = {area.id: (place, area.name) for place, area in enumerate(areas)}
    shared = Counter(centre.name.casefold() for centre in kept)

    def made(centre: HealthCentre) -> Area:
        alone = shared[centre.name.casefold()] == 1
        name = centre.name if alone else f"{centre.name} ({municipalities[centre.municipality][1]})"
        names = _synonyms(centre) if alone else [centre.name, *_synonyms(centre)]
        return Area(
            id=centre.id, name=name, level=Level.HEALTH_CENTRE, parent=centre.municipality, synonyms=names
        )

    ordered = sorted(kept, key=lambda one: (municipalities[one.municipality][0], _order(one.name), one.id))
    return [made(centre) for centre in ordered]


def _order(name: str) -> list[tuple[int, str]]:
    """By the Swedish alphabet, and numbers by their size."""
    pieces = _DIGITS.split(name.casefold().translate(_ALPHABET))
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces]


def _synonyms(centre: HealthCentre) -> list[str]:
    given = (centre.synonyms or "").split(_BETWEEN)
    return [name.strip() for name in given if name.strip()]


def _ids(centres: Sequence[Named]) -> Iterable[CatalogueProblem]:
    for twice, count in Counter(centre.id for _, centre in centres).items():
        if count > 1:
            yield CatalogueProblem(
                HEALTH_CENTRES, twice, f"id står {count} gånger. Varje id får finnas en gång."
            )


def _municipalities(centres: Sequence[Named], parts: Parts) -> Iterable[CatalogueProblem]:
    known = {area.id: area for _, area in parts.areas}
    for name, centre in centres:
        where, found = f"{name}, municipality", known.get(centre.municipality)
        if centre.municipality not in parts.known(AREAS):
            yield CatalogueProblem(
                HEALTH_CENTRES, where, f"kommunen ”{centre.municipality}” finns inte i katalogen."
            )
        elif found is not None and found.level is not Level.MUNICIPALITY:
            yield CatalogueProblem(HEALTH_CENTRES, where, f"”{centre.municipality}” är ingen kommun.")


def _names(centres: Sequence[Named], parts: Parts) -> Iterable[CatalogueProblem]:
    areas = {word.casefold(): area.id for _, area in parts.areas for word in _of_area(area)}
    ids = {centre.id: centre.id for _, centre in centres}
    own: dict[tuple[str, str], str] = {}
    for name, centre in centres:
        for text in dict.fromkeys(word.casefold() for word in (centre.name, *_synonyms(centre))):
            other = areas.get(text) or ids.get(text)
            other = other or own.setdefault((text, centre.municipality), centre.id)
            if other != centre.id:
                message = f"”{text}” är redan namn på ”{other}”. En fil kan inte skilja dem åt."
                yield CatalogueProblem(HEALTH_CENTRES, f"{name}, name", message)


def _of_area(area: Area) -> tuple[str, ...]:
    return (area.id, area.name, *area.synonyms)
