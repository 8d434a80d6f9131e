"""Figures that nobody delivered, but that the delivered ones give away, and that would be hidden if delivered.

This looks at all figures, quickly, for the plain cases: a municipality that alone is lacking in an area that a
figure was delivered for, or a vårdcentral in a municipality, one of the sexes where the other and both together are
there, and the ages between two age groups of which one contains the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures.frames import GROUP, places
from etl.measures.suppression.small import rule
from schemas.catalogue import Level
from schemas.results import Method

if TYPE_CHECKING:
    from collections.abc import Sequence

_COUNTS = ["_numerator", "_denominator"]
_OPEN = r"^(\d+)\+$"


def implied(
    figures: pl.DataFrame, members: pl.DataFrame, block: Sequence[str], centres: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Indicators and periods in which a figure that is too small can be worked out though nobody delivered it.

    Args:
        figures: From `etl.measures.suppression.small.tested`, with `example`.
        members: `etl.measures.frames.members`.
        block: The columns that tell indicators and periods apart.
        centres: `etl.measures.frames.centres`; none where left out.

    Returns:
        The columns of `block`.
    """
    counted = figures.filter(
        ((pl.col("_least_numerator") > 0) | (pl.col("_least_denominator") > 0))
        & pl.all_horizontal(pl.col(name).is_not_null() for name in _COUNTS)
    )
    found = [_lacking_area(counted, members), _lacking_sex(counted), _between_ages(counted)]
    if centres is not None and centres.height:
        below = centres.select(pl.col("municipality").alias("area"), pl.col("centre").alias("municipality"))
        found.append(_lacking_area(counted, below, Level.HEALTH_CENTRE))
    return pl.concat([one.select(block) for one in found]).unique()


def _lacking_area(
    counted: pl.DataFrame, members: pl.DataFrame, level: Level = Level.MUNICIPALITY
) -> pl.DataFrame:
    """Figures of areas that alone of what they are made of, areas of that level, lack one that is too small."""
    delivered = (pl.col("level") != level) & (pl.col("method") == Method.DIRECT)
    above = counted.filter(delivered & pl.col("area").is_in(members["area"].unique().implode()))
    group = [*GROUP, "example"]
    parts = counted.clear() if above.is_empty() else counted.filter(pl.col("level") == level)
    names = members["municipality"].unique().sort()
    short = (
        parts.group_by(group)
        .agg(pl.col("area").alias("_parts"), *_COUNTS)
        .filter(pl.col("_parts").list.len() < len(names))
        .with_row_index("_group")
    )
    if short.is_empty():
        return counted.clear()
    areas = members["area"].unique().sort()
    found = above.join(short.select(*group, "_group"), on=group)
    cell = found["_group"].to_numpy(), places(found["area"], areas)
    belongs = np.zeros((len(names), len(areas)))
    belongs[places(members["municipality"], names), places(members["area"], areas)] = 1
    rows = np.repeat(np.arange(short.height), short["_parts"].list.len().to_numpy())
    columns = places(short["_parts"].explode(), names)

    def summed(values: np.ndarray | float) -> np.ndarray:
        wide = np.zeros((short.height, len(names)))
        wide[rows, columns] = values
        return (wide @ belongs)[cell]

    alone = pl.Series(summed(1.0) == belongs.sum(axis=0)[cell[1]] - 1)
    sums = (pl.Series(f"{name}_parts", summed(short[name].explode().to_numpy())) for name in _COUNTS)
    return _too_small(found.with_columns(*sums).filter(alone))


def _lacking_sex(counted: pl.DataFrame) -> pl.DataFrame:
    one = counted.filter(pl.col("sex") != "total")
    if one.is_empty():
        return one
    key = [name for name in (*GROUP, "area", "example") if name != "sex"]
    alone = one.group_by(key).agg(
        pl.len().alias("_sexes"), *(pl.col(name).sum().alias(f"{name}_parts") for name in _COUNTS)
    )
    both = counted.filter(pl.col("sex") == "total")
    return _too_small(both.join(alone.filter(pl.col("_sexes") == 1), on=key))


def _between_ages(counted: pl.DataFrame) -> pl.DataFrame:
    if not (counted["age"] != "total").any():
        return counted.clear()
    several = counted.group_by("indicator").agg(pl.col("age").n_unique() > 1).filter("age")
    wide = counted.join(several, on="indicator", how="semi").with_columns(
        pl.when(pl.col("age") == "total")
        .then(0)
        .otherwise(pl.col("age").str.extract(_OPEN, 1).cast(pl.Int32))
        .alias("_from")
    )
    key = [*(name for name in (*GROUP, "area", "example") if name != "age")]
    nested = (
        wide.drop_nulls("_from")
        .sort("_from")
        .with_columns(pl.col(name).shift(-1).over(key).alias(f"{name}_parts") for name in _COUNTS)
    )
    return _too_small(nested.drop_nulls("_denominator_parts"))


def _too_small(figures: pl.DataFrame) -> pl.DataFrame:
    """The figures that, less their parts, would be hidden as too small."""
    rest = figures.with_columns((pl.col(name) - pl.col(f"{name}_parts")).alias(name) for name in _COUNTS)
    return rest.with_columns(rule()).filter((pl.col("_rule") > 0) & (pl.col("_denominator") > 0))
