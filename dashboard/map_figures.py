"""What a map of an indicator shows: which class each area belongs to, and the words around it. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import figures, said, verdicts
from dashboard.charts.area_map import AreaMap, Class, Place
from dashboard.charts.classes import classes
from dashboard.charts.picture import Said
from dashboard.components.signal_icons import COUNTY
from etl.measures import wording
from schemas import swedish
from schemas.catalogue import Direction, Level, RollUp, Unit
from schemas.results import Compared

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.board import Figure
    from schemas.catalogue import Area, Catalogue, Division, Indicator
    from schemas.period import Period

#: The shades of so many classes, of the five from little to much.
SHADES = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}

HIDDEN, MISSING = "Dold, för litet underlag", "Uppgift saknas"
OTHER_PERIOD = "Uppgift från en annan period"
NOT_COMPARED = "Kan inte jämföras"

AMOUNTS = (
    "Belopp ritas inte på kartan: stora kommuner får mer än små. Kronor per invånare står på sidan Medel."
)
NOTHING = "Karta kan inte ritas: uppgifter per kommun eller delregion är inte levererade"

_ONE_OF_TWENTY = (
    f". Säkert: mer än slumpen på nivån 95{swedish.NO_BREAK_SPACE}%, där ungefär en av tjugo ändå avviker av en "
    "slump"
)


@dataclass(frozen=True)
class Material:
    """What a map is made of.

    Attributes:
        indicator: What is drawn.
        division: The division whose borders are drawn.
        county: The county.
        areas: The areas drawn, in order of name: municipalities, or delregioner where there is nothing finer.
        members: Area → the municipalities that it is made of.
        names: Delregion of the division → name.
        figures: Area → its latest figure against the chosen target.
        period: The period drawn.
        chosen: The delregion to set off.
        foot: Source and date.
    """

    indicator: Indicator
    division: Division
    county: Area
    areas: tuple[Area, ...]
    members: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    figures: Mapping[str, Figure]
    period: Period
    chosen: str | None = None
    foot: str = ""

    @property
    def noun(self) -> tuple[str, str]:
        """One of the areas and several."""
        if self.areas[0].level is Level.MUNICIPALITY:
            return "kommun", "kommuner"
        return "delregion", "delregioner"

    @property
    def parts(self) -> dict[str, str]:
        """Municipality → delregion."""
        return {code: part for part in self.names for code in self.members[part]}

    def told(self, area: Area) -> Figure | None:
        """The area's figure of the period drawn; None where it has none."""
        figure = self.figures.get(area.id)
        return figure if figure and figure.value is not None and figure.period == self.period else None

    @property
    def is_example(self) -> bool:
        """Whether any figure drawn is generated."""
        return any(figure.is_example for area in self.areas if (figure := self.told(area)))


def refused(indicator: Indicator) -> str | None:
    """Why an indicator isn't drawn as a map; None where it is."""
    return AMOUNTS if indicator.unit is Unit.KRONOR or indicator.roll_up is RollUp.SUM else None


def drawn_areas(catalogue: Catalogue, division: Division, of: Mapping[str, Figure]) -> list[Area]:
    """The municipalities, or the delregioner where no municipality has a figure; none where they have none either."""
    for areas in (catalogue.municipalities, catalogue.delregioner(division.id)):
        if any(area.id in of and of[area.id].value is not None for area in areas):
            return sorted(areas, key=lambda area: area.name)
    return []


def drawn_period(areas: Sequence[Area], of: Mapping[str, Figure]) -> Period:
    """The period that most of the areas have; of two, the newest."""
    counted = Counter(
        figure.period
        for area in areas
        if (figure := of.get(area.id)) and figure.value is not None and figure.period
    )
    return max(counted, key=lambda period: (counted[period], period.start))


def compares(material: Material) -> bool:
    """Whether any area is held against the county."""
    return any((figure := material.told(area)) and figure.county in COUNTY for area in material.areas)


def by_value(material: Material) -> AreaMap:
    """The map of the values, in at most five classes."""
    indicator = material.indicator
    values = {area.id: figure.value for area in material.areas if (figure := material.told(area))}
    known = {area: value for area, value in values.items() if value is not None}
    parted = classes(list(known.values()), indicator.unit, indicator.decimals)
    shades = SHADES[len(parted.labels)]
    css = {area: f"s{shades[parted.of(value)]}" for area, value in known.items()}
    told = [Class(f"s{shade}", label, 0) for shade, label in zip(shades, parted.labels, strict=True)]
    return _map(material, css, told, _value_title(material, known))


def against_county(material: Material) -> AreaMap:
    """The map of who differs from the county by more than chance."""
    css = {
        area.id: figure.county
        for area in material.areas
        if (figure := material.told(area)) and figure.county in COUNTY
    }
    neutral = material.indicator.direction is Direction.NONE
    ends = (Compared.HIGHER, Compared.LOWER) if neutral else (Compared.BETTER, Compared.WORSE)
    told = [
        Class(kind, _certain(kind), 0, COUNTY[kind].symbol if kind != Compared.SIMILAR else "")
        for kind in (ends[0], Compared.SIMILAR, ends[1])
    ]
    return _map(material, css, told, _county_title(material, Counter(css.values()), ends), _ONE_OF_TWENTY)


def _certain(kind: str) -> str:
    word = COUNTY[kind].word
    return word if kind == Compared.SIMILAR else f"Säkert {word[0].lower()}{word[1:]}"


