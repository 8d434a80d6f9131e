"""The population table on its way through the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.catalogue.checks import POPULATION
from etl.catalogue.problem import CatalogueProblem
from schemas.catalogue import Level
from schemas.gate import admit
from schemas.tables import POPULATION_SCHEMA, Population

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.catalogue import Area

_NUMBERS = ("year", "population")


def admit_population(
    table: pl.DataFrame, areas: Sequence[Area]
) -> tuple[pl.DataFrame, list[CatalogueProblem]]:
    """Type the population table, pass it through `schemas.gate`, and hold it against the areas.

    Args:
        table: String columns as in `POPULATION_SCHEMA`, frame row i being line i + 2 of the file.
        areas: The areas of the catalogue.

    Returns:
        Columns as in `POPULATION_SCHEMA` (inhabitants on 31 December of `year`), and the problems.
    """
    typed = table.select(pl.col(name).cast(dtype, strict=False) for name, dtype in POPULATION_SCHEMA.items())
    untyped = {column: table[column].is_not_null() & typed[column].is_null() for column in _NUMBERS}
    lines = table.with_row_index("line", offset=2)
    problems = [
        CatalogueProblem(POPULATION, f"rad {line}, {column}", f"”{text}” är inget heltal, utan mellanslag.")
        for column, wrong in untyped.items()
        for line, text in lines.filter(wrong).select("line", column).iter_rows()
    ]
    admitted, refused = admit(typed, Population)
    told = {column for column, wrong in untyped.items() if wrong.any()}
    problems += [
        CatalogueProblem(POPULATION, row["column"] or "area, year, sex, age", _text(row))
        for row in refused.iter_rows(named=True)
        if row["column"] not in told
    ]
    return admitted, [*problems, *_against(admitted, areas)]


def _text(refused: dict[str, str | None]) -> str:
    value = f"”{refused['value']}” godtas inte. " if refused["value"] is not None else ""
    return f"{value}Här ska stå {refused['expected']}. {refused['hint']}"


def _against(population: pl.DataFrame, areas: Sequence[Area]) -> list[CatalogueProblem]:
    by_id = {area.id for area in areas}
    counted = set(population.filter(pl.col("sex").eq("total") & pl.col("age").eq("total"))["area"])
    unknown = sorted(set(population["area"].drop_nulls()) - by_id) if by_id else []
    missing = [
        area for area in areas if area.level in (Level.MUNICIPALITY, Level.COUNTY) and area.id not in counted
    ]
    return [
        *(
            CatalogueProblem(POPULATION, "area", f"området ”{area}” finns inte i katalogen.")
            for area in unknown
        ),
        *(
            CatalogueProblem(POPULATION, "area", f"folkmängd för {area.name} ({area.id}) saknas.")
            for area in missing
        ),
    ]
