"""What has happened, for those who may inspect and for everybody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from dashboard import log

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)

BATCHES = pl.DataFrame(
    {
        "batch": [2, 1],
        "name": ["hemligt namn.csv", "a.csv"],
        "jobs": [["vaccination"], ["accessibility", "funds"]],
        "note": ["Levererad med ett ord", None],
    }
)
SOURCES = pl.DataFrame({"batch": [1, 1, 2], "source": ["Kolada", "SCB", "Eget uttag"]})


def events(*told: tuple) -> pl.DataFrame:
    rows = [
        {
            "event": i + 1, "batch": batch, "action": action, "status": status, "at": AT + timedelta(hours=i),
            "by": by, "note": note, "version": i + 1, "due": None,
        }
        for i, (batch, action, status, by, note) in enumerate(told)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema_overrides={"note": pl.String, "due": pl.Datetime("us", "UTC")})


EVENTS = events(
    (1, "staged", "staged", "asa", None),
    (1, "published", "published", "bo", None),
    (2, "staged", "staged", "asa", "Levererad med ett ord"),
    (2, "commented", "staged", "bo", "Internt"),
    (2, "published", "published", "bo", None),
    (2, "withdrawn", "withdrawn", "bo", "Fel fil"),
    (2, "restored", "published", "cy", None),
    (1, "rejected", "rejected", "cy", None),
    (1, "restored", "staged", "cy", None),
)


def test_who_may_inspect_sees_everything_newest_first():
    found = log.entries(EVENTS, BATCHES, SOURCES, {1, 2})
    assert [entry.event for entry in found] == list(range(9, 0, -1))
    newest = found[2]
    assert (newest.batch, newest.what, newest.by, newest.name) == (2, "Återställd", "cy", "hemligt namn.csv")
    assert (newest.subjects, newest.sources) == (("Vaccination",), ("Eget uttag",))
    assert found[-1].sources == ("Kolada", "SCB")


def test_a_reader_sees_what_became_public_and_no_names():
    found = log.entries(EVENTS, BATCHES, SOURCES, set())
    assert [(entry.batch, entry.what, entry.note) for entry in found] == [
        (2, "Återställd", None),
        (2, "Återkallad", "Fel fil"),
        (2, "Publicerad", "Levererad med ett ord"),
        (1, "Publicerad", None),
    ]
    assert {entry.by for entry in found} == {entry.name for entry in found} == {None}
    assert "hemligt" not in repr(found)
    assert "Internt" not in repr(found)


def test_who_may_inspect_some_batches_sees_the_others_as_a_reader():
    found = log.entries(EVENTS, BATCHES, SOURCES, {1})
    assert {entry.name for entry in found if entry.batch == 1} == {"a.csv"}
    assert {(entry.name, entry.by) for entry in found if entry.batch == 2} == {(None, None)}
    assert len(found) == 4 + 3


@pytest.mark.parametrize(
    ("asked", "events_left"),
    [
        ({"batch": 1}, [9, 8, 2, 1]),
        ({"subject": "Vaccination"}, [7, 6, 5, 4, 3]),
        ({"subject": "Medel"}, [9, 8, 2, 1]),
        ({"person": "cy"}, [9, 8, 7]),
        ({"person": "cy", "subject": "Vaccination"}, [7]),
        ({"batch": 1, "person": "bo"}, [2]),
    ],
)
def test_choosing(asked, events_left):
    found = log.entries(EVENTS, BATCHES, SOURCES, {1, 2})
    assert [entry.event for entry in log.chosen(found, **asked)] == events_left


def test_everybody_who_did_something():
    assert log.people(log.entries(EVENTS, BATCHES, SOURCES, {1, 2})) == ["asa", "bo", "cy"]
    assert log.people(log.entries(EVENTS, BATCHES, SOURCES, set())) == []


def test_the_file_holds_what_may_be_seen_and_nothing_that_a_spreadsheet_runs():
    hostile = EVENTS.with_columns(pl.lit("=1+1").alias("note"))
    lines = log.download(log.entries(hostile, BATCHES, SOURCES, set())).decode("utf-8-sig").splitlines()
    assert len(lines) == 5
    assert lines[1].split(";")[1:6] == ["2026-03-01 19:00:00", "2", "Återställd", "", "'=1+1"]
    assert "hemligt" not in "".join(lines)
