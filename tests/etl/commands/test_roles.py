"""`fardplan roles` and `fardplan four-eyes`."""

from __future__ import annotations

import json

import pytest

from etl.settings import settings
from etl.warehouse import Warehouse

SUBJECTS = ["accessibility", "continuity", "vaccination", "funds"]


def grants() -> list[tuple[str, ...]]:
    frame = Warehouse(settings().warehouse).grants()
    return frame.select("email", "role", "subject", "indicator").sort("email", "role", "subject").rows()


def test_a_role_is_given_listed_and_taken(inside):
    answer = inside("roles", "grant", " Anna@Exempel.se", "analytiker", "--subject", "vaccination")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert answer.stdout == "anna@exempel.se har rollen analytiker för ämnet Vaccination.\n"
    inside("roles", "grant", "bo@exempel.se", "administratör")
    inside("roles", "grant", "bo@exempel.se", "granskare", "--indicator", "kontinuitetsindex")
    assert grants() == [
        ("anna@exempel.se", "analytiker", "vaccination", None),
        ("bo@exempel.se", "administratör", None, None),
        ("bo@exempel.se", "granskare", None, "kontinuitetsindex"),
    ]

    lines = inside("roles", "list").stdout.splitlines()
    assert len(lines) == 3
    assert any(line.startswith("anna@exempel.se  analytiker     ämnet Vaccination  ") for line in lines)
    assert sum("administratör  allt " in line for line in lines) == 1

    document = json.loads(inside("roles", "list", "--json").stdout)
    assert [list(row) for row in document] == [
        ["email", "role", "subject", "indicator", "granted_at", "granted_by"]
    ] * 3
    assert all(row["granted_at"].endswith("+00:00") for row in document)

    answer = inside("roles", "revoke", "ANNA@exempel.se", "analytiker", "--subject", "vaccination")
    assert answer.stdout == "anna@exempel.se har inte längre rollen analytiker för ämnet Vaccination.\n"
    assert [row[0] for row in grants()] == ["bo@exempel.se", "bo@exempel.se"]


def test_the_command_line_may_take_the_last_administrators_role(inside):
    inside("roles", "grant", "bo@exempel.se", "administratör")
    assert inside("roles", "revoke", "bo@exempel.se", "administratör").exit_code == 0
    assert grants() == []


def test_nobody_has_a_role(inside):
    assert inside("roles", "list").stdout.startswith("Ingen har någon roll.")
    assert inside("roles", "list", "--json").stdout == "[]\n"


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["grant", "anna", "granskare"], "”anna” är ingen e-postadress."),
        (["grant", "a@b.se", "kung"],
         "Rollen ”kung” finns inte. Välj bland: läsare, analytiker, granskare, administratör."),
        (["grant", "a@b.se", "granskare", "--subject", "vaccin"],
         f"Ämnet ”vaccin” finns inte. Välj bland: {', '.join(SUBJECTS)}."),
        (["grant", "a@b.se", "granskare", "--indicator", "mpr"], "Indikatorn ”mpr” finns inte. Välj bland: "),
        (["grant", "a@b.se", "granskare", "--subject", "funds", "--indicator", "mpr-dos-1"],
         "Ange ett ämne eller en indikator, inte båda."),
        (["grant", "a@b.se"], "”ROLL” saknas i anropet."),
        (["grant"], "”E-POST” saknas i anropet."),
        (["revoke", "a@b.se", "granskare"], "a@b.se har inte rollen granskare för allt."),
        (["visa"], "Kommandot ”visa” finns inte. Det finns: grant, revoke, list."),
        (["list", "--jsn"], "Flaggan ”--jsn” finns inte."),
    ],
)  # fmt: skip
def test_a_wrong_call_is_one_swedish_line_and_exit_code_two(inside, args, told):
    answer = inside("roles", *args)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert told in answer.stderr


@pytest.mark.parametrize("args", [["roles"], ["roles", "--help"]])
def test_a_group_explains_itself_in_swedish(inside, args):
    answer = inside(*args)
    assert answer.exit_code == 0
    assert "Användning: fardplan roles [FLAGGOR] KOMMANDO" in answer.stdout
    for verb in ("grant", "revoke", "list"):
        assert f"\n  {verb} " in answer.stdout


@pytest.mark.parametrize("verb", ["grant", "revoke", "list"])
def test_every_verb_of_the_group_explains_itself_in_swedish(inside, verb):
    answer = inside("roles", verb, "--help")
    assert answer.exit_code == 0
    assert f"Användning: fardplan roles {verb}" in answer.stdout
    for english in ("Usage", "Options", "required", "default", "<"):
        assert english not in answer.stdout


def test_four_eyes_is_switched_per_subject(inside):
    assert inside("four-eyes").stdout.splitlines() == [
        "accessibility  av  Tillgänglighet",
        "continuity     av  Kontinuitet",
        "vaccination    av  Vaccination",
        "funds          av  Medel",
    ]
    assert "funds          på  Medel\n" in inside("four-eyes", "funds", "on").stdout
    assert json.loads(inside("four-eyes", "--json").stdout) == {
        **dict.fromkeys(SUBJECTS, False), "funds": True,
    }  # fmt: skip
    inside("four-eyes", "funds", "off")
    assert "på" not in inside("four-eyes").stdout


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["tandvård", "on"], f"Ämnet ”tandvård” finns inte. Välj bland: {', '.join(SUBJECTS)}."),
        (["funds"], "Skriv on eller off efter ämnet: fardplan four-eyes funds on"),
        (["funds", "kanske"], "Skriv on eller off efter ämnet"),
    ],
)
def test_a_wrong_call_of_four_eyes(inside, args, told):
    answer = inside("four-eyes", *args)
    assert answer.exit_code == 2
    assert told in answer.stderr
