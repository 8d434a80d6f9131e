"""The project's template as a file to download, with headings, one example row and an explanation sheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Literal

import xlsxwriter

from etl.extract.template import ALLOCATIONS, EXAMPLE_ROW, EXPLANATION_SHEET, OBSERVATIONS, Template
from schemas.catalogue import Area, Catalogue, Indicator, Level, Subject, Unit
from schemas.harmless import harmless
from schemas.period import PeriodType
from schemas.swedish import number

if TYPE_CHECKING:
    from decimal import Decimal

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Kind = Literal["observations", "allocations"]

EXAMPLE_SOURCE = f"{EXAMPLE_ROW} – ta bort"

#: Rows that the lists of choices reach down to.
_LIST_ROWS = 10_000
_DATA_SHEETS = {"observations": "Indikatorer", "allocations": "Medel"}
_WIDTHS = {"indicator": 34, "area": 24, "agreement": 34, "purpose": 26, "recipient": 26, "source": 28}

_EXAMPLE_PERIODS = {
    PeriodType.YEAR: "2024",
    PeriodType.HALF_YEAR: "2024H1",
    PeriodType.QUARTER: "2024K1",
    PeriodType.MONTH: "2024-05",
    PeriodType.WEEK: "2024V15",
    PeriodType.SEASON: "2023/2024",
    PeriodType.DATE: "2024-05-17",
}

_PERIOD_FORMS = (
    ("År", "2024"),
    ("Halvår", "2024H1, VT2024 eller HT2024"),
    ("Kvartal", "2024K1 eller kvartal 1 2024"),
    ("Månad", "2024-05 eller maj 2024"),
    ("Vecka", "2024 v.15 eller 2024V15"),
    ("Säsong", "2023/2024 eller 2023–2024"),
    ("Datum", "2024-05-17 eller 17 maj 2024"),
)

_MEANINGS = {
    "indicator": "Indikatorns namn eller id ur listan här under, eller Koladas id.",
    "area": "Områdets namn eller kod ur listan här under.",
    "period": "En period på något av sätten här under.",
    "sex": "Totalt, Kvinnor eller Män. Tom cell betyder Totalt.",
    "age": "Åldersgrupp, som 18+. Tom cell betyder indikatorns huvudgrupp.",
    "value": "Värdet i indikatorns enhet. Andelar skrivs i procent, 0–100. "
    "Får utelämnas för andelar som har täljare och nämnare.",
    "numerator": "Antalet som uppfyller villkoret.",
    "denominator": "Antalet som andelen räknas på, eller antalet värden bakom ett medelvärde.",
    "standard_deviation": "Bara för medelvärden i dagar: spridningen mellan de enskilda värdena, inte "
    "medelvärdets medelfel, med n − 1. Annars tom cell.",
    "flag": "preliminär, undertryckt eller saknas. Annars tom cell.",
    "agreement": "Överenskommelsens namn eller id ur listan här under.",
    "year": "Överenskommelsens år.",
    "purpose": "Vad pengarna är till för.",
    "level": "länsgemensamt, region eller kommun.",
    "recipient": "Vem som fick pengarna.",
    "kind": "fördelat, använt eller återbetalt.",
    "amount": "Belopp i kronor, med högst två decimaler.",
    "source": "Varifrån uppgiften kommer. Rader vars källa börjar med Exempeldata visas som exempeldata.",
}


def template_csv(kind: Kind, catalogue: Catalogue) -> bytes:
    """The template as CSV: semicolons, decimal comma, UTF-8 with a byte-order mark, so that Excel opens it.

    Args:
        kind: `observations` or `allocations`.
        catalogue: What the example row is taken from.
    """
    template = _template(kind)
    example = _example(kind, catalogue)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(template.headings.values())
    writer.writerow([harmless(_swedish(example.get(column, ""))) for column in template.headings])
    return text.getvalue().encode("utf-8-sig")


def template_xlsx(kind: Kind, catalogue: Catalogue) -> bytes:
    """The template as XLSX: a data sheet with choices for the columns that have them, and an explanation.

    Args:
        kind: `observations` or `allocations`.
        catalogue: What the example row and the lists of names are taken from.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        data = book.add_worksheet(_DATA_SHEETS[kind])
        explanation = book.add_worksheet(EXPLANATION_SHEET)
        heading = book.add_format({"bold": True, "bottom": 1})
        lists = _write_explanation(explanation, kind, catalogue, heading)
        _write_data(book, data, kind, catalogue, heading)
        _add_choices(data, _template(kind), lists)
    return target.getvalue()


def _template(kind: Kind) -> Template:
    return OBSERVATIONS if kind == "observations" else ALLOCATIONS


def _swedish(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}".replace(".", ",")


def _example(kind: Kind, catalogue: Catalogue) -> dict[str, str | float]:
    """Canonical column → what the example row holds; numbers as numbers."""
    municipality = min(catalogue.municipalities, key=lambda area: area.id)
    if kind == "allocations":
        agreement = next(iter(catalogue.agreements.values()))
        return {
            "agreement": agreement.name,
            "year": float(agreement.year),
            "purpose": agreement.purposes[0] if agreement.purposes else "Ändamål",
            "level": "kommun",
            "area": municipality.name,
            "recipient": f"Mottagare i {municipality.name}",
            "kind": "fördelat",
            "amount": 100000.0,
            "source": EXAMPLE_SOURCE,
        }
    indicator = next(
        (item for item in _followed(catalogue) if item.unit is Unit.PERCENT), _followed(catalogue)[0]
    )
    return {
        "indicator": indicator.name,
        "area": municipality.name,
        "period": _EXAMPLE_PERIODS[indicator.period_type],
        "sex": "Totalt",
        "age": "Totalt" if indicator.headline_age == "total" else indicator.headline_age,
        "value": 75.5,
        "numerator": 151.0,
        "denominator": 200.0,
        "source": EXAMPLE_SOURCE,
    }


