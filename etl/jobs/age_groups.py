"""Age bands of a file (18-29, 30-39, …, 90+) into the age groups that the catalogue asks for (18+, 60+, …).

Numerators and denominators are summed, shares never averaged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from schemas.columns import OBSERVATION_KEY, OBSERVATION_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BAND = r"^(\d+)\s*[-–]\s*(\d+)"
_OPEN = r"^(\d+)\s*(?:\+|år eller äldre|eller äldre)"
_SERIES = ["indicator", "period_start", "period_type"]
_PLACE = [column for column in OBSERVATION_KEY if column != "age"]


def with_bounds(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with Int64 `low` and `high` from `age`; `high` is null for an open band, both where it is none."""
    age = pl.col("age")
    return rows.with_columns(
        pl.coalesce(age.str.extract(_BAND, 1), age.str.extract(_OPEN, 1)).cast(pl.Int64).alias("low"),
        age.str.extract(_BAND, 2).cast(pl.Int64).alias("high"),
    )


def wanted_groups(ages: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """Indicator → age groups as a frame: columns indicator, group, from_age. Only open groups such as 18+."""
    pairs = [(indicator, group) for indicator, groups in ages.items() for group in groups]
    frame = pl.DataFrame(pairs, schema={"indicator": pl.String, "group": pl.String}, orient="row")
    return frame.with_columns(
        pl.col("group").str.extract(r"^(\d+)\+$").cast(pl.Int64).alias("from_age")
    ).drop_nulls("from_age")


def possible_groups(bands: pl.DataFrame, wanted: pl.DataFrame) -> pl.DataFrame:
    """The age groups that a file's bands make exactly: one begins there and the rest follow without a hole.

    Args:
        bands: Rows with `low` and `high`, as from `with_bounds`.
        wanted: As from `wanted_groups`.

    Returns:
        Columns indicator, period_start, period_type, group, from_age, bands (how many make the group).
    """
    distinct = bands.select(*_SERIES, "low", "high").unique().sort([*_SERIES, "low"])
    following = pl.col("low").shift(-1).over(_SERIES)
    joined = distinct.with_columns(
        pl.when(following.is_null())
        .then(pl.col("high").is_null())
        .otherwise(pl.col("high") + 1 == following)
        .fill_null(False)
        .alias("continues")
    )
    return (
        joined.join(wanted, on="indicator")
        .filter(pl.col("low") >= pl.col("from_age"))
        .group_by([*_SERIES, "group", "from_age"], maintain_order=True)
        .agg(pl.len().alias("bands"), pl.col("low").min().alias("first"), pl.col("continues").all())
        .filter((pl.col("first") == pl.col("from_age")) & pl.col("continues"))
        .select(*_SERIES, "group", "from_age", "bands")
    )


def into_groups(rows: pl.DataFrame, ages: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """Observations by age band as observations by age group.

    A group is left out for an indicator and period where no area has numbers in all its bands (the third
    dose was not counted under 18). An area that lacks a band where others have it gets the group without a
    value and with the flag of what it lacks.

    Args:
        rows: Canonical observations whose `age` is a band, with numerator and denominator.
        ages: Indicator → wanted age groups.

    Returns:
        Canonical observations; `sheet` and `row` point to the first band of each.
    """
    bands = with_bounds(rows).filter(pl.col("low").is_not_null())
    groups = possible_groups(bands, wanted_groups(ages))
    counted = pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null()
    summed = (
        bands.join(groups, on=_SERIES, maintain_order="left")
        .filter(pl.col("low") >= pl.col("from_age"))
        .group_by([*_PLACE, "group", "bands"], maintain_order=True)
        .agg(
            (counted.sum() == pl.col("bands").first()).alias("complete"),
            pl.col("numerator", "denominator").sum(),
            (pl.col("flag") == "suppressed").any().alias("suppressed"),
            pl.col("flag").drop_nulls().first(),
            pl.col("origin", "source", "sheet").first(),
            pl.col("row").min(),
        )
        .filter(pl.col("complete").any().over([*_SERIES, "group"]))
    )
    share = 100 * pl.col("numerator") / pl.col("denominator")
    complete = pl.col("complete")
    lacking = pl.when(pl.col("suppressed")).then(pl.lit("suppressed")).otherwise(pl.lit("missing"))
    return summed.with_columns(
        pl.col("group").alias("age"),
        pl.when(complete).then(share).alias("value"),
        pl.when(complete).then("numerator").alias("numerator"),
        pl.when(complete).then("denominator").alias("denominator"),
        pl.lit(None, pl.Float64).alias("standard_deviation"),
        pl.when(complete).then("flag").otherwise(lacking).alias("flag"),
    ).select(pl.col(name).cast(dtype) for name, dtype in OBSERVATION_SCHEMA.items())
