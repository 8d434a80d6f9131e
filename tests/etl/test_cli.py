import json
import os
import socket
import subprocess
import time
from contextlib import contextmanager

import openpyxl
import pytest

from etl import console
from etl.commands import common, serving
from etl.jobs.documents import STATUS_KEYS
from etl.settings import settings
from etl.warehouse import Warehouse, anyone
from schemas.problem import LIST_SHEET, PROBLEM_KEYS
from schemas.problem_groups import GROUP_SCHEMA
from tests.conftest import ROOT
from tests.etl import files
from tests.etl.conftest import COMMAND

VERBS = ["start", "check", "load", "batches", "publish", "withdraw", "restore", "status", "template"]
NBSP = "\u00a0"


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "tillgänglighet.csv"
    parts = [files.row(area=area, numerator="855", denominator="1000") for area in ("1480", "1401")]
    path.write_bytes(files.csv([*parts, files.row(area="14", numerator="1710", denominator="2000")]))
    return path


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "fel.csv"
    counted = files.row(numerator="855", denominator="1000")
    path.write_bytes(files.csv([counted, files.row(area="1401", value="185,5")]))
    return path


@pytest.mark.benchmark_suite
def test_help_is_swedish_names_every_verb_and_is_there_at_once(fardplan):
    begun = time.perf_counter()
    assert fardplan.start("--help").wait() == 0
    assert time.perf_counter() - begun < 1
    answer = fardplan("--help")
    assert answer.code == 0
    assert "Användning: fardplan" in answer.out
    for verb in VERBS:
        assert f"\n  {verb} " in answer.out
    for english in ("Usage", "Options", "Commands", "Show this", "ARGS"):
        assert english not in answer.out


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_in_swedish(inside, verb):
    answer = inside(verb, "--help")
    assert answer.exit_code == 0
    assert f"Användning: fardplan {verb}" in answer.stdout
    for english in ("Usage", "Options", "required", "default", "<"):
        assert english not in answer.stdout


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["chek", "x"], "Kommandot ”chek” finns inte."),
        (["check"], "”FIL” saknas"),
        (["check", "--fel", "x"], "Flaggan ”--fel” finns inte."),
        (["check", "finns-inte.csv"], "Filen finns-inte.csv finns inte."),
        (["load", "."], ". är en mapp, inte en fil."),
        (["load", "--by"], "Flaggan ”--by” är inte rätt använd."),
        (["publish", "ett"], "Värdet för ”NR” går inte att använda."),
        (["publish", "7"], "Det finns ingen leverans med nummer 7."),
        (["status", "--division", "landskap"], "Indelningen ”landskap” finns inte."),
        (["status", "--indicator", "pulsen"], "Indikatorn ”pulsen” finns inte."),
        (["template", "--kind", "kakor"], "Mallen ”kakor” finns inte."),
        (["template", "--format", "pdf"], "Formatet ”pdf” finns inte."),
        (["template", "--out", "finns-inte/mall.csv", "--format", "csv"], "Mallen kan inte sparas"),
        (["start", "--port", "0"], "Värdet för ”--port” går inte att använda."),
    ],
)
def test_a_wrong_call_is_one_swedish_line_and_exit_code_two(inside, args, told):
    answer = inside(*args)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert told in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_a_good_file_is_one_json_document(fardplan, good):
    answer = fardplan("check", good, "--json")
    assert answer.code == 0
    assert answer.document == {
        "ok": True, "job": "accessibility", "shape": "template-observations", "rows": 3, "problems": [],
        "warnings": [], "groups": [],
    }  # fmt: skip
    assert answer.out.count("\n") == 1
    assert answer.err == ""
    assert not fardplan.warehouse.exists()


def test_a_file_with_errors_is_one_json_document_and_exit_code_one(fardplan, bad):
    answer = fardplan("check", bad, "--json")
    assert answer.code == 1
    document = answer.document
    assert document["ok"] is False
    (problem,) = document["problems"]
    assert tuple(problem) == PROBLEM_KEYS
    assert (problem["row"], problem["column"], problem["value"]) == (3, "Värde", "185,5")
    assert document["warnings"] == []
    (group,) = document["groups"]
    assert (group["code"], group["count"], group["rows"]) == (
        problem["code"], 1, [{"sheet": "", "first": 3, "last": 3}],
    )  # fmt: skip
    assert group["values"] == [{"value": "185,5", "count": 1}]
    assert tuple(group) == tuple(GROUP_SCHEMA)


