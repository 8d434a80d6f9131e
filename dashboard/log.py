"""What has happened to the batches, as rows to show: who, what, when, why and which version. Pure.

Whoever may not inspect a batch sees what every reader of the pages could see anyway: that something was
published, withdrawn or restored, about which subject, from which source, and the note. Neither the name of
the file, which can hold anything, nor who did it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import swedish_csv
from etl.jobs.events import event_text
from schemas import clock
from schemas.words import SUBJECT_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    import polars as pl

_HEADS = ("Nr", "Tid", "Leverans", "Vad", "Vem", "Skäl eller kommentar", "Ämne", "Källa", "Fil", "Version")


@dataclass(frozen=True)
class Entry:
    """One event.

    Attributes:
        event: Its number.
        at: When.
        batch: The batch's number.
        action: What was done, as the warehouse has it.
        what: The same in Swedish.
        by: Who; None for somebody who may not inspect the batch.
        note: Why, or the comment. For somebody who may not inspect the batch, and so doesn't see its delivery,
            a publication without a note of its own has the delivery's.
        version: The version that it made.
        subjects: What the batch is about, in Swedish.
        sources: Where its rows say that they come from.
        name: The file's name; None for somebody who may not inspect the batch.
    """

    event: int
    at: datetime
    batch: int
    action: str
    what: str
    by: str | None
    note: str | None
    version: int
    subjects: tuple[str, ...]
    sources: tuple[str, ...]
    name: str | None


def entries(
    events: pl.DataFrame, batches: pl.DataFrame, sources: pl.DataFrame, open_to: Collection[int]
) -> list[Entry]:
    """All events that may be seen, newest first.

    Args:
        events: As `etl.warehouse.Snapshot.events` gives them.
        batches: As `Snapshot.batches`.
        sources: As `Snapshot.sources`.
        open_to: The batches that may be inspected.
    """
    facts = {row["batch"]: row for row in batches.iter_rows(named=True)}
    told: dict[int, tuple[str, ...]] = {}
    for batch, source in sources.select("batch", "source").iter_rows():
        told[batch] = (*told.get(batch, ()), source)
    return [
        _entry(row, facts[row["batch"]], told.get(row["batch"], ()), row["batch"] in open_to)
        for row in events.reverse().iter_rows(named=True)
        # Events are read after the batches: one of a batch delivered in between is told the next time.
        if row["batch"] in facts
        if row["batch"] in open_to or is_public(row["action"], row["status"])
    ]


def is_public(action: str, status: str) -> bool:
    """Whether an event changed what every reader sees; what is restored to wait again didn't."""
    return action in ("published", "withdrawn") or (action == "restored" and status == "published")


def _entry(event: dict, batch: dict, sources: tuple[str, ...], opened: bool) -> Entry:
    note = event["note"]
    if note is None and not opened and event["action"] == "published":
        note = batch["note"]
    return Entry(
        event=event["event"],
        at=event["at"],
        batch=event["batch"],
        action=event["action"],
        what=event_text(event),
        by=event["by"] if opened else None,
        note=note,
        version=event["version"],
        subjects=tuple(SUBJECT_WORDS.get(job, job) for job in batch["jobs"]),
        sources=sources,
        name=batch["name"] if opened else None,
    )


def chosen(
    found: list[Entry], *, batch: int | None = None, subject: str | None = None, person: str | None = None
) -> list[Entry]:
    """The entries of one batch, one subject (in Swedish) and one person, each where it is asked for."""
    return [
        entry
        for entry in found
        if batch in (None, entry.batch)
        and (subject is None or subject in entry.subjects)
        and person in (None, entry.by)
    ]


def people(found: list[Entry]) -> list[str]:
    """Everybody who has done something, in the order of the alphabet."""
    return sorted({entry.by for entry in found if entry.by}, key=str.casefold)


def download(found: list[Entry]) -> bytes:
    """The entries as a Swedish CSV."""
    return swedish_csv.as_bytes(
        _HEADS,
        (
            (
                entry.event, f"{clock.in_sweden(entry.at):%Y-%m-%d %H:%M:%S}", entry.batch, entry.what,
                entry.by or "", entry.note or "", ", ".join(entry.subjects), ", ".join(entry.sources),
                entry.name or "", entry.version,
            )
            for entry in found
        ),
    )  # fmt: skip
