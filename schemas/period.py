"""Periods of time as Swedish health-care statistics use them.

A period is a type and a start date. Its code sorts as text within a type and is what is stored in links and
JSON; its label is what a person reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


class PeriodType(StrEnum):
    """How long a period is."""

    YEAR = "year"
    HALF_YEAR = "half_year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    SEASON = "season"
    DATE = "date"


#: A season (säsong) runs from 1 July to 30 June, so that every influenza season lies within one.
SEASON_START_MONTH = 7


def _after_months(start: date, months: int) -> date:
    index = start.year * 12 + start.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of time.

    Attributes:
        start: First day.
        type: Its length.
    """

    start: date
    type: PeriodType

    @property
    def end(self) -> date:
        """The last day."""
        months = {
            PeriodType.YEAR: 12,
            PeriodType.HALF_YEAR: 6,
            PeriodType.QUARTER: 3,
            PeriodType.MONTH: 1,
            PeriodType.SEASON: 12,
        }
        if self.type in months:
            return _after_months(self.start, months[self.type]) - timedelta(days=1)
        return self.start + timedelta(days=6 if self.type is PeriodType.WEEK else 0)

    @property
    def code(self) -> str:
        """Machine form: 2024, 2024H1, 2024K1, 2024-05, 2024V15, 2022/2023 or 2024-05-17."""
        return _CODES[self.type](self.start)

    @property
    def label(self) -> str:
        """What a person reads: `maj 2024`, `vecka 15 2024`, `säsongen 2022–2023`."""
        return _LABELS[self.type](self.start)

    @classmethod
    def from_code(cls, code: str) -> Period | None:
        """The period with this code, as `code` writes it; None where the text is no such code."""
        for pattern, kind, start_of in _PARSERS:
            found = pattern.fullmatch(code)
            if found:
                try:
                    period = cls(start_of(*map(int, found.groups())), kind)
                except ValueError:
                    return None
                return period if period.code == code else None
        return None


def _iso(start: date) -> tuple[int, int]:
    calendar = start.isocalendar()
    return calendar.year, calendar.week


_CODES: dict[PeriodType, Callable[[date], str]] = {
    PeriodType.YEAR: lambda d: f"{d.year}",
    PeriodType.HALF_YEAR: lambda d: f"{d.year}H{1 if d.month == 1 else 2}",
    PeriodType.QUARTER: lambda d: f"{d.year}K{(d.month + 2) // 3}",
    PeriodType.MONTH: lambda d: f"{d:%Y-%m}",
    PeriodType.WEEK: lambda d: "{}V{:02d}".format(*_iso(d)),
    PeriodType.SEASON: lambda d: f"{d.year}/{d.year + 1}",
    PeriodType.DATE: lambda d: d.isoformat(),
}

#: Pattern of a code, its type, and the first day from the numbers in it; ValueError for impossible ones.
_PARSERS: tuple[tuple[re.Pattern[str], PeriodType, Callable[..., date]], ...] = (
    (re.compile(r"(\d{4})"), PeriodType.YEAR, lambda y: date(y, 1, 1)),
    (re.compile(r"(\d{4})H([12])"), PeriodType.HALF_YEAR, lambda y, n: date(y, n * 6 - 5, 1)),
    (re.compile(r"(\d{4})K([1-4])"), PeriodType.QUARTER, lambda y, n: date(y, n * 3 - 2, 1)),
    (re.compile(r"(\d{4})-(\d{2})"), PeriodType.MONTH, lambda y, m: date(y, m, 1)),
    (re.compile(r"(\d{4})V(\d{2})"), PeriodType.WEEK, lambda y, w: date.fromisocalendar(y, w, 1)),
    (re.compile(r"(\d{4})-(\d{2})-(\d{2})"), PeriodType.DATE, date),
    (re.compile(r"(\d{4})/(\d{4})"), PeriodType.SEASON, lambda y, _: date(y, SEASON_START_MONTH, 1)),
)

_LABELS: dict[PeriodType, Callable[[date], str]] = {
    PeriodType.YEAR: lambda d: f"{d.year}",
    PeriodType.HALF_YEAR: lambda d: f"{'första' if d.month == 1 else 'andra'} halvåret {d.year}",
    PeriodType.QUARTER: lambda d: f"kvartal {(d.month + 2) // 3} {d.year}",
    PeriodType.MONTH: lambda d: f"{MONTHS[d.month - 1]} {d.year}",
    PeriodType.WEEK: lambda d: "vecka {1} {0}".format(*_iso(d)),
    PeriodType.SEASON: lambda d: f"säsongen {d.year}–{d.year + 1}",
    PeriodType.DATE: lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
}
