from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

from etl.measures.target_line import asked_at, corners
from etl.measures.target_path import anchor_rows, target_rows, with_baseline, with_path
from schemas.catalogue import Baseline, Step, Target
from schemas.results import SERIES_SCHEMA

SOURCE = {"publisher": "Källa", "title": "Titel"}


def target(**facts: Any) -> Target:
    usual = {
        "id": "mal",
        "indicator": "ett",
        "kind": "level",
        "value": 80.0,
        "level": "riket",
        "origin": "who",
        "label": "Mål 80 %",
        "source": SOURCE,
        "evidence": "confirmed",
    }
    return Target.model_validate({**usual, **facts})


def series(values: dict[int, float | None], area: str = "14") -> pl.DataFrame:
    rows = [
        {
            "area": area,
            "period_start": date(year, 1, 1),
            "period_end": date(year, 12, 31),
            "period_type": "year",
            "value": value,
        }
        for year, value in values.items()
    ]
    missing = {name: dtype for name, dtype in SERIES_SCHEMA.items() if name not in rows[0]}
    frame = pl.DataFrame(rows, schema={name: SERIES_SCHEMA[name] for name in rows[0]})
    return frame.with_columns(pl.lit(None, dtype).alias(name) for name, dtype in missing.items())


FOUR = series({2020: 40.0, 2021: 50.0, 2022: 60.0, 2023: 70.0})


def test_a_target_that_holds_at_all_times_is_level_over_the_whole_series():
    assert corners(target(), FOUR, "14") == [(date(2020, 1, 1), 80.0), (date(2023, 12, 31), 80.0)]


def test_a_path_starts_at_the_source_s_baseline_and_stays_level_after_its_last_date():
    goal = target(
        baseline=Baseline(date=date(2021, 1, 1), value=25.0),
        milestones=[Step(date=date(2022, 12, 31), value=80.0)],
    )
    assert corners(goal, FOUR, "14") == [
        (date(2021, 1, 1), 25.0),
        (date(2022, 12, 31), 80.0),
        (date(2023, 12, 31), 80.0),
    ]


def test_a_path_from_the_area_s_own_value():
    goal = target(baseline=Baseline(period="2021"), milestones=[Step(date=date(2030, 12, 31), value=80.0)])
    assert corners(goal, FOUR, "14") == [(date(2021, 12, 31), 50.0), (date(2030, 12, 31), 80.0)]


def test_a_relative_change_is_counted_from_the_baseline():
    goal = target(kind="relative_change", value=20.0, baseline=Baseline(period="2021"))
    assert corners(goal, FOUR, "14") == [(date(2020, 1, 1), 60.0), (date(2023, 12, 31), 60.0)]


@pytest.mark.parametrize(
    ("goal", "figures", "area"),
    [
        (target(kind="range", value=None, low=1.0, high=2.0), FOUR, "14"),
        (target(cannot_be_judged="Basåret saknas"), FOUR, "14"),
        (target(kind="relative_change", value=20.0, baseline=Baseline(period="2019")), FOUR, "14"),
        (target(), FOUR, "1480"),
    ],
)
def test_nothing_to_draw(goal: Target, figures: pl.DataFrame, area: str):
    assert corners(goal, figures, area) == []


OWN, GIVEN = Baseline(period="2021"), Baseline(date=date(2020, 6, 1), value=30.0)


@pytest.mark.parametrize(
    ("kind", "baseline"),
    [("level", None), ("level", OWN), ("level", GIVEN), ("relative_change", OWN), ("relative_change", GIVEN)],
)
@pytest.mark.parametrize("steps", [0, 1, 3])
def test_the_line_is_what_is_asked_for_at_every_date(kind, baseline, steps):
    milestones = [Step(date=date(2022 + 2 * n, 12, 31), value=60.0 + 10 * n) for n in range(steps)]
    goal = target(kind=kind, baseline=baseline, milestones=milestones)
    line = corners(goal, FOUR, "14")
    days = [date(2020 + n // 12, n % 12 + 1, 15) for n in range(48)]
    row = FOUR.head(1).select("indicator", "area", "sex", "age")
    row = row.join(target_rows([goal]).drop("indicator", "age"), how="cross")
    dated = with_baseline(row, FOUR).join(pl.DataFrame({"period_end": days}), how="cross")
    at, value = [day.toordinal() for day, _ in line], [step for _, step in line]
    drawn = [None if day < line[0][0] else float(np.interp(day.toordinal(), at, value)) for day in days]
    asked = with_path(dated, anchor_rows([goal]))["required"].to_list()
    assert asked == [step if step is None else pytest.approx(step) for step in drawn]


STEPS = [(date(2021, 1, 1), 10.0), (date(2021, 1, 11), 20.0), (date(2022, 1, 1), 20.0)]


@pytest.mark.parametrize(
    ("day", "asked"),
    [
        (date(2020, 12, 31), None),
        (date(2021, 1, 1), 10.0),
        (date(2021, 1, 6), 15.0),
        (date(2021, 1, 11), 20.0),
        (date(2021, 7, 1), 20.0),
        (date(2022, 1, 2), None),
    ],
)
def test_what_is_asked_for_between_two_corners_lies_straight_between_them(day, asked):
    assert asked_at(STEPS, day) == asked


@pytest.mark.parametrize("path", [[], STEPS[:1]])
def test_no_path_asks_for_nothing(path):
    assert asked_at(path, date(2021, 1, 1)) is None
