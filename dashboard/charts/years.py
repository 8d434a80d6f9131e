"""An agreement's money year by year: in all, and per purpose, the years side by side."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dashboard import figures
from dashboard.charts import bars
from dashboard.charts.bars import Bar, Bars, Look

if TYPE_CHECKING:
    from dashboard.charts.picture import Said
    from dashboard.charts.style import Palette
    from dashboard.money import Year

_ZERO = Decimal(0)


@dataclass(frozen=True)
class Years:
    """What the picture shows: the years, oldest first, and the words in it."""

    years: tuple[Year, ...]
    said: Said

    @property
    def purposes(self) -> list[str]:
        """The purposes of all years, in the order that they first occur."""
        return list(dict.fromkeys(purpose for year in self.years for purpose in year.purposes))


def name(year: Year) -> str:
    """A year as it is named; one of generated figures says so."""
    return f"{year.year} (exempeldata)" if year.is_example else str(year.year)


def amount(year: Year, purpose: str) -> Decimal | None:
    """Kronor of a purpose; None where the year doesn't have it."""
    return year.purposes.get(purpose)


def figure(years: Years, colours: Palette, *, narrow: bool = False) -> dict[str, Any]:
    """The bars as a plotly figure; `narrow` for a phone. The newest year stands out."""
    groups: list[tuple[str, list[Decimal | None]]] = [
        ("Hela summan", [year.allocated for year in years.years]),
        *((purpose, [amount(year, purpose) for year in years.years]) for purpose in years.purposes),
    ]
    rows = [
        Bar(
            name(year),
            (float(kronor or _ZERO),),
            ("inget fördelat" if kronor is None else figures.kronor(kronor),),
            head="" if place else head,
            strong=year is years.years[-1],
        )
        for head, sums in groups
        for place, (year, kronor) in enumerate(zip(years.years, sums, strict=True))
    ]
    reach = float(max(year.allocated for year in years.years)) or 1.0
    drawn = Bars(tuple(rows), (Look(colours.chosen),), reach, years.said, fades=True)
    return bars.figure(drawn, colours, narrow=narrow)


def alt(years: Years) -> str:
    """The picture in words, made from its data."""
    told = []
    for year in years.years:
        parts = [f"{purpose} {figures.kronor(kronor)}" for purpose, kronor in year.purposes.items()]
        told.append(f"{name(year)}: {figures.kronor(year.allocated)} ({', '.join(parts)})")
    return f"{years.said.title}. Stapeldiagram, åren bredvid varandra. {'; '.join(told)}."
