"""Medel: the money to the krona."""

from __future__ import annotations

import re

import pytest

from etl.measures.funds_outcome import CAVEAT, NO_INDICATORS
from etl.warehouse import anyone
from tests.dashboard.conftest import keys, option, run_page, shown

NBSP = "\u00a0"
TOTAL = f"81{NBSP}314{NBSP}959{NBSP}kr"


def kronor(text: str) -> int:
    return int(re.sub(r"\D", "", text.split(",", maxsplit=1)[0]))


def test_the_finding_is_what_is_allocated_of_the_agreed_sum(page):
    test = page("medel")
    assert test.title[0].value == f"Exempel: {TOTAL} är fördelade, till sista kronan"
    assert "redovisade som använda" in test.markdown[0].value


def test_every_table_adds_up_to_the_agreed_sum(page):
    test = page("medel")
    for key in ("shares", "purposes", "recipients"):
        *rows, total = shown(test, key).rows
        assert total[0] == "Summa"
        assert total[1] == TOTAL
        assert sum(kronor(row[1]) for row in rows) == pytest.approx(81314959, abs=len(rows)), key


@pytest.mark.parametrize("division", ["vardsamverkan", "namnd", "kommunalforbund"])
def test_the_sum_is_the_same_however_the_county_is_divided(page, catalogue, division):
    test = option(page("medel"), "indelning", division)
    *rows, total = shown(test, "shares").rows
    assert total[1] == TOTAL
    assert [row[0] for row in rows if row[0] != "Gemensamt för länet"] == [
        area.name for area in catalogue.delregioner(division)
    ]


def test_the_chart_says_what_the_table_says(page):
    test = page("medel")
    alt = test.get("plotly_chart")[0].proto.alt
    for row in shown(test, "shares").rows:
        if row[0] not in ("Summa", "Gemensamt för länet"):
            assert f"{row[0]} {row[3]}" in alt


def test_the_arithmetic_example_adds_up_and_is_no_decision(page):
    test = page("medel")
    assert "Räkneexempel" not in shown(test, "shares").words
    test.toggle(key="per-capita").set_value(True).run()
    shares = shown(test, "shares")
    *rows, total = shares.rows
    assert total[4] == TOTAL
    assert sum(kronor(row[4]) for row in rows if row[4]) == 81314959
    assert "inte något beslut" in shares.words


def test_examples_are_told_and_that_the_sum_is_real(page):
    test = page("medel")
    notice = shown(test, "example-notice").words
    assert notice.startswith("Exempeldata.")
    assert f"Summan {TOTAL} är verklig" in notice
    assert keys(test).index("example-notice") < keys(test).index("shares")


@pytest.mark.parametrize("division", ["vardsamverkan", "namnd"])
def test_money_stands_beside_outcome_and_nothing_is_said_to_have_caused_it(page, catalogue, division):
    test = option(page("medel"), "indelning", division)
    beside = shown(test, "money-outcome")
    assert [item.words for item in beside.all("p")] == [CAVEAT, NO_INDICATORS]
    assert beside.heads[0] == "Delregion"
    assert sorted(beside.heads[1:]) == sorted(catalogue.agreements["psykisk-halsa-2021"].purposes)
    assert [row[0] for row in beside.rows] == [area.name for area in catalogue.delregioner(division)]
    assert "Exempeldata" in beside.one("caption").text


def test_without_allocations_the_sum_is_still_told_and_what_to_do(empty_page):
    test = empty_page("medel")
    assert TOTAL in test.title[0].value
    assert test.info[0].value.startswith("Ingen fördelning av ")
    assert "Hämta mallen för fördelning av medel på sidan Ladda upp" in test.info[0].value
    assert keys(test) == ["agreement", "footer"]
    assert TOTAL in shown(test, "agreement").words


def test_real_allocations_take_the_place_of_the_examples(own, knowledge):
    from dashboard import data
    from etl.jobs.delivery import deliver

    agreement = knowledge.catalogue.agreements["psykisk-halsa-2021"]
    lines = [
        "Överenskommelse;År;Ändamål;Nivå;Område;Mottagare;Typ;Belopp;Källa",
        f"{agreement.id};2021;Suicidprevention;länsgemensamt;Västra Götaland;VästKom;fördelat;81000000,00;Protokoll",
        f"{agreement.id};2021;Suicidprevention;kommun;Skara;Skara kommun;fördelat;314959,00;Protokoll",
    ]
    content = "\r\n".join(lines).encode("utf-8-sig")
    outcome = deliver(
        content,
        "medel.csv",
        knowledge=knowledge,
        warehouse=data.warehouse(),
        by="test",
        publish=True,
        permit=anyone,
    )
    assert outcome.checked.ok, outcome.checked.report.errors
    test = run_page("medel")
    assert test.title[0].value == f"{TOTAL} är fördelade, till sista kronan"
    assert "example-notice" not in keys(test)
    assert {row[0] for row in shown(test, "recipients").rows} == {
        "VästKom Länsgemensamt", "Skara kommun Kommunerna", "Summa",
    }  # fmt: skip
