"""Read a delivered file and tell all that is wrong with it; nothing is stored.

Its way: open, recognise, transform, prepare, validate, cross-check.
"""

from __future__ import annotations

import collections.abc
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias

import polars as pl

from etl.extract import mapped
from etl.extract.fingerprint import remembered_for
from etl.extract.recognise import recognise
from etl.extract.workbook import open_workbook
from etl.jobs.plausibility import implausible
from etl.jobs.registry import JOBS
from etl.jobs.row_checks import future_periods, mixed_origin, no_rows, not_summed, other_periods
from etl.transform.allocations import to_allocations
from etl.transform.checks import without
from etl.transform.indicators import names_indicator
from etl.transform.observations import to_observations
from schemas import clock
from schemas.columns import ALLOCATION_SCHEMA, OBSERVATION_SCHEMA
from schemas.gate import admit
from schemas.problem import Report, no_problems
from schemas.tables import Allocation, Observation

if TYPE_CHECKING:
    from etl.catalogue import Knowledge
    from etl.extract.model import Extracted, Workbook
    from etl.jobs.job import Job
    from schemas.catalogue import Catalogue
    from schemas.mapping import Mapping

Origin = Literal["published", "uploaded", "example"]

#: Fingerprint → mapping.
Remembered: TypeAlias = "collections.abc.Mapping[str, Mapping]"
NONE_REMEMBERED: Remembered = {}

#: Called with a Swedish word for each step as it begins.
OnStep = Callable[[str], None]

#: Published observations of some indicators, as `etl.warehouse.Snapshot.observations` gives them.
Published = Callable[[list[str]], pl.DataFrame]


def quietly(step: str) -> None:
    """The listener of a caller that shows no progress."""


@dataclass(frozen=True)
class Checked:
    """A file as it was read and what is wrong with it.

    Attributes:
        jobs: Names of the jobs that its rows belong to.
        shape: Machine name of the file's shape; None where it wasn't recognised.
        shape_name: Swedish name of it.
        rows: Rows read from the file.
        observations: Canonical observations to store.
        allocations: Canonical allocations to store.
        origin: Where the rows come from.
        report: Every problem.
        workbook: The file as text, where it isn't known and may be mapped, or was read with a mapping.
        mapping: The mapping that it was read with.
    """

    report: Report
    jobs: tuple[str, ...] = ()
    shape: str | None = None
    shape_name: str | None = None
    rows: int = 0
    observations: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=OBSERVATION_SCHEMA))
    allocations: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ALLOCATION_SCHEMA))
    origin: Origin = "uploaded"
    workbook: Workbook | None = None
    mapping: Mapping | None = None

    @property
    def ok(self) -> bool:
        """True when it may be stored."""
        return self.report.ok


def check(
    content: bytes,
    knowledge: Knowledge,
    *,
    origin: Origin = "uploaded",
    mappings: Remembered = NONE_REMEMBERED,
    mapping: Mapping | None = None,
    published: Published | None = None,
    on_step: OnStep = quietly,
) -> Checked:
    """Read a file and tell everything that is wrong with it; nothing is stored.

    Args:
        content: The file's bytes.
        knowledge: The catalogue and the population.
        origin: Where its rows come from; rows whose source says `Exempeldata` are examples in any case.
        mappings: What is remembered of files that no reader knows, by fingerprint
            (`etl.jobs.mappings.remembered`).
        mapping: How to read this file, whatever it looks like.
        published: Gives what is published of some indicators, to warn of what looks odd beside it.
        on_step: Told of each step.
    """
    on_step("Öppnar filen")
    workbook, problems = open_workbook(content)
    if workbook is None:
        return Checked(Report.of(problems))
    on_step("Känner igen filen")
    extracted, more, used = _recognised(workbook, mappings, mapping, knowledge.catalogue)
    if extracted is None:
        return Checked(Report.of(problems, more), workbook=workbook)
    # What a step was done with is let go: the text of a large file takes as much memory as its figures.
    kept = workbook if used is not None or _lacks_columns(extracted) else None
    del workbook
    on_step("Tolkar raderna")
    transform = to_observations if extracted.kind == "observations" else to_allocations
    rows, unread = transform(extracted, knowledge.catalogue, origin=origin)
    height, extracted = extracted.rows.height, replace(extracted, rows=extracted.rows.clear())
    report = Report.of(problems, more, extracted.problems, unread)
    on_step("Kontrollerar raderna")
    checked = _examine(rows, extracted, knowledge.catalogue, report, published)
    return replace(checked, rows=height, workbook=kept, mapping=used)


