"""Text rows of observations → canonical rows, with every problem told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.extract.model import OBSERVATION_TEXT
from etl.transform import columns, numbers, periods
from etl.transform.areas import ADD_HEALTH_CENTRE, HEALTH_CENTRE, area_table, shared_names, shown_areas
from etl.transform.checks import RAW, Known, apply, with_raw, without
from etl.transform.indicators import indicator_table, shown_indicators
from etl.transform.names import folded, look_up
from etl.transform.observation_checks import (
    DEVIATION,
    NUMBERS,
    WITHOUT_VALUE,
    cell_checks,
    deviation_checks,
    figure_checks,
    is_given,
    told_deviations,
    twice,
)
from etl.transform.shares import told_fractions, with_per_cent
from etl.transform.sources import missing_source, origin_of
from schemas.catalogue import MEANS, Catalogue, Indicator, RollUp, Unit
from schemas.columns import OBSERVATION_SCHEMA
from schemas.problem import no_problems, problem
from schemas.swedish import count_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.extract.model import Extracted

#: Numbers that aren't counts.
_WITH_DECIMALS = ("value", DEVIATION)

_MIDNIGHT_OR_NONE = r"^\d{4}-\d{2}-01(?:[ T]00:00:00.*)?$"


def to_observations(
    extracted: Extracted, catalogue: Catalogue, *, origin: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Canonical observations out of a recognised file.

    A value that is left out is counted from numerator and denominator where the indicator is a ratio of them
    (times 100 for a share). An empty sex is the total, an empty age the indicator's headline group. A month
    that Excel turned into the first day of it is a month again where the indicator is monthly.

    Args:
        extracted: A file's rows as text.
        catalogue: The names, bounds and age groups that are known.
        origin: Where the rows come from (`schemas.columns.ORIGINS`); rows whose source says
            `Exempeldata` are `example` in any case.

    Returns:
        Rows as in `OBSERVATION_SCHEMA`, those with errors left out, and the problems of this step
        (`extracted.problems` are not repeated). Bounds and groups of the file as a whole are the job's.
    """
    if extracted.rows.is_empty():
        return pl.DataFrame(schema=OBSERVATION_SCHEMA), no_problems()
    indicators = _indicators(catalogue)
    areas = _areas(catalogue)
    frame = with_raw(extracted, OBSERVATION_TEXT)
    frame = frame.with_columns(indicators.ids(frame), areas.ids(frame))
    frame, outside = _within_county(frame, extracted, areas.shared)
    frame = _with_words(_with_facts(frame, catalogue))
    frame = _with_value(with_per_cent(_with_numbers(frame, extracted), extracted.conventions))
    listed = catalogue if extracted.conventions.ages == "listed" else None
    names = [indicators.check(frame), areas.check(frame)]
    checks = [*cell_checks(frame, listed), *figure_checks(), *deviation_checks(frame)]
    bad, told = apply(frame, [*names, *checks], extracted.headings)
    fractions = (
        told_fractions(frame, extracted.headings, indicators.shown)
        if extracted.conventions.share == "either"
        else no_problems()
    )
    months = _told_months(frame, extracted.headings)
    deviations = told_deviations(frame, extracted.headings)
    unsigned = missing_source(frame, extracted)
    frame = without(frame, bad)
    duplicated, repeated = apply(frame, [twice(frame)], extracted.headings)
    rows = _canonical(without(frame, duplicated), origin)
    return rows, pl.concat([outside, told, repeated, fractions, months, deviations, unsigned])


def _indicators(catalogue: Catalogue) -> Known:
    return Known(
        "indicator",
        indicator_table(catalogue),
        shown_indicators(catalogue),
        "unknown_indicator",
        "en indikator som följs, med namn, id eller Koladas id",
        "Indikatorn följs inte. Indikatorerna står i mallens förklaringsblad.",
    )


def _areas(catalogue: Catalogue) -> Known:
    return Known(
        "area",
        area_table(catalogue),
        shown_areas(catalogue),
        "unknown_area",
        "en kommun eller delregion i Västra Götaland, länet eller riket",
        "Området finns inte i länet. Områdena står i mallens förklaringsblad.",
        shared_names(catalogue),
        (HEALTH_CENTRE, ADD_HEALTH_CENTRE),
    )


