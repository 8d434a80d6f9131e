"""Figures that nobody delivered, but that the delivered ones give away, and that would be hidden if delivered.

This looks at all figures, quickly, for the plain cases: a municipality that alone is lacking in an area that a
figure was delivered for, one of the sexes where the other and both together are there, and the ages between two
age groups of which one contains the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.measures.frames import GROUP
from etl.measures.suppression.small import rule
from schemas.catalogue import Level
from schemas.results import Method

if TYPE_CHECKING:
    from collections.abc import Sequence

_COUNTS = ["_numerator", "_denominator"]
_LIMITS = ["_unit", "_least_numerator", "_least_denominator"]
_OPEN = r"^(\d+)\+$"


def implied(figures: pl.DataFrame, members: pl.DataFrame, block: Sequence[str]) -> pl.DataFrame:
    """Indicators and periods in which a figure that is too small can be worked out though nobody delivered it.

    Args:
        figures: From `etl.measures.suppression.small.tested`, with `example`.
        members: `etl.measures.frames.members`.
        block: The columns that tell indicators and periods apart.

    Returns:
        The columns of `block`.
    """
    counted = figures.filter(
        ((pl.col("_least_numerator") > 0) | (pl.col("_least_denominator") > 0))
        & pl.all_horizontal(pl.col(name).is_not_null() for name in _COUNTS)
    )
    found = [_lacking_area(counted, members), _lacking_sex(counted), _between_ages(counted)]
    return pl.concat([one.select(block) for one in found]).unique()


def _lacking_area(counted: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    above = counted.filter(
        (pl.col("level") != Level.MUNICIPALITY) & (pl.col("method") == Method.DIRECT)
    ).join(members.select("area").unique(), on="area", how="semi")
    group = [*GROUP, "example"]
    parts = counted.clear() if above.is_empty() else counted.filter(pl.col("level") == Level.MUNICIPALITY)
    everyone = members["municipality"].n_unique()
    short = parts.group_by(group).len().filter(pl.col("len") < everyone)
    expected = members.group_by("area").agg(pl.len().alias("_expected"))
    sums = (
        parts.join(above.select(group).unique(), on=group, how="semi")
        .join(short, on=group, how="semi")
        .select(*group, *_COUNTS, pl.col("area").alias("municipality"))
        .join(members.select("municipality", "area"), on="municipality")
        .group_by([*group, "area"])
        .agg(pl.len().alias("_found"), *(pl.col(name).sum().alias(f"{name}_parts") for name in _COUNTS))
        .join(expected, on="area")
        .filter(pl.col("_found") == pl.col("_expected") - 1)
    )
    return _too_small(above.join(sums, on=[*group, "area"]), [f"{name}_parts" for name in _COUNTS])


def _lacking_sex(counted: pl.DataFrame) -> pl.DataFrame:
    one = counted.filter(pl.col("sex") != "total")
    key = [name for name in (*GROUP, "area", "example") if name != "sex"]
    alone = one.group_by(key).agg(
        pl.len().alias("_sexes"), *(pl.col(name).sum().alias(f"{name}_parts") for name in _COUNTS)
    )
    both = counted.filter(pl.col("sex") == "total") if one.height else counted.clear()
    return _too_small(
        both.join(alone.filter(pl.col("_sexes") == 1), on=key), [f"{name}_parts" for name in _COUNTS]
    )


def _between_ages(counted: pl.DataFrame) -> pl.DataFrame:
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
    return _too_small(nested.drop_nulls("_denominator_parts"), [f"{name}_parts" for name in _COUNTS])


def _too_small(figures: pl.DataFrame, parts: Sequence[str]) -> pl.DataFrame:
    """The figures that, less their parts, would be hidden as too small."""
    rest = figures.with_columns(
        (pl.col(name) - pl.col(part)).alias(name) for name, part in zip(_COUNTS, parts, strict=True)
    )
    return rest.with_columns(rule()).filter((pl.col("_rule") > 0) & (pl.col("_denominator") > 0))
