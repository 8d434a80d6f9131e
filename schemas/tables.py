"""The canonical tables: what a row must be before the warehouse takes it.

The models are pandera's. They check values, not text: parsing Swedish numbers and names is done before
(`etl.transform`), and every row passes `schemas.gate` on its way in.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandera.polars as pa
import polars as pl

from schemas.period import PeriodType

PERIOD_TYPES = [str(kind) for kind in PeriodType]
SEXES = ["total", "women", "men"]
FLAGS = ["preliminary", "suppressed", "missing"]
ORIGINS = ["published", "uploaded", "example"]
ALLOCATION_LEVELS = ["länsgemensamt", "region", "kommun"]
ALLOCATION_KINDS = ["allocated", "used", "repaid"]

#: What makes an observation one and the same, whichever batch brings it.
OBSERVATION_KEY = ["indicator", "area", "period_start", "period_type", "sex", "age"]
ALLOCATION_KEY = ["agreement", "year", "purpose", "level", "area", "recipient", "kind"]
POPULATION_KEY = ["area", "year", "sex", "age"]

#: Column → type of the canonical frames, in storage order. `age` is "total" or a band such as "18+".
OBSERVATION_SCHEMA: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "area": pl.String(),
    "period_start": pl.Date(),
    "period_type": pl.String(),
    "sex": pl.String(),
    "age": pl.String(),
    "value": pl.Float64(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "flag": pl.String(),
    "origin": pl.String(),
    "source": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
}
ALLOCATION_SCHEMA: dict[str, pl.DataType] = {
    "agreement": pl.String(),
    "year": pl.Int32(),
    "purpose": pl.String(),
    "level": pl.String(),
    "area": pl.String(),
    "recipient": pl.String(),
    "kind": pl.String(),
    "amount": pl.Decimal(18, 2),
    "origin": pl.String(),
    "source": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
}
POPULATION_SCHEMA: dict[str, pl.DataType] = {
    "area": pl.String(),
    "year": pl.Int32(),
    "sex": pl.String(),
    "age": pl.String(),
    "population": pl.Int64(),
    "source": pl.String(),
}


def _model(
    schema: dict[str, pl.DataType],
    checks: dict[str, list[pa.Check]],
    *,
    nullable: set[str],
    key: list[str],
    name: str,
) -> pa.DataFrameSchema:
    columns = {
        column: pa.Column(dtype, checks.get(column, []), nullable=column in nullable, required=True)
        for column, dtype in schema.items()
    }
    return pa.DataFrameSchema(columns, unique=key, strict=True, coerce=False, name=name)


def _between(low: Any, high: Any) -> pa.Check:
    return pa.Check.in_range(low, high)


#: One figure for one indicator, area, period and breakdown. `value` is in the indicator's unit (a share in
#: per cent, 0-100), `numerator` and `denominator` are counts. A figure that is missing or suppressed at the
#: source has a flag and no value. Bounds of an indicator's own are checked against the catalogue by its job.
Observation = _model(
    OBSERVATION_SCHEMA,
    {
        "period_type": [pa.Check.isin(PERIOD_TYPES)],
        "period_start": [_between(date(1990, 1, 1), date(2100, 1, 1))],
        "sex": [pa.Check.isin(SEXES)],
        "value": [_between(-1e15, 1e15)],
        "numerator": [_between(0, 1e15)],
        "denominator": [pa.Check.gt(0), pa.Check.le(1e15)],
        "flag": [pa.Check.isin(FLAGS)],
        "origin": [pa.Check.isin(ORIGINS)],
    },
    nullable={"value", "numerator", "denominator", "flag", "source", "sheet", "row"},
    key=OBSERVATION_KEY,
    name="observation",
)

#: A sum of money from an agreement to a recipient, in kronor with two decimals.
Allocation = _model(
    ALLOCATION_SCHEMA,
    {
        "year": [_between(2000, 2100)],
        "level": [pa.Check.isin(ALLOCATION_LEVELS)],
        "kind": [pa.Check.isin(ALLOCATION_KINDS)],
        "amount": [pa.Check.ge(0)],
        "origin": [pa.Check.isin(ORIGINS)],
    },
    nullable={"source", "sheet", "row"},
    key=ALLOCATION_KEY,
    name="allocation",
)

#: Inhabitants of an area on 31 December of a year.
Population = _model(
    POPULATION_SCHEMA,
    {
        "year": [_between(1900, 2100)],
        "sex": [pa.Check.isin(SEXES)],
        "population": [pa.Check.ge(0)],
    },
    nullable={"source"},
    key=POPULATION_KEY,
    name="population",
)
