"""An example of how an agreed sum might be divided; the real division is not public.

The purposes are those known for 2022. What each of them gets, and what goes to whom, is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Literal

from etl.measures.funds import split_per_capita
from schemas.swedish import municipality_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from etl.examples.series import Place
    from schemas.catalogue import Agreement

#: Parts of a purpose that go to the county in common, to the region, and to the municipalities.
_LEVELS = ((70, 20, 10), (20, 30, 50), (10, 40, 50))

#: Parts of the agreed sum per purpose, in the agreement's order.
_PURPOSES = (15, 35, 50)

#: How far a municipality's sum may lie from an equal one per inhabitant, in per cent of it: an example that
#: gave everyone the same would look like a rule that someone had decided.
_LEAST, _MOST = 70, 135

#: One municipality in so many has reported what it used.
_REPORTED = 3


@dataclass(frozen=True)
class Sum:
    """One row of the example allocation, in whole kronor."""

    purpose: str
    level: Literal["länsgemensamt", "region", "kommun"]
    area: str
    recipient: str
    kind: Literal["fördelat", "använt", "återbetalt"]
    kronor: int


def sums(
    agreement: Agreement, places: Mapping[str, Place], names: Mapping[str, str], seed: int
) -> Iterator[Sum]:
    """Every row of the example: allocated to the krona, some of it used and some repaid.

    Args:
        agreement: What to divide; `total` must be whole kronor and there must be three purposes.
        places: Municipality code → municipality.
        names: Area id → name.
        seed: The same seed gives the same rows.
    """
    purposes = split_per_capita(agreement.total, dict(zip(agreement.purposes, _PURPOSES, strict=True)))
    inhabitants = {code: place.inhabitants for code, place in places.items()}
    for (purpose, kronor), parts in zip(purposes.items(), _LEVELS, strict=True):
        common, region, municipal = _thirds(kronor, parts)
        yield Sum(purpose, "länsgemensamt", names["14"], "VästKom", "fördelat", int(common))
        yield Sum(purpose, "region", names["14"], "Västra Götalandsregionen", "fördelat", int(region))
        per_place = split_per_capita(municipal, _uneven(inhabitants, purpose, seed))
        for code, got in per_place.items():
            yield Sum(purpose, "kommun", names[code], municipality_name(names[code]), "fördelat", int(got))
        yield from _reported(purpose, per_place, names, seed)


def _uneven(inhabitants: Mapping[str, int], purpose: str, seed: int) -> dict[str, int]:
    draw = Random(f"{seed} {purpose} weights")  # noqa: S311  (figures for show, not secrets)
    return {code: people * draw.randint(_LEAST, _MOST) for code, people in sorted(inhabitants.items())}


def _thirds(kronor: Decimal, parts: tuple[int, int, int]) -> list[Decimal]:
    return list(split_per_capita(kronor, dict(zip(("l", "r", "k"), parts, strict=True))).values())


def _reported(
    purpose: str, per_place: Mapping[str, Decimal], names: Mapping[str, str], seed: int
) -> Iterator[Sum]:
    draw = Random(f"{seed} {purpose}")  # noqa: S311  (figures for show, not secrets)
    for code, got in list(per_place.items())[::_REPORTED]:
        used = int(got) * (80 + int(draw.random() * 21)) // 100
        recipient = municipality_name(names[code])
        yield Sum(purpose, "kommun", names[code], recipient, "använt", used)
        if used < got:
            yield Sum(purpose, "kommun", names[code], recipient, "återbetalt", int(got) - used)
