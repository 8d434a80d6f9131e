from __future__ import annotations

import pytest

from etl.catalogue import read_catalogue
from tests.etl.catalogue.conftest import FILES, INDICATOR

MATT = "indicators/matt.yaml"


def told(folder):
    knowledge, problems = read_catalogue(folder)
    assert knowledge is None
    return [(problem.file, problem.field, problem.message) for problem in problems]


@pytest.mark.parametrize(
    ("file", "change", "told_as"),
    [
        (MATT, ("id: matt", "id: annat"), ("id", "filen heter ”matt”")),
        (MATT, ("[varning]", "[okand]"), ("caveats", "”okand” finns inte")),
        (MATT, ("caveats:", "counterpart: okand\ncaveats:"), ("counterpart", "”okand” finns inte")),
        (MATT, ("caveats:", "counterpart: medel\ncaveats:"), ("counterpart", "pekar inte tillbaka")),
        (MATT, ("caveats:", "supersedes: okand\ncaveats:"), ("supersedes", "”okand” finns inte")),
        (MATT, ("caveats:", "supersedes: matt\ncaveats:"), ("supersedes", "cirkel")),
        (
            "targets.yaml",
            ("indicator: matt", "indicator: okand"),
            ("matt-90.indicator", "”okand” finns inte"),
        ),
        ("targets.yaml", ("kind: level", "kind: level\n  age: 18+"), ("matt-90.age", "”18+” finns inte")),
        (
            "targets.yaml",
            ("value: 90", "value: 190"),
            ("matt-90.value", "utanför indikatorns gränser, 0–100"),
        ),
        (
            "targets.yaml",
            ("value: 90", "value: 90\n  baseline: {period: våren}"),
            ("matt-90.baseline.period", "ingen period"),
        ),
        (
            "targets.yaml",
            ("value: 90", "value: 90\n  milestones: [{date: 2030-12-31, value: -1}]"),
            ("matt-90.milestones[1].value", "-1 ligger utanför"),
        ),
        (
            "targets.yaml",
            (
                "value: 90",
                "value: 90\n  milestones: [{date: 2025-12-31, value: 80}, {date: 2030-12-31, value: 85}]",
            ),
            ("matt-90.milestones[2].value", "det sista delmålet är 85 men målet 90"),
        ),
        (
            "targets.yaml",
            (
                "kind: level\n  value: 90",
                "kind: relative_change\n  value: 20\n  baseline: {period: '2020'}\n"
                "  milestones: [{date: 2030-12-31, value: 10}]",
            ),
            ("matt-90.milestones[1].value", "det sista delmålet är 10 men målet 20"),
        ),
        (
            "targets.yaml",
            ("kind: level\n  value: 90", "kind: range\n  low: 80\n  high: 90"),
            ("matt-90.kind", "direction till none"),
        ),
        ("areas.yaml", ('parent: "00"', 'parent: "99"'), ("14.parent", "”99” finns inte")),
        ("areas.yaml", ("division: a,", "division: c,"), ("a-norr.division", "”c” finns inte")),
        ("areas.yaml", ("level: riket", "level: riket, division: a"), ("00.division", "andra områden ingen")),
        ("areas.yaml", ("name: Tvåan", "name: ettan"), ("1402.synonyms", "redan namn på ”1401”")),
        (
            "areas.yaml",
            ('name: Länet, level: län, parent: "00"', "name: Länet, level: riket"),
            ("level", "exakt ett"),
        ),
        ("divisions.yaml", (", default: true", ""), ("default", "nu har 0 det")),
        ("divisions.yaml", ("source: Någon}", "source: Någon, default: true}"), ("default", "nu har 2 det")),
        ("memberships.csv", ("a;1401;a-norr", "c;1401;a-norr"), ("rad 2, division", "”c” finns inte")),
        ("memberships.csv", ("a;1401;a-norr", "a;1499;a-norr"), ("rad 2, municipality", "”1499” finns inte")),
        (
            "memberships.csv",
            ("a;1401;a-norr", "a;1401;b-allt"),
            ("rad 2, area", "hör inte till indelningen ”a”"),
        ),
        ("memberships.csv", ("a;1401;a-norr", "a;14;a-norr"), ("rad 2, municipality", "ingen kommun")),
        ("memberships.csv", ("a;1401;a-norr;confirmed;Någon\n", ""), ("municipality", "nu finns ingen")),
        (
            "memberships.csv",
            ("b;1401", "a;1401;a-norr;confirmed;Någon\nb;1401"),
            ("municipality", "Ettan (1401) ska ha en rad i indelningen ”a”, nu finns 2"),
        ),
        (
            "agreements.yaml",
            ("indicator: medel", "indicator: okand"),
            ("pengar.indicator", "”okand” finns inte"),
        ),
        (
            "agreements.yaml",
            ("indicator: medel", "indicator: matt"),
            ("pengar.indicator", "ingen indikator för medel"),
        ),
        ("agreements.yaml", ("total: 100", "total: 0"), ("pengar.total", "större än noll")),
        (
            "agreements.yaml",
            ("  total: 100", "  total: 100\n  purposes: [Stöd]\n  purpose_indicators: {Stöd: [matt, okand]}"),
            ("pengar.purpose_indicators.Stöd", "”okand” finns inte"),
        ),
        ("roadmap.yaml", ("number: 6", "number: 5"), ("ways_of_working", "numren 1–6")),
    ],
)
def test_what_does_not_fit_is_told(build, replaced, file, change, told_as):
    found = told(build(replaced(file, *change)))
    field, said = told_as
    assert [
        message for where, place, message in found if (where, place) == (file, field) and said in message
    ], found


