"""How age groups are made of each other, read from their labels.

`18+`, `18-64`, `12` and `total` are stretches of age; where they begin and end cuts all ages into bands, and every
label is a sum of such bands. That 18+ is 18-64 and 65+, that bands without holes make `total`, and that 18+ minus
65+ is an age group too, though nobody shows it, all follow. `total` is taken as all ages. A label of another form
stands by itself.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_OPEN = re.compile(r"^(\d{1,3})\+$")
_CLOSED = re.compile(r"^(\d{1,3})[-–](\d{1,3})$")
_SINGLE = re.compile(r"^(\d{1,3})$")
_ALL = "total"

Stretch = tuple[float, float]


def stretch(label: str) -> Stretch | None:
    """From which age (with) to which age (without) a label reaches; None where that can't be told."""
    if label == _ALL:
        return 0.0, math.inf
    if found := _OPEN.match(label):
        return float(found[1]), math.inf
    if found := _CLOSED.match(label):
        low, high = float(found[1]), float(found[2]) + 1
        return (low, high) if low < high else None
    if found := _SINGLE.match(label):
        return float(found[1]), float(found[1]) + 1
    return None


def bands(labels: Iterable[str]) -> dict[str, list[str]]:
    """The bands that each label is the sum of, by name: a label's own where a label is that very band.

    Args:
        labels: The age groups that figures are given for.

    Returns:
        Label → names of its bands, for every label that isn't one single band of its own name.
    """
    known = {label: found for label in sorted(set(labels)) if (found := stretch(label))}
    cuts = sorted({edge for pair in known.values() for edge in pair})
    names = {pair: f"{pair[0]:g}:{pair[1]:g}" for pair in pairwise(cuts)}
    names |= {pair: label for label, pair in known.items() if pair in names}
    parts = {
        label: [name for (begin, end), name in names.items() if low <= begin and end <= high]
        for label, (low, high) in known.items()
    }
    return {label: found for label, found in parts.items() if found != [label]}
