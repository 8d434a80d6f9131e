"""Swedish time: which day a moment is, and when a day ends.

The warehouse keeps moments in UTC; whoever reads a page means the clock on the wall in Sweden, wherever the
server stands.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from schemas.period import Period, PeriodType

SWEDEN = ZoneInfo("Europe/Stockholm")


def in_sweden(moment: datetime) -> datetime:
    """A moment as the clock in Sweden shows it.

    Args:
        moment: Any moment with a time zone.
    """
    return moment.astimezone(SWEDEN)


def today() -> date:
    """The day it is in Sweden."""
    return in_sweden(datetime.now(UTC)).date()


def end_of_day(day: date) -> datetime:
    """The last microsecond of a Swedish day, in UTC: days are 23 to 25 hours long."""
    following = datetime.combine(day + timedelta(days=1), time(), tzinfo=SWEDEN)
    return following.astimezone(UTC) - timedelta(microseconds=1)


def day_text(day: date) -> str:
    """`1 mars 2026`."""
    return Period(day, PeriodType.DATE).label


def moment_text(moment: datetime) -> str:
    """`2026-03-01 14.05`, Swedish time."""
    return f"{in_sweden(moment):%Y-%m-%d %H.%M}"