def _write_data(book: Workbook, sheet: Worksheet, kind: Kind, catalogue: Catalogue, heading: Format) -> None:
    template = _template(kind)
    example = _example(kind, catalogue)
    # As text, so that Excel doesn't turn 2024-05 into a date or 1480 into something else.
    text = book.add_format({"num_format": "@"})
    for place, (column, name) in enumerate(template.headings.items()):
        is_text = column in {"indicator", "area", "period", "age", "agreement"}
        sheet.set_column(place, place, _WIDTHS.get(column, 14), text if is_text else None)
        sheet.write_string(0, place, name, heading)
        value = example.get(column)
        if isinstance(value, float):
            sheet.write_number(1, place, value)
        elif isinstance(value, str):
            sheet.write_string(1, place, value, text if is_text else None)
    sheet.freeze_panes(1, 0)


def _write_explanation(
    sheet: Worksheet, kind: Kind, catalogue: Catalogue, heading: Format
) -> dict[str, tuple[int, int]]:
    """Write every list; gives the first and last row (from 0) of the choices for a column."""
    template = _template(kind)
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 2, 44)
    row = _block(sheet, 0, ("Kolumn", "Vad som ska stå där"), _column_rows(template), heading)
    ranges = {}
    if kind == "observations":
        indicators = [_indicator_row(item) for item in _followed(catalogue)]
        names = ("Indikator", "Id och Koladas id", "Enhet, period och åldersgrupper")
        ranges["indicator"] = (row + 2, row + 1 + len(indicators))
        row = _block(sheet, row + 1, names, indicators, heading)
        row = _block(sheet, row + 1, ("Period", "Skrivs"), _PERIOD_FORMS, heading)
    else:
        agreements = [(item.name, item.id, _agreed(item.total)) for item in catalogue.agreements.values()]
        ranges["agreement"] = (row + 2, row + 1 + len(agreements))
        row = _block(sheet, row + 1, ("Överenskommelse", "Id", "Summa"), agreements, heading)
    areas = _area_rows(kind, catalogue)
    ranges["area"] = (row + 2, row + 1 + len(areas))
    _block(sheet, row + 1, ("Område", "Kod eller id", "Nivå"), areas, heading)
    return ranges


def _block(sheet: Worksheet, row: int, names: tuple[str, ...], rows: list | tuple, heading: Format) -> int:
    for place, name in enumerate(names):
        sheet.write_string(row, place, name, heading)
    for offset, cells in enumerate(rows, start=1):
        for place, cell in enumerate(cells):
            sheet.write_string(row + offset, place, cell)
    return row + len(rows) + 1


def _column_rows(template: Template) -> list[tuple[str, str]]:
    return [(name, _MEANINGS[column]) for column, name in template.headings.items()]


def _followed(catalogue: Catalogue) -> list[Indicator]:
    """The indicators that come as observations; money has a template of its own."""
    return [item for item in catalogue.indicators.values() if item.subject is not Subject.FUNDS]


def _indicator_row(item: Indicator) -> tuple[str, str, str]:
    units = {
        Unit.PERCENT: "procent",
        Unit.INDEX: "index",
        Unit.DAYS: "dagar",
        Unit.DAYS_PER_INHABITANT: "dagar per invånare",
        Unit.KRONOR: "kronor",
    }
    ages = ", ".join("Totalt" if age == "total" else age for age in item.ages)
    ids = item.id if item.kolada_id is None else f"{item.id}, {item.kolada_id}"
    return item.name, ids, f"{units[item.unit]}; som {_EXAMPLE_PERIODS[item.period_type]}; {ages}"


def _agreed(total: Decimal) -> str:
    return f"{number(total)}\u00a0kr"


def _area_rows(kind: Kind, catalogue: Catalogue) -> list[tuple[str, str, str]]:
    """The areas to choose from; no money goes to a vårdcentral."""
    order = [Level.MUNICIPALITY, Level.DELREGION, Level.COUNTY, Level.COUNTRY]
    order += [Level.HEALTH_CENTRE] if kind == "observations" else []
    known = (area for area in catalogue.areas.values() if area.level in order)
    areas = sorted(known, key=lambda area: order.index(area.level))
    return [(area.name, area.id, _level(area, catalogue)) for area in areas]


def _level(area: Area, catalogue: Catalogue) -> str:
    if area.division:
        return catalogue.divisions[area.division].name
    if area.level is Level.HEALTH_CENTRE:
        return f"{area.level}, {catalogue.areas[area.parent or ''].name}"
    return str(area.level)


def _add_choices(sheet: Worksheet, template: Template, lists: dict[str, tuple[int, int]]) -> None:
    """A list to choose from in the columns of names. Ids and codes may still be typed: it warns, never stops."""
    fixed = {
        "sex": ["Totalt", "Kvinnor", "Män"],
        "flag": ["preliminär", "undertryckt", "saknas"],
        "level": ["länsgemensamt", "region", "kommun"],
        "kind": ["fördelat", "använt", "återbetalt"],
    }
    for place, column in enumerate(template.headings):
        source: str | list[str] | None = fixed.get(column)
        if column in lists:
            first, last = lists[column]
            source = f"='{EXPLANATION_SHEET}'!$A${first + 1}:$A${last + 1}"
        if source is None:
            continue
        options = {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": "Inte i listan",
            "error_message": "Namnet finns inte i listan. Id och koder går också bra.",
        }
        sheet.data_validation(1, place, _LIST_ROWS, place, options)
