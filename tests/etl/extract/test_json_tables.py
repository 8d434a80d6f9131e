from __future__ import annotations

import json
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract import json_tables
from etl.extract.workbook import open_workbook
from tests.etl.extract.build import cells, opened

CUBE = {
    "version": "2.0",
    "class": "dataset",
    "label": "Antal efter region och år",
    "id": ["Region", "Tid"],
    "size": [2, 3],
    "dimension": {
        "Region": {
            "label": "region",
            "category": {"index": {"1480": 1, "1401": 0}, "label": {"1401": "Härryda", "1480": "Göteborg"}},
        },
        "Tid": {"label": "år", "category": {"index": ["2021", "2022", "2023"]}},
    },
    "value": [1, 2.50, None, 4, 5, 6],
    "status": {"2": ".."},
}
HEAD = [("Antal efter region och år", *(None,) * 5), (None,) * 6]


def packed(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def code(content: bytes) -> str | None:
    workbook, problems = open_workbook(content)
    return None if workbook is not None else problems["code"].item()


def test_a_cube_is_one_row_a_cell_in_the_order_of_its_dimensions():
    found = opened(packed(CUBE))
    assert (found.kind, found.sheets[0].name) == ("json", "")
    regions, years = [("1401", "Härryda"), ("1480", "Göteborg")], ["2021", "2022", "2023"]
    values = [("1", None), ("2.5", None), (None, ".."), ("4", None), ("5", None), ("6", None)]
    expected = [
        (*region, year, year, *value)
        for (region, year), value in zip(product(regions, years), values, strict=True)
    ]
    assert found.sheets[0].cells.rows() == [
        *HEAD, ("region (kod)", "region", "år (kod)", "år", "Värde", "Status"), *expected
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "values"),
    [
        ({"value": {"0": 7, "5": 8}}, ["7", None, None, None, None, "8"]),
        ({"value": ["1,5", "..", None, 0, 0, 0]}, ["1,5", "..", None, "0", "0", "0"]),
        ({"value": [1234567890123456789, 0.1, 1e20, True, None, 3]},
         ["1234567890123456789", "0.1", "1e+20", "true", None, "3"]),
    ],
)  # fmt: skip
def test_values_come_as_they_are_written(changes, values):
    assert [row[4] for row in cells(packed(CUBE | changes))[3:]] == values


def test_a_status_for_all_cells():
    assert {row[5] for row in cells(packed(CUBE | {"status": "p"}))[3:]} == {"p"}


def test_a_mark_and_utf_16_are_no_hindrance():
    text = json.dumps(CUBE, ensure_ascii=False)
    assert cells(text.encode("utf-8-sig")) == cells(packed(CUBE))


@pytest.mark.parametrize(
    "changes",
    [
        {"size": [2, 4]},
        {"size": [2]},
        {"value": [1, 2]},
        {"value": {"99": 1}},
        {"value": {"a": 1}},
        {"dimension": {}},
        {"dimension": {"Region": {"category": {}}, "Tid": {}}},
        {"id": []},
        {"value": [[1], [2, 3], 3, 4, 5, 6]},
        {"size": [-1, -6]},
    ],
)
def test_a_cube_that_does_not_hold_together_is_refused(changes):
    assert code(packed(CUBE | changes)) == "not_a_spreadsheet"


@pytest.mark.parametrize(
    ("size", "expected"),
    [([2_000_000, 1], "too_many_rows"), ([10**6, 10**6], "too_many_rows")],
)
def test_a_cube_that_says_it_is_huge_is_refused_before_it_is_spread(size, expected):
    assert code(packed(CUBE | {"size": size, "value": {}})) == expected


def test_the_real_answers_of_pxweb(shared_data):
    old = cells((shared_data / "scb_jsonstat1_example.json").read_bytes())
    heads = next(row for row in old if "Värde" in row)
    assert heads[-2:] == ("Värde", "Status")
    body = old[old.index(heads) + 1 :]
    source = json.loads((shared_data / "scb_jsonstat1_example.json").read_bytes())["dataset"]
    assert [row[-2] for row in body] == [str(value) for (value,) in source["value"]]
    other = cells((shared_data / "scb_pxweb_v1_json_example.json").read_bytes())
    plain = json.loads((shared_data / "scb_pxweb_v1_json_example.json").read_bytes())
    assert other[0] == tuple(column["text"] for column in plain["columns"])
    first = plain["data"][0]
    assert other[1] == (
        *first["key"],
        *([first["values"]] if isinstance(first["values"], str) else first["values"]),
    )
    assert len(other) == 1 + len(plain["data"])


def test_rows_that_name_their_columns():
    data = {
        "data": [{"mattId": 1, "regionId": "14", "ar": 2023, "varde": "1 234,5"}, {"regionId": 0, "konId": 3}]
    }
    assert cells(packed(data)) == [
        ("mattId", "regionId", "ar", "varde", "konId"),
        ("1", "14", "2023", "1 234,5", None),
        (None, "0", None, None, "3"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b'{"kpi": "N79179", "values": []}',
        b'{"data": []}',
        b'{"data": [1, 2]}',
        b'{"data": [{"a": {"b": 1}}]}',
        b'{"columns": [{"code": "a", "text": "a"}], "data": [{"key": [], "values": []}]}',
        b'[{"a": 1}]',
        b'{"a": ',
        b'{"a": ' * 100_000,
        b'{"dimension": 1, "value": 2}',
        b'{"a": "\xe5',
    ],
)
def test_other_documents_are_refused_with_what_to_do(content):
    workbook, problems = open_workbook(content)
    assert workbook is None
    assert problems["code"].item() == "not_a_spreadsheet"
    assert "JSON-stat2" in problems["hint"].item()


def test_a_large_document_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(json_tables, "MAX_JSON", 100)
    assert code(packed(CUBE)) == "too_large"


def test_the_reconstructed_answer_of_kolada_is_no_table_of_ours(shared_data):
    assert (
        code((shared_data / "kolada_v3_data_response_reconstructed.json").read_bytes()) == "not_a_spreadsheet"
    )


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*CUBE, "data", "dataset", "index", "category", "a"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from([*CUBE, "data", "columns", "dataset"]), anything, max_size=5))
def test_no_document_raises(changes):
    for document in (changes, CUBE | changes):
        workbook, problems = open_workbook(packed(document))
        assert (workbook is None) == (problems.height > 0)
