"""The chart of every series: mean, limits, and which points are signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures.frames import shaped
from etl.measures.spc import drawing, season
from etl.measures.spc.gaps import follows
from etl.measures.spc.limits import limits
from etl.measures.spc.obstacles import obstacle
from etl.measures.spc.points import SERIES, prepared
from etl.measures.spc.rules import NONE, fired
from etl.measures.spc.stretches import basis, stretches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.measures.spc.limits import Limits
    from etl.measures.spc.points import Points

#: What `chart` gives: one row per point.
CHART_SCHEMA: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "area": pl.String(),
    "age": pl.String(),
    "period_type": pl.String(),
    "period_start": pl.Date(),
    "value": pl.Float64(),
    "stretch": pl.Int32(),
    "mean": pl.Float64(),
    "lower_limit": pl.Float64(),
    "upper_limit": pl.Float64(),
    "near_lower": pl.Float64(),
    "near_upper": pl.Float64(),
    "rule": pl.String(),
    "signal": pl.String(),
    "reason": pl.String(),
}


def chart(
    series: pl.DataFrame,
    rules: pl.DataFrame,
    rebases: pl.DataFrame | None = None,
    baselines: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The XmR chart of every series, both sexes together.

    Args:
        series: `SERIES_SCHEMA`, small counts already hidden.
        rules: `etl.measures.frames.rules`.
        rebases: `stretches.rebases`: columns indicator and date.
        baselines: `stretches.baselines`: columns indicator, until and points.

    Returns:
        `CHART_SCHEMA`, one row per point in a fixed order, in the indicator's unit. A roll-up without a value,
        because a municipality hasn't delivered, is no point; a figure that is missing or hidden is one without
        a value. `stretch` counts from 1 in each series. `mean`, the limits and the two-thirds lines
        (`near_lower`, `near_upper`) are the stretch's, moved by the season's part where the indicator has one
        (`value` is always the figure itself), and are shown no further than the indicator's lowest and highest
        possible value; the rules use the true ones. `rule` is outside, trend, two_of_three, shift or null;
        `signal` a `schemas.results.Variation`: common where no rule fires, null where there are no limits or
        no value. `reason` tells in Swedish why there are no limits.
    """
    points = prepared(series, rules)
    stretch = stretches(points, rebases)
    with_value = np.isfinite(points.value)
    of = stretch[with_value]
    place = points.place[with_value]
    neighbours = follows(of, place)
    cycle = points.of_series("cycle")
    figure, owner = points.value[with_value], points.series[with_value]
    found = season.seasons(figure, owner, place, neighbours, cycle)
    effect = season.at(found, points.series, points.place, cycle)

    level = figure - effect[with_value]
    first = np.flatnonzero(np.diff(stretch, prepend=-1))
    used = basis(points, of, with_value, baselines)
    screening = points.of_series("screening")[points.series[first]]
    drawn = limits(level, of, len(first), neighbours, basis=used, screening=screening)
    known = _described(points, first, found, drawn, np.bincount(of, minlength=len(first)))
    reach = np.where(known["reason"].is_null().to_numpy(), drawn.reach, np.nan)

    rule = np.full(len(stretch), NONE, dtype=np.int8)
    side = np.zeros(len(stretch), dtype=np.int8)
    rule[with_value], side[with_value] = fired(level, drawn.mean[of], reach[of], drawn.noise[of], neighbours)
    judged = with_value & np.isfinite(reach[stretch])
    of_stretch = known[stretch.astype(np.uint32)]
    drawn_points = points.keys[SERIES][points.series.astype(np.uint32)].hstack(
        [
            points.rows["period_start"],
            points.rows["value"],
            of_stretch["stretch"],
            *drawing.lines(points, drawn.mean[stretch] + effect, reach[stretch]),
            drawing.rule_names(rule),
            drawing.signals(points, rule, side, judged),
            of_stretch["reason"],
        ]
    )
    return shaped(drawn_points, CHART_SCHEMA)


def _described(
    points: Points,
    first: NDArray[np.int64],
    found: season.Seasons,
    drawn: Limits,
    figures: NDArray[np.int64],
) -> pl.DataFrame:
    """One row per stretch: its number in the series, and the reason why it has no limits."""
    series = points.series[first]
    begun = np.flatnonzero(np.diff(series, prepend=-1) != 0)
    number = np.arange(len(first)) - begun[series] + 1
    stretch = pl.Series("stretch", number, dtype=pl.Int32)
    if drawn.enough.all() and not points.of_series("season").any():
        return stretch.to_frame().with_columns(pl.lit(None, pl.String).alias("reason"))
    return (
        points.keys[series]
        .with_columns(
            stretch,
            pl.Series("points", drawn.points, dtype=pl.Int64),
            pl.Series("ranges", drawn.ranges, dtype=pl.Int64),
            pl.Series("figures", figures, dtype=pl.Int64),
            pl.Series("years", found.years[series], dtype=pl.Int64),
            points.rows["period_start"].gather(first).alias("begins"),
        )
        .select("stretch", obstacle().alias("reason"))
    )
