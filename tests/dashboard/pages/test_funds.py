"""Medel: the money to the krona."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etl.measures.funds_outcome import CAVEAT, NO_INDICATORS
from etl.warehouse import anyone
from tests.dashboard.conftest import keys, option, run_page, shown
from tests.dashboard.funds import kronor

NBSP = "\u00a0"
TOTAL = f"81{NBSP}314{NBSP}959{NBSP}kr"
AGREED = 81314959
BESIDE = ("Gemensamt för länet", "Regionen")

#: Element → the table in it that must add up, where there are several.
TABLES = ("flow-table", "shares", "used-table", "purposes")


def adds_up(test) -> None:
    """Every table's last row is the sum of those above, and the agreed sum."""
    for key in TABLES:
        *rows, total = shown(test, key).rows
        column = -1 if key == "flow-table" else 1
        assert total[0] == "Summa"
        assert total[column] == TOTAL
        assert sum(kronor(row[column]) for row in rows) == AGREED, key
    *parts, total = shown(test, "recipients").all("span", css="fp-amount")
    assert total.text == TOTAL
    assert sum(kronor(part.text) for part in parts) == AGREED


def test_the_finding_is_what_is_allocated_of_the_agreed_sum(page):
    test = page("medel")
    assert test.title[0].value == f"Exempel: {TOTAL} är fördelade, till sista kronan"
    assert "redovisade som använda" in shown(test, "page-lead").words


@pytest.mark.parametrize("division", ["vardsamverkan", "namnd", "kommunalforbund"])
def test_every_table_adds_up_however_the_county_is_divided(page, catalogue, division):
    test = option(page("medel"), "indelning", division)
    adds_up(test)
    *rows, _total = shown(test, "shares").rows
    assert [row[0] for row in rows if row[0] not in BESIDE] == [
        area.name for area in catalogue.delregioner(division)
    ]


def test_a_delregion_is_told_of_and_everything_still_adds_up(page):
    test = page("medel", delregion="Skaraborg")
    adds_up(test)
    names = [row[0] for row in shown(test, "shares").rows]
    assert names == ["Skaraborg", "Övriga delregioner", *BESIDE, "Summa"]
    own = shown(test, "shares").rows[0][1]
    assert test.title[0].value == f"Exempel: {own} av {TOTAL} är fördelade till Skaraborg"
    opened = [item for item in shown(test, "recipients").all("details") if "open" in item.attrs]
    assert [item.one("summary").one("span", css="fp-name").text for item in opened] == ["Skaraborg"]
    assert len(opened[0].rows) == 15 + 1


def test_the_charts_say_what_the_tables_say(page):
    test = page("medel")
    flow, _, per_head, _, used, _ = (chart.proto.alt for chart in test.get("plotly_chart"))
    for row in shown(test, "shares").rows[:-1]:
        if row[0] not in BESIDE:
            assert f"{row[0]} {row[3]}" in per_head
    for row in shown(test, "flow-table").rows[:-1]:
        assert f"{row[0]} {row[-1]}" in flow
    for row in shown(test, "used-table").rows[:-1]:
        assert f"{row[0]}: använt " in used
    for alt in (flow, per_head, used):
        assert alt.startswith("Exempel: ")
        assert "Exempeldata ingår." in alt


def test_the_map_shows_each_municipalitys_own_money_per_inhabitant(page, catalogue):
    test = page("medel", delregion="Skaraborg")
    rows = shown(test, "money-map").rows
    names = [row[0] for row in rows if row[0] != "Summa"]
    assert sorted(names) == sorted(area.name for area in catalogue.municipalities)
    assert "Exempeldata" in shown(test, "money-map").one("table").one("caption").words
    assert (
        keys(test).index("per-inhabitant-table") < keys(test).index("money-map") < keys(test).index("shares")
    )