def test_the_file_comes_back_with_the_errors_marked(fardplan, bad, tmp_path):
    answer = fardplan("check", bad, "--marked", tmp_path / "ut.xlsx")
    assert answer.code == 1
    assert answer.out.endswith(f"Filen med felen markerade är sparad som {tmp_path / 'ut.xlsx'}.\n")
    book = openpyxl.load_workbook(tmp_path / "ut.xlsx")
    assert book.sheetnames == [LIST_SHEET, "Uppgifter"]
    assert book["Uppgifter"]["F3"].comment is not None


def test_a_marked_file_and_a_json_document(fardplan, bad, tmp_path):
    answer = fardplan("check", bad, "--json", "--marked", tmp_path / "ut.xlsx")
    assert answer.document["ok"] is False
    assert (tmp_path / "ut.xlsx").exists()


def test_a_file_without_problems_is_not_marked(fardplan, good, tmp_path):
    answer = fardplan("check", good, "--marked", tmp_path / "ut.xlsx")
    assert answer.code == 0
    assert "så ingen fil är sparad" in answer.out
    assert not (tmp_path / "ut.xlsx").exists()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("ut.csv", "ut.csv slutar inte på .xlsx."),
        ("fel.xlsx", "finns redan och skrivs inte över."),
        ("mapp/ut.xlsx", "kan inte sparas som"),
    ],
)
def test_where_the_marked_file_cannot_be_saved(fardplan, bad, tmp_path, name, told):
    (tmp_path / "fel.xlsx").write_bytes(b"min")
    answer = fardplan("check", bad, "--marked", tmp_path / name)
    assert answer.code == 2
    assert told in answer.err
    assert (tmp_path / "fel.xlsx").read_bytes() == b"min"


def test_every_json_answer_is_one_document_and_nothing_else(fardplan, good, bad):
    assert fardplan("load", bad, "--json").document["batch"] is None
    loaded = fardplan("load", good, "--json", "--by", "Åsa").document
    assert loaded == {
        "ok": True, "job": "accessibility", "shape": "template-observations", "rows": 3, "problems": [],
        "warnings": [], "groups": [], "batch": 1, "status": "staged", "already_delivered": False, "published": False,
        "new": 3, "revised": 0, "unchanged": 0,
    }  # fmt: skip
    (batch,) = fardplan("batches", "--json").document
    assert (batch["batch"], batch["status"], batch["delivered_by"]) == (1, "staged", "Åsa")
    assert fardplan("publish", 1).code == 0
    lines = fardplan("status", "--json").document
    assert all(tuple(line) == STATUS_KEYS for line in lines)
    (county,) = [
        line for line in lines if line["indicator"] == "vardgaranti-telefon" and line["level"] == "län"
    ]
    assert (county["value"], county["period"], county["origin"]) == (85.5, "2024-05", "uploaded")


def test_several_subjects_in_one_file_are_named(inside, tmp_path):
    path = tmp_path / "blandat.csv"
    path.write_bytes(files.csv([files.row("kontinuitetsindex", "14", "2024", "0,45"), files.row()]))
    assert json.loads(inside("check", path, "--json").stdout)["job"] == "accessibility,continuity"


def test_the_same_file_twice_is_told_and_stores_nothing(inside, good):
    first = json.loads(inside("load", good, "--json").stdout)
    again = json.loads(inside("load", good, "--json").stdout)
    assert (again["already_delivered"], again["batch"], again["status"]) == (True, first["batch"], "staged")
    assert len(json.loads(inside("batches", "--json").stdout)) == 1
    told = inside("load", good).stdout
    assert "Samma fil levererades redan" in told
    assert "leverans 1 (väntar)" in told


def test_a_waiting_batch_is_published_when_the_same_file_comes_to_be_published(inside, good):
    inside("load", good)
    again = json.loads(inside("load", good, "--publish", "--json").stdout)
    assert (again["already_delivered"], again["published"], again["status"]) == (True, True, "published")
    assert len(json.loads(inside("batches", "--json").stdout)) == 1


