"""Fewer municipalities than last time: a file that was cut short, or a system that didn't report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.jobs.plausibility.sides import period_labels
from schemas.problem import no_problems, problems_from

if TYPE_CHECKING:
    from etl.jobs.plausibility.sides import Sides

#: Missing municipalities that a sentence names.
_NAMED = 3


def fewer_municipalities(sides: Sides) -> pl.DataFrame:
    """A warning per indicator whose newest delivered period has fewer municipalities than the one before it.

    Any that is missing is told: one municipality less makes a delregion's and the county's figure disappear.
    A municipality has answered with a figure or with one that its source suppressed, whichever sex or age group
    it is for. The newest delivered period is counted with what is published of it already, so that a late
    addition isn't told of; the period before is the nearest earlier published one. An indicator that the file
    has only for larger areas isn't told of either.
    """
    answered = pl.col("figure").is_not_null() | (pl.col("flag") == "suppressed").fill_null(value=False)
    municipal = pl.col("area").is_in(sides.municipalities)
    newest = (
        sides.delivered.filter(municipal).group_by("_line").agg(pl.col("period_start").max().alias("newest"))
    )
    last = (
        sides.published.filter(municipal & answered)
        .join(newest, on="_line")
        .filter(pl.col("period_start") < pl.col("newest"))
        .group_by("_line", "newest")
        .agg(pl.col("period_start").max())
    )
    if last.is_empty():
        return no_problems()
    before = _answers(sides.published, last.drop("newest"), municipal & answered)
    now = _answers(sides.together, newest.rename({"newest": "period_start"}), municipal & answered)
    fewer = (
        last.join(before.group_by("_line", "indicator", "period_type").len("had"), on="_line")
        .join(now.group_by("_line").len("has"), on="_line", how="left")
        .with_columns(pl.col("has").fill_null(0))
        .filter(pl.col("has") < pl.col("had"))
    )
    if fewer.is_empty():
        return no_problems()
    missing = before.join(now, on=["_line", "area"], how="anti").select("_line", "area")
    return _told(fewer, missing, sides)


def _answers(rows: pl.DataFrame, periods: pl.DataFrame, counts: pl.Expr) -> pl.DataFrame:
    """The areas with an answer in some periods, one row each.

    Args:
        rows: Where to look.
        periods: Columns _line and period_start.
        counts: What makes a row an answer.
    """
    dates = periods["period_start"].unique().to_list()
    return (
        rows.filter(pl.col("period_start").is_in(dates))
        .join(periods, on=["_line", "period_start"], how="semi")
        .filter(counts)
        .select("_line", "indicator", "period_type", "area")
        .unique()
    )


def _municipalities(column: str) -> pl.Expr:
    word = pl.when(pl.col(column) == 1).then(pl.lit(" kommun")).otherwise(pl.lit(" kommuner"))
    return pl.concat_str(pl.col(column), word)


def _told(fewer: pl.DataFrame, missing: pl.DataFrame, sides: Sides) -> pl.DataFrame:
    indicators = {item.id: item.short_name for item in sides.catalogue.indicators.values()}
    areas = {area.id: area.name for area in sides.catalogue.areas.values()}
    names = (
        missing.with_columns(pl.col("area").replace(areas))
        .sort("area")
        .group_by("_line")
        .agg(
            pl.col("area").head(_NAMED).str.join(", ").alias("names"),
            (pl.len() > _NAMED).alias("more"),
        )
    )
    more = pl.when("more").then(pl.lit(" med flera")).otherwise(pl.lit(""))
    labels = period_labels(
        pl.concat(
            [
                fewer.select(pl.col("newest").alias("period_start"), "period_type"),
                fewer.select("period_start", "period_type"),
            ]
        )
    )
    found = (
        fewer.join(names, on="_line", how="left")
        .join(labels, on=["period_start", "period_type"])
        .rename({"period": "last_time"})
        .join(labels, left_on=["newest", "period_type"], right_on=["period_start", "period_type"])
        .sort("indicator", "period_type")
        .with_columns(pl.col("indicator").replace(indicators).alias("name"))
    )
    return problems_from(
        found,
        "fewer_municipalities",
        severity="warning",
        sheet=None,
        row=None,
        column=sides.heading("area"),
        value=_municipalities("has"),
        expected=pl.concat_str(_municipalities("had"), pl.lit(", som "), "last_time"),
        hint=pl.concat_str(
            "name",
            pl.lit(", "),
            "period",
            pl.lit(": uppgift saknas för "),
            "names",
            more,
            pl.lit(". Delregioner och län som de hör till får inget värde. Kontrollera att filen är hel."),
        ),
    )
