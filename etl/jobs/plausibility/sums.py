"""Sums that disagree with their parts: an area and its municipalities, both sexes and each of them.

What the sheets of one file say about the same county is compared where the file is read
(`etl.jobs.vaccination`); money is held against what was agreed (`etl.jobs.agreed_sums`). Here every delivered or
published figure with counts is held against its parts, wherever those came from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.measures import frames
from etl.measures.text import number
from schemas.catalogue import Level, RollUp, Subject
from schemas.problem import no_problems, problems_from

if TYPE_CHECKING:
    from etl.jobs.plausibility.sides import Sides

#: What a sum and its parts may differ by: people who moved or lack a registered municipality or sex, and late
#: reports. In parts of the larger one, and never less than so many persons.
PART, PERSONS = 0.01, 10.0

_COUNTS = ("numerator", "denominator")
_WORDS = {"numerator": "täljare", "denominator": "nämnare"}
_GROUP = ["indicator", "period_start", "period_type", "age", "_example"]


def areas_and_parts(sides: Sides) -> pl.DataFrame:
    """A warning where a delregion or the county has other counts than its municipalities together.

    Delivered and published figures are taken together, and one of those that are compared must be the
    delivery's. Where some municipalities have no figure, only a sum of the others above the whole is told.
    """
    larger = frames.areas(sides.catalogue).filter(pl.col("level").is_in([Level.COUNTY, Level.DELREGION]))[
        "area"
    ]
    groups = [*_GROUP, "sex"]
    above = pl.col("area").is_in(larger.to_list())
    if not sides.together.select(above.any()).item():
        return no_problems()
    able = _countable(sides)
    wholes = able.filter(above)
    members = frames.members(sides.catalogue).select("area", "municipality")
    size = members.group_by("area").len("members")
    parts = (
        able.join(wholes.select(groups).unique(), on=groups, how="semi")
        .join(members, left_on="area", right_on="municipality")
        .drop("area")
        .rename({"area_right": "area"})
        .group_by(*groups, "area")
        .agg(
            pl.len().alias("parts"),
            *(pl.col(name).sum().alias(f"{name}_parts") for name in _COUNTS),
            pl.col("_new").any().alias("_new_parts"),
        )
    )
    held = wholes.join(parts, on=[*groups, "area"]).join(size, on="area")
    complete = pl.col("parts") == pl.col("members")
    return _told(held, sides, complete, "kommunerna tillsammans")


def sexes_and_both(sides: Sides) -> pl.DataFrame:
    """A warning where women and men together have other counts than both sexes."""
    one_sex = pl.col("sex") != "total"
    if not sides.together.select(one_sex.any()).item():
        return no_problems()
    able = _countable(sides)
    parts = (
        able.filter(one_sex)
        .group_by("_both")
        .agg(
            pl.len().alias("parts"),
            *(pl.col(name).sum().alias(f"{name}_parts") for name in _COUNTS),
            pl.col("_new").any().alias("_new_parts"),
        )
    )
    held = able.filter(~one_sex).join(parts, on="_both")
    return _told(held, sides, pl.col("parts") == len(("women", "men")), "kvinnor och män tillsammans")


def _countable(sides: Sides) -> pl.DataFrame:
    """Figures of true counts: those that are rolled up as sums, and no money."""
    summed = [
        item.id
        for item in sides.catalogue.indicators.values()
        if item.roll_up is RollUp.RATIO_OF_SUMS and item.subject is not Subject.FUNDS
    ]
    counted = pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null()
    return sides.together.filter(counted & pl.col("figure").is_not_null() & pl.col("indicator").is_in(summed))


def _told(held: pl.DataFrame, sides: Sides, complete: pl.Expr, who: str) -> pl.DataFrame:
    """One warning per whole and count that differs, on the whole's row where the delivery has it."""
    touched = held.filter(pl.col("_new") | pl.col("_new_parts")).with_columns(complete.alias("complete"))
    places = sides.delivered.select("_key", "sheet", "row")
    found = [no_problems()]
    for name in _COUNTS:
        whole, parts = pl.col(name), pl.col(f"{name}_parts")
        most = pl.max_horizontal(whole, parts)
        allowed = pl.max_horizontal(PART * most, pl.lit(PERSONS))
        off = pl.when("complete").then((parts - whole).abs() > allowed).otherwise(parts - whole > allowed)
        differing = touched.filter(off)
        if differing.is_empty():
            continue
        wrong = sides.named(differing).join(places, on="_key", how="left").sort("_key")
        zero = pl.lit(0, pl.Int32)
        found.append(
            problems_from(
                wrong,
                "sum_of_parts",
                severity="warning",
                column=sides.heading(name),
                value=number(whole, zero),
                expected=pl.concat_str(number(parts, zero), pl.lit(f", {who}")),
                hint=pl.concat_str(
                    "what",
                    pl.lit(f": {_WORDS[name]} är "),
                    number(whole, zero),
                    pl.lit(f", men {who} har "),
                    number(parts, zero),
                    pl.lit(". Kontrollera vilken uppgift som är rätt."),
                ),
            )
        )
    return pl.concat(found)
