"""Money beside outcome, read back cell by cell."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard.components import money_outcome
from etl.measures.funds_outcome import CAVEAT, NO_INDICATORS, OUTCOME_SCHEMA
from tests.dashboard.build import HOSTILE, SKARABORG, renamed
from tests.dashboard.dom import parse

NBSP = "\u00a0"


def row(area=SKARABORG, **changed):
    usual = {
        **dict.fromkeys(OUTCOME_SCHEMA),
        "agreement": "psykisk-halsa-2021",
        "purpose": "Suicidprevention",
        "area": area,
        "division": "vardsamverkan",
        "kronor_per_inhabitant": 7.735,
        "example_money": False,
    }
    return {**usual, **changed}


def tied(area=SKARABORG, **changed):
    known = {
        "indicator": "mpr-dos-1",
        "target": "mpr-dos-1-95",
        "period_start": date(2024, 1, 1),
        "period_type": "year",
        "value": 72.4,
        "judgement": "not_on_the_way",
        "origin": "uploaded",
    }
    return row(area, **{**known, **changed})


def drawn(catalogue, *rows):
    return parse(money_outcome.html(pl.DataFrame(rows, schema=OUTCOME_SCHEMA, orient="row"), catalogue))


@pytest.mark.parametrize("rows", [[row()], [tied()], [tied(), row(purpose="Annat")]])
def test_the_caveat_stands_first_whatever_is_shown(catalogue, rows):
    assert drawn(catalogue, *rows).all("p")[0].text == CAVEAT


def test_purposes_that_name_none_say_so(catalogue):
    found = drawn(catalogue, row(), row(purpose="Annat", kronor_per_inhabitant=0.0), row("vs-simba"),
                  row("vs-simba", purpose="Annat"))  # fmt: skip
    assert found.all("p")[1].text == NO_INDICATORS
    assert found.heads == ["Delregion", "Suicidprevention", "Annat"]
    assert found.rows == [
        ["Skaraborg", f"7,74{NBSP}kr", f"0,00{NBSP}kr"],
        ["SIMBA", f"7,74{NBSP}kr", f"7,74{NBSP}kr"],
    ]
    assert "Exempeldata" not in found.text


def test_a_purpose_that_names_indicators_has_them_beside_its_money(catalogue):
    found = drawn(
        catalogue,
        tied(assurance="missed"),
        tied(indicator="hpv-pojkar", target=None, value=None, reason="Dolt"),
    )
    assert found.one("caption").text == "Suicidprevention"
    names = [catalogue.indicators[name].short_name for name in ("mpr-dos-1", "hpv-pojkar")]
    assert list(found.links) == names
    assert found.heads[1] == "Kronor per invånare"
    assert found.rows == [
        ["Skaraborg", f"7,74{NBSP}kr", f"72,4{NBSP}% 2024 Inte på väg Målet nås inte", "– Dolt"]
    ]
    assert len(found.all("p")) == 1


def test_some_purposes_name_indicators_and_some_do_not(catalogue):
    found = drawn(catalogue, tied(), row(purpose="Annat"))
    assert [item.text for item in found.all("caption")] == [
        "Suicidprevention",
        "Kronor per invånare och ändamål",
    ]
    assert found.all("p")[1].text == money_outcome.NOT_THESE


def test_two_years_of_a_purpose_both_show(catalogue):
    old, new = {"year": 2021}, {"year": 2022, "kronor_per_inhabitant": 9.0}
    found = drawn(catalogue, row(**old), row(**new), row(purpose="Annat", **new))
    assert found.heads == ["Delregion", "Suicidprevention 2021", "Suicidprevention 2022", "Annat 2022"]
    assert found.rows == [["Skaraborg", f"7,74{NBSP}kr", f"9,00{NBSP}kr", f"9,00{NBSP}kr"]]
    beside = drawn(catalogue, tied(**old), tied(**new), tied("vs-simba", **new))
    assert beside.heads[:3] == ["Delregion", "Kronor per invånare 2021", "Kronor per invånare 2022"]
    assert [line[1:3] for line in beside.rows] == [[f"7,74{NBSP}kr", f"9,00{NBSP}kr"], ["–", f"9,00{NBSP}kr"]]
    assert len(beside.rows[0]) == len(beside.heads)


def test_examples_are_marked_where_they_stand(catalogue):
    money = drawn(catalogue, tied(example_money=True))
    assert "Exempeldata" in money.one("caption").text
    assert "Exempeldata" not in money.rows[0][2]
    figures = drawn(catalogue, tied(origin="example"))
    assert "Exempeldata" not in figures.one("caption").text
    assert "Exempeldata" in figures.rows[0][2]


def test_nothing_is_said_of_cause(catalogue):
    said = drawn(catalogue, tied(), row(purpose="Annat")).text.replace(CAVEAT, "")
    assert not [word for word in ("effekt", "lett till", "tack vare", "påverkat") if word in said]


def test_names_are_text_and_never_markup(catalogue):
    hostile = renamed(catalogue, HOSTILE)
    found = drawn(hostile, tied(purpose=HOSTILE, value=None, reason=HOSTILE), row(purpose=HOSTILE))
    assert not found.all("script", "img")
