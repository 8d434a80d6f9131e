"""What has happened to the batches, in words and as a document for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas import clock
from schemas.words import EVENT_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl


def event_text(event: Mapping[str, Any]) -> str:
    """What was done, in Swedish.

    Args:
        event: One row of `etl.warehouse.Snapshot.events`.
    """
    done = EVENT_WORDS[event["action"]]
    if event["action"] == "restored" and event["status"] == "staged":
        return f"{done}, väntar igen"
    if event["action"] == "scheduled" and event["due"] is not None:
        return f"{done} {clock.moment_text(event['due'])}"
    return done


def event_line(event: Mapping[str, Any]) -> str:
    """One event on one line, whatever the note holds: when, which batch, what, who, version and why."""
    by = f" av {event['by']}" if event["by"] else ""
    why = f": {event['note']}" if event["note"] else ""
    said = (
        f"{clock.moment_text(event['at'])}  leverans {event['batch']}  {event_text(event)}{by}, "
        f"version {event['version']}{why}"
    )
    return "".join(sign if sign.isprintable() else " " for sign in said)


def events_document(events: pl.DataFrame) -> list[dict[str, Any]]:
    """The events, oldest first, with times as ISO 8601 in UTC.

    Args:
        events: As `etl.warehouse.Snapshot.events` gives them.
    """
    return [
        {
            **{key: event[key] for key in ("event", "batch", "action", "status")},
            "at": event["at"].isoformat(),
            **{key: event[key] for key in ("by", "note", "version")},
            "due": event["due"].isoformat() if event["due"] else None,
        }
        for event in events.iter_rows(named=True)
    ]
