"""Who got the money: every part adds up, and its recipients are one click away."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard.components import money_recipients
from dashboard.money import Sums
from tests.dashboard.build import HOSTILE
from tests.dashboard.dom import parse
from tests.dashboard.funds import kronor

SKARA = Sums("Skara kommun", "Kommunerna", Decimal("20.50"), None, None, 1)
HJO = Sums("Hjo kommun", "Kommunerna", Decimal(5), Decimal(5), None, 1, 1)
SKARABORG = Sums("Skaraborg", "", Decimal("25.50"), Decimal(5), None, 2, 1, "vs-skaraborg")
SIMBA = Sums("SIMBA", "", Decimal(0), None, None, 0, 0, "vs-simba")
WHOLE = Sums("Allt", "", Decimal("25.50"), Decimal(5), None, 2, 1)
PARTS = [(SKARABORG, [SKARA, HJO]), (SIMBA, [])]


def drawn(chosen=None, parts=PARTS, example=False):
    return parse(money_recipients.html(parts, WHOLE, chosen, example=example))


def test_the_parts_add_up_to_the_sum_below_them():
    *parts, total = [kronor(item.text) for item in drawn().all("span", css="fp-amount")]
    assert sum(parts) == total == Decimal("25.50")
    assert "Summa" in drawn().one("li", css="fp-sum").words


def test_the_recipients_add_up_to_their_part():
    details = drawn().one("details")
    *rows, total = details.rows
    assert [row[0] for row in rows] == ["Skara kommun Kommunerna", "Hjo kommun Kommunerna"]
    assert sum(kronor(row[1]) for row in rows) == kronor(total[1]) == kronor(details.one("summary").text)
    assert "2\u00a0mottagare" in details.one("summary").words


def test_a_part_that_got_nothing_has_nothing_to_open():
    assert len(drawn().all("details")) == 1
    assert "SIMBA 0\u00a0kr 0\u00a0mottagare" in drawn().words


@pytest.mark.parametrize("chosen", [None, "vs-skaraborg", "vs-simba"])
def test_the_chosen_part_stands_open(chosen):
    assert ("open" in drawn(chosen).one("details").attrs) is (chosen == "vs-skaraborg")


@pytest.mark.parametrize("example", [True, False])
def test_examples_are_marked_where_they_stand(example):
    assert ("Exempeldata" in drawn(example=example).one("caption").words) is example


def test_names_are_text_and_never_markup():
    hostile = Sums(HOSTILE, HOSTILE, Decimal(1), None, None, 1, 0, "x")
    assert not drawn(parts=[(hostile, [hostile])]).all("script", "img")
