"""Continuity (kontinuitet): fast läkarkontakt, kontinuitetsindex, return to hospital, ready for discharge.

The same goal can look met in a register and unmet in a survey, so the two are never mixed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.jobs.job import LONG_SHAPES, Job
from etl.jobs.text import first_of
from schemas.catalogue import Catalogue, Subject
from schemas.problem import no_problems, problem

if TYPE_CHECKING:
    from etl.extract.model import Extracted


def mixed_sources(rows: pl.DataFrame, catalogue: Catalogue) -> list[str]:
    """Sources that are given for both a register and a survey; one source can't be both.

    Example rows are left out: they all name the generator as their source.
    """
    perspective = {item.id: item.perspective for item in catalogue.indicators.values()}
    return (
        rows.lazy()
        .filter(pl.col("source").is_not_null() & (pl.col("origin") != "example"))
        .select(
            "source",
            pl.col("indicator")
            .replace_strict(perspective, default=None, return_dtype=pl.String)
            .alias("perspective"),
        )
        .drop_nulls()
        .group_by("source")
        .agg(pl.col("perspective").n_unique())
        .filter(pl.col("perspective") > 1)
        .sort("source")
        .collect()["source"]
        .to_list()
    )


def cross_check(rows: pl.DataFrame, extracted: Extracted, catalogue: Catalogue) -> pl.DataFrame:
    """Warn where register and survey figures are said to come from the same source."""
    sources = mixed_sources(rows, catalogue)
    if not sources:
        return no_problems()
    return problem(
        "mixed_perspectives",
        severity="warning",
        column=extracted.headings.get("source"),
        value=first_of(sources),
        expected="en källa som är antingen register eller enkät",
        hint="Register och enkät mäter olika saker. Kontrollera att varje rad har rätt indikator och källa.",
    )


JOB = Job(
    subject=Subject.CONTINUITY,
    shapes=LONG_SHAPES,
    cross_check=cross_check,
)
