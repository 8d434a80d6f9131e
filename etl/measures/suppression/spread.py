"""No interval tells the spread of values that are hidden.

A mean's interval tells the standard deviation behind it. That of a whole rests on those of its parts and on how far
the parts lie from each other (`etl.measures.rollup_sums`): from the whole's and those of the parts that are shown
follows how far a hidden part's values can lie from the mean, and where they hardly differ its mean. A whole with a
hidden part is therefore shown without an interval; what isn't hidden and has no hidden part says nothing of others.
"""

from __future__ import annotations

import polars as pl

from etl.measures.frames import is_example
from schemas.results import IntervalMethod

_INTERVAL = ("lower", "upper", "interval_method", "interval_level")
_KEY = ["indicator", "period_start", "period_type", "_example", "area", "sex"]


def without_spread(
    series: pl.DataFrame, members: pl.DataFrame, centres: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Leave out the intervals that rest on the spread of hidden values.

    Args:
        series: `schemas.results.SERIES_SCHEMA`, small counts already hidden.
        members: `etl.measures.frames.members`.
        centres: `etl.measures.frames.centres`; none where left out.

    Returns:
        The series in its order. No interval of Student's is left of a figure that a hidden one of the same
        indicator and period is a part of: of the same area or one within it (or one that has a municipality in
        common with it; a vårdcentral's is the one it lies in), of the same sex or of one where both are counted,
        whatever the ages.
    """
    student = series["interval_method"] == IntervalMethod.STUDENT
    if not student.any():
        return series
    student, hidden = (mask.fill_null(value=False) for mask in (student, series["flag"] == "suppressed"))
    if not hidden.any():
        return series
    marked = series.with_columns(is_example(pl.col("origin")).fill_null(value=False).alias("_example"))
    touched = _above(_with_municipality(marked.filter(hidden).select(_KEY), centres), members)
    held = marked.select(_KEY).join(
        touched.with_columns(pl.lit(value=True).alias("_held")), on=_KEY, how="left", maintain_order="left"
    )
    kept = ~(student & held["_held"].fill_null(value=False))
    return series.with_columns(pl.when(kept).then(pl.col(name)).alias(name) for name in _INTERVAL)


def _with_municipality(hidden: pl.DataFrame, centres: pl.DataFrame | None) -> pl.DataFrame:
    """The hidden figures' places, and the municipalities of those that are vårdcentraler."""
    if centres is None or centres.is_empty():
        return hidden
    inside = hidden.join(centres, left_on="area", right_on="centre").drop("area")
    return pl.concat([hidden, inside.rename({"municipality": "area"}).select(_KEY)])


def _above(hidden: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """The hidden figures' own places, and all that have a municipality in common with them; both sexes' too."""
    pairs = members.select("municipality", "area")
    within = hidden.join(pairs, on="area", how="left").with_columns(pl.coalesce("municipality", "area"))
    wholes = within.drop("area").join(pairs, on="municipality")
    places = pl.concat([hidden, wholes.select(_KEY)]).unique()
    return pl.concat([places, places.with_columns(pl.lit("total").alias("sex"))]).unique()
