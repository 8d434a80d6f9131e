"""Ladda upp: from a dropped file to what is published, or to every problem at once."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import access, data
from schemas.safe_name import safe_name
from tests.dashboard.conftest import keys, run_page, shown, sound

HEADS = "Indikator;Område;Period;Kön;Ålder;Värde;Täljare;Nämnare;Flagga;Källa"
GOOD = "\r\n".join(
    [
        HEADS,
        "mpr-dos-1;Göteborg;2026;;;;5700;6000;;Folkhälsomyndigheten",
        "mpr-dos-1;Skara;2026;;;;180;200;;Folkhälsomyndigheten",
    ]
).encode("utf-8-sig")
BAD = "\r\n".join(
    [
        HEADS,
        "mpr-dos-1;Lidköpig;2026;;;95;;;;Folkhälsomyndigheten",
        "mpr-dos-1;Skara;2026;;;195,5;;;;Folkhälsomyndigheten",
        "mpr-dos-1;Skövde;trettonde månaden;;;90;;;;Folkhälsomyndigheten",
        "finns-inte;Skövde;2026;;;90;;;;Folkhälsomyndigheten",
        "mpr-dos-1;Tidaholm;2026;;;;300;200;;Folkhälsomyndigheten",
    ]
).encode("utf-8-sig")


@pytest.fixture
def upload(own) -> AppTest:
    return run_page("ladda-upp")


def drop(test: AppTest, content: bytes, name: str = "mpr.csv") -> AppTest:
    test.file_uploader(key="delivery").upload(name, content, "text/csv")
    return sound(test.run())


def read(markdown: str) -> str:
    """Markdown without its escapes, as it is shown."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown)


def press(test: AppTest, key: str) -> AppTest:
    return sound(test.button(key=key).click().run())


def newest(test: AppTest) -> list[str]:
    return shown(test, "history").rows[0]


def test_what_came_with_the_program_is_in_the_history(upload):
    rows = shown(upload, "history").rows
    assert len(rows) == data.batches(data.version()).height
    assert {row[2] for row in rows} == {"Publicerad"}


def test_all_problems_of_a_file_are_told_at_once_and_nothing_is_stored(upload):
    before = data.version()
    drop(upload, BAD, "fel.csv")
    assert read(upload.header[0].value).startswith("fel.csv kändes igen som ")
    assert "Ingenting är sparat." in upload.error[0].value
    assert upload.error[0].value.startswith("5")
    kinds = shown(upload, "error-kinds")
    assert sum(int(row[0]) for row in kinds.rows) == 5
    for wrong in ("Lidköpig", "195,5", "trettonde månaden", "finns-inte"):
        assert wrong in kinds.words
    assert sorted(row[-1] for row in kinds.rows) == ["rad 2", "rad 3", "rad 4", "rad 5", "rad 6"]
    assert all(row[3] and row[4] for row in kinds.rows), "what was expected and what to do"
    assert [button.label for button in upload.download_button][:3] == [
        "Din fil med felen markerade (XLSX)",
        "Alla fel som CSV",
        "Alla fel som JSON",
    ]
    assert "publish-delivery" not in [button.key for button in upload.button]
    assert data.version() == before


def test_a_file_that_is_nothing_we_know(upload):
    drop(upload, b"\x89PNG\r\n\x1a\n" + bytes(100), "bild.png")
    assert read(upload.header[0].value) == "bild.png kändes inte igen"
    assert upload.error
    assert shown(upload, "error-kinds").rows[0][4]


def test_a_good_file_is_summed_up_published_and_in_the_history(upload, catalogue):
    drop(upload, GOOD)
    said = " ".join(item.value for item in upload.markdown)
    assert "**2\u00a0nya**" in said
    assert "**0\u00a0ändrade**" in said
    assert shown(upload, "summary").rows == [[catalogue.indicators["mpr-dos-1"].name, "2", "2", "2026"]]
    before = data.version()
    upload.text_input(key="delivery-note").set_value("Andra leveransen")
    press(upload, "publish-delivery")
    assert read(upload.success[0].value).startswith("mpr.csv är publicerad som leverans ")
    assert data.version() == before + 1
    row = newest(upload)
    assert row[1:4] == ["mpr.csv", "Publicerad", "Levererad"]
    assert row[5] == access.user()
    assert row[6:] == ["2", "Andra leveransen"]
    assert "to-overview" in keys(upload)


def test_what_is_published_is_what_the_pages_show(upload, catalogue):
    press(drop(upload, GOOD), "publish-delivery")
    name = catalogue.indicators["mpr-dos-1"].name
    table = shown(run_page("indikator", indikator=name), "municipalities")
    skara = next(row for row in table.rows if row[0] == "Skara")
    assert skara[1] == "90,0\u00a0% 2026"


def test_the_same_file_twice_is_told_and_stores_nothing(upload):
    press(drop(upload, GOOD), "publish-delivery")
    version, number = data.version(), newest(upload)[0]
    again = run_page("ladda-upp")
    press(drop(again, GOOD, "annat-namn.csv"), "publish-delivery")
    assert again.success[0].value.startswith("Samma fil levererades redan ")
    assert f"leverans {number}" in again.success[0].value
    assert "Inget nytt är sparat." in again.success[0].value
    assert data.version() == version


