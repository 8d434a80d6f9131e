"""Names and codes of areas in files → the catalogue's area ids.

The same county is `14` at SCB, `0014` at Kolada and `Västra Götalandsregionen` in the influenza table; a
municipality comes as `1480`, `Göteborg`, `Göteborgs kommun`, `1480 Göteborg` or `1480 Göteborgs stad`. The
region code 51 of the waiting-time sources is left out: it is not a county code and would be taken for one.

Where two areas share a name, a municipality, the county or the country comes first, then a delregion of the
default division, then the other divisions: `Fyrbodal` is the vårdsamverkansområde, not the kommunalförbund,
whose id or full name says which it is.

A vårdcentral is known by its name or its id, and by its name with its municipality before or after it where no other
is called so. A name that several of them have isn't known by itself: the file must say which one it is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from etl.transform.names import fold_all, table_of
from schemas.catalogue import Area, Catalogue, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: Further ways to write the county and the country, by level. `| Sverige |` is Folkhälsomyndigheten's.
_COUNTY = ("Västra Götaland", "Västra Götalands län", "Västra Götalandsregionen", "VGR")
_COUNTRY = ("Riket", "Sverige", "| Sverige |", "Hela riket")

#: Names that end in these take no s in the genitive: Borås kommun, Alingsås stad.
_NO_GENITIVE = ("s", "x", "z")

_ORDER = (Level.MUNICIPALITY, Level.COUNTY, Level.COUNTRY)

#: A folded name with this in it is a vårdcentral's.
HEALTH_CENTRE = "vårdcentral"
ADD_HEALTH_CENTRE = (
    "Vårdcentralen finns inte i katalogen. Vårdcentraler läggs till där, i filen health_centres.csv."
)


@lru_cache(maxsize=4)
def area_table(catalogue: Catalogue) -> Mapping[str, str]:
    """Folded name or code → area id."""
    others = table_of((name, area.id) for area in _in_order(catalogue) for name in _names(area))
    alone = {name: ids[0] for name, ids in _health_centres(catalogue).items() if len(ids) == 1}
    return {**alone, **others}


def shared_names(catalogue: Catalogue) -> dict[str, str]:
    """Folded name that several vårdcentraler have → the hint that asks which one it is."""
    shown = shown_areas(catalogue)
    several = {name: ids for name, ids in _health_centres(catalogue).items() if len(ids) > 1}
    return {name: _which([shown[area] for area in ids]) for name, ids in several.items()}


def _which(names: Sequence[str]) -> str:
    return f"Flera vårdcentraler heter så. Skriv vilken: {', '.join(names[:-1])} eller {names[-1]}."


def shown_areas(catalogue: Catalogue) -> dict[str, str]:
    """Area id → how a hint names it: a municipality and the county with their codes, a vårdcentral with its place."""
    return {area.id: _shown(area, catalogue) for area in catalogue.areas.values()}


def _shown(area: Area, catalogue: Catalogue) -> str:
    if area.level is Level.DELREGION:
        return area.name
    if area.level is not Level.HEALTH_CENTRE:
        return f"{area.name} ({area.id})"
    place = f" ({_municipality_of(area, catalogue)})"
    return area.name if area.name.endswith(place) else f"{area.name}{place}"


@lru_cache(maxsize=4)
def _health_centres(catalogue: Catalogue) -> dict[str, list[str]]:
    """Folded name → the vårdcentraler that have it, or where none has, those whose name and place it is."""
    own = _of_all((name, area.id) for area in catalogue.health_centres for name in _own(area))
    placed = _of_all(
        (name, area.id)
        for area in catalogue.health_centres
        for name in _with_place(area, _municipality_of(area, catalogue))
    )
    return placed | own


def _of_all(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Folded name → the ids that it stands with."""
    known = list(pairs)
    found: dict[str, dict[str, None]] = {}
    for name, (_, area) in zip(fold_all(name for name, _ in known), known, strict=True):
        found.setdefault(name, {})[area] = None
    return {name: list(ids) for name, ids in found.items() if name}


def _municipality_of(area: Area, catalogue: Catalogue) -> str:
    return catalogue.areas[area.parent or ""].name


def _own(area: Area) -> Iterator[str]:
    yield from (area.id, area.name, *area.synonyms)


def _with_place(area: Area, municipality: str) -> Iterator[str]:
    for name in (area.name, *area.synonyms):
        for place in (municipality, *_municipality(municipality)):
            yield from (f"{name} {place}", f"{name}, {place}", f"{name} - {place}", f"{name} ({place})")
            yield from (f"{place} {name}", f"{place}, {name}", f"{place} - {name}")


def _in_order(catalogue: Catalogue) -> list[Area]:
    default = catalogue.default_division.id

    def rank(area: Area) -> int:
        if area.level in _ORDER:
            return _ORDER.index(area.level)
        return len(_ORDER) + (area.division != default)

    return sorted(
        (area for area in catalogue.areas.values() if area.level is not Level.HEALTH_CENTRE), key=rank
    )


def _names(area: Area) -> Iterator[str]:
    codes: tuple[str, ...] = ()
    names = [area.name, *area.synonyms]
    if area.level is Level.MUNICIPALITY:
        codes = (area.id,)
        names += _municipality(area.name)
    elif area.level is Level.COUNTY:
        codes = (area.id, f"00{area.id}")
        names += _COUNTY
    elif area.level is Level.COUNTRY:
        codes = ("00", "0000", "0")
        names += _COUNTRY
    yield area.id
    yield from names
    for code in codes:
        yield code
        yield f"{code}.0"
        for name in names:
            yield from (f"{code} {name}", f"{code}, {name}", f"{code} - {name}", f"{name} ({code})")


def _municipality(name: str) -> Iterator[str]:
    genitive = name if name.casefold().endswith(_NO_GENITIVE) else f"{name}s"
    for form in dict.fromkeys((name, genitive)):
        yield f"{form} kommun"
        yield f"{form} stad"
