"""A delivered file's whole way: `check` it (`etl.jobs.checking`), and store what nothing is wrong with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from etl.jobs.checking import NONE_REMEMBERED, Checked, OnStep, Origin, Remembered, check, quietly
from etl.jobs.comparison import compare, replaced_by
from etl.jobs.difference_source import PublishedOnce
from etl.jobs.publishing import derivation
from etl.warehouse import Delivery
from schemas.safe_name import safe_name

if TYPE_CHECKING:
    from etl.catalogue import Knowledge
    from etl.jobs.checking import Published
    from etl.jobs.comparison import Comparison
    from etl.warehouse import Permit, Receipt, Warehouse

__all__ = ["Checked", "OnStep", "Origin", "Outcome", "as_delivery", "check", "deliver", "quietly", "store"]


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
    mappings: Remembered = NONE_REMEMBERED,
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
        mappings: What is remembered of files that no reader knows.
        on_step: Told of each step.
        permit: What the warehouse asks before it stores.
    """
    published = PublishedOnce(warehouse)
    checked = check(
        content, knowledge, origin=origin, mappings=mappings, published=published, on_step=on_step
    )  # fmt: skip
    return store(
        checked, content, name, knowledge=knowledge, warehouse=warehouse, by=by, publish=publish, note=note,
        published=published, on_step=on_step, permit=permit,
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
    published: Published | None = None,
    on_step: OnStep = quietly,
    permit: Permit,
) -> Outcome:
    """Store what `check` found nothing wrong with; nothing where it did.

    Storing and publishing is one step: either both are done or neither. The same bytes a second time are told
    (`receipt.already_delivered`) and store nothing; where the first delivery still waits and publishing is
    asked for, that batch is published. Arguments as for `deliver`; `published` is what the file was checked
    against, for a caller who has it.
    """
    if not checked.ok:
        return Outcome(checked)
    on_step("Jämför med det publicerade")
    comparison = compare(
        checked.observations, checked.allocations, warehouse, published or PublishedOnce(warehouse)
    )
    on_step("Lagrar och räknar" if publish else "Lagrar")
    derive = derivation(knowledge)
    delivery = as_delivery(checked, content, name, by=by, note=note)
    receipt = warehouse.load(
        delivery, publish=publish, by=by, derive=derive, key=knowledge.key, permit=permit
    )
    if receipt.already_delivered and publish and receipt.status == "staged":
        later = warehouse.publish(
            receipt.batch, by=by, note=note, derive=derive, key=knowledge.key, permit=permit
        )
        receipt = replace(later, already_delivered=True)
    replaced: tuple[int, ...] = ()
    if receipt.already_delivered and receipt.status == "published":
        replaced = replaced_by(checked.observations, checked.allocations, warehouse, receipt.batch)
    return Outcome(checked, receipt, comparison, replaced)


def as_delivery(checked: Checked, content: bytes, name: str, *, by: str, note: str | None = None) -> Delivery:
    """A checked file as the warehouse takes it."""
    return Delivery(
        content=content,
        name=safe_name(name),
        jobs=checked.jobs,
        shape=checked.shape or "",
        delivered_by=by,
        origin=checked.origin,
        observations=checked.observations,
        allocations=checked.allocations,
        problems=checked.report.frame,
        note=note,
    )
