"""Where an area's municipalities lie: which figures can be held against each other, and what is said of the others.

Pure: takes the figures of one row, knows nothing of Streamlit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas import swedish
from schemas.catalogue import Direction, RollUp

if TYPE_CHECKING:
    from dashboard.board import Figure, Line
    from schemas.catalogue import Area

#: The flag of a figure that is hidden because few people are behind it.
_HIDDEN = "suppressed"


@dataclass(frozen=True)
class Spread:
    """The municipalities of one row.

    Attributes:
        values: Municipality id → value, in the indicator's unit: those of the period that is shown.
        of: How many municipalities there are.
        hidden: How many figures are hidden because few people are behind them.
        other: How many have a figure of another period, or an example where the others are real.
        example: Whether the values are generated.
    """

    values: dict[str, float]
    of: int
    hidden: int = 0
    other: int = 0
    example: bool = False

    @property
    def lacking(self) -> int:
        """How many have no figure, without being hidden."""
        return self.of - len(self.values) - self.hidden - self.other


def comparable(one: Figure, another: Figure | None) -> bool:
    """Whether two figures can be held against each other: same period, both real or both examples."""
    return (
        another is not None
        and one.value is not None
        and another.value is not None
        and one.period == another.period
        and one.is_example == another.is_example
    )


def spread(line: Line, own: Figure | None, members: list[Area]) -> Spread | None:
    """The municipalities' figures that can be held against the area's own.

    Args:
        line: The row.
        own: The figure of the area that they make up.
        members: The municipalities.

    Returns:
        None where none of them has ever had a figure, or where theirs are parts of a sum.
    """
    if line.indicator.roll_up is RollUp.SUM:
        return None
    found = [line.figures[area.id] for area in members if area.id in line.figures]
    known = [figure for figure in found if figure.value is not None]
    hidden = sum(figure.flag == _HIDDEN for figure in found if figure.value is None)
    if not known and not hidden:
        return None
    against = own if own is not None and own.value is not None else next(iter(known), None)
    if against is None:
        return Spread({}, len(members), hidden, example=found[0].is_example)
    shown = {figure.area: figure.value for figure in known if comparable(figure, against)}
    values = {area: value for area, value in shown.items() if value is not None}
    return Spread(values, len(members), hidden, len(known) - len(values), against.is_example)


def words(found: Spread | None, line: Line) -> str:
    """`14 av 15 kommuner: 71,2–88,0 %. 1 dold.`: the numbers that the picture shows, and what it leaves out."""
    if found is None:
        return "Inga uppgifter per kommun"
    said = []
    if found.values:
        item = line.indicator
        low, high = min(found.values.values()), max(found.values.values())
        count = len(found.values)
        of = "" if count == found.of else f"{count} av "
        span = (
            swedish.value_text(low, item.unit, item.decimals)
            if swedish.rounded(low, item.decimals) == swedish.rounded(high, item.decimals)
            else swedish.interval_text(low, high, item.unit, item.decimals)
        )
        said.append(f"{of}{swedish.count_text(found.of, 'kommun', 'kommuner')}: {span}")
    left = [
        swedish.count_text(number, one, several)
        for number, one, several in (
            (found.hidden, "dold", "dolda"),
            (found.other, "med annan period", "med annan period"),
            (found.lacking, "utan uppgift", "utan uppgift"),
        )
        if number
    ]
    if left:
        said.append(swedish.listing(left))
    if not found.values:
        said[-1] = f"{swedish.count_text(found.of, 'kommun', 'kommuner')}: {said[-1]}"
    return ". ".join(said)


def way(line: Line) -> str:
    """Which way is better in the picture, where it isn't to the right because more is better."""
    return {
        Direction.LOWER: "Lägre är bättre: skalan går från högt till lågt",
        Direction.NONE: "Inget håll är bättre i sig",
    }.get(line.indicator.direction, "")
