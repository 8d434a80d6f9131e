"""The municipalities of a delregion, counted one by one."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from dashboard import data
from dashboard.components import members
from tests.dashboard.build import HOSTILE, SKARABORG, figure, line, renamed
from tests.dashboard.dom import Node, parse

NBSP = "\u00a0"


def drawn(catalogue, *figures, **more) -> Node:
    found = [
        line(catalogue, "mpr-dos-1", list(figures)),
        line(catalogue, "akut-4-timmar", list(figures), has_target=False),
    ]
    own = [catalogue.areas["1495"], catalogue.areas["1446"]]
    return parse(members.html(found, catalogue.areas[SKARABORG], own, {"1495": 18580}, **more))


def test_each_municipality_with_its_inhabitants_and_how_many_targets_of_each_outcome(catalogue):
    found = drawn(catalogue, figure("1495"), figure("1446", judgement="target_reached"))
    assert found.heads == [
        "Kommun", "Invånare", "Målet nått", "På väg", "Inte på väg", "Fel håll", "Kan inte bedömas",
    ]  # fmt: skip
    assert found.rows == [
        ["Skara", f"18{NBSP}580", "0", "0", "1", "0", "0"],
        ["Karlsborg", "–", "1", "0", "0", "0", "0"],
    ]


def test_a_municipality_leads_to_its_own_figures(catalogue):
    address = drawn(catalogue, figure("1495")).links["Skara"]
    assert urlsplit(address).path == "/delregion"
    assert parse_qs(urlsplit(address).query) == {
        "indelning": ["Vårdsamverkansområden"],
        "delregion": ["Skaraborg"],
        "kommun": ["Skara"],
    }


def test_the_chosen_one_and_examples_are_marked(catalogue):
    found = drawn(catalogue, figure("1495", origin="example"), chosen="1495")
    assert [row.css for row in found.one("tbody").all("tr")] == [{"fp-mine"}, set()]
    assert "Exempeldata" in found.one("caption").words
    assert "Exempeldata" not in drawn(catalogue, figure("1495")).words


def test_names_are_text_and_never_markup(monkeypatch, catalogue):
    hostile = renamed(catalogue, HOSTILE)
    monkeypatch.setattr(data, "catalogue", lambda: hostile)
    assert not drawn(hostile, figure("1495")).all("script", "img")
