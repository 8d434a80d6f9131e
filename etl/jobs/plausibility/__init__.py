"""Warnings about a delivery beside what is published: they stop nothing, but must be seen.

Each check is pure and looks at one thing; all of them are whole columns. Example and real rows are never compared
with each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.jobs.plausibility.coverage import fewer_municipalities
from etl.jobs.plausibility.denominators import jumped_denominators
from etl.jobs.plausibility.hundredfold import hundredfold
from etl.jobs.plausibility.outliers import outliers
from etl.jobs.plausibility.sides import Sides
from etl.jobs.plausibility.sums import areas_and_parts, sexes_and_both
from etl.jobs.portions import by_indicator
from schemas.problem import no_problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.catalogue import Catalogue

#: A fraction that the file itself gave away isn't told of again.
_TOLD_ALREADY = "maybe_fraction"

_CELL = ["sheet", "row"]


def implausible(
    delivered: pl.DataFrame,
    published: pl.DataFrame,
    catalogue: Catalogue,
    headings: Mapping[str, str],
    told: pl.DataFrame,
) -> pl.DataFrame:
    """Everything about a delivery that looks odd beside what is published.

    Args:
        delivered: Observations to be stored, `OBSERVATION_SCHEMA`.
        published: What is published of the same indicators, at least the same columns.
        catalogue: Indicators, areas and members.
        headings: Canonical column → heading in the file.
        told: The problems found so far.

    Returns:
        Warnings, `schemas.problem.PROBLEM_SCHEMA`.
    """
    known = told.filter(pl.col("code") == _TOLD_ALREADY).select(_CELL)
    found = [
        _of_portion(Sides.of(*portion, catalogue, headings), known)
        for portion in by_indicator(delivered, published)
    ]
    return pl.concat(found) if found else no_problems()


def _of_portion(sides: Sides, known: pl.DataFrame) -> pl.DataFrame:
    times = hundredfold(sides)
    odd = outliers(sides).join(times.select(_CELL), on=_CELL, how="anti", nulls_equal=True)
    return pl.concat(
        [
            times.join(known, on=_CELL, how="anti", nulls_equal=True),
            odd.join(known, on=_CELL, how="anti", nulls_equal=True),
            jumped_denominators(sides),
            areas_and_parts(sides),
            sexes_and_both(sides),
            fewer_municipalities(sides),
        ]
    )
