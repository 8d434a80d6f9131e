"""The project around the code: what the README promises, what is pinned, what an installation holds."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
import typer
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from etl.cli import app
from etl.settings import Settings
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

#: In two parts each, so that this file doesn't name what no file may name.
FORBIDDEN = [
    "pypi" + ".org",
    "python" + "hosted",
    "index" + "-url",
    "/wor" + "k/",
    "simp" + "le/",
    "/ho" + "me/",
]

#: The longest that a tool may take on a busy machine.
PATIENCE = 120


def commands() -> dict[str, list[list[str]]]:
    """Verb → the arguments of each `fardplan` line in the README's blocks."""
    found: dict[str, list[list[str]]] = {}
    for block in re.findall(r"```\n(.*?)```", README, flags=re.DOTALL):
        for line in block.splitlines():
            if line.startswith("fardplan "):
                verb, *rest = shlex.split(line, comments=True)[1:]
                found.setdefault(verb, []).append(rest)
    return found


def verbs() -> dict[str, typer.core.TyperCommand]:
    return typer.main.get_command(app).commands  # type: ignore[attr-defined]


def test_the_two_commands_stand_in_the_readme_as_designed():
    assert (
        "\npython3 -m venv .venv && .venv/bin/pip install -c constraints.txt . && .venv/bin/fardplan start\n"
        in README
    )
    assert (
        "\npython3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e '.[test]' && "
        '.venv/bin/pytest -n auto -m "not benchmark_suite" && .venv/bin/pytest -m benchmark_suite\n' in README
    )


def test_every_verb_of_the_readme_exists():
    mentioned = set(
        re.findall(
            r"fardplan ([a-z]+(?:-[a-z]+)*)\b", " ".join(re.findall(r"`[^`]+`|```.*?```", README, re.DOTALL))
        )
    )
    assert mentioned | set(commands()) <= set(verbs())


def test_every_verb_is_in_the_readme():
    mentioned = set(re.findall(r"fardplan ([a-z]+(?:-[a-z]+)*)\b", README))
    assert set(verbs()) <= mentioned


@pytest.mark.parametrize("verb", sorted(commands()))
def test_the_options_of_the_readmes_commands_exist(verb):
    for arguments in commands()[verb]:
        command = verbs()[verb]
        command = getattr(command, "commands", {}).get(arguments[0] if arguments else "", command)
        known = {option for parameter in command.params for option in parameter.opts}
        assert {item for item in arguments if item.startswith("--")} <= known


@pytest.mark.parametrize("verb", ["check", "load", "batches", "diff", "history", "status"])
def test_what_the_readme_says_takes_json_does(verb):
    assert "`check`, `load`, `batches`, `diff`, `history` and `status` take `--json`" in README
    assert "--json" in {option for parameter in verbs()[verb].params for option in parameter.opts}


def test_the_readmes_settings_exist():
    assert set(re.findall(r"FARDPLAN_([A-Z_]+)", README)) <= {name.upper() for name in Settings.model_fields}


def test_the_files_that_the_readme_names_exist():
    named = re.findall(r"`([\w./-]+/[\w./-]*)`", README)
    assert named
    missing = [
        name
        for name in named
        if not name.startswith(("/", "data/warehouse", ".venv"))
        and not any((ROOT / start / name).exists() for start in (".", "data/catalogue", "tests"))
    ]
    assert missing == []


def pins() -> dict[str, str]:
    lines = [line.partition("==") for line in CONSTRAINTS if not line.startswith("#")]
    return {canonicalize_name(name): version for name, _, version in lines}


def test_every_line_of_the_constraints_pins_one_package():
    for line in CONSTRAINTS:
        assert re.fullmatch(r"#.*|[\w.-]+==[\w.!+-]+", line), line
        assert "//" not in line
    names = [line.partition("==")[0] for line in CONSTRAINTS if not line.startswith("#")]
    assert len({canonicalize_name(name) for name in names}) == len(names)
    assert pins()["duckdb"] == "1.5.5"


def needed() -> dict[str, str]:
    """Every distribution that the program and its tests are installed with here → its version."""
    environment = {**default_environment(), "extra": ""}
    queue = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
    queue += [Requirement(text) for text in PROJECT["project"]["optional-dependencies"]["test"]]
    seen: set[tuple[str, str]] = set()
    found: dict[str, str] = {}
    while queue:
        requirement = queue.pop()
        name = canonicalize_name(requirement.name)
        for extra in ("", *requirement.extras):
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            try:
                installed = distribution(name)
            except PackageNotFoundError:
                pytest.fail(f"{name} is needed and not installed")
            found[name] = installed.version
            inner = [Requirement(text) for text in installed.requires or []]
            queue += [
                one
                for one in inner
                if one.marker is None or one.marker.evaluate({**environment, "extra": extra})
            ]
    return found


