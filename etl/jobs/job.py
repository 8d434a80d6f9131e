"""What an ETL job is: one per subject, between the readers and the warehouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from etl.extract.model import Extracted
from schemas.catalogue import Catalogue, Subject

#: Shapes that carry any indicator, and the one that carries allocations.
LONG_SHAPES = frozenset(
    {"template-observations", "template-wide", "kolada-long", "kolada-wide", "pxweb", "mapped"}
)
ALLOCATIONS = "template-allocations"

#: The job's own canonical rows, the file they came from, the catalogue → rows to store.
Prepare = Callable[[pl.DataFrame, Extracted, Catalogue], pl.DataFrame]

#: Rows as they came (before `prepare`), the file, the catalogue → problems.
CrossCheck = Callable[[pl.DataFrame, Extracted, Catalogue], pl.DataFrame]


@dataclass(frozen=True)
class Job:
    """One subject's way from canonical rows to rows that may be stored.

    Attributes:
        subject: What it is about; its indicators are the catalogue's with that subject.
        shapes: Machine names of the file shapes that it takes.
        prepare: For shapes whose rows aren't stored as they came, what makes the rows to store out of them.
        cross_check: Holds the rows of the file against each other; runs only when every row could be read,
            since a sum with rows missing says nothing.
    """

    subject: Subject
    shapes: frozenset[str]
    cross_check: CrossCheck
    prepare: Mapping[str, Prepare] = field(default_factory=dict, hash=False)

    @property
    def name(self) -> str:
        """The job's name, as in a batch."""
        return str(self.subject)

    def indicators(self, catalogue: Catalogue) -> list[str]:
        """The indicators that it fills, in the catalogue's order."""
        return [item.id for item in catalogue.indicators.values() if item.subject is self.subject]
