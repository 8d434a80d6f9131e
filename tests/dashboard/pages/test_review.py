"""Granska: what waits, what it would change, and the decision."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

import pytest

from dashboard import access, data
from etl.access import Actor
from etl.jobs.delivery import deliver
from etl.warehouse import anyone
from schemas import clock
from schemas.roles import Action, Refusal
from tests.dashboard.conftest import keys, option, run_page, shown, sound
from tests.etl import files

NAME = "skövde & co.csv"


def table(share: int, year: str = "2025") -> bytes:
    """All of MPR with one share in every municipality."""
    codes = [area.id for area in data.catalogue().municipalities]
    return files.csv(
        [
            files.row("mpr-dos-1", code, year, "", numerator=str(10 * share), denominator="1000")
            for code in codes
        ]
    )


def waits(content: bytes, name: str = NAME, note: str | None = None) -> int:
    outcome = deliver(
        content,
        name,
        knowledge=data.knowledge(),
        warehouse=data.warehouse(),
        by="anna",
        note=note,
        permit=anyone,
    )
    assert outcome.receipt is not None
    return outcome.receipt.batch


@pytest.fixture
def batch(own) -> int:
    return waits(table(85), note="Efter rättning")


def page():
    return run_page("granska")


def press(test, key: str):
    return sound(test.button(key=key).click().run())


def headings(test) -> list[str]:
    return [item.value for item in test.header]


def publish_key(batch: int) -> str:
    return f"publish-{batch}-{data.live()}"


def status(batch: int) -> str:
    with data.warehouse().snapshot() as now:
        return now.batch(batch)["status"]


def test_nothing_waits(full):
    test = page()
    assert test.title[0].value == "Granska: ingenting väntar"
    assert "Ingen leverans väntar på granskning." in test.info[0].value
    assert shown(test, "to-upload").links == {"Ladda upp en fil": "/ladda-upp"}


def test_what_waits_with_its_facts_and_what_it_would_change(batch):
    test = page()
    assert test.title[0].value == "Granska: 1\u00a0leverans väntar"
    assert shown(test, "waiting").rows[0][0] == f"{batch} {NAME}"
    facts = shown(test, "batch-facts").words
    assert "av anna" in facts
    assert "Efter rättning" in facts
    assert "Om leveransen publiceras" in headings(test)
    sentences = [item.words for item in shown(test, "review-difference-flips").all("li")]
    assert sentences
    assert all("verkliga tal i stället för exempeldata" in one for one in sentences)
    assert "Härryda, 2025" in shown(test, "review-difference-rows").words
    assert "Skara, 2025" not in shown(test, "review-difference-rows").words
    more = test.toggle(key="fler-tal")
    assert more.label == "Visa alla 49 tal"
    more.set_value(True)
    assert "Skara, 2025" in shown(sound(test.run()), "review-difference-rows").words
    assert test.download_button(key="review-difference-xlsx").label == "Hämta hela skillnaden (XLSX)"
    assert data.judgements(data.version()).filter(indicator="mpr-dos-1", origin="uploaded").is_empty()


def test_the_overview_as_it_would_be(batch):
    test = page()
    assert "review-difference-matrix" not in keys(test)
    test.toggle(key="forhandsvisning").set_value(True)
    matrix = shown(sound(test.run()), "review-difference-matrix")
    assert "85,0\u00a0%" in matrix.text
    marked = matrix.all("td", css="fp-changed")
    assert len(marked) == 7, "the county and six delregioner"
    assert {subject.words for subject in matrix.all("tr", css="fp-subject")} == {"Vaccination"}
    assert "7\u00a0rutor i översikten ändras." in shown(test, "review-difference-preview-lead").text


def test_published_it_is_gone_from_the_page_and_on_the_overview(batch):
    test = page()
    test.text_input(key=f"decision-note-{batch}").set_value("Godkänd av VVG")
    press(test, publish_key(batch))
    assert test.success[0].value == f"Leverans {batch} är publicerad."
    assert test.title[0].value == "Granska: ingenting väntar"
    assert status(batch) == "published"
    assert data.events(data.live()).filter(batch=batch)["note"].to_list()[-1] == "Godkänd av VVG"
    found = data.judgements(data.version()).filter(indicator="mpr-dos-1", area="14")
    assert found["value"].to_list() == [85.0]


def test_one_of_several_is_chosen(batch):
    second = waits(table(80, "2024"), "b.csv")
    test = page()
    assert test.title[0].value == "Granska: 2\u00a0leveranser väntar"
    assert any(f"Leverans {batch}: " in one for one in headings(test))
    option(test, "leverans", str(second))
    assert any(one.startswith(f"Leverans {second}: ") for one in headings(test))
    assert test.button(key=publish_key(second)).label == f"Publicera leverans {second}"


def test_comments_are_added_to_those_that_are_there(batch):
    test = page()
    assert "no-comments" in keys(test)
    test.text_area(key=f"comment-text-{batch}").set_value("Skara ser låg ut")
    submit = next(button for button in test.button if button.label == "Kommentera")
    sound(submit.click().run())
    assert "Skara ser låg ut" in shown(test, "comments").words
    assert status(batch) == "staged"
    assert shown(test, "waiting").rows[0][6] == "1"


def test_an_empty_comment_is_told(batch):
    test = page()
    submit = next(button for button in test.button if button.label == "Kommentera")
    sound(submit.click().run())
    assert "Kommentaren är tom" in test.error[0].value


def test_a_time_is_set_in_swedish_time_and_taken_away(batch):
    test = page()
    day = clock.today() + timedelta(days=40)
    test.date_input(key="schedule-day").set_value(day)
    test.time_input(key="schedule-time").set_value(time(8, 30))
    submit = next(button for button in test.button if button.label == "Bestäm tiden")
    sound(submit.click().run())
    assert test.success[0].value == f"Leverans {batch} publiceras {day} 08.30."
    due = data.batches(data.live()).filter(batch=batch)["due"][0]
    assert clock.in_sweden(due) == datetime.combine(day, time(8, 30), tzinfo=clock.SWEDEN)
    assert f"{day} 08.30" in shown(test, "due").words
    assert shown(test, "waiting").rows[0][7] == f"{day} 08.30"
    press(test, f"unschedule-{batch}")
    assert "due" not in keys(test)


def test_a_rejection_says_why(batch):
    test = page()
    press(test, f"reject-{batch}")
    assert test.error[0].value == "Skriv varför leveransen avvisas."
    assert status(batch) == "staged"
    test.text_area(key=f"reject-note-{batch}").set_value("Fel år")
    press(test, f"reject-{batch}")
    assert status(batch) == "rejected"
    assert test.success[0].value.startswith(f"Leverans {batch} är avvisad.")


def test_what_another_changed_meanwhile_is_seen_before_it_is_published(batch):
    test = page()
    before = publish_key(batch)
    data.warehouse().reject(waits(table(70, "2023"), "c.csv"), by="bo", note="nej", permit=anyone)
    assert publish_key(batch) != before
    sound(test.run())
    assert before not in [button.key for button in test.button]


def refuse(monkeypatch, *actions: Action) -> None:
    """The one at the browser may do all but these."""
    allowed = access.allowed

    def some(action, *rest):
        return (
            Refusal(action, f"Det krävs en roll för {action}.")
            if action in actions
            else allowed(action, *rest)
        )

    monkeypatch.setattr(access, "allowed", some)


def test_who_may_not_publish_is_told_why_and_may_still_comment(batch, monkeypatch):
    refuse(monkeypatch, Action.PUBLISH, Action.REJECT)
    test = page()
    assert test.info[0].value == "Det krävs en roll för publish."
    labels = [button.label for button in test.button]
    assert f"Publicera leverans {batch}" not in labels
    assert f"Avvisa leverans {batch}" not in labels
    assert "Bestäm tiden" not in labels
    assert "Kommentera" in labels


def test_four_eyes_tell_the_deliverer_why_he_may_not(batch, monkeypatch):
    data.warehouse().set_four_eyes("vaccination", True, by="rot", permit=anyone)
    monkeypatch.setattr(access, "actor", lambda: Actor("anna", trusted=True))
    test = page()
    assert "krävs fyra ögon" in test.info[0].value
    assert f"Publicera leverans {batch}" not in [button.label for button in test.button]
    monkeypatch.setattr(access, "actor", lambda: Actor("bo", trusted=True))
    assert page().button(key=publish_key(batch))


def test_who_may_not_inspect_sees_nothing_of_it(batch, monkeypatch):
    refuse(monkeypatch, Action.INSPECT)
    test = page()
    assert test.title[0].value == "Granska: ingenting väntar"
    assert test.info[0].value == "Det krävs en roll för inspect."
    assert NAME not in " ".join(headings(test))
    assert "waiting" not in keys(test)


def test_a_file_name_is_text(own):
    waits(table(85), "[x](y) *b* $d$ :red[c].csv")
    (said,) = (one for one in headings(page()) if one.startswith("Leverans "))
    name = said.partition(": ")[2]
    assert "csv" in name
    assert not re.search(r"(?<!\\)[\[\]*$:]", name)


def test_warnings_are_there_to_read(own):
    deliver(
        table(85, "2024"), "a.csv", knowledge=data.knowledge(), warehouse=data.warehouse(), by="anna",
        publish=True, permit=anyone,
    )  # fmt: skip
    waits(table(85).replace(b"850;1000", b"8500;10000"), "b.csv")
    test = page()
    assert test.warning[0].value == "Kontrollen gav 49\u00a0varningar. De hindrar inte publicering."
    assert "Nämnare" in shown(test, "batch-warnings").words
