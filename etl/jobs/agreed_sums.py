"""Funds figures that come as observations, held against what the agreements of their year add up to.

Who got what belongs in the template for money, where everything is counted to the krona. A figure in the
template for indicators has nothing but the agreement's own total to be held against.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from etl.jobs.text import kronor_column
from schemas.catalogue import Level
from schemas.problem import problems_from

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue

_POINTED = "Lämna fördelningen i mallen för medel, där varje mottagare och krona räknas."
_GROUP = ["indicator", "period_start", "period_type", "sex", "age", "level", "division"]


def agreed(catalogue: Catalogue) -> pl.DataFrame:
    """What the agreements add up to: columns indicator, year (Int32), agreed (kronor)."""
    sums: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for item in catalogue.agreements.values():
        sums[item.indicator, item.year] += item.total
    rows = [(indicator, year, total) for (indicator, year), total in sums.items()]
    schema = {"indicator": pl.String(), "year": pl.Int32(), "agreed": pl.Decimal(18, 2)}
    return pl.DataFrame(rows, schema=schema, orient="row")


def wrong_figures(rows: pl.DataFrame, catalogue: Catalogue, column: str | None) -> pl.DataFrame:
    """An error for every figure that can't be right beside the agreements of its year.

    The county's figure for the year must be what was agreed, to the krona. No area in the county, and no level
    of areas together, can have got more. The country has no agreement here to be held against, and neither has
    a year without one.

    Args:
        rows: Canonical observations of funds indicators.
        catalogue: The agreements and the areas.
        column: Heading of the value in the file.
    """
    held = _held(rows, catalogue)
    county, whole_year = pl.col("level") == str(Level.COUNTY), pl.col("period_type") == "year"
    total = county & whole_year & (pl.col("sex") == "total")
    above = ~total & (pl.col("value") > pl.col("agreed"))
    together = (
        held.filter(~county & ~above.any().over(_GROUP))
        .group_by(_GROUP, maintain_order=True)
        .agg(pl.col("value").sum(), pl.col("agreed", "sheet", "row").first())
        .filter(pl.col("value") > pl.col("agreed"))
    )
    return pl.concat(
        [
            _told(
                held.filter(total & (pl.col("value") != pl.col("agreed"))),
                column,
                "vad som är överenskommet för året, ",
                f"Länets summa ska stämma med överenskommelsen. {_POINTED}",
            ),
            _told(
                held.filter(above),
                column,
                "högst vad som är överenskommet för hela länet, ",
                f"Ett område kan inte ha fått mer än hela länet. {_POINTED}",
            ),
            _told(
                together,
                column,
                "områden som tillsammans har fått högst vad som är överenskommet, ",
                f"Områdena har tillsammans fått mer än hela länet. {_POINTED}",
            ),
        ]
    )


def _held(rows: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """The figures that an agreement covers, with `agreed`, `level` and `division`."""
    areas = pl.DataFrame(
        [
            (area.id, str(area.level), area.division or "")
            for area in catalogue.areas.values()
            if area.level is not Level.COUNTRY
        ],
        schema=["area", "level", "division"],
        orient="row",
    )
    return (
        rows.drop_nulls("value")
        .with_columns(pl.col("period_start").dt.year().alias("year"))
        .join(agreed(catalogue), on=["indicator", "year"])
        .join(areas, on="area")
        .with_columns(pl.col("agreed").cast(pl.Float64))
        .sort("sheet", "row", nulls_last=False)
    )


def _told(wrong: pl.DataFrame, column: str | None, expected: str, hint: str) -> pl.DataFrame:
    kronor = wrong.with_columns(pl.col("value", "agreed").cast(pl.Decimal(18, 2)))
    return problems_from(
        kronor,
        "agreed_sum",
        column=column,
        value=kronor_column("value"),
        expected=pl.concat_str(pl.lit(expected), kronor_column("agreed")),
        hint=hint,
    )
