"""A small county to reckon by hand: five municipalities in two divisions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
from scipy import stats

from schemas.catalogue import (
    Agreement,
    Area,
    Catalogue,
    Division,
    Indicator,
    Membership,
    Roadmap,
    Source,
    Target,
    WayOfWorking,
)
from schemas.columns import ALLOCATION_SCHEMA, OBSERVATION_SCHEMA, POPULATION_SCHEMA
from schemas.period import Period, PeriodType
from schemas.results import SERIES_SCHEMA

SOURCE = Source(publisher="Utgivare", title="Titel")
MUNICIPALITIES = {"1401": "Alfa", "1402": "Beta", "1403": "Gamma", "1404": "Delta", "1405": "Epsilon"}

#: Division → delregion → municipalities.
DIVISIONS = {
    "ett": {"e-norr": ["1401", "1402", "1403"], "e-syd": ["1404", "1405"]},
    "tva": {"t-stad": ["1401"], "t-land": ["1402", "1403", "1404", "1405"]},
}
POPULATION = {"1401": 10_000, "1402": 3_000, "1403": 2_000, "1404": 4_000, "1405": 1_000}
YEAR_2020 = dt.date(2020, 1, 1)


def indicator(name: str = "andel", /, **changes: Any) -> Indicator:
    """A share in per cent, higher is better, small counts not hidden."""
    fields: dict[str, Any] = {
        "id": name,
        "name": name,
        "short_name": name,
        "subject": "accessibility",
        "ways_of_working": [4],
        "principals": ["region"],
        "definition": "text",
        "numerator": "text",
        "denominator": "text",
        "unit": "percent",
        "direction": "higher",
        "roll_up": "ratio_of_sums",
        "period_type": "year",
        "perspective": "register",
        "lowest_public_level": "kommun",
        "source": SOURCE,
        "owner": "text",
        "update_interval_months": 12,
        "decimals": 1,
        "minimum_numerator": 0,
        "minimum_denominator": 0,
        "lowest": 0,
        "highest": 100,
    }
    return Indicator(**{**fields, **changes})


def target(name: str = "mal", /, **changes: Any) -> Target:
    """80 per cent, at all times."""
    fields: dict[str, Any] = {
        "id": name,
        "indicator": "andel",
        "kind": "level",
        "value": 80,
        "level": "riket",
        "origin": "law",
        "label": "Mål",
        "source": SOURCE,
        "evidence": "confirmed",
    }
    return Target(**{**fields, **changes})


def catalogue(
    indicators: list[Indicator] | None = None,
    targets: list[Target] | None = None,
    agreements: list[Agreement] | None = None,
    divisions: dict[str, dict[str, list[str]]] | None = None,
    centres: dict[str, list[str]] | None = None,
) -> Catalogue:
    """A catalogue of the small county; the first of its divisions is the default, `centres` are by municipality."""
    divisions = DIVISIONS if divisions is None else divisions
    indicators = [indicator()] if indicators is None else indicators
    areas = [
        Area(id="00", name="Riket", level="riket"),
        Area(id="14", name="Länet", level="län", parent="00"),
        *(
            Area(id=area, name=area, level="delregion", division=division, parent="14")
            for division, parts in divisions.items()
            for area in parts
        ),
        *(Area(id=code, name=name, level="kommun", parent="14") for code, name in MUNICIPALITIES.items()),
        *(
            Area(id=centre, name=centre, level="vårdcentral", parent=code)
            for code, parts in (centres or {}).items()
            for centre in parts
        ),
    ]
    return Catalogue(
        indicators={item.id: item for item in indicators},
        targets={item.id: item for item in targets or []},
        areas={item.id: item for item in areas},
        divisions={
            name: Division(
                id=name,
                name=name,
                one=name,
                description="text",
                source="text",
                default=name == next(iter(divisions)),
            )
            for name in divisions
        },
        memberships=[
            Membership(division=division, municipality=code, area=area, evidence="confirmed", source="text")
            for division, parts in divisions.items()
            for area, codes in parts.items()
            for code in codes
        ],
        roadmap=Roadmap(
            title="text",
            vision=["text"],
            ways_of_working=[WayOfWorking(number=number, name="text") for number in range(1, 7)],
            questions=[],
            in_force=dt.date(2023, 1, 1),
            follow_ups=[2024],
            horizon=2030,
            source=SOURCE,
            principals={"region": "regionen", "kommun": "kommunerna"},
        ),
        decisions=[],
        agreements={item.id: item for item in agreements or []},
        caveats={},
    )


def _frame(rows: list[dict[str, Any]], base: dict[str, Any], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame([{**base, **row} for row in rows], schema=schema, orient="row")


def observations(*rows: dict[str, Any]) -> pl.DataFrame:
    """Observations; what isn't said is the share indicator, 2020, all ages, published in batch 1."""
    base = {
        **dict.fromkeys(OBSERVATION_SCHEMA),
        "indicator": "andel",
        "period_start": YEAR_2020,
        "period_type": "year",
        "sex": "total",
        "age": "total",
        "origin": "published",
        "source": "Källa",
        "batch": 1,
    }
    return _frame(list(rows), base, {**OBSERVATION_SCHEMA, "batch": pl.Int64()})


