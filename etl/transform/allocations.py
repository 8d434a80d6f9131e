"""Text rows of allocated money → canonical rows, with every problem told at once.

Whether they add up to the agreement's total is for the funds job to say.
"""

from __future__ import annotations

import polars as pl

from etl.extract.model import ALLOCATION_TEXT, Extracted
from etl.transform import columns, numbers
from etl.transform.areas import area_table, shown_areas
from etl.transform.checks import (
    RAW,
    Check,
    Known,
    apply,
    bad_number,
    empty_cell,
    unknown_word,
    with_raw,
    without,
)
from etl.transform.indicators import agreement_table
from etl.transform.names import look_up
from etl.transform.sources import missing_source, origin_of
from schemas.catalogue import Catalogue, Level
from schemas.columns import ALLOCATION_KEY, ALLOCATION_SCHEMA
from schemas.problem import no_problems

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def to_allocations(
    extracted: Extracted, catalogue: Catalogue, *, origin: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Canonical allocations out of a recognised file.

    Money of the whole county or of the region belongs to the county where no area is given. Money to
    municipalities needs a municipality.

    Args:
        extracted: A file's rows as text.
        catalogue: The agreements and areas that are known.
        origin: Where the rows come from (`schemas.columns.ORIGINS`); rows whose source says
            `Exempeldata` are `example` in any case.

    Returns:
        Rows as in `ALLOCATION_SCHEMA` with exact kronor, those with errors left out, and the problems of this
        step (`extracted.problems` are not repeated).
    """
    if extracted.rows.is_empty():
        return pl.DataFrame(schema=ALLOCATION_SCHEMA), no_problems()
    agreements, areas = _agreements(catalogue), _areas(catalogue)
    frame = with_raw(extracted, ALLOCATION_TEXT)
    frame = frame.with_columns(
        agreements.ids(frame),
        areas.ids(frame),
        pl.col(f"{RAW}purpose").alias("purpose"),
        pl.col(f"{RAW}recipient").alias("recipient"),
    )
    frame = _with_numbers(_with_words(frame, catalogue), extracted)
    checks = [agreements.check(frame), areas.check(frame), *_cells(frame, catalogue)]
    bad, told = apply(frame, checks, extracted.headings)
    good = without(frame, bad)
    duplicated, repeated = apply(good, [_twice()], extracted.headings)
    unsigned = missing_source(frame, extracted)
    return _canonical(without(good, duplicated), origin), pl.concat([told, repeated, unsigned])


def _agreements(catalogue: Catalogue) -> Known:
    return Known(
        "agreement",
        agreement_table(catalogue),
        {item.id: f"”{item.name}” ({item.id})" for item in catalogue.agreements.values()},
        "unknown_agreement",
        "en överenskommelse som är känd, med namn eller id",
        "Överenskommelsen är inte känd. De kända står i mallens förklaringsblad.",
    )


def _areas(catalogue: Catalogue) -> Known:
    return Known(
        "area",
        area_table(catalogue),
        shown_areas(catalogue),
        "unknown_area",
        "en kommun eller delregion i Västra Götaland eller länet",
        "Området finns inte i länet. Områdena står i mallens förklaringsblad.",
    )


def _with_words(frame: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    levels = {area.id: str(area.level) for area in catalogue.areas.values()}
    years = {item.id: item.year for item in catalogue.agreements.values()}
    words = frame.with_columns(
        pl.col(f"{RAW}year")
        .str.replace(r"\.0+$", "")
        .str.extract(r"^([0-9]{4})$", 1)
        .cast(pl.Int32)
        .alias("year"),
        look_up(frame[f"{RAW}level"], columns.LEVELS).alias("level"),
        look_up(frame[f"{RAW}kind"], columns.KINDS).alias("kind"),
    )
    no_area = pl.col(f"{RAW}area").is_null() & (pl.col("level") != "kommun")
    return words.with_columns(
        pl.when(no_area).then(pl.lit(catalogue.county.id)).otherwise("area").alias("area"),
        pl.col("agreement").replace_strict(years, default=None, return_dtype=pl.Int32).alias("agreed_year"),
    ).with_columns(
        pl.col("area").replace_strict(levels, default=None, return_dtype=pl.String).alias("area_level")
    )


def _with_numbers(frame: pl.DataFrame, extracted: Extracted) -> pl.DataFrame:
    texts = frame[f"{RAW}amount"]
    whole = numbers.evidence([texts]).point_is_thousands(whole=True)
    found = numbers.parse(texts, point_is_thousands=whole, marks=extracted.conventions.marks)
    amount, finer = numbers.as_kronor(found.text)
    unreadable = found.bad | found.percent | found.mark.is_not_null() | (finer & ~found.bad)
    return frame.with_columns(amount.alias("amount"), unreadable.alias("bad_amount"))


def _cells(frame: pl.DataFrame, catalogue: Catalogue) -> list[Check]:
    """What can be wrong with a row of money."""
    raw_year, level, area_level = pl.col(f"{RAW}year"), pl.col("level"), pl.col("area_level")
    not_a_year = ~pl.col("year").is_between(_FIRST_YEAR, _LAST_YEAR).fill_null(False)
    allowed = {
        "kommun": [str(Level.MUNICIPALITY)],
        "region": [str(Level.COUNTY)],
        "länsgemensamt": [str(Level.COUNTY), str(Level.DELREGION), str(Level.MUNICIPALITY)],
    }
    fitting = pl.concat_str(level, pl.lit("\n"), area_level).is_in(
        [f"{name}\n{kind}" for name, kinds in allowed.items() for kind in kinds]
    )
    return [
        *(
            empty_cell(name)
            for name in ("agreement", "year", "purpose", "level", "recipient", "kind", "amount")
        ),
        empty_cell("area", pl.col(f"{RAW}area").is_null() & (level == "kommun")),
        Check("bad_year", "year", raw_year.is_not_null() & not_a_year, "ett årtal, som 2021", "Rätta året."),
        Check(
            "wrong_year",
            "year",
            (pl.col("kind") == "allocated") & ~not_a_year & (pl.col("year") != pl.col("agreed_year")),
            "överenskommelsens år för fördelade medel",
            "Året är ett annat än överenskommelsens. Rätta året eller överenskommelsen.",
        ),
        unknown_word(
            "level", "länsgemensamt, region eller kommun", frame, columns.LEVELS, columns.SHOWN_LEVELS
        ),
        unknown_word("kind", "fördelat, använt eller återbetalt", frame, columns.KINDS, columns.SHOWN_KINDS),
        Check(
            "wrong_area_level",
            "area",
            ~fitting,
            "en kommun på nivån kommun, länet på nivån region, ett område i länet på nivån länsgemensamt",
            f"Nivån och området hör inte ihop. Länet skrivs {catalogue.county.name} eller {catalogue.county.id}.",
        ),
        bad_number("amount", "ett belopp i kronor med högst två decimaler, som 1 234 567,50"),
        Check(
            "out_of_range",
            "amount",
            pl.col("amount") < 0,
            "ett belopp som är noll eller större",
            "Skriv återbetalda medel som ett positivt belopp med typen återbetalt.",
        ),
    ]


def _twice() -> Check:
    names = ("agreement", "year", "purpose", "level", "area", "recipient", "kind")
    return Check(
        "duplicate_key",
        "agreement",
        pl.struct(ALLOCATION_KEY).is_duplicated(),
        "en rad per överenskommelse, år, ändamål, nivå, område, mottagare och typ",
        "Samma medel finns på flera rader. Behåll en av dem eller lägg ihop beloppen.",
        value=pl.concat_str([pl.col(f"{RAW}{name}") for name in names], separator=", ", ignore_nulls=True),
    )


def _canonical(good: pl.DataFrame, origin: str) -> pl.DataFrame:
    source = pl.col(f"{RAW}source")
    ready = good.with_columns(
        source.alias("source"),
        origin_of(source, origin).alias("origin"),
    )
    return ready.select(pl.col(name).cast(dtype) for name, dtype in ALLOCATION_SCHEMA.items())
