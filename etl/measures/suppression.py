"""Small counts are hidden before a figure leaves the room.

Roll-ups are made from the true counts; hiding is done on the finished series, so that no page, report, export
or judgement ever holds what is hidden. Money isn't hidden: a sum of kronor is about nobody.

There is no single Swedish threshold, so each indicator has its own two (`minimum_numerator`,
`minimum_denominator`; 0 switches one off). A count of 0 isn't small, nor, for a share, are 0 left over. Where
a figure comes with its value and only one of its counts, the other is worked out, to the nearest whole one,
for the test alone. A figure with a value and no count at all, or one that isn't a share nor a ratio of sums
and lacks a count, can't be tested.

What is hidden is also kept from being worked out from the figures shown of the same period, sex and age:

* as an area minus its other municipalities: where exactly one municipality of a shown area is hidden, the
  one with the smallest denominator among the others is hidden too, until no shown area, in any division, has
  exactly one hidden and another shown. Municipalities that the source itself hid count as hidden;
* as a delregion that is one single municipality: it is hidden with it;
* as one area minus another: where two shown areas differ by a single hidden municipality (Lilla Edet is the
  vårdsamverkansområde Fyrbodal minus Fyrbodals kommunalförbund), one of the two is hidden: the one that isn't
  of the default division, but never the county; of two alike in that, the smaller.

Not protected:

* differences of more than two areas, such as the county minus all other delregioner of a division, and
  differences of two areas that one or more shown municipalities must be taken from too;
* a hidden delregion: other areas, and municipalities where all are shown, may add up to it;
* differences between sexes, between age groups (18+ minus 65+), and between periods or period types;
* a municipality that no figure was delivered for, where areas that hold it were delivered;
* the sum, and thereby the range, of several hidden municipalities together.
"""

from __future__ import annotations

import polars as pl

from etl.measures.frames import GROUP, KEY
from schemas.catalogue import Level, RollUp, Unit

COMPLEMENTARY = "Dolt för att en annan kommuns uppgift inte ska kunna räknas fram"
DIFFERENCE = "Dolt för att en kommuns uppgift inte ska kunna räknas fram"

_COUNTED_IN = [Unit.PERCENT, Unit.INDEX, Unit.DAYS, Unit.DAYS_PER_INHABITANT]
_LIMITS = ["unit", "roll_up", "scale", "minimum_numerator", "minimum_denominator"]
_HIDDEN_VALUES = ["value", "numerator", "denominator"]


def _small(count: pl.Expr, least: pl.Expr) -> pl.Expr:
    return ((count > 0) & (count < least)).fill_null(value=False)


def _reason(what: str, least: str) -> pl.Expr:
    return pl.concat_str(
        pl.lit(f"{what} (färre än "),
        pl.col(least).cast(pl.String),
        pl.lit(") – dolt för att ingen ska kunna pekas ut"),
    )


def _counts() -> list[pl.Expr]:
    """The counts to test: as delivered, else worked out from the value and the other count."""
    value, numerator, denominator = pl.col("value"), pl.col("numerator"), pl.col("denominator")
    is_ratio = (pl.col("unit") == Unit.PERCENT) | (pl.col("roll_up") == RollUp.RATIO_OF_SUMS)
    counted = (value * denominator / pl.col("scale")).round()
    out_of = (numerator * pl.col("scale") / value).round()
    return [
        pl.coalesce(numerator, pl.when(is_ratio).then(counted)).alias("_numerator"),
        pl.coalesce(denominator, pl.when(is_ratio & (value > 0)).then(out_of)).alias("_denominator"),
    ]


def _own_reason() -> pl.Expr:
    numerator, denominator = pl.col("_numerator"), pl.col("_denominator")
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


def hide_small(
    figures: pl.DataFrame, rules: pl.DataFrame, members: pl.DataFrame, default_division: str
) -> pl.DataFrame:
    """Hide small counts, and what they could be worked out from.

    Args:
        figures: All figures of the indicators, delivered and rolled up, one per area, period and breakdown.
        rules: `etl.measures.frames.rules`.
        members: `etl.measures.frames.members`.
        default_division: The division whose delregioner are spared where one of two areas must be hidden.

    Returns:
        The figures; a hidden one has no value and no counts, flag "suppressed", and a Swedish reason.
    """
    limits = rules.select("indicator", *_LIMITS)
    tested = figures.join(limits, on="indicator", how="left").with_columns(_counts())
    hidden = _hide(tested, _own_reason()).drop(_LIMITS)
    also = _complement(hidden, members, default_division)
    hidden = hidden.drop("_numerator", "_denominator")
    if also.is_empty():
        return hidden
    marked = hidden.join(also, on=KEY, how="left")
    return _hide(marked, pl.when(pl.col("value").is_not_null()).then(pl.col("_also"))).drop("_also")


