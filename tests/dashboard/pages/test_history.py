"""Historik: every event, and each batch with its story."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard import access, data
from dashboard.pages import history
from etl.jobs.delivery import as_delivery, check, deliver
from etl.jobs.publishing import derivation
from etl.warehouse import anyone
from schemas.problem import problem
from tests.dashboard.conftest import click, keys, option, run_page, session, shown, sound
from tests.etl import files


def bring(knowledge, value="90", *, name="mitt uttag.csv", **other) -> int:
    outcome = deliver(
        files.csv([files.row("mpr-dos-1", "1490", "2026", value)]), name, knowledge=knowledge,
        warehouse=data.warehouse(), by="asa", permit=anyone, **other,
    )  # fmt: skip
    assert outcome.receipt is not None
    return outcome.receipt.batch


@pytest.fixture
def batch(own, knowledge) -> int:
    """A published delivery with two figures before it."""
    return bring(knowledge, publish=True, note="Enligt avtal")


@pytest.fixture
def reader(monkeypatch):
    """The one at the browser may only look."""
    monkeypatch.setattr(access.st, "get_option", lambda name: "0.0.0.0")


def press(test, key):
    return sound(test.button(key=key).click().run())


def story(test) -> list[str]:
    return [item.words.split(" ", 2)[2] for item in shown(test, "story").all("li")]


def test_every_event_is_told(batch):
    test = run_page("historik")
    rows = shown(test, "events").rows
    assert len(rows) == data.events(data.version()).height
    assert rows[0][1:] == [f"{batch} mitt uttag.csv", "Publicerad", "asa", "", "2"]
    assert rows[1][1:] == [f"{batch} mitt uttag.csv", "Levererad", "asa", "Enligt avtal", "2"]
    assert f"{len(rows)}\u00a0händelser" in test.title[0].value
    assert test.download_button(key="events-csv")


def test_a_batch_is_led_to_with_its_story(batch):
    test = session()
    test.query_params["leverans"] = "1"
    sound(test.run())
    opened = click(test, "legend", "/historik")
    opened = click(opened, "events", shown(opened, "events").links[str(batch)])
    assert opened.header[0].value.replace("\\", "") == f"Leverans {batch}: mitt uttag.csv"
    assert story(opened) == ["Levererad av asa, version 2. Enligt avtal", "Publicerad av asa, version 2."]
    assert opened.download_button(key=f"original-{batch}").label == "Hämta filen som den levererades"
    assert "events" not in keys(opened)


def test_choosing_subject_and_person_through_the_address(batch):
    rows = shown(run_page("historik", person="asa"), "events").rows
    assert [row[2] for row in rows] == ["Publicerad", "Levererad"]
    test = run_page("historik", amne="Medel", person="fardplan")
    assert {row[3] for row in shown(test, "events").rows} == {"fardplan"}
    of = {str(row["batch"]) for row in data.batches(data.version()).to_dicts() if "funds" in row["jobs"]}
    assert {row[1].split()[0] for row in shown(test, "events").rows} == of
    assert option(test, "person", "asa").info[0].value == "Inga händelser passar med valen ovanför."


def test_many_events_are_told_a_hundred_at_a_time(batch, monkeypatch):
    monkeypatch.setattr(history, "SHOWN", 3)
    test = run_page("historik")
    assert len(shown(test, "events").rows) == 3
    sound(test.toggle(key="alla-handelser").set_value(True).run())
    assert len(shown(test, "events").rows) == data.events(data.version()).height


def test_withdrawing_shows_what_changes_and_asks_why(batch):
    test = run_page("historik", leverans=str(batch))
    press(test, "turn")
    assert "tas bort" in " ".join(item.value for item in test.markdown) or "turning-difference-rows" in keys(
        test
    )
    version = data.live()
    press(test, f"turn-{batch}-{version}")
    assert test.error[0].value == "Skriv varför leveransen återkallas."
    assert data.live() == version
    test.text_area(key=f"turning-note-{batch}").set_value("Fel fil")
    press(test, f"turn-{batch}-{version}")
    assert test.success[0].value == f"Leverans {batch} är återkallad."
    assert story(test)[-1] == f"Återkallad av {access.user()}, version 3. Fel fil"
    press(test, "turn")
    press(test, f"turn-{batch}-{data.live()}")
    assert story(test)[-1] == f"Återställd av {access.user()}, version 4."


def test_regretting(batch):
    test = run_page("historik", leverans=str(batch))
    press(test, "turn")
    press(test, "turn-not")
    assert test.button(key="turn").label == f"Återkalla leverans {batch} …"
    assert data.live() == 2


def test_what_is_confirmed_is_what_was_shown(batch, knowledge):
    test = run_page("historik", leverans=str(batch))
    press(test, "turn")
    test.text_area(key=f"turning-note-{batch}").set_value("Fel fil")
    version = data.live()
    button = test.button(key=f"turn-{batch}-{version}")
    bring(knowledge, "91", publish=True)
    sound(button.click().run())
    assert data.batches(data.version()).filter(batch=batch)["status"].item() == "published"
    assert test.button(key=f"turn-{batch}-{version + 1}"), "with what would change now"


def test_a_rejected_batch_can_wait_again(own, knowledge):
    batch = bring(knowledge)
    data.warehouse().reject(batch, by="bo", note="Fel period", permit=anyone)
    test = run_page("historik", leverans=str(batch))
    press(test, "turn")
    press(test, f"turn-{batch}-{data.live()}")
    assert test.success[0].value == f"Leverans {batch} är återställd och väntar igen."
    assert shown(test, "to-review").links == {
        "Granska och publicera eller avvisa den": f"/granska?leverans={batch}"
    }


def test_a_reader_sees_what_became_public_and_neither_names_nor_files(own, knowledge, reader):
    waiting = bring(knowledge, "80", name="hemligt.csv")
    batch = bring(knowledge, publish=True, note="Enligt avtal")
    test = run_page("historik")
    rows = shown(test, "events").rows
    assert rows[0][1:6] == [str(batch), "Publicerad", "Vaccination", "Eget uttag", "Enligt avtal"]
    assert {row[2] for row in rows} == {"Publicerad"}
    assert str(waiting) not in {row[1] for row in rows}
    assert "for-readers" in keys(test)
    assert [box.key for box in test.selectbox] == ["leverans", "amne"]
    opened = run_page("historik", leverans=str(batch))
    assert story(opened) == ["Publicerad, version 3. Enligt avtal"]
    assert [button.key for button in opened.download_button] == []
    assert not opened.button
    for page in (test, opened):
        whole = " ".join(shown(page, key).text for key in keys(page)) + repr(page)
        assert "hemligt" not in whole
        assert "mitt uttag" not in whole
        assert "asa" not in whole.split()


def test_the_warnings_of_a_batch(own, knowledge):
    assert "batch-warnings" not in keys(run_page("historik", leverans="1")), "it had none"
    content = files.csv([files.row("mpr-dos-1", "1401", "2026", "90")])
    odd = replace(
        as_delivery(check(content, knowledge), content, "b.csv", by="asa"),
        problems=problem("odd", severity="warning", row=2, expected="något annat", hint="Se efter."),
    )
    receipt = data.warehouse().load(odd, publish=False, by="asa", derive=derivation(knowledge), permit=anyone)
    test = run_page("historik", leverans=str(receipt.batch))
    assert "Leveransen hade 1\u00a0varning" in [item.label for item in test.expander]
    assert "något annat" in shown(test, "batch-warnings").words


def test_nothing_is_delivered(empty_page):
    test = empty_page("historik")
    assert test.title[0].value == "Historik: ingenting är levererat ännu"
    assert test.info