def counted(area: str, numerator: float, denominator: float, **more: Any) -> dict[str, Any]:
    """A row with counts and the share they make."""
    value = numerator / denominator * 100
    return {"area": area, "numerator": numerator, "denominator": denominator, "value": value, **more}


def mean(area: str, value: float, deviation: float, number: float, **more: Any) -> dict[str, Any]:
    """A row of a finished series with a mean in days and Student's interval of it."""
    lower, upper = stats.t.interval(0.95, number - 1, loc=value, scale=deviation / number**0.5)
    interval = {"lower": lower, "upper": upper, "interval_method": "student", "interval_level": 0.95}
    return {"area": area, "value": value, "denominator": number, **interval, **more}


def series(*rows: dict[str, Any]) -> pl.DataFrame:
    """Rows of a finished series; what isn't said is the share indicator for the county, 2020."""
    base = {
        **dict.fromkeys(SERIES_SCHEMA),
        "indicator": "andel",
        "area": "14",
        "level": "län",
        "period_start": YEAR_2020,
        "period_type": "year",
        "sex": "total",
        "age": "total",
        "method": "direct",
        "origin": "published",
        "batch": 1,
    }
    ended = [{"period_end": _end({**base, **row}), **row} for row in rows]
    return _frame(ended, base, SERIES_SCHEMA)


def _end(row: dict[str, Any]) -> dt.date:
    return Period(row["period_start"], PeriodType(row["period_type"])).end


def allocations(*rows: dict[str, Any]) -> pl.DataFrame:
    """Allocated kronor of 2021, published in batch 1."""
    base = {
        **dict.fromkeys(ALLOCATION_SCHEMA),
        "agreement": "avtal",
        "year": 2021,
        "purpose": "Ändamål",
        "level": "kommun",
        "recipient": "Mottagare",
        "kind": "allocated",
        "origin": "published",
        "source": "Källa",
        "batch": 1,
    }
    return _frame(list(rows), base, {**ALLOCATION_SCHEMA, "batch": pl.Int64()})


def population(people: dict[str, int] | None = None, year: int = 2020) -> pl.DataFrame:
    """Inhabitants of the municipalities, all ages, both sexes."""
    rows = [
        {"area": area, "year": year, "sex": "total", "age": "total", "population": count, "source": "text"}
        for area, count in (POPULATION if people is None else people).items()
    ]
    return pl.DataFrame(rows, schema=POPULATION_SCHEMA, orient="row")


def only(frame: pl.DataFrame, **wanted: Any) -> dict[str, Any]:
    """The one row of `frame` with these values; an error when there isn't exactly one."""
    found = frame.filter(
        pl.lit(value=True), *(pl.col(name).eq_missing(pl.lit(value)) for name, value in wanted.items())
    )
    if found.height != 1:
        raise LookupError(f"{found.height} rows for {wanted}")
    return found.row(0, named=True)
