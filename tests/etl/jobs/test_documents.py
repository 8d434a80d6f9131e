import io
import json
from datetime import UTC, date, datetime

import polars as pl
import pytest

from etl.jobs import documents
from etl.jobs.delivery import Checked
from schemas.problem import Report, problem
from schemas.results import ASSESSED_SCHEMA


def judgement(**parts):
    usual = {
        "indicator": "covid19-minst-1-dos", "area": "vs-skaraborg", "level": "delregion",
        "division": "vardsamverkan", "period_start": date(2022, 10, 27), "period_type": "date",
        "sex": "total", "age": "12+", "value": 88.2987, "numerator": 208234.0, "denominator": 235829.0,
        "origin": "uploaded", "judgement": "cannot_be_judged",
    }  # fmt: skip
    return {**dict.fromkeys(ASSESSED_SCHEMA), **usual, **parts}


def frame(*rows):
    return pl.DataFrame(list(rows), schema=ASSESSED_SCHEMA)


def test_a_status_line_has_the_agreed_keys_and_plain_values(catalogue):
    said = {"variation": "common", "trend": "better", "county": "similar", "reach_first": 2027}
    (line,) = documents.status_document(frame(judgement(reason="Inget mål", **said)), catalogue)
    assert line == {
        "indicator": "covid19-minst-1-dos", "area": "Skaraborg", "level": "delregion",
        "division": "vardsamverkan", "period": "2022-10-27", "value": 88.2987, "numerator": 208234,
        "denominator": 235829, "lower": None, "upper": None, "target": None, "judgement": "cannot_be_judged",
        "reason": "Inget mål", "origin": "uploaded", "age": "12+", "assurance": None, "reach_last": None,
        **said,
    }  # fmt: skip
    assert json.dumps(line["numerator"]) == "208234"


def test_a_line_without_a_figure_has_no_period(catalogue):
    (line,) = documents.status_document(frame(judgement(period_start=None, period_type=None)), catalogue)
    assert line["period"] is None


@pytest.mark.parametrize(
    ("asked", "areas"),
    [
        ({}, ["14", "vs-skaraborg"]),
        ({"division": "namnd"}, ["14", "drn-ostra"]),
        ({"division": "alla"}, ["14", "vs-skaraborg", "drn-ostra"]),
        ({"indicator": "mpr-dos-1"}, []),
    ],
)
def test_the_county_stands_beside_the_delregioner_of_the_division(catalogue, asked, areas):
    rows = frame(
        judgement(),
        judgement(area="drn-ostra", division="namnd"),
        judgement(area="14", level="län", division=None),
        judgement(area="1480", level="kommun", division=None),
        judgement(sex="women"),
    )
    assert sorted(documents.status_rows(rows, catalogue, **asked)["area"]) == sorted(areas)


def test_lines_come_in_the_catalogues_order(catalogue):
    ids = list(catalogue.indicators)
    rows = frame(*(judgement(indicator=name, age="total") for name in reversed(ids)))
    assert documents.status_rows(rows, catalogue)["indicator"].to_list() == ids


def test_times_of_batches_are_text():
    batches = pl.DataFrame({"batch": [1], "at": [datetime(2026, 1, 2, 3, 4, tzinfo=UTC)], "note": [None]})
    assert documents.batches_document(batches) == [
        {"batch": 1, "at": "2026-01-02T03:04:00+00:00", "note": None}
    ]


def test_indicators_without_a_figure_have_lines_with_the_reason(catalogue):
    rows = documents.with_undelivered(frame(judgement()), catalogue)
    assert set(rows["indicator"]) == set(catalogue.indicators)
    assert rows.filter(indicator="covid19-minst-1-dos").height == 1
    lines = documents.status_rows(rows, catalogue, indicator="kontinuitetsindex")
    assert set(lines["judgement"]) == {"cannot_be_judged"}
    assert lines["reason"].null_count() == 0
    areas = {"14", *(area.id for area in catalogue.delregioner("vardsamverkan"))}
    assert set(lines["area"]) == areas


def test_frames_are_written_as_lists_of_objects_slice_by_slice(monkeypatch):
    monkeypatch.setattr(documents, "_ROWS_AT_ONCE", 2)
    rows = pl.DataFrame(
        {"row": [1, None, 3, 4, 5], "value": ['a"b', "å\n\u0001", None, "</script>", "\u2028"]},
        schema={"row": pl.Int64, "value": pl.String},
    )
    document = {"ok": True, "problems": rows, "warnings": rows.clear(), "job": None, "name": "Åsa"}
    stream = io.StringIO()
    documents.write_json(document, stream)
    assert json.loads(stream.getvalue()) == {**document, "problems": rows.to_dicts(), "warnings": []}
    assert list(json.loads(stream.getvalue())) == list(document)
    assert "å" in stream.getvalue()


@pytest.mark.parametrize("document", [[], [{"a": 1.5}], {}, {"a": []}])
def test_plain_documents_are_written_as_they_are(document):
    stream = io.StringIO()
    documents.write_json(document, stream)
    assert json.loads(stream.getvalue()) == document
    assert stream.getvalue().endswith("\n")


def test_what_json_cannot_say_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        documents.write_json([float("nan")], io.StringIO())


def test_a_checked_file_has_its_problems_one_by_one_and_in_groups():
    report = Report.of(
        *(
            problem("w", sheet="B", row=row, column="A", value=str(row % 2), expected="e", hint="h")
            for row in (2, 3, 4, 9)
        ),
        problem("v", severity="warning", expected="e", hint="h"),
    )
    stream = io.StringIO()
    documents.write_json(documents.check_document(Checked(report)), stream)
    document = json.loads(stream.getvalue())
    assert list(document) == ["ok", "job", "shape", "rows", "problems", "warnings", "groups"]
    assert (len(document["problems"]), len(document["warnings"])) == (4, 1)
    first, second = document["groups"]
    assert (first["code"], first["count"], first["more_rows"], first["more_values"]) == ("w", 4, 0, 0)
    assert first["rows"] == [{"sheet": "B", "first": 2, "last": 4}, {"sheet": "B", "first": 9, "last": 9}]
    assert first["values"] == [{"value": "0", "count": 2}, {"value": "1", "count": 2}]
    assert first["cases"] == [{key: first[key] for key in first["cases"][0]}]
    assert (second["severity"], second["rows"], second["values"]) == ("warning", [], [])
