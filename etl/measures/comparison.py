"""How the latest figure of an area stands beside the county, the country and its own earlier figure.

Against the county and the country as Fingertips' benchmark comparison does it: the area's interval against the
benchmark's *value*, at 95 and at 99.8 %, of the same indicator, period, age group and sex. A benchmark that the
interval leaves out is better or worse by the indicator's direction, higher or lower where no way is better,
and the stricter of the two levels is told.

The benchmark is taken to be without uncertainty, and an area is a part of its county and its country. Both
make a difference look a little smaller or surer than a comparison with the rest alone would: the more so, the
larger a part of the whole the area is. Fingertips has it the same way.

Against the area's own earlier figure, the one that the judgement goes by (`etl.measures.change`): Newcombe's
interval of the difference for shares, the score interval of the ratio for an index with counts.

Departure from Fingertips: two figures that are alike as shown, at the indicator's decimals, are similar
whatever the interval says, so that the word never contradicts the screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.measures.change import year_before
from etl.measures.frames import SEASONAL, is_example
from etl.measures.interval import newcombe, rate_ratio, z_of
from etl.measures.intervals import AMOUNT, BAD_COUNTS, NO_COUNTS, NO_SPREAD, with_intervals
from etl.measures.text import rounded
from schemas.catalogue import Direction, Level, RollUp, Unit
from schemas.results import ASSESSMENT_SCHEMA, Compared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.catalogue import Catalogue

#: The levels that differences are tested at, by how many per cent; the strictest first.
LEVELS = {99.8: 0.998, 95.0: 0.95}

NO_OWN = "Området har ingen uppgift att jämföra"
IS_COUNTY = "Området är länet självt"
NO_COUNTY = "Länet har ingen uppgift för samma period"
NO_COUNTRY = "Riket har ingen uppgift för samma period"
MIXED = "Den ena uppgiften är exempeldata och den andra inte"
SUMS = "Summor för olika stora områden kan inte jämföras"
NO_BEFORE = "Ingen tidigare uppgift att jämföra med"
NO_YEAR_BEFORE = "Ingen uppgift från samma period året före att jämföra med"

_AGAINST = ("county", "country", "before")
_AREA = ["indicator", "area", "age"]
_PERIOD = ["indicator", "age", "period_type", "period_start"]
_COLUMNS = ["indicator", "area", "age", "target", "period_type"] + [
    name for name in ASSESSMENT_SCHEMA if name.startswith(_AGAINST)
]


def compare(
    judgements: pl.DataFrame, series: pl.DataFrame, rules: pl.DataFrame, catalogue: Catalogue
) -> pl.DataFrame:
    """Compare every judgement's figure with the county, the country and what it was before.

    Args:
        judgements: `JUDGEMENT_SCHEMA`.
        series: `SERIES_SCHEMA`.
        rules: `etl.measures.frames.rules`.
        catalogue: Tells which area is the county.

    Returns:
        One row for each judgement, in order: indicator, area, age, target, period_type and, for each of
        county, country and before as `<against>`: `<against>` (`schemas.results.Compared`),
        `<against>_level` (99.8 or 95 where a difference is certain, else null), `<against>_value` (in the
        indicator's unit) and `<against>_reason` (Swedish, where there is no answer).
    """
    both = series.filter(pl.col("sex") == "total")
    figures = _figures(judgements, rules)
    rows = (
        figures.join(_benchmarks(both, catalogue), on=_PERIOD, how="left", maintain_order="left")
        .join(_before(figures, both), on=_AREA, how="left", maintain_order="left")
        .with_columns(
            _reason_for_whole("county", NO_COUNTY, pl.col("area") == catalogue.county.id),
            _reason_for_whole("country", NO_COUNTRY, pl.lit(value=False)),
        )
        .with_columns(_reason_for_before())
    )
    # Texts and signs that others are made of are columns of their own: one expression for it all takes longer.
    rows = rows.with_columns(
        _sign(pl.col(f"lower_{level}") - benchmark, pl.col(f"upper_{level}") - benchmark, benchmark).alias(
            f"{whole}_{level}"
        )
        for level in LEVELS
        for whole in ("county", "country")
        for benchmark in [pl.col(f"{whole}_value")]
    )
    found = rows.select(*_AREA, *(answer for against in _AGAINST for answer in _answer(against)))
    return (
        judgements.select("indicator", "area", "age", "target", "period_type")
        .join(found, on=_AREA, how="left", maintain_order="left")
        .select(pl.col(name).cast(ASSESSMENT_SCHEMA[name]) for name in _COLUMNS)
    )


def standing(sign: pl.Expr, direction: pl.Expr) -> pl.Expr:
    """The word for a certain difference.

    Args:
        sign: 1 above, -1 below, 0 where no difference is certain, null where it can't be told.
        direction: `schemas.catalogue.Direction`.

    Returns:
        `schemas.results.Compared`.
    """
    good = pl.when(direction == Direction.LOWER).then(-1).otherwise(1)
    neutral = direction == Direction.NONE
    return (
        pl.when(sign == 0)
        .then(pl.lit(str(Compared.SIMILAR)))
        .when(neutral & (sign > 0))
        .then(pl.lit(str(Compared.HIGHER)))
        .when(neutral & (sign < 0))
        .then(pl.lit(str(Compared.LOWER)))
        .when(sign == good)
        .then(pl.lit(str(Compared.BETTER)))
        .when(sign == -good)
        .then(pl.lit(str(Compared.WORSE)))
    )


def strictest(signs: Mapping[float, pl.Expr]) -> pl.Expr:
    """The strictest level at which a difference is certain, in per cent; null where it is at none.

    Args:
        signs: Level in per cent → 1 above, -1 below, 0 or null; the strictest first.
    """
    return pl.coalesce(pl.when(sign != 0).then(level) for level, sign in signs.items())


def _figures(judgements: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """One row per indicator, area and age group with what is compared, and its interval at each level."""
    rows = (
        judgements.select(
            *_AREA,
            "level",
            "origin",
            "period_type",
            "period_start",
            "previous_start",
            "value",
            "numerator",
            "denominator",
        )
        .unique(_AREA, keep="first", maintain_order=True)
        .with_columns(is_example(pl.col("origin")).alias("_example"))
        .join(
            rules.select("indicator", "unit", "direction", "decimals", "roll_up"),
            on="indicator",
            maintain_order="left",
        )
    )
    for percent, level in LEVELS.items():
        rows = with_intervals(rows, rules, level=level).rename(
            {"lower": f"lower_{percent}", "upper": f"upper_{percent}"}
        )
    return rows


def _benchmarks(both: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """Values of the county and the country by period, and whether they are examples."""
    wholes = both.filter(
        pl.col("value").is_not_null()
        & ((pl.col("area") == catalogue.county.id) | (pl.col("level") == Level.COUNTRY))
    )
    county = pl.col("area") == catalogue.county.id
    return wholes.group_by(_PERIOD).agg(
        expression.alias(f"{name}_{end}")
        for name, which in (("county", county), ("country", ~county))
        for end, expression in (
            ("value", pl.col("value").filter(which).first()),
            ("example", is_example(pl.col("origin")).filter(which).first()),
        )
    )


def _reason_for_whole(whole: str, missing: str, is_itself: pl.Expr) -> pl.Expr:
    """Why a figure can't be compared with a larger area."""
    mixed = pl.col(f"{whole}_example") != pl.col("_example")
    reason = (
        pl.when(pl.col("value").is_null())
        .then(pl.lit(NO_OWN))
        .when(is_itself)
        .then(pl.lit(IS_COUNTY))
        .when(pl.col("roll_up") == RollUp.SUM)
        .then(pl.lit(SUMS))
        .when(mixed.fill_null(value=False))
        .then(pl.lit(MIXED))
        .when(pl.col(f"{whole}_value").is_null())
        .then(pl.lit(missing))
        .otherwise("interval_reason")
    )
    return reason.alias(f"{whole}_reason")


def _sign(lower: pl.Expr, upper: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Where a difference's interval lies: 1 above 0, -1 below it, 0 about it; null without an interval."""
    alike = rounded(pl.col("value"), pl.col("decimals")) == rounded(other, pl.col("decimals"))
    return (
        pl.when(lower.is_null() | upper.is_null())
        .then(None)
        .when(alike)
        .then(0)
        .when(lower > 0)
        .then(1)
        .when(upper < 0)
        .then(-1)
        .otherwise(0)
    )


def _answer(against: str) -> list[pl.Expr]:
    """The four columns of one comparison; what is certain at the strictest level is so at the others too."""
    reason, value = pl.col(f"{against}_reason"), pl.col(f"{against}_value")
    answered = {level: pl.when(reason.is_null()).then(pl.col(f"{against}_{level}")) for level in LEVELS}
    comparable = reason.is_null() | reason.is_in([NO_COUNTS, BAD_COUNTS, NO_SPREAD, AMOUNT])
    return [
        standing(answered[min(answered)], pl.col("direction")).alias(against),
        strictest(answered).alias(f"{against}_level"),
        pl.when(comparable).then(value).alias(f"{against}_value"),
        reason,
    ]


def _before(figures: pl.DataFrame, both: pl.DataFrame) -> pl.DataFrame:
    """The earlier figure of each row, and where the interval of the change lies at each level."""
    seasonal = pl.col("period_type").is_in(SEASONAL)
    since = pl.when(seasonal).then(year_before()).otherwise(pl.col("previous_start"))
    rows = figures.with_columns(since.alias("_since"))
    known = both.filter(
        pl.col("value").is_not_null() & pl.col("period_start").is_in(rows["_since"].unique().implode())
    ).select(
        *_AREA,
        "period_type",
        pl.col("period_start").alias("_since"),
        is_example(pl.col("origin")).alias("_example"),
        pl.col("value").alias("before_value"),
        pl.col("numerator").alias("_numerator"),
        pl.col("denominator").alias("_denominator"),
    )
    earlier = rows.filter(pl.col("value").is_not_null()).join(
        known, on=[*_AREA, "period_type", "_since", "_example"]
    )
    return (
        earlier.with_columns(bound for level in LEVELS for bound in _change(level))
        .with_columns(
            _sign(pl.col(f"_low_{level}"), pl.col(f"_high_{level}"), pl.col("before_value")).alias(
                f"before_{level}"
            )
            for level in LEVELS
        )
        .select(*_AREA, "before_value", *(f"before_{level}" for level in LEVELS))
    )


def _change(level: float) -> list[pl.Expr]:
    """The interval of a difference of shares, or of a ratio of rates less 1."""
    z = z_of(LEVELS[level])
    counts = [pl.col(name) for name in ("numerator", "denominator", "_numerator", "_denominator")]
    share, index = pl.col("unit") == Unit.PERCENT, pl.col("unit") == Unit.INDEX
    of_rates = rate_ratio(*(pl.when(index).then(count) for count in counts), z=z)
    return [
        pl.when(share).then(one).otherwise(other - 1).alias(f"{name}_{level}")
        for name, one, other in zip(("_low", "_high"), newcombe(*counts, z=z), of_rates, strict=True)
    ]


def _reason_for_before() -> pl.Expr:
    """Why a figure can't be compared with an earlier one."""
    earlier = pl.col("before_value")
    reason = (
        pl.when(pl.col("value").is_null())
        .then(pl.lit(NO_OWN))
        .when(earlier.is_null() & pl.col("period_type").is_in(SEASONAL))
        .then(pl.lit(NO_YEAR_BEFORE))
        .when(earlier.is_null())
        .then(pl.lit(NO_BEFORE))
        .when(pl.col(f"before_{min(LEVELS)}").is_null())
        .then(pl.coalesce("interval_reason", pl.lit(NO_COUNTS)))
    )
    return reason.alias("before_reason")
