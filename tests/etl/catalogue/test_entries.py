from __future__ import annotations

import re

import pytest
import yaml

from etl.catalogue.entries import many, named, one, rows
from schemas.catalogue import Agreement, Caveat, Indicator, Membership, Target
from tests.etl.catalogue.conftest import FILES

WHOLE = {
    Indicator: yaml.safe_load(FILES["indicators/matt.yaml"]),
    Target: yaml.safe_load(FILES["targets.yaml"])[0],
    Agreement: yaml.safe_load(FILES["agreements.yaml"])[0],
}
LEFT_OUT = object()


@pytest.mark.parametrize(
    ("model", "field", "value", "where", "said"),
    [
        (Indicator, "name", LEFT_OUT, "name", "fältet saknas."),
        (Indicator, "nmae", "x", "nmae", "fältet är inte känt"),
        (Indicator, "unit", "andel", "unit", "ett av 'percent', 'index', 'days'"),
        (Indicator, "perspective", "både", "perspective", "ett av 'register' eller 'survey'"),
        (Indicator, "name", 7, "name", "Sätt citattecken"),
        (Indicator, "name", "  ", "name", "inte vara tom"),
        (Indicator, "short_name", "x" * 33, "short_name", "högst 32 tecken"),
        (Indicator, "id", "Å b", "id", "fel form"),
        (Indicator, "ways_of_working", [1, 7], "ways_of_working[2]", "högst 6"),
        (Indicator, "ways_of_working", [], "ways_of_working", "minst 1 värden"),
        (Indicator, "principals", ["region"] * 3, "principals", "högst 2 värden"),
        (Indicator, "update_interval_months", 0, "update_interval_months", "minst 1"),
        (Indicator, "decimals", "x", "decimals", "heltal"),
        (Indicator, "decimals", 1.5, "decimals", "heltal"),
        (Indicator, "lowest", "1,5", "lowest", "decimalpunkt"),
        (Indicator, "caveats", "x", "caveats", "lista"),
        (Indicator, "source", {"publisher": "x"}, "source.title", "fältet saknas."),
        (Indicator, "lowest", 100, "", "lowest ska vara mindre än highest."),
        (Indicator, "denominator", None, "", "kräver en nämnare"),
        (Indicator, "kolada_id", "N79179", "", "båda två eller ingen"),
        (Target, "value", None, "", "kräver value"),
        (Target, "kind", "range", "", "low och high"),
        (Target, "kind", "relative_change", "", "baseline eller cannot_be_judged"),
        (
            Target,
            "milestones",
            [{"date": "2030-01-01", "value": 1}, {"date": "2028-01-01", "value": 2}],
            "",
            "i datumordning",
        ),
        (Target, "milestones", [{"date": "snart", "value": 1}], "milestones[1].date", "ett datum"),
        (Agreement, "total", "mycket", "total", "decimalpunkt"),
        (Agreement, "total", 100.5, "", "hela kronor"),
        (Agreement, "total", "81314959.01", "", "hela kronor"),
        (Agreement, "decided_on", "våren", "decided_on", "ett datum"),
        (Agreement, "purpose_indicators", {"Annat": ["matt"]}, "", "egna ändamål"),
    ],
)
def test_every_refusal_is_said_in_swedish(model, field, value, where, said):
    raw = {**WHOLE[model], field: value}
    if value is LEFT_OUT:
        del raw[field]
    entry, problems = one("x.yaml", raw, model)
    assert entry is None
    assert [(problem.file, problem.field) for problem in problems] == [("x.yaml", where)]
    assert said in problems[0].message
    assert not re.search(r"\b(should|must|input|valid|needs)\b", problems[0].message, re.IGNORECASE)


@pytest.mark.parametrize("model", list(WHOLE))
def test_a_whole_entry_is_accepted(model):
    entry, problems = one("x.yaml", WHOLE[model], model)
    assert isinstance(entry, model)
    assert problems == []


@pytest.mark.parametrize("raw", [None, "text", 3, {"a": 1}])
def test_a_list_that_is_none(raw):
    kept, problems = many("x.yaml", raw, Caveat)
    assert kept == []
    assert "ska vara en lista" in problems[0].message


def test_good_entries_are_kept_and_the_others_named():
    raw = [{"id": "a", "text": "x"}, {"id": "b"}, {"text": "y"}, "z"]
    kept, problems = many("x.yaml", raw, Caveat)
    assert [(name, entry.text) for name, entry in kept] == [("a", "x")]
    assert [problem.field for problem in problems] == ["b.text", "post 3.id", "post 4"]


@pytest.mark.parametrize(
    ("raw", "claimed"), [({"id": "a"}, "a"), ({"id": 3}, None), ({"id": ""}, None), ([], None)]
)
def test_the_id_an_entry_claims(raw, claimed):
    assert named(raw) == claimed


def test_rows_are_named_by_their_line():
    raw = ("a", "1401", "a-norr", "confirmed", "x")
    good = dict(zip(Membership.model_fields, raw, strict=True))
    kept, problems = rows("m.csv", [good, {**good, "evidence": "säker"}, {**good, "area": None}], Membership)
    assert [name for name, _ in kept] == ["rad 2"]
    assert [problem.field for problem in problems] == ["rad 3.evidence", "rad 4.area"]
