"""Events in words."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest

from etl.jobs.events import event_line, event_text, events_document
from schemas.words import EVENT_WORDS

AT = datetime(2026, 3, 1, 23, 5, tzinfo=UTC)


def event(**told) -> dict:
    usual = {
        "event": 3, "batch": 2, "action": "published", "status": "published", "at": AT, "by": "bo", "note": None,
        "version": 4, "due": None, "trusted": None,
    }  # fmt: skip
    return {**usual, **told}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "Publicerad"),
        ({"action": "restored"}, "Återställd"),
        ({"action": "restored", "status": "staged"}, "Återställd, väntar igen"),
        ({"action": "scheduled", "due": AT}, "Ska publiceras 2026-03-02 00.05"),
        ({"action": "unscheduled"}, "Tiden för publicering är borttagen"),
    ],
)
def test_what_was_done(told, said):
    assert event_text(event(**told)) == said


def test_every_action_of_the_warehouse_has_a_word():
    from etl.warehouse.batches import RULES

    assert set(EVENT_WORDS) == {"staged", *RULES}


def test_a_line():
    assert event_line(event()) == "2026-03-02 00.05  leverans 2  Publicerad av bo, version 4"
    assert event_line(event(by="", note="Rätt\r\nfil")).endswith("Publicerad, version 4: Rätt  fil")


def test_a_document():
    frame = pl.DataFrame([event(action="scheduled", due=AT)], schema_overrides={"trusted": pl.Boolean})
    assert events_document(frame) == [
        {
            "event": 3, "batch": 2, "action": "scheduled", "status": "published", "at": "2026-03-01T23:05:00+00:00",
            "by": "bo", "note": None, "version": 4, "due": "2026-03-01T23:05:00+00:00",
        }
    ]  # fmt: skip
