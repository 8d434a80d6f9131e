"""How the latest figure of an area stands beside the county, the country and its own earlier figure.

Against the county and the country as Fingertips' benchmark comparison does it: the area's interval against the
benchmark's *value*, at 95 and at 99.8 %, of the same indicator, period, age group and sex. A benchmark that the
interval leaves out is better or worse by the indicator's direction, higher or lower where no way is better,
and the stricter of the two levels is told.

The benchmark is taken to be without uncertainty, and an area is a part of its county and its country. Both
make a difference look a little smaller or surer than a comparison with the rest alone would: the more so, the
larger a part of the whole the area is. Fingertips has it the same way.

Against the area's own earlier figure, the one that the judgement goes by (`etl.measures.change`): Newcombe's
interval of the difference for shares, the score interval of the ratio for an index with counts, MOVER's of the
difference for means whose spread is known.

Departure from Fingertips: two figures that are alike as shown, at the indicator's decimals, are similar
whatever the interval says, so that the word never contradicts the screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures.change import moved_by, year_before
from etl.measures.frames import SEASONAL, is_example, is_seasonal, with_rules, words
from etl.measures.interval import as_series, z_of
from etl.measures.intervals import (
    DEVIATION,
    NO_COUNTS,
    NO_SPREAD,
    bounds,
    counted_figures,
    obstacles,
    with_deviation,
)
from etl.measures.keys import matching, taken
from etl.measures.standing import alike, sign, standing, strictest
from schemas.catalogue import MEANS, Level, RollUp
from schemas.results import ASSESSMENT_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.measures.interval import Bounds, Numbers
    from etl.measures.intervals import Counted
    from schemas.catalogue import Catalogue

#: The levels that differences are tested at, by how many per cent; the strictest first.
LEVELS = {99.8: 0.998, 95.0: 0.95}

NO_OWN = "Området har ingen uppgift att jämföra"
IS_COUNTY = "Området är länet självt"
NO_COUNTY = "Länet har ingen uppgift för samma period"
NO_COUNTRY = "Riket har ingen uppgift för samma period"
MIXED = "Den ena uppgiften är exempeldata och den andra inte"
SUMS = "Summor för olika stora områden kan inte jämföras"
NO_BEFORE = "Ingen tidigare uppgift att jämföra med"
NO_YEAR_BEFORE = "Ingen uppgift från samma period året före att jämföra med"

_AGAINST = ("county", "country", "before")
_AREA = ["indicator", "area", "age"]
_COUNTS = ["value", "numerator", "denominator", DEVIATION]
_PERIOD = ["indicator", "age", "period_type", "period_start"]
_COLUMNS = ["indicator", "area", "age", "target", "period_type"] + [
    name for name in ASSESSMENT_SCHEMA if name.startswith(_AGAINST)
]


def compare(
    judgements: pl.DataFrame, series: pl.DataFrame, rules: pl.DataFrame, catalogue: Catalogue
) -> pl.DataFrame:
    """Compare every judgement's figure with the county, the country and what it was before.

    Args:
        judgements: `JUDGEMENT_SCHEMA`.
        series: `SERIES_SCHEMA`.
        rules: `etl.measures.frames.rules`.
        catalogue: Tells which area is the county.

    Returns:
        One row for each judgement, in order: indicator, area, age, target, period_type and, for each of
        county, country and before as `<against>`: `<against>` (`schemas.results.Compared`),
        `<against>_level` (99.8 or 95 where a difference is certain, else null), `<against>_value` (in the
        indicator's unit) and `<against>_reason` (Swedish, where there is no answer).
    """
    rows = _figures(judgements, series, rules, catalogue)
    known = counted_figures(rows, rules)
    beside = _Beside(rows, {level: bounds(known, level=part) for level, part in LEVELS.items()}, known)
    found = pl.DataFrame(
        [
            *beside.whole("county", NO_COUNTY, rows["area"] == catalogue.county.id),
            *beside.whole("country", NO_COUNTRY),
            *beside.before(),
        ]
    )
    place = matching(judgements, rows, _AREA).astype(np.uint32)
    return judgements[[*_AREA, "target", "period_type"]].hstack(found[place])[_COLUMNS]


def _figures(
    judgements: pl.DataFrame, series: pl.DataFrame, rules: pl.DataFrame, catalogue: Catalogue
) -> pl.DataFrame:
    """One row per indicator, area and age group with what is compared and what it is compared with."""
    since = pl.when(pl.col("period_type").is_in(SEASONAL)).then(year_before()).otherwise("previous_start")
    rows = (
        with_deviation(judgements)
        .select(*_PERIOD, "area", *_COUNTS, "previous_start", is_example(pl.col("origin")).alias("_example"))
        .unique(_AREA, keep="first", maintain_order=True)
        .with_columns(pl.when(pl.col("value").is_not_null()).then(since).alias("_since"))
    )
    rows = with_rules(rows, rules, "direction", "decimals", "roll_up")
    there = (series["sex"] == "total") & series["value"].is_not_null()
    used = [*_PERIOD, "area", "level", *_COUNTS]
    known = with_deviation(series)[used].hstack([(series["origin"] == "example").alias("_example")])
    known = known.filter(there)
    wholes = {"county": known["area"] == catalogue.county.id, "country": known["level"] == Level.COUNTRY}
    for whole, which in wholes.items():
        rows = rows.hstack(_found(whole, rows, known.filter(which), _PERIOD, ["value", "_example"]))
    earlier = known.filter(pl.col("period_start").is_in(rows["_since"].unique().implode())).rename(
        {"period_start": "_since"}
    )
    key = [*_AREA, "period_type", "_since", "_example"]
    return rows.hstack(_found("before", rows, earlier, key, _COUNTS))


def _found(
    against: str, rows: pl.DataFrame, figures: pl.DataFrame, key: Sequence[str], names: Sequence[str]
) -> list[pl.Series]:
    """What the figure with the same key has in some columns, for each row; null where there is none."""
    place = matching(rows, figures, key)
    return [taken(figures[name], place).alias(f"{against}_{name.lstrip('_')}") for name in names]


class _Beside:
    """The figures beside others, as columns for `compare`."""

    def __init__(self, rows: pl.DataFrame, limits: dict[float, Bounds], known: Counted):
        """Figures with what they are compared with.

        Args:
            rows: From `_figures`.
            limits: Level in per cent → the figures' own intervals.
            known: The figures as arrays.
        """
        self._rows, self._limits, self._known = rows, limits, known
        self._value, self._decimals = rows["value"].to_numpy(), rows["decimals"].to_numpy()
        self._no_interval = obstacles(known, limits[min(LEVELS)][0])
        self._summed = (rows["roll_up"] == RollUp.SUM).to_numpy()

    def whole(self, whole: str, missing: str, is_itself: pl.Series | None = None) -> list[pl.Series]:
        """The four columns of the comparison with a larger area.

        Args:
            whole: county or country.
            missing: The reason where the larger area has no figure.
            is_itself: Rows of the county.
        """
        value = self._rows[f"{whole}_value"]
        other = value.to_numpy()
        mixed = (self._rows[f"{whole}_example"] != self._rows["_example"]).fill_null(value=False)
        itself = np.zeros(len(other), dtype=bool) if is_itself is None else is_itself.to_numpy()
        reasons = [NO_OWN, IS_COUNTY, SUMS, MIXED, missing]
        conditions = [np.isnan(self._value), itself, self._summed, mixed.to_numpy(), np.isnan(other)]
        code = np.select(conditions, range(len(reasons)), default=-1)
        same = alike(self._value, other, self._decimals)
        signs = {
            level: np.where(code < 0, sign(lower - other, upper - other, same), np.nan)
            for level, (lower, upper) in self._limits.items()
        }
        reason = words("", code, reasons)
        return self._answer(
            whole,
            signs,
            as_series("", np.where(code < 0, other, np.nan)),
            reason.zip_with(reason.is_not_null(), self._no_interval),
        )

    def before(self) -> list[pl.Series]:
        """The four columns of the comparison with the area's own earlier figure."""
        value = self._rows["before_value"]
        other = value.to_numpy()
        same = alike(self._value, other, self._decimals)
        signs = {level: sign(*self._change(z_of(part)), same) for level, part in LEVELS.items()}
        seasonal = is_seasonal(self._rows["period_type"])
        untold = np.isnan(signs[min(LEVELS)])
        reasons = [NO_OWN, NO_YEAR_BEFORE, NO_BEFORE, NO_SPREAD, NO_COUNTS]
        unspread = untold & self._known.of(*MEANS)
        code = np.select(
            [np.isnan(self._value), np.isnan(other) & seasonal, np.isnan(other), unspread, untold],
            range(len(reasons)),
            default=-1,
        )
        uncounted = pl.Series(code == reasons.index(NO_COUNTS)) & self._no_interval.is_not_null()
        reason = self._no_interval.zip_with(uncounted, words("", code, reasons))
        return self._answer("before", signs, value, reason)

    def _change(self, z: float) -> Bounds:
        """The interval of a difference of shares or means, or of a ratio of rates less 1."""
        known = self._known
        now = [known.value, known.numerator, known.denominator, known.deviation]
        before = [self._rows[f"before_{name}"].to_numpy() for name in _COUNTS]
        return moved_by(known.unit, now, before, z=z)

    def _answer(
        self, against: str, signs: dict[float, Numbers], value: pl.Series, reason: pl.Series
    ) -> list[pl.Series]:
        """What is certain at the strictest level is so at the others too."""
        return [
            standing(against, signs[min(signs)], self._rows["direction"]),
            strictest(f"{against}_level", signs),
            value.alias(f"{against}_value"),
            reason.alias(f"{against}_reason"),
        ]
