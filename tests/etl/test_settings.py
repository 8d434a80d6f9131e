from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from etl import settings as module
from etl.settings import Settings
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def installed(tmp_path, monkeypatch) -> Path:
    """The program as installed: the data beside the packages, nothing of a checkout."""
    folder = tmp_path / "site" / "fardplan_data"
    (folder / "catalogue").mkdir(parents=True)
    (folder / "streamlit.toml").write_text("[server]\nport = 1\n", encoding="utf-8")
    monkeypatch.setattr(module, "_ROOT", folder.parent)
    return folder


def test_an_installed_program_finds_its_streamlit_settings_whatever_the_data_folder(installed, tmp_path):
    for data in (installed, tmp_path / "egna mål"):
        assert Settings(data=data).streamlit_config == installed / "streamlit.toml"


def test_a_checkout_has_its_streamlit_settings_in_their_usual_place(monkeypatch, tmp_path):
    monkeypatch.setenv("FARDPLAN_DATA", str(tmp_path))
    found = Settings().streamlit_config
    assert found == ROOT / ".streamlit" / "config.toml"
    assert tomllib.loads(found.read_text(encoding="utf-8"))["server"]


def test_the_catalogue_lies_in_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("FARDPLAN_DATA", str(tmp_path))
    assert Settings().catalogue == tmp_path / "catalogue"


def test_the_outlines_are_those_of_the_data_folder_or_those_that_come_with_the_program(monkeypatch, tmp_path):
    monkeypatch.setenv("FARDPLAN_DATA", str(tmp_path))
    assert Settings().geometry == ROOT / "data" / "geometry" / "municipalities.json"
    own = tmp_path / "geometry" / "municipalities.json"
    own.parent.mkdir()
    own.write_text("{}", encoding="utf-8")
    assert Settings().geometry == own
