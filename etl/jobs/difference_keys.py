"""Whole numbers for what makes a figure and its series one and the same.

Two frames are held against each other several times: for the difference and for each plausibility check. Joined
by six columns of text that costs four times as much as by one whole number, so the columns are coded once.
"""

from __future__ import annotations

import polars as pl

#: What a series is: a figure's key without its date. Real and example rows are series of their own. In the order
#: of the codes, so that what comes last can be divided away.
SERIES_TEXT = ["indicator", "period_type", "area", "age", "sex"]

#: Days since 1970 fit in this many bits with room for both signs: years -900 to 4800.
_DAY_BITS = 21


def coded(*frames: pl.DataFrame) -> list[pl.DataFrame]:
    """Add whole numbers to observations, alike in all the frames given together.

    Args:
        frames: Columns at least `schemas.columns.OBSERVATION_KEY` and origin.

    Returns:
        The frames with `_example` (Boolean) and four numbers (Int64), of which real and example rows never share
        one: `_key` (one per figure), `_series` (one per series), `_both` (one per figure, whatever its sex) and
        `_line` (one per indicator and period type). All are exact: two rows have the same number only if they
        have the same texts and date.
    """
    words = _words(frames)
    series = (pl.col("origin") == "example").cast(pl.Int64)
    for name, known in words.items():
        if len(known) > 1:
            code = pl.col(name).cast(pl.Enum(known)).to_physical().cast(pl.Int64)
            series = series * len(known) + code
    sexes, places = (max(1, len(words[name])) for name in ("sex", "age"))
    places *= sexes * max(1, len(words["area"]))
    day = pl.col("period_start").to_physical().cast(pl.Int64) + 2 ** (_DAY_BITS - 1)
    own = pl.col("_series")
    return [
        frame.with_columns(
            (pl.col("origin") == "example").alias("_example"), series.alias("_series")
        ).with_columns(
            (own * 2**_DAY_BITS + day).alias("_key"),
            (own // sexes * 2**_DAY_BITS + day).alias("_both"),
            (own // places).alias("_line"),
        )
        for frame in frames
    ]


def _words(frames: tuple[pl.DataFrame, ...]) -> dict[str, list[str]]:
    """Column → the different texts in it, over all frames."""
    found = [
        frame.lazy().select(pl.col(name).unique().implode() for name in SERIES_TEXT).collect()
        for frame in frames
    ]
    return {name: sorted({word for one in found for word in one[name].item()}) for name in SERIES_TEXT}
