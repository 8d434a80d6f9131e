"""The overview in a few sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.measures.summary import NOT_FOR_LONG, NOTHING_KNOWN, NOTHING_URGENT, area_summary, summary
from tests.etl.measures import county
from tests.etl.measures.rows import CATALOGUE, KEY, frame, random_rows, row

DIVISION = {"ett": {name: [code] for name, code in zip("abcde", county.MUNICIPALITIES, strict=True)}}
WIDE = county.catalogue(
    [county.indicator("andel", name="Samtal"), county.indicator("dagar", name="Väntetid", unit="days")],
    [county.target(), county.target("dagar-3", indicator="dagar", value=3, origin="reference")],
    divisions=DIVISION,
)


def told(*rows):
    found = summary(frame(*rows), WIDE, "ett")
    return [said.replace("\u00a0", " ") for said in (found.headline, *found.supporting)]


def test_what_matters_first_and_how_many_of_what():
    days = {"indicator": "dagar", "target": "dagar-3", "target_value": 3.0, "year_change": 0.0}
    rows = [
        row(judgement="target_reached", value=81.0, year_change=0.0),
        row(**days, judgement="cannot_be_judged", value=None, reason="Ingen uppgift"),
        row(area="a", year_change=-1.3, county="worse"),
        row(area="b", year_change=1.3),
        row(area="c", year_change=-1.3, assurance="missed"),
        row(area="a", **days, judgement="cannot_be_judged", value=None, reason="Ingen uppgift"),
    ]
    assert told(*rows) == [
        "Att prata om först: Samtal: läget har försämrats i a, där värdet redan är säkerställt sämre än länets.",
        "Länet når 1 av 2 mål och riktmärken.",
        "Läget har förbättrats för minst en indikator i 1 av 5 delregioner och försämrats för minst en i 2 av 5 "
        "delregioner.",
        "Det enda bedömda målet missas i länet eller i minst en delregion med dagens process eller takt.",
        "Av 2 mål kan 1 inte bedömas någonstans.",
    ]


def test_where_nothing_is_urgent():
    rows = [row(year_change=0.0), row(area="a", year_change=0.0, origin="example")]
    assert told(*rows)[0] == f"Exempeldata: {NOTHING_URGENT}"
    assert told(*rows)[2] == "Exempeldata: i ingen delregion är någon förändring säkerställd."
    assert told(*rows[:1])[0] == NOTHING_URGENT
    assert told(*rows[:1])[3] == (
        "Det enda bedömda målet missas inte i länet eller någon delregion med dagens process eller takt."
    )


def test_what_cannot_be_judged_is_no_headline():
    assert told(row(judgement="cannot_be_judged"))[0] == NOTHING_URGENT


DAYS = {"indicator": "dagar", "target": "dagar-3", "target_value": 3.0, "year_change": 0.0}
FOR_NOW = {"judgement": "target_reached", "assurance": "missed", "year_change": 0.0}
WORSE = {"year_change": 0.0, "county": "worse"}


@pytest.mark.parametrize(
    ("reached", "area"),
    [({"value": 81.0}, "b"), ({**DAYS, "value": 2.0}, "b"), ({**DAYS, "value": 2.0}, "a")],
)
def test_what_is_reached_for_now_hides_nothing_that_is_worse(reached, area):
    rows = [row(area="a", **{**FOR_NOW, **reached}), row(area=area, **WORSE)]
    said = (
        "Att prata om först: Samtal: värdet är säkerställt sämre än länets i {}, utan säkerställd försämring."
    )
    assert told(*rows)[0] == said.format(area)
    assert alone(*rows)[0] == (said.format("a") if area == "a" else NOT_FOR_LONG)


def test_what_is_reached_for_now_alone_is_not_told_as_nothing_missed():
    assert told(row(area="a", **FOR_NOW))[0] == alone(row(area="a", **FOR_NOW))[0] == NOT_FOR_LONG


def test_an_example_stands_first():
    assert told(row(assurance="missed", origin="example"))[0] == (
        "Exempeldata: Att prata om först: Samtal: målet 80 % missas i Länet med dagens process."
    )


def test_without_figures():
    gone = row(value=None, judgement="cannot_be_judged", reason="Ingen uppgift")
    assert told(gone) == [NOTHING_KNOWN]
    assert told() == [NOTHING_KNOWN]


@settings(max_examples=30, deadline=None)
@given(st.lists(random_rows(), max_size=10, unique_by=lambda one: tuple(one[name] for name in KEY)))
def test_one_headline_and_at_most_four_sentences(rows):
    found = summary(frame(*rows), CATALOGUE, "ett")
    assert len(found.supporting) <= 4
    if any(one["value"] is not None and one["area"] in ("14", "e-norr") for one in rows):
        assert found.supporting
    for said in (found.headline, *found.supporting):
        assert said.endswith(".")
        assert said[0].isupper()
        assert "None" not in said
        assert "  " not in said


def alone(*rows):
    found = area_summary(frame(*rows), WIDE, WIDE.areas["a"])
    return [said.replace("\u00a0", " ") for said in (found.headline, *found.supporting)]


def test_one_delregion_is_told_of_itself_alone():
    days = {"indicator": "dagar", "target": "dagar-3", "target_value": 3.0, "year_change": 0.0}
    assert alone(
        row(judgement="target_reached", value=81.0),
        row(area="b", year_change=-1.3, county="worse"),
        row(area="a", year_change=-1.3, county="worse", origin="example"),
        row(area="a", **days, judgement="cannot_be_judged", value=None, reason="Ingen uppgift"),
    ) == [
        "Exempeldata: Att prata om först: Samtal: läget har försämrats i a, där värdet redan är säkerställt sämre "
        "än länets.",
        "Exempeldata: i a har läget försämrats för 1 indikator.",
        "Exempeldata: det enda bedömda målet missas inte med dagens process eller takt.",
        "Exempeldata: av 2 mål kan 1 inte bedömas.",
    ]


def test_one_delregion_of_which_nothing_is_urgent_or_known():
    still = row(area="a", year_change=0.0)
    assert alone(still)[:2] == [NOTHING_URGENT, "I a är ingen förändring säkerställd."]
    assert alone(row(), row(area="a", value=None, judgement="cannot_be_judged")) == [NOTHING_KNOWN]


def test_what_a_title_says_already_can_be_left_out():
    rows = frame(row(judgement="target_reached"))
    with_it, without = (summary(rows, WIDE, "ett", with_reached=told).supporting for told in (True, False))
    assert with_it[1:] == without
    assert "når" in with_it[0]
