"""Which rows are worth a word, and how urgent: whole columns at once, before any sentence is written.

| priority | kind                | what it is                                                               |
|----------|---------------------|--------------------------------------------------------------------------|
| 1        | worse_and_worsening | worse than the county for certain, or the target missed by the process,  |
|          |                     | and got worse (`etl.measures.findings`)                                  |
| 2        | will_be_missed      | the target isn't reached and won't be: by the process as it is, by the   |
|          |                     | pace, or because it goes the wrong way for certain                       |
| 3        | will_not_last       | the target is reached now, which the process as it is doesn't do         |
| 4        | worse               | worse than the county for certain, without having got worse              |
| 5        | cannot_be_judged    | there is a target and no judgement                                       |

A row is given the most urgent of those that fit. By the pace a target is missed when the projection, even at
the good end of its 80 % band, reaches it after the day it is due, or not at all before the projection ends.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

from etl.measures import frames
from etl.measures.findings import Finding, findings
from schemas.results import Assurance, Compared, Outcome

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue


class Kind(StrEnum):
    """What a point is about; `rest` counts those that aren't told one by one."""

    WORSE_AND_WORSENING = "worse_and_worsening"
    WILL_BE_MISSED = "will_be_missed"
    WILL_NOT_LAST = "will_not_last"
    WORSE = "worse"
    CANNOT_BE_JUDGED = "cannot_be_judged"
    REST = "rest"


PRIORITIES = {kind: place for place, kind in enumerate(Kind, start=1)}


def prepared(rows: pl.DataFrame, catalogue: Catalogue, division: str) -> pl.DataFrame:
    """The rows of the county and one division's delregioner, with what is needed to choose among them.

    Args:
        rows: `ASSESSED_SCHEMA`.
        catalogue: The catalogue that the judgements were made with.
        division: Id of the division.

    Returns:
        The rows with `finding` (null without a figure), `is_missed_by_process`, `is_missed_by_pace`, `is_late`
        (by the pace, but reached later, in a year that can be told), `is_wrong_way`, `is_reached_for_now` (but
        not by the process), `is_worse` (than the county) and `kind` (null where there is nothing to say), in
        the catalogue's order of indicators, targets and areas. None of what tells of a target that is missed
        holds for one that is reached.
    """
    wanted = [catalogue.county.id, *(area.id for area in catalogue.delregioner(division))]
    kinds = {item.id: str(item.kind) for item in catalogue.targets.values()}
    due = {item.id: item.milestones[-1].date.year for item in catalogue.targets.values() if item.milestones}
    rules = frames.rules(catalogue).select("indicator", "direction", "decimals")
    rows = rows.filter(pl.col("area").is_in(wanted)).join(
        rules, on="indicator", how="inner", maintain_order="left"
    )
    due_year = pl.coalesce(
        pl.col("target").replace_strict(due, default=None, return_dtype=pl.Int32),
        pl.col("projected_on").dt.year(),
    )
    return (
        rows.with_columns(
            pl.col("target").replace_strict(kinds, default=None, return_dtype=pl.String).alias("kind"),
        )
        .with_columns(
            pl.when(pl.col("value").is_not_null()).then(findings()).alias("finding"), *_misses(due_year)
        )
        .with_columns(_kind().alias("kind"))
        .sort(*_order(catalogue, wanted), maintain_order=True)
    )


def _misses(due_year: pl.Expr) -> list[pl.Expr]:
    has_target = pl.col("target").is_not_null()
    judged = pl.col("judgement") != Outcome.CANNOT_BE_JUDGED
    behind = has_target & judged & (pl.col("judgement") != Outcome.TARGET_REACHED)
    late = pl.col("reach_first").is_null() | (pl.col("reach_first") > due_year)
    by_pace = pl.col("projected").is_not_null() & pl.col("projected_lower").is_not_null() & late
    wrong = pl.col("judgement") == Outcome.WRONG_DIRECTION
    by_process = pl.col("assurance") == Assurance.MISSED
    reached = has_target & (pl.col("judgement") == Outcome.TARGET_REACHED)
    return [
        (behind & by_process).fill_null(value=False).alias("is_missed_by_process"),
        (reached & by_process).fill_null(value=False).alias("is_reached_for_now"),
        (behind & by_pace).fill_null(value=False).alias("is_missed_by_pace"),
        (behind & by_pace & pl.col("reach_first").is_not_null()).fill_null(value=False).alias("is_late"),
        (behind & wrong).fill_null(value=False).alias("is_wrong_way"),
        (pl.col("county") == Compared.WORSE).fill_null(value=False).alias("is_worse"),
    ]


def _kind() -> pl.Expr:
    worsening = (pl.col("finding") == Finding.WORSE).fill_null(value=False)
    unjudged = pl.col("target").is_not_null() & (pl.col("judgement") == Outcome.CANNOT_BE_JUDGED)
    return (
        pl.when((pl.col("is_worse") | pl.col("is_missed_by_process")) & worsening)
        .then(pl.lit(str(Kind.WORSE_AND_WORSENING)))
        .when(pl.any_horizontal("is_missed_by_process", "is_missed_by_pace", "is_wrong_way"))
        .then(pl.lit(str(Kind.WILL_BE_MISSED)))
        .when("is_reached_for_now")
        .then(pl.lit(str(Kind.WILL_NOT_LAST)))
        .when("is_worse")
        .then(pl.lit(str(Kind.WORSE)))
        .when(unjudged)
        .then(pl.lit(str(Kind.CANNOT_BE_JUDGED)))
    )


def _order(catalogue: Catalogue, areas: list[str]) -> list[pl.Expr]:
    indicators = {name: place for place, name in enumerate(catalogue.indicators)}
    targets = {name: place for place, name in enumerate(catalogue.targets)}
    places = {name: place for place, name in enumerate(areas)}
    return [
        pl.col(name).replace_strict(order, default=None, return_dtype=pl.Int32)
        for name, order in (("indicator", indicators), ("target", targets), ("area", places))
    ]
