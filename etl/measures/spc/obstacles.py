"""Why a stretch has no limits, in Swedish."""

from __future__ import annotations

from functools import cache

import polars as pl

from etl.measures.spc.limits import MINIMUM_POINTS, MINIMUM_RANGES
from etl.measures.spc.season import CYCLES, WHOLE_YEARS

NEWEST_IS_EMPTY = "Den senaste uppgiften saknas eller är dold"

_SEASON = "Årstiden kan inte räknas bort"
_CHANCE = "för få för att skilja en förändring från slump"


@cache
def obstacle() -> pl.Expr:
    """The reason; null where there are limits.

    Of a frame with one row per stretch: points and ranges (that mean and limits rest on), figures (that the
    stretch has), stretch (its number in the series, from 1), begins (its first day), season, period_type and
    years (whole years of the series, where the season matters).
    """
    too_few = pl.format(f"Färre än {MINIMUM_POINTS} punkter ({{}}): ", "points")
    why = (
        pl.when(pl.col("points") < pl.col("figures"))
        .then(pl.lit("den fasta utgångsperioden är för kort"))
        .when(pl.col("stretch") > 1)
        .then(pl.format("nivån räknas på nytt från {}", pl.col("begins").dt.to_string("%Y-%m-%d")))
        .otherwise(pl.lit(_CHANCE))
    )
    counted = pl.col("period_type").is_in(list(CYCLES))
    short = pl.format(f"{_SEASON}: färre än {WHOLE_YEARS} hela år utan luckor ({{}})", "years")
    gaps = f"För många luckor: bara {{}} av de {MINIMUM_RANGES} förändringar mellan perioder i rad som behövs"
    return (
        pl.when(pl.col("points") < MINIMUM_POINTS)
        .then(pl.concat_str(too_few, why))
        .when(pl.col("ranges") < MINIMUM_RANGES)
        .then(pl.format(gaps, "ranges"))
        .when(pl.col("season") & ~counted)
        .then(pl.lit(f"{_SEASON}: det går bara för månader och kvartal"))
        .when(pl.col("season") & (pl.col("years") < WHOLE_YEARS))
        .then(short)
    )
