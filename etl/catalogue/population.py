"""The population table on its way through the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.catalogue.checks import POPULATION
from etl.catalogue.problem import CatalogueProblem
from schemas.catalogue import Level
from schemas.columns import POPULATION_SCHEMA
from schemas.problem import no_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.catalogue import Area

_NUMBERS = ("year", "population")
_COUNTED = (Level.MUNICIPALITY, Level.COUNTY)
_TOTAL = pl.col("sex").eq("total") & pl.col("age").eq("total")
_NAMED = 3


def admit_population(
    table: pl.DataFrame, areas: Sequence[Area], *, admitted_before: bool = False
) -> tuple[pl.DataFrame, list[CatalogueProblem]]:
    """Type the population table, pass it through `schemas.gate`, and hold it against the areas.

    Args:
        table: String columns as in `POPULATION_SCHEMA`, frame row i being line i + 2 of the file.
        areas: The areas of the catalogue.
        admitted_before: Whether the very same bytes are known to have passed the gate.

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
    admitted, refused = (typed, no_problems()) if admitted_before else _through_the_gate(typed)
    told = {column for column, wrong in untyped.items() if wrong.any()}
    problems += [
        CatalogueProblem(POPULATION, row["column"] or "area, year, sex, age", _text(row))
        for row in refused.iter_rows(named=True)
        if row["column"] not in told
    ]
    # Half years are told only of a table that is right row by row: else one mistake would be told twice.
    halves = [] if problems else _half_years(admitted, areas)
    return admitted, [*problems, *halves, *_against(admitted, areas)]


def _through_the_gate(typed: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    # Imported here: it takes half a second, and most starts read a catalogue that has passed before.
    from schemas.gate import admit  # noqa: PLC0415
    from schemas.tables import Population  # noqa: PLC0415

    return admit(typed, Population)


def _text(refused: dict[str, str | None]) -> str:
    value = f"”{refused['value']}” godtas inte. " if refused["value"] is not None else ""
    return f"{value}Här ska stå {refused['expected']}. {refused['hint']}"


def _against(population: pl.DataFrame, areas: Sequence[Area]) -> list[CatalogueProblem]:
    by_id = {area.id for area in areas}
    counted = set(population.filter(_TOTAL)["area"])
    unknown = sorted(set(population["area"].drop_nulls()) - by_id) if by_id else []
    missing = [area for area in areas if area.level in _COUNTED and area.id not in counted]
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


def _half_years(population: pl.DataFrame, areas: Sequence[Area]) -> list[CatalogueProblem]:
    """A problem for each year that only some of the areas have: its sums would be of some of them."""
    total = population.filter(_TOTAL)
    names = {area.id: f"{area.name} ({area.id})" for area in areas if area.level in _COUNTED}
    wanted = total.select("area").unique().filter(pl.col("area").is_in(list(names)))
    lacking = (
        population.select("year")
        .unique()
        .join(wanted, how="cross")
        .join(total, on=["year", "area"], how="anti")
        .group_by("year")
        .agg(pl.col("area").sort())
        .sort("year")
    )
    return [
        CatalogueProblem(POPULATION, "year", _lacking(year, missing, names))
        for year, missing in lacking.rows()
    ]


def _lacking(year: int, missing: list[str], names: dict[str, str]) -> str:
    named = ", ".join(names[area] for area in missing[:_NAMED])
    more = f" och {len(missing) - _NAMED} till" if len(missing) > _NAMED else ""
    return f"folkmängd {year} saknas för {named}{more}. Ett år ska ha länet och alla kommuner."
