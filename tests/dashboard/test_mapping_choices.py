from __future__ import annotations

import pytest

from dashboard import mapping_choices as choosing
from etl.extract.guess import look_at
from etl.jobs.mappings import guessed
from etl.jobs.readings import readings
from schemas.mapping import FIGURES, Asked, Column, Fixed, Headings, Mapping, SheetName, Spread, Title
from tests.etl.extract.build import lines, opened
from tests.etl.extract.layouts import LAYOUTS

PLAIN = lines(
    "Kommun;År;;Utfall;Mått", "Ale;2023;x;90,5;Vår MPR", "Borås;2022;y;-;hpv-flickor", "Mark;2022;y;91;Annat"
)
WIDE = lines(
    "Uttag maj 2024;", "Kommun;Andel 2022;Antal 2022;Andel 2023;Antal 2023;Invånare", "Ale;1;2;3;4;5"
)


@pytest.fixture
def look(catalogue):
    def of(content, row=None):
        (sheet,) = opened(content).sheets
        return look_at(sheet, readings(catalogue), row)

    return of


@pytest.mark.parametrize(
    ("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")]
)
def test_columns_have_letters(index, letter):
    assert choosing.letter(index) == letter


def labels(found):
    return [choice.label for choice in found]


def test_columns_show_what_they_hold(look):
    assert labels(choosing.columns(look(PLAIN)))[:4] == [
        "Kommun (Ale, Borås, Mark)",
        "År (2023, 2022)",
        "Kolumn C (x, y)",
        "Utfall (90,5, -, 91)",
    ]


def test_long_texts_are_cut():
    assert choosing.examples(["x" * 80, "b", "c", "d"]) == f"{'x' * 23}…, b, c"


@pytest.mark.parametrize(
    ("name", "several", "kinds"),
    [
        ("area", False, {"column", "fixed"}),
        ("area", True, {"column", "fixed", "sheet"}),
        ("period", False, {"column", "headings", "asked"}),
        ("period", True, {"column", "headings", "asked", "sheet"}),
        ("year", False, {"column", "asked", None}),
        ("sex", False, {"column", "headings", None}),
        ("age", False, {"column", None}),
        ("flag", False, {"column", None}),
        ("source", False, {"column", None}),
        ("indicator", True, {"fixed", "column", "headings", "sheet"}),
    ],
)
def test_what_can_be_chosen(look, catalogue, name, several, kinds):
    found = choosing.choices(name, look(PLAIN), catalogue, several_sheets=several)
    assert {choice.source and choice.source.kind for choice in found} == kinds
    assert len({choice.key for choice in found}) == len(found)
    # Every choice makes a mapping that can be kept.
    for choice in found:
        if choice.source is not None:
            assert Mapping(name="x", header_row=1, fields={name: choice.source})


def test_a_period_above_the_headings_is_shown(look, catalogue):
    found = choosing.choices("period", look(WIDE, 2), catalogue, several_sheets=False)
    assert "Står ovanför rubrikerna (maj 2024)" in labels(found)


def test_every_indicator_can_be_chosen_and_no_column_of_numbers(look, catalogue):
    found = choosing.choices("indicator", look(PLAIN), catalogue, several_sheets=False)
    fixed = [choice.source.text for choice in found if isinstance(choice.source, Fixed)]
    assert fixed == list(catalogue.indicators)
    columns = [choice.source.heading for choice in found if isinstance(choice.source, Column)]
    assert columns == ["Kommun", "", "Mått"]


def test_figures_in_a_long_table_are_any_column(look):
    found = choosing.figure_choices(look(PLAIN), frozenset())
    assert [choice.source and choice.source.kind for choice in found] == [None, *["column"] * 5]


