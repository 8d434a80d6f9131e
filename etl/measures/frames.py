"""What the measures need of the catalogue, as frames to join with."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Literal, TypeVar
from weakref import ref

import numpy as np
import polars as pl

from schemas.catalogue import Direction, Level, Unit
from schemas.period import PeriodType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from weakref import ReferenceType

    from numpy.typing import NDArray

    from schemas.catalogue import Catalogue

    Source = TypeVar("Source")

NO_NUMBER = "Värdet är inget tal"

#: What makes figures of different areas comparable: the same indicator, period and breakdown.
GROUP = ["indicator", "period_start", "period_type", "sex", "age"]

#: What makes a figure one and the same.
KEY = [*GROUP, "area"]

#: Period types shorter than a year: one is like the same one a year before, not like the one before it.
SEASONAL = [PeriodType.HALF_YEAR, PeriodType.QUARTER, PeriodType.MONTH, PeriodType.WEEK]

_SEASONAL = pl.Series([*map(str, SEASONAL)])

#: Which way is better: 1 up, -1 down, 0 neither.
WAYS = {str(Direction.HIGHER): 1, str(Direction.LOWER): -1, str(Direction.NONE): 0}

#: So few names are looked up one by one in less time than all at once.
FEW = 300

_RULES = {
    "indicator": pl.String(),
    "unit": pl.String(),
    "direction": pl.String(),
    "roll_up": pl.String(),
    "decimals": pl.Int32(),
    "scale": pl.Float64(),
    "minimum_numerator": pl.Int32(),
    "minimum_denominator": pl.Int32(),
    "usual_period_type": pl.String(),
    "update_interval_months": pl.Int32(),
    "lowest_public_level": pl.String(),
    "headline_age": pl.String(),
    "lowest": pl.Float64(),
    "highest": pl.Float64(),
    "screening": pl.Boolean(),
    "season": pl.Boolean(),
    "way": pl.Int8(),
}
_AREAS = {"area": pl.String(), "area_name": pl.String(), "level": pl.String(), "division": pl.String()}
_MEMBERS = {
    "municipality": pl.String(),
    "municipality_name": pl.String(),
    "area": pl.String(),
    "level": pl.String(),
    "division": pl.String(),
}

_MONTHS = {
    PeriodType.YEAR: "1y",
    PeriodType.HALF_YEAR: "6mo",
    PeriodType.QUARTER: "3mo",
    PeriodType.MONTH: "1mo",
    PeriodType.SEASON: "1y",
    PeriodType.WEEK: "1w",
}


def once(made: Callable[[Source], pl.DataFrame]) -> Callable[[Source], pl.DataFrame]:
    """A frame that rests on nothing but a catalogue or a frame, which never change, is made once for each."""
    known: dict[int, tuple[ReferenceType[Source], pl.DataFrame]] = {}

    @wraps(made)
    def kept(source: Source) -> pl.DataFrame:
        place = id(source)
        if (found := known.get(place)) is not None and found[0]() is source:
            return found[1]
        frame = made(source)
        known[place] = ref(source, lambda _gone: known.pop(place, None)), frame
        return frame

    return kept


@once
def rules(catalogue: Catalogue) -> pl.DataFrame:
    """One row per indicator: how its figures are counted, hidden, judged and shown.

    Returns:
        Columns indicator, unit, direction, roll_up, decimals, scale (100 where a ratio becomes per cent, else
        1), minimum_numerator, minimum_denominator, usual_period_type, update_interval_months,
        lowest_public_level, headline_age, lowest and highest (bounds of a possible value), screening and
        season (`schemas.catalogue_parts.ProcessChart`), and way (which way is better: 1 up, -1 down, 0 neither).
    """
    rows = [
        (
            item.id,
            str(item.unit),
            str(item.direction),
            str(item.roll_up),
            item.decimals,
            100.0 if item.unit is Unit.PERCENT else 1.0,
            item.minimum_numerator,
            item.minimum_denominator,
            str(item.period_type),
            item.update_interval_months,
            str(item.lowest_public_level),
            item.headline_age,
            item.lowest,
            item.highest,
            item.spc.screening,
            item.spc.season,
            WAYS[item.direction],
        )
        for item in catalogue.indicators.values()
    ]
    return pl.DataFrame(rows, schema=_RULES, orient="row")


@once
def areas(catalogue: Catalogue) -> pl.DataFrame:
    """One row per area: area, area_name, level, division (null except for delregioner)."""
    rows = [(item.id, item.name, str(item.level), item.division) for item in catalogue.areas.values()]
    return pl.DataFrame(rows, schema=_AREAS, orient="row")


@once
def members(catalogue: Catalogue) -> pl.DataFrame:
    """Which municipalities an area is made of, in every division and for the county.

    Returns:
        Columns municipality, municipality_name, area, level, division; one row per municipality and area.
    """
    known = catalogue.areas
    municipalities = [item for item in known.values() if item.level is Level.MUNICIPALITY]
    counties = [item.id for item in known.values() if item.level is Level.COUNTY]
    rows: list[tuple[str, str, str, str, str | None]] = [
        (item.municipality, known[item.municipality].name, item.area, str(Level.DELREGION), item.division)
        for item in catalogue.memberships
    ]
    for item in municipalities:
        county = item.parent if item.parent in counties else counties[0]
        rows.append((item.id, item.name, county, str(Level.COUNTY), None))
    return pl.DataFrame(rows, schema=_MEMBERS, orient="row").unique(maintain_order=True)


@once
def centres(catalogue: Catalogue) -> pl.DataFrame:
    """Which municipality a vårdcentral lies in: columns centre and municipality, one row for each."""
    rows = [(item.id, item.parent) for item in catalogue.health_centres]
    return pl.DataFrame(rows, schema={"centre": pl.String(), "municipality": pl.String()}, orient="row")


def period_end(start: pl.Expr, kind: pl.Expr) -> pl.Expr:
    """The last day of a period (`schemas.period.Period.end`).

    Args:
        start: First day, Date.
        kind: Period type, String.
    """
    step = kind.replace_strict({str(key): step for key, step in _MONTHS.items()}, default="1d")
    return start.dt.offset_by(step).dt.offset_by("-1d")


def numbers_only(series: pl.DataFrame) -> pl.DataFrame:
    """Figures whose value is infinite or no number are missing, with a reason; the others are as they were.

    Args:
        series: `schemas.results.SERIES_SCHEMA`.
    """
    odd = ~series["value"].is_finite()
    if not odd.any():
        return series
    blank = ["value", "numerator", "denominator", "lower", "upper", "interval_method", "interval_level"]
    return series.with_columns(
        *(pl.when(~odd.fill_null(value=False)).then(pl.col(name)).alias(name) for name in blank),
        pl.when(odd).then(pl.lit("missing")).otherwise("flag").alias("flag"),
        pl.when(odd).then(pl.lit(NO_NUMBER)).otherwise("reason").alias("reason"),
    )


def both_sexes(series: pl.DataFrame) -> pl.DataFrame:
    """The figures of women and men together, in their order.

    Args:
        series: With column sex.
    """
    together = series["sex"] == "total"
    return series if together.all(ignore_nulls=False) else series.filter(together)


def without_centres(rows: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """Rows of all areas but vårdcentraler, which get no judgement; the rows themselves where there are none.

    Args:
        rows: With column area.
        catalogue: The areas.
    """
    centres = [area.id for area in catalogue.health_centres]
    return rows.filter(~pl.col("area").is_in(centres)) if centres else rows


def is_example(origin: pl.Expr) -> pl.Expr:
    """Generated figures form a class of their own, never mixed with published or uploaded ones."""
    return origin == "example"


def places(names: pl.Series, known: pl.Series) -> NDArray[np.int64]:
    """Where each name stands among the known ones; -1 where it doesn't.

    Args:
        names: Any names; null is none.
        known: Names without repetition.
    """
    if len(names) <= FEW:
        place_of = {name: place for place, name in enumerate(known.to_list()) if name is not None}
        return np.array([place_of.get(name, -1) for name in names.to_list()], dtype=np.int64)
    if is_one(names):
        return np.repeat(places(names.head(1), known), len(names))
    found = names.cast(pl.Enum(known), strict=False).to_physical().to_numpy()
    return (np.nan_to_num(found, nan=-1.0) if found.dtype.kind == "f" else found).astype(np.int64)


def is_one(names: pl.Series) -> bool:
    """Whether all names are one and the same."""
    first = names[0]
    # Most columns that differ do so in their ends.
    return not names.null_count() and first == names[-1] and bool((names == first).all())


def with_rules(
    rows: pl.DataFrame, rules: pl.DataFrame, *columns: str, how: Literal["inner", "left"] = "inner"
) -> pl.DataFrame:
    """The rows in their order with what the rules say of their indicators.

    Some times faster than a join, since what is looked up is always the same few names.

    Args:
        rows: With column indicator and none of `columns`.
        rules: `rules`, or what else has one row per indicator.
        columns: Those to add.
        how: Whether rows that the rules say nothing of are left out, or have nothing in the columns.
    """
    place = places(rows["indicator"], rules["indicator"])
    if (place < 0).any():
        return rows.join(rules[["indicator", *columns]], on="indicator", how=how, maintain_order="left")
    said = rules[list(columns)]
    if len(place) and (place == place[0]).all():
        return rows.hstack([one.new_from_index(int(place[0]), len(place)) for one in said])
    return rows.hstack(said[place.astype(np.uint32)])


def shaped(frame: pl.DataFrame, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """The columns of a schema, in its order and of its types."""
    chosen = frame[list(schema)]
    wanted = zip(chosen.dtypes, schema.items(), strict=True)
    return chosen.with_columns(frame[name].cast(dtype) for is_of, (name, dtype) in wanted if is_of != dtype)


def is_seasonal(kinds: pl.Series) -> NDArray[np.bool_]:
    """Whether each period type is shorter than a year; null is none."""
    return places(kinds, _SEASONAL) >= 0


def words(name: str, code: NDArray, named: Sequence[str]) -> pl.Series:
    """Codes as words: the word at each code's place, null for a code below 0."""
    place = np.where(code < 0, len(named), code).astype(np.uint32)
    return pl.Series(name, [*map(str, named), None], dtype=pl.String)[place]
