"""A fraction that looks like a percentage, or the reverse: values about a hundred times what is published.

Reading a file already turns fractions of 1 into per cent where the file itself tells (`etl.transform.shares`).
Here the published values tell what the file couldn't: that a fraction stands among percentages, or that shares
which really are below one per cent were taken for fractions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.measures.text import value_text
from schemas.catalogue import Unit
from schemas.problem import no_problems, problems_from

if TYPE_CHECKING:
    from etl.jobs.plausibility.sides import Sides

#: A hundred times, give or take what a figure can change between two periods.
TIMES, GIVE = 100.0, 1.6


def hundredfold(sides: Sides) -> pl.DataFrame:
    """A warning for every delivered share or index about 100 times, or 1/100 of, the series' published middle.

    Values that come with both their counts are left out: those tell what the value is. A series without
    published values is held against the indicator's.
    """
    shares = sides.with_units(Unit.PERCENT, Unit.INDEX)
    counted = pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null()
    rows = sides.delivered.filter(shares & ~counted & (pl.col("figure") > 0))
    known = sides.published.filter(shares & (pl.col("figure") > 0))
    if rows.is_empty() or known.is_empty():
        return no_problems()
    own = known.group_by("_series").agg(pl.col("figure").median().alias("usual"))
    common = known.group_by("indicator", "_example").agg(pl.col("figure").median().alias("usual"))
    held = rows.join(own, on="_series", how="left")
    alone = held.filter(pl.col("usual").is_null()).drop("usual")
    held = pl.concat([held.drop_nulls("usual"), alone.join(common, on=["indicator", "_example"])])
    times = pl.col("figure") / pl.col("usual")
    up, down = _near(times, TIMES), _near(times, 1 / TIMES)
    found = sides.named(held.filter(up | down).sort("_key"))
    unit, decimals = pl.col("unit"), pl.col("decimals") + 2
    usual = value_text(pl.col("usual"), unit, pl.col("decimals"))
    how = (
        pl.when(_near(times, TIMES))
        .then(pl.lit("hundra gånger större än"))
        .otherwise(pl.lit("en hundradel av"))
    )
    return problems_from(
        found,
        "hundredfold",
        severity="warning",
        column=sides.heading("value"),
        value=value_text(pl.col("figure"), unit, decimals.clip(0, 4)),
        expected=pl.concat_str(pl.lit("omkring "), usual),
        hint=pl.concat_str(
            "what",
            pl.lit(": värdet är ungefär "),
            how,
            pl.lit(" det publicerade. Kontrollera om det är skrivet som andel av 1 eller i procent."),
        ),
    )


def _near(times: pl.Expr, hundred: float) -> pl.Expr:
    return times.is_between(hundred / GIVE, hundred * GIVE)
