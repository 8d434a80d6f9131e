"""`python -m dashboard`: the settings it serves with."""

from __future__ import annotations

import pytest
import streamlit as st

from dashboard.__main__ import streamlit_options


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    monkeypatch.delenv("FARDPLAN_ADDRESS", raising=False)
    monkeypatch.delenv("FARDPLAN_PORT", raising=False)


def test_the_bundled_settings():
    options = streamlit_options()
    assert options["server.address"] == "127.0.0.1"
    assert options["server.port"] == 8501
    assert options["runner.postScriptGC"] is False
    assert options["browser.gatherUsageStats"] is False
    assert options["client.showErrorDetails"] == "none"


def test_address_and_port_of_the_command(monkeypatch):
    monkeypatch.setenv("FARDPLAN_ADDRESS", "0.0.0.0")
    monkeypatch.setenv("FARDPLAN_PORT", "9000")
    options = streamlit_options()
    assert (options["server.address"], options["server.port"]) == ("0.0.0.0", 9000)


def test_streamlit_knows_every_setting():
    known = st.config.get_config_options()
    assert set(streamlit_options()) <= set(known)
