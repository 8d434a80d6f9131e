"""The map's geometry: the projection, the cutting into shared lines, and that the file is what the package gives."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
import shapely

from etl import geometry
from etl.settings import GEOMETRY_FILE
from tests.conftest import ROOT

FILE = ROOT / "data" / GEOMETRY_FILE


@pytest.fixture(scope="module")
def document() -> dict:
    return json.loads(FILE.read_text(encoding="utf-8"))


def lines_of(document: dict) -> list[list[tuple[int, int]]]:
    found = []
    for line in document["arcs"]:
        x = y = 0
        points = []
        for across, down in line:
            x, y = x + across, y + down
            points.append((x, y))
        found.append(points)
    return found


def shapes_of(document: dict) -> dict[str, shapely.MultiPolygon]:
    """The areas as any reader of TopoJSON puts them together."""
    lines = lines_of(document)

    def ring(numbers: list[int]) -> list[tuple[int, int]]:
        parts = [lines[number] if number >= 0 else lines[~number][::-1] for number in numbers]
        for one, other in pairwise([*parts, parts[0]]):
            assert one[-1] == other[0]
        return [point for part in parts for point in part[:-1]]

    return {
        entry["id"]: shapely.MultiPolygon(
            [(ring(outer), [ring(hole) for hole in holes]) for outer, *holes in entry["arcs"]]
        )
        for entry in document["objects"]["municipalities"]["geometries"]
    }


def test_the_committed_file_is_what_the_package_gives():
    assert FILE.read_bytes() == geometry.content()


def test_every_municipality_of_the_catalogue_has_an_outline_and_its_name(document):
    from etl.catalogue import load_catalogue

    catalogue = load_catalogue(ROOT / "data" / "catalogue").catalogue
    drawn = {
        entry["id"]: entry["properties"]["name"]
        for entry in document["objects"]["municipalities"]["geometries"]
    }
    assert drawn == {area.id: area.name for area in catalogue.municipalities}


def test_the_outlines_meet_without_gap_or_overlap_and_are_where_they_were(document):
    shapes = shapes_of(document)
    assert shapely.coverage_is_valid(list(shapes.values()))
    assert not [
        ring
        for part in shapely.get_parts(shapely.union_all(list(shapes.values())))
        for ring in part.interiors
    ]
    (x, y), scale = document["transform"]["translate"], geometry.STEP
    for code, (_, outline) in geometry.outlines().items():
        own = shapely.transform(shapes[code], lambda points: points * (scale, -scale) + (x, y))
        assert shapely.hausdorff_distance(own, outline) < geometry.TOLERANCE + geometry.STEP, code
        assert own.area == pytest.approx(outline.area, rel=0.02), code


def test_a_line_is_a_border_of_one_area_or_of_two(document):
    sides = [0] * len(document["arcs"])
    for entry in document["objects"]["municipalities"]["geometries"]:
        for number in (n for polygon in entry["arcs"] for ring in polygon for n in ring):
            sides[number if number >= 0 else ~number] += 1
    assert set(sides) == {1, 2}


def test_the_file_is_light_and_within_its_size(document):
    assert FILE.stat().st_size < 20_000
    points = [point for line in lines_of(document) for point in line]
    assert [min(x for x, _ in points), min(y for _, y in points)] == [0, 0]
    assert [max(x for x, _ in points), max(y for _, y in points)] == document["size"]


def test_the_projection_gives_lantmateriets_control_point():
    """Lantmäteriet's example of the formulas: GRS 80, a local middle meridian, scale and false origin."""
    meridian = 13 + 35 / 60 + 7.692 / 3600
    east, north = geometry.projected(
        24.0, 66.0, meridian=meridian, scale=1.00000254, easting=84182.879, northing=-6226307.864
    )
    assert (east, north) == (
        pytest.approx(555304.016555, abs=1e-3),
        pytest.approx(1135809.413803, abs=1e-3),
    )


def test_on_the_middle_meridian_nothing_lies_to_the_side():
    assert geometry.projected(15.0, 58.0)[0] == pytest.approx(500_000, abs=1e-6)
    assert geometry.projected(14.0, 58.0)[0] + geometry.projected(16.0, 58.0)[0] == pytest.approx(1_000_000)


A, B, C, D = (0, 0), (2, 0), (2, 2), (0, 2)
E, F = (4, 0), (4, 2)
LEFT, RIGHT = [A, B, C, D], [B, E, F, C]


def test_neighbours_share_the_line_between_them():
    lines, areas = geometry.topology({"left": [[LEFT]], "right": [[RIGHT]]})
    (left,), (right,) = areas["left"][0], areas["right"][0]
    shared = [number for number in left if number in right or ~number in right]
    assert [lines[number if number >= 0 else ~number] for number in shared] == [[B, C]]
    assert len(lines) == 3


def test_an_island_is_one_closed_line_and_an_enclave_shares_it():
    inner = [(1, 1), (3, 1), (3, 3), (1, 3)]
    outer = [(0, 0), (4, 0), (4, 4), (0, 4)]
    lines, areas = geometry.topology({"outside": [[outer, inner[::-1]]], "inside": [[inner]]})
    assert len(lines) == 2
    assert areas["inside"] == [[[~areas["outside"][0][1][0]]]]
    assert all(line[0] == line[-1] for line in lines)


def test_areas_that_touch_in_a_corner_share_no_line():
    lines, areas = geometry.topology(
        {"one": [[[(0, 0), (1, 0), (1, 1), (0, 1)]]], "two": [[[(1, 1), (2, 1), (2, 2)]]]}
    )
    assert len(lines) == 2
    assert areas == {"one": [[[0]]], "two": [[[1]]]}
