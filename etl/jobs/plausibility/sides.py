"""A delivery and what is published, prepared once for all the checks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from etl.jobs.difference_keys import coded
from etl.jobs.difference_rows import figure, scale_of
from etl.measures import frames
from schemas.period import Period, PeriodType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.catalogue import Catalogue, Unit

_KEPT = [
    "indicator", "area", "period_type", "period_start", "sex", "age", "numerator", "denominator", "flag",
    "_example", "_series", "_key", "_both", "_line", "figure",
]  # fmt: skip
_PLACE = ["sheet", "row", "_worked_out"]


@dataclass(frozen=True)
class Sides:
    """What the checks hold against each other.

    Both frames have the columns of an observation's key, numerator, denominator, flag, what
    `etl.jobs.difference_keys.coded` adds, and `figure`, the figure that counts; the delivered rows also sheet, row
    and `_worked_out`: whether the figure is exactly what its counts make it, as where the file gives no value.

    Attributes:
        delivered: Rows to be stored.
        published: What is published of the same indicators.
        catalogue: Areas, members, names.
        headings: Canonical column, or column/indicator, → heading in the file.
    """

    delivered: pl.DataFrame
    published: pl.DataFrame
    catalogue: Catalogue
    headings: Mapping[str, str]

    @classmethod
    def of(
        cls,
        delivered: pl.DataFrame,
        published: pl.DataFrame,
        catalogue: Catalogue,
        headings: Mapping[str, str],
    ) -> Sides:
        """Prepare canonical observations."""
        new, old = coded(delivered, _known(published, catalogue))
        scale = scale_of(catalogue)
        counted = pl.col("numerator") / pl.col("denominator") * scale
        exact = pl.col("value").is_null() | (pl.col("value") == counted).fill_null(value=False)
        return cls(
            new.with_columns(figure(scale).alias("figure"), exact.alias("_worked_out")).select(
                *_KEPT, *_PLACE
            ),
            old.with_columns(figure(scale).alias("figure")).select(_KEPT),
            catalogue,
            headings,
        )

    @cached_property
    def together(self) -> pl.DataFrame:
        """What would be published: columns of `published`, and `_new` where a row is the delivery's."""
        kept = self.published.join(self.delivered.select("_key"), on="_key", how="anti")
        return pl.concat(
            [
                kept.with_columns(pl.lit(value=False).alias("_new")),
                self.delivered.select(*_KEPT, pl.lit(value=True).alias("_new")),
            ]
        )

    @cached_property
    def municipalities(self) -> list[str]:
        """Codes of the county's municipalities."""
        return [area.id for area in self.catalogue.municipalities]

    def with_units(self, *units: Unit) -> pl.Expr:
        """Whether a row's indicator has one of these units."""
        indicators = self.catalogue.indicators.values()
        return pl.col("indicator").is_in([item.id for item in indicators if item.unit in units])

    def heading(self, column: str) -> pl.Expr:
        """What a canonical column is called in the file, row by row."""
        own = {
            name.partition("/")[2]: said
            for name, said in self.headings.items()
            if name.startswith(f"{column}/")
        }
        usual = pl.lit(self.headings.get(column), pl.String)
        if not own:
            return usual
        return pl.coalesce(
            pl.col("indicator").replace_strict(own, default=None, return_dtype=pl.String), usual
        )

    def figure_heading(self) -> pl.Expr:
        """The heading of the column that a figure came from: the numerator's where the file gives only counts."""
        numerator = pl.coalesce(self.heading("numerator"), self.heading("value"))
        return pl.when("_worked_out").then(numerator).otherwise(self.heading("value"))

    def named(self, found: pl.DataFrame) -> pl.DataFrame:
        """Add the indicator's unit and decimals, and `what`, which figure it is: `Telefon, Skara, maj 2024, 65+`."""
        indicators = {item.id: item.short_name for item in self.catalogue.indicators.values()}
        areas = {area.id: area.name for area in self.catalogue.areas.values()}
        sexes = {"women": ", kvinnor", "men": ", män", "total": ""}
        age = pl.when(pl.col("age") == "total").then(pl.lit("")).otherwise(pl.lit(", ") + pl.col("age"))
        return (
            found.join(
                frames.rules(self.catalogue).select("indicator", "unit", "decimals"),
                on="indicator",
                how="left",
            )
            .join(period_labels(found), on=["period_start", "period_type"], how="left")
            .with_columns(
                pl.concat_str(
                    pl.col("indicator").replace(indicators),
                    pl.lit(", "),
                    pl.col("area").replace(areas),
                    pl.lit(", "),
                    pl.col("period"),
                    pl.col("sex").replace(sexes),
                    age,
                ).alias("what")
            )
            .drop("period")
        )


def _known(published: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """The rows of indicators that the catalogue still has."""
    if set(published["indicator"].unique()) <= set(catalogue.indicators):
        return published
    return published.filter(pl.col("indicator").is_in(list(catalogue.indicators)))


def period_labels(rows: pl.DataFrame) -> pl.DataFrame:
    """Columns period_start, period_type and `period`, its label; one row per different period."""
    periods = rows.select("period_start", "period_type").unique()
    labels = [Period(start, PeriodType(kind)).label for start, kind in periods.iter_rows()]
    return periods.with_columns(pl.Series("period", labels, pl.String))
