"""Tables as municipalities and the region keep them, made up; and how each is to be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.etl.extract.build import lines, xlsx

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TOWNS = ("Ale", "Borås", "Göteborg", "Lidköping", "Mariestad", "Skövde", "Trollhättan", "Uddevalla")
CODES = ("1440", "1490", "1480", "1494", "1493", "1496", "1488", "1485")
ELSEWHERE = (("0114", "Upplands Väsby"), ("1280", "Malmö"), ("2584", "Kiruna"))
_OF_A_DATABASE = ("taljare_vg", "namnare_vg", "andel_inom_90", "median_vantetid")
YEARS = (2021, 2022, 2023)


@dataclass(frozen=True)
class Layout:
    """A file and its right mapping.

    Attributes:
        name: What is particular about it.
        content: The file.
        fields: Canonical column → heading of its column, or the kind of its source, `=text` where it is fixed
            and `*label` where it is spread.
        said: Further attributes of the mapping.
        rows: Rows that are read, once the indicator is known.
    """

    name: str
    content: bytes
    fields: dict[str, str]
    rows: int
    said: dict[str, Any] = field(default_factory=dict)


def counts(place: int, year: int) -> tuple[int, int]:
    """A numerator and a denominator that no other column divides into by chance."""
    denominator = 400 + 137 * place + 11 * (year - 2020)
    return denominator - 40 - 7 * place - 3 * (year - 2020), denominator


def share(place: int, year: int, decimals: int = 1) -> float:
    numerator, denominator = counts(place, year)
    return round(100 * numerator / denominator, decimals)


def swedish(number: float) -> str:
    return str(number).replace(".", ",")


def _csv(rows: Sequence[Sequence[Any]]) -> bytes:
    return lines(*(";".join("" if cell is None else str(cell) for cell in row) for row in rows))


def _book(rows: Sequence[Sequence[Any]], name: str = "Blad1") -> bytes:
    return xlsx({name: rows})


_PLACES = list(enumerate(TOWNS))
_LONG = [(place, town, year) for place, town in _PLACES for year in YEARS]


def _layouts() -> list[Layout]:
    return [
        Layout(
            "a plain long table with both counts and the share",
            _csv(
                [
                    ["Kommun", "År", "Antal vaccinerade", "Befolkning", "Andel (%)"],
                    *([town, year, *counts(p, year), swedish(share(p, year))] for p, town, year in _LONG),
                ]
            ),
            {
                "area": "Kommun",
                "period": "År",
                "numerator": "Antal vaccinerade",
                "denominator": "Befolkning",
                "value": "Andel (%)",
            },
            24,
            {"share": "percent", "header_row": 1},
        ),
        Layout(
            "codes and names, counts only, columns in another order",
            _csv(
                [
                    ["Nämnare", "Täljare", "Kommunkod", "Kommunnamn", "Mätperiod"],
                    *([*counts(p, year)[::-1], CODES[p], town, year] for p, town, year in _LONG),
                ]
            ),
            {"area": "Kommunkod", "period": "Mätperiod", "numerator": "Täljare", "denominator": "Nämnare"},
            24,
        ),
        Layout(
            "a title, a date of extraction and a blank row above the headings",
            _book(
                [
                    ["Uppföljning av återinskrivningar i länet"],
                    ["Uttag ur systemet, framtaget av enheten för analys"],
                    [],
                    ["Kommun", "Period", "Resultat"],
                    *([town, str(year), share(p, year)] for p, town, year in _LONG),
                ]
            ),
            {"area": "Kommun", "period": "Period", "value": "Resultat"},
            24,
            {"header_row": 4},
        ),
        Layout(
            "one column a year",
            _book(
                [
                    ["Kommun", *YEARS],
                    *([town, *(share(p, year) for year in YEARS)] for p, town in _PLACES),
                ]
            ),
            {"area": "Kommun", "period": "headings", "value": "*"},
            24,
        ),
        Layout(
            "one column a year, each with a word before it, and a blank cell",
            _csv(
                [
                    ["Område", *(f"Andel {year} (%)" for year in YEARS), "Kommentar"],
                    *(
                        [town, *(swedish(share(p, year)) if (p, year) != (3, 2022) else "" for year in YEARS), ""]
                        for p, town in _PLACES
                    ),
                ]
            ),
            {"area": "Område", "period": "headings", "value": "*andel"},
            23,
        ),
        Layout(
            "count, inhabitants and share for each year",
            _book(
                [
                    ["Kommun", *(f"{word} {year}" for year in YEARS for word in ("Antal", "Invånare", "Andel"))],
                    *(
                        [town, *(cell for year in YEARS for cell in (*counts(p, year), share(p, year)))]
                        for p, town in _PLACES
                    ),
                ]
            ),
            {
                "area": "Kommun",
                "period": "headings",
                "numerator": "*antal",
                "denominator": "*invånare",
                "value": "*andel",
            },
            24,
        ),
        Layout(
            "headings over two rows, the years merged above",
            _book(
                [
                    ["Vaccinerade barn"],
                    [None, "2022", None, "2023", None],
                    ["Kommun", "Antal", "Andel", "Antal", "Andel"],
                    *(
                        [town, *(cell for y in (2022, 2023) for cell in (counts(p, y)[0], share(p, y)))]
                        for p, town in _PLACES
                    ),
                ]
            ),
            {"area": "Kommun", "period": "headings", "value": "*andel"},
            16,
            {"header_row": 3, "header_height": 2},
        ),
        Layout(
            "year and month in columns of their own",
            _csv(
                [
                    ["År", "Månad", "Kommun", "Andel inom 90 dagar"],
                    *(
                        [2023, month, town, swedish(share(p, 2020 + month))]
                        for p, town in _PLACES
                        for month in (1, 2, 11)
                    ),
                ]
            ),
            {"year": "År", "period": "Månad", "area": "Kommun", "value": "Andel inom 90 dagar"},
            24,
            {"part": "month"},
        ),
        Layout(
            "months as columns beside a column with the year",
            _book(
                [
                    ["Kommun", "År", "jan", "feb", "mars"],
                    *([town, 2023, *(share(p, year) for year in YEARS)] for p, town in _PLACES),
                ]
            ),
            {"area": "Kommun", "year": "År", "period": "headings", "value": "*"},
            24,
        ),
        Layout(
            "one column for each sex",
            _csv(
                [
                    ["Kommun", "År", "Kvinnor", "Män", "Totalt"],
                    *(
                        [town, year, *(swedish(share(p, year) + more) for more in (1, -1, 0))]
                        for p, town, year in _LONG
                    ),
                ]
            ),
            {"area": "Kommun", "period": "År", "sex": "headings", "value": "*"},
            72,
        ),
        Layout(
            "one column for each indicator",
            _book(
                [
                    ["Kommun", "År", "MPR dos 1", "HPV flickor"],
                    *([town, year, share(p, year), share(p, year) - 1] for p, town, year in _LONG),
                ]
            ),
            {"area": "Kommun", "period": "År", "indicator": "headings", "value": "*"},
            48,
            {"indicators": {"mpr dos 1": "mpr-dos-1", "hpv flickor": "hpv-flickor"}},
        ),
        Layout(
            "one sheet a year",
            xlsx(
                {
                    str(year): [
                        ["Kommun", "Täljare", "Nämnare"],
                        *([town, *counts(p, year)] for p, town in _PLACES),
                    ]
                    for year in YEARS
                }
            ),
            {"area": "Kommun", "period": "sheet", "numerator": "Täljare", "denominator": "Nämnare"},
            24,
        ),
        Layout(
            "the period in the title, and which indicator it is",
            _csv(
                [
                    ["MPR-vaccinerade 2-åringar (dos 1) 2023"],
                    [],
                    ["Kommun", "Vaccinationsgrad"],
                    *([town, swedish(share(p, 2023))] for p, town in _PLACES),
                ]
            ),
            {"area": "Kommun", "period": "title", "value": "Vaccinationsgrad"},
            8,
            {"header_row": 3},
        ),
        Layout(
            "the municipality once for all its years",
            _book(
                [
                    ["Kommun", "År", "Värde"],
                    *([town if year == 2021 else None, year, share(p, year)] for p, town, year in _LONG),
                ]
            ),
            {"area": "Kommun", "period": "År", "value": "Värde"},
            24,
            {"fill_down": True},
        ),
        Layout(
            "a further column that splits the rows",
            _csv(
                [
                    ["Kommun", "År", "Driftform", "Andel"],
                    *(
                        [town, year, form, swedish(share(p, year) + more)]
                        for p, town, year in _LONG
                        for more, form in enumerate(("Privat", "Offentlig", "Totalt"))
                    ),
                ]
            ),
            {"area": "Kommun", "period": "År", "value": "Andel"},
            24,
            {"only": ("Driftform", ("Totalt",))},
        ),
        Layout(
            "marks for what is missing, a row of sums and footnotes",
            _book(
                [
                    ["Kommun", "År", "Andel %"],
                    *(
                        [town, year, {0: "-", 1: ".."}.get(p, share(p, year))]
                        for p, town in _PLACES
                        for year in (2023,)
                    ),
                    ["Totalt", 2023, 88.1],
                    [],
                    ["Källa: kommunens egna uppgifter"],
                    ["Siffrorna är preliminära"],
                ]
            ),
            {"area": "Kommun", "period": "År", "value": "Andel %"},
            8,
            {"marks": {"-": "missing", "..": "suppressed"}},
        ),
        Layout(
            "fractions of one and dates at the end of months",
            _csv(
                [
                    ["Datum", "Hemkommun", "Kvot"],
                    *(
                        [day, town, swedish(round(share(p, 2023) / 100, 3))]
                        for p, town in _PLACES
                        for day in ("2023-01-31", "2023-02-28", "2023-11-30")
                    ),
                ]
            ),
            {"area": "Hemkommun", "period": "Datum", "value": "Kvot"},
            24,
            {"share": "fraction", "dates_as": "month"},
        ),
        Layout(
            "an indicator's column with names of its own",
            _csv(
                [
                    ["Mått", "Enhet", "Kvartal", "Utfall"],
                    *(
                        [name, f"{town} kommun", f"2023K{quarter}", swedish(share(p, 2020 + quarter))]
                        for name in ("Vår MPR", "Vår HPV")
                        for p, town in _PLACES
                        for quarter in (1, 2)
                    ),
                ]
            ),
            {"indicator": "Mått", "area": "Enhet", "period": "Kvartal", "value": "Utfall"},
            32,
        ),
        Layout(
            "a database's own names",
            _csv(
                [
                    ["id", "matperiod", "kommunkod", "kon", *_OF_A_DATABASE],
                    *(
                        [p * 10 + year, f"{year}-12-31", CODES[p], sex, *counts(p, year), share(p, year), 40 + p]
                        for p, _, year in _LONG
                        for sex in ("K",)
                    ),
                ]
            ),
            {
                "area": "kommunkod",
                "period": "matperiod",
                "sex": "kon",
                "numerator": "taljare_vg",
                "denominator": "namnare_vg",
                "value": "andel_inom_90",
            },
            24,
            {"dates_as": "year"},
        ),
        Layout(
            "sex, age, source and the delregion beside the municipality",
            _book(
                [
                    ["Delregion", "Kommun", "År", "Kön", "Åldersgrupp", "Antal dagar", "Källa"],
                    *(
                        ["Skaraborg", town, year, sex, "65+", 100 + p + year % 7, "Egen statistik"]
                        for p, town, year in _LONG
                        for sex in ("Kvinnor", "Män")
                    ),
                ]
            ),
            {
                "area": "Kommun",
                "period": "År",
                "sex": "Kön",
                "age": "Åldersgrupp",
                "source": "Källa",
                "value": "Antal dagar",
            },
            48,
        ),
        Layout(
            "no period anywhere",
            _csv([["Kommun", "Andel"], *([town, swedish(share(p, 2023))] for p, town in _PLACES)]),
            {"area": "Kommun", "period": "asked", "value": "Andel"},
            8,
        ),
        Layout(
            "a mean, how many values it is of and their spread",
            _csv(
                [
                    ["Kommun", "År", "Medelvårdtid (dagar)", "Antal vårdtillfällen", "Std"],
                    *([town, year, swedish(3 + p), counts(p, year)[1], swedish(4.5 + p)] for p, town, year in _LONG),
                ]
            ),
            {
                "area": "Kommun",
                "period": "År",
                "value": "Medelvårdtid (dagar)",
                "denominator": "Antal vårdtillfällen",
                "standard_deviation": "Std",
            },
            24,
        ),
        Layout(
            "a mean and its spread, one column a year of each",
            _book(
                [
                    ["Kommun", *(f"{word} {year}" for year in YEARS for word in ("Medel", "Spridning", "n"))],
                    *([town, *(part for _ in YEARS for part in (3 + p, 4.5 + p, 40 + p))] for p, town in _PLACES),
                ]
            ),
            {
                "area": "Kommun",
                "period": "headings",
                "value": "*medel",
                "standard_deviation": "*spridning",
                "denominator": "*n",
            },
            24,
        ),
        Layout(
            "all of Sweden, codes and names in one cell, counts beside one column of inhabitants",
            _csv(
                [
                    ["region", "Folkmängd", "Antal 2022", "Antal 2023"],
                    *(
                        [f"{code} {town}", counts(p, 2023)[1], counts(p, 2022)[0], counts(p, 2023)[0]]
                        for p, (code, town) in enumerate(
                            [*zip(CODES, TOWNS, strict=True), *ELSEWHERE]
                        )
                    ),
                ]
            ),
            {"area": "region", "period": "headings", "numerator": "*antal", "denominator": "Folkmängd"},
            22,
            {"unknown_areas": "skip"},
        ),
    ]  # fmt: skip


LAYOUTS: Mapping[str, Layout] = {layout.name: layout for layout in _layouts()}
