"""What a map says: classes, words, titles, and why an area has none; and the map of money."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dashboard import map_figures, map_money
from dashboard.charts.picture import Said
from dashboard.map_figures import Material, against_county, by_value, compares, drawn_areas, drawn_period
from dashboard.map_money import Kronor
from schemas.catalogue import Direction
from schemas.period import Period, PeriodType
from tests.dashboard.build import COUNTY, figure, without_value

N = "\u00a0"
YEAR = Period(date(2024, 1, 1), PeriodType.YEAR)


def figures_of(catalogue, **changed: Any):
    """Every municipality's figure, from 50 % upwards by half a per cent in order of name; the county's 60 %."""
    ordered = sorted(catalogue.municipalities, key=lambda area: area.name)
    found = {
        area.id: figure(
            area.id, level="kommun", value=50 + place / 2, lower=49.0, upper=76.0, county="similar"
        )
        for place, area in enumerate(ordered)
    }
    found[COUNTY] = figure(COUNTY, value=60.0)
    return {**found, **changed}


def material(
    catalogue,
    figures,
    *,
    indicator: str = "mpr-dos-1",
    chosen: str | None = None,
    within: str = "vardsamverkan",
) -> Material:
    division = catalogue.divisions[within]
    areas = drawn_areas(catalogue, division, figures)
    delregioner = catalogue.delregioner(division.id)
    return Material(
        indicator=catalogue.indicators[indicator],
        division=division,
        county=catalogue.county,
        areas=tuple(areas),
        members={
            **{area.id: tuple(one.id for one in catalogue.members(area.id)) for area in delregioner},
            **{area.id: (area.id,) for area in catalogue.municipalities},
        },
        names={area.id: area.name for area in delregioner},
        figures=figures,
        period=drawn_period(areas, figures),
        chosen=chosen,
        foot="Källa: prov.",
    )


def test_values_are_drawn_in_shades_from_little_to_much(catalogue):
    shown = by_value(material(catalogue, figures_of(catalogue)))
    assert [kind.css for kind in shown.classes] == ["s0", "s1", "s2", "s3", "s4"]
    assert sum(kind.count for kind in shown.classes) == 49
    assert shown.classes[0].label.startswith("under ")
    assert shown.said.title == f"Andelen är 50,0–74,0{N}% i länets kommuner år 2024"
    assert shown.said.below.endswith("per kommun, 2024")
    assert shown.beside == (f"Länet: 60,0{N}%", "Grova linjer: vårdsamverkansområden")
    assert not shown.said.is_example


def test_a_value_s_class_is_that_of_its_label(catalogue):
    shown = by_value(material(catalogue, figures_of(catalogue)))
    low = next(place for place in shown.places if place.css == "s0")
    bound = float(shown.classes[0].label.removeprefix("under ").removesuffix(f"{N}%").replace(",", "."))
    assert float(low.told[0].removesuffix(f"{N}%").replace(",", ".")) < bound


def test_the_title_is_of_the_chosen_delregion(catalogue):
    shown = by_value(material(catalogue, figures_of(catalogue), chosen="vs-samla"))
    own = sorted(
        50 + place / 2 for place, one in enumerate(shown.places) if one.name in ("Alingsås", "Lerum")
    )
    low, high = (f"{value:.1f}".replace(".", ",") for value in own)
    assert shown.said.title == f"Andelen är {low}–{high}{N}% i kommunerna i SAMLA år 2024"
    assert "Inramat: SAMLA" in shown.beside


def test_the_title_names_the_only_municipality_of_the_chosen_delregion(catalogue):
    assert [area.name for area in catalogue.members("drn-goteborg")] == ["Göteborg"]
    everything = figures_of(catalogue, **{"1480": figure("1480", level="kommun", value=61.5)})
    shown = by_value(material(catalogue, everything, chosen="drn-goteborg", within="namnd"))
    assert shown.said.title == f"Andelen är 61,5{N}% i Göteborgs kommun år 2024"


@pytest.mark.parametrize(
    ("named", "values", "title"),
    [
        (("Alingsås",), "50,5", "i kommunerna i SAMLA (1 med uppgift)"),
        (("Alingsås", "Lerum"), "50,5–51,0", "i kommunerna i SAMLA"),
        ((), "60,0", "i länets kommuner (1 med uppgift)"),
    ],
)
def test_the_title_counts_those_of_the_chosen_delregion_that_have_a_figure(catalogue, named, values, title):
    by_name = {area.name: area.id for area in catalogue.municipalities}
    given = {by_name["Borås"]: figure(by_name["Borås"], level="kommun", value=60.0)}
    for place, name in enumerate(named, start=1):
        given[by_name[name]] = figure(by_name[name], level="kommun", value=50 + place / 2)
    shown = by_value(material(catalogue, given, chosen="vs-samla"))
    assert shown.said.title == f"Andelen är {values}{N}% {title} år 2024"


@pytest.mark.parametrize(
    ("changed", "css", "label", "told"),
    [
        (None, "none", "Uppgift saknas", "Uppgift saknas"),
        (without_value("1440", reason="Ej levererad"), "none", "Uppgift saknas", "Ej levererad"),
        (
            without_value("1440", flag="suppressed", reason="Underlaget är för litet"),
            "hidden", "Dold, för litet underlag", "Underlaget är för litet",
        ),
        (
            figure("1440", level="kommun", period_start=date(2022, 1, 1), county=None),
            "unknown", "Uppgift från en annan period", "Gäller 2022",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_has_a_class_and_a_word_of_its_own(catalogue, changed, css, label, told):
    everything = figures_of(catalogue)
    everything.pop("1440")
    if changed is not None:
        everything["1440"] = changed
    shown = by_value(material(catalogue, everything))
    own = next(place for place in shown.places if place.name == "Ale")
    assert own.css == css
    assert told in own.told
    assert next(kind for kind in shown.classes if kind.css == css).label == label
    assert next(kind for kind in shown.classes if kind.css == css).count == 1
    assert "48 med uppgift" in shown.said.title


def compared(catalogue, *, better: int, worse: int, words=("better", "worse")):
    ordered = sorted(catalogue.municipalities, key=lambda area: area.name)
    ends = [words[0]] * better + [words[1]] * worse
    return figures_of(
        catalogue,
        **{
            area.id: figure(area.id, level="kommun", county=end, county_level=99.8)
            for area, end in zip(ordered, ends, strict=False)
        },
    )


@pytest.mark.parametrize(
    ("better", "worse", "title"),
    [
        (3, 2, f"3{N}kommuner är säkert bättre än länet och 2 säkert sämre år 2024"),
        (1, 0, f"1{N}kommun är säkert bättre än länet år 2024, ingen säkert sämre"),
        (0, 2, f"2{N}kommuner är säkert sämre än länet år 2024, ingen säkert bättre"),
        (0, 0, "Ingen kommun skiljer sig säkert från länet år 2024"),
    ],
)
def test_the_comparison_says_how_many_differ(catalogue, better, worse, title):
    given = material(catalogue, compared(catalogue, better=better, worse=worse))
    shown = against_county(given)
    assert compares(given)
    assert shown.said.title == title
    assert [kind.count for kind in shown.classes] == [better, 49 - better - worse, worse]
    assert [bool(kind.symbol) for kind in shown.classes] == [True, False, True]
    assert "en av tjugo" in shown.said.below


def test_where_no_way_is_better_none_is_called_so(catalogue):
    given = material(catalogue, compared(catalogue, better=2, worse=1, words=("higher", "lower")))
    given = replace(given, indicator=given.indicator.model_copy(update={"direction": Direction.NONE}))
    shown = against_county(given)
    assert [kind.label for kind in shown.classes] == [
        "Säkert högre än länet", "Ingen säker skillnad", "Säkert lägre än länet",
    ]  # fmt: skip
    assert "högre än länet och 1 säkert lägre" in shown.said.title


def test_what_is_not_compared_says_so(catalogue):
    everything = compared(catalogue, better=1, worse=1)
    everything["1490"] = figure("1490", level="kommun", county=None)
    shown = against_county(material(catalogue, everything))
    place = next(place for place in shown.places if place.name == "Borås")
    assert (place.css, place.told[-1]) == ("unknown", "Kan inte jämföras med länet")
    assert shown.classes[-1].label == "Kan inte jämföras"


def test_examples_are_marked_everywhere(catalogue):
    everything = figures_of(catalogue, **{"1440": figure("1440", level="kommun", origin="example")})
    shown = by_value(material(catalogue, everything))
    assert shown.said.is_example
    assert next(place for place in shown.places if place.name == "Ale").told[-1] == "Exempeldata"


def test_delregioner_are_drawn_where_no_municipality_has_a_figure(catalogue):
    areas = catalogue.delregioner("vardsamverkan")
    given = {area.id: figure(area.id, value=70.0 + place) for place, area in enumerate(areas)}
    shown = by_value(material(catalogue, given, chosen="vs-skaraborg"))
    assert {code for place in shown.places for code in place.codes} == {
        one.id for one in catalogue.municipalities
    }
    assert shown.noun == ("delregion", "delregioner")
    assert "länets delregioner" in shown.said.title
    assert drawn_areas(catalogue, catalogue.divisions["vardsamverkan"], {}) == []


def test_the_period_is_the_one_that_most_areas_have(catalogue):
    everything = figures_of(
        catalogue, **{"1440": figure("1440", level="kommun", period_start=date(2025, 1, 1))}
    )
    assert drawn_period(catalogue.municipalities, everything) == YEAR


@pytest.mark.parametrize("indicator", ["medel-psykisk-halsa"])
def test_amounts_are_not_drawn_as_they_are(catalogue, indicator):
    assert map_figures.refused(catalogue.indicators[indicator]) == map_figures.AMOUNTS
    assert map_figures.refused(catalogue.indicators["mpr-dos-1"]) is None


def kronor(catalogue, *, example: bool = False, gone: tuple[str, ...] = ()) -> Kronor:
    codes = [area.id for area in catalogue.municipalities if area.id not in gone]
    return Kronor(
        said=Said("", "Fördelade kronor", "Källa: prov.", example),
        division=catalogue.divisions["vardsamverkan"],
        amounts={code: Decimal(1000 + 100 * place) for place, code in enumerate(codes)},
        people={area.id: 100 for area in catalogue.municipalities},
        years="2021",
        name="Psykisk hälsa",
        source="Prov",
        chosen="vs-samla",
    )


def test_money_is_drawn_per_inhabitant(catalogue):
    shown = map_money.drawn(kronor(catalogue, example=True), catalogue)
    assert shown.said.title == f"Exempel: kommunerna fick 10,00–58,00{N}kr per invånare 2021"
    assert sum(kind.count for kind in shown.classes) == 49
    assert shown.places[0].told[1].endswith(f"till 100{N}invånare")
    assert shown.places[0].told[-1] == "Exempeldata"
    assert shown.chosen == "vs-samla"
    assert shown.beside[-1] == "Inramat: SAMLA"


def test_who_got_nothing_is_told_apart_from_who_got_little(catalogue):
    given = kronor(catalogue, gone=("1440",))
    shown = map_money.drawn(given, catalogue)
    assert next(place for place in shown.places if place.name == "Ale").css == "none"
    assert (shown.classes[-1].label, shown.classes[-1].count) == ("Inga pengar fördelade", 1)
    table = map_money.table(given, catalogue)
    assert [row[2] for row in table.rows if row[0] == "Ale"] == [None]
    assert [row[0] for row in table.rows] == sorted(area.name for area in catalogue.municipalities)


def test_a_title_that_is_given_stands(catalogue):
    given = kronor(catalogue)
    titled = replace(given, said=Said("Egen", "b", "f"))
    assert map_money.drawn(titled, catalogue).said.title == "Egen"
