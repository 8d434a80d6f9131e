"""The linear system that the figures of one indicator and period obey: cells and equations.

A cell is one area, sex and age group. Every equation says that one cell is the sum of others:

* an area is the sum of its municipalities, in every division and for the county, for each sex and age group;
* a municipality is the sum of its vårdcentraler, where figures are given for any of them;
* both sexes together are women and men, where at least two of the three are in the system;
* an age group is the sum of its bands (`ages`), where figures are given for at least two age groups.

Numerators obey it and so do denominators, and where a value is a mean weighted by inhabitants, value times weight.
Cells that nobody delivers a figure for, such as a municipality that is lacking or the ages between two groups, are
part of the system too: unknown to everyone.

Cells that are in the same equations with the same sign are of one class: none of what is published tells them
apart. What can be worked out depends on how many are unknown in each class, and not on which.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from etl.measures.suppression.ages import bands

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: Area, sex, age group.
Cell = tuple[str, str, str]

_BOTH, _SEXES = "total", ("women", "men")
_OF_TWO = 2


@dataclass(frozen=True, eq=False)
class Layout:
    """Cells and the equations between them.

    Attributes:
        cells: Those that figures are given for, in order, and after them those that none is given for.
        given: How many figures are given for.
        equations: One row per equation, one column per cell; the sum of the products is 0.
    """

    cells: tuple[Cell, ...]
    given: int
    equations: np.ndarray

    @cached_property
    def classes(self) -> np.ndarray:
        """Each cell's class."""
        return self._by_class[1]

    @cached_property
    def coefficients(self) -> np.ndarray:
        """The equations with one column per class."""
        return self._by_class[0]

    @cached_property
    def belongs(self) -> np.ndarray:
        """One row per cell, one column per class: 1 where the cell is of the class."""
        found = np.zeros((len(self.cells), self.coefficients.shape[1]), dtype=np.float32)
        found[np.arange(len(self.cells)), self.classes] = 1
        return found

    @cached_property
    def _by_class(self) -> tuple[np.ndarray, np.ndarray]:
        places: dict[bytes, int] = {}
        columns = np.ascontiguousarray(self.equations.T)
        classes = np.array(
            [places.setdefault(column.tobytes(), len(places)) for column in columns], dtype=int
        )
        first = np.unique(classes, return_index=True)[1]
        return self.equations[:, first], classes


def layout(given: Sequence[Cell], families: Mapping[str, Sequence[str]]) -> Layout:
    """The system of the cells that figures are given for.

    Args:
        given: The cells, without repetition.
        families: Area → its municipalities, for every area that is made of them, and after those municipality →
            its vårdcentraler.
    """
    system = _System(given)
    breakdowns = sorted({(sex, age) for _, sex, age in given})
    for area, (sex, age) in product(families, breakdowns):
        if (area, sex, age) in system:
            system.add((area, sex, age), [(part, sex, age) for part in families[area]])
    made_of = bands(age for _, age in breakdowns)
    cells = -1
    while cells < len(system):
        cells = len(system)
        _by_sex_and_age(system, made_of)
    return system.made()


def _by_sex_and_age(system: _System, made_of: Mapping[str, Sequence[str]]) -> None:
    """Take every cell apart, those too that nobody delivers: men where both and women are told have ages as well."""
    for area, age in sorted({(area, age) for area, _, age in system}):
        both, *parts = ((area, sex, age) for sex in (_BOTH, *_SEXES))
        if sum(cell in system for cell in (both, *parts)) >= _OF_TWO:
            system.add(both, parts)
    for area, sex, age in sorted(system):
        if age in made_of:
            system.add((area, sex, age), [(area, sex, part) for part in made_of[age]])


class _System:
    """Equations under way, and the cells that are in one."""

    def __init__(self, given: Sequence[Cell]):
        self._places = {cell: place for place, cell in enumerate(given)}
        self._given = len(self._places)
        self._rows: dict[tuple[int, ...], None] = {}

    def __contains__(self, cell: Cell) -> bool:
        return cell in self._places

    def __iter__(self) -> Iterator[Cell]:
        return iter(tuple(self._places))

    def __len__(self) -> int:
        return len(self._places)

    def add(self, whole: Cell, parts: Sequence[Cell]) -> None:
        """Say that `whole` is the sum of `parts`."""
        row = tuple(self._places.setdefault(cell, len(self._places)) for cell in (whole, *parts))
        self._rows[row] = None

    def made(self) -> Layout:
        """The system, with the shortest equations first."""
        rows = sorted(self._rows, key=len)
        equations = np.zeros((len(rows), len(self._places)), dtype=np.int8)
        for place, row in enumerate(rows):
            equations[place, list(row[1:])] = -1
            equations[place, row[0]] = 1
        return Layout(tuple(self._places), self._given, equations)
