"""What each example series looks like for the whole county, and how large it is in a municipality.

The county's levels pass through the few figures that are published (`data/published/`), so that an example never
says something else about the county than what is known. Everything between and after is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from schemas.catalogue import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How much of the summer's dip in accessibility each month has, January to December.
SUMMER = (0.2, 0.1, 0.0, 0.0, 0.1, 0.4, 1.0, 0.8, 0.3, 0.1, 0.0, 0.0)

_MONTHS = 12


@dataclass(frozen=True)
class Recipe:
    """One example series.

    Attributes:
        indicator: The indicator's id.
        step: Whether a figure is for a month, a year or a season.
        first: Year of the first level.
        levels: The county's level in the indicator's unit. For months: at the end of each year, the first one
            being where the series starts from; else one per year (for a season: the year it begins in).
        size: The denominator per inhabitant and period.
        spread: How far areas differ, in the indicator's unit; negative where lower is better.
        dip: What the summer takes away, in the indicator's unit.
        kind: A share, days per case, or an index with a weight.
        elderly: The denominator follows the number of elderly rather than of all inhabitants.
        companion: Another indicator with the same numerator, per inhabitant 65 years and over.
    """

    indicator: str
    step: Literal["month", "year", "season"]
    first: int
    levels: tuple[float, ...]
    size: float
    spread: float
    dip: float = 0.0
    kind: Literal["share", "days", "index"] = "share"
    elderly: bool = False
    companion: str | None = None

    def periods(self) -> Iterator[tuple[str, int, float]]:
        """Every period as the template writes it, its year, and the county's level."""
        if self.step == "month":
            yield from self._months()
            return
        for year, level in enumerate(self.levels, start=self.first):
            yield (f"säsong {year}–{year + 1}" if self.step == "season" else f"{year}"), year, level

    def _months(self) -> Iterator[tuple[str, int, float]]:
        for place, (before, after) in enumerate(zip(self.levels, self.levels[1:], strict=False), start=1):
            year = self.first + place
            for month in range(1, _MONTHS + 1):
                level = before + (after - before) * month / _MONTHS - self.dip * SUMMER[month - 1]
                yield f"{year}-{month:02d}", year, level


#: Subject → its example series.
RECIPES: dict[Subject, tuple[Recipe, ...]] = {
    Subject.ACCESSIBILITY: (
        Recipe("vardgaranti-telefon", "month", 2018, (88, 87, 85, 86, 84, 86, 88, 89), 0.25, 3, 3),
        Recipe("vardgaranti-medicinsk-bedomning", "month", 2018, (82, 82, 80, 81, 80, 82, 84, 85), 0.06, 3, 2),
        Recipe("vardgaranti-forsta-besok-vantande", "month", 2020, (77, 71, 68, 70, 74, 74.5), 0.02, 4, 6),
        Recipe("vardgaranti-forsta-besok-genomford", "month", 2020, (80, 76, 73, 72, 73, 75), 0.012, 3, 4),
        Recipe("vardgaranti-operation-vantande", "month", 2020, (59, 59, 57, 60, 66, 63), 0.008, 4, 6),
        Recipe("vardgaranti-operation-genomford", "month", 2020, (64, 61, 60, 60, 62, 64), 0.004, 4, 4),
        Recipe("bup-forsta-besok-30", "month", 2018, (62, 58, 53, 42, 40, 48, 56, 63), 0.0005, 6, 8),
        Recipe("bup-start-30", "month", 2018, (55, 52, 48, 44, 42, 46, 52, 58), 0.0003, 6, 8),
        Recipe("akut-4-timmar", "month", 2018, (70, 67, 64.7, 57, 55, 57, 59, 60), 0.02, 4, 2),
    ),
    Subject.CONTINUITY: (
        Recipe("fast-lakarkontakt-register", "year", 2019, (28, 27, 31, 45, 50, 53, 55), 1.0, 5),
        Recipe("fast-lakarkontakt-enkat", "year", 2019, (33, 32, 31, 31, 30, 30, 30), 0.005, 3),
        Recipe("fast-lakarkontakt-sabo", "year", 2019, (60, 62, 66, 74, 78, 79.5, 80), 0.03, 4, elderly=True),
        Recipe(
            "kontinuitetsindex", "year", 2019, (0.32, 0.31, 0.31, 0.33, 0.345, 0.355, 0.36), 0.12, 0.03,
            kind="index",
        ),
        Recipe(
            "aterinskrivning-65", "year", 2019, (9.8, 9.3, 8.4, 8.9, 8.8, 8.6, 8.5), 0.14, -0.7, elderly=True
        ),
        Recipe(
            "aterinskrivning-aldre-kommun", "year", 2019, (17.5, 17, 16.5, 16.8, 16.4, 16.1, 15.9), 0.035,
            -1.5, elderly=True,
        ),
        Recipe(
            "utskrivningsklar-medelvardtid", "year", 2019, (3.2, 2.6, 2.9, 3.4, 3.4, 3.1, 2.9), 0.1, -0.6,
            kind="days", elderly=True, companion="utskrivningsklar-dagar-65",
        ),
    ),
    Subject.VACCINATION: (
        Recipe("influensa-65", "season", 2019, (56, 64, 70, 69, 67, 68), 1.0, 4, elderly=True),
        Recipe("mpr-dos-1", "year", 2021, (96.6, 96.5, 96.2, 95.9, 95.6), 0.0115, 0.9),
        Recipe("mpr-dos-2", "year", 2021, (95.4, 95.2, 95.0, 94.7, 94.5), 0.012, 0.9),
        Recipe("hpv-flickor", "year", 2021, (80, 80.5, 82, 83.2, 84.3), 0.006, 3),
        Recipe("hpv-pojkar", "year", 2021, (72, 74, 76, 79, 81), 0.006, 3),
    ),
}  # fmt: skip
