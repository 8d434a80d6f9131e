"""What the command line says to other programs: plain dicts, ready for JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TextIO

import polars as pl

from etl.measures.assessment import assess
from etl.measures.judgement import judge
from schemas.catalogue import Catalogue, Level
from schemas.period import Period, PeriodType
from schemas.problem import PROBLEM_KEYS
from schemas.results import SERIES_SCHEMA

if TYPE_CHECKING:
    from etl.jobs.delivery import Checked, Outcome

#: The keys of a line of `fardplan status --json`, in order.
STATUS_KEYS = (
    "indicator", "area", "level", "division", "period", "value", "numerator", "denominator", "lower", "upper",
    "target", "judgement", "reason", "origin", "age", "variation", "assurance", "trend", "county", "reach_first",
    "reach_last",
)  # fmt: skip

_ROWS_AT_ONCE = 20_000

#: The division argument that means all of them.
ALL_DIVISIONS = "alla"


def check_document(checked: Checked) -> dict[str, Any]:
    """A checked file: `ok`, `job`, `shape`, `rows`, `problems`, `warnings`, `groups`.

    `job` names the jobs that the rows belong to, with commas between where there are several, and is null
    where the file wasn't recognised. `mapping`, the name of the mapping that the file was read with, is there
    only where it was. `problems` are what stops the delivery; they and the warnings are frames
    with the columns of `PROBLEM_KEYS`, `groups` (errors and warnings, one mistake a group) one with the columns of
    `schemas.problem_groups.GROUP_SCHEMA`, for `write_json`.
    """
    return {
        "ok": checked.ok,
        "job": ",".join(checked.jobs) or None,
        "shape": checked.shape,
        **({"mapping": checked.mapping.name} if checked.mapping else {}),
        "rows": checked.rows,
        "problems": checked.report.errors.select(PROBLEM_KEYS),
        "warnings": checked.report.warnings.select(PROBLEM_KEYS),
        "groups": checked.report.grouped(),
    }


def write_json(document: Any, stream: TextIO) -> None:
    """Write a document as JSON on one line.

    Frames among its values become lists of objects, a slice at a time: a million problems as dicts would take
    gigabytes.

    Args:
        document: Plain values, or a dict whose values are plain or frames.
        stream: Where to write.
    """
    if not isinstance(document, dict):
        stream.write(_plain_json(document) + "\n")
        return
    before = "{"
    for key, value in document.items():
        stream.write(f"{before}{_plain_json(key)}: ")
        if isinstance(value, pl.DataFrame):
            _write_rows(value, stream)
        else:
            stream.write(_plain_json(value))
        before = ", "
    stream.write("}\n" if document else "{}\n")


def _write_rows(rows: pl.DataFrame, stream: TextIO) -> None:
    before = "["
    for part in rows.iter_slices(_ROWS_AT_ONCE):
        stream.write(before + part.write_json()[1:-1])
        before = ","
    stream.write("]" if rows.height else "[]")


def _plain_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def load_document(outcome: Outcome) -> dict[str, Any]:
    """A delivered file: as `check_document`, then what it was stored as and what it changes."""
    receipt, comparison = outcome.receipt, outcome.comparison
    return {
        **check_document(outcome.checked),
        "batch": receipt.batch if receipt else None,
        "status": receipt.status if receipt else None,
        "already_delivered": receipt.already_delivered if receipt else False,
        "published": receipt is not None and receipt.status == "published",
        "new": comparison.new if comparison else None,
        "revised": comparison.revised if comparison else None,
        "unchanged": comparison.unchanged if comparison else None,
    }


def batches_document(batches: pl.DataFrame) -> list[dict[str, Any]]:
    """All batches; times as ISO 8601."""
    times = pl.col(pl.Datetime, pl.Date)
    return batches.with_columns(times.map_batches(_iso, return_dtype=pl.String)).to_dicts()


def _iso(times: pl.Series) -> pl.Series:
    return pl.Series([None if time is None else time.isoformat() for time in times], dtype=pl.String)


def status_rows(
    judgements: pl.DataFrame,
    catalogue: Catalogue,
    *,
    division: str | None = None,
    indicator: str | None = None,
) -> pl.DataFrame:
    """The judgements of the county and the delregioner, both sexes together, in the catalogue's order.

    Args:
        judgements: As in `schemas.results.ASSESSED_SCHEMA`.
        catalogue: For the order, and the default division.
        division: Id of a division, or `alla`; the default division where None.
        indicator: Id of an indicator; all where None.
    """
    division = division or catalogue.default_division.id
    here = pl.lit(True) if division == ALL_DIVISIONS else pl.col("division") == division
    wanted = (pl.col("level") == str(Level.COUNTY)) | ((pl.col("level") == str(Level.DELREGION)) & here)
    if indicator is not None:
        wanted &= pl.col("indicator") == indicator
    order = [
        pl.col("indicator").replace_strict(_places(catalogue.indicators), default=None),
        pl.col("age").replace_strict(_ages(catalogue), default=None),
        pl.col("target").replace_strict(_places(catalogue.targets), default=None),
        pl.col("area").replace_strict(_places(catalogue.areas), default=None),
    ]
    return judgements.filter(wanted & (pl.col("sex") == "total")).sort(order, nulls_last=True)


def with_undelivered(judgements: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """The judgements, with rows also for indicators that nothing was ever published for."""
    lacking = sorted(set(catalogue.indicators) - set(judgements["indicator"]))
    if not lacking:
        return judgements
    without = judge(pl.DataFrame(schema=SERIES_SCHEMA), catalogue, lacking)
    return pl.concat([judgements, assess(pl.DataFrame(schema=SERIES_SCHEMA), without, catalogue)])


def _places(items: dict[str, Any]) -> dict[str, int]:
    return {name: place for place, name in enumerate(items)}


def _ages(catalogue: Catalogue) -> dict[str, int]:
    return _places(dict.fromkeys(age for item in catalogue.indicators.values() for age in item.ages))


def status_document(rows: pl.DataFrame, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Judgements as from `status_rows`, one dict each with the keys of `STATUS_KEYS`.

    `area` is the area's name, `period` the period's code, counts are whole numbers where they are whole.
    """
    return [_status(row, catalogue) for row in rows.to_dicts()]


def _status(row: dict[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    start = row["period_start"]
    shown = {
        **row,
        "area": catalogue.areas[row["area"]].name,
        "period": Period(start, PeriodType(row["period_type"])).code if start else None,
        "numerator": _whole(row["numerator"]),
        "denominator": _whole(row["denominator"]),
    }
    return {key: shown[key] for key in STATUS_KEYS}


def _whole(number: float | None) -> float | int | None:
    return int(number) if number is not None and float(number).is_integer() else number
