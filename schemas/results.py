"""What the measures give and the pages show: series, judgements, and their outcomes."""

from __future__ import annotations

from enum import StrEnum

import polars as pl


class Outcome(StrEnum):
    """How an area stands against a target. Never a bare colour; each has a word and a symbol on screen."""

    TARGET_REACHED = "target_reached"
    ON_THE_WAY = "on_the_way"
    NOT_ON_THE_WAY = "not_on_the_way"
    WRONG_DIRECTION = "wrong_direction"
    CANNOT_BE_JUDGED = "cannot_be_judged"


class Method(StrEnum):
    """How an area's figure came about."""

    DIRECT = "direct"
    RATIO_OF_SUMS = "ratio_of_sums"
    POPULATION_WEIGHTED = "population_weighted"
    SUM = "sum"


class IntervalMethod(StrEnum):
    """How an interval was computed; the formulas are in `etl.measures.interval`."""

    WILSON = "wilson"
    BYAR = "byar"
    EXACT = "exact"
    STUDENT = "student"
    DOBSON = "dobson"
    NEWCOMBE = "newcombe"
    MOVER = "mover"
    RATE_RATIO = "rate_ratio"


#: One figure per indicator, area, period and breakdown, rolled up and with small counts hidden.
#: `division` is set for delregioner only. `members` of `members_expected` municipalities had a figure.
#: `interval_method` is one of `IntervalMethod` and `interval_level` the level (0.95) of `lower` and `upper`; both
#: are null where there is no interval. `reason` says in Swedish why there is no value. `batch` is the newest
#: batch that the figure rests on.
SERIES_SCHEMA: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "area": pl.String(),
    "level": pl.String(),
    "division": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "period_type": pl.String(),
    "sex": pl.String(),
    "age": pl.String(),
    "value": pl.Float64(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "lower": pl.Float64(),
    "upper": pl.Float64(),
    "interval_method": pl.String(),
    "interval_level": pl.Float64(),
    "method": pl.String(),
    "members": pl.Int32(),
    "members_expected": pl.Int32(),
    "flag": pl.String(),
    "origin": pl.String(),
    "source": pl.String(),
    "batch": pl.Int64(),
    "reason": pl.String(),
}

#: The latest figure of every indicator, area and age group against each of its targets (a row with no
#: target where there is none). `change` is since the period before, in the unit; `change_is_certain` is null
#: where it can't be told; `course` is better, worse, unchanged or null. The three with `year_` say the same of
#: the change that the judgement goes by: for half-years, quarters, months and weeks since the same period one
#: year before, for years, seasons and dates the very same as since the period before. `required` is what the
#: target's path asks for at the figure's date, `target_value` what it asks for in the end (null for a range).
JUDGEMENT_SCHEMA: dict[str, pl.DataType] = {
    **SERIES_SCHEMA,
    "target": pl.String(),
    "previous_start": pl.Date(),
    "previous_value": pl.Float64(),
    "change": pl.Float64(),
    "change_is_certain": pl.Boolean(),
    "course": pl.String(),
    "year_change": pl.Float64(),
    "year_change_is_certain": pl.Boolean(),
    "year_course": pl.String(),
    "required": pl.Float64(),
    "target_value": pl.Float64(),
    "judgement": pl.String(),
}


class Variation(StrEnum):
    """What a process behaviour chart says of the newest figure; `high` and `low` where no way is better."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    HIGH = "high"
    LOW = "low"
    COMMON = "common"


class Assurance(StrEnum):
    """Whether a target will be met with the process as it is today."""

    MET = "met"
    MISSED = "missed"
    INCONSISTENT = "inconsistent"


class Trend(StrEnum):
    """Where a series is going; `increasing` and `decreasing` where no way is better."""

    BETTER = "better"
    WORSE = "worse"
    INCREASING = "increasing"
    DECREASING = "decreasing"
    NO_CHANGE = "no_change"


class Compared(StrEnum):
    """How a figure stands beside another; `higher` and `lower` where no way is better."""

    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    SIMILAR = "similar"


_COMPARED: dict[str, pl.DataType] = {"": pl.String(), "_level": pl.Float64(), "_value": pl.Float64()}

#: What is said of a judgement besides its outcome, one row for each row of `JUDGEMENT_SCHEMA`. Every answer that
#: is null has its reason in Swedish. `points` is how many figures the chart's present stretch has. `…_level` is
#: the strictest level (99.8 or 95) at which a difference is certain, null where it is at neither. `projected` is
#: for `projected_on`, with the bounds of an 80 % band. `reach_first` and `reach_last` are the years between
#: which the target would be reached; `reach_last` is null where that isn't before 2040 at the band's bad end,
#: both where it isn't at the good end either. `path_distance` is the figure minus what the target's path asks
#: for today, in the unit.
ASSESSMENT_SCHEMA: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "area": pl.String(),
    "age": pl.String(),
    "target": pl.String(),
    "period_type": pl.String(),
    "variation": pl.String(),
    "variation_rule": pl.String(),
    "variation_reason": pl.String(),
    "points": pl.Int32(),
    "process_mean": pl.Float64(),
    "process_lower": pl.Float64(),
    "process_upper": pl.Float64(),
    "assurance": pl.String(),
    "assurance_reason": pl.String(),
    "trend": pl.String(),
    "trend_slope": pl.Float64(),
    "trend_reason": pl.String(),
    **{
        f"{against}{end}": dtype
        for against in ("county", "country", "before")
        for end, dtype in (*_COMPARED.items(), ("_reason", pl.String()))
    },
    "projected_on": pl.Date(),
    "projected": pl.Float64(),
    "projected_lower": pl.Float64(),
    "projected_upper": pl.Float64(),
    "reach_first": pl.Int32(),
    "reach_last": pl.Int32(),
    "projection_reason": pl.String(),
    "path_distance": pl.Float64(),
}

#: A judgement with all that is said of it: what is kept beside the rows, and what the pages show.
ASSESSED_SCHEMA: dict[str, pl.DataType] = {**JUDGEMENT_SCHEMA, **ASSESSMENT_SCHEMA}
