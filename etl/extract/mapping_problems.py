"""What is wrong with a mapping, in itself or for a file, as problems in Swedish."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import polars as pl

from schemas.mapping import FIGURES, Column, Spread
from schemas.problem import no_problems, problem
from schemas.swedish import listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from etl.extract.model import Sheet
    from schemas.mapping import Mapping, Name

#: What the parts of a mapping are called.
WORDS: dict[Name, str] = {
    "indicator": "indikator",
    "area": "område",
    "period": "period",
    "year": "år",
    "sex": "kön",
    "age": "ålder",
    "value": "värde",
    "numerator": "täljare",
    "denominator": "nämnare",
    "standard_deviation": "standardavvikelse",
    "flag": "flagga",
    "source": "källa",
}

_TELL = "Ändra tolkningen av filen."
_ASKED: dict[Name, str] = {
    "indicator": "Välj vilken indikator talen gäller.",
    "area": "Välj i vilken kolumn områdena står.",
    "period": "Välj i vilken kolumn perioden står, eller skriv den.",
}


def senseless(mapping: Mapping) -> pl.DataFrame:
    """What no file can be read with: something left out, or said of two things at once."""
    frames = [*_left_out(mapping), *_no_figures(mapping), *_said_twice(mapping), *_at_odds(mapping)]
    return pl.concat(frames) if frames else no_problems()


def _wrong(code: str, expected: str, hint: str, column: str | None = None) -> pl.DataFrame:
    return problem(code, column=column, expected=expected, hint=hint)


def _left_out(mapping: Mapping) -> list[pl.DataFrame]:
    return [
        _wrong(
            f"mapping_without_{name}",
            f"en uppgift om {WORDS[name]}",
            _ASKED[name],
        )
        for name in _ASKED
        if name not in mapping.fields
    ]


def _no_figures(mapping: Mapping) -> list[pl.DataFrame]:
    given = set(mapping.fields)
    if "value" in given or {"numerator", "denominator"} <= given or mapping.says("indicator"):
        return []
    return [
        _wrong(
            "mapping_without_figures",
            "en kolumn med värden, eller en med täljare och en med nämnare",
            "Tala om i vilken kolumn talen står.",
        )
    ]


def _said_twice(mapping: Mapping) -> list[pl.DataFrame]:
    by_place: defaultdict[tuple[str, str | int, int], list[Name]] = defaultdict(list)
    headings: dict[tuple[str, str | int, int], str] = {}
    for name, source in mapping.fields.items():
        if isinstance(source, Column):
            key = ("column", source.column, source.nth)
            headings[key] = source.heading or f"kolumn {source.column + 1}"
        elif isinstance(source, Spread):
            key = ("spread", source.label, 0)
            headings[key] = source.label
        else:
            continue
        by_place[key].append(name)
    return [
        _wrong(
            "mapping_same_column",
            "en kolumn för varje uppgift",
            f"Kolumnen är vald som {listing([WORDS[name] for name in names])}. Välj olika kolumner.",
            headings[key],
        )
        for key, names in by_place.items()
        if len(names) > 1
    ]


def _at_odds(mapping: Mapping) -> list[pl.DataFrame]:
    """Headings that say what no figure stands under, or figures under headings that say nothing."""
    spread = any(isinstance(mapping.fields.get(name), Spread) for name in FIGURES)
    if mapping.says("indicator"):
        if any(mapping.indicators.values()):
            return []
        return [
            _wrong(
                "mapping_without_indicator",
                "minst en kolumn med en indikator",
                "Välj vilken indikator minst en av rubrikerna är.",
            )
        ]
    if spread == mapping.is_spread:
        return []
    return [
        _wrong(
            "mapping_at_odds",
            "tal i kolumner vars rubriker säger period eller kön",
            f"Tolkningen säger både att rubrikerna talar om vad talen gäller och att de inte gör det. {_TELL}",
        )
    ]


def header_past_end(sheet: Sheet, mapping: Mapping) -> pl.DataFrame:
    """The header row that a sheet is too short for."""
    rows = "1 rad" if sheet.cells.height == 1 else f"{sheet.cells.height} rader"
    return problem(
        "mapping_header_row",
        sheet=sheet.name,
        row=mapping.header_row,
        expected=f"rubriker på rad {mapping.header_row}",
        hint=f"Bladet har bara {rows}. Ändra rubrikraden i tolkningen.",
    )


def columns_gone(sheet: Sheet, mapping: Mapping, gone: Sequence[tuple[str, Column]]) -> pl.DataFrame:
    """Columns of a mapping that a sheet hasn't.

    Args:
        sheet: The sheet.
        mapping: The mapping.
        gone: What each stood for, in Swedish, and the column.
    """
    frames = [
        problem(
            "missing_column",
            sheet=sheet.name,
            row=mapping.header_row,
            column=place.heading or None,
            expected=f"kolumnen ”{place.heading}”" if place.heading else f"kolumn nummer {place.column + 1}",
            hint=f"Kolumnen, som tolkningen läser {word} ur, finns inte i filen. {_TELL}",
        )
        for word, place in gone
    ]
    return pl.concat(frames) if frames else no_problems()


def no_such_headings(sheet: Sheet, mapping: Mapping) -> pl.DataFrame:
    """No column whose heading says what a mapping expects of the headings."""
    said = listing([WORDS[name] for name in ("indicator", "period", "sex") if mapping.says(name)])
    return problem(
        "mapping_no_headings",
        sheet=sheet.name,
        row=mapping.header_row,
        expected=f"rubriker som säger {said}",
        hint=f"Ingen av filens rubriker säger det och hör till de tal som tolkningen läser. {_TELL}",
    )


def heading_twice(sheet: Sheet, mapping: Mapping, headings: Iterable[str]) -> pl.DataFrame:
    """Headings that say the same as another, so that one figure stands in two columns."""
    frames = [
        problem(
            "duplicate_column",
            sheet=sheet.name,
            row=mapping.header_row,
            column=text,
            expected="varje rubrik en gång",
            hint="Samma rubrik finns på flera kolumner. Ta bort eller byt namn på den som inte ska användas.",
        )
        for text in headings
    ]
    return pl.concat(frames) if frames else no_problems()


def period_to_ask(mapping: Mapping) -> pl.DataFrame:
    """What the file doesn't say and a person must."""
    frames = [
        problem(
            "period_to_tell",
            expected="en period för hela filen",
            hint="Filen säger inte vilken period talen gäller. "
            "Leverera filen på sidan Ladda upp och skriv perioden där.",
        )
        for _ in mapping.asks[:1]
    ]
    return pl.concat(frames) if frames else no_problems()


def period_not_above(sheet: Sheet, mapping: Mapping) -> pl.DataFrame:
    """A period that should stand above the headings, or in the sheet's name, and doesn't."""
    source = mapping.fields["year" if "year" in mapping.fields else "period"]
    where = "i bladets namn" if source.kind == "sheet" else "i raderna ovanför rubrikerna"
    return problem(
        "missing_period",
        sheet=sheet.name,
        row=None if source.kind == "sheet" else mapping.header_row,
        expected=f"en period {where}",
        hint=f"Ingen period finns {where}. Skriv dit den, eller ändra tolkningen.",
    )


def sheet_skipped(name: str, lead: str) -> pl.DataFrame:
    """A sheet that isn't read."""
    return problem(
        "sheet_skipped",
        severity="warning",
        sheet=name,
        expected=f"samma rubriker som på bladet ”{lead}”",
        hint="Bladet lästes inte.",
    )


def nothing_found() -> pl.DataFrame:
    """A file without rows to read."""
    return problem(
        "no_rows",
        expected="minst en rad under rubrikerna",
        hint="Tolkningen hittar inga rader att läsa. Kontrollera rubrikraden och vilka rader som läses.",
    )
