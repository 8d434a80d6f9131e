"""What a target asks for, in the end and at a date.

A path runs through its anchors, the baseline and the dated milestones, in straight lines between them, and
stays at the last one's level after it. Before its first anchor nothing is asked for. A target without
milestones holds at all times: it asks for its value, whenever.

A relative change is counted from the baseline: `value = baseline * (1 + per cent / 100)`, for the milestones
too. The baseline is the source's own value where it gives one, otherwise each area's own value in the
baseline period. A range asks for no single value, so its path is empty.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from etl.measures.frames import once, places
from schemas.catalogue import TargetKind
from schemas.period import Period

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from schemas.catalogue import Baseline, Catalogue, Target

_TARGETS = {
    "target": pl.String(),
    "indicator": pl.String(),
    "age": pl.String(),
    "kind": pl.String(),
    "target_number": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "set_for": pl.String(),
    "cannot_be_judged": pl.String(),
    "baseline_start": pl.Date(),
    "baseline_type": pl.String(),
    "baseline_label": pl.String(),
    "source_baseline": pl.Float64(),
    "due": pl.Date(),
}
_ANCHORS = {"target": pl.String(), "anchor": pl.Date(), "step": pl.Float64(), "is_baseline": pl.Boolean()}


@once
def targets(catalogue: Catalogue) -> pl.DataFrame:
    """One row per target.

    Returns:
        Columns target, indicator, age (the target's or the indicator's headline age), kind, target_number (in
        the target's own unit), low, high, set_for (level), cannot_be_judged, baseline_start, baseline_type,
        baseline_label, source_baseline, due (date of the last milestone).
    """
    headline = {name: item.headline_age for name, item in catalogue.indicators.items()}
    age = pl.col("indicator").replace_strict(headline, return_dtype=pl.String)
    return target_rows(catalogue.targets.values()).with_columns(pl.coalesce("age", age).alias("age"))


def target_rows(items: Iterable[Target]) -> pl.DataFrame:
    """The columns of `targets` for some targets; age is null where the target names none."""
    rows = []
    for item in items:
        baseline = item.baseline
        period = Period.from_code(baseline.period) if baseline and baseline.period else None
        rows.append(
            (
                item.id,
                item.indicator,
                item.age,
                str(item.kind),
                item.value,
                item.low,
                item.high,
                str(item.level),
                item.cannot_be_judged,
                period.start if period else None,
                str(period.type) if period else None,
                period.label if period else None,
                baseline.value if baseline else None,
                item.milestones[-1].date if item.milestones else None,
            )
        )
    return pl.DataFrame(rows, schema=_TARGETS, orient="row")


def _baseline_date(baseline: Baseline) -> dt.date | None:
    if baseline.date is not None:
        return baseline.date
    period = Period.from_code(baseline.period) if baseline.period else None
    return period.end if period else None


@once
def anchors(catalogue: Catalogue) -> pl.DataFrame:
    """The points that the paths run through; none for targets without milestones, and none for ranges.

    Returns:
        Columns target, anchor (date), step (in the target's own unit; null for the baseline) and is_baseline.
    """
    return anchor_rows(catalogue.targets.values())


def anchor_rows(items: Iterable[Target]) -> pl.DataFrame:
    """The columns of `anchors` for some targets."""
    rows = []
    for item in items:
        if item.kind is TargetKind.RANGE or not item.milestones:
            continue
        start = _baseline_date(item.baseline) if item.baseline else None
        if start is not None and start < item.milestones[0].date:
            rows.append((item.id, start, None, True))
        rows.extend((item.id, step.date, step.value, False) for step in item.milestones)
    return pl.DataFrame(rows, schema=_ANCHORS, orient="row")


def with_baseline(rows: pl.DataFrame, series: pl.DataFrame) -> pl.DataFrame:
    """Add `baseline`: the source's value, or the area's own in the baseline period.

    Args:
        rows: With columns indicator, area, sex, age, and those of `targets`.
        series: `SERIES_SCHEMA`, small counts already hidden.
    """
    key = ["indicator", "area", "sex", "age"]
    if rows["baseline_start"].null_count() == rows.height:
        return rows.with_columns(pl.col("source_baseline").alias("baseline"))
    asked = rows.select("baseline_start", "baseline_type").unique()
    period = ["period_start", "period_type"]
    own = series.join(asked, left_on=period, right_on=asked.columns, how="semi").select(
        *key,
        pl.col("period_start").alias("baseline_start"),
        pl.col("period_type").alias("baseline_type"),
        pl.col("value").alias("_own"),
    )
    return (
        rows.join(own, on=[*key, "baseline_start", "baseline_type"], how="left", nulls_equal=True)
        .with_columns(pl.coalesce("source_baseline", "_own").alias("baseline"))
        .drop("_own")
    )


def _in_unit(step: pl.Expr) -> pl.Expr:
    relative = pl.col("kind") == TargetKind.RELATIVE_CHANGE
    return pl.when(relative).then(pl.col("baseline") * (1 + step / 100)).otherwise(step)


def corners(rows: pl.DataFrame, path: pl.DataFrame) -> pl.DataFrame:
    """The corners of each row's path, for reading off what is asked for at a date and for drawing alike.

    Args:
        rows: With columns target, kind and baseline.
        path: From `anchors`.

    Returns:
        The rows, once for each corner, with anchor (its date) and asked (what is asked for there, in the
        indicator's unit); a corner that needs a baseline is left out where there is none.
    """
    asked = pl.when("is_baseline").then(pl.col("baseline")).otherwise(_in_unit(pl.col("step")))
    return (
        rows.join(path, on="target")
        .with_columns(asked.alias("asked"))
        .filter(pl.col("asked").is_not_null())
        .drop("step", "is_baseline")
    )


def with_path(rows: pl.DataFrame, path: pl.DataFrame) -> pl.DataFrame:
    """Add what each row's target asks for.

    Args:
        rows: With columns target, kind, target_number, baseline and period_end (each null where there is
            none).
        path: From `anchors`.

    Returns:
        The rows with target_value (what is asked for in the end; null for a range) and required (what is
        asked for at period_end; null for a range, before the first anchor, and without a date).
    """
    is_range = (pl.col("kind") == TargetKind.RANGE).fill_null(value=True)
    rows = rows.with_columns(pl.when(~is_range).then(_in_unit(pl.col("target_number"))).alias("target_value"))
    has_path = pl.Series(places(rows["target"], path["target"].unique()) >= 0)
    at_all_times = pl.when(pl.col("period_end").is_not_null()).then(pl.col("target_value"))
    if not has_path.any():
        return rows.with_columns(at_all_times.alias("required"))
    required = pl.when(has_path).then(pl.col("on_path")).otherwise(at_all_times)
    return (
        rows.with_row_index("_row")
        .pipe(lambda numbered: numbered.join(_required(numbered, path), on="_row", how="left"))
        .with_columns(required.alias("required"))
        .drop("on_path", "_row")
    )


def _required(rows: pl.DataFrame, path: pl.DataFrame) -> pl.DataFrame:
    """What their paths ask of the rows at their dates: columns _row and on_path."""
    points = corners(rows.select("_row", "target", "kind", "baseline", "period_end"), path)
    points = points.filter(pl.col("period_end").is_not_null()).sort("_row", "anchor")
    passed = pl.col("anchor") <= pl.col("period_end")
    return (
        points.group_by("_row")
        .agg(
            pl.col("anchor").filter(passed).last().alias("from"),
            pl.col("asked").filter(passed).last().alias("from_asked"),
            pl.col("anchor").filter(~passed).first().alias("to"),
            pl.col("asked").filter(~passed).first().alias("to_asked"),
            pl.col("period_end").first(),
        )
        .select("_row", _between().alias("on_path"))
    )


@cache
def _between() -> pl.Expr:
    gone = (pl.col("period_end") - pl.col("from")).dt.total_days()
    length = (pl.col("to") - pl.col("from")).dt.total_days()
    way = (pl.col("to_asked") - pl.col("from_asked")) * gone / length
    return pl.col("from_asked") + pl.when(pl.col("to").is_not_null()).then(way).otherwise(0.0)
