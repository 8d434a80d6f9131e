"""A delivered file's whole way: open, recognise, transform, prepare, validate, cross-check, store.

`check` stores nothing and tells every problem; `deliver` stores what `check` finds nothing wrong with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import polars as pl

from etl.extract.recognise import recognise
from etl.extract.workbook import open_workbook
from etl.jobs.comparison import compare, replaced_by
from etl.jobs.publishing import derivation
from etl.jobs.registry import JOBS
from etl.jobs.row_checks import future_periods, mixed_origin, no_rows, not_summed, other_periods
from etl.transform.allocations import to_allocations
from etl.transform.observations import to_observations
from etl.warehouse import Delivery
from schemas.columns import ALLOCATION_SCHEMA, OBSERVATION_SCHEMA
from schemas.gate import admit
from schemas.problem import Report
from schemas.tables import Allocation, Observation

if TYPE_CHECKING:
    import pandera.polars as pa

    from etl.catalogue import Knowledge
    from etl.extract.model import Extracted
    from etl.jobs.job import Job
    from etl.warehouse import Comparison, Permit, Receipt, Warehouse
    from schemas.catalogue import Catalogue

Origin = Literal["published", "uploaded", "example"]

#: Called with a Swedish word for each step as it begins.
OnStep = Callable[[str], None]


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
    """

    report: Report
    jobs: tuple[str, ...] = ()
    shape: str | None = None
    shape_name: str | None = None
    rows: int = 0
    observations: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=OBSERVATION_SCHEMA))
    allocations: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ALLOCATION_SCHEMA))
    origin: Origin = "uploaded"

    @property
    def ok(self) -> bool:
        """True when it may be stored."""
        return self.report.ok


@dataclass(frozen=True)
class Outcome:
    """What became of a delivery.

    Attributes:
        checked: The file as it was read.
        receipt: The batch it was stored as; None where it had errors.
        comparison: What it would change; None where it had errors.
        replaced_by: For a file that came before and is published: the later deliveries whose figures now stand
            where its own would.
    """

    checked: Checked
    receipt: Receipt | None = None
    comparison: Comparison | None = None
    replaced_by: tuple[int, ...] = ()


def check(
    content: bytes, knowledge: Knowledge, *, origin: Origin = "uploaded", on_step: OnStep = quietly
) -> Checked:
    """Read a file and tell everything that is wrong with it; nothing is stored.

    Args:
        content: The file's bytes.
        knowledge: The catalogue and the population.
        origin: Where its rows come from; rows whose source says `Exempeldata` are examples in any case.
        on_step: Told of each step.
    """
    on_step("Öppnar filen")
    workbook, problems = open_workbook(content)
    if workbook is None:
        return Checked(Report.of(problems))
    on_step("Känner igen filen")
    extracted, more = recognise(workbook)
    if extracted is None:
        return Checked(Report.of(problems, more))
    on_step("Tolkar raderna")
    transform = to_observations if extracted.kind == "observations" else to_allocations
    rows, unread = transform(extracted, knowledge.catalogue, origin=origin)
    report = Report.of(problems, more, extracted.problems, unread)
    on_step("Kontrollerar raderna")
    return _examine(rows, extracted, knowledge.catalogue, report)


def _examine(rows: pl.DataFrame, extracted: Extracted, catalogue: Catalogue, report: Report) -> Checked:
    parts = _by_job(rows, extracted, catalogue)
    prepared, more = _prepare(parts, extracted, catalogue)
    prepared, refused = admit(prepared, _model(extracted), headings=extracted.headings)
    report = report.plus(more, refused, mixed_origin(prepared, extracted.headings.get("source")))
    if extracted.kind == "observations":
        period, value = extracted.headings.get("period"), extracted.headings.get("value")
        report = report.plus(
            other_periods(prepared, catalogue, period),
            future_periods(prepared, period, datetime.now(UTC).astimezone().date()),
            not_summed(prepared, catalogue, value),
        )
    if report.ok:
        crossed = [job.cross_check(part, extracted, catalogue) for job, part in parts]
        report = report.plus(no_rows(prepared), *crossed)
    stored = {extracted.kind: prepared}
    origins = prepared["origin"].unique().to_list()
    return Checked(
        report,
        tuple(job.name for job, _ in parts),
        extracted.shape,
        extracted.shape_name,
        extracted.rows.height,
        origin=origins[0] if len(origins) == 1 else "uploaded",
        **stored,
    )