@pytest.mark.parametrize(
    "file", ["targets.yaml", "areas.yaml", "decisions.yaml", "agreements.yaml", "caveats.yaml"]
)
def test_an_id_stands_once(build, file):
    twice = FILES[file] + FILES[file]
    assert any(
        where == file and "står 2 gånger" in message for where, _, message in told(build({file: twice}))
    )


def test_a_circle_of_areas_is_told_for_each(build, replaced):
    changed = replaced("areas.yaml", "name: Riket, level: riket", 'name: Riket, level: riket, parent: "14"')
    found = told(build(changed))
    assert {field for _, field, message in found if "cirkel" in message} == {"00.parent", "14.parent"}


def test_a_circle_of_indicators_is_told_for_each(build):
    def after(own: str, other: str) -> str:
        return INDICATOR.format(id=own, subject="vaccination") + f"supersedes: {other}\n"

    changed = {
        f"indicators/{own}.yaml": after(own, other) for own, other in (("x", "y"), ("y", "z"), ("z", "x"))
    }
    found = told(build(changed))
    assert {file for file, field, _ in found if field == "supersedes"} == set(changed)


def test_one_may_lead_into_a_circle_without_being_part_of_it(build):
    def after(own: str, other: str) -> str:
        return INDICATOR.format(id=own, subject="vaccination") + f"supersedes: {other}\n"

    changed = {f"indicators/{own}.yaml": after(own, other) for own, other in (("x", "y"), ("y", "y"))}
    assert [file for file, field, _ in told(build(changed)) if field == "supersedes"] == ["indicators/y.yaml"]


def test_counterparts_that_point_at_each_other_fit(build):
    def pair(own: str, other: str) -> str:
        return INDICATOR.format(id=own, subject="vaccination") + f"counterpart: {other}\n"

    changed = {f"indicators/{own}.yaml": pair(own, other) for own, other in (("x", "y"), ("y", "x"))}
    assert read_catalogue(build(changed))[1] == []


@pytest.mark.parametrize(
    "entry",
    [
        "kind: level\n  value: 90\n  milestones: [{date: 2025-12-31, value: 80}, {date: 2030-12-31, value: 90}]",
    ],
)
def test_a_path_that_ends_at_its_target_fits(build, replaced, entry):
    assert read_catalogue(build(replaced("targets.yaml", "kind: level\n  value: 90", entry)))[1] == []


def test_a_range_of_an_indicator_without_a_direction_fits(build, replaced):
    changed = replaced("targets.yaml", "kind: level\n  value: 90", "kind: range\n  low: 80\n  high: 90")
    changed |= {MATT: replaced(MATT, "direction: higher", "direction: none")[MATT]}
    assert read_catalogue(build(changed))[1] == []
