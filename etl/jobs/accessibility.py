"""Accessibility (tillgänglighet): the vårdgaranti's parts, BUP, emergency care.

Within specialised care the share of those still waiting and the share of those seen within the limit are read
together: seeing the longest-waiting patients first lowers the second while it improves the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.jobs.job import LONG_SHAPES, Job
from etl.jobs.text import first_of
from schemas.catalogue import Catalogue, Subject
from schemas.period import Period, PeriodType
from schemas.problem import no_problems, problem

if TYPE_CHECKING:
    from etl.extract.model import Extracted


def pairs(catalogue: Catalogue) -> dict[str, str]:
    """Indicator → the one that has to be read beside it, as the catalogue's counterparts say."""
    return {
        item.id: item.counterpart
        for item in catalogue.indicators.values()
        if item.subject is Subject.ACCESSIBILITY and item.counterpart
    }


def missing_halves(rows: pl.DataFrame, partner: dict[str, str]) -> pl.DataFrame:
    """Periods in which one indicator of a pair came without the other.

    Args:
        rows: Canonical observations.
        partner: As from `pairs`.

    Returns:
        Columns indicator (the one that came), missing (its other half), period_start, period_type.
    """
    periods = ["period_start", "period_type"]
    given = rows.select("indicator", *periods).unique()
    wanted = given.with_columns(
        pl.col("indicator").replace_strict(partner, default=None, return_dtype=pl.String).alias("missing")
    ).drop_nulls("missing")
    return wanted.join(
        given, left_on=["missing", *periods], right_on=["indicator", *periods], how="anti"
    ).sort(["indicator", *periods])


def cross_check(rows: pl.DataFrame, extracted: Extracted, catalogue: Catalogue) -> pl.DataFrame:
    """Warn where only one half of a pair was delivered for a period; one warning per indicator."""
    found = missing_halves(rows, pairs(catalogue))
    if found.is_empty():
        return no_problems()
    warnings = []
    for (came, missing), part in found.group_by(["indicator", "missing"], maintain_order=True):
        labels = [
            Period(start, PeriodType(kind)).label
            for start, kind in part.select("period_start", "period_type").rows()
        ]
        name, other = catalogue.indicators[str(came)].name, catalogue.indicators[str(missing)].name
        warnings.append(
            problem(
                "counterpart_missing",
                severity="warning",
                column=extracted.headings.get("indicator"),
                value=name,
                expected=f"även ”{other}” för {first_of(labels)}",
                hint="Väntande och genomförda ska läsas tillsammans. Leverera båda om de finns.",
            )
        )
    return pl.concat(warnings)


JOB = Job(
    subject=Subject.ACCESSIBILITY,
    shapes=LONG_SHAPES,
    cross_check=cross_check,
)
