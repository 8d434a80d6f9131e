"""What was known on an earlier day is what was shown then."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from etl.jobs import as_of
from etl.jobs.as_of import state
from etl.jobs.changes import last_change
from etl.jobs.documents import with_undelivered
from etl.measures.pipeline import derive
from etl.measures.suppression import hidden_keys, hide_as_well
from etl.warehouse import Warehouse, anyone
from tests.etl import files
from tests.etl.jobs.histories import History

ORDER = ["indicator", "target", "division", "area", "sex", "age", "period_type", "period_start"]

#: Either a delivery (indicator, area, year, share, origin, published at once), or the number of a batch to turn.
DELIVERIES = st.tuples(
    st.sampled_from(["mpr-dos-1", "mpr-dos-2"]),
    st.sampled_from(["1490", "1441", "1489", "14"]),
    st.sampled_from(["2023", "2024"]),
    st.integers(0, 100),
    st.sampled_from(["uploaded", "example"]),
    st.booleans(),
)
STEPS = st.lists(st.one_of(DELIVERIES, st.integers(1, 6)), min_size=2, max_size=7)


def bring(history: History, step: tuple) -> None:
    indicator, area, year, share, origin, published = step
    row = files.row(indicator, area, year, "", numerator=str(share), denominator="100")
    history.bring(row, origin=origin, publish=published)


def live(history: History, catalogue) -> tuple[pl.DataFrame, pl.DataFrame]:
    with history.warehouse.snapshot() as now:
        return now.series().sort(ORDER[:1] + ORDER[2:]), with_undelivered(now.judgements(), catalogue).sort(
            ORDER
        )


@given(steps=STEPS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_day_shows_what_was_live_then(knowledge, catalogue, steps):
    with tempfile.TemporaryDirectory() as folder:
        history = History(Warehouse(Path(folder) / "warehouse"), knowledge)
        shown = []
        for step in steps:
            batches = history.warehouse.batches()["batch"].to_list()
            if isinstance(step, tuple):
                bring(history, step)
            elif step in batches:
                history.turn(step)
            else:
                continue
            shown.append((history.warehouse.events()["at"].max(), *live(history, catalogue)))
        with history.warehouse.snapshot() as now:
            hidden = hidden_keys(now.series())
            for at, series, judgements in shown:
                then = state(now, knowledge, at)
                expected = hide_as_well(series, hidden)
                assert_frame_equal(then.series.sort(ORDER[:1] + ORDER[2:]), expected)
                if expected.equals(series):
                    assert_frame_equal(with_undelivered(then.judgements, catalogue).sort(ORDER), judgements)
        history.warehouse.close()


def test_moments_between_two_changes_share_a_state(tmp_path, knowledge):
    history = History(Warehouse(tmp_path / "warehouse"), knowledge)
    row = files.row("mpr-dos-1", "1490", "2024", "90")
    waiting = history.bring(row, publish=False)
    history.warehouse.comment(waiting, "Ser bra ut", by="bo", permit=anyone)
    before = history.warehouse.events()["at"].max()
    history.publish(waiting)
    published = history.warehouse.events()["at"].max()
    history.warehouse.comment(waiting, "Klart", by="bo", permit=anyone)
    with history.warehouse.snapshot() as now:
        assert last_change(now, before) is None
        assert state(now, knowledge, before).series.is_empty()
        assert last_change(now, published) == published
        assert last_change(now, published + timedelta(days=1)) == published
        then = state(now, knowledge, published).series
    assert then.filter(pl.col("value").is_not_null())["area"].to_list() == ["1490"]


def test_only_what_was_changed_since_is_worked_out_anew(tmp_path, knowledge, monkeypatch):
    history = History(Warehouse(tmp_path / "warehouse"), knowledge)
    for indicator in ("mpr-dos-1", "mpr-dos-2"):
        history.bring(files.row(indicator, "1490", "2023", "80"))
    then = history.warehouse.events()["at"].max()
    history.bring(files.row("mpr-dos-2", "1490", "2024", "90"))
    worked_out: list[list[str]] = []

    def watched(observations: pl.DataFrame, *others, **more) -> tuple[pl.DataFrame, pl.DataFrame]:
        worked_out.append(observations["indicator"].unique().to_list())
        return derive(observations, *others, **more)

    monkeypatch.setattr(as_of, "derive", watched)
    with history.warehouse.snapshot() as now:
        assert now.derived_key == knowledge.key
        earlier = state(now, knowledge, then)
        another = state(now, replace(knowledge, key="en annan katalog"), then)
    assert [sorted(names) for names in worked_out] == [["mpr-dos-2"], ["mpr-dos-1", "mpr-dos-2"]]
    assert set(earlier.series["indicator"]) == {"mpr-dos-1", "mpr-dos-2"}
    assert_frame_equal(earlier.series, another.series, check_row_order=False)
    assert_frame_equal(earlier.judgements, another.judgements, check_row_order=False)


def test_money_is_as_it_was_divided(tmp_path, knowledge):
    history = History(Warehouse(tmp_path / "warehouse"), knowledge)
    first = history.bring(files.money("VästKom"), headings=files.MONEY_HEADINGS)
    then = history.warehouse.events()["at"].max()
    history.bring(files.money("Regionen"), headings=files.MONEY_HEADINGS)
    with history.warehouse.snapshot() as now:
        assert now.allocations()["recipient"].to_list() == ["Regionen"]
        earlier = state(now, knowledge, then)
    assert earlier.allocations.select("recipient", "batch").rows() == [("VästKom", first)]
    assert earlier.series.filter(area="14")["value"].to_list() == [81_314_959.0]


def test_what_is_hidden_today_is_hidden_as_it_was(tmp_path, knowledge):
    history = History(Warehouse(tmp_path / "warehouse"), knowledge)
    history.bring(files.row("mpr-dos-1", "1490", "2024", "", numerator="60", denominator="100"))
    then = history.warehouse.events()["at"].max()
    history.bring(files.row("mpr-dos-1", "1490", "2024", "", numerator="3", denominator="100"))
    with history.warehouse.snapshot() as now:
        earlier = state(now, knowledge, then)
    row = earlier.series.filter(area="1490").row(0, named=True)
    assert row["flag"] == "suppressed"
    assert {row[name] for name in ("value", "numerator", "denominator", "lower", "upper")} == {None}
    assert earlier.judgements.filter(area="1490")["value"].to_list() == [None]
