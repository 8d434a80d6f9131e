"""What has happened between two moments: what is found anew is what was live, and costs only what was touched."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from etl.jobs import since
from etl.jobs.difference_flips import flips
from etl.warehouse import Warehouse
from schemas.results import JUDGEMENT_SCHEMA
from tests.etl import files
from tests.etl.jobs.histories import History


def judged(*rows: dict) -> pl.DataFrame:
    usual = {
        **dict.fromkeys(JUDGEMENT_SCHEMA),
        "indicator": "mpr-dos-1",
        "age": "total",
        "sex": "total",
        "area": "14",
        "period_type": "year",
        "period_start": date(2024, 1, 1),
        "value": 90.0,
        "origin": "uploaded",
    }
    return pl.DataFrame([{**usual, **row} for row in rows], schema=JUDGEMENT_SCHEMA)


LATER = {"period_start": date(2025, 1, 1)}
NOVEMBER = {"period_start": date(2024, 11, 1), "period_type": "month"}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([{}], [LATER], [(date(2024, 1, 1), date(2025, 1, 1), False)]),
        ([], [{}], [(None, date(2024, 1, 1), False)]),
        ([{"value": None}], [{"origin": "example"}], [(None, date(2024, 1, 1), True)]),
        ([{}], [{"value": 80.0}], []),
        ([LATER], [{}], []),
        ([{}], [{**LATER, "value": None}], []),
        ([{}], [{**LATER, "sex": "women"}], []),
        ([{"target": "a"}, {"target": "b"}], [{**LATER, "target": "a"}, {**LATER, "target": "b"}],
         [(date(2024, 1, 1), date(2025, 1, 1), False)]),
        # Of another period type it is news where it ends later; then the old one isn't named beside it.
        ([NOVEMBER], [{"period_start": date(2023, 1, 1)}], []),
        ([NOVEMBER], [{}], [(None, date(2024, 1, 1), False)]),
        ([{}], [{**NOVEMBER, "period_start": date(2024, 12, 1)}], []),
        ([{}], [{**NOVEMBER, "period_start": date(2025, 1, 1)}], [(None, date(2025, 1, 1), False)]),
    ],
)  # fmt: skip
def test_news_are_figures_for_a_later_period(before, after, told):
    found = since.news(judged(*before), judged(*after))
    assert dict(found.schema) == since.NEWS_SCHEMA
    assert found.select("old_start", "new_start", "example").rows() == told


@pytest.fixture
def history(tmp_path, knowledge) -> History:
    return History(Warehouse(tmp_path / "warehouse"), knowledge)


def share(indicator: str, year: str, value: int, area: str = "1490") -> list[str]:
    return files.row(indicator, area, year, "", numerator=str(value * 4), denominator="400")


def test_what_happened_is_told_against_what_was_live(history, knowledge, catalogue):
    history.bring(share("mpr-dos-1", "2023", 80), share("mpr-dos-2", "2023", 80))
    with history.warehouse.snapshot() as now:
        then, was = now.events()["at"].max(), now.judgements()
    history.bring(share("mpr-dos-1", "2024", 97))
    with history.warehouse.snapshot() as now:
        found = since.between(now, knowledge, then, None, now.judgements())
        assert set(found.flips["indicator"]) == {"mpr-dos-1"}
        assert_frame_equal(found.flips, flips(was, now.judgements(), catalogue))
        assert_frame_equal(found.news, since.news(was, now.judgements()))
        end = now.events()["at"].max()
        same = since.between(now, knowledge, end, None, now.judgements())
        assert same.flips.is_empty()
        assert same.news.is_empty()
        until_then = since.between(now, knowledge, then, then, was)
        assert until_then.flips.is_empty()


def test_a_batch_that_was_withdrawn_takes_its_figures_with_it(history, knowledge):
    history.bring(share("mpr-dos-1", "2023", 80))
    with history.warehouse.snapshot() as now:
        then = now.events()["at"].max()
        batch = now.batches()["batch"].max()
    history.turn(batch)
    with history.warehouse.snapshot() as now:
        found = since.between(now, knowledge, then, None, now.judgements())
    assert set(found.flips["what"]) == {"disappears"}
    assert found.news.is_empty()


def test_money_touches_the_indicators_that_show_it(history, knowledge, catalogue):
    history.bring(share("mpr-dos-1", "2023", 80))
    with history.warehouse.snapshot() as now:
        then = now.events()["at"].max()
    history.bring(files.money(), headings=files.MONEY_HEADINGS)
    with history.warehouse.snapshot() as now:
        found = since.between(now, knowledge, then, None, now.judgements())
    assert set(found.news["indicator"]) <= {item.indicator for item in catalogue.agreements.values()}
    assert found.news.height
