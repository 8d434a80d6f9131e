"""Vaccination: influenza, covid-19, MPR, HPV.

Folkhälsomyndigheten's workbook has age bands; they become the catalogue's age groups. Its sheets count the
same people in different ways, and the differences are told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from etl.jobs.age_groups import into_groups
from etl.jobs.job import LONG_SHAPES, Job
from schemas.catalogue import Catalogue, Subject
from schemas.problem import no_problems, problem
from schemas.swedish import count_text, number

if TYPE_CHECKING:
    from etl.extract.model import Extracted

FOHM_COVID19 = "fohm-covid19"

#: Indicator → its column in the check table `kommun`.
_BY_MUNICIPALITY = {"covid19-minst-1-dos": "n1", "covid19-minst-2-doser": "n2"}

#: Indicator → its status in the check table `tidsserie`, in lower case; the second dose's was renamed.
_BY_WEEK = {
    "covid19-minst-1-dos": ["minst 1 dos"],
    "covid19-minst-2-doser": ["minst 2 doser", "färdigvaccinerade"],
}


class Sum(NamedTuple):
    """How many one sheet counts in the county.

    Attributes:
        sheet: The sheet.
        count: Persons; None where a number is missing.
    """

    sheet: str
    count: float | None


def prepare(rows: pl.DataFrame, extracted: Extracted, catalogue: Catalogue) -> pl.DataFrame:
    """Rows to store of Folkhälsomyndigheten's workbook: its age bands as age groups."""
    ages = {name: catalogue.indicators[name].ages for name in JOB.indicators(catalogue)}
    return into_groups(rows, ages)


def sum_of_bands(rows: pl.DataFrame, indicator: str) -> Sum | None:
    """The county's sum over municipalities and age bands; None where the file has none for the indicator."""
    own = rows.filter(pl.col("indicator") == indicator)
    return _summed(own, pl.col("numerator"))


def sum_of_municipalities(table: pl.DataFrame | None, indicator: str, codes: list[str]) -> Sum | None:
    """The county's sum over the municipalities of the sheet without ages.

    Args:
        table: Text columns area, n1, n2, sheet.
        indicator: The indicator.
        codes: The county's municipalities.
    """
    if table is None:
        return None
    here = table.filter(pl.col("area").str.strip_chars().is_in(codes))
    return _summed(here, _as_number(_BY_MUNICIPALITY[indicator]))


def last_week(table: pl.DataFrame | None, indicator: str, names: list[str]) -> Sum | None:
    """The county's count in the last week of the time series.

    Args:
        table: Text columns region, week, year, status, count, sheet.
        indicator: The indicator.
        names: The county's names, in lower case.
    """
    if table is None:
        return None
    here = table.filter(
        pl.col("region").str.strip_chars().str.to_lowercase().is_in(names)
        & pl.col("status").str.strip_chars().str.to_lowercase().is_in(_BY_WEEK[indicator])
    )
    newest = here.with_columns(_as_number("year"), _as_number("week")).sort("year", "week").tail(1)
    return _summed(newest, _as_number("count"))


def _as_number(column: str) -> pl.Expr:
    return pl.col(column).str.strip_chars().cast(pl.Float64, strict=False)


def _summed(rows: pl.DataFrame, counts: pl.Expr) -> Sum | None:
    if rows.is_empty():
        return None
    total, gaps = rows.select(counts.sum().alias("total"), counts.is_null().any().alias("gaps")).row(0)
    return Sum(rows["sheet"][0], None if gaps else total)


def cross_check(rows: pl.DataFrame, extracted: Extracted, catalogue: Catalogue) -> pl.DataFrame:
    """Warn where two sheets of Folkhälsomyndigheten's workbook count the county differently."""
    if extracted.shape != FOHM_COVID19:
        return no_problems()
    codes = [area.id for area in catalogue.municipalities]
    county = catalogue.county
    names = [name.casefold() for name in (county.name, *county.synonyms)]
    found = [no_problems()]
    for indicator in _BY_MUNICIPALITY:
        stored = sum_of_bands(rows, indicator)
        others = [
            sum_of_municipalities(extracted.checks.get("kommun"), indicator, codes),
            last_week(extracted.checks.get("tidsserie"), indicator, names),
        ]
        what = f"{county.name}, {catalogue.indicators[indicator].short_name}"
        found.extend(_difference(what, stored, other) for other in others)
    return pl.concat(found)


def _difference(what: str, stored: Sum | None, other: Sum | None) -> pl.DataFrame:
    if stored is None or other is None or stored.count is None or other.count is None:
        return no_problems()
    if stored.count == other.count:
        return no_problems()
    apart = count_text(round(abs(stored.count - other.count)), "person", "personer")
    return problem(
        "sheets_differ",
        severity="warning",
        sheet=stored.sheet,
        value=f"{stored.count:.0f}",
        expected=f"{other.count:.0f}",
        hint=(
            f"{what}: bladet ”{stored.sheet}” ger {number(stored.count)} och bladet ”{other.sheet}” "
            f"{number(other.count)}. Skillnaden är {apart}. Siffrorna ur ”{stored.sheet}” används."
        ),
    )


JOB = Job(
    subject=Subject.VACCINATION,
    shapes=frozenset({*LONG_SHAPES, FOHM_COVID19}),
    prepare={FOHM_COVID19: prepare},
    cross_check=cross_check,
)
