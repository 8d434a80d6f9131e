"""Corrections: what was published and then changed, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from etl.jobs import corrections as tested
from etl.jobs.corrected import Kind, between
from etl.jobs.corrections import CORRECTION_SCHEMA, corrections, without_hidden
from etl.warehouse import Warehouse
from tests.etl import files
from tests.etl.jobs.histories import History
from tests.etl.jobs.test_corrected import series


def test_a_figure_that_is_hidden_today_is_not_told_as_it_was(catalogue):
    changed = between(
        series({}, {"area": "1490"}), series({"value": 92.8}, {"area": "1490", "value": 80.0}), catalogue
    )
    found = tested._told(tested._Change(None, 2, [2], "published", None, money=False), changed)
    now = series({"value": None, "flag": "suppressed", "reason": "Dolt"}, {"area": "1490", "value": 80.0})
    masked = {row["area"]: row for row in without_hidden(found, now).to_dicts()}
    assert (masked["1480"]["kind"], masked["1480"]["old"], masked["1480"]["new"]) == (Kind.HIDDEN, None, None)
    assert masked["1480"]["reason"] == "Dolt"
    assert (masked["1490"]["kind"], masked["1490"]["old"], masked["1490"]["new"]) == (
        Kind.CHANGED,
        93.1,
        80.0,
    )


# On a warehouse


@pytest.fixture
def history(tmp_path, knowledge) -> History:
    return History(Warehouse(tmp_path / "warehouse"), knowledge)


def row(
    area: str = "1490", year: str = "2024", numerator: str = "900", denominator: str = "1000"
) -> list[str]:
    return files.row("mpr-dos-1", area, year, "", numerator=numerator, denominator=denominator)


def found_in(history: History, known=None) -> pl.DataFrame:
    with history.warehouse.snapshot() as now:
        found = corrections(now, history.knowledge, known)
    assert found.schema == CORRECTION_SCHEMA
    return found


def summed(found: pl.DataFrame) -> list[tuple]:
    return found.select("version", "action", "note", "area", "kind", "old", "new").rows()


def test_new_periods_are_no_corrections(history):
    assert found_in(history).is_empty()
    history.bring(row(year="2023"))
    history.bring(row(year="2024"))
    history.bring(row(area="1402", year="2024"))
    assert found_in(history).is_empty()


def test_a_revision_is_told_with_why(history):
    first = history.bring(row())
    second = history.bring(row(numerator="880"), publish=False, note="Dubbletter i uttaget")
    assert found_in(history).is_empty(), "nothing is corrected before it is published"
    history.publish(second)
    version = history.warehouse.version
    assert summed(found_in(history)) == [
        (version, "published", "Dubbletter i uttaget", "1490", "changed", 90.0, 88.0)
    ]
    history.withdraw(second, "Fel fil")
    assert summed(found_in(history))[0] == (
        version + 1,
        "withdrawn",
        "Fel fil",
        "1490",
        "changed",
        88.0,
        90.0,
    )
    history.withdraw(first)
    assert summed(found_in(history))[0] == (version + 2, "withdrawn", None, "1490", "removed", 90.0, None)
    history.restore(second, "Rätt ändå")
    assert summed(found_in(history))[0] == (
        version + 3,
        "restored",
        "Rätt ändå",
        "1490",
        "returned",
        None,
        88.0,
    )
    assert found_in(history)["batches"].to_list() == [[second], [first], [second], [second]]
    assert found_in(history)["at"].is_sorted(descending=True)


def test_the_note_of_the_one_who_publishes_goes_before_that_of_the_delivery(history):
    history.bring(row())
    second = history.bring(row(numerator="880"), publish=False, note="Från leverantören")
    history.publish(second, "Från granskaren")
    assert found_in(history)["note"].to_list() == ["Från granskaren"]


def test_a_small_count_is_never_told(history):
    history.bring(row(), row("1402", numerator="60", denominator="100"))
    history.bring(row(numerator="3"), row("1402", numerator="61", denominator="100"))
    found = {line[3]: line[4:] for line in summed(found_in(history))}
    assert found == {"1490": ("hidden", None, None), "1402": ("changed", 60.0, 61.0)}
    assert "pekas ut" in found_in(history).filter(area="1490")["reason"].item()


def test_what_rolls_up_from_a_corrected_figure_is_corrected_too(history, catalogue):
    samla = [area.id for area in catalogue.members("vs-samla")]
    history.bring(*(row(area) for area in samla))
    history.bring(row(samla[0], numerator="800"))
    found = {line[3]: line[4:] for line in summed(found_in(history))}
    assert found == {samla[0]: ("changed", 90.0, 80.0), "vs-samla": ("changed", 90.0, 85.0)}


def test_real_figures_that_replace_examples_are_told_apart(history):
    history.bring(row(numerator="500"), origin="example")
    history.bring(row())
    assert summed(found_in(history)) == [(2, "published", None, "1490", "example_replaced", None, 90.0)]
    history.bring(row(year="2025"))
    history.bring(row(numerator="910"))
    assert [line[4] for line in summed(found_in(history))] == ["changed", "example_replaced"]


def test_examples_that_change_are_nothing_to_tell(history):
    history.bring(row(numerator="500"), origin="example")
    history.bring(row(numerator="600"), origin="example")
    assert found_in(history).is_empty()


def test_money_is_corrected_as_the_pages_show_it(history, catalogue):
    agreement = catalogue.agreements["psykisk-halsa-2021"]
    total = int(agreement.total)

    def divided(whole: int) -> list[list[str]]:
        parts = [("Västra Götaland", "länsgemensamt", total - whole), ("Borås", "kommun", whole)]
        return [
            [agreement.id, "2021", "Brukarmedverkan", level, area, area, "fördelat", str(amount), "Protokoll"]
            for area, level, amount in parts
        ]

    history.bring(*divided(1_000_000), headings=files.MONEY_HEADINGS)
    history.bring(*divided(2_000_000), headings=files.MONEY_HEADINGS)
    found = found_in(history)
    assert set(found["indicator"]) == {agreement.indicator}
    boras = found.filter(area="1490")
    assert boras.select("kind", "old", "new").rows() == [("changed", 1_000_000.0, 2_000_000.0)]
    assert found.filter(area="14").is_empty(), "the county's sum is the same"


def test_earlier_corrections_are_not_worked_out_again(history, monkeypatch):
    history.bring(row())
    history.bring(row(numerator="880"))
    known: tested.Known = {}
    first = found_in(history, known)
    history.bring(row(numerator="870"))
    worked = []
    find = tested._Finder.find
    monkeypatch.setattr(
        tested._Finder, "find", lambda self, change: worked.append(change.version) or find(self, change)
    )
    second = found_in(history, known)
    assert worked == [3]
    assert second.tail(first.height).equals(first)
    monkeypatch.undo()
    assert second.equals(found_in(history)), "the same as from the beginning"


def test_they_are_as_todays_catalogue_shows_them(history, knowledge, catalogue):
    history.bring(row())
    history.bring(row(numerator="880"))
    strict = catalogue.indicators["mpr-dos-1"].model_copy(update={"minimum_denominator": 5000})
    indicators = {**catalogue.indicators, "mpr-dos-1": strict}
    changed = replace(knowledge, catalogue=catalogue.model_copy(update={"indicators": indicators}))
    with history.warehouse.snapshot() as now:
        assert corrections(now, changed).is_empty()
