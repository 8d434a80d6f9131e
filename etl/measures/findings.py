"""Whether a figure has really changed: what may be said of it once every rule has been asked.

Three rules are asked, and only one that fires lets a sentence say that something has become better or worse
(Kroll & Potts 2026, BMJ Leader leader-2025-001348: claims of improvement without a chart behind them are the
common fault of written follow-ups):

* the process behaviour chart of the newest figure (`variation`);
* the trend of the newest periods (`trend`);
* the change that the judgement goes by (`year_change` with its interval, or `before` where rates are compared).

Each says up, down or nothing. They agree, or one says something and the others nothing: that is the finding.
They disagree, or the change shown beside them goes the other way: the signs are mixed, and nobody may say that
it got better. For a target that is a range no way is better: there a figure has only increased or decreased.
"""

from __future__ import annotations

from enum import StrEnum
from math import isfinite
from typing import TYPE_CHECKING, Any

import polars as pl

from etl.measures import text
from etl.measures.frames import WAYS
from schemas.catalogue import Direction, TargetKind
from schemas.results import Compared, Trend, Variation
from schemas.swedish import rounded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.catalogue import Indicator, Target


class Finding(StrEnum):
    """What the rules say together; there is none where no rule fired."""

    BETTER = "better"
    WORSE = "worse"
    INCREASED = "increased"
    DECREASED = "decreased"
    MIXED = "mixed"


#: Words of the rules that follow the direction: 1 where good, -1 where bad.
_BY_DIRECTION = {
    str(Variation.IMPROVEMENT): 1,
    str(Variation.CONCERN): -1,
    str(Trend.BETTER): 1,
    str(Trend.WORSE): -1,
}

#: Words of the rules that say which way by themselves.
_BY_THEMSELVES = {
    str(Variation.HIGH): 1,
    str(Variation.LOW): -1,
    str(Trend.INCREASING): 1,
    str(Trend.DECREASING): -1,
    str(Compared.HIGHER): 1,
    str(Compared.LOWER): -1,
}

_RULES = ("variation", "trend", "before")


def signal(word: str | None, direction: Direction) -> int:
    """Which way a rule's word says that the figure has gone: 1 up, -1 down, 0 nothing said."""
    if word in _BY_DIRECTION:
        return _BY_DIRECTION[word] * WAYS[direction]
    return _BY_THEMSELVES.get(word or "", 0)


def known(value: float | None) -> float | None:
    """The number, or None where there is none."""
    return value if value is not None and isfinite(value) else None


def moved(row: Mapping[str, Any], indicator: Indicator) -> int:
    """Which way the change that the judgement goes by points, as shown: 1 up, -1 down, 0 not at all."""
    change = rounded(known(row.get("year_change")) or 0.0, indicator.decimals)
    return (change > 0) - (change < 0)


def finding(row: Mapping[str, Any], indicator: Indicator, target: Target | None) -> Finding | None:
    """What the rules say of one row.

    Args:
        row: A row of `ASSESSED_SCHEMA`, of which are used variation, trend, before, year_change and
            year_change_is_certain.
        indicator: What the figure is of.
        target: What it is held against, if anything.

    Returns:
        The finding; None where no rule fired. `findings` says the same of whole columns.
    """
    signals = {signal(row.get(rule), indicator.direction) for rule in _RULES}
    change = moved(row, indicator)
    if row.get("year_change_is_certain"):
        signals.add(change)
    signals.discard(0)
    if not signals:
        return None
    if len(signals | ({change} - {0})) > 1:
        return Finding.MIXED
    way = signals.pop()
    good = 0 if target is not None and target.kind is TargetKind.RANGE else WAYS[indicator.direction]
    if not good:
        return Finding.INCREASED if way > 0 else Finding.DECREASED
    return Finding.BETTER if way == good else Finding.WORSE


def findings() -> pl.Expr:
    """`finding` for whole columns.

    Needs the columns variation, trend, before, year_change and year_change_is_certain of `ASSESSED_SCHEMA`,
    direction and decimals of the indicator (`etl.measures.frames.rules`), and kind of the target (null where
    there is none).
    """
    good = pl.col("direction").replace_strict(WAYS, return_dtype=pl.Int8)
    signals = [_signal(pl.col(rule), good) for rule in _RULES]
    year_change = pl.col("year_change").fill_nan(None).fill_null(0.0)
    change = text.rounded(year_change, pl.col("decimals")).sign().cast(pl.Int8)
    certain = pl.col("year_change_is_certain").fill_null(value=False)
    fired = [*signals, pl.when(certain).then(change).otherwise(pl.lit(0, pl.Int8))]
    up = pl.any_horizontal(one > 0 for one in fired)
    down = pl.any_horizontal(one < 0 for one in fired)
    is_range = (pl.col("kind") == TargetKind.RANGE).fill_null(value=False)
    neutral = is_range | (good == 0)
    mixed = (up & down) | (up & (change < 0)) | (down & (change > 0))
    return (
        pl.when(~up & ~down)
        .then(None)
        .when(mixed)
        .then(pl.lit(str(Finding.MIXED)))
        .when(neutral & up)
        .then(pl.lit(str(Finding.INCREASED)))
        .when(neutral)
        .then(pl.lit(str(Finding.DECREASED)))
        .when(up == (good > 0))
        .then(pl.lit(str(Finding.BETTER)))
        .otherwise(pl.lit(str(Finding.WORSE)))
    )


def _signal(word: pl.Expr, good: pl.Expr) -> pl.Expr:
    by_direction = word.replace_strict(_BY_DIRECTION, default=0, return_dtype=pl.Int8)
    by_itself = word.replace_strict(_BY_THEMSELVES, default=0, return_dtype=pl.Int8)
    return (by_direction * good + by_itself).fill_null(0)
