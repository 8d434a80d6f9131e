"""`fardplan history`, `original`, `comment`, `reject`, and `status` as of a day."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest

from schemas import clock
from tests.etl import files

CONTENT = files.csv([files.row(area="14", numerator="855", denominator="1000")])


@pytest.fixture
def run(inside, tmp_path):
    """A delivery that waits, with a comment."""
    path = tmp_path / "uttag.csv"
    path.write_bytes(CONTENT)
    assert inside("load", path, "--by", "asa", "--note", "Första uttaget").exit_code == 0
    assert (
        inside("comment", "1", "  Ser bra ut  ", "--by", "bo").stdout == "Leverans 1 har en ny kommentar.\n"
    )
    return inside


def test_what_has_happened_is_told_a_line_each(run):
    assert run("publish", "1", "--by", "bo", "--note", "Klart").exit_code == 0
    lines = run("history").stdout.splitlines()
    assert [re.sub(r"version \d+", "version N", line[18:]) for line in lines] == [
        "leverans 1  Levererad av asa, version N: Första uttaget",
        "leverans 1  Kommenterad av bo, version N: Ser bra ut",
        "leverans 1  Publicerad av bo, version N: Klart",
    ]
    assert run("history", "1").stdout.splitlines() == lines


def test_the_same_as_one_json_document(run):
    document = json.loads(run("history", "1", "--json").stdout)
    assert [(row["batch"], row["action"], row["by"]) for row in document] == [
        (1, "staged", "asa"),
        (1, "commented", "bo"),
    ]
    assert document[0]["version"] < document[1]["version"]
    assert set(document[0]) == {"event", "batch", "action", "status", "at", "by", "note", "version", "due"}
    assert document[0]["at"].endswith("+00:00")


def test_a_note_with_line_ends_stays_on_its_line(run):
    run("comment", "1", "en\nav rad\x1b[31m", "--by", "bo")
    assert run("history").stdout.splitlines()[-1].endswith(": en av rad [31m")


def test_a_file_comes_back_as_it_was_delivered(run, tmp_path, monkeypatch):
    out = tmp_path / "ut.csv"
    assert run("original", "1", "--out", out).exit_code == 0
    assert out.read_bytes() == CONTENT
    again = run("original", "1", "--out", out)
    assert (again.exit_code, "finns redan" in again.stderr) == (2, True)
    assert out.read_bytes() == CONTENT
    (tmp_path / "här").mkdir()
    monkeypatch.chdir(tmp_path / "här")
    assert run("original", "1").stdout == "Filen från leverans 1 är sparad som uttag.csv.\n"
    assert (tmp_path / "här" / "uttag.csv").read_bytes() == CONTENT


def test_a_rejected_delivery_can_wait_again(run):
    assert run("reject", "1", "--by", "bo", "--note", "Fel period").stdout == "Leverans 1 är avvisad.\n"
    assert re.search(r"Avvisad av bo, version \d+: Fel period$", run("history").stdout)
    assert run("restore", "1", "--by", "bo").exit_code == 0
    assert re.search(r"Återställd, väntar igen av bo, version \d+$", run("history").stdout)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["history", "7"], "Det finns ingen leverans med nummer 7."),
        (["original", "7"], "Det finns ingen leverans med nummer 7."),
        (["comment", "1", "   "], "Kommentaren är tom."),
        (["reject", "7"], "Det finns ingen leverans med nummer 7."),
        (["status", "--date", "igår"], "”igår” är inget datum."),
        (["status", "--date", "2999-01-01"], "2999-01-01 har inte varit än."),
        (
            ["status", "--date", "2001-01-01"],
            "Från 2001-01-01 finns inget att visa. De första uppgifterna kom",
        ),
    ],
)
def test_what_cannot_be_done_is_one_swedish_line(run, args, told):
    answer = run(*args)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert told in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_status_as_it_was(run, monkeypatch):
    run("publish", "1")
    now = run("status").stdout
    assert "85,5" in now
    today = clock.today()
    assert run("status", "--date", today).stdout == now
    monkeypatch.setattr(clock, "today", lambda: today + timedelta(days=3))
    run("withdraw", "1")
    assert "85,5" not in run("status", "--date", today + timedelta(days=1)).stdout


def test_status_as_it_was_before_a_later_change(run, monkeypatch):
    from etl.warehouse import base

    run("publish", "1")
    later = clock.end_of_day(clock.today() + timedelta(days=2)).replace(tzinfo=None)
    monkeypatch.setattr(base, "_moment", lambda _connection: later)
    run("withdraw", "1")
    assert "85,5" not in run("status").stdout
    assert "85,5" in run("status", "--date", clock.today()).stdout


def test_status_of_an_empty_warehouse_has_no_earlier_day(inside):
    answer = inside("status", "--date", date(2024, 1, 1))
    assert (answer.exit_code, answer.stderr) == (2, "Från 2024-01-01 finns inget att visa.\n")
