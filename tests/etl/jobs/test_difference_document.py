"""A difference as JSON."""

from __future__ import annotations

import io
import json
from decimal import Decimal

from etl.jobs.difference_document import difference_document
from etl.jobs.difference_rows import changed_money
from etl.jobs.documents import write_json
from tests.etl.jobs.test_difference_words import difference, flip
from tests.etl.measures import county
from tests.etl.measures.county import counted


def written(*args, limit: int | None = None, **more) -> dict:
    stream = io.StringIO()
    write_json(difference_document(difference(*args, **more), limit=limit), stream)
    return json.loads(stream.getvalue())


def test_everything_is_in_it():
    told = written(
        [counted("14", 500, 1000)], [counted("14", 900, 1000), counted("1401", 1, 2)], told=(flip(),)
    )
    assert {key: told[key] for key in ("batch", "change", "version", "covered")} == {
        "batch": 7, "change": "publish", "version": 3, "covered": 0,
    }  # fmt: skip
    assert told["counts"] == {"new": 1, "revised": 1, "removed": 0, "unchanged": 0}
    assert told["summary"].startswith("1\u00a0bedömning i översikten ändras")
    assert [(row["what"], row["area"], row["period"], row["new_figure"]) for row in told["rows"]] == [
        ("revised", "14", "2020", 90.0), ("new", "1401", "2020", 50.0),
    ]  # fmt: skip
    assert told["flips"][0]["new_outcome"] == "not_on_the_way"
    assert told["funds"] == []


def test_another_standard_deviation_is_a_change():
    mean = {"area": "14", "indicator": "dagar", "value": 7.5, "denominator": 40.0}
    told = written([mean | {"standard_deviation": 8.1}], [mean | {"standard_deviation": 6.25}])
    assert told["counts"] == {"new": 0, "revised": 1, "removed": 0, "unchanged": 0}
    (row,) = told["rows"]
    assert (row["old_standard_deviation"], row["new_standard_deviation"], row["change"]) == (8.1, 6.25, 0.0)


def test_money_is_exact():
    sums, counts = changed_money(
        county.allocations({"area": "14", "amount": Decimal("0.10")}),
        county.allocations({"area": "14", "amount": Decimal("81314959.25")}),
    )
    told = written([], [], funds=sums, money_counts=counts)
    assert [(row["old_amount"], row["new_amount"], row["change"]) for row in told["funds"]] == [
        ("0.10", "81314959.25", "81314959.15")
    ]


def test_no_more_rows_than_asked_for():
    after = [counted(area, 1, 2) for area in county.MUNICIPALITIES]
    assert len(written([], after, limit=2)["rows"]) == 2
    assert len(written([], after)["rows"]) == 5
