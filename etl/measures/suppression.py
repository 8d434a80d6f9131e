"""Small counts are hidden before a figure leaves the room.

Roll-ups are made from the true counts; hiding is done on the finished series, so that no page, report, export
or judgement ever holds what is hidden. Money isn't hidden: a sum of kronor is about nobody.

There is no single Swedish threshold, so each indicator has its own two (`minimum_numerator`,
`minimum_denominator`; 0 switches one off). What is 0 isn't hidden, nor is a share of exactly 100 %.

Complementary hiding is simple on purpose: where exactly one municipality of a shown area is hidden, it could
be worked out from the area's figure and the others, so the one with the smallest denominator among the others
is hidden too; repeated until no area, in any division, has exactly one. A delregion that is one single
municipality is hidden with it. What takes more than one subtraction (differences between areas of two
divisions, between the county and its delregioner, between age groups or sexes) isn't protected here; full
complementary protection is a later issue.
"""

from __future__ import annotations

import polars as pl

from etl.measures.frames import GROUP, KEY
from schemas.catalogue import Level, Unit

COMPLEMENTARY = "Dolt för att en annan kommuns uppgift inte ska kunna räknas fram"

_COUNTED_IN = [Unit.PERCENT, Unit.INDEX, Unit.DAYS, Unit.DAYS_PER_INHABITANT]
_HIDDEN_VALUES = ["value", "numerator", "denominator"]


def _small(count: pl.Expr, least: pl.Expr) -> pl.Expr:
    return ((count > 0) & (count < least)).fill_null(value=False)


def _reason(what: str, least: str) -> pl.Expr:
    return pl.concat_str(
        pl.lit(f"{what} (färre än "),
        pl.col(least).cast(pl.String),
        pl.lit(") – dolt för att ingen ska kunna pekas ut"),
    )


def _own_reason() -> pl.Expr:
    numerator, denominator = pl.col("numerator"), pl.col("denominator")
    left = _small(denominator - numerator, pl.col("minimum_numerator")) & (pl.col("unit") == Unit.PERCENT)
    few = _small(numerator, pl.col("minimum_numerator")) | left
    thin = (denominator < pl.col("minimum_denominator")).fill_null(value=False)
    return pl.when(pl.col("unit").is_in(_COUNTED_IN)).then(
        pl.when(few)
        .then(_reason("För litet antal", "minimum_numerator"))
        .when(thin)
        .then(_reason("För litet underlag", "minimum_denominator"))
    )


def _hide(figures: pl.DataFrame, reason: pl.Expr) -> pl.DataFrame:
    """Blank out the rows for which `reason` isn't null."""
    figures = figures.with_columns(reason.alias("_hidden"))
    shown = pl.col("_hidden").is_null()
    return figures.with_columns(
        *(pl.when(shown).then(pl.col(name)).alias(name) for name in _HIDDEN_VALUES),
        pl.when(shown).then(pl.col("flag")).otherwise(pl.lit("suppressed")).alias("flag"),
        pl.when(shown).then(pl.col("reason")).otherwise(pl.col("_hidden")).alias("reason"),
    ).drop("_hidden")


def hide_small(figures: pl.DataFrame, rules: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Hide small counts, and what they could be worked out from.

    Args:
        figures: All figures of the indicators, delivered and rolled up, one per area, period and breakdown.
        rules: `etl.measures.frames.rules`.
        members: `etl.measures.frames.members`.

    Returns:
        The figures; a hidden one has no value and no counts, flag "suppressed", and a Swedish reason.
    """
    limits = rules.select("indicator", "unit", "minimum_numerator", "minimum_denominator")
    true = figures.with_columns(pl.col("denominator").alias("_true_denominator"))
    hidden = _hide(true.join(limits, on="indicator", how="left"), _own_reason())
    hidden = hidden.drop("unit", "minimum_numerator", "minimum_denominator")
    also = _complement(hidden, members)
    hidden = hidden.drop("_true_denominator")
    if also.is_empty():
        return hidden
    marked = hidden.join(also.with_columns(pl.lit(value=True).alias("_also")), on=KEY, how="left")
    reason = pl.when(pl.col("_also") & pl.col("value").is_not_null()).then(pl.lit(COMPLEMENTARY))
    return _hide(marked, reason).drop("_also")


def _complement(hidden: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Keys of the figures to hide besides those that are small themselves."""
    municipal = hidden.filter(pl.col("level") == Level.MUNICIPALITY)
    small = municipal.filter(pl.col("flag") == "suppressed").select(KEY)
    if small.is_empty():
        return small
    groups = small.select(GROUP).unique().with_row_index("group")
    shown_areas = (
        hidden.filter((pl.col("level") != Level.MUNICIPALITY) & pl.col("value").is_not_null())
        .join(groups, on=GROUP)
        .select("group", "area")
    )
    family = (
        municipal.join(groups, on=GROUP)
        .select(
            "group",
            pl.col("area").alias("municipality"),
            pl.col("value").is_not_null().alias("shown"),
            pl.col("_true_denominator").alias("denominator"),
            (pl.col("flag") == "suppressed").fill_null(value=False).alias("hidden"),
        )
        .join(members.select("municipality", "area"), on="municipality")
        .join(shown_areas, on=["group", "area"], how="semi")
    )
    chosen = _choose(family).join(groups, on="group").select(KEY)
    sole = members.group_by("area").agg(pl.len().alias("n"), pl.col("municipality").first())
    twins = (
        sole.filter(pl.col("n") == 1)
        .select("area", "municipality")
        .join(pl.concat([chosen, small]).rename({"area": "municipality"}), on="municipality")
        .select(KEY)
    )
    return pl.concat([chosen, twins]).unique()


def _choose(family: pl.DataFrame) -> pl.DataFrame:
    """Hide one more municipality in every area that has exactly one hidden, until there is no such area.

    One area at a time, the smallest first: what is hidden for a delregion often serves the county too.
    """
    chosen = family.select("group", pl.col("municipality").alias("area")).clear()
    while True:
        family = family.filter(
            ((pl.col("hidden").sum() == 1) & pl.col("shown").any()).over("group", "area").any().over("group")
        )
        if family.is_empty():
            return chosen
        first_area = (
            family.group_by("group", "area")
            .agg(pl.col("hidden").sum(), pl.col("shown").any(), pl.len())
            .filter((pl.col("hidden") == 1) & pl.col("shown"))
            .sort("len", "area")
            .unique("group", keep="first")
        )
        added = (
            family.filter("shown")
            .join(first_area.select("group", "area"), on=["group", "area"], how="semi")
            .sort("denominator", "municipality", nulls_last=True)
            .unique("group", keep="first", maintain_order=True)
            .select("group", "municipality")
        )
        chosen = pl.concat([chosen, added.rename({"municipality": "area"})])
        mark = added.with_columns(pl.lit(value=True).alias("added"))
        family = family.join(mark, on=["group", "municipality"], how="left").with_columns(
            pl.col("hidden") | pl.col("added").fill_null(value=False),
            pl.col("shown") & pl.col("added").is_null(),
        )
        family = family.drop("added")