def _by_job(rows: pl.DataFrame, extracted: Extracted, catalogue: Catalogue) -> list[tuple[Job, pl.DataFrame]]:
    """Each job that takes the file's shape with its own rows, where it has any."""
    able = [job for job in JOBS if extracted.shape in job.shapes]
    if extracted.kind == "allocations":
        return [(job, rows) for job in able if rows.height]
    present = set(rows["indicator"].unique())
    parts = []
    for job in able:
        own = present.intersection(job.indicators(catalogue))
        if own:
            parts.append((job, rows if own == present else rows.filter(pl.col("indicator").is_in(own))))
    return parts


def _model(extracted: Extracted) -> pa.DataFrameSchema:
    return Observation if extracted.kind == "observations" else Allocation


def _prepare(
    parts: list[tuple[Job, pl.DataFrame]], extracted: Extracted, catalogue: Catalogue
) -> tuple[pl.DataFrame, pl.DataFrame]:
    schema = OBSERVATION_SCHEMA if extracted.kind == "observations" else ALLOCATION_SCHEMA
    done = [job.prepare(part, extracted, catalogue) for job, part in parts]
    frames = [frame for frame, _ in done] or [pl.DataFrame(schema=schema)]
    return pl.concat(frames), Report.of(*[problems for _, problems in done]).frame


def deliver(
    content: bytes,
    name: str,
    *,
    knowledge: Knowledge,
    warehouse: Warehouse,
    by: str,
    publish: bool = False,
    note: str | None = None,
    origin: Origin = "uploaded",
    on_step: OnStep = quietly,
    permit: Permit,
) -> Outcome:
    """Check a file and, when nothing is wrong with it, store it as a batch.

    Args:
        content: The file's bytes.
        name: The file's name, for the batch only; the shape is told from the content.
        knowledge: The catalogue and the population.
        warehouse: Where to store.
        by: Who delivers.
        publish: Whether to publish at once.
        note: A word about the delivery.
        origin: Where its rows come from.
        on_step: Told of each step.
        permit: What the warehouse asks before it stores.
    """
    checked = check(content, knowledge, origin=origin, on_step=on_step)
    return store(
        checked, content, name, knowledge=knowledge, warehouse=warehouse, by=by, publish=publish, note=note,
        on_step=on_step, permit=permit,
    )  # fmt: skip


def store(
    checked: Checked,
    content: bytes,
    name: str,
    *,
    knowledge: Knowledge,
    warehouse: Warehouse,
    by: str,
    publish: bool = False,
    note: str | None = None,
    on_step: OnStep = quietly,
    permit: Permit,
) -> Outcome:
    """Store what `check` found nothing wrong with; nothing where it did.

    Storing and publishing is one step: either both are done or neither. The same bytes a second time are told
    (`receipt.already_delivered`) and store nothing; where the first delivery still waits and publishing is
    asked for, that batch is published. Arguments as for `deliver`.
    """
    if not checked.ok:
        return Outcome(checked)
    on_step("Jämför med det publicerade")
    comparison = compare(checked.observations, checked.allocations, warehouse)
    on_step("Lagrar och räknar" if publish else "Lagrar")
    derive = derivation(knowledge)
    delivery = as_delivery(checked, content, name, by=by, note=note)
    receipt = warehouse.load(
        delivery, publish=publish, by=by, derive=derive, key=knowledge.key, permit=permit
    )
    if receipt.already_delivered and publish and receipt.status == "staged":
        published = warehouse.publish(
            receipt.batch, by=by, note=note, derive=derive, key=knowledge.key, permit=permit
        )
        receipt = replace(published, already_delivered=True)
    replaced: tuple[int, ...] = ()
    if receipt.already_delivered and receipt.status == "published":
        replaced = replaced_by(checked.observations, checked.allocations, warehouse, receipt.batch)
    return Outcome(checked, receipt, comparison, replaced)


def as_delivery(checked: Checked, content: bytes, name: str, *, by: str, note: str | None = None) -> Delivery:
    """A checked file as the warehouse takes it."""
    return Delivery(
        content=content,
        name=name,
        jobs=checked.jobs,
        shape=checked.shape or "",
        delivered_by=by,
        origin=checked.origin,
        observations=checked.observations,
        allocations=checked.allocations,
        problems=checked.report.frame,
        note=note,
    )
