"""Whole numbers for what makes a figure and its series one and the same.

Two frames are held against each other several times: for the difference and for each plausibility check. Joined
by six columns of text that costs four times as much as by one whole number, so the columns are coded once.
"""

from __future__ import annotations

import polars as pl

from etl.measures.frames import is_one

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
    codes = _codes(frames)
    radix = dict.fromkeys(SERIES_TEXT, 1)
    for each in codes:
        most = each.select(pl.all().max().fill_null(0)).row(0, named=True) if each.width else {}
        radix |= {name: max(radix[name], highest + 1) for name, highest in most.items()}
    sexes, places = radix["sex"], radix["sex"] * radix["age"] * radix["area"]
    return [
        _numbered(frame, own, radix, sexes=sexes, places=places)
        for frame, own in zip(frames, codes, strict=True)
    ]


def _codes(frames: tuple[pl.DataFrame, ...]) -> list[pl.DataFrame]:
    """The texts as whole numbers from 0 on, in the order in which they are met, alike in all frames.

    Columns as in `SERIES_TEXT`, but for a text that all rows have.
    """
    several = [name for name in SERIES_TEXT if not _is_one(name, frames)]
    kinds = {name: pl.Categorical(pl.Categories.random()) for name in several}
    # Which text has which number is kept only as long as a column with it is.
    texts = [
        frame.lazy().select(pl.col(name).cast(kind) for name, kind in kinds.items()).collect()
        for frame in frames
    ]
    return [text.select(pl.all().to_physical().cast(pl.Int64)) for text in texts]


def _is_one(name: str, frames: tuple[pl.DataFrame, ...]) -> bool:
    """Whether the rows of all frames have the same text."""
    filled = [frame[name] for frame in frames if frame.height]
    return all(is_one(column) and column[0] == filled[0][0] for column in filled)


def _numbered(
    frame: pl.DataFrame, codes: pl.DataFrame, radix: dict[str, int], *, sexes: int, places: int
) -> pl.DataFrame:
    example = frame["origin"] == "example"
    series = example.cast(pl.Int64)
    for name, size in radix.items():
        if size > 1:
            series = series * size + codes[name]
    day = frame["period_start"].to_physical().cast(pl.Int64) + 2 ** (_DAY_BITS - 1)
    return frame.with_columns(
        example.alias("_example"),
        series.alias("_series"),
        (series * 2**_DAY_BITS + day).alias("_key"),
        (series // sexes * 2**_DAY_BITS + day).alias("_both"),
        (series // places).alias("_line"),
    )