def _recognised(
    workbook: Workbook, mappings: Remembered, mapping: Mapping | None, catalogue: Catalogue
) -> tuple[Extracted | None, pl.DataFrame, Mapping | None]:
    """The file's rows, what is wrong with the file as a whole, and the mapping that it was read with."""
    if mapping is not None:
        return mapped.read(workbook, mapping), no_problems(), mapping
    extracted, more = recognise(workbook, mappings, known=partial(names_indicator, catalogue=catalogue))
    if extracted is None or extracted.shape != mapped.SHAPE:
        return extracted, more, None
    found = remembered_for(workbook, mappings)
    return extracted, more, found[1] if found else None


def _lacks_columns(extracted: Extracted) -> bool:
    """True for what was taken for the template although it lacks columns, and may be something else."""
    return extracted.rows.is_empty() and "missing_column" in extracted.problems["code"]


def _examine(
    rows: pl.DataFrame,
    extracted: Extracted,
    catalogue: Catalogue,
    report: Report,
    published: Published | None,
) -> Checked:
    jobs = _by_job(rows, extracted, catalogue)
    prepared, refused = _admitted(rows, jobs, extracted, catalogue)
    report = report.plus(refused, mixed_origin(prepared, extracted.headings.get("source")))
    if extracted.kind == "observations":
        period, value = extracted.headings.get("period"), extracted.headings.get("value")
        report = report.plus(
            other_periods(prepared, catalogue, period),
            future_periods(prepared, period, clock.today()),
            not_summed(prepared, catalogue, value),
        )
    if report.ok:
        crossed = [job.cross_check(rows.filter(own), extracted, catalogue) for job, own in jobs.items()]
        report = report.plus(no_rows(prepared), *crossed)
    if report.ok and published is not None and extracted.kind == "observations":
        known = published(sorted(prepared["indicator"].unique()))
        report = report.plus(implausible(prepared, known, catalogue, extracted.headings, report.frame))
    stored = {extracted.kind: prepared}
    origins = prepared["origin"].unique().to_list()
    return Checked(
        report,
        tuple(job.name for job in jobs),
        extracted.shape,
        extracted.shape_name,
        origin=origins[0] if len(origins) == 1 else "uploaded",
        **stored,
    )


def _by_job(rows: pl.DataFrame, extracted: Extracted, catalogue: Catalogue) -> dict[Job, pl.Expr]:
    """Each job that takes the file's shape and has rows in it, and which rows are its own."""
    able = [job for job in JOBS if extracted.shape in job.shapes]
    if extracted.kind == "allocations":
        return {job: pl.lit(value=True) for job in able if rows.height}
    present = set(rows["indicator"].unique())
    own = {job: present.intersection(job.indicators(catalogue)) for job in able}
    return {job: pl.col("indicator").is_in(names) for job, names in own.items() if names}


def _admitted(
    rows: pl.DataFrame, jobs: dict[Job, pl.Expr], extracted: Extracted, catalogue: Catalogue
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows to store, prepared and validated: no two jobs have a key in common.

    Rows that are stored as they came are validated together; where that is all of them, without a copy.
    """
    model = Observation if extracted.kind == "observations" else Allocation
    changing = {job: job.prepare[extracted.shape] for job in jobs if extracted.shape in job.prepare}
    frames = [prepare(rows.filter(jobs[job]), extracted, catalogue) for job, prepare in changing.items()]
    plain = [own for job, own in jobs.items() if job not in changing]
    if plain:
        frames.append(without(rows, rows.select(~pl.any_horizontal(plain)).to_series()))
    admitted = [admit(frame, model, headings=extracted.headings) for frame in frames]
    schema = OBSERVATION_SCHEMA if extracted.kind == "observations" else ALLOCATION_SCHEMA
    return (
        pl.concat([pl.DataFrame(schema=schema), *(frame for frame, _ in admitted)]),
        Report.of(*(refused for _, refused in admitted)).frame,
    )
