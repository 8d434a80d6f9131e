"""Columns, types and keys of the canonical tables, and the words that their columns may hold.

What a row must be is in `schemas.tables`; this module stands apart because a page that only reads tables needs
none of the validation, whose import takes half a second.
"""

from __future__ import annotations

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
#: What an observation tells: it is revised when any of this is another.
OBSERVATION_FIGURES = ("value", "numerator", "denominator", "standard_deviation", "flag")
ALLOCATION_KEY = ["agreement", "year", "purpose", "level", "area", "recipient", "kind"]
POPULATION_KEY = ["area", "year", "sex", "age"]

#: Column → type of the canonical frames. `age` is "total" or a band such as "18+".
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
    "standard_deviation": pl.Float64(),
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
