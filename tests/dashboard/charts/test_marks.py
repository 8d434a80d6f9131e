"""Days marked in a chart."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import marks, style
from dashboard.charts.marks import Mark

FIRST, LAST = date(2020, 1, 1), date(2025, 12, 31)
days = st.integers(0, (LAST - FIRST).days).map(lambda count: FIRST + timedelta(days=count))


def boxes(found: list[dict]) -> list[tuple[float, float, float, float]]:
    made = []
    for item in found:
        lines = item["text"].split("<br>")
        half = max(map(len, lines)) / marks._ACROSS / 2
        bottom = item["yshift"] / marks.MARK_LINE
        made.append((item["x"] - half, item["x"] + half, bottom, bottom + len(lines)))
    return made


@given(st.lists(st.tuples(days, st.text("åbc ", min_size=1, max_size=60)), max_size=8))
def test_no_text_lies_over_another_or_outside(wanted):
    found, levels = marks.texts([Mark(*one) for one in wanted], (FIRST, LAST), style.LIGHT)
    made = boxes(found)
    assert len(made) == len(wanted)
    for one, other in combinations(made, 2):
        apart = one[1] <= other[0] + 1e-9 or other[1] <= one[0] + 1e-9
        assert apart or one[3] <= other[2] + 1e-9 or other[3] <= one[2] + 1e-9
    assert all(left >= -1e-9 and right <= 1 + 1e-9 and top <= levels + 1e-9 for left, right, _, top in made)


def test_a_text_with_room_stands_over_its_line():
    (found,), levels = marks.texts([Mark(date(2023, 1, 1), "Ny lag")], (FIRST, LAST), style.LIGHT)
    assert found["x"] == pytest.approx(0.5, abs=0.01)
    assert levels == 1


def test_where_the_level_is_counted_anew_the_line_is_whole_and_dark():
    found = marks.uprights([Mark(FIRST, "Ny lag"), Mark(LAST, "Ny nivå: ny mall", True)], style.LIGHT)
    assert [item["line"]["dash"] for item in found] == ["dot", "solid"]
    assert found[1]["line"]["color"] == style.LIGHT.ink
    assert [item["x0"] for item in found] == ["2020-01-01", "2025-12-31"]
