"""`fardplan schedule` and `fardplan publish-due`."""

from __future__ import annotations

import pytest

from etl.settings import settings
from etl.warehouse import Warehouse
from tests.etl import files


@pytest.fixture
def waiting(inside, tmp_path):
    """The command, with one batch that waits."""
    path = tmp_path / "a.csv"
    path.write_bytes(files.csv([files.row(area="14")]))
    assert inside("load", path).exit_code == 0
    return inside


def test_a_time_is_set_told_in_swedish_time_and_taken_away(waiting):
    answer = waiting("schedule", 1, "2199-12-01 08:00", "--by", "asa")
    assert answer.exit_code == 0
    assert "Leverans 1 publiceras 2199-12-01 08.00" in answer.stdout
    assert "Ingen leverans" in waiting("publish-due").stdout
    assert waiting("schedule", 1, "--cancel").exit_code == 0
    events = Warehouse(settings().warehouse).events(1)
    assert events["action"].to_list() == ["staged", "scheduled", "unscheduled"]
    assert events["due"][1].isoformat() == "2199-12-01T07:00:00+00:00"


def test_what_is_due_is_published(waiting, monkeypatch):
    from datetime import UTC, datetime

    from etl.jobs import schedule

    assert waiting("schedule", 1, "2199-12-01 08:00").exit_code == 0

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2200, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(schedule, "datetime", Later)
    assert "Leverans 1 är publicerad." in waiting("publish-due").stdout
    assert Warehouse(settings().warehouse).batches()["status"].item() == "published"


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ([1], "Ange antingen en tid eller --cancel."),
        ([1, "2199-12-01 08:00", "--cancel"], "Ange antingen en tid eller --cancel."),
        ([1, "snart"], "”snart” är ingen tid."),
        ([1, "2020-01-01 08:00"], "2020-01-01 08.00 har redan varit."),
        ([9, "2199-12-01 08:00"], "Det finns ingen leverans med nummer 9."),
        ([1, "--cancel"], "Leverans 1"),
    ],
)
def test_what_cannot_be_is_told(waiting, args, told):
    answer = waiting("schedule", *args)
    assert answer.exit_code == 2
    assert told in answer.stderr
