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


#: One figure per indicator, area, period and breakdown, rolled up and with small counts hidden.
#: `division` is set for delregioner only. `members` of `members_expected` municipalities had a figure.
#: `reason` says in Swedish why there is no value. `batch` is the newest batch that the figure rests on.
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