def test_a_revised_file_tells_what_it_changes(upload):
    press(drop(upload, GOOD), "publish-delivery")
    revised = run_page("ladda-upp")
    drop(revised, GOOD.replace(b"180;200", b"190;200"))
    said = " ".join(item.value for item in revised.markdown)
    assert "**0\u00a0nya**" in said
    assert "**1\u00a0ändrat**" in said
    assert "**1\u00a0oförändrat**" in said


def test_a_file_may_wait_for_review(upload):
    before = data.judgements(data.version())
    press(drop(upload, GOOD), "stage-delivery")
    assert "sparad och väntar på publicering" in upload.success[0].value
    assert newest(upload)[2] == "Väntar"
    assert data.judgements(data.version()).equals(before)
    number = newest(upload)[0]
    waiting = shown(run_page("ladda-upp"), "history").one("tbody").all("a")[0]
    assert waiting.attrs["href"] == f"/granska?leverans={number}"
    assert "väntar på granskning" in shown(upload, "to-review").words


def test_what_is_published_leads_to_its_history(upload):
    press(drop(upload, GOOD), "publish-delivery")
    first = shown(upload, "history").one("tbody").all("a")[0]
    assert first.attrs["href"] == f"/historik?leverans={newest(upload)[0]}"
    assert "to-review" not in keys(upload)


def test_the_difference_is_shown_before_anything_is_stored(upload, catalogue):
    drop(upload, GOOD)
    assert "Om filen publiceras" in [item.value for item in upload.header]
    rows = shown(upload, "delivery-difference-rows")
    name = catalogue.indicators["mpr-dos-1"].short_name
    assert f"{name}, Skara, 2026" in rows.words
    assert upload.download_button(key="delivery-difference-xlsx").label == "Hämta hela skillnaden (XLSX)"
    before = data.version()
    upload.toggle(key="delivery-difference-forhandsvisning").set_value(True)
    sound(upload.run())
    assert "delivery-difference-matrix" in keys(upload)
    assert data.version() == before


def test_what_looks_odd_is_warned_of_before_anything_is_stored(upload):
    press(drop(upload, GOOD.replace(b";2026;", b";2025;")), "publish-delivery")
    again = run_page("ladda-upp")
    drop(again, GOOD.replace(b"5700;6000", b"57000;60000"))
    assert "Nämnare" in shown(again, "warning-kinds").words


def test_allocations_are_summed_up(upload, catalogue):
    lines = [
        "Överenskommelse;År;Ändamål;Nivå;Område;Mottagare;Typ;Belopp;Källa",
        "psykisk-halsa-2021;2021;Suicidprevention;länsgemensamt;Västra Götaland;VästKom;fördelat;81314959;Protokoll",
    ]
    drop(upload, "\r\n".join(lines).encode("utf-8-sig"), "medel.csv")
    assert "**81\u00a0314\u00a0959\u00a0kr**" in " ".join(item.value for item in upload.markdown)


def test_an_allocation_one_krona_off_is_refused(upload):
    lines = [
        "Överenskommelse;År;Ändamål;Nivå;Område;Mottagare;Typ;Belopp;Källa",
        "psykisk-halsa-2021;2021;Suicidprevention;länsgemensamt;Västra Götaland;VästKom;fördelat;81314958;Protokoll",
    ]
    drop(upload, "\r\n".join(lines).encode("utf-8-sig"), "medel.csv")
    assert upload.error
    assert "publish-delivery" not in [button.key for button in upload.button]


def test_a_file_name_is_text_and_never_formatting(upload):
    name = "![x](https://x.test/a.png) *[b](https://x.test)* :red[c] $d$.csv"
    drop(upload, GOOD, name)
    for said in (upload.header[0].value, press(upload, "publish-delivery").success[0].value):
        assert read(said).startswith(name)
        assert not re.search(r"(?<!\\)[\[\]*$:]", said.split(" kändes")[0].split(" är ")[0])
    assert newest(upload)[1] == safe_name(name)


@pytest.mark.parametrize("kind", ["observations", "allocations"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_templates_to_fill_in(upload, kind, form):
    assert upload.download_button(key=f"{kind}-{form}").label.endswith(f"({form.upper()})")


def test_the_template_dropped_as_it_is_holds_no_rows_of_its_own(upload, catalogue):
    from etl.extract.write_template import template_csv

    drop(upload, template_csv("observations", catalogue), "mall.csv")
    assert upload.error, "nothing but the example row"
    assert shown(upload, "warning-kinds").rows, "which is told"


def test_nothing_can_be_changed_from_elsewhere(own, monkeypatch):
    monkeypatch.setattr(access.st, "get_option", lambda name: "0.0.0.0")
    test = run_page("ladda-upp")
    assert test.info[0].value == access.READ_ONLY
    assert not test.file_uploader
    assert not [button.key for button in test.button]
    assert "history" not in keys(test), "what waits there holds unpublished figures"
    assert shown(test, "batches-hidden").words == access.NOT_SHOWN
    assert len(test.download_button) == 4


def test_nothing_is_delivered(empty_page):
    test = empty_page("ladda-upp")
    assert test.info[0].value == "Inga filer är levererade ännu."
    assert "history" not in keys(test)
    assert test.file_uploader
