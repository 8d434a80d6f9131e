"""What can be wrong with an observation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.transform import columns
from etl.transform.checks import RAW, Check, bad_number, empty_cell, heading, unknown_word
from etl.transform.period_suggestions import period_hint
from etl.transform.shares import maybe_fraction, tolerance
from schemas.columns import OBSERVATION_KEY
from schemas.problem import no_problems, problems_from

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.catalogue import Catalogue

#: Flags of a figure that has no value.
WITHOUT_VALUE = ["missing", "suppressed"]

NUMBERS = ("value", "numerator", "denominator")

#: The spread of the values behind a mean.
DEVIATION = "standard_deviation"

#: What a binary number may leave behind.
_BINARY_REST = 1e-6

#: A standard deviation says nothing of a single value.
_LEAST_VALUES = 2


def cell_checks(frame: pl.DataFrame, listed: Catalogue | None) -> list[Check]:
    """What can be wrong with the cells that say what a figure is about.

    Args:
        frame: The rows, with what each cell means already.
        listed: The catalogue whose age groups must be kept to; None where any age band may stand.
    """
    raw_period = pl.col(f"{RAW}period")
    return [
        empty_cell("indicator"),
        empty_cell("area"),
        empty_cell("period"),
        Check(
            "bad_period",
            "period",
            raw_period.is_not_null() & pl.col("period_start").is_null(),
            "en period, som 2024, 2024-05, 2024K1, 2024 v.15, HT2024, 2022/2023 eller ett datum",
            period_hint(frame),
        ),
        unknown_word("sex", "Totalt, Kvinnor eller Män", frame, columns.SEXES, columns.SHOWN_SEXES),
        _age(listed),
        unknown_word(
            "flag",
            "preliminär, undertryckt, saknas eller en tom cell",
            frame,
            columns.FLAGS,
            columns.SHOWN_FLAGS,
        ),
    ]


def _age(listed: Catalogue | None) -> Check:
    unreadable = pl.col(f"{RAW}age").is_not_null() & pl.col("age").is_null()
    if listed is None:
        return Check("unknown_age", "age", unreadable, "en ålder, som 18-29 eller 90+", "Rätta åldern.")
    groups = {item.id: item.ages for item in listed.indicators.values()}
    named = {
        key: ", ".join("Totalt" if age == "total" else age for age in ages) for key, ages in groups.items()
    }
    pairs = [f"{key}\n{age}" for key, ages in groups.items() for age in ages]
    pair = pl.concat_str("indicator", pl.lit("\n"), "age")
    groups_named = pl.col("indicator").replace_strict(named, default=None, return_dtype=pl.String)
    return Check(
        "unknown_age",
        "age",
        unreadable | ~pair.is_in(pairs),
        pl.concat_str(pl.lit("en åldersgrupp som indikatorn följs för: "), groups_named.fill_null("Totalt")),
        "Rätta åldern, eller lämna cellen tom för indikatorns huvudgrupp.",
    )


def figure_checks() -> list[Check]:
    """What can be wrong with the numbers."""
    value, numerator, denominator = pl.col("value"), pl.col("numerator"), pl.col("denominator")
    flag = pl.col("flag")
    no_figure = flag.is_in(WITHOUT_VALUE)
    unread = pl.any_horizontal(f"bad_{name}" for name in NUMBERS) | (denominator <= 0).fill_null(False)
    span = pl.concat_str(pl.lit("ett tal från "), _plain("lowest"), pl.lit(" till "), _plain("highest"))
    counted = pl.col("per") * numerator / denominator
    written = value.is_not_null() & ~pl.col("counted").fill_null(False)
    possible = (denominator > 0) & ((numerator <= denominator) | ~pl.col("share"))
    return [
        *(bad_number(name) for name in NUMBERS),
        empty_cell("value", value.is_null() & ~no_figure.fill_null(False) & ~unread),
        Check(
            "flag_contradicts",
            "flag",
            no_figure & value.is_not_null(),
            "ingen siffra när flaggan är saknas eller undertryckt",
            "Ta bort värdet eller flaggan.",
        ),
        Check(
            "value_out_of_bounds",
            "value",
            (written | ~pl.col("share")) & ((value < pl.col("lowest")) | (value > pl.col("highest"))),
            span,
            "Värdet är inte möjligt för indikatorn. Rätta värdet.",
        ),
        Check("out_of_range", "numerator", numerator < 0, "noll eller ett större tal", "Rätta täljaren."),
        Check("out_of_range", "denominator", denominator <= 0, "ett tal större än noll", "Rätta nämnaren."),
        Check(
            "numerator_too_large",
            "numerator",
            pl.col("share") & (denominator > 0) & (numerator > denominator),
            "högst lika mycket som nämnaren",
            "Täljaren är större än nämnaren. Kontrollera att de inte har bytt plats.",
        ),
        Check(
            "value_disagrees",
            "value",
            written & possible & ((value - counted).abs() > tolerance(pl.col("decimals"))),
            "samma värde som täljaren delad med nämnaren",
            "Värdet stämmer inte med täljaren och nämnaren. Rätta det som är fel.",
        ),
        Check(
            "empty_denominator",
            "denominator",
            pl.col("nothing"),
            "en nämnare större än noll",
            "Nämnaren är noll, så ingen andel kan räknas. Raden lästes som saknas.",
            severity="warning",
        ),
        maybe_fraction(),
        *(_not_whole(name) for name in ("numerator", "denominator")),
    ]


def _not_whole(name: str) -> Check:
    """The warning of a count with decimals: a point between thousands that was read as a decimal mark."""
    count = pl.col(name)
    return Check(
        "count_not_whole",
        name,
        pl.col("of_counts") & ((count - count.round()).abs() > _BINARY_REST),
        "ett antal utan decimaler",
        "Antalet lästes med decimaler. Skriv det utan punkt om punkten skiljer tusental åt.",
        severity="warning",
    )


def is_given(frame: pl.DataFrame, column: str) -> bool:
    """Whether any row has it."""
    return frame.select(pl.col(column).null_count()).item() < frame.height


def deviation_checks(frame: pl.DataFrame) -> list[Check]:
    """What can be wrong with standard deviations; nothing where none is given, as in most files."""
    if not is_given(frame, f"{RAW}{DEVIATION}"):
        return []
    deviation, number = pl.col(DEVIATION), pl.col("denominator")
    unused = (number < _LEAST_VALUES) | (number.is_null() & ~pl.col("bad_denominator"))
    return [
        bad_number(DEVIATION),
        Check(
            "out_of_range",
            DEVIATION,
            deviation < 0,
            "noll eller ett större tal",
            "Rätta standardavvikelsen.",
        ),
        Check(
            "flag_contradicts",
            DEVIATION,
            pl.col("flag").is_in(WITHOUT_VALUE) & deviation.is_not_null(),
            "ingen standardavvikelse när flaggan är saknas eller undertryckt",
            "Ta bort standardavvikelsen eller flaggan.",
        ),
        Check(
            "deviation_without_number",
            DEVIATION,
            pl.col("mean") & (deviation >= 0) & unused,
            "minst två värden bakom medelvärdet, räknade i nämnaren",
            "Standardavvikelsen används inte utan det. Fyll i nämnaren.",
            severity="warning",
        ),
        Check(
            "no_deviation",
            DEVIATION,
            pl.col("mean") & (deviation == 0),
            "ett tal större än noll",
            "Noll betyder att alla värden bakom medelvärdet är lika. Lämna cellen tom om spridningen inte är känd.",
            severity="warning",
        ),
    ]


def told_deviations(frame: pl.DataFrame, headings: Mapping[str, str]) -> pl.DataFrame:
    """One warning for each indicator that isn't a mean and was delivered with standard deviations."""
    if not is_given(frame, DEVIATION):
        return no_problems()
    odd = pl.col(DEVIATION).is_not_null() & ~pl.col("mean")
    found = (
        frame.filter(odd)
        .group_by("indicator", maintain_order=True)
        .agg(pl.len().alias("count"), pl.col("sheet", "row", f"{RAW}{DEVIATION}").first())
    )
    return problems_from(
        found,
        "deviation_not_read",
        severity="warning",
        column=heading(DEVIATION, headings),
        value=f"{RAW}{DEVIATION}",
        expected="en tom cell: bara ett medelvärde i dagar har en standardavvikelse",
        hint=pl.concat_str(
            pl.lit("Standardavvikelsen för "),
            "indicator",
            pl.lit(" lästes inte, på "),
            pl.col("count").cast(pl.String),
            pl.when(pl.col("count") == 1).then(pl.lit(" rad.")).otherwise(pl.lit(" rader.")),
        ),
    )


def _plain(column: str) -> pl.Expr:
    """A bound without decimals that say nothing."""
    return pl.col(column).cast(pl.String).str.replace(r"\.0$", "").str.replace(".", ",", literal=True)


def twice(frame: pl.DataFrame) -> Check:
    """The check for rows about the same thing; both are told.

    Two rows with one key have one hash. Where no two have, the keys, many times as large, aren't compared.
    """
    key = pl.struct(OBSERVATION_KEY)
    alike = frame.select(key.hash().is_duplicated().any()).item()
    place = [pl.col(f"{RAW}{name}") for name in ("indicator", "area", "period", "sex", "age")]
    return Check(
        "duplicate_key",
        "indicator",
        key.is_duplicated() if alike else pl.repeat(value=False, n=pl.len()),
        "en rad per indikator, område, period, kön och ålder",
        "Samma uppgift finns på flera rader. Behåll en av dem.",
        value=pl.concat_str(place, separator=", ", ignore_nulls=True),
    )
