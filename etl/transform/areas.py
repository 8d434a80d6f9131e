"""Names and codes of areas in files → the catalogue's area ids.

The same county is `14` at SCB, `0014` at Kolada and `Västra Götalandsregionen` in the influenza table; a
municipality comes as `1480`, `Göteborg`, `Göteborgs kommun`, `1480 Göteborg` or `1480 Göteborgs stad`. The
region code 51 of the waiting-time sources is left out: it is not a county code and would be taken for one.

Where two areas share a name, a municipality, the county or the country comes first, then a delregion of the
default division, then the other divisions: `Fyrbodal` is the vårdsamverkansområde, not the kommunalförbund,
whose id or full name says which it is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from etl.transform.names import table_of
from schemas.catalogue import Area, Catalogue, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Further ways to write the county and the country, by level. `| Sverige |` is Folkhälsomyndigheten's.
_COUNTY = ("Västra Götaland", "Västra Götalands län", "Västra Götalandsregionen", "VGR")
_COUNTRY = ("Riket", "Sverige", "| Sverige |", "Hela riket")

#: Names that end in these take no s in the genitive: Borås kommun, Alingsås stad.
_NO_GENITIVE = ("s", "x", "z")

_ORDER = (Level.MUNICIPALITY, Level.COUNTY, Level.COUNTRY)


@lru_cache(maxsize=4)
def area_table(catalogue: Catalogue) -> Mapping[str, str]:
    """Folded name or code → area id."""
    return table_of((name, area.id) for area in _in_order(catalogue) for name in _names(area))


def shown_areas(catalogue: Catalogue) -> dict[str, str]:
    """Area id → how a hint names it: a municipality and the county with their codes."""
    return {
        area.id: area.name if area.level is Level.DELREGION else f"{area.name} ({area.id})"
        for area in catalogue.areas.values()
    }


def _in_order(catalogue: Catalogue) -> list[Area]:
    default = catalogue.default_division.id

    def rank(area: Area) -> int:
        if area.level in _ORDER:
            return _ORDER.index(area.level)
        return len(_ORDER) + (area.division != default)

    return sorted(catalogue.areas.values(), key=rank)


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
