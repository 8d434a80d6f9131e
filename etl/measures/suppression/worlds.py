"""From figures to worlds: the rows of the indicators and periods that have something to guard, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures.suppression.layout import Cell, Layout, layout
from etl.measures.suppression.small import COUNTED_IN
from etl.measures.suppression.world import BOTH_SEXES, FINE, HEADLINE, PLACE, World
from schemas.catalogue import Level, Unit
from schemas.results import Method

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HEALTH_CENTRE, _MUNICIPALITY, _OTHER_DIVISION, _DEFAULT_DIVISION, _COUNTY = range(5)


@dataclass(frozen=True)
class Placed:
    """A world, and which row of the frame each of its cells comes from (-1 where none does)."""

    world: World
    rows: np.ndarray


def worlds(
    figures: pl.DataFrame,
    rules: pl.DataFrame,
    members: pl.DataFrame,
    default_division: str,
    centres: pl.DataFrame | None = None,
) -> Iterator[Placed]:
    """One world for all indicators whose figures are given for the same cells.

    Args:
        figures: From `etl.measures.suppression.small.tested`, with `_row` (the place in the whole frame) and
            `_block` (a number for each indicator and period).
        rules: `etl.measures.frames.rules`.
        members: `etl.measures.frames.members`.
        default_division: The division that is spared.
        centres: `etl.measures.frames.centres`; none where left out.
    """
    families = _families(members, "area", "municipality")
    below = {} if centres is None else _families(centres, "municipality", "centre")
    columns = _columns(figures, rules, default_division)
    cells = figures.select("indicator", "area", "sex", "age")
    universes = _universes(cells)
    alike: dict[tuple[Cell, ...], list[str]] = {}
    for indicator, universe in universes.items():
        alike.setdefault(universe, []).append(indicator)
    for universe, indicators in alike.items():
        mine = np.flatnonzero(cells["indicator"].is_in(indicators).to_numpy())
        told = {area for area, _, _ in universe}
        made_of = families | {area: parts for area, parts in below.items() if not told.isdisjoint(parts)}
        yield _placed(layout(universe, made_of), cells[mine], {k: v[mine] for k, v in columns.items()})


def _families(pairs: pl.DataFrame, whole: str, part: str) -> dict[str, tuple[str, ...]]:
    grouped = pairs.sort(whole, part).group_by(whole, maintain_order=True).agg(part)
    return {str(area): tuple(parts) for area, parts in grouped.iter_rows()}


def _universes(cells: pl.DataFrame) -> dict[str, tuple[Cell, ...]]:
    """Indicator → the cells that it has a figure for in some period, in order."""
    distinct = cells.unique().sort("indicator", "area", "sex", "age")
    found: dict[str, list[Cell]] = {}
    for indicator, *cell in distinct.iter_rows():
        found.setdefault(indicator, []).append((cell[0], cell[1], cell[2]))
    return {indicator: tuple(given) for indicator, given in found.items()}


def _columns(figures: pl.DataFrame, rules: pl.DataFrame, default_division: str) -> Mapping[str, np.ndarray]:
    value, numerator, denominator = pl.col("value"), pl.col("_numerator"), pl.col("_denominator")
    stand_in = pl.coalesce(numerator, value * denominator / pl.col("_scale"), value * FINE)
    share = pl.col("_unit") == Unit.PERCENT
    at_source = (pl.col("flag") == "suppressed") & (pl.col("method") == Method.DIRECT) & value.is_null()
    small = pl.col("_rule") > 0
    place = (
        pl.when(pl.col("level") == Level.HEALTH_CENTRE)
        .then(_HEALTH_CENTRE)
        .when(pl.col("level") == Level.MUNICIPALITY)
        .then(_MUNICIPALITY)
        .when(pl.col("level") != Level.DELREGION)
        .then(_COUNTY)
        .when(pl.col("division") == default_division)
        .then(_DEFAULT_DIVISION)
        .otherwise(_OTHER_DIVISION)
    )
    cost = (
        (pl.col("sex") == "total") * BOTH_SEXES
        + place * PLACE
        + (pl.col("age") == pl.col("headline_age")) * HEADLINE
    )
    wide = figures.join(
        rules.select("indicator", "headline_age"), on="indicator", how="left", maintain_order="left"
    ).select(
        pl.col("_row").cast(pl.Int64),
        "_block",
        stand_in.cast(pl.Float64).fill_null(float("nan")).alias("numerator"),
        denominator.cast(pl.Float64).fill_null(float("nan")).alias("denominator"),
        (small | (value.is_null() & numerator.is_null())).alias("unknown_n"),
        (small | (value.is_null() & denominator.is_null())).alias("unknown_d"),
        (small | at_source.fill_null(value=False)).alias("guarded"),
        pl.col("_rule").alias("rule"),
        share.fill_null(value=False).alias("share"),
        pl.col("_unit").is_in(COUNTED_IN).fill_null(value=False).alias("counted"),
        pl.col("_least_numerator").fill_null(0).alias("least_numerator"),
        pl.col("_least_denominator").fill_null(0).alias("least_denominator"),
        cost.cast(pl.Int64).fill_null(0).alias("cost"),
    )
    return {name: wide[name].to_numpy() for name in wide.columns}


def _placed(system: Layout, cells: pl.DataFrame, columns: Mapping[str, np.ndarray]) -> Placed:
    places = pl.DataFrame(
        [(*cell, place) for place, cell in enumerate(system.cells[: system.given])],
        schema={"area": pl.String(), "sex": pl.String(), "age": pl.String(), "_cell": pl.Int64()},
        orient="row",
    )
    column = cells.join(places, on=["area", "sex", "age"], how="left", maintain_order="left")[
        "_cell"
    ].to_numpy()
    blocks, row = np.unique(columns["_block"], return_inverse=True)
    shape = len(blocks), len(system.cells)

    def spread(name: str, empty: float) -> np.ndarray:
        found = np.full(shape, empty, dtype=columns[name].dtype)
        found[row, column] = columns[name]
        return found

    def once(name: str) -> np.ndarray:
        found = np.zeros(len(blocks), dtype=columns[name].dtype)
        found[row] = columns[name]
        return found

    world = World(
        layout=system,
        numerator=spread("numerator", np.nan),
        denominator=spread("denominator", np.nan),
        unknown=(spread("unknown_n", empty=True), spread("unknown_d", empty=True)),
        guarded=spread("guarded", empty=False),
        rule=spread("rule", 0),
        share=once("share"),
        counted=once("counted"),
        least_numerator=once("least_numerator"),
        least_denominator=once("least_denominator"),
        cost=spread("cost", 0),
    )
    return Placed(world, spread("_row", -1))