def _complement(hidden: pl.DataFrame, members: pl.DataFrame, default_division: str) -> pl.DataFrame:
    """Keys of the figures to hide besides those that are small themselves, and why (`_also`)."""
    municipal = hidden.filter(pl.col("level") == Level.MUNICIPALITY)
    small = municipal.filter(pl.col("flag") == "suppressed").select(KEY)
    if small.is_empty():
        return small.with_columns(pl.lit(COMPLEMENTARY).alias("_also"))
    shown = hidden.filter((pl.col("level") != Level.MUNICIPALITY) & pl.col("value").is_not_null()).select(KEY)
    groups = small.select(GROUP).unique().with_row_index("group")
    family = (
        municipal.join(groups, on=GROUP)
        .select(
            "group",
            pl.col("area").alias("municipality"),
            pl.col("value").is_not_null().alias("shown"),
            pl.col("_denominator").alias("denominator"),
            (pl.col("flag") == "suppressed").fill_null(value=False).alias("hidden"),
        )
        .join(members.select("municipality", "area"), on="municipality")
        .join(shown.join(groups, on=GROUP).select("group", "area"), on=["group", "area"], how="semi")
    )
    chosen = _choose(family).join(groups, on="group").select(KEY)
    unseen = pl.concat([chosen, small]).rename({"area": "municipality"})
    sole = members.group_by("area").agg(pl.len().alias("n"), pl.col("municipality").first())
    twins = sole.filter(pl.col("n") == 1).join(unseen, on="municipality").select(KEY)
    apart = _apart(unseen, shown.join(twins, on=KEY, how="anti"), members, default_division)
    return pl.concat(
        [
            pl.concat([chosen, twins]).unique().with_columns(pl.lit(COMPLEMENTARY).alias("_also")),
            apart.with_columns(pl.lit(DIFFERENCE).alias("_also")),
        ]
    )


def _apart(
    unseen: pl.DataFrame, shown: pl.DataFrame, members: pl.DataFrame, default_division: str
) -> pl.DataFrame:
    """Keys of areas to hide because they and another shown area differ by a single hidden municipality."""
    return (
        unseen.join(_differences(members, default_division), on="municipality")
        .join(shown.rename({"area": "outer"}), on=[*GROUP, "outer"], how="semi")
        .join(shown.rename({"area": "inner"}), on=[*GROUP, "inner"], how="semi")
        .select(*GROUP, pl.col("hides").alias("area"))
        .unique()
    )


def _differences(members: pl.DataFrame, default_division: str) -> pl.DataFrame:
    """Every two areas of which one is the other and one municipality more.

    Returns:
        Columns outer, inner, municipality (the one more) and hides (the area to hide of the two).
    """
    place = (
        pl.when(pl.col("level") == Level.COUNTY)
        .then(0)
        .when(pl.col("division") == default_division)
        .then(1)
        .otherwise(2)
    )
    belongs = members.select(
        "area", "municipality", place.alias("place"), pl.len().over("area").alias("size")
    )
    outer = belongs.rename({"area": "outer"})
    inner = belongs.select(pl.all().name.prefix("inner_")).rename({"inner_area": "inner"})
    pairs = (
        outer.join(inner, left_on="municipality", right_on="inner_municipality")
        .group_by("outer", "inner", "place", "size", "inner_place", "inner_size")
        .len("common")
        .filter((pl.col("common") == pl.col("inner_size")) & (pl.col("size") == pl.col("inner_size") + 1))
    )
    outer_goes = pl.col("place") > pl.col("inner_place")
    return (
        pairs.join(outer.select("outer", "municipality"), on="outer")
        .join(
            inner.select("inner", pl.col("inner_municipality").alias("municipality")),
            on=["inner", "municipality"],
            how="anti",
        )
        .select(
            "outer",
            "inner",
            "municipality",
            pl.when(outer_goes).then(pl.col("outer")).otherwise(pl.col("inner")).alias("hides"),
        )
    )


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
