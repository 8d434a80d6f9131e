"""Vårdcentraler as a table of the catalogue: what it must hold, and the areas that it becomes."""

from __future__ import annotations

import pytest

from etl.catalogue import load_catalogue, read_catalogue
from schemas.catalogue import Level
from tests.conftest import ROOT

HEAD = "id;name;municipality;synonyms\n"
FILE = "health_centres.csv"


def told(folder):
    knowledge, problems = read_catalogue(folder)
    assert knowledge is None
    assert {problem.file for problem in problems} == {FILE}
    return [(problem.field, problem.message) for problem in problems]


def centres(build, *rows):
    return load_catalogue(build({FILE: HEAD + "\n".join(rows)})).catalogue.health_centres


def test_none_come_with_the_catalogue_and_the_table_may_be_left_out(build):
    assert not (ROOT / "data" / "catalogue" / FILE).exists()
    assert load_catalogue(build({})).catalogue.health_centres == []
    assert load_catalogue(build({FILE: HEAD})).catalogue.health_centres == []


def test_a_row_is_an_area_below_its_municipality(build):
    (one,) = centres(build, "vc-exempel-1;Exempelvårdcentralen;1402;Exempelmottagningen | Ex 1")
    assert (one.id, one.name, one.level, one.parent) == (
        "vc-exempel-1", "Exempelvårdcentralen", Level.HEALTH_CENTRE, "1402",
    )  # fmt: skip
    assert (one.division, one.synonyms) == (None, ["Exempelmottagningen", "Ex 1"])


def test_they_stand_by_municipality_and_then_by_the_swedish_alphabet_and_by_number(build):
    rows = [
        "vc-a;Ö;1402;",
        "vc-b;Ä;1402;",
        "vc-c;Å;1402;",
        "vc-d;Ex 10;1401;",
        "vc-e;Ex 9;1401;",
        "vc-f;z;1402;",
    ]
    assert [one.name for one in centres(build, *rows)] == ["Ex 9", "Ex 10", "z", "Å", "Ä", "Ö"]


def test_a_raised_number_is_no_number(build):
    assert [one.name for one in centres(build, "vc-a;Ex 5²;1402;", "vc-b;Ex 5;1402;")] == ["Ex 5", "Ex 5²"]


def test_two_of_the_same_name_are_shown_with_their_municipalities(build):
    found = centres(build, "vc-a;Exempel;1401;", "vc-b;exempel;1402;Ex", "vc-c;Annan;1402;")
    assert [one.name for one in found] == ["Exempel (Ettan)", "Annan", "exempel (Tvåan)"]
    assert [one.synonyms for one in found] == [["Exempel"], [], ["exempel", "Ex"]]


@pytest.mark.parametrize(
    ("rows", "field", "message"),
    [
        (["1403;Exempel;1401;"], "rad 2.id", "id ska börja med vc-"),
        (["vc-Å;Exempel;1401;"], "rad 2.id", "id ska börja med vc-"),
        (["vc-;Exempel;1401;"], "rad 2.id", "id ska börja med vc-"),
        (["vc-a;;1401;"], "rad 2.name", "text"),
        (["vc-a;Exempel;;"], "rad 2.municipality", "text"),
        (["vc-a;Exempel;1499;"], "rad 2, municipality", "”1499” finns inte i katalogen"),
        (["vc-a;Exempel;a-norr;"], "rad 2, municipality", "”a-norr” är ingen kommun"),
        (["vc-a;Exempel;14;"], "rad 2, municipality", "”14” är ingen kommun"),
        (["vc-a;Ett;1401;", "vc-a;Två;1402;"], "vc-a", "id står 2 gånger"),
        (["vc-a;ettan;1402;"], "rad 2, name", "”ettan” är redan namn på ”1401”"),
        (["vc-a;Ett;1402;Länet"], "rad 2, name", "”länet” är redan namn på ”14”"),
        (["vc-a;Ett;1402;", "vc-b;ETT;1402;"], "rad 3, name", "”ett” är redan namn på ”vc-a”"),
        (["vc-a;Ett;1402;", "vc-b;Två;1401;vc-a"], "rad 3, name", "”vc-a” är redan namn på ”vc-a”"),
    ],
)  # fmt: skip
def test_everything_wrong_is_told_once_by_row(build, rows, field, message):
    ((where, said),) = told(build({FILE: HEAD + "\n".join(rows)}))
    assert where == field
    assert message in said


def test_columns_are_named(build):
    assert ("municipality", "kolumnen saknas.") in told(build({FILE: "id;name;synonyms\n"}))


def test_a_municipality_that_is_refused_itself_is_not_told_again(build, replaced):
    changed = replaced("areas.yaml", '"1402", name: Tvåan', '"1402", namn: Tvåan')
    _, problems = read_catalogue(build({**changed, FILE: f"{HEAD}vc-a;Exempel;1402;"}))
    assert FILE not in {problem.file for problem in problems}


def test_they_have_no_place_among_the_other_areas(build, replaced):
    line = '- {id: "1402", name: Tvåan, level: kommun, parent: "14"}\n'
    more = f'{line}- {{id: vc-a, name: Ex, level: vårdcentral, parent: "1402"}}\n'
    _, problems = read_catalogue(build(replaced("areas.yaml", line, more)))
    assert [(one.file, one.field, one.message) for one in problems] == [
        ("areas.yaml", "vc-a.level", "vårdcentraler står i health_centres.csv, en rad för varje.")
    ]


def test_another_table_is_another_catalogue(build):
    before = load_catalogue(build({})).key
    assert load_catalogue(build({FILE: HEAD})).key != before
