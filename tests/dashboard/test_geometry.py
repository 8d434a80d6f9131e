"""The outlines put together: any part of the county as one area, the borders between parts, and room for names."""

from __future__ import annotations

import re

import pytest
import shapely

from dashboard import geometry
from tests.conftest import ROOT

DIVISIONS = ["vardsamverkan", "namnd", "kommunalforbund"]


@pytest.fixture(scope="module")
def outlines() -> geometry.Geometry:
    return geometry.read(ROOT / "data" / "geometry" / "municipalities.json")


def lines_of(path: str) -> list[list[tuple[int, int]]]:
    """The points of every line of a path, as a browser draws it."""
    found = []
    for start, steps in re.findall(r"M(-?\d+ -?\d+)l([^Mz]*)", path.replace("-", " -")):
        x, y = map(int, start.split())
        numbers = list(map(int, steps.split()))
        line = [(x, y)]
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + across, y + down
            line.append((x, y))
        found.append(line)
    return found


def shape(outlines: geometry.Geometry, codes) -> shapely.Geometry:
    return shapely.union_all([shapely.Polygon(ring) for ring in lines_of(outlines.outline(codes))])


def parts(catalogue, division: str) -> dict[str, str]:
    return {row.municipality: row.area for row in catalogue.memberships if row.division == division}


@pytest.mark.parametrize("division", DIVISIONS)
def test_a_delregion_is_its_municipalities_without_the_borders_between_them(outlines, catalogue, division):
    for area in catalogue.delregioner(division):
        codes = [one.id for one in catalogue.members(area.id)]
        together = shapely.union_all([shape(outlines, [code]) for code in codes])
        assert shape(outlines, codes).equals(together), area.name
        assert len(lines_of(outlines.outline(codes))) == len(shapely.get_parts(together)), area.name


@pytest.mark.parametrize("division", DIVISIONS)
def test_the_borders_are_where_two_delregioner_meet(outlines, catalogue, division):
    drawn = shapely.union_all(
        [shapely.LineString(line) for line in lines_of(outlines.borders(parts(catalogue, division)))]
    )
    areas = [
        shape(outlines, [one.id for one in catalogue.members(area.id)])
        for area in catalogue.delregioner(division)
    ]
    edge = shape(outlines, outlines.rings).boundary
    inner = shapely.union_all([area.boundary for area in areas]).difference(edge)
    assert drawn.length == pytest.approx(inner.length)
    assert drawn.symmetric_difference(inner).length == pytest.approx(0, abs=1e-6)


def test_one_row_moves_the_contested_municipality(outlines, catalogue):
    as_is = parts(catalogue, "vardsamverkan")
    moved = {**as_is, "1462": "vs-simba"}
    assert as_is["1462"] != moved["1462"]
    before, after = (outlines.borders(of) for of in (as_is, moved))
    assert before != after
    own = shape(outlines, ["1462"]).boundary
    changed = shapely.union_all(
        [shapely.LineString(line) for path in (before, after) for line in lines_of(path)]
    )
    assert changed.intersection(own).length > 0
    assert {line[0] for line in lines_of(before)} != {line[0] for line in lines_of(after)}


@pytest.mark.parametrize(("width", "height"), [(300, 60), (120, 120), (60, 40)])
@pytest.mark.parametrize("division", DIVISIONS)
def test_a_name_has_room_inside_its_area(outlines, catalogue, division, width, height):
    found = 0
    for area in catalogue.delregioner(division):
        codes = [one.id for one in catalogue.members(area.id)]
        room = outlines.room(codes, width, height)
        if room:
            found += 1
            box = shapely.box(
                room[0] - width / 2, room[1] - height / 2, room[0] + width / 2, room[1] + height / 2
            )
            # A cell is ten steps wide and counted where its middle is.
            assert box.buffer(-10).within(shape(outlines, codes)), area.name
    assert found


def test_a_name_may_reach_over_the_sea_but_not_over_another_area(outlines):
    goteborg, (width, height) = ["1480"], (200, 60)
    assert outlines.room(goteborg, width, height) is None
    room = outlines.room(goteborg, width, height, beyond=True)
    assert room is not None
    x, y = room
    box = shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2).buffer(-10)
    assert shapely.Point(x, y).within(shape(outlines, goteborg).buffer(10))
    others = shape(outlines, [code for code in outlines.rings if code != "1480"])
    assert not box.intersects(others)


def test_what_is_taken_is_kept_clear_of(outlines):
    x, y = outlines.middle(["1490"])
    moved = outlines.room(["1490"], 40, 40, taken=[(x - 30, x + 30, y - 30, y + 30)])
    assert moved is not None
    assert max(abs(moved[0] - x), abs(moved[1] - y)) >= 40
    assert outlines.room(["1490"], 40, 40, taken=[(0, 5000, 0, 5000)]) is None


def test_the_middle_of_every_municipality_lies_inside_it(outlines):
    for code in outlines.rings:
        assert shapely.Point(outlines.middle([code])).within(shape(outlines, [code])), code


def test_every_cell_is_of_the_municipality_that_it_lies_in(outlines):
    places = list(outlines.rings)
    for code in ("1480", "1407", "1493"):
        area = shape(outlines, [code])
        assert (outlines.cells == places.index(code)).sum() * 100 == pytest.approx(area.area, rel=0.15), code


def test_the_outlines_are_read_once():
    assert geometry.load() is geometry.load()


def about(middle, width: float = 470, height: float = 65) -> shapely.Geometry:
    x, y = middle
    return shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


@pytest.mark.parametrize("height", [65, 120])
def test_a_name_without_room_stands_beside_the_county_and_near(outlines, catalogue, height):
    codes = [area.id for area in catalogue.members("drn-goteborg")]
    box = about(outlines.beside(codes, 470, height), height=height)
    # A cell is ten steps wide and land where its middle is.
    assert not box.buffer(-10).intersects(shape(outlines, outlines.rings))
    assert box.distance(shape(outlines, codes)) < 0.15 * outlines.size[1]


def test_neither_a_name_nor_its_line_covers_what_is_taken(outlines, catalogue):
    codes = [area.id for area in catalogue.members("drn-goteborg")]
    middle, first = outlines.middle(codes), outlines.beside(codes, 300, 65)
    west, north, east, south = about(first, 300).bounds
    second = outlines.beside(codes, 300, 65, taken=[(west, east, north, south)])
    assert second is not None
    assert not about(second, 300).buffer(-10).intersects(about(first, 300))
    assert not shapely.LineString([second, middle]).intersects(about(first, 300).buffer(-10))


def test_a_name_too_long_or_too_far_from_the_sea_has_no_place(outlines):
    assert outlines.beside(["1445"], 470, 65) is None
    assert outlines.beside(["1480"], 10_000, 65) is None
