"""Back-testing the projection: from every origin, what would have been said, and what came.

Three groups of series: the bundled monthly and yearly ones (`data/published`, `data/examples`, through the
pipeline) and, where they are at hand, real yearly ones of SCB and Kolada (`../shared/data`).
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.bundle import bundled_files
from etl.jobs.delivery import check
from etl.measures import forecast
from etl.measures.pipeline import derive

if TYPE_CHECKING:
    from pathlib import Path

    from etl.catalogue import Knowledge

Numbers = np.ndarray
#: Values, periods in a year, whether each row is a share, steps ahead → expected, lower, upper.
Forecaster = Callable[[Numbers, int, Numbers, Numbers], tuple[Numbers, Numbers, Numbers]]

LEAST = {12: 24, 1: 5}
FIRST_ORIGIN = {12: 36, 1: 5}
ORIGIN_STEP = {12: 6, 1: 1}
FARTHEST = {12: 36, 1: 5}


@dataclass(frozen=True)
class Series:
    """One indicator's series: a row per area, a column per period."""

    name: str
    values: Numbers
    per_year: int
    is_share: bool


def bundled(knowledge: Knowledge, folder: Path) -> Iterator[Series]:
    """What comes with the program, as the pages show it: both sexes, the county and below, money left out."""
    checked = [check(path.read_bytes(), knowledge, origin=origin) for path, origin in bundled_files(folder)]
    rows = pl.concat([item.observations for item in checked if item.observations.height])
    money = next(item.allocations for item in checked if item.allocations.height).clear()
    batch = pl.lit(1, pl.Int64).alias("batch")
    series, _ = derive(
        rows.with_columns(batch), money.with_columns(batch), knowledge.catalogue, knowledge.population
    )
    kept = series.filter(
        pl.col("sex") == "total",
        pl.col("area") != "00",
        pl.col("period_type").is_in(["year", "season", "month"]),
    )
    for (name, kind), own in kept.group_by("indicator", "period_type", maintain_order=True):
        indicator = knowledge.catalogue.indicators[str(name)]
        if indicator.unit == "kronor":
            continue
        wide = own.sort("period_start").pivot(on="period_start", index="area", values="value").drop("area")
        yield Series(str(name), wide.to_numpy(), 12 if kind == "month" else 1, indicator.unit == "percent")


def real(folder: Path) -> Iterator[Series]:
    """Real yearly series: three of Kolada, and SCB's share of inhabitants with foreign background, as examples."""
    kolada = pl.read_csv(folder / "kolada_values_sample_v3.csv", infer_schema=False).with_columns(
        pl.col("value").cast(pl.Float64), pl.col("year").cast(pl.Int32)
    )
    for (name,), own in kolada.group_by("kpi", maintain_order=True):
        wide = own.sort("year").pivot(
            on="year", index="municipality_id", values="value", aggregate_function="first"
        )
        yield Series(str(name), wide.drop("municipality_id").to_numpy(), 1, name == "N00945")
    text = (folder / "scb_pxweb_raw_latin1_utl_harkomst_2021-07-09.csv").read_bytes().decode("latin-1")
    counts: dict[str, list[Numbers]] = {}
    for line in csv.reader(text.replace("\r\r\n", "\n").splitlines()):
        if len(line) > 2 and line[2].isdigit() and line[0] != "region":
            counts.setdefault(line[0], []).append(np.array(line[2:], float))
    shares = [100 * parts[0] / sum(parts) for parts in counts.values() if len(parts) == 2]
    yield Series("scb", np.array(shares), 1, is_share=True)


@dataclass
class Score:
    """What a method said, against what came: errors in standard deviations of the indicator."""

    count: int = 0
    covered: int = 0
    error: float = 0.0
    width: float = 0.0
    by_year: dict[int, list[int]] = field(default_factory=dict)

    @property
    def coverage(self) -> float:
        return self.covered / self.count

    @property
    def mean_error(self) -> float:
        return self.error / self.count

    def add(self, came: Numbers, said: tuple[Numbers, Numbers, Numbers], years: Numbers) -> None:
        expected, lower, upper = said
        known = ~np.isnan(came)
        inside = known & (came >= lower - 1e-9) & (came <= upper + 1e-9)
        self.count += int(known.sum())
        self.covered += int(inside.sum())
        self.error += float(np.abs(came - expected)[known].sum())
        self.width += float((upper - lower)[known].sum())
        for year in np.unique(years):
            of = self.by_year.setdefault(int(year), [0, 0])
            of[0] += int(known[:, years == year].sum())
            of[1] += int(inside[:, years == year].sum())

    def __str__(self) -> str:
        far = ", ".join(
            f"år {year}: {hit / count:.0%}" for year, (count, hit) in self.by_year.items() if count
        )
        return f"träff {self.coverage:.1%} ({far}), fel {self.mean_error:.3f}, bredd {self.width / self.count:.2f}"


def back_test(series: list[Series], method: Forecaster) -> Score:
    """From every origin, up to three years ahead by month and five by year."""
    score = Score()
    for item in series:
        per_year, spread = item.per_year, float(np.nanstd(item.values))
        for origin in range(FIRST_ORIGIN[per_year], item.values.shape[1], ORIGIN_STEP[per_year]):
            known = item.values[:, :origin]
            fit_for_it = ~np.isnan(known[:, -1]) & ((~np.isnan(known)).sum(axis=1) >= LEAST[per_year])
            if not fit_for_it.any():
                continue
            came = item.values[fit_for_it, origin : origin + FARTHEST[per_year]]
            steps = np.arange(1, came.shape[1] + 1)
            shares = np.full(len(came), item.is_share)
            said = method(known[fit_for_it], per_year, shares, steps)
            expected, lower, upper = (part / spread for part in said)
            score.add(came / spread, (expected, lower, upper), -(-steps // per_year))
    return score


def ours(method: forecast.Method) -> Forecaster:
    """The program's method with some constants."""
    return lambda values, per_year, shares, steps: forecast.ahead(
        forecast.fit(values, per_year, shares, method=method), steps
    )


def naive(*, drift: bool) -> Forecaster:
    """The newest figure, with or without the mean yearly change from the first one; textbook bands.

    Hyndman & Athanasopoulos, Forecasting: principles and practice, 5.2 and 5.5: the one-step residuals' standard
    deviation times the root of the steps (with drift also times the root of 1 + steps / (points - 1)).
    """

    def say(
        values: Numbers, per_year: int, shares: Numbers, steps: Numbers
    ) -> tuple[Numbers, Numbers, Numbers]:
        first = (~np.isnan(values)).argmax(axis=1)
        length = values.shape[1] - 1 - first
        slope = (
            (values[:, -1] - values[np.arange(len(values)), first]) / length
            if drift
            else np.zeros(len(values))
        )
        steps_apart = np.diff(values, axis=1) - slope[:, None]
        deviation = np.sqrt(np.nanmean(steps_apart**2, axis=1))[:, None]
        half = 1.2815515655 * deviation * np.sqrt(steps * (1 + (steps / length[:, None] if drift else 0)))
        expected = values[:, -1:] + slope[:, None] * steps
        top = np.where(shares, 100.0, np.inf)[:, None]
        return tuple(np.clip(part, 0, top) for part in (expected, expected - half, expected + half))  # type: ignore[return-value]

    return say
