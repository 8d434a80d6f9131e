"""The outlines that maps are drawn of: put together for any division of the county, and where a name has room.

The file is `data/geometry/municipalities.json`, made by `etl.geometry`. Lengths are its whole steps, downwards from
the north-western corner, as a picture has them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from etl.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

Point = tuple[int, int]

#: West, east, north and south.
Box = tuple[float, float, float, float]

#: How finely the ground is divided where room for a name is looked for, in steps.
_CELL = 10

#: How far from its area a name beside the county may stand, as a share of the county's height.
_FAR = 0.15


@dataclass(frozen=True)
class Geometry:
    """The outlines.

    Attributes:
        size: Width and height.
        source: Whose outlines they are.
        lines: Every border once, as points.
        rings: Municipality → rings, each the numbers of its lines in order; `~number` for one backwards.
        cells: The municipality of every cell of the ground, as its place in `rings`, -1 outside; rows from north.
    """

    size: tuple[int, int]
    source: str
    lines: tuple[tuple[Point, ...], ...]
    rings: dict[str, tuple[tuple[int, ...], ...]]
    cells: np.ndarray

    def outline(self, codes: Iterable[str]) -> str:
        """Municipalities as one area, without the borders between them: the `d` of an SVG path."""
        used = [number for code in codes for ring in self.rings[code] for number in ring]
        inner = {number for number in used if ~number in used}
        return "".join(
            _drawn(points) + "z"
            for points in _joined(self.lines, (number for number in used if number not in inner))
        )

    def borders(self, part_of: Mapping[str, str]) -> str:
        """The lines between two parts of the county: the `d` of an SVG path.

        Args:
            part_of: Municipality → part. The border of what lies outside all parts isn't drawn.
        """
        sides: defaultdict[int, set[str]] = defaultdict(set)
        for code, rings in self.rings.items():
            for number in (number for ring in rings for number in ring):
                sides[max(number, ~number)].add(part_of.get(code, ""))
        return "".join(_drawn(self.lines[number]) for number, own in sorted(sides.items()) if len(own) > 1)

    def room(
        self,
        codes: Iterable[str],
        width: float,
        height: float,
        *,
        beyond: bool = False,
        taken: Iterable[Box] = (),
    ) -> tuple[float, float] | None:
        """The middle of a box inside an area, as near the area's own middle as there is room; None for none.

        Args:
            codes: The municipalities that the area is made of.
            width: Width of the box.
            height: Its height.
            beyond: Whether the box may reach out of the county, over no other area; its middle lies inside.
            taken: What it mustn't cover.
        """
        high, wide = (max(1, round(length / _CELL)) for length in (height, width))
        return self._ground(codes, beyond=beyond, taken=taken).room(wide, high)

    def beside(
        self, codes: Iterable[str], width: float, height: float, *, taken: Iterable[Box] = ()
    ) -> tuple[float, float] | None:
        """The middle of a box outside the county, as near the area's middle as there is room; None for none near.

        Args:
            codes: The municipalities that the area is made of.
            width: Width of the box.
            height: Its height.
            taken: What neither the box nor a line from it to the area's middle may cover.
        """
        taken = list(taken)
        high, wide = (max(1, round(length / _CELL)) for length in (height, width))
        x, y = self._ground((), beyond=True, taken=taken).rooms(wide, high)
        own = self.middle(codes)
        across = np.maximum(np.abs(x * _CELL - own[0]) - width / 2, 0)
        up = np.maximum(np.abs(y * _CELL - own[1]) - height / 2, 0)
        away = np.hypot(across, up)
        for place in away.argsort(kind="stable"):
            if away[place] > _FAR * self.size[1]:
                return None
            found = float(x[place]) * _CELL, float(y[place]) * _CELL
            if not any(_crosses(found, own, box) for box in taken):
                return found
        return None

    def middle(self, codes: Iterable[str]) -> tuple[float, float]:
        """The middle of the largest square inside an area, for a symbol."""
        ground = self._ground(codes)
        found, least, most = ground.room(1, 1), 1, min(ground.sums.shape)
        while least < most:
            side = (least + most) // 2
            room = ground.room(side, side)
            found, least, most = (room, side + 1, most) if room else (found, least, side)
        return found or (0.0, 0.0)

    def _ground(self, codes: Iterable[str], *, beyond: bool = False, taken: Iterable[Box] = ()) -> _Ground:
        own = self._place(tuple(codes))
        free = own.inside | (self.cells < 0) if beyond else own.inside.copy()
        for west, east, north, south in taken:
            first, start = (max(0, int(side // _CELL)) for side in (north, west))
            free[first : int(south // _CELL) + 1, start : int(east // _CELL) + 1] = False
        left, right, top, bottom = (0, free.shape[1], 0, free.shape[0]) if beyond else own.within
        sums = np.pad(free[top:bottom, left:right].cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        return _Ground(left, top, own.centre, own.inside, sums)

    def _place(self, codes: tuple[str, ...]) -> _Place:
        """Where an area lies; the whole ground for none."""
        if codes not in self._places:
            places = list(self.rings)
            inside = np.isin(self.cells, [places.index(code) for code in codes])
            rows, columns = np.nonzero(inside) if inside.any() else np.nonzero(np.isfinite(self.cells))
            within = columns.min(), columns.max() + 1, rows.min(), rows.max() + 1
            centre = float(columns.mean()) + 0.5, float(rows.mean()) + 0.5
            self._places[codes] = _Place(inside, (*map(int, within),), centre)  # ty: ignore[invalid-argument-type]
        return self._places[codes]

    @cached_property
    def _places(self) -> dict[tuple[str, ...], _Place]:
        return {}


class _Place(NamedTuple):
    """Where an area lies, in cells.

    Attributes:
        inside: Whether each cell of the whole ground is the area's.
        within: West, east, north and south of its cells.
        centre: Its middle, column and row.
    """

    inside: np.ndarray
    within: tuple[int, int, int, int]
    centre: tuple[float, float]


class _Ground(NamedTuple):
    """The ground around an area.

    Attributes:
        left: The column that it begins with.
        top: The row that it begins with.
        centre: The area's middle, column and row.
        inside: Whether each cell of the whole ground is the area's.
        sums: How many cells to the north-west of each corner are free.
    """

    left: int
    top: int
    centre: tuple[float, float]
    inside: np.ndarray
    sums: np.ndarray

    def rooms(self, wide: int, high: int) -> tuple[np.ndarray, np.ndarray]:
        """The middles of all boxes of free cells, by column and row."""
        sums = self.sums
        if sums.shape[0] <= high or sums.shape[1] <= wide:
            return np.empty(0), np.empty(0)
        full = sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]
        rows, columns = np.nonzero(full == high * wide)
        return columns + self.left + wide / 2, rows + self.top + high / 2

    def room(self, wide: int, high: int) -> tuple[float, float] | None:
        x, y = self.rooms(wide, high)
        own = self.inside[y.astype(int), x.astype(int)]
        x, y = x[own], y[own]
        if not len(x):
            return None
        nearest = ((x - self.centre[0]) ** 2 + (y - self.centre[1]) ** 2).argmin()
        return float(x[nearest]) * _CELL, float(y[nearest]) * _CELL


def _crosses(start: tuple[float, float], end: tuple[float, float], box: Box) -> bool:
    """Whether a line goes through a box, looked at in short steps."""
    count = max(2, int(max(abs(end[0] - start[0]), abs(end[1] - start[1])) / _CELL))
    x, y = (np.linspace(one, other, count) for one, other in zip(start, end, strict=True))
    west, east, north, south = box
    return bool(((x > west) & (x < east) & (y > north) & (y < south)).any())


def _joined(lines: Sequence[tuple[Point, ...]], numbers: Iterable[int]) -> list[list[Point]]:
    """Lines joined to closed rings, none with its last point given."""
    starts: defaultdict[Point, list[tuple[Point, ...]]] = defaultdict(list)
    for number in numbers:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        starts[line[0]].append(line)
    rings = []
    for first in list(starts):
        while starts[first]:
            ring = list(starts[first].pop())
            while ring[-1] != first:
                ring += starts[ring[-1]].pop()[1:]
            rings.append(ring[:-1])
    return rings


def _drawn(points: Iterable[Point]) -> str:
    """A line of an SVG path: the first point, and from each to the next."""
    first, *others = points
    steps, (x, y) = [], first
    for point in others:
        steps.append(f"{point[0] - x} {point[1] - y}")
        x, y = point
    return f"M{first[0]} {first[1]}l{' '.join(steps)}".replace(" -", "-")


@lru_cache(maxsize=1)
def load() -> Geometry:
    """The outlines of this process."""
    return read(settings().geometry)


def read(path: Path) -> Geometry:
    """Read the file that `etl.geometry` makes."""
    document = json.loads(path.read_text(encoding="utf-8"))
    lines = tuple(_points(line) for line in document["arcs"])
    rings = {
        entry["id"]: tuple(tuple(ring) for polygon in entry["arcs"] for ring in polygon)
        for entry in document["objects"]["municipalities"]["geometries"]
    }
    size = (document["size"][0], document["size"][1])
    return Geometry(size, document["source"], lines, rings, _cells(size, lines, rings))


def _points(line: list[list[int]]) -> tuple[Point, ...]:
    return tuple(
        accumulate(((x, y) for x, y in line), lambda one, step: (one[0] + step[0], one[1] + step[1]))
    )


def _cells(
    size: Point, lines: Sequence[tuple[Point, ...]], rings: Mapping[str, tuple[tuple[int, ...], ...]]
) -> np.ndarray:
    """Whose each cell's middle is: an area lies between every second border that a row crosses."""
    width, height = (length // _CELL + 1 for length in size)
    cells = np.full((height, width), -1, dtype=np.int16)
    across = (np.arange(width) + 0.5) * _CELL
    for place, own in enumerate(rings.values()):
        closed = [np.array(ring) for ring in _joined(lines, (number for ring in own for number in ring))]
        ends = np.concatenate(closed)
        others = np.concatenate([np.roll(ring, -1, axis=0) for ring in closed])
        for row in range(ends[:, 1].min() // _CELL, ends[:, 1].max() // _CELL + 1):
            y = (row + 0.5) * _CELL
            crosses = (ends[:, 1] > y) != (others[:, 1] > y)
            (x1, y1), (x2, y2) = ends[crosses].T, others[crosses].T
            found = np.sort(x1 + (y - y1) / (y2 - y1) * (x2 - x1))
            cells[row, np.searchsorted(found, across) % 2 == 1] = place
    return cells
