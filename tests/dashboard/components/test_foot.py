"""The foot of every page."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.components import foot
from tests.dashboard.build import HOSTILE
from tests.dashboard.dom import parse


def test_the_pages_about_the_pages_are_reached_from_every_page(full):
    drawn = parse(foot.html("Version 1.", {}, None))
    assert drawn.one("nav").links == {
        "Metod": "/metod", "Om": "/om", "Ordlista": "/ordlista", "Tillgänglighetsredogörelse": "/tillganglighet",
    }  # fmt: skip
    assert drawn.one("button", css="fp-print").words == "Skriv ut sidan"
    assert not drawn.all("p", css="fp-on-paper")


@pytest.mark.parametrize(
    ("chosen", "day", "said"),
    [
        ({"Indelning": "Kommunalförbund", "Delregion": "Skaraborg"}, None,
         "Indelning: Kommunalförbund. Delregion: Skaraborg."),
        ({}, date(2026, 3, 1), "Så såg uppgifterna ut 1 mars 2026."),
        ({"Vem": HOSTILE}, None, f"Vem: {HOSTILE}."),
    ],
)  # fmt: skip
def test_the_choices_are_said_in_words_on_paper(full, chosen, day, said):
    assert parse(foot.html("Version 1.", chosen, day)).one("p", css="fp-on-paper").text == said
