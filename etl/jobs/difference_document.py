"""A difference for other programs: plain values and frames, ready for `etl.jobs.documents.write_json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import polars as pl

from etl.jobs.difference_words import headline
from schemas.columns import ALLOCATION_KEY
from schemas.period import Period, PeriodType

if TYPE_CHECKING:
    from etl.jobs.difference import Difference

_FLIP_KEYS = (
    "indicator", "target", "age", "area", "level", "division", "overview", "what", "turn", "old_outcome",
    "new_outcome", "old_value", "new_value", "old_example", "new_example",
)  # fmt: skip
_ROW_KEYS = (
    "tier", "what", "indicator", "area", "period", "sex", "age", "example", "old_value", "old_numerator",
    "old_denominator", "old_standard_deviation", "old_flag", "old_figure", "new_value", "new_numerator",
    "new_denominator", "new_standard_deviation", "new_flag", "new_figure", "change", "certain", "size",
)  # fmt: skip
_MONEY_KEYS = ("what", *ALLOCATION_KEY, "example", "old_amount", "new_amount", "change")


def difference_document(difference: Difference, *, limit: int | None = None) -> dict[str, Any]:
    """A difference as JSON.

    Args:
        difference: The difference.
        limit: The first so many rows; all where None.

    Returns:
        `batch` (null for what isn't stored), `change` (deliver, publish, withdraw, restore), `version` that it
        is held against, `summary` (a Swedish sentence), `counts` and `money_counts` (new, revised, removed,
        unchanged), `covered`, `flips`, `rows` (largest change in meaning first; `period` is a code, `figure`
        the figure that counts) and `funds` (amounts are texts with two decimals, exact to the öre).
    """
    rows = difference.rows if limit is None else difference.ranked(limit)
    money = [pl.col(name).cast(pl.String) for name in ("old_amount", "new_amount", "change")]
    return {
        "batch": difference.batch,
        "change": difference.kind,
        "version": difference.version,
        "summary": headline(difference),
        "counts": asdict(difference.counts),
        "money_counts": asdict(difference.money_counts),
        "covered": difference.covered,
        "flips": difference.flips.select(_FLIP_KEYS),
        "rows": with_period_code(rows).select(_ROW_KEYS),
        "funds": difference.funds.with_columns(money).select(_MONEY_KEYS),
    }


def with_period_code(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `period`, the code of a row's period."""
    periods = rows.select("period_start", "period_type").unique()
    codes = [Period(start, PeriodType(kind)).code for start, kind in periods.iter_rows()]
    labelled = periods.with_columns(pl.Series("period", codes, pl.String))
    return rows.join(labelled, on=["period_start", "period_type"], how="left", maintain_order="left")
