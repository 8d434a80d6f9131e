"""Funds (länsgemensamma medel): what an agreement gave to whom, to the krona."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from etl.jobs.agreed_sums import wrong_figures
from etl.jobs.job import ALLOCATIONS, LONG_SHAPES, Job
from etl.jobs.text import kronor_column, kronor_text
from schemas.catalogue import Agreement, Catalogue, Subject
from schemas.problem import no_problems, problem, problems_from

if TYPE_CHECKING:
    from etl.extract.model import Extracted

#: Whose money a row is about.
_RECIPIENT = ["agreement", "purpose", "level", "area", "recipient"]
_OUTGOING = ["used", "repaid"]


def allocated_sums(rows: pl.DataFrame) -> dict[str, Decimal]:
    """Agreement → the sum of what is allocated, in kronor with öre."""
    sums = rows.filter(pl.col("kind") == "allocated").group_by("agreement").agg(pl.col("amount").sum())
    return dict(sums.rows())


def _sum_problem(agreement: Agreement, allocated: Decimal, column: str | None) -> pl.DataFrame:
    difference = allocated - agreement.total
    too = "för mycket" if difference > 0 else "för lite"
    return problem(
        "allocation_sum",
        column=column,
        value=kronor_text(allocated),
        expected=kronor_text(agreement.total),
        hint=(
            f"De fördelade beloppen i {agreement.name} blir tillsammans {kronor_text(allocated)}, "
            f"men ska vara {kronor_text(agreement.total)}: {kronor_text(abs(difference))} {too}. "
            "Rätta beloppen."
        ),
    )


def wrong_sums(rows: pl.DataFrame, catalogue: Catalogue, column: str | None) -> pl.DataFrame:
    """An error for every agreement whose allocated sums don't add up to its total, öre counted.

    A file that has only used or repaid money is short of the whole total: what is published of an agreement
    always comes from one delivery, so that file would take the allocation's place.
    """
    sums = allocated_sums(rows)
    found = [no_problems()]
    for name in rows["agreement"].unique(maintain_order=True).drop_nulls():
        agreement, allocated = catalogue.agreements.get(name), sums.get(name, Decimal(0))
        if agreement is not None and allocated != agreement.total:
            found.append(_sum_problem(agreement, allocated, column))
    return pl.concat(found)


def overdrawn(rows: pl.DataFrame, column: str | None) -> pl.DataFrame:
    """An error for every recipient and purpose with more used and repaid than allocated in the same file."""
    allocated = (
        rows.filter(pl.col("kind") == "allocated")
        .group_by(_RECIPIENT)
        .agg(pl.col("amount").sum().alias("allocated"))
    )
    outgoing = (
        rows.filter(pl.col("kind").is_in(_OUTGOING))
        .group_by(_RECIPIENT, maintain_order=True)
        .agg(pl.col("amount").sum().alias("outgoing"), pl.col("sheet").first(), pl.col("row").first())
    )
    zero = pl.lit(Decimal("0.00"), pl.Decimal(18, 2))
    over = (
        outgoing.join(allocated.select("agreement").unique(), on="agreement", how="semi")
        .join(allocated, on=_RECIPIENT, how="left")
        .with_columns(pl.coalesce("allocated", zero).alias("allocated"))
        .filter(pl.col("outgoing") > pl.col("allocated"))
    )
    return problems_from(
        over,
        "more_than_allocated",
        column=column,
        value=kronor_column("outgoing"),
        expected=pl.concat_str(pl.lit("högst det fördelade beloppet, "), kronor_column("allocated")),
        hint=pl.concat_str(
            pl.lit("Använt och återbetalt för "),
            pl.col("recipient"),
            pl.lit(" ("),
            pl.col("purpose"),
            pl.lit(") är mer än vad som fördelades. Rätta beloppen."),
        ),
    )


def cross_check(rows: pl.DataFrame, extracted: Extracted, catalogue: Catalogue) -> pl.DataFrame:
    """Sums to the krona, and no more used or repaid than allocated; figures against what was agreed."""
    heading = extracted.headings.get
    if extracted.kind != "allocations":
        return wrong_figures(rows, catalogue, heading("value"))
    return pl.concat(
        [
            wrong_sums(rows, catalogue, heading("amount")),
            overdrawn(rows, heading("amount")),
        ]
    )


JOB = Job(
    subject=Subject.FUNDS,
    shapes=frozenset({*LONG_SHAPES, ALLOCATIONS}),
    cross_check=cross_check,
)
