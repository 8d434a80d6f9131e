"""Folkhälsomyndigheten's weekly covid-19 workbook, as it looked in 2021 and in 2022.

The figures come from the sheet of municipality and age; its shares are fractions and are left alone, since
numerator and denominator are there. Two more sheets are handed on so that the job can hold the sums against
them. Sheets are told by their headings; a name is used only to say what is missing.
"""

from __future__ import annotations

import re
from datetime import date

import polars as pl

from etl.extract.headings import Columns, Header, find_header, fold, missing_columns, rows_under
from etl.extract.model import OBSERVATION_TEXT, Conventions, Extracted, Sheet, Workbook
from schemas.problem import Severity, no_problems, problem

SHAPE = "fohm-covid19"
SHAPE_NAME = "Folkhälsomyndighetens arbetsbok om covid-19-vaccination"

BY_AGE_SHEET = "Vaccinerade kommun och ålder"
BY_MUNICIPALITY_SHEET = "Vaccinerade kommun"
SERIES_SHEET = "Vaccinerade tidsserie"

#: Count column → indicator.
DOSES = {
    "first": "covid19-minst-1-dos",
    "second": "covid19-minst-2-doser",
    "third": "covid19-dos-3",
}

_BY_AGE: Columns = {
    "area": ("kommun",),
    "age": ("ålder", "åldersgrupp"),
    "denominator": ("befolkning",),
    "first": ("antal minst 1 dos",),
    "second": ("antal minst 2 doser", "antal färdigvaccinerade"),
    "third": ("antal 3 doser", "antal minst 3 doser"),
}
_BY_MUNICIPALITY: Columns = {
    "area": ("knkod",),
    "n1": ("antal dos1",),
    "n2": ("antal dos2", "antal färdigvaccinerade"),
}
_SERIES: Columns = {
    "region": ("region",),
    "week": ("vecka",),
    "year": ("år",),
    "status": ("vaccinationsstatus",),
    "count": ("antal vaccinerade",),
}
_REQUIRED = ("area", "age", "denominator", "first", "second")
_NAMES = {
    "area": "Kommun",
    "age": "Ålder",
    "denominator": "Befolkning",
    "first": "Antal minst 1 dos",
    "second": "Antal minst 2 doser",
    "third": "Antal 3 doser",
    "n1": "Antal_dos1",
    "n2": "Antal_dos2",
    "region": "Region",
    "week": "Vecka",
    "year": "År",
    "status": "Vaccinationsstatus",
    "count": "Antal vaccinerade",
}

#: The third dose was not given under this age; its cells are blank there.
_THIRD_DOSE_FROM = 18

