"""The series that can be projected, and what the forecast has learnt of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures import forecast, regular
from etl.measures.frames import is_example
from schemas.catalogue import Unit
from schemas.period import PeriodType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.measures.forecast import Numbers

#: The fewest figures that a projection is made from, and the fewest years of them where there are seasons.
LEAST_POINTS = 5
LEAST_YEARS = 2

MONEY = "Pengar fördelas genom beslut och skrivs inte fram"
DATES = "Uppgifterna gäller enstaka datum, och sådana skrivs inte fram"
TOO_FEW = "Prognos kräver minst {} värden från de senaste åren, men det finns bara {}"

LINE = ["indicator", "area", "age"]


@dataclass(frozen=True)
class Lines:
    """Series with what has been learnt of them.

    Attributes:
        frame: One row per indicator, area and age group whose newest figure has a value, with period_type,
            newest (the number of its period), unit, lowest and highest, place (in the fit of its period type;
            null where nothing could be learnt) and why_not (Swedish; null where something was).
        fits: Period type → fit.
    """

    frame: pl.DataFrame
    fits: dict[str, forecast.Fit]

    def each(self, rows: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame, forecast.Fit]]:
        """Rows joined with `frame`, period type by period type, each with its fit in the rows' order.

        Args:
            rows: With columns period_type and place.
        """
        for kind, fit in self.fits.items():
            own = rows.filter(pl.col("place").is_not_null(), pl.col("period_type") == kind)
            if own.height:
                yield kind, own, fit.of(own["place"].to_numpy())


def lines(series: pl.DataFrame, judgements: pl.DataFrame, rules: pl.DataFrame) -> Lines:
    """Learn of every series that has a judged figure.

    The figures used are those of the judged figure's period type and class (example or real), up to it.

    Args:
        series: `SERIES_SCHEMA`, small counts already hidden.
        judgements: `JUDGEMENT_SCHEMA`.
        rules: `etl.measures.frames.rules`.
    """
    kind = pl.col("period_type")
    named = (
        judgements.filter(pl.col("value").is_not_null())
        .unique(LINE, keep="first", maintain_order=True)
        .select(
            *LINE,
            "period_type",
            regular.number(pl.col("period_start"), kind).alias("newest"),
            is_example(pl.col("origin")).alias("example"),
        )
        .join(rules.select("indicator", "unit", "lowest", "highest"), on="indicator", maintain_order="left")
        .with_row_index("line")
    )
    figures = _figures(series, named.filter(kind != PeriodType.DATE, pl.col("unit") != Unit.KRONOR))
    needed = kind.replace_strict(
        {name: max(LEAST_POINTS, LEAST_YEARS * count) for name, count in regular.PER_YEAR.items()},
        default=0,
        return_dtype=pl.Int64,
    )
    counted = named.join(
        figures.group_by("line").agg(pl.len().cast(pl.Int64).alias("points")), on="line", how="left"
    ).sort("line")
    counted = counted.with_columns(pl.col("points").fill_null(0), needed.alias("needed")).with_columns(
        _why_not().alias("why_not")
    )
    fitted = pl.col("why_not").is_null()
    frame = counted.with_columns(
        pl.when(fitted).then(fitted.cast(pl.Int64).cum_sum().over("period_type") - 1).alias("place")
    )
    used = figures.join(frame.filter(fitted).select("line", "place"), on="line")
    fits = {
        name: _fit(frame.filter(fitted, kind == name), used.filter(kind == name), name)
        for name in frame.filter(fitted)["period_type"].unique(maintain_order=True)
    }
    return Lines(frame.drop("line", "points", "needed", "example"), fits)


def _figures(series: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """The figures in the window: columns line, period_type, back (periods before the newest) and value."""
    kind = pl.col("period_type")
    windows = {name: forecast.window(count) for name, count in regular.PER_YEAR.items()}
    back = pl.col("newest") - regular.number(pl.col("period_start"), kind)
    return (
        series.filter(pl.col("sex") == "total", pl.col("value").is_not_null())
        .select(*LINE, "period_type", "period_start", "value", is_example(pl.col("origin")).alias("example"))
        .join(
            named.select("line", *LINE, "period_type", "newest", "example"),
            on=[*LINE, "period_type", "example"],
        )
        .select("line", "period_type", back.alias("back"), "value")
        .filter(
            pl.col("back") >= 0,
            pl.col("back") < kind.replace_strict(windows, default=0, return_dtype=pl.Int64),
        )
    )


def _why_not() -> pl.Expr:
    too_few = pl.format(TOO_FEW, pl.col("needed"), pl.col("points"))
    return (
        pl.when(pl.col("unit") == Unit.KRONOR)
        .then(pl.lit(MONEY))
        .when(pl.col("period_type") == PeriodType.DATE)
        .then(pl.lit(DATES))
        .when(pl.col("points") < pl.col("needed"))
        .then(too_few)
    )


def _fit(frame: pl.DataFrame, figures: pl.DataFrame, kind: str) -> forecast.Fit:
    per_year = regular.PER_YEAR[kind]
    width = forecast.window(per_year)
    values: Numbers = np.full((frame.height, width), np.nan)
    values[figures["place"].to_numpy(), width - 1 - figures["back"].to_numpy()] = figures["value"].to_numpy()
    is_share = (frame["unit"] == Unit.PERCENT).to_numpy()
    return forecast.fit(values, per_year, is_share)