def test_everything_that_is_needed_is_pinned_at_the_version_that_is_tested():
    pinned = pins()
    here = needed()
    assert len(here) > len(PROJECT["project"]["dependencies"])
    assert {name: pinned.get(name) for name in here} == here


def test_the_pins_are_within_what_the_project_asks_for():
    pinned = pins()
    extras = [item for group in PROJECT["project"]["optional-dependencies"].values() for item in group]
    for text in PROJECT["project"]["dependencies"] + extras:
        requirement = Requirement(text)
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), text


def tracked() -> list[Path]:
    git = shutil.which("git")
    listed = git and subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if not listed or listed.returncode:
        reason = "this is no checkout that git knows"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_no_file_names_an_index_or_a_place_on_a_machine():
    guilty = [
        (str(path.relative_to(ROOT)), word)
        for path in tracked()
        if path.is_file()
        for word in FORBIDDEN
        if word.encode() in path.read_bytes()
    ]
    assert guilty == []


def test_what_is_made_here_is_not_committed():
    names = [str(path.relative_to(ROOT)) for path in tracked()]
    assert not [
        name for name in names if name.startswith("data/warehouse") or name.endswith((".duckdb", ".pyc"))
    ]


def test_imports_run_one_way(monkeypatch, capsys):
    from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", list(sys.path))
    status = lint_imports(no_cache=True, no_logo=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The package as it is built to be installed."""
    folder = tmp_path_factory.mktemp("dist")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (found,) = folder.glob("*.whl")
    return found


def test_a_built_package_holds_everything_it_needs(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        "fardplan_data/streamlit.toml",
        "dashboard/components/css/base.css",
        "dashboard/components/markup.js",
        "dashboard/entry/icon.png",
        "dashboard/entry/session.py",
    }
    for folder in ("catalogue", "published", "examples", "geometry"):
        files = [path for path in (ROOT / "data" / folder).rglob("*") if path.is_file()]
        assert files
        expected |= {f"fardplan_data/{path.relative_to(ROOT / 'data').as_posix()}" for path in files}
    for package in ("dashboard", "etl", "schemas"):
        expected |= {path.relative_to(ROOT).as_posix() for path in (ROOT / package).rglob("*.py")}
    assert expected <= names


def test_a_built_package_holds_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {
        "dashboard", "etl", "schemas", "fardplan_data", f"fardplan-{PROJECT['project']['version']}.dist-info",
    }  # fmt: skip
    assert not [name for name in names if "warehouse/0" in name or name.endswith((".pyc", ".duckdb"))]


WHERE = """
import json
from pathlib import Path
import dashboard, etl, schemas
from dashboard.__main__ import streamlit_options
from etl.bundle import bundled_files
from etl.catalogue import load_catalogue
from etl.settings import settings
knowledge = load_catalogue(settings().catalogue)
print(json.dumps({
    "code": [str(Path(package.__file__).parent.parent) for package in (dashboard, etl, schemas)],
    "data": str(settings().data),
    "warehouse": str(settings().warehouse),
    "indicators": len(knowledge.catalogue.indicators),
    "bundled": len(bundled_files(settings().data)),
    "port": streamlit_options()["server.port"],
}))
"""


def test_an_installed_package_finds_its_data(wheel, tmp_path):
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    zipfile.ZipFile(wheel).extractall(site)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("FARDPLAN_")},
        "PYTHONPATH": str(site),
        "HOME": str(tmp_path / "person"),
        "XDG_DATA_HOME": str(tmp_path / "person" / "data"),
    }
    run = subprocess.run(
        [sys.executable, "-P", "-c", WHERE],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert told["code"] == [str(site)] * 3
    assert told["data"] == str(site / "fardplan_data")
    assert Path(told["warehouse"]).is_relative_to(tmp_path / "person"), (
        "what is delivered outlives an upgrade"
    )
    assert told["indicators"] == len(list((ROOT / "data" / "catalogue" / "indicators").glob("*.yaml")))
    assert told["bundled"] > 0
    assert told["port"] == 8501


@pytest.mark.parametrize(
    ("folder", "most"), [("dashboard/pages", 150), ("dashboard", 300), ("etl", 300), ("schemas", 450)]
)
def test_modules_stay_small(folder, most):
    long = {
        path.relative_to(ROOT).as_posix(): length
        for path in (ROOT / folder).rglob("*.py")
        if (length := len(path.read_text(encoding="utf-8").splitlines())) >= most
    }
    assert long == {}