def _map(
    material: Material, css: Mapping[str, str | None], told: list[Class], title: str, added: str = ""
) -> AreaMap:
    places = tuple(_place(material, area, css.get(area.id)) for area in material.areas)
    counts = Counter(place.css for place in places)
    rest = [
        Class("unknown", _unknown(material, css), 0),
        Class("hidden", HIDDEN, 0),
        Class("none", MISSING, 0),
    ]
    return AreaMap(
        said=Said(
            title=title,
            below=f"{verdicts.unit_line(material.indicator)}, per {material.noun[0]}, {material.period.label}{added}",
            foot=material.foot,
            is_example=material.is_example,
        ),
        classes=tuple(
            Class(kind.css, kind.label, counts[kind.css], kind.symbol)
            for kind in (*told, *(one for one in rest if counts[one.css]))
        ),
        places=places,
        parts=material.parts,
        names=dict(material.names),
        chosen=material.chosen,
        noun=material.noun,
        beside=tuple(_beside(material)),
    )


def _unknown(material: Material, css: Mapping[str, str | None]) -> str:
    """What the hatched areas are: of another period, or not to be compared."""
    left = [area for area in material.areas if area.id not in css and _value(material, area) is not None]
    other = [area for area in left if material.told(area) is None]
    words = [word for word, own in ((NOT_COMPARED, len(left) > len(other)), (OTHER_PERIOD, other)) if own]
    return " eller ".join(words).replace(f" eller {OTHER_PERIOD[0]}", f" eller {OTHER_PERIOD[0].lower()}")


def _value(material: Material, area: Area) -> float | None:
    figure = material.figures.get(area.id)
    return figure.value if figure else None


def remark(figure: Figure | None) -> str:
    """What a table says of a figure: how it stands beside the county, or why there is none."""
    if figure is None or figure.value is None:
        return (figure.reason if figure else None) or MISSING
    return said.against_county(figure) or f"{NOT_COMPARED} med länet"


def _place(material: Material, area: Area, css: str | None) -> Place:
    figure = material.figures.get(area.id)
    codes = tuple(material.members[area.id])
    if figure is None or figure.value is None:
        hidden = figure is not None and figure.flag == "suppressed"
        return Place(area.name, codes, "hidden" if hidden else "none", (remark(figure),))
    told = [figures.value(figure, material.indicator)]
    if figure.lower is not None:
        told.append(f"95{swedish.NO_BREAK_SPACE}%-intervall {figures.interval(figure, material.indicator)}")
    told.append(remark(figure))
    if figure.period != material.period:
        told.append(f"Gäller {figures.period(figure)}")
    if figure.is_example:
        told.append("Exempeldata")
    return Place(area.name, codes, css or "unknown", tuple(told))


def _beside(material: Material) -> list[str]:
    found = []
    county = material.figures.get(material.county.id)
    if county is not None and county.value is not None and county.period == material.period:
        example = ", exempeldata" if county.is_example else ""
        found.append(f"Länet: {figures.value(county, material.indicator)}{example}")
    name = material.division.name
    found.append(f"Grova linjer: {name[0].lower()}{name[1:]}")
    if material.chosen:
        found.append(f"Inramat: {material.names[material.chosen]}")
    return found


def _value_title(material: Material, known: Mapping[str, float]) -> str:
    """`Andelen är 66,6–78,8 % i kommunerna i december 2025`; of the chosen delregion, where one is chosen.

    Where some of those municipalities have no figure, how many have one is told as well.
    """
    indicator, of = material.indicator, material.noun[1]
    inside = material.members.get(material.chosen or "", ())
    own = [value for area, value in known.items() if material.members[area][0] in inside]
    values, among, where = list(known.values()), len(material.areas), f"länets {of}"
    if own and material.areas[0].level is Level.MUNICIPALITY:
        values, among, where = own, len(inside), _municipalities(material, inside)
    reach = (
        swedish.interval_text(min(values), max(values), indicator.unit, indicator.decimals)
        if len(values) > 1
        else swedish.value_text(values[0], indicator.unit, indicator.decimals)
    )
    of_all = "" if len(values) == among else f" ({swedish.number(len(values))} med uppgift)"
    noun = wording.capital(wording.subject(indicator.unit))
    return f"{noun} är {reach} i {where}{of_all} {wording.during(material.period)}"


def _municipalities(material: Material, inside: Sequence[str]) -> str:
    """The municipalities of the chosen delregion: `kommunerna i SAMLA`, or the name of the only one."""
    names = [area.name for area in material.areas if area.id in inside]
    if len(names) == 1:
        return swedish.municipality_name(names[0])
    return f"kommunerna i {material.names[material.chosen or '']}"


def _county_title(material: Material, counted: Mapping[str | None, int], ends: tuple[str, str]) -> str:
    """`12 kommuner är säkert bättre än länet och 9 säkert sämre`."""
    first, last = (counted.get(end, 0) for end in ends)
    words = [COUNTY[end].word.split(" ")[0].lower() for end in ends]
    when = wording.during(material.period)
    one, several = material.noun
    if not first and not last:
        return f"Ingen {one} skiljer sig säkert från länet {when}"
    if not first or not last:
        count, word, none = (first, *words) if first else (last, *reversed(words))
        return (
            f"{swedish.count_text(count, one, several)} är säkert {word} än länet {when}, ingen säkert {none}"
        )
    counts = swedish.count_text(first, one, several)
    return f"{counts} är säkert {words[0]} än länet och {swedish.number(last)} säkert {words[1]} {when}"
