"""Series to draw charts of."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from etl.measures import frames, spc
from schemas.period import PeriodType
from schemas.results import SERIES_SCHEMA
from tests.etl.measures import county

MONTHS = {"year": 12, "season": 12, "half_year": 6, "quarter": 3, "month": 1}


def starts(count, kind="month", first=dt.date(2018, 1, 1)):
    """First days of periods in a row."""
    if kind in {"week", "date"}:
        return [first + dt.timedelta(days=7 * place) for place in range(count)]
    months = [first.year * 12 + first.month - 1 + place * MONTHS[kind] for place in range(count)]
    return [dt.date(month // 12, month % 12 + 1, 1) for month in months]


def line(values, kind="month", without=(), **more):
    """One series; None is a figure that is missing, places in `without` have no row at all."""
    days = starts(len(values), kind)
    return county.series(
        *(
            {
                "period_start": day,
                "period_type": kind,
                "value": value,
                "flag": "missing" if value is None else None,
                **more,
            }
            for place, (day, value) in enumerate(zip(days, values, strict=True))
            if place not in without
        )
    )


def many(values, kind="month"):
    """One series per row of a 2-D array, areas 00000 and on."""
    count, length = values.shape
    days = pl.Series(starts(length, kind), dtype=pl.Date)
    frame = pl.DataFrame(
        {
            "area": np.repeat([f"{place:05}" for place in range(count)], length),
            "period_start": pl.concat([days] * count),
            "value": values.ravel(),
        }
    )
    told = {"indicator": "andel", "period_type": kind, "sex": "total", "age": "total", "method": "direct"}
    return frame.with_columns(pl.lit(value).alias(name) for name, value in told.items()).select(
        pl.col(name).cast(dtype) if name in {*frame.columns, *told} else pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in SERIES_SCHEMA.items()
    )


def rules(**changes):
    """The rules of the share indicator, whose values may be anything."""
    free = {"lowest": -1e12, "highest": 1e12, "period_type": PeriodType.MONTH}
    return frames.rules(county.catalogue([county.indicator(**{**free, **changes})]))


def drawn(values, kind="month", without=(), rebases=None, baselines=None, **changes):
    """The chart of one series."""
    return spc.chart(line(values, kind, without), rules(**changes), rebases, baselines)


def rebased(*days):
    return pl.DataFrame(
        {"indicator": ["andel"] * len(days), "date": list(days)}, schema_overrides={"date": pl.Date}
    )


def fixed(until=None, points=None):
    schema = {"indicator": pl.String, "until": pl.Date, "points": pl.Int32}
    return pl.DataFrame({"indicator": ["andel"], "until": [until], "points": [points]}, schema=schema)


def asked(required=None, low=None, high=None, target="mal", **more):
    """The target of one area."""
    row = {"indicator": "andel", "area": "14", "age": "total", "target": target, **more}
    row |= {"required": required, "low": low, "high": high}
    numbers = {"required": pl.Float64, "low": pl.Float64, "high": pl.Float64, "target": pl.String}
    return pl.DataFrame([row], schema_overrides=numbers)


def judged(chart, targets=None, **changes):
    """What is said of the one series of a chart."""
    rows = spc.process(chart, asked() if targets is None else targets, rules(**changes))
    return rows.row(0, named=True)


def limits_of(chart, place=-1):
    return tuple(chart.select("lower_limit", "mean", "upper_limit").row(place))