def test_figures_under_periods(look):
    found = choosing.figure_choices(look(WIDE, 2), frozenset({"period"}))
    assert labels(found) == [
        "–",
        "Kolumnerna Andel 2022 … Andel 2023 (2 stycken)",
        "Kolumnerna Antal 2022 … Antal 2023 (2 stycken)",
        "Kommun (Ale)",
        "Invånare (5)",
    ]
    assert [choice.source for choice in found[1:3]] == [Spread(label="andel"), Spread(label="antal")]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=list(LAYOUTS))
def test_every_guess_is_among_the_choices(layout, catalogue):
    workbook = opened(layout.content)
    told = guessed(workbook, catalogue, name="x")
    sheet = next(sheet for sheet in workbook.sheets if sheet.name == told.sheet)
    seen = look_at(sheet, readings(catalogue), told.header_row, told.header_height)
    for name, source in told.fields.items():
        if name in FIGURES:
            found = choosing.figure_choices(seen, told.said)
        else:
            found = choosing.choices(name, seen, catalogue, several_sheets=len(workbook.sheets) > 1)
        if not (name == "value" and told.says("indicator")):
            place = choosing.preset(found, source, seen)
            assert place is not None, name
            assert found[place].source == source


def test_a_text_written_by_hand_is_asked_for_or_beside_nothing(look, catalogue):
    seen = look(PLAIN)
    periods = choosing.choices("period", seen, catalogue, several_sheets=False)
    assert periods[choosing.preset(periods, Fixed(text="2023"), seen)].source == Asked()
    sources = choosing.choices("source", seen, catalogue, several_sheets=False)
    assert sources[choosing.preset(sources, Fixed(text="Vi"), seen)].source is None


@pytest.mark.parametrize("source", [Column(column=9, heading="Borta"), Title(), SheetName()])
def test_what_the_file_has_not_is_not_filled_in(look, catalogue, source):
    seen = look(PLAIN)
    assert (
        choosing.preset(choosing.choices("period", seen, catalogue, several_sheets=False), source, seen)
        is None
    )


def test_the_texts_that_need_an_indicator(look, catalogue):
    seen, how = look(PLAIN), readings(catalogue)
    texts = choosing.texts_of(Column(column=4, heading="Mått"), seen, how, frozenset())
    assert texts == {"Vår MPR": "Vår MPR", "Annat": "Annat"}
    assert choosing.texts_of(Fixed(text="mpr-dos-1"), seen, how, frozenset()) == {}
    assert choosing.texts_of(None, seen, how, frozenset()) == {}


def test_the_headings_that_need_an_indicator(look, catalogue):
    content = lines("Kommun;År;MPR dos 1;HPV (%)", "Ale;2023;1;2")
    texts = choosing.texts_of(Headings(), look(content), readings(catalogue), frozenset({"indicator"}), {1})
    assert texts == {"mpr dos 1": "MPR dos 1", "hpv": "HPV (%)"}


def test_no_more_texts_are_asked_about_than_anyone_answers(look, catalogue):
    content = lines("Kommun;Mått", *(f"Ale;m{place}" for place in range(200)))
    texts = choosing.texts_of(
        Column(column=1, heading="Mått"), look(content), readings(catalogue), frozenset()
    )
    assert len(texts) == choosing.MAX_TEXTS


def test_marks_where_numbers_are_missing(look):
    told = Mapping(name="x", header_row=1, fields={"value": Column(column=3, heading="Utfall")})
    assert choosing.marks_in(look(PLAIN), told) == ["-"]


def test_the_texts_of_a_column_in_their_order(look):
    assert choosing.distinct(look(PLAIN), 2) == ["x", "y"]
    assert choosing.distinct(look(PLAIN), 2, most=1) == ["x"]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Vaccinerade_barn_2023-05-01.xlsx", "Vaccinerade barn"),
        ("utfall (3).csv", "utfall"),
        ("2023.csv", "2023"),
        (".csv", "Egen fil"),
        ("x" * 300, "x" * 80),
    ],
)
def test_what_a_mapping_is_called(file, name):
    assert choosing.name_of(file) == name
