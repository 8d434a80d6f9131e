"""Mappings kept and used: in the warehouse, by a check, and in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from etl.extract.fingerprint import of_mapping
from etl.extract.model import Workbook
from etl.jobs import mappings
from etl.jobs.delivery import check, deliver
from etl.warehouse import Warehouse, anyone
from etl.warehouse.errors import NotAllowedError
from schemas.mapping import Asked, Column, Fixed, Headings, Mapping, SheetName, Spread
from tests.etl import files
from tests.etl.extract.build import lines, opened

TABLE = lines("Kommun;År;Täckning;Vaccinerade;Barn", "Ale;2023;90,0;180;200", "Borås;2023;92,5;370;400")
NEXT = lines("Kommun;År;Täckning;Vaccinerade;Barn", "Ale;2024;91,0;182;200", "Mark;2024;abc;;")
TOLD = Mapping(
    name="Egna tal",
    header_row=1,
    fields={
        "indicator": Fixed(text="mpr-dos-1"),
        "area": Column(column=0, heading="Kommun"),
        "period": Column(column=1, heading="År"),
        "value": Column(column=2, heading="Täckning"),
        "numerator": Column(column=3, heading="Vaccinerade"),
        "denominator": Column(column=4, heading="Barn"),
        "source": Fixed(text="Kommunerna"),
    },
)


@pytest.fixture
def warehouse(tmp_path):
    return Warehouse(tmp_path / "warehouse")


def remember(warehouse, told=TOLD, table=TABLE, **more):
    return mappings.remember(told, opened(table), warehouse, by="Åsa", permit=anyone, **more)


def test_a_file_that_nobody_knows_may_be_mapped(knowledge):
    checked = check(lines("Namn;Svar", "Anna;Ja"), knowledge)
    assert checked.report.errors["code"].to_list() == ["unknown_shape"]
    assert isinstance(checked.workbook, Workbook)
    assert (checked.mapping, checked.shape) == (None, None)


def test_so_may_one_that_lacks_columns_of_the_template(knowledge):
    checked = check(lines("Kommun;År;Andel;Täljare;Nämnare", "Ale;2023;90;9;10"), knowledge)
    assert checked.shape == "template-observations"
    assert checked.workbook is not None
    assert not checked.ok


def test_a_known_file_keeps_no_workbook(knowledge):
    checked = check(files.csv([files.row()]), knowledge)
    assert (checked.workbook, checked.mapping) == (None, None)
    assert check(b"\x00", knowledge).workbook is None


def test_a_file_is_read_as_it_is_told(knowledge):
    checked = check(TABLE, knowledge, mapping=TOLD)
    assert checked.ok, checked.report.errors.to_dicts()
    assert (checked.shape, checked.shape_name, checked.jobs) == (
        "mapped",
        "egen tolkning ”Egna tal”",
        ("vaccination",),
    )
    assert (checked.mapping, checked.rows) == (TOLD, 2)
    found = checked.observations.select("indicator", "area", "value", "numerator", "denominator", "source")
    assert found.rows() == [
        ("mpr-dos-1", "1440", 90.0, 180.0, 200.0, "Kommunerna"),
        ("mpr-dos-1", "1490", 92.5, 370.0, 400.0, "Kommunerna"),
    ]


def test_what_is_told_wins_over_the_programs_own_readers(knowledge):
    told = TOLD.model_copy(update={"fields": {**TOLD.fields, "area": Column(column=9, heading="Saknas")}})
    assert check(files.csv([files.row()]), knowledge, mapping=told).shape == "mapped"


def test_the_next_file_of_the_shape_is_read_at_once(knowledge, warehouse):
    key = remember(warehouse)
    known = mappings.remembered_in(warehouse)
    assert known == {key: TOLD}
    checked = check(NEXT, knowledge, mappings=known)
    assert checked.mapping == TOLD
    wrong = checked.report.errors.row(0, named=True)
    assert (wrong["row"], wrong["column"], wrong["value"]) == (3, "Täckning", "abc")
    other = check(lines("Kommun;Täckning", "Ale;1"), knowledge, mappings=known)
    assert other.mapping is None


def test_a_delivery_is_stored_as_mapped(knowledge, warehouse):
    remember(warehouse)
    outcome = deliver(
        TABLE, "tal.csv", knowledge=knowledge, warehouse=warehouse, by="Åsa", publish=True,
        mappings=mappings.remembered_in(warehouse), permit=anyone,
    )  # fmt: skip
    assert outcome.receipt.status == "published"
    assert warehouse.batches()["shape"].to_list() == ["mapped"]
    assert warehouse.observations("mpr-dos-1")["value"].to_list() == [90.0, 92.5]


def test_the_programs_own_readers_come_first(knowledge, warehouse):
    content = files.csv([files.row()])
    told = TOLD.model_copy(update={"fields": {"area": Column(column=1, heading="Område")}})
    remember(warehouse, told, content)
    assert (
        check(content, knowledge, mappings=mappings.remembered_in(warehouse)).shape == "template-observations"
    )


def test_a_mapping_is_changed_and_forgotten(warehouse):
    key = remember(warehouse)
    changed = TOLD.model_copy(update={"name": "Nya namnet", "share": "fraction"})
    assert remember(warehouse, changed) == key
    assert mappings.remembered_in(warehouse) == {key: changed}
    warehouse.forget_mapping(key, by="Åsa", permit=anyone)
    assert mappings.remembered_in(warehouse) == {}


def test_a_period_written_by_hand_is_not_kept(knowledge, warehouse):
    table = lines("Kommun;Täckning", "Ale;90")
    fields = {
        **{name: TOLD.fields[name] for name in ("indicator", "area", "source")},
        "value": Column(column=1, heading="Täckning"),
        "period": Fixed(text="2023"),
    }
    told = TOLD.model_copy(update={"fields": fields})
    assert check(table, knowledge, mapping=told).ok
    remember(warehouse, told, table)
    (kept,) = mappings.remembered_in(warehouse).values()
    assert kept.fields["period"] == Asked()
    again = check(table, knowledge, mappings={of_mapping(opened(table), kept): kept})
    assert again.report.errors["code"].to_list() == ["period_to_tell"]
    assert again.mapping == kept
    assert again.workbook is not None


def test_what_has_no_headings_is_not_kept(warehouse):
    assert remember(warehouse, TOLD.model_copy(update={"header_row": 9})) is None
    assert warehouse.version == 0


def test_who_may_not_is_told(warehouse):
    def nobody(now, request):
        raise NotAllowedError(f"Nej till {request.action}.")

    with pytest.raises(NotAllowedError, match="Nej till map"):
        mappings.remember(TOLD, opened(TABLE), warehouse, by="Åsa", permit=nobody)


def frame(*contents):
    count = range(len(contents))
    day = datetime(2026, 5, 3, 23, 30, tzinfo=UTC)
    return pl.DataFrame(
        {
            "fingerprint": [f"{place:064x}" for place in count],
            "name": [f"T{place}" for place in count],
            "content": contents,
            "at": [day + timedelta(place) for place in count],
            "by": ["Åsa"] * len(contents),
        }
    )


@pytest.mark.parametrize(
    "broken", ["", "{}", "[1]", '{"version": 9}', TOLD.model_dump_json().replace("column", "kolumn")]
)
def test_what_cannot_be_read_is_left_out(broken):
    known = frame(broken, TOLD.model_dump_json())
    assert list(mappings.remembered(known)) == [f"{1:064x}"]
    assert [item["mapping"] is None for item in mappings.mappings_document(known)] == [True, False]
    assert "går inte att läsa" in mappings.mapping_lines(known, 8)[0]


def test_the_latest_comes_first_and_has_the_name_it_is_kept_under():
    found = mappings.remembered(frame(TOLD.model_dump_json(), TOLD.model_dump_json()))
    assert [told.name for told in found.values()] == ["T1", "T0"]


def test_mappings_in_words():
    told = TOLD.model_copy(
        update={
            "fields": {
                "indicator": Fixed(text="mpr-dos-1"),
                "area": Column(column=2),
                "period": Headings(),
                "value": Spread(label="andel"),
                "year": SheetName(),
            }
        }
    )
    assert mappings.mapping_lines(frame(told.model_dump_json()), 4) == [
        "0000  T0: indikator mpr-dos-1, område ur kolumn 3, period ur rubrikerna, värde ur flera kolumner, "
        "år ur bladets namn (2026-05-04, Åsa)"
    ]


def test_a_preview_reads_the_first_rows(knowledge):
    workbook = opened(NEXT)
    rows, told = mappings.preview(workbook, TOLD, knowledge.catalogue)
    assert rows.select("row", "area", "value").rows() == [(2, "1440", 91.0)]
    assert told.errors["row"].to_list() == [3]


def test_a_preview_of_a_long_file_is_short(knowledge):
    (sheet,) = opened(TABLE).sheets
    many = pl.concat([sheet.cells, *[sheet.cells.slice(1)] * 3000])
    rows, _ = mappings.preview(Workbook("csv", (replace(sheet, cells=many),)), TOLD, knowledge.catalogue)
    assert rows.height <= mappings.PREVIEWED_ROWS
