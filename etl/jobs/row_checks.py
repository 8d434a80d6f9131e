"""What every job asks of its rows, beyond what the schema can: the catalogue's own bounds and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from schemas.catalogue import Catalogue, Indicator, Unit
from schemas.problem import no_problems, problem, problems_from
from schemas.swedish import number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

#: How far a share may lie from its own numerator and denominator: as far as rounding to whole per cent goes.
_ROUNDING = 0.5 + 1e-6

_PERIODS = {
    "year": "år", "half_year": "halvår", "quarter": "kvartal", "month": "månad",
    "week": "vecka", "season": "säsong", "date": "datum",
}  # fmt: skip


def check_rows(rows: pl.DataFrame, catalogue: Catalogue, headings: Mapping[str, str]) -> pl.DataFrame:
    """All problems of observations that can be told row by row.

    Args:
        rows: Canonical observations, ready to store.
        catalogue: Bounds, age groups and period types per indicator.
        headings: Canonical column → heading in the file.
    """
    limits = _Limits(catalogue)
    return pl.concat(
        [
            out_of_bounds(rows, limits, headings.get("value")),
            numerators_too_large(rows, limits, headings.get("numerator")),
            shares_off(rows, limits, headings.get("value")),
            unknown_ages(rows, limits, headings.get("age")),
            other_periods(rows, limits, headings.get("period")),
        ]
    )


class _Limits:
    """The catalogue's numbers and words per indicator, as expressions over the column `indicator`."""

    def __init__(self, catalogue: Catalogue):
        self._items = catalogue.indicators

    def of(self, pick: Callable[[Indicator], object], dtype: type[pl.DataType] | pl.DataType) -> pl.Expr:
        """One attribute of the row's indicator."""
        values = {name: pick(item) for name, item in self._items.items()}
        return pl.col("indicator").replace_strict(values, default=None, return_dtype=dtype)

    def named(self, keep: Callable[[Indicator], bool]) -> Sequence[str]:
        """The indicators for which something holds."""
        return [name for name, item in self._items.items() if keep(item)]


def _swedish(name: str) -> pl.Expr:
    """A number column as text with a decimal comma."""
    return pl.col(name).round(6).cast(pl.String).str.replace(r"\.0$", "").str.replace(".", ",", literal=True)


def out_of_bounds(rows: pl.DataFrame, limits: _Limits, column: str | None) -> pl.DataFrame:
    """Values that the indicator can't have, such as a share over 100."""
    low, high = (
        limits.of(lambda item: item.lowest, pl.Float64),
        limits.of(lambda item: item.highest, pl.Float64),
    )
    wrong = rows.filter((pl.col("value") < low) | (pl.col("value") > high))
    if wrong.is_empty():
        return no_problems()
    span = limits.of(lambda item: f"{_plain(item.lowest)} till {_plain(item.highest)}", pl.String)
    return problems_from(
        wrong,
        "value_out_of_bounds",
        column=column,
        value=_swedish("value"),
        expected=pl.concat_str(pl.lit("ett tal från "), span),
        hint="Värdet är inte möjligt för indikatorn. Rätta värdet.",
    )


def _plain(limit: float) -> str:
    return number(limit) if float(limit).is_integer() else number(limit, 1)


def numerators_too_large(rows: pl.DataFrame, limits: _Limits, column: str | None) -> pl.DataFrame:
    """Shares with a numerator above the denominator."""
    shares = limits.named(lambda item: item.unit is Unit.PERCENT)
    wrong = rows.filter((pl.col("numerator") > pl.col("denominator")) & pl.col("indicator").is_in(shares))
    return problems_from(
        wrong,
        "numerator_too_large",
        column=column,
        value=_swedish("numerator"),
        expected=pl.concat_str(pl.lit("högst nämnaren, "), _swedish("denominator")),
        hint="Täljaren är större än nämnaren. Kontrollera att de inte har bytt plats.",
    )


def shares_off(rows: pl.DataFrame, limits: _Limits, column: str | None) -> pl.DataFrame:
    """Shares that differ from their own numerator and denominator by more than rounding."""
    shares = limits.named(lambda item: item.unit is Unit.PERCENT)
    counted = (100 * pl.col("numerator") / pl.col("denominator")).alias("counted")
    wrong = (
        rows.filter(pl.col("numerator") <= pl.col("denominator"))
        .with_columns(counted)
        .filter(((pl.col("value") - pl.col("counted")).abs() > _ROUNDING) & pl.col("indicator").is_in(shares))
    )
    return problems_from(
        wrong.with_columns(pl.col("counted").round(1)),
        "value_disagrees",
        column=column,
        value=_swedish("value"),
        expected=pl.concat_str(_swedish("counted"), pl.lit(" enligt täljare och nämnare")),
        hint="Värdet stämmer inte med täljaren och nämnaren. Rätta det som är fel.",
    )


def unknown_ages(rows: pl.DataFrame, limits: _Limits, column: str | None) -> pl.DataFrame:
    """Age groups that the indicator isn't followed for."""
    groups = limits.of(lambda item: item.ages, pl.List(pl.String))
    distinct = rows.select("indicator", "age").unique().filter(~pl.col("age").is_in(groups))
    if distinct.is_empty():
        return no_problems()
    named = limits.of(
        lambda item: ", ".join("Totalt" if age == "total" else age for age in item.ages), pl.String
    )
    return problems_from(
        rows.join(distinct, on=["indicator", "age"], how="semi"),
        "unknown_age",
        column=column,
        value=pl.col("age").replace({"total": "Totalt"}),
        expected=pl.concat_str(pl.lit("en åldersgrupp som indikatorn följs för: "), named),
        hint="Rätta åldern, eller lämna cellen tom för indikatorns huvudgrupp.",
    )


def other_periods(rows: pl.DataFrame, limits: _Limits, column: str | None) -> pl.DataFrame:
    """A warning per indicator that is delivered by another length of period than it is followed by."""
    usual = limits.of(lambda item: str(item.period_type), pl.String)
    found = (
        rows.select("indicator", "period_type")
        .unique(maintain_order=True)
        .filter(pl.col("period_type") != usual)
        .with_columns(limits.of(lambda item: item.name, pl.String).alias("name"), usual.alias("usual"))
    )
    return problems_from(
        found,
        "other_period_type",
        severity="warning",
        sheet=None,
        row=None,
        column=column,
        value=pl.concat_str("name", pl.lit(" per "), pl.col("period_type").replace(_PERIODS)),
        expected=pl.concat_str(pl.lit("per "), pl.col("usual").replace(_PERIODS)),
        hint="Uppgifterna lagras, men jämförs inte med dem som har indikatorns vanliga period.",
    )


def mixed_origin(rows: pl.DataFrame, column: str | None) -> pl.DataFrame:
    """An error where example rows and real rows come in one file: nobody could tell them apart later."""
    example = pl.col("origin") == "example"
    count = rows.select(example.sum()).item()
    if count in {0, rows.height}:
        return no_problems()
    first = rows.filter(example).row(0, named=True)
    return problem(
        "mixed_origin",
        sheet=first["sheet"],
        row=first["row"],
        column=column,
        value=first["source"],
        expected="bara exempeldata eller bara riktiga uppgifter",
        hint=f"{number(count)} av {number(rows.height)} rader är exempeldata. Dela upp filen i två.",
    )


def no_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """An error where a file has nothing to store."""
    if rows.height:
        return no_problems()
    return problem(
        "no_rows",
        expected="minst en rad med uppgifter för Västra Götaland",
        hint="Filen har inga rader att lagra. Fyll i minst en rad under rubrikerna.",
    )