def _within_county(
    frame: pl.DataFrame, extracted: Extracted, shared: Mapping[str, str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Leave out areas outside the county, told once, where the source covers all of Sweden.

    A name that several vårdcentraler have is one in the county: it stays, and is told as a problem.
    """
    outside = pl.col("area").is_null() & pl.col(f"{RAW}area").is_not_null()
    if extracted.conventions.unknown_areas == "error":
        return frame, no_problems()
    if shared:
        outside &= ~folded(pl.col(f"{RAW}area")).is_in(list(shared))
    skipped = frame.filter(outside)
    if skipped.is_empty():
        return frame, no_problems()
    names = skipped[f"{RAW}area"].unique(maintain_order=True)
    warning = problem(
        "outside_county",
        severity="warning",
        sheet=skipped["sheet"][0],
        row=skipped["row"][0],
        column=extracted.headings.get("area"),
        value=", ".join(names.head(3).to_list()),
        expected="områden i Västra Götaland",
        hint=f"{count_text(skipped.height, 'rad', 'rader')} för {count_text(len(names), 'område', 'områden')} "
        "utanför länet lästes inte.",
    )
    return frame.filter(~outside), warning


def _with_facts(frame: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """What the catalogue says about each row's indicator."""
    items = catalogue.indicators.values()
    facts = pl.DataFrame(
        {
            "indicator": [item.id for item in items],
            "share": [item.unit is Unit.PERCENT for item in items],
            "of_counts": [
                item.unit is Unit.PERCENT and item.roll_up is RollUp.RATIO_OF_SUMS for item in items
            ],
            "in_kronor": [item.unit is Unit.KRONOR for item in items],
            "mean": [item.unit in MEANS and item.roll_up is not RollUp.SUM for item in items],
            "per": [_per(item) for item in items],
            "headline": [item.headline_age for item in items],
            "usual_period": [str(item.period_type) for item in items],
            "lowest": [item.lowest for item in items],
            "highest": [item.highest for item in items],
        },
        schema={
            "indicator": pl.String,
            "share": pl.Boolean,
            "of_counts": pl.Boolean,
            "in_kronor": pl.Boolean,
            "mean": pl.Boolean,
            "per": pl.Float64,
            "headline": pl.String,
            "usual_period": pl.String,
            "lowest": pl.Float64,
            "highest": pl.Float64,
        },
    )
    # Looked up by place: a join would copy every other column of the frame.
    place = {item.id: row for row, item in enumerate(items)}
    places = frame["indicator"].replace_strict(place, default=None, return_dtype=pl.UInt32)
    found = facts.drop("indicator").select(pl.all().gather(places))
    return frame.hstack(found.with_columns(pl.col("share", "mean").fill_null(False)))


def _per(indicator: Indicator) -> float | None:
    """What numerator / denominator is multiplied with to be the value; None where it isn't the value."""
    if indicator.unit is Unit.PERCENT:
        return 100.0
    return 1.0 if indicator.roll_up is RollUp.RATIO_OF_SUMS else None


def _with_words(frame: pl.DataFrame) -> pl.DataFrame:
    """Period, sex, age and flag in canonical form; null where the cell can't be read."""
    read = periods.parse(frame[f"{RAW}period"])
    raw_sex, raw_age = pl.col(f"{RAW}sex"), pl.col(f"{RAW}age")
    words = frame.with_columns(
        read["period_start"],
        read["period_type"],
        look_up(frame[f"{RAW}sex"], columns.SEXES).alias("sex"),
        columns.ages(frame[f"{RAW}age"]).alias("age"),
        look_up(frame[f"{RAW}flag"], columns.FLAGS).alias("flag"),
    ).with_columns(
        pl.when(raw_sex.is_null()).then(pl.lit(columns.TOTAL)).otherwise("sex").alias("sex"),
        pl.when(raw_age.is_null()).then("headline").otherwise("age").alias("age"),
        (
            (pl.col("usual_period") == "month")
            & (pl.col("period_type") == "date")
            & pl.col(f"{RAW}period").str.contains(_MIDNIGHT_OR_NONE)
        )
        .fill_null(False)
        .alias("was_month"),
    )
    return words.with_columns(
        pl.when("was_month").then(pl.lit("month")).otherwise("period_type").alias("period_type")
    ).drop("headline")


def _with_numbers(frame: pl.DataFrame, extracted: Extracted) -> pl.DataFrame:
    # A column that the file doesn't have is left as nothing.
    lacking = [name for name in (*NUMBERS[1:], DEVIATION) if not is_given(frame, f"{RAW}{name}")]
    texts = {name: frame[f"{RAW}{name}"] for name in (*NUMBERS, DEVIATION) if name not in lacking}
    evidence = numbers.evidence(texts.values())
    read = {
        name: numbers.parse(
            text,
            point_is_thousands=evidence.point_is_thousands(whole=name not in _WITH_DECIMALS),
            marks=extracted.conventions.marks,
        )
        for name, text in texts.items()
    }
    odd = {name: _other_unit(name, found, frame) for name, found in read.items()}
    return frame.with_columns(
        *(found.without(odd[name]).alias(name) for name, found in read.items()),
        *((found.bad | odd[name]).alias(f"bad_{name}") for name, found in read.items()),
        *(found.mark.alias(f"mark_{name}") for name, found in read.items()),
        *(pl.lit(None, pl.Float64).alias(name) for name in lacking),
        *(pl.lit(value=False).alias(f"bad_{name}") for name in lacking),
        *(pl.lit(None, pl.String).alias(f"mark_{name}") for name in lacking),
        read["value"].percent.alias("percent"),
        numbers.decimals(read["value"].text).cast(pl.Int32).alias("decimals"),
    )


def _other_unit(name: str, found: numbers.Numbers, frame: pl.DataFrame) -> pl.Series:
    """True where a number has a unit that it can't have: per cent for a share's value, kronor for money."""
    percent = found.percent & ~frame["share"] if name == "value" else found.percent
    return (percent | (found.kronor & ~frame["in_kronor"].fill_null(False))) & frame[
        "indicator"
    ].is_not_null()


def _with_value(frame: pl.DataFrame) -> pl.DataFrame:
    """The flag from wherever it is said, and the value that was left out."""
    nothing_of_none = (
        (pl.col("denominator") == 0) & (pl.col("numerator") == 0) & pl.col(f"{RAW}value").is_null()
    ).fill_null(False)
    given = pl.col("value").is_not_null() | (
        pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null()
    )
    mark = pl.coalesce("mark_value", pl.when(~given).then(pl.coalesce("mark_numerator", "mark_denominator")))
    flagged = frame.with_columns(
        nothing_of_none.alias("nothing"),
        pl.coalesce("flag", mark, pl.when(nothing_of_none).then(pl.lit("missing"))).alias("flag"),
    ).with_columns(
        pl.when(~pl.col("nothing")).then(name).alias(name) for name in ("numerator", "denominator")
    )
    counted = pl.col("per") * pl.col("numerator") / pl.col("denominator")
    can_count = pl.col("per").is_not_null() & (pl.col("denominator") > 0) & pl.col(f"{RAW}value").is_null()
    return flagged.with_columns(
        pl.when(can_count).then(counted).otherwise("value").alias("value"), can_count.alias("counted")
    ).drop(f"mark_{name}" for name in (*NUMBERS, DEVIATION))


def _told_months(frame: pl.DataFrame, headings: Mapping[str, str]) -> pl.DataFrame:
    changed = frame.filter("was_month")
    if changed.is_empty():
        return no_problems()
    first = changed.row(0, named=True)
    read = count_text(changed.height, "datum lästes som månad", "datum lästes som månader")
    return problem(
        "date_as_month",
        severity="warning",
        sheet=first["sheet"],
        row=first["row"],
        column=headings.get("period"),
        value=first[f"{RAW}period"],
        expected="en månad, som 2024-05",
        hint=f"{read}, eftersom indikatorn följs per månad.",
    )


def _canonical(good: pl.DataFrame, origin: str) -> pl.DataFrame:
    source = pl.col(f"{RAW}source")
    without = pl.col("flag").is_in(WITHOUT_VALUE).fill_null(False)
    ready = good.with_columns(
        source.alias("source"),
        origin_of(source, origin).alias("origin"),
        pl.when(~without).then("value").alias("value"),
    )
    if is_given(ready, DEVIATION):
        ready = ready.with_columns(pl.when("mean").then(DEVIATION).alias(DEVIATION))
    return ready.select(pl.col(name).cast(dtype) for name, dtype in OBSERVATION_SCHEMA.items())
