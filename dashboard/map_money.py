"""What a map of money shows: kronor per inhabitant, per municipality. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.charts.area_map import AreaMap, Class, Place
from dashboard.charts.classes import classes
from dashboard.components.figures_table import FiguresTable
from dashboard.map_figures import SHADES
from schemas import swedish
from schemas.catalogue import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from dashboard.charts.picture import Said
    from schemas.catalogue import Catalogue, Division

_DECIMALS = 2

NOTHING = "Inga pengar fördelade"


@dataclass(frozen=True)
class Kronor:
    """Money of the municipalities.

    Attributes:
        said: The words in the picture; the title is made here where it is empty.
        division: The division whose borders are drawn.
        amounts: Municipality → kronor; those that got none aren't in it.
        people: Municipality → inhabitants.
        years: The years of the money, as text.
        name: The agreement, in a file.
        source: Where the figures come from, in a file.
        chosen: The delregion to set off.
    """

    said: Said
    division: Division
    amounts: Mapping[str, Decimal]
    people: Mapping[str, int]
    years: str
    name: str
    source: str
    chosen: str | None = None


def per_inhabitant(kronor: Kronor) -> dict[str, float]:
    """Municipality → kronor per inhabitant."""
    return {code: float(amount) / kronor.people[code] for code, amount in kronor.amounts.items()}


def drawn(kronor: Kronor, catalogue: Catalogue) -> AreaMap:
    """The map; at least one municipality must have got something."""
    values = per_inhabitant(kronor)
    parted = classes(list(values.values()), Unit.KRONOR, _DECIMALS)
    shades = SHADES[len(parted.labels)]
    places = tuple(
        _place(
            area.name,
            area.id,
            kronor,
            f"s{shades[parted.of(values[area.id])]}" if area.id in values else None,
        )
        for area in sorted(catalogue.municipalities, key=lambda area: area.name)
    )
    counts = Counter(place.css for place in places)
    told = [(f"s{shade}", label) for shade, label in zip(shades, parted.labels, strict=True)]
    delregioner = catalogue.delregioner(kronor.division.id)
    name = kronor.division.name
    beside = [f"Grova linjer: {name[0].lower()}{name[1:]}"]
    if kronor.chosen:
        beside.append(f"Inramat: {catalogue.areas[kronor.chosen].name}")
    return AreaMap(
        said=kronor.said if kronor.said.title else replace(kronor.said, title=_title(kronor, values)),
        classes=tuple(
            Class(css, label, counts[css])
            for css, label in (*told, ("none", NOTHING))
            if css != "none" or counts[css]
        ),
        places=places,
        parts={one.id: area.id for area in delregioner for one in catalogue.members(area.id)},
        names={area.id: area.name for area in delregioner},
        chosen=kronor.chosen,
        beside=tuple(beside),
    )


def _place(name: str, code: str, kronor: Kronor, css: str | None) -> Place:
    if css is None:
        return Place(name, (code,), "none", (NOTHING,))
    people = swedish.count_text(kronor.people[code], "invånare", "invånare")
    told = [
        f"{swedish.kronor(per_inhabitant(kronor)[code], _DECIMALS)} per invånare",
        f"{swedish.kronor(kronor.amounts[code])} till {people}",
    ]
    return Place(name, (code,), css, tuple([*told, "Exempeldata"] if kronor.said.is_example else told))


def _title(kronor: Kronor, values: Mapping[str, float]) -> str:
    """`Kommunerna fick 11,20–46,90 kr per invånare 2021`."""
    reach = swedish.interval_text(min(values.values()), max(values.values()), Unit.KRONOR, _DECIMALS)
    title = f"Kommunerna fick {reach} per invånare {kronor.years}"
    return f"Exempel: {title[0].lower()}{title[1:]}" if kronor.said.is_example else title


def table(kronor: Kronor, catalogue: Catalogue) -> FiguresTable:
    """The municipalities in order of name."""
    values = per_inhabitant(kronor)
    parts = {
        one.id: area.name
        for area in catalogue.delregioner(kronor.division.id)
        for one in catalogue.members(area.id)
    }
    return FiguresTable(
        name=kronor.name,
        caption=f"Kronor per invånare och kommun {kronor.years}",
        heads=("Kommun", kronor.division.one.capitalize(), "Kronor", "Invånare", "Per invånare"),
        rows=[
            (
                area.name,
                parts[area.id],
                kronor.amounts.get(area.id),
                float(kronor.people[area.id]),
                values.get(area.id),
            )
            for area in sorted(catalogue.municipalities, key=lambda area: area.name)
        ],
        decimals=_DECIMALS,
        source=kronor.source,
        is_example=kronor.said.is_example,
        whole=frozenset({"Kronor", "Invånare"}),
    )
