"""Where real figures take the place of example figures.

Example figures exist so that the pages have something to show until real ones are delivered. They are a class
of their own: no sum, no change and no baseline mixes them with real figures (published or uploaded). What is
shown of an indicator is settled per layer. A layer is the country, the county, one division's delregioner, the
municipalities, or the vårdcentraler, so that figures shown side by side are all real or all examples:

* A real figure in a layer (one with a value, or one delivered for the area itself even if it says "missing"
  or "suppressed") drops every example figure of that indicator in that layer, of every period and breakdown:
  a series that is real in one month and invented in the next would be worse than a short one.
* Real county figures thereby drop the county's example figures, delivered or rolled up, and nothing else.
* Real municipality figures that cover the whole county for at least one period drop all example rows of the
  indicator: from then on nothing needs to be invented for any layer.
* Real figures for some municipalities only drop the municipalities' example rows. An area all of whose
  municipalities are among them has a real roll-up, which drops the examples of that division. Where the
  real roll-up is incomplete and has no value, the examples, rolled up among themselves, stay and the empty
  real row is left out.
"""

from __future__ import annotations

import polars as pl

from etl.measures.frames import GROUP
from schemas.catalogue import Level
from schemas.results import Method

_LAYER = ["indicator", "level", "division"]


def drop_covered(figures: pl.DataFrame, municipalities: int) -> pl.DataFrame:
    """Leave out the example rows of indicators whose real municipality figures cover the county.

    Args:
        figures: Observations with `level` and `example`.
        municipalities: How many the county has.
    """
    if not figures["example"].any():
        return figures
    answered = pl.col("value").is_not_null() | (pl.col("flag") == "suppressed")
    real = figures.filter((pl.col("level") == Level.MUNICIPALITY) & ~pl.col("example") & answered)
    covered = (
        real.group_by(GROUP)
        .agg(pl.col("area").n_unique().alias("areas"))
        .filter(pl.col("areas") >= municipalities)
        .select("indicator")
        .unique()
    )
    gone = figures.filter(pl.col("example")).join(covered, on="indicator", how="semi")
    if gone.is_empty():
        return figures
    kept = figures.filter(pl.col("example")).join(covered, on="indicator", how="anti")
    return pl.concat([figures.filter(~pl.col("example")), kept])


def supersede(figures: pl.DataFrame) -> pl.DataFrame:
    """In every layer keep either the real figures or the examples.

    Args:
        figures: Delivered and rolled-up figures of both classes, with `example`, `level`, `division`,
            `method`.
    """
    if not figures["example"].any():
        return figures
    real = ~pl.col("example") & (pl.col("value").is_not_null() | (pl.col("method") == Method.DIRECT))
    layers = figures.group_by(_LAYER).agg(
        real.any().alias("has_real"), pl.col("example").any().alias("has_example")
    )
    keeps_example = pl.col("has_example") & ~pl.col("has_real")
    return (
        figures.join(layers, on=_LAYER, nulls_equal=True)
        .filter(pl.col("example") == keeps_example)
        .drop("has_real", "has_example")
    )
