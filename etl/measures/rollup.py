"""From municipalities to delregioner, in every division, and to the county.

Four ways, one of which each indicator names (`schemas.catalogue.RollUp`):

* ratio of sums: the sum of the numerators over the sum of the denominators, times 100 for per cent; a mean that
  is delivered without its numerator has its value times its denominator for one;
* population-weighted: the mean weighted by each row's denominator where every row has one, else by
  inhabitants of the same sex and age, else by all inhabitants; only an approximation, and its method says so;
* sum: the sum of the values;
* none: refused, with the reason.

A mean without weights is never taken, nor a ratio where all denominators are 0. An area gets a value only when
every one of its municipalities has a figure for the very same period, period type, sex and age; otherwise the
reason tells how many and which are lacking. Example figures and real ones are never in the same sum. Which wins
of a roll-up and a figure delivered for the area itself is told at `prefer_direct`.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from etl.measures.frames import GROUP, with_rules
from etl.measures.population import weights
from etl.measures.rollup_sums import Sums
from schemas.catalogue import MEANS, Level, RollUp

REFUSED = "Kommunernas värden går inte att räkna ihop för den här indikatorn"
NOBODY = "Nämnaren är noll i alla kommuner, så det finns inget värde att räkna ut"
NO_WEIGHTS = "Befolkningsuppgift saknas, så kommunernas värden kan inte vägas ihop"

_NAMES_SHOWN = 3

#: What makes a delivered figure and a roll-up one and the same.
_SAME = [*GROUP, "area", "example"]

#: What is the matter with a municipality → how the reason begins.
_LACKING = {
    "absent": "Uppgift saknas för",
    "hidden": "Uppgiften är dold hos källan för",
    "no_denominator": "Nämnare saknas för",
    "no_numerator": "Täljare saknas för",
    "uncounted": "Täljare och nämnare saknas för",
}


def roll_up(
    figures: pl.DataFrame, members: pl.DataFrame, rules: pl.DataFrame, population: pl.DataFrame
) -> pl.DataFrame:
    """Figures of all delregioner and the county that have at least one municipality row.

    Args:
        figures: Observations with `level`, `example` and `batch`; only municipality rows are used. Rows that
            are flagged as missing or suppressed have neither value nor counts.
        members: `etl.measures.frames.members`.
        rules: `etl.measures.frames.rules`.
        population: `POPULATION_SCHEMA`.

    Returns:
        Columns of `GROUP`, area, level, division, value, numerator, denominator, standard_deviation (where every
        municipality's is known), method, members, members_expected, flag, origin, source, batch, reason, example.
    """
    rows = with_rules(
        figures.filter(pl.col("level") == Level.MUNICIPALITY), rules, "roll_up", "scale", "unit"
    )
    sums = Sums(_weighed(_counted(rows), population), members)
    return _figures(_with_reasons(sums.summed(), sums.states, members))


def _counted(rows: pl.DataFrame) -> pl.DataFrame:
    """A mean and how many values it is of tell what the values add up to, where the source doesn't."""
    mean = rows["unit"].is_in(MEANS) & (rows["roll_up"] == RollUp.RATIO_OF_SUMS)
    if not (mean & rows["numerator"].is_null()).any():
        return rows
    added = pl.when(mean).then(pl.col("value") * pl.col("denominator") / pl.col("scale"))
    return rows.with_columns(pl.coalesce("numerator", added).alias("numerator"))


def _weighed(rows: pl.DataFrame, population: pl.DataFrame) -> pl.DataFrame:
    weighted = pl.col("roll_up") == RollUp.POPULATION_WEIGHTED
    if not (rows["roll_up"] == RollUp.POPULATION_WEIGHTED).any():
        return rows
    return pl.concat([rows.filter(~weighted), weights(rows.filter(weighted), population)], how="diagonal")


def _with_reasons(summed: pl.DataFrame, states: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Add `lacking`: which of an area's municipalities lack a figure, by what is the matter."""
    short = summed.filter(
        (pl.col("members") < pl.col("members_expected")) & (pl.col("roll_up") != RollUp.NONE)
    )
    if short.is_empty():
        return summed.with_columns(pl.lit(None, pl.String).alias("lacking"))
    lacking = (
        short.select("group", "area", "members_expected")
        .join(members.select("area", "municipality", "municipality_name"), on="area")
        .join(
            states,
            on=["group", "municipality"],
            how="left",
        )
        .with_columns(pl.col("state").fill_null("absent"))
        .filter(pl.col("state") != "present")
        .sort("municipality_name")
    )
    names = pl.col("municipality_name")
    more = pl.when(pl.len() > _NAMES_SHOWN).then(pl.lit(" med flera")).otherwise(pl.lit(""))
    text = pl.concat_str(
        pl.col("state").first().replace_strict(_LACKING, return_dtype=pl.String),
        pl.lit(" "),
        pl.len().cast(pl.String),
        pl.lit(" av "),
        pl.col("members_expected").first().cast(pl.String),
        pl.when(pl.col("members_expected").first() == 1)
        .then(pl.lit(" kommun: "))
        .otherwise(pl.lit(" kommuner: ")),
        names.head(_NAMES_SHOWN).str.join(", "),
        more,
    )
    reasons = (
        lacking.group_by("group", "area", "state")
        .agg(text.alias("text"))
        .sort("state")
        .group_by("group", "area")
        .agg(pl.col("text").str.join(". ").alias("lacking"))
    )
    return summed.join(reasons, on=["group", "area"], how="left")


def _figures(summed: pl.DataFrame) -> pl.DataFrame:
    return summed.with_columns(_values()).with_columns(_answers()).select(_columns())


@cache
def _values() -> list[pl.Expr]:
    """The value, the counts and the spread, each where the area has them."""
    kind, complete = pl.col("roll_up"), _complete()
    value = (
        pl.when(kind == RollUp.RATIO_OF_SUMS)
        .then(
            pl.when(pl.col("denominator") > 0).then(
                pl.col("numerator") / pl.col("denominator") * pl.col("scale")
            )
        )
        .when(kind == RollUp.POPULATION_WEIGHTED)
        .then(pl.coalesce("by_denominator", "by_alike", "by_all"))
        .when(kind == RollUp.SUM)
        .then(pl.col("total"))
    )
    counted = complete & kind.is_in([RollUp.RATIO_OF_SUMS, RollUp.SUM])
    weighed = complete & (kind == RollUp.POPULATION_WEIGHTED)
    # Of means weighted by anything else than how many values they are of, no values have the weighted mean.
    means = complete & (kind == RollUp.RATIO_OF_SUMS)
    spread = means | (weighed & pl.col("by_denominator").is_not_null())
    return [
        pl.when(complete).then(value).alias("value"),
        pl.when(counted).then(pl.col("numerator")).alias("numerator"),
        pl.when(counted | weighed).then(pl.col("denominator")).alias("denominator"),
        pl.when(spread).then(pl.col("standard_deviation")).alias("standard_deviation"),
    ]


def _complete() -> pl.Expr:
    return pl.col("members") == pl.col("members_expected")


@cache
def _answers() -> list[pl.Expr]:
    """Why there is no value, and the flag."""
    kind = pl.col("roll_up")
    reason = (
        pl.when(kind == RollUp.NONE)
        .then(pl.lit(REFUSED))
        .when(~_complete())
        .then(pl.col("lacking"))
        .when(pl.col("value").is_null() & (kind == RollUp.RATIO_OF_SUMS))
        .then(pl.lit(NOBODY))
        .when(pl.col("value").is_null())
        .then(pl.lit(NO_WEIGHTS))
    )
    flag = (
        pl.when(pl.col("value").is_not_null() & pl.col("preliminary"))
        .then(pl.lit("preliminary"))
        .when(pl.col("value").is_null())
        .then(pl.when(pl.col("hidden")).then(pl.lit("suppressed")).otherwise(pl.lit("missing")))
    )
    return [reason.alias("reason"), flag.alias("flag")]


@cache
def _columns() -> list[pl.Expr]:
    """What `roll_up` gives."""
    kind = pl.col("roll_up")
    real = pl.when(pl.col("uploaded")).then(pl.lit("uploaded")).otherwise(pl.lit("published"))
    several = pl.concat_str(pl.lit("Flera källor, bland andra "), pl.col("source"))
    one = pl.col("source") == pl.col("other_source")
    names = [*GROUP, "area", "level", "division", "value", "numerator", "denominator", "standard_deviation"]
    return [
        *map(pl.col, names),
        pl.when(kind != RollUp.NONE).then(kind).alias("method"),
        *map(pl.col, ["members", "members_expected", "flag"]),
        pl.when(pl.col("example")).then(pl.lit("example")).otherwise(real).alias("origin"),
        pl.when(one).then(pl.col("source")).otherwise(several).alias("source"),
        *map(pl.col, ["batch", "reason", "example"]),
    ]


def prefer_direct(direct: pl.DataFrame, rolled: pl.DataFrame) -> pl.DataFrame:
    """One figure for each area and period, of what was delivered for that very area and the roll-up.

    What was delivered for the area wins, except

    * over a newer roll-up of true counts: by ratio of sums or by sum, with a figure of every municipality,
      and the newest of them from a later batch than the area's own row. Its figures are then the later word;
      an approximation (`population_weighted`) never is;
    * where the delivered row says only that the figure is missing, and the roll-up has a value.

    One that the source suppressed always wins: what the source hides isn't to be worked out here. Example and
    real figures don't compete in here (`etl.measures.origin`).

    Args:
        direct: Figures as delivered, with `example` and `batch`.
        rolled: From `roll_up`.
    """
    alone = direct["level"] == Level.MUNICIPALITY
    parts, above = direct.filter(alone), direct.filter(~alone)
    if above.is_empty():
        return pl.concat([parts, rolled], how="diagonal_relaxed")
    kept = above.join(rolled.select(_newest()), on=_SAME, how="left", maintain_order="left").filter(_wins())
    return pl.concat(
        [parts, kept.drop("_answers", "_newest"), rolled.join(kept, on=_SAME, how="anti")],
        how="diagonal_relaxed",
    )


@cache
def _newest() -> list[pl.Expr]:
    """Of a roll-up: what tells it, whether it has a value, and the newest batch behind true counts."""
    exact = pl.col("method").is_in([RollUp.RATIO_OF_SUMS, RollUp.SUM]) & pl.col("value").is_not_null()
    return [
        *map(pl.col, _SAME),
        pl.col("value").is_not_null().alias("_answers"),
        pl.when(exact).then(pl.col("batch")).alias("_newest"),
    ]


@cache
def _wins() -> pl.Expr:
    """Whether a delivered figure is kept beside the roll-up of `_newest`."""
    newer = (pl.col("_newest") > pl.col("batch")).fill_null(value=False)
    lacks = pl.col("value").is_null() & pl.col("_answers").fill_null(value=False)
    return pl.col("flag").eq_missing("suppressed") | ~(lacks | newer)
