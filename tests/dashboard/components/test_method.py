"""A method as markup."""

from __future__ import annotations

from dashboard.components import method
from dashboard.components.method import Departure, Method
from tests.dashboard.build import HOSTILE
from tests.dashboard.dom import parse


def test_a_method_with_all_its_parts():
    one = Method("Namn", "Säger något.", "Någon 1900", ("a = b", "c = d"), "a är talet.", "Se upp.")
    section = parse(method.html([one])).one("section")
    assert section.one("h3").text == "Namn"
    assert [part.text for part in section.all("p")] == [
        "Säger något.", "a = b", "c = d", "a är talet.", "Se upp.", "Källa: Någon 1900",
    ]  # fmt: skip


def test_what_is_not_there_leaves_no_empty_paragraph():
    section = parse(method.html([Method("Namn", "Säger något.", "Någon")]))
    assert [part.text for part in section.all("p")] == ["Säger något.", "Källa: Någon"]


def test_departures_and_tables_are_tables():
    table = parse(method.departures("Avsteg", [Departure("Det här", "Därför")]))
    assert table.heads == ["Avsteg", "Varför"]
    assert table.rows == [["Det här", "Därför"]]
    assert table.one("div").attrs["aria-label"] == "Avsteg"
    plain = parse(method.table("Namn", ["A", "B", "C"], [("1", "2", "3")]))
    assert plain.rows == [["1", "2", "3"]]
    assert [cell.attrs["scope"] for cell in plain.one("tbody").all("th")] == ["row"]


def test_no_text_becomes_code():
    one = Method(HOSTILE, HOSTILE, HOSTILE, (HOSTILE,), HOSTILE, HOSTILE)
    told = method.html([one]) + method.departures(HOSTILE, [Departure(HOSTILE, HOSTILE)])
    assert "<script" not in told
    assert "<img" not in told
    assert HOSTILE in parse(told).text