@pytest.mark.parametrize("flags", [[], ["--publish"]])
def test_a_withdrawn_file_that_comes_again_says_what_brings_it_back(inside, good, flags):
    inside("load", good, "--publish")
    inside("withdraw", 1)
    told = inside("load", good, *flags).stdout
    assert "leverans 1 (återkallad)" in told
    assert "Leverans 1 är återkallad, så dess tal visas inte. Återställ den med: fardplan restore 1\n" in told
    inside("restore", 1)
    assert "fardplan" not in inside("load", good, *flags).stdout


def test_a_rejected_file_that_comes_again_says_both_steps_back(inside, good):
    inside("load", good)
    Warehouse(settings().warehouse).reject(1, by="Bo", permit=anyone)
    told = inside("load", good, "--publish").stdout
    assert "Leverans 1 är avvisad" in told
    assert told.index("fardplan restore 1") < told.index("fardplan publish 1")


def test_a_file_whose_figures_were_replaced_says_by_what(inside, tmp_path, good):
    newer, money = tmp_path / "nyare.csv", tmp_path / "medel.csv"
    newer.write_bytes(files.csv([files.row(area="14", value="90")]))
    money.write_bytes(files.csv([files.money()], headings=files.MONEY_HEADINGS))
    for file in (good, newer, money):
        inside("load", file, "--publish")
    assert inside("load", good, "--publish").stdout.endswith(
        "En senare leverans, 2, har ersatt tal i filen. Återkalla den för att få tillbaka dem: fardplan withdraw 2\n"
    )
    assert "har ersatt" not in inside("load", newer).stdout
    assert "har ersatt" not in inside("load", money).stdout
    inside("withdraw", 2)
    assert "har ersatt" not in inside("load", good).stdout


def test_changing_a_batch_tells_its_steps(inside, good, monkeypatch):
    told = []

    @contextmanager
    def listening(total):
        yield told.append

    inside("load", good, "--publish")
    monkeypatch.setattr(console, "steps", listening)
    for verb in ("withdraw", "restore"):
        assert inside(verb, 1).exit_code == 0
    assert told == ["Återkallar och räknar", "Återställer och räknar"]


def test_a_revised_figure_is_counted_and_withdrawing_brings_back_the_old(inside, tmp_path, good):
    inside("load", good, "--publish")
    newer = tmp_path / "nyare.csv"
    same = files.row(numerator="855", denominator="1000")
    newer.write_bytes(files.csv([same, files.row(area="14", value="90"), files.row(area="1482")]))
    loaded = json.loads(inside("load", newer, "--publish", "--json").stdout)
    assert (loaded["new"], loaded["revised"], loaded["unchanged"]) == (1, 1, 1)

    def county():
        lines = json.loads(inside("status", "--indicator", "vardgaranti-telefon", "--json").stdout)
        return next(line["value"] for line in lines if line["level"] == "län")

    assert county() == 90
    assert inside("withdraw", loaded["batch"], "--note", "fel fil").stdout == "Leverans 2 är återkallad.\n"
    assert county() == 85.5
    assert inside("restore", loaded["batch"]).exit_code == 0
    assert county() == 90


def test_money_goes_the_whole_way_to_the_krona(inside, tmp_path):
    path = tmp_path / "medel.csv"
    rows = [files.money("A", "81314000,50"), files.money("B", "958,50"), files.money("B", "900", "använt")]
    path.write_bytes(files.csv(rows, headings=files.MONEY_HEADINGS))
    loaded = json.loads(inside("load", path, "--publish", "--json").stdout)
    assert (loaded["job"], loaded["shape"], loaded["new"]) == ("funds", "template-allocations", 3)
    lines = json.loads(inside("status", "--indicator", "medel-psykisk-halsa", "--json").stdout)
    assert next(line["value"] for line in lines if line["level"] == "län") == 81314959


@pytest.mark.parametrize(
    ("kind", "form"), [(k, f) for k in ("observations", "allocations") for f in ("csv", "xlsx")]
)
def test_a_template_is_recognised_and_has_nothing_to_store_yet(inside, tmp_path, kind, form):
    path = tmp_path / f"mall.{form}"
    assert inside("template", "--kind", kind, "--format", form, "--out", path).exit_code == 0
    document = json.loads(inside("check", path, "--json").stdout)
    assert document["shape"] == f"template-{kind}"
    assert [problem["code"] for problem in document["problems"]] == ["no_rows"]
    assert len(document["warnings"]) == 1


