"""The series that can be projected, and what the forecast has learnt of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from etl.measures import forecast, regular
from etl.measures.frames import is_example, places, with_rules, words
from etl.measures.keys import matching
from schemas.catalogue import Unit
from schemas.period import PeriodType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from etl.measures.forecast import Numbers

#: The fewest figures that a projection is made from, and the fewest years of them where there are seasons.
LEAST_POINTS = 5
LEAST_YEARS = 2

MONEY = "Pengar fördelas genom beslut och skrivs inte fram"
DATES = "Uppgifterna gäller enstaka datum, och sådana skrivs inte fram"
NO_PAIRS = "Prognos kräver värden för samma period två år i rad, och sådana saknas"
TOO_FEW = "Prognos kräver minst {} värden från de senaste åren, men det finns bara {}"

LINE = ["indicator", "area", "age"]

_KINDS = list(regular.PER_YEAR)
_WINDOWS = [forecast.window(regular.PER_YEAR[kind]) for kind in _KINDS]
_NEEDED = [max(LEAST_POINTS, LEAST_YEARS * regular.PER_YEAR[kind]) for kind in _KINDS]


@dataclass(frozen=True)
class Lines:
    """Series with what has been learnt of them.

    Attributes:
        frame: One row per indicator, area and age group whose newest figure has a value, with period_type,
            newest (the number of its period), unit, lowest and highest, place (in the fit of its period type;
            null where nothing could be learnt) and why_not (Swedish; null where something was).
        fits: Period type → fit.
    """

    frame: pl.DataFrame
    fits: dict[str, forecast.Fit]

    def each(self, rows: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame, forecast.Fit]]:
        """Rows joined with `frame`, period type by period type, each with its fit in the rows' order.

        Args:
            rows: With columns period_type and place.
        """
        for kind, fit in self.fits.items():
            own = rows.filter(pl.col("place").is_not_null(), pl.col("period_type") == kind)
            if own.height:
                yield kind, own, fit.of(own["place"].to_numpy())


def lines(series: pl.DataFrame, judgements: pl.DataFrame, rules: pl.DataFrame) -> Lines:
    """Learn of every series that has a judged figure.

    The figures used are those of the judged figure's period type and class (example or real), up to it.

    Args:
        series: `SERIES_SCHEMA`, small counts already hidden.
        judgements: `JUDGEMENT_SCHEMA`.
        rules: `etl.measures.frames.rules`.
    """
    named = (
        judgements.filter(pl.col("value").is_not_null())
        .select(*LINE, "period_type", "period_start", is_example(pl.col("origin")).alias("example"))
        .unique(LINE, keep="first", maintain_order=True)
    )
    newest = regular.numbers(named["period_start"], named["period_type"]).alias("newest")
    named = with_rules(named.hstack([newest]), rules, "unit", "lowest", "highest")
    code = places(named["period_type"], pl.Series(_KINDS))
    figures = _figures(series, named, code)
    points = np.bincount(figures.line, minlength=named.height)
    why_not = _why_not(named, points, np.append(_NEEDED, 0)[code])
    fitted = np.flatnonzero(why_not.is_null())
    place = np.full(named.height, np.nan)
    fits = {}
    for of in dict.fromkeys(code[fitted].tolist()):
        own = fitted[code[fitted] == of]
        fit = fits[_KINDS[of]] = _fit(named, figures, own, regular.PER_YEAR[_KINDS[of]])
        # Nothing tells how wide the band is where no two figures are one year apart.
        place[own] = np.where(np.isnan(fit.moved), np.nan, np.arange(len(own)))
    unpaired = np.isnan(place) & why_not.is_null().to_numpy()
    why_not = why_not.zip_with(pl.Series(~unpaired), pl.Series([NO_PAIRS]))
    frame = named.hstack([pl.Series("place", place, nan_to_null=True).cast(pl.Int64), why_not])
    return Lines(frame.drop("period_start", "example"), fits)


class _Figures(NamedTuple):
    """The figures that lie in their lines' windows.

    Attributes:
        line: Whose each is.
        back: How many periods before the line's newest.
        value: Its value.
    """

    line: NDArray[np.int64]
    back: NDArray[np.int64]
    value: Numbers


def _figures(series: pl.DataFrame, named: pl.DataFrame, code: NDArray[np.int64]) -> _Figures:
    """What is known of each line; nothing of dates and of money.

    Args:
        series: As for `lines`.
        named: The lines.
        code: The place of each line's period type in `_KINDS`; -1 for dates.
    """
    there = (series["sex"] == "total") & series["value"].is_not_null()
    rows = series[[*LINE, "period_type", "period_start", "value", "origin"]].filter(there)
    line = matching(rows, named, [*LINE, "period_type"])
    number = regular.numbers(rows["period_start"], rows["period_type"]).to_numpy()
    is_example, example = (
        one.cast(pl.Float64).to_numpy() for one in (rows["origin"] == "example", named["example"])
    )
    newest = named["newest"].cast(pl.Float64).to_numpy()
    window = np.where((named["unit"] == Unit.KRONOR).to_numpy(), 0, np.append(_WINDOWS, 0)[code])
    if not (len(line) and len(window)):
        return _Figures(line[:0], line[:0], np.zeros(0))
    back = newest[line] - number
    used = np.flatnonzero((line >= 0) & (is_example == example[line]) & (back >= 0) & (back < window[line]))
    return _Figures(line[used], back[used].astype(np.int64), rows["value"].to_numpy()[used])


def _why_not(named: pl.DataFrame, points: NDArray[np.int64], needed: NDArray[np.int64]) -> pl.Series:
    """The reason why a line can't be projected: column why_not."""
    pairs, pair = np.unique(np.stack([needed, points]), axis=1, return_inverse=True)
    code = np.select(
        [
            (named["unit"] == Unit.KRONOR).to_numpy(),
            (named["period_type"] == PeriodType.DATE).to_numpy(),
            points < needed,
        ],
        [0, 1, 2 + pair.reshape(-1)],
        default=-1,
    )
    return words("why_not", code, [MONEY, DATES, *(TOO_FEW.format(*one) for one in pairs.T.tolist())])


def _fit(named: pl.DataFrame, figures: _Figures, own: NDArray[np.int64], per_year: int) -> forecast.Fit:
    """What is learnt of the lines `own`, a row each."""
    width = forecast.window(per_year)
    row = np.full(named.height, -1)
    row[own] = np.arange(len(own))
    line, back, value = figures
    mine = row[line] >= 0
    values: Numbers = np.full((len(own), width), np.nan)
    values[row[line[mine]], width - 1 - back[mine]] = value[mine]
    is_share = (named["unit"] == Unit.PERCENT).to_numpy()[own]
    return forecast.fit(values, per_year, is_share)
