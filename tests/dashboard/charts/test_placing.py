"""Names beside points."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import placing

SIZE = (300.0, 200.0)
points = st.tuples(st.floats(0, 300), st.floats(0, 200))


def over(one: placing.Box, other: placing.Box) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1]) and max(one[2], other[2]) < min(one[3], other[3])


@given(points, st.floats(5, 120), st.lists(points, max_size=12))
def test_a_name_is_inside_and_over_nothing(point, long, others):
    taken = [placing.box(*other, 40.0, placing.LINE) for other in others]
    found = placing.beside(point, long, SIZE, taken)
    if found is not None:
        written = placing.box(point[0] + found[0], point[1] + found[1], long, placing.LINE)
        assert min(written[0], written[2]) >= 0
        assert written[1] <= SIZE[0]
        assert written[3] <= SIZE[1]
        assert not any(over(written, other) for other in taken)


def test_with_room_the_name_stands_to_the_right():
    across, up = placing.beside((100.0, 100.0), 50.0, SIZE, []) or (0.0, 1.0)
    assert across > 25.0
    assert up == 0.0


def test_at_the_right_edge_it_stands_to_the_left():
    across, _ = placing.beside((290.0, 100.0), 50.0, SIZE, []) or (0.0, 0.0)
    assert across < -25.0


def test_where_there_is_no_room_there_is_no_name():
    everything = [placing.box(150.0, 100.0, 300.0, 200.0)]
    assert placing.beside((100.0, 100.0), 50.0, SIZE, everything) is None