_PUBLISHED = re.compile(r"^\s*fohm\s+([0-9]{1,2})\s+([a-zåäö]{3,9})\.?\s+([0-9]{4})\s*$", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")

_CONVENTIONS = Conventions(marks={"..": "suppressed"}, share="fraction", unknown_areas="skip", ages="bands")


def _with_columns(
    workbook: Workbook, columns: Columns, required: tuple[str, ...]
) -> list[tuple[Sheet, Header]]:
    found = ((sheet, find_header(sheet.cells, columns)) for sheet in workbook.sheets)
    return [(sheet, header) for sheet, header in found if header is not None and not header.missing(required)]


def claims(workbook: Workbook) -> bool:
    """True when a sheet has the workbook's own headings, or two have its names."""
    if _with_columns(workbook, _BY_AGE, _REQUIRED):
        return True
    known = {fold(name) for name in (BY_AGE_SHEET, BY_MUNICIPALITY_SHEET, SERIES_SHEET)}
    return len(known & {fold(sheet.name) for sheet in workbook.sheets}) > 1


def published_on(workbook: Workbook) -> date | None:
    """The date in the name of the notes' sheet, such as `FOHM 27 OKT 2022`."""
    for sheet in workbook.sheets:
        named = _PUBLISHED.match(sheet.name)
        if named is None:
            continue
        day, month, year = int(named[1]), named[2].casefold()[:3], int(named[3])
        try:
            return date(year, _MONTHS.index(month) + 1, day)
        except ValueError:
            continue
    return None


def read(workbook: Workbook) -> Extracted:
    """Rows by municipality, age band and dose, for all of Sweden.

    `checks` holds `kommun` (area, n1, n2) and `tidsserie` (region, week, year, status, count), both with
    sheet and row, all text as in the file.
    """
    published = published_on(workbook)
    problems = [_undated(published)]
    by_age, missing = _one(workbook, BY_AGE_SHEET, _BY_AGE, _REQUIRED, "error")
    problems.append(missing)
    rows, headings = _rows(by_age, published)
    checks = {}
    for name, sheet, columns in (
        ("kommun", BY_MUNICIPALITY_SHEET, _BY_MUNICIPALITY),
        ("tidsserie", SERIES_SHEET, _SERIES),
    ):
        frame, missing = _one(workbook, sheet, columns, tuple(columns), "warning")
        checks[name] = _check_table(frame, columns)
        problems.append(missing)
    if by_age and rows.is_empty():
        problems.append(_no_rows(by_age[0][0].name))
    return Extracted(
        shape=SHAPE,
        shape_name=SHAPE_NAME,
        kind="observations",
        rows=rows,
        headings=headings,
        conventions=_CONVENTIONS,
        problems=pl.concat(problems),
        checks=checks,
        published=published.isoformat() if published else None,
    )


def _one(
    workbook: Workbook, name: str, columns: Columns, required: tuple[str, ...], severity: Severity
) -> tuple[list[tuple[Sheet, Header]], pl.DataFrame]:
    """The sheets with all the columns, or the problems that say which sheet or which columns are missing."""
    found = _with_columns(workbook, columns, required)
    if found:
        return found, no_problems()
    named = next((sheet for sheet in workbook.sheets if fold(sheet.name) == fold(name)), None)
    if named is None:
        told = problem(
            "missing_sheet",
            sheet=name,
            expected=f"ett blad som ”{name}”",
            hint="Bladet saknas. Hämta arbetsboken på nytt från Folkhälsomyndigheten.",
        )
    else:
        header = find_header(named.cells, columns)
        lacking = header.missing(required) if header else list(required)
        told = missing_columns(name, header, lacking, _NAMES, columns)
    return [], told.with_columns(pl.lit(severity).alias("severity"))


def _rows(found: list[tuple[Sheet, Header]], published: date | None) -> tuple[pl.DataFrame, dict[str, str]]:
    headings = {"indicator": "Dos", "area": "Kommun", "period": "Bladets datum", "age": "Ålder"}
    schema = {**dict.fromkeys((*OBSERVATION_TEXT, "sheet"), pl.String), "row": pl.Int64}
    frames = [pl.DataFrame(schema=schema)]
    for sheet, header in found:
        doses = {column: indicator for column, indicator in DOSES.items() if column in header.places}
        headings |= {column: text for column, text in header.headings.items() if column not in DOSES}
        headings |= {f"numerator/{doses[column]}": header.headings[column] for column in doses}
        long = rows_under(sheet, header).unpivot(
            on=list(doses),
            index=["area", "age", "denominator", "sheet", "row"],
            variable_name="dose",
            value_name="numerator",
        )
        frames.append(_as_text_rows(long, published))
    headings["numerator"] = "Antal minst 1 dos, minst 2 doser eller 3 doser"
    return pl.concat(frames), headings


def _as_text_rows(long: pl.DataFrame, published: date | None) -> pl.DataFrame:
    upper = pl.col("age").str.extract(r"^[0-9]+\s*[-–]\s*([0-9]{1,3})$", 1).cast(pl.Int64)
    not_given = (pl.col("dose") == "third") & pl.col("numerator").is_null() & (upper < _THIRD_DOSE_FROM)
    source = "Folkhälsomyndigheten, covid-19-vaccinationer ur NVR"
    values = {
        "indicator": pl.col("dose").replace_strict(DOSES),
        "period": pl.lit(published.isoformat() if published else None, pl.String),
        "source": pl.lit(f"{source}, {published}" if published else source),
    }
    here = set(long.columns)
    return long.filter(~not_given.fill_null(False)).select(
        *(
            values[name].alias(name)
            if name in values
            else (pl.col(name) if name in here else pl.lit(None, pl.String).alias(name))
            for name in (*OBSERVATION_TEXT, "sheet", "row")
        )
    )


def _check_table(found: list[tuple[Sheet, Header]], columns: Columns) -> pl.DataFrame:
    names = [*columns, "sheet", "row"]
    empty = pl.DataFrame(schema={**dict.fromkeys((*columns, "sheet"), pl.String), "row": pl.Int64})
    return pl.concat([empty, *(rows_under(sheet, header).select(names) for sheet, header in found)])


def _undated(published: date | None) -> pl.DataFrame:
    if published is not None:
        return no_problems()
    return problem(
        "missing_publication_date",
        expected="ett blad med publiceringsdatum i namnet, som ”FOHM 27 OKT 2022”",
        hint="Döp om arbetsbokens sista blad till FOHM och datumet då den publicerades.",
    )


def _no_rows(sheet: str) -> pl.DataFrame:
    return problem(
        "no_rows",
        sheet=sheet,
        expected="rader för kommuner och åldrar",
        hint="Bladet har rubriker men inga rader. Hämta arbetsboken på nytt.",
    )
