"""Links between pages: real addresses that a person can copy."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

from dashboard import data, filters, moment
from dashboard.words import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from schemas.catalogue import Catalogue, Indicator

OVERVIEW = ""
INDICATOR = "indikator"
DELREGION = "delregion"
FUNDS = "medel"
ROADMAP = "fardplanen"
UPLOAD = "ladda-upp"
ABOUT = "om"
REVIEW = "granska"
HISTORY = "historik"
CORRECTIONS = "rattelser"
PERMISSIONS = "behorigheter"
METHOD = "metod"
GLOSSARY = "ordlista"
ACCESSIBILITY = "tillganglighet"
QUALITY = "datakvalitet"


def href(page: str, **chosen: str | None) -> str:
    """The address of a page with filters, by id: `href("indikator", indikator="mpr-dos-1")`.

    The page it leads to is shown as of the same day as the one it stands on.
    """
    names = {key: _text(key, value) for key, value in chosen.items() if value is not None}
    day = moment.day()
    if day is not None:
        names.setdefault(moment.KEY, day.isoformat())
    query = urlencode(names, quote_via=quote)
    return f"/{page}?{query}" if query else f"/{page}"


def to_indicator(indicator: Indicator, age: str, **chosen: str | None) -> str:
    """The indicator's page, with the age group where it isn't the one that the page shows first."""
    other = None if age == indicator.headline_age else filters.age_name(age)
    return href(INDICATOR, indikator=indicator.id, **chosen, **{filters.AGE: other})


def _text(key: str, value: str) -> str:
    """The text that the URL carries for a filter's value, as Streamlit's binding writes it."""
    names = _ids(key)
    return value if names is None else {item: name for name, item in names.items()}[value]


def _ids(key: str) -> dict[str, str] | None:
    """What an address may say for a filter → its id; None for a filter that isn't over the catalogue."""
    named = _NAMED.get(key)
    return None if named is None else dict(named(data.catalogue()))


#: For each filter over the catalogue, its choices: name and id.
_NAMED: dict[str, Callable[[Catalogue], Iterable[tuple[str, str]]]] = {
    filters.INDICATOR: lambda found: ((item.name, item.id) for item in found.indicators.values()),
    filters.DIVISION: lambda found: ((item.name, item.id) for item in found.divisions.values()),
    filters.DELREGION: lambda found: (
        (filters.ALL_DELREGIONER, ""),
        *((item.name, item.id) for item in found.areas.values() if item.division),
    ),
    filters.MUNICIPALITY: lambda found: (
        (filters.ALL_MUNICIPALITIES, ""),
        *((item.name, item.id) for item in found.municipalities),
    ),
    filters.AGREEMENT: lambda found: ((item.name, item.id) for item in found.agreements.values()),
    filters.SUBJECT: lambda _: (
        (filters.ALL_SUBJECTS, ""),
        *((word, str(subject)) for subject, word in SUBJECTS.items()),
    ),
}


def _id(key: str, text: str) -> str | None:
    """The id of what an address says, which may be the id itself; None for what the catalogue doesn't know."""
    table = _ids(key)
    if table is None:
        return text
    return text if text in table.values() else table.get(text)


def canonical(page: str, query: str) -> str | None:
    """The address that says the same as another one in the words that the filters use.

    Names are what Streamlit's filters write and read; ids outlive a new name, so an address may have them as well.
    A delregion of another division than the default one brings its division along.

    Args:
        page: The path.
        query: The query of the address, without its question mark.

    Returns:
        The address; None where the one given says it already.
    """
    pairs = parse_qsl(query, keep_blank_values=True)
    asked = dict(pairs)
    said = [(key, _named(key, text)) for key, text in pairs]
    catalogue = data.catalogue()
    place = catalogue.areas.get(_id(filters.DELREGION, asked.get(filters.DELREGION, "")) or "")
    alone = filters.DIVISION not in asked and place is not None
    if alone and place.division not in (None, catalogue.default_division.id):
        said.append((filters.DIVISION, _text(filters.DIVISION, place.division)))
    return None if said == pairs else f"{page}?{urlencode(said, quote_via=quote)}"


def _named(key: str, text: str) -> str:
    """What an address says for a filter, with the name where it says the id."""
    names = _ids(key)
    return _text(key, text) if text and names and text in names.values() else text