def test_text_answers_are_swedish_lines(inside, good, bad):
    told = inside("check", bad).stdout
    assert "kolumn Värde: ”185,5”, väntat ett tal från 0 till 100." in told
    assert "Filen har ett fel. Inget är lagrat." in told
    assert "Publicera med: fardplan publish 1" in inside("load", good).stdout
    assert "tillgänglighet.csv" in inside("batches").stdout
    inside("publish", 1)
    status = inside("status").stdout
    assert f"85,5{NBSP}%" in status
    assert "Västra Götaland" in status


def test_an_empty_warehouse_says_what_to_do(inside):
    assert "fardplan load FIL" in inside("batches").stdout


def test_an_unexpected_error_is_one_line_and_tells_more_only_when_asked(inside, monkeypatch, good):
    def broken(*_args, **_more):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("etl.jobs.delivery.check", broken)
    answer = inside("check", good)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr == "Något gick fel (ZeroDivisionError). Kör igen med --verbose för att se var.\n"
    assert isinstance(inside("check", good, "--verbose").exception, ZeroDivisionError)


def test_a_broken_catalogue_is_told_by_file_and_field(inside, monkeypatch, tmp_path, good):
    (tmp_path / "tomt" / "catalogue").mkdir(parents=True)
    monkeypatch.setenv("FARDPLAN_DATA", str(tmp_path / "tomt"))
    settings.cache_clear()
    answer = inside("check", good)
    assert answer.exit_code == 2
    assert "Katalogen kan inte användas" in answer.stderr
    assert "areas.yaml" in answer.stderr


def test_start_makes_ready_and_hands_over_to_the_server(inside, monkeypatch):
    served = []
    monkeypatch.setattr(serving.runpy, "run_module", lambda name, **how: served.append((name, how)))
    monkeypatch.setenv("FARDPLAN_ADDRESS", "")
    monkeypatch.setenv("FARDPLAN_PORT", "")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = inside("start", "--port", str(port))
    assert refused.exit_code == 2
    assert f"Port {port} är upptagen" in refused.stderr
    assert served == []

    answer = inside("start", "--port", str(port))
    assert answer.exit_code == 0
    assert served == [("dashboard", {"run_name": "__main__", "alter_sys": True})]
    assert (os.environ["FARDPLAN_ADDRESS"], os.environ["FARDPLAN_PORT"]) == ("127.0.0.1", str(port))
    assert f"http://127.0.0.1:{port}" in answer.stderr
    assert answer.stdout == ""


def test_a_reader_that_has_seen_enough_is_no_error(fardplan):
    process = subprocess.Popen(
        [*COMMAND, "status"],
        cwd=ROOT,
        env=fardplan.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 1


def test_the_user_of_the_system_is_the_deliverer(inside, monkeypatch, good):
    monkeypatch.setattr(common.getpass, "getuser", lambda: "asa")
    inside("load", good)
    assert json.loads(inside("batches", "--json").stdout)[0]["delivered_by"] == "asa"


def test_an_existing_file_is_not_written_over(inside, tmp_path):
    path = tmp_path / "mall.xlsx"
    path.write_bytes(b"ifylld")
    answer = inside("template", "--out", path)
    assert answer.exit_code == 2
    assert "finns redan" in answer.stderr
    assert path.read_bytes() == b"ifylld"


def test_a_template_s_name_and_format_agree(inside, tmp_path):
    answer = inside("template", "--format", "csv", "--out", tmp_path / "mall.xlsx")
    assert answer.exit_code == 2
    assert "slutar inte på .csv" in answer.stderr


def test_a_figure_of_the_future_is_refused(inside, tmp_path):
    path = tmp_path / "framtid.csv"
    path.write_bytes(files.csv([files.row("influensa-65", "14", "2079/2080", "80")]))
    document = json.loads(inside("check", path, "--json").stdout)
    assert [(item["code"], item["row"]) for item in document["problems"]] == [("future_period", 2)]


def test_municipal_values_without_counts_are_warned_of(inside, tmp_path):
    path = tmp_path / "utan.csv"
    path.write_bytes(files.csv([files.row("mpr-dos-1", code, "2024", "95") for code in ("1480", "1401")]))
    document = json.loads(inside("check", path, "--json").stdout)
    assert document["ok"]
    assert [item["code"] for item in document["warnings"]] == ["not_summed"]
