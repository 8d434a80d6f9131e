"""The accessibility statement: what the law asks for, and nothing that nobody knows."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from dashboard.components import accessibility
from tests.dashboard.build import HOSTILE
from tests.dashboard.conftest import shown
from tests.dashboard.dom import parse


def told(owner: str | None = None, contact: str | None = None) -> dict[str, str]:
    return {name: parse(said).words for name, said in accessibility.parts(owner, contact)}


def test_every_part_that_digg_asks_for_is_there():
    said = told("Kommunen", "hej@kommunen.se")
    assert list(said) == [
        "Vem som ansvarar", "Om något inte fungerar för dig", "Tillsyn", "Hur tillgänglig webbplatsen är",
        "Innehåll som inte är tillgängligt", "Undantag", "Hur vi har prövat",
    ]  # fmt: skip
    assert said["Vem som ansvarar"] == "Kommunen står bakom webbplatsen Färdplan."
    assert "delvis förenlig" in said["Hur tillgänglig webbplatsen är"]
    assert "oskäligt betungande" in said["Undantag"]
    assert "självskattning" in said["Hur vi har prövat"]
    assert "22 november 2026" in said["Hur vi har prövat"]
    assert accessibility.REPORT_TO_DIGG in dict(accessibility.parts("K", None))["Tillsyn"]


def test_what_nobody_has_set_is_said_to_be_missing():
    said = told()
    assert "inte angett vilken offentlig aktör" in said["Vem som ansvarar"]
    assert "har inte angett det" in said["Om något inte fungerar för dig"]
    assert accessibility.summary(None).startswith("Den som driver tjänsten ansvarar")


def test_every_fault_says_why_and_what_a_reader_can_do():
    drawn = parse(dict(accessibility.parts(None, None))["Innehåll som inte är tillgängligt"])
    assert len(drawn.rows) == len(accessibility.FAULTS)
    assert all(len(cell) > 3 for row in drawn.rows for cell in row)
    assert any("Streamlit" in row[1] for row in drawn.rows)


def test_it_is_said_that_nobody_has_tried_with_assistive_technology():
    assert "Ingen person som använder hjälpmedel har prövat" in told()["Hur vi har prövat"]


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("tillganglighet@kommunen.se", "mailto:tillganglighet@kommunen.se"),
        (" https://kommunen.se/kontakt?a=1&b=2 ", "https://kommunen.se/kontakt?a=1&b=2"),
    ],
)
def test_a_contact_that_can_be_followed_is_a_link(contact, address):
    said = dict(accessibility.parts(None, contact))["Om något inte fungerar för dig"]
    assert list(parse(said).links.values()) == [address]


@pytest.mark.parametrize("contact", ["Ring växeln", "javascript:alert(1)", HOSTILE, "a@b?subject=x"])
def test_other_contacts_are_words(contact):
    said = parse(dict(accessibility.parts(None, contact))["Om något inte fungerar för dig"])
    assert not said.all("a")
    assert contact in said.text


@pytest.mark.parametrize("owner", ["*K* [x](y) <b>", HOSTILE])
def test_an_owners_name_stays_text_below_the_heading(page, monkeypatch, owner):
    told = SimpleNamespace(owner=owner, accessibility_contact=None)
    monkeypatch.setattr("dashboard.pages.accessibility.settings", lambda: told)
    assert shown(page("tillganglighet"), "page-lead").text.startswith(f"{owner} ansvarar för webbplatsen")
