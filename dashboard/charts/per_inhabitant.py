"""Kronor per inhabitant as bars, one a delregion in the division's own order, with that of all together as a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.charts import bars
from dashboard.charts.bars import Bar, Bars, Look
from schemas import swedish

if TYPE_CHECKING:
    from dashboard.charts.picture import Said
    from dashboard.charts.style import Palette
    from dashboard.money import Share

#: What the line is called.
TOGETHER = "Alla delregioner"


@dataclass(frozen=True)
class Places:
    """What the picture shows.

    Attributes:
        shares: Each delregion's money.
        chosen: Id of the one that stands out, if one does.
        said: The words in the picture.
    """

    shares: tuple[Share, ...]
    chosen: str | None
    said: Said

    @property
    def together(self) -> float:
        """Kronor per inhabitant of all delregioner."""
        people = sum(share.inhabitants for share in self.shares)
        return float(sum(share.allocated for share in self.shares)) / people


def figure(places: Places, colours: Palette, *, narrow: bool = False) -> dict[str, Any]:
    """The bars as a plotly figure; `narrow` for a phone. They begin at nought."""
    rows = tuple(
        Bar(
            share.area.name,
            (share.per_inhabitant,),
            (swedish.kronor(share.per_inhabitant, 2),),
            strong=share.area.id == places.chosen,
        )
        for share in places.shares
    )
    reach = max((share.per_inhabitant for share in places.shares), default=0.0) or 1.0
    mark = (places.together, f"{TOGETHER}: {swedish.kronor(places.together, 2)}")
    # In a column of their own: at the bars' ends the line would run through them.
    drawn = Bars(rows, (Look(colours.chosen),), reach, places.said, ("Per invånare",), mark=mark, fades=True)
    return bars.figure(drawn, colours, narrow=narrow)


def alt(places: Places) -> str:
    """The bars in words, made from the data."""
    said = ", ".join(
        f"{share.area.name} {swedish.kronor(share.per_inhabitant, 2)}" for share in places.shares
    )
    example = " Exempeldata ingår." if places.said.is_example else ""
    return (
        f"{places.said.title}. Stapeldiagram över fördelade kronor per invånare: {said}. "
        f"{TOGETHER} {swedish.kronor(places.together, 2)}.{example}"
    )
