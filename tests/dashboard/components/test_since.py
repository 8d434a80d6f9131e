"""What has happened since a meeting, in sentences with links."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from dashboard.components import since
from dashboard.since import Chosen
from etl.jobs.corrections import CORRECTION_SCHEMA
from etl.jobs.difference_flips import FLIP_SCHEMA
from etl.jobs.since import NEWS_SCHEMA, Since
from tests.dashboard.build import COUNTY, HOSTILE, SKARABORG, renamed
from tests.dashboard.dom import Node, parse

DAY = date(2026, 10, 1)
SIMBA = "vs-simba"


def flip(**told) -> dict:
    usual = {
        **dict.fromkeys(FLIP_SCHEMA), "indicator": "mpr-dos-1", "target": "mpr-dos-1-riktvarde", "age": "total",
        "area": SKARABORG, "what": "outcome", "turn": "worse", "old_outcome": "target_reached",
        "new_outcome": "not_on_the_way", "old_example": False, "new_example": False,
    }  # fmt: skip
    return {**usual, **told}


def new(**told) -> dict:
    usual = {
        "indicator": "mpr-dos-1", "age": "total", "area": SKARABORG, "period_type": "year",
        "old_start": date(2024, 1, 1), "new_start": date(2025, 1, 1), "value": 90.0, "example": False,
    }  # fmt: skip
    return {**usual, **told}


def correction(**told) -> dict:
    usual = {
        "at": datetime(2026, 10, 5, 12, tzinfo=UTC), "version": 7, "batches": [4], "action": "published", "note": "Fel",
        "indicator": "mpr-dos-1", "area": SKARABORG, "level": "delregion", "division": "vardsamverkan",
        "period_start": date(2024, 1, 1), "period_type": "year", "age": "total", "kind": "changed", "old": 93.1,
        "new": 92.8, "size": 0.1, "reason": None,
    }  # fmt: skip
    return {**usual, **told}


def drawn(catalogue, flips=(), news=(), corrected=(), *, areas=(COUNTY, SKARABORG, SIMBA)) -> Node:
    found = Since(pl.DataFrame(list(flips), schema=FLIP_SCHEMA), pl.DataFrame(list(news), schema=NEWS_SCHEMA))
    chosen = Chosen("vardsamverkan", frozenset(areas), frozenset(catalogue.indicators))
    rows = pl.DataFrame(list(corrected), schema=CORRECTION_SCHEMA)
    return parse(since.html(found, rows, DAY, chosen, catalogue))


def part(page: Node, heading: str) -> Node:
    return next(node for node in page.all("section") if node.one("h2").text == heading)


def test_nothing_has_happened(catalogue):
    page = drawn(catalogue)
    assert page.one("p").words == "Inget av det som visas här har ändrats sedan 1 oktober 2026."
    assert not page.all("details")


@pytest.mark.parametrize(
    ("flips", "news", "corrected", "said"),
    [
        ([flip(), flip(area=SIMBA, turn="better")], [new()], [correction()],
         "2 bedömningar har ändrats (1 sämre och 1 bättre), 1 ny siffra och 1 rättelse."),
        ([flip(turn=None)], [], [], "1 bedömning har ändrats, inga nya siffror och inga rättelser."),
        ([], [new(), new(area=SIMBA)], [], "ingen bedömning har ändrats, 2 nya siffror och inga rättelser."),
        ([], [], [correction(kind="example_replaced")],
         "ingen bedömning har ändrats, inga nya siffror och inga rättelser."),
    ],
)  # fmt: skip
def test_one_sentence_counts(catalogue, flips, news, corrected, said):
    summary = drawn(catalogue, flips, news, corrected).all("summary")[0]
    assert summary.words.replace("\u00a0", " ") == f"Sedan 1 oktober 2026: {said}"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "i Skaraborg : från målet nått till inte på väg ."),
        ({"area": COUNTY}, "i länet: från målet nått till inte på väg ."),
        ({"what": "appears"}, "från ingen uppgift till inte på väg ."),
        ({"what": "disappears"}, "ingen uppgift längre, förut målet nått."),
        ({"what": "disappears", "old_outcome": "cannot_be_judged"}, "ingen uppgift längre."),
        ({"what": "disappears", "target": None, "turn": None}, "ingen uppgift längre."),
        ({"what": "real"}, "till inte på väg . Verkliga tal har ersatt exempeldata."),
        (
            {"what": "example", "new_example": True},
            "Exempeldata visas i stället för verkliga tal. Exempeldata",
        ),
        ({"new_example": True}, "till inte på väg . Exempeldata"),
        ({"what": "disappears", "old_example": True}, "förut målet nått. Exempeldata"),
    ],
)
def test_a_judgement_that_turned(catalogue, told, said):
    item = part(drawn(catalogue, [flip(**told)]), "Bedömningar som har ändrats").one("li")
    assert item.words.endswith(said)
    assert len(item.all("svg")) == (told.get("target", "") is not None)
    assert item.words.startswith(catalogue.indicators["mpr-dos-1"].short_name)


def test_areas_that_turned_alike_stand_in_one_sentence_each_with_its_link(catalogue):
    page = drawn(catalogue, [flip(), flip(area=SIMBA), flip(area=COUNTY, new_outcome="on_the_way")])
    first, second = part(page, "Bedömningar som har ändrats").all("li")
    assert "delregion=Skaraborg" in first.links["Skaraborg"]
    assert "delregion=SIMBA" in first.links["SIMBA"]
    assert "delregion" not in second.links[catalogue.indicators["mpr-dos-1"].short_name]


@pytest.mark.parametrize("told", [{"flips": [flip(age="70+")]}, {"news": [new(age="70+")]}])
def test_what_happened_to_an_age_group_leads_to_that_age_group(catalogue, told):
    addresses = [
        address for address in drawn(catalogue, **told).links.values() if address.startswith("/indikator?")
    ]
    assert len(addresses) == 2
    assert all("&alder=70%20%C3%A5r%20och%20%C3%A4ldre" in address for address in addresses)


def test_figures_that_only_changed_their_kind_are_no_turned_judgement(catalogue):
    same = flip(what="real", old_outcome="on_the_way", new_outcome="on_the_way", turn=None)
    assert not drawn(catalogue, [same, flip(target=None, what="appears")]).all("details")


def test_new_figures_of_a_period_stand_together(catalogue):
    areas = [area.id for area in catalogue.delregioner("vardsamverkan")]
    news = [new(area=COUNTY), *(new(area=area) for area in areas), new(indicator="mpr-dos-2", old_start=None)]
    page = drawn(catalogue, [], news, areas=[COUNTY, *areas])
    first, second = part(page, "Nya siffror").all("li")
    assert first.words.replace("\u00a0", " ").endswith(": 2025, förut 2024. Gäller länet och 6 delregioner.")
    assert second.words.endswith(": 2025. Gäller Skaraborg .")


def test_what_was_corrected_is_told_as_on_its_own_page(catalogue):
    page = part(drawn(catalogue, corrected=[correction()]), "Rättelser")
    assert "Skaraborg 2024 ändrades från 93,1 % till 92,8 %" in page.words.replace("\u00a0", " ")
    assert page.links["Alla rättelser"] == "/rattelser"


def test_only_what_the_page_shows_is_told(catalogue):
    told = {"flips": [flip(area="1490")], "news": [new(area="1490")], "corrected": [correction(area="1490")]}
    assert not drawn(catalogue, **told).all("details")


def test_many_sentences_wait_behind_a_press(catalogue):
    names = list(catalogue.indicators)[: since.OPEN + 2]
    page = part(drawn(catalogue, news=[new(indicator=name) for name in names]), "Nya siffror")
    assert page.one("summary").text == "Visa 2 till"
    assert len(page.one("details").all("li")) == 2


def test_names_are_no_markup(catalogue):
    named = renamed(catalogue, HOSTILE)
    page = drawn(named, [flip()], [new()], [correction()])
    assert not page.all("script", "img")
    assert parse(since.problem(HOSTILE)).one("p").text
    assert not parse(since.problem(HOSTILE)).all("script", "img")
