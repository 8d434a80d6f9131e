"""Swedish time: winter and summer, and the days on which it changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from schemas import clock


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 3, 1), datetime(2026, 3, 1, 22, 59, 59, 999999, tzinfo=UTC)),
        (date(2026, 7, 1), datetime(2026, 7, 1, 21, 59, 59, 999999, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 21, 59, 59, 999999, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 22, 59, 59, 999999, tzinfo=UTC)),
        (date(2025, 12, 31), datetime(2025, 12, 31, 22, 59, 59, 999999, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_in_sweden(day, end):
    assert clock.end_of_day(day) == end


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 5, 5), 24)]
)
def test_days_are_as_long_as_they_are(day, hours):
    before = clock.end_of_day(day - timedelta(days=1))
    assert clock.end_of_day(day) - before == timedelta(hours=hours)


def test_a_moment_belongs_to_the_day_it_is_in_sweden():
    late = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    assert clock.in_sweden(late).date() == date(2026, 3, 1)
    assert clock.moment_text(late) == "2026-03-01 00.30"
    assert (
        clock.moment_text(datetime(2026, 7, 1, 0, 5, tzinfo=timezone(timedelta(hours=-5))))
        == "2026-07-01 07.05"
    )


def test_days_as_a_person_reads_them():
    assert clock.day_text(date(2026, 3, 1)) == "1 mars 2026"
    assert abs((clock.today() - datetime.now(UTC).date()).days) <= 1
