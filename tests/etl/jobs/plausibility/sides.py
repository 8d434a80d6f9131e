"""A delivery beside what is published, in few words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from etl.jobs.plausibility.sides import Sides
from tests.etl.measures import county

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue

KNOWN = county.catalogue(
    indicators=[
        county.indicator("andel"),
        county.indicator("manad", period_type="month"),
        county.indicator("index", unit="index", decimals=2, roll_up="population_weighted", highest=1),
        county.indicator("dagar", unit="days", highest=365),
        county.indicator("pengar", unit="kronor", subject="funds", decimals=0, highest=1e12),
    ]
)
HEADINGS = {"value": "Värde", "numerator": "Täljare", "denominator": "Nämnare", "area": "Område"}
MONTHS = [dt.date(year, month, 1) for year in range(2015, 2025) for month in range(1, 13)]
YEARS = [dt.date(year, 1, 1) for year in range(2000, 2025)]


def rows(*told: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows with their places in a file."""
    return [
        {"sheet": "Blad1", "row": place, "area": "1401", **row} for place, row in enumerate(told, start=2)
    ]


def sides(
    delivered: list[dict[str, Any]], published: list[dict[str, Any]], catalogue: Catalogue = KNOWN
) -> Sides:
    """The two, prepared for the checks."""
    return Sides.of(
        county.observations(*rows(*delivered)), county.observations(*rows(*published)), catalogue, HEADINGS
    )


def yearly(values: list[float | None], **more: Any) -> list[dict[str, Any]]:
    """A yearly series that ends in 2023."""
    return [
        {"value": value, "period_start": start, **more}
        for value, start in zip(values, YEARS[-len(values) - 1 : -1], strict=True)
    ]


def monthly(values: list[float], **more: Any) -> list[dict[str, Any]]:
    """A monthly series that ends in November 2024."""
    starts = MONTHS[-len(values) - 1 : -1]
    return [
        {"indicator": "manad", "period_type": "month", "value": value, "period_start": start, **more}
        for value, start in zip(values, starts, strict=True)
    ]


def this_year(value: float | None = None, **more: Any) -> dict[str, Any]:
    """A figure of 2024."""
    return {"value": value, "period_start": YEARS[-1], **more}


def this_month(value: float | None = None, **more: Any) -> dict[str, Any]:
    """A figure of December 2024."""
    return {"indicator": "manad", "period_type": "month", "value": value, "period_start": MONTHS[-1], **more}
