"""The canonical tables: what a row must be before the warehouse takes it.

The models are pandera's. They check values, not text: parsing Swedish numbers and names is done before
(`etl.transform`), and every row passes `schemas.gate` on its way in.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandera.polars as pa
import polars as pl

from schemas.columns import (
    ALLOCATION_KEY,
    ALLOCATION_KINDS,
    ALLOCATION_LEVELS,
    ALLOCATION_SCHEMA,
    FLAGS,
    OBSERVATION_KEY,
    OBSERVATION_SCHEMA,
    ORIGINS,
    PERIOD_TYPES,
    POPULATION_KEY,
    POPULATION_SCHEMA,
    SEXES,
)


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
#: per cent, 0-100), `numerator` and `denominator` are counts. `standard_deviation` is the spread of the values
#: behind a mean, in its unit and with n - 1 in its denominator; `denominator` is then n. A figure that is missing
#: or suppressed at the source has a flag and no value. Bounds of an indicator's own are checked against the
#: catalogue by its job.
Observation = _model(
    OBSERVATION_SCHEMA,
    {
        "period_type": [pa.Check.isin(PERIOD_TYPES)],
        "period_start": [_between(date(1990, 1, 1), date(2100, 1, 1))],
        "sex": [pa.Check.isin(SEXES)],
        "value": [_between(-1e15, 1e15)],
        "numerator": [_between(0, 1e15)],
        "denominator": [pa.Check.gt(0), pa.Check.le(1e15)],
        "standard_deviation": [_between(0, 1e15)],
        "flag": [pa.Check.isin(FLAGS)],
        "origin": [pa.Check.isin(ORIGINS)],
    },
    nullable={"value", "numerator", "denominator", "standard_deviation", "flag", "source", "sheet", "row"},
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
