"""How fresh and how complete the figures are, and when the next ones are due.

The catalogue knows how often a new value of an indicator is expected, but not how long after a period's end it
comes. A figure is therefore current until the next period ends, expected while one more interval passes, and late
only then: by that time a whole update has not come. Generated figures are never fresh, however new they look:
where there are only those, nothing has been delivered.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

from etl.measures.frames import is_example, period_end
from schemas.catalogue import Level

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

HIDDEN, PRELIMINARY = "suppressed", "preliminary"


class Freshness(StrEnum):
    """How new a figure is beside how often one is expected."""

    CURRENT = "current"
    EXPECTED = "expected"
    LATE = "late"
    ENDED = "ended"
    EXAMPLE = "example"
    LACKING = "lacking"


#: One row per indicator and area, for the age group shown first. `freshness` is one of `Freshness`. `next_end` is
#: the last day of the period that the next figure is for, `due` the day after which it is late; both are null
#: where nothing was delivered and where deliveries have ended. `age_days` is counted from the period's end.
#: `with_value`, `with_hidden` and `with_example` count municipalities, of `members`: with a figure of the
#: newest period that any of them has, with one that is hidden, and those among both whose figure is generated.
#: `periods` counts the newest periods, gaps included, and `with_figure` those of them that have a figure.
QUALITY_SCHEMA: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "area": pl.String(),
    "level": pl.String(),
    "division": pl.String(),
    "freshness": pl.String(),
    "period_start": pl.Date(),
    "period_type": pl.String(),
    "age_days": pl.Int32(),
    "next_end": pl.Date(),
    "due": pl.Date(),
    "example": pl.Boolean(),
    "preliminary": pl.Boolean(),
    "hidden": pl.Boolean(),
    "members": pl.Int32(),
    "with_value": pl.Int32(),
    "with_hidden": pl.Int32(),
    "with_example": pl.Int32(),
    "periods": pl.Int32(),
    "with_figure": pl.Int32(),
    "reason": pl.String(),
}

_LINE = ["indicator", "area"]
_COUNTS = ("with_value", "with_hidden", "with_example")


def quality(
    judgements: pl.DataFrame,
    periods: pl.DataFrame,
    rules: pl.DataFrame,
    members: pl.DataFrame,
    *,
    today: date,
    ended: Collection[str] = frozenset(),
) -> pl.DataFrame:
    """How fresh and complete every indicator is in the county and in every delregion.

    Args:
        judgements: The newest figures, `schemas.results.JUDGEMENT_SCHEMA`; of every area and indicator, also of
            those that nothing was delivered for.
        periods: Columns indicator, area, periods and with_figure, for the age group shown first.
        rules: `etl.measures.frames.rules`.
        members: `etl.measures.frames.members`.
        today: The day that lateness is judged at.
        ended: Ids of the indicators that no more deliveries come of.

    Returns:
        `QUALITY_SCHEMA`, in the order of the judgements.
    """
    own = _newest(judgements, rules)
    places = own.filter(pl.col("level").is_in([str(Level.COUNTY), str(Level.DELREGION)])).drop("members")
    counted = _municipalities(own, members)
    return (
        places.with_columns(_dates())
        .with_columns(_freshness(today, ended))
        .with_columns(_shown_dates())
        .with_columns((pl.lit(today) - pl.col("end")).dt.total_days().cast(pl.Int32).alias("age_days"))
        .join(counted, on=_LINE, how="left", maintain_order="left")
        .join(periods, on=_LINE, how="left", maintain_order="left")
        .with_columns(
            pl.col("members", *_COUNTS, "periods", "with_figure").fill_null(0).cast(pl.Int32),
            pl.when(pl.col("freshness") == Freshness.LACKING).then("reason").alias("reason"),
        )
        .select(QUALITY_SCHEMA.keys())
    )


def _newest(judgements: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """One row per indicator and area, with what is known of its figure; a figure without a value may be hidden."""
    rows = judgements.filter(pl.col("sex") == "total").join(
        rules.select("indicator", "headline_age", "update_interval_months"),
        on="indicator",
        maintain_order="left",
    )
    hidden = pl.col("value").is_null() & (pl.col("flag") == HIDDEN)
    delivered = pl.col("value").is_not_null() | hidden
    return (
        rows.filter(pl.col("age") == pl.col("headline_age"))
        .unique(_LINE, keep="first", maintain_order=True)
        .with_columns(
            hidden.fill_null(value=False).alias("hidden"),
            delivered.fill_null(value=False).alias("delivered"),
            (pl.col("flag") == PRELIMINARY).fill_null(value=False).alias("preliminary"),
            is_example(pl.col("origin")).fill_null(value=False).alias("example"),
            period_end(pl.col("period_start"), pl.col("period_type")).alias("end"),
        )
        .with_columns((pl.col("example") & pl.col("delivered")).alias("example"))
    )


def _dates() -> list[pl.Expr]:
    """The end of the next period, and one interval after it; whole months are counted from the day after the end."""
    after, months = pl.col("end").dt.offset_by("1d"), pl.col("update_interval_months")

    def later(times: int) -> pl.Expr:
        return after.dt.offset_by(pl.format("{}mo", months * times)).dt.offset_by("-1d")

    return [later(1).alias("next_end"), later(2).alias("due")]


def _freshness(today: date, ended: Collection[str]) -> pl.Expr:
    day = pl.lit(today)
    return (
        pl.when(~pl.col("delivered") | pl.col("end").is_null())
        .then(pl.lit(str(Freshness.LACKING)))
        .when("example")
        .then(pl.lit(str(Freshness.EXAMPLE)))
        .when(pl.col("indicator").is_in(sorted(ended)))
        .then(pl.lit(str(Freshness.ENDED)))
        .when(day <= pl.col("next_end"))
        .then(pl.lit(str(Freshness.CURRENT)))
        .when(day <= pl.col("due"))
        .then(pl.lit(str(Freshness.EXPECTED)))
        .otherwise(pl.lit(str(Freshness.LATE)))
        .alias("freshness")
    )


def _shown_dates() -> list[pl.Expr]:
    """A date for the next delivery only where one real figure says when the next one comes."""
    timed = pl.col("freshness").is_in([str(Freshness.CURRENT), str(Freshness.EXPECTED), str(Freshness.LATE)])
    delivered = pl.col("freshness") != Freshness.LACKING
    return [
        *(pl.when(timed).then(name).alias(name) for name in ("next_end", "due")),
        *(pl.when(delivered).then(name).alias(name) for name in ("period_start", "period_type", "end")),
    ]


def _municipalities(own: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """For each indicator and area: how many municipalities have a figure of the newest period among them."""
    figures = own.filter(pl.col("level") == Level.MUNICIPALITY).select(
        "indicator",
        pl.col("area").alias("municipality"),
        "period_start",
        "end",
        "hidden",
        "delivered",
        "example",
    )
    joined = members.select("municipality", "area").join(figures, on="municipality", how="inner")
    newest = pl.col("delivered") & (pl.col("end") == pl.col("end").filter("delivered").max().over(_LINE))
    # Of periods that end on the same day the longest.
    start = pl.col("period_start").filter(newest).min().over(_LINE)
    current = (newest & (pl.col("period_start") == start)).fill_null(value=False)
    return (
        joined.with_columns(current.alias("current"))
        .group_by(_LINE)
        .agg(
            pl.len().alias("members"),
            (pl.col("current") & ~pl.col("hidden")).sum().alias("with_value"),
            (pl.col("current") & pl.col("hidden")).sum().alias("with_hidden"),
            (pl.col("current") & pl.col("example")).sum().alias("with_example"),
        )
    )


#: In which order an indicator's areas speak for it: the freshest real figure that there is.
_ORDER = {
    str(kind): place
    for place, kind in enumerate(
        (
            Freshness.CURRENT,
            Freshness.EXPECTED,
            Freshness.LATE,
            Freshness.ENDED,
            Freshness.EXAMPLE,
            Freshness.LACKING,
        )
    )
}


def by_indicator(rows: pl.DataFrame) -> pl.DataFrame:
    """What each indicator's areas say of it together: its freshest figure, and when the next one is due.

    Args:
        rows: `QUALITY_SCHEMA`, the areas that are shown.

    Returns:
        Columns indicator, freshness, period_start, period_type, age_days, next_end and due, of the area with the
        freshest real figure; one row per indicator in the order of the rows.
    """
    place = pl.col("freshness").replace_strict(_ORDER, return_dtype=pl.Int32)
    columns = ["indicator", "freshness", "period_start", "period_type", "age_days", "next_end", "due"]
    order = rows.select("indicator").unique(maintain_order=True)
    first = rows.sort(place, "age_days", nulls_last=True, maintain_order=True).unique(
        "indicator", keep="first"
    )
    return order.join(first.select(columns), on="indicator", how="left", maintain_order="left")


def counts(summary: pl.DataFrame) -> dict[Freshness, int]:
    """How many indicators are of each freshness; every kind is a key.

    Args:
        summary: From `by_indicator`.
    """
    found = dict(summary.group_by("freshness").len().iter_rows())
    return {kind: int(found.get(str(kind), 0)) for kind in Freshness}


def periods_of(
    recent: Mapping[tuple[str, str, str], tuple[float | None, ...]], rules: pl.DataFrame
) -> pl.DataFrame:
    """How many of the newest periods have a figure.

    Args:
        recent: (indicator, age group, area) → the newest values in order of time, None for a gap.
        rules: `etl.measures.frames.rules`.

    Returns:
        Columns indicator, area, periods and with_figure, for the age group that is shown first.
    """
    headline = dict(rules.select("indicator", "headline_age").iter_rows())
    rows = [
        (indicator, area, len(values), sum(value is not None for value in values))
        for (indicator, age, area), values in recent.items()
        if headline.get(indicator) == age
    ]
    schema = {key: QUALITY_SCHEMA[key] for key in (*_LINE, "periods", "with_figure")}
    return pl.DataFrame(rows, schema=schema, orient="row")
