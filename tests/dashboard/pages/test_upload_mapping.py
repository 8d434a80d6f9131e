"""Ladda upp: a table that nobody knows is explained once, and the next one is read at once."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import access, data
from etl.jobs import mappings
from etl.warehouse import WarehouseError
from schemas.mapping import Asked
from schemas.roles import Action, Refusal
from tests.dashboard.conftest import keys, run_page, shown, sound
from tests.dashboard.pages.test_upload import drop, press, read
from tests.etl.extract.build import lines, xlsx
from tests.etl.extract.layouts import LAYOUTS

OWN = lines(
    "Egen statistik över vaccinationer",
    "Kommun;År;Vaccinerade;Barn;Täckning",
    "Ale;2025;180;200;90,0",
    "Borås;2025;370;400;92,5",
    "Mark;2025;95;100;95,0",
)
NEXT = lines("Ny rubrik", "Kommun;År;Vaccinerade;Barn;Täckning", "Ale;2024;181;200;90,5")
WORD = "Vilken indikator gäller talen?"


@pytest.fixture
def upload(own) -> AppTest:
    return run_page("ladda-upp")


def choose(test: AppTest, label: str, option: str) -> AppTest:
    found = next(item for item in test.selectbox if item.label == label)
    assert option in found.options, found.options
    return sound(found.set_value(_key(found, option)).run())


def _key(found, option: str) -> str:
    """AppTest sets a value by what the page calls it, which is the key behind the shown text."""
    return option


def answered(test: AppTest, label: str) -> str:
    return next(item for item in test.selectbox if item.label == label).value


def remembered() -> list[str]:
    return data.warehouse().mappings()["name"].to_list()


def explained(test: AppTest, content: bytes = OWN, name: str = "barn 2025.csv") -> AppTest:
    drop(test, content, name)
    choose(test, WORD, "MPR-vaccinerade 2-åringar, dos 1")
    return press(test, "read-as-mapped")


def test_only_the_indicator_has_to_be_chosen(upload):
    drop(upload, OWN, "barn 2025.csv")
    assert read(upload.header[0].value) == "barn 2025.csv kändes inte igen"
    cells = shown(upload, "mapping-cells")
    assert cells.rows[1][1:] == ["Kommun", "År", "Vaccinerade", "Barn", "Täckning"]
    assert "områdeperiodtäljarenämnarevärde" in cells.words.replace(" ", "").replace("\n", "").replace(
        "A", ""
    ).replace("B", "").replace("C", "").replace("D", "").replace("E", "")
    assert upload.button(key="read-as-mapped").disabled
    assert "Välj vilken indikator" in upload.info[0].value
    choose(upload, WORD, "MPR-vaccinerade 2-åringar, dos 1")
    assert shown(upload, "mapping-rows").rows[0] == [
        "3",
        "MPR dos 1, 2 år",
        "Ale",
        "2025",
        "alla",
        "90,0\u00a0% (180 av 200)",
    ]
    assert not upload.button(key="read-as-mapped").disabled


def test_the_file_is_read_and_the_mapping_kept(upload):
    explained(upload)
    assert "är sparad" in upload.success[0].value
    assert read(upload.header[0].value) == "barn 2025.csv läses med tolkningen ”barn”"
    assert "**3\u00a0nya**" in " ".join(item.value for item in upload.markdown)
    assert remembered() == ["barn"]
    press(upload, "publish-delivery")
    assert data.batches(data.live()).row(0, named=True)["shape"] == "mapped"


def test_the_next_file_is_read_at_once(upload):
    explained(upload)
    later = run_page("ladda-upp")
    drop(later, NEXT, "nytt.csv")
    assert read(later.header[0].value) == "nytt.csv läses med tolkningen ”barn”"
    assert f"av {access.user()}" in shown(later, "read-as").words
    assert "mapping-cells" not in keys(later)
    assert later.button(key="publish-delivery")


def test_problems_name_the_analysts_own_columns(upload):
    explained(upload)
    later = run_page("ladda-upp")
    drop(later, NEXT.replace(b"Ale;2024;181;200;90,5", b"Alee;2024;181;200;"), "nytt.csv")
    row = shown(later, "error-kinds").rows[0]
    assert "Kommun" in row
    assert "change-mapping" in [button.key for button in later.button]


def test_a_mapping_is_changed(upload):
    explained(upload)
    later = run_page("ladda-upp")
    drop(later, NEXT, "nytt.csv")
    press(later, "change-mapping")
    assert read(later.header[0].value) == "Hur nytt.csv läses"
    choose(later, WORD, "MPR-vaccinerade 9-åringar, dos 2")
    press(later, "read-as-mapped")
    assert shown(later, "summary").rows[0][0] == "MPR-vaccinerade 9-åringar, dos 2"
    assert remembered() == ["barn"]


def test_a_change_of_mind_changes_nothing(upload):
    explained(upload)
    press(upload, "change-mapping")
    press(upload, "keep-mapping")
    assert "publish-delivery" in [button.key for button in upload.button]


def test_a_mapping_is_forgotten(upload):
    explained(upload)
    press(upload, "forget-mapping")
    assert "är glömd" in upload.success[0].value
    assert remembered() == []
    assert read(upload.header[0].value) == "barn 2025.csv kändes inte igen"


def test_it_need_not_be_kept(upload):
    drop(upload, OWN, "barn.csv")
    choose(upload, WORD, "MPR-vaccinerade 2-åringar, dos 1")
    next(box for box in upload.checkbox if box.label.startswith("Spara tolkningen")).uncheck()
    press(upload, "read-as-mapped")
    assert remembered() == []
    assert "är inte sparad" in shown(upload, "read-as").words
    assert "forget-mapping" not in [button.key for button in upload.button]
    assert upload.button(key="publish-delivery")


def test_who_may_not_keep_it_may_still_read_the_file(upload, monkeypatch):
    usual = access.allowed

    def allowed(action, *more, **others):
        return Refusal(action, "Nej.") if action is Action.MAP else usual(action, *more, **others)

    monkeypatch.setattr(access, "allowed", allowed)
    explained(upload)
    assert remembered() == []
    assert upload.button(key="publish-delivery")


def test_what_could_not_be_kept_is_no_success_and_its_reason_no_markup(upload, monkeypatch):
    def refused(*_, **__):
        raise WarehouseError("Lagret är låst av *någon* [annan](x)")

    monkeypatch.setattr(mappings, "remember", refused)
    explained(upload)
    assert not upload.success
    said = upload.warning[0]
    assert "\\*någon\\* \\[annan\\]\\(x\\)" in said.value
    assert read(said.value) == (
        "Filen läses så, men tolkningen sparades inte: Lagret är låst av *någon* [annan](x)"
    )
    assert upload.button(key="publish-delivery")


def test_a_period_that_no_file_says_is_asked_for_each_time(upload):
    layout = LAYOUTS["no period anywhere"]
    drop(upload, layout.content, "andel.csv")
    choose(upload, WORD, "MPR-vaccinerade 2-åringar, dos 1")
    assert upload.button(key="read-as-mapped").disabled
    period = next(item for item in upload.text_input if item.label == "Vilken period gäller filen?")
    sound(period.set_value("2025").run())
    press(upload, "read-as-mapped")
    assert shown(upload, "summary").rows[0][-1] == "2025"
    later = run_page("ladda-upp")
    drop(later, layout.content, "andel.csv")
    assert read(later.header[0].value) == "Hur andel.csv läses"
    assert answered(later, WORD) == "i:mpr-dos-1"
    assert later.button(key="read-as-mapped").disabled
    from etl.jobs.mappings import remembered_in

    (kept,) = remembered_in(data.warehouse()).values()
    assert kept.fields["period"] == Asked()


def test_another_sheet_and_another_row_are_looked_at_anew(upload):
    head = ["Kommun", "År", "Täckning"]
    content = xlsx(
        {
            "Om": [["Så här gör du"], ["Mer text", "och mer"]],
            "Data": [["Titel"], head, ["Ale", 2025, 90.5], ["Mark", 2025, 80.5]],
        }
    )
    drop(upload, content, "bok.xlsx")
    assert answered(upload, "Blad") == "Data"
    row = next(item for item in upload.number_input if item.label == "Rubrikerna står på rad")
    assert row.value == 2
    assert answered(upload, "Område") == "c0"
    sound(row.set_value(3).run())
    assert shown(upload, "mapping-cells").rows[2][0].startswith("3")
    sound(next(item for item in upload.selectbox if item.label == "Blad").set_value("Om").run())
    assert "Så här gör du" in shown(upload, "mapping-cells").words


def test_indicators_in_a_column_are_matched(upload):
    drop(upload, LAYOUTS["an indicator's column with names of its own"].content, "mått.csv")
    assert "Inga av de första raderna läses." in upload.info[0].value
    choose(upload, "Vår MPR", "MPR-vaccinerade 2-åringar, dos 1")
    assert len(shown(upload, "mapping-rows").rows) == 5
    warnings = shown(upload, "mapping-warnings").words
    assert "per kvartal" in warnings, "the indicator is followed by year"
    assert "Vår HPV" in warnings, "which isn't read"


def test_marks_are_asked_about(upload):
    drop(upload, LAYOUTS["marks for what is missing, a row of sums and footnotes"].content, "m.xlsx")
    choose(upload, WORD, "MPR-vaccinerade 2-åringar, dos 1")
    assert answered(upload, "I filen betyder ”-”") == "missing"
    assert answered(upload, "I filen betyder ”..”") == "suppressed"
    choose(upload, "I filen betyder ”-”", "något som ska rättas")
    assert "-" in shown(upload, "mapping-errors").words


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=list(LAYOUTS))
def test_every_layout_can_be_answered(upload, layout):
    drop(upload, layout.content, "tabell.csv")
    assert "mapping-cells" in keys(upload)
    assert upload.button(key="read-as-mapped")


def test_a_file_without_rows(upload):
    drop(upload, xlsx({"Tomt": [["Namn"]]}), "tom.xlsx")
    assert read(upload.header[0].value) == "tom.xlsx kändes inte igen"


def test_a_name_is_text_and_never_formatting(upload):
    drop(upload, OWN, "*[a](https://x.test)* $b$ :red[c].csv")
    choose(upload, WORD, "MPR-vaccinerade 2-åringar, dos 1")
    press(upload, "read-as-mapped")
    assert read(upload.header[0].value).startswith("*[a](https://x.test)* $b$ :red[c].csv läses med")
