"""How much of what was allocated is used, repaid and not accounted for: bars in three parts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dashboard import figures
from dashboard.charts import bars
from dashboard.charts.bars import Bar, Bars, Look
from dashboard.money import percents
from schemas import swedish
from schemas.catalogue import Unit

if TYPE_CHECKING:
    from dashboard.charts.picture import Said
    from dashboard.charts.style import Palette
    from dashboard.money import Sums

#: The parts, each with the sign that stands for its pattern.
PARTS = (("■", "Använt"), ("▨", "Återbetalt"), ("□", "Inte redovisat"))

_ZERO = Decimal(0)


@dataclass(frozen=True)
class Used:
    """What the picture shows.

    Attributes:
        whole: The sum of everything.
        purposes, parts: The same money by purpose and by part of the county.
        chosen: Id of the part that stands out, if one does.
        said: The words in the picture.
    """

    whole: Sums
    purposes: tuple[Sums, ...]
    parts: tuple[Sums, ...]
    chosen: str | None
    said: Said


def figure(used: Used, colours: Palette, *, narrow: bool = False) -> dict[str, Any]:
    """The bars as a plotly figure, each as long as what was allocated; `narrow` for a phone."""
    rows = [_bar(used.whole, "", strong=False)]
    for head, found in (("Per ändamål", used.purposes), ("Per delregion", used.parts)):
        rows += [
            _bar(sums, "" if place else head, strong=bool(sums.id) and sums.id == used.chosen)
            for place, sums in enumerate(found)
        ]
    names = tuple(f"{sign} {word}" for sign, word in PARTS)
    looks = (Look(colours.chosen), Look(colours.chosen, "/"), Look(colours.quiet, bars.EMPTY))
    drawn = Bars(tuple(rows), looks, 100.0, used.said, columns=names, key=("\u2002".join(names),))
    return bars.figure(drawn, colours, narrow=narrow)


def shares(sums: Sums) -> list[Decimal]:
    """Used, repaid and not accounted for, in per cent of what was allocated; they add up to 100."""
    return percents([sums.used or _ZERO, sums.repaid or _ZERO, max(sums.unreported, _ZERO)])


def texts(sums: Sums) -> list[str]:
    """The same as text; a dash for what nobody has told of, and for all where nothing was allocated."""
    known = (sums.used is not None, sums.repaid is not None, True)
    return [
        swedish.value_text(share, Unit.PERCENT, 1) if told and sums.allocated else swedish.NO_VALUE
        for share, told in zip(shares(sums), known, strict=True)
    ]


def _bar(sums: Sums, head: str, *, strong: bool) -> Bar:
    said = texts(sums)
    below = "\u2002".join(f"{sign} {text}" for (sign, _), text in zip(PARTS, said, strict=True))
    return Bar(sums.name, tuple(map(float, shares(sums))), tuple(said), below, head, strong)


def alt(used: Used) -> str:
    """The picture in words, made from its data."""
    told = [f"{sums.name}: {_in_words(sums)}" for sums in (used.whole, *used.purposes, *used.parts)]
    example = " Exempeldata ingår." if used.said.is_example else ""
    return (
        f"{used.said.title}. Stapeldiagram över vad som är redovisat av fördelade pengar. "
        f"{'; '.join(told)}.{example}"
    )


def _in_words(sums: Sums) -> str:
    if not sums.allocated:
        return f"{figures.kronor(_ZERO)} fördelat"
    return ", ".join(f"{word.lower()} {text}" for (_, word), text in zip(PARTS, texts(sums), strict=True))
