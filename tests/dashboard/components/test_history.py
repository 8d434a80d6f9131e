"""The delivered files as a table."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest

from dashboard.components import history
from tests.dashboard.build import HOSTILE
from tests.dashboard.dom import parse

NBSP = "\u00a0"
AT = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)


def batches(*told: dict) -> pl.DataFrame:
    usual = {
        "batch": 1, "name": "mall.csv", "status": "published", "origin": "uploaded", "delivered_at": AT,
        "delivered_by": "asa", "observations": 1200, "allocations": 0, "note": None,
    }  # fmt: skip
    return pl.DataFrame([{**usual, **row} for row in told], schema_overrides={"note": pl.String})


def test_a_row_a_delivery_in_the_order_given():
    table = parse(history.html(batches({"batch": 2, "note": "Rättad"}, {"batch": 1, "allocations": 34})))
    local = f"{AT.astimezone():%Y-%m-%d %H.%M}"
    assert table.rows == [
        ["2", "mall.csv", "Publicerad", "Levererad", local, "asa", f"1{NBSP}200", "Rättad"],
        ["1", "mall.csv", "Publicerad", "Levererad", local, "asa", f"1{NBSP}234", ""],
    ]
    assert len(table.heads) == len(table.rows[0])


@pytest.mark.parametrize(
    ("status", "word"),
    [("staged", "Väntar"), ("published", "Publicerad"), ("withdrawn", "Återkallad"), ("rejected", "Avvisad")],
)
def test_every_status_has_a_word(status, word):
    assert parse(history.html(batches({"status": status}))).rows[0][2] == word


@pytest.mark.parametrize(
    ("origin", "word"),
    [("example", "Exempeldata"), ("published", "Medföljer programmet"), ("uploaded", "Levererad")],
)
def test_every_origin_has_a_word(origin, word):
    assert parse(history.html(batches({"origin": origin}))).rows[0][3] == word


def test_the_latest_are_shown_and_all_are_counted():
    table = parse(history.html(batches(*({"batch": number} for number in range(1500, 0, -1)))))
    assert len(table.rows) == history.SHOWN
    assert table.one("caption").text == f"De senaste 30 av 1{NBSP}500 leveranser"
    assert table.rows[0][0] == "1500"


def test_names_and_notes_are_text_and_never_markup():
    table = parse(history.html(batches({"name": HOSTILE, "delivered_by": HOSTILE, "note": HOSTILE})))
    assert not table.all("script", "img")
    assert table.rows[0].count(HOSTILE) == 3


def test_when_a_figure_came():
    told = batches({"batch": 4, "name": "covid19.csv"}, {"batch": 3})
    assert history.delivered(told, 4) == f"{AT.astimezone():%Y-%m-%d %H.%M}, leverans 4 (covid19.csv)"
    assert history.delivered(told, 9) is None
    assert history.delivered(told, None) is None