def test_charts_have_their_files_and_not_reported_is_not_unused(page):
    test = page("medel")
    for key in ("flow", "per-inhabitant", "used"):
        (link,) = shown(test, f"{key}-table").all("a")
        assert link.attrs["href"].startswith("data:text/csv;base64,")
        assert link.attrs["download"].startswith("psykisk-halsa-2021-")
    assert "inte detsamma som oanvänt" in shown(test, "not-reported").words
    assert [item.label for item in test.get("download_button")] == [
        "Hämta fördelningen som CSV",
        "Hämta fördelningen som Excel",
    ]


def test_the_arithmetic_example_adds_up_and_is_no_decision(page):
    test = page("medel")
    assert "Räkneexempel" not in shown(test, "shares").words
    test.toggle(key="rakneexempel").set_value(True).run()
    shares = shown(test, "shares")
    *rows, total = shares.rows
    assert total[4] == TOTAL
    assert sum(kronor(row[4]) for row in rows) == AGREED
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
    assert keys(test) == ["page-lead", "agreement", "footer"]
    assert TOTAL in shown(test, "agreement").words


def test_real_allocations_take_the_place_of_the_examples(own, knowledge):
    publish(
        knowledge,
        "2021;Suicidprevention;länsgemensamt;Västra Götaland;VästKom;fördelat;81000000,00",
        "2021;Suicidprevention;kommun;Skara;Skara kommun;fördelat;314959,00",
    )
    test = run_page("medel")
    assert test.title[0].value == f"{TOTAL} är fördelade, till sista kronan"
    assert "example-notice" not in keys(test)
    recipients = shown(test, "recipients")
    assert [row[0] for table in recipients.all("details") for row in table.rows] == [
        "Skara kommun Kommunerna", "Summa", "VästKom Länsgemensamt", "Summa",
    ]  # fmt: skip
    assert "used-table" not in keys(test), "nothing is accounted for"
    assert shown(test, "not-reported").words == f"0 av 2{NBSP}mottagare har redovisat."
    assert "Exempeldata" not in recipients.words
    assert "years-table" not in keys(test), "there is one year only"
    assert "Exempeldata" not in shown(test, "money-map").words


def test_years_stand_side_by_side_where_there_are_two(own, knowledge, monkeypatch):
    from dashboard import data

    catalogue = knowledge.catalogue
    first = catalogue.agreements["psykisk-halsa-2021"]
    second = first.model_copy(update={"id": "psykisk-halsa-2022", "year": 2022, "name": "Nästa"})
    both = catalogue.model_copy(update={"agreements": {item.id: item for item in (first, second)}})
    known = replace(knowledge, catalogue=both)
    monkeypatch.setattr(data, "knowledge", lambda: known)
    publish(
        known,
        "2022;Suicidprevention;kommun;Skara;Skara kommun;fördelat;81000000,50",
        "2022;Unga;länsgemensamt;Västra Götaland;VästKom;fördelat;314958,50",
        agreement=second.id,
    )
    test = run_page("medel")
    table = shown(test, "years-table")
    assert table.heads == ["Ändamål", "2021 (exempeldata)", "2022"]
    cells = {row[0]: row[1:] for row in table.rows}
    assert cells["Summa"] == [TOTAL, TOTAL]
    assert cells["Unga"] == ["inget fördelat", f"314{NBSP}958,50{NBSP}kr"]
    for column in (0, 1):
        assert sum(kronor(row[column]) for name, row in cells.items() if name != "Summa") == AGREED
    adds_up(test)


def publish(knowledge, *lines: str, agreement: str = "psykisk-halsa-2021") -> None:
    """Deliver an allocation of the agreement, and publish it."""
    from dashboard import data
    from etl.jobs.delivery import deliver

    head = "Överenskommelse;År;Ändamål;Nivå;Område;Mottagare;Typ;Belopp;Källa"
    content = "\r\n".join([head, *(f"{agreement};{line};Protokoll" for line in lines)]).encode("utf-8-sig")
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
