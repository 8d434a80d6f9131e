"""The judgements alone, from no more of the rows than they rest on.

A page wants every period of a series; a judgement rests on a line's newest figure, the one before it, the same
period a year before, and the baseline of its target. Where only the judgements are asked for, as when a change
is looked at before it is made, the older periods are left out: they are most of the work.

What is left out never changes an answer. Where that can't be shown of an indicator (an area that nothing recent
was delivered for, a figure whose predecessor isn't among the rows kept) all of its rows are used after all, and
likewise where figures and examples stand together or several period types compete, since what is shown then
depends on rows of any age.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from etl.measures import frames
from etl.measures.judgement import judge
from etl.measures.pipeline import known_rows, series_of
from etl.measures.target_path import targets
from schemas.results import Method

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from schemas.catalogue import Catalogue

_LINE = ["indicator", "age", "area"]

#: Months before an indicator's newest period that are always used, besides its update interval: for periods
#: within a year one year, for the comparison with the year before, and a quarter for areas that are late; for
#: longer periods the few last ones.
_SEASONAL_MONTHS = 15
_YEARLY_MONTHS = 48

#: What the same period a year before is never further away than.
_YEAR_BEFORE = "-54w"


class Shortened(NamedTuple):
    """Observations without the periods that judgements don't rest on.

    Attributes:
        kept: The rows that are used, as from `etl.measures.pipeline.known_rows`.
        lines: The first and last period of each line before anything was left out: columns indicator, age, area,
            first, last.
        cutoffs: Columns indicator, cutoff, update_interval_months, for the indicators that rows were left out of.
        indicators: The indicators of the observations.
    """

    kept: pl.DataFrame
    lines: pl.DataFrame
    cutoffs: pl.DataFrame
    indicators: frozenset[str]


def judgements(
    observations: pl.DataFrame,
    allocations: pl.DataFrame,
    catalogue: Catalogue,
    population: pl.DataFrame,
    *,
    indicators: Iterable[str] | None = None,
) -> pl.DataFrame:
    """The judgements of `etl.measures.pipeline.derive` with nothing else said of them, in a fraction of the time.

    Args:
        observations: As for `derive`.
        allocations: As for `derive`.
        catalogue: As for `derive`.
        population: As for `derive`.
        indicators: As for `derive`.

    Returns:
        `JUDGEMENT_SCHEMA`.
    """

    def whole(doubtful: pl.DataFrame) -> pl.DataFrame:
        return observations.join(doubtful, on="indicator", how="semi")

    shortened = [shorten(observations, catalogue)]
    return judgements_of(shortened, whole, allocations, catalogue, population, indicators=indicators)


def shorten(observations: pl.DataFrame, catalogue: Catalogue) -> Shortened:
    """Leave out what judgements don't rest on.

    Args:
        observations: All rows of some indicators, as for `derive`.
        catalogue: As for `derive`.
    """
    rows = _told_apart(observations, catalogue)
    cutoffs = _cutoffs(rows.dated, catalogue)
    plain, mixed = (_recent(some, cutoffs, catalogue) for some in (rows.plain, rows.mixed))
    return Shortened(
        pl.concat([known_rows(plain, catalogue), mixed]),
        _lines(frames.without_centres(rows.dated, catalogue)),
        cutoffs,
        frozenset(observations["indicator"].unique()),
    )


def judgements_of(
    shortened: Sequence[Shortened],
    whole: Callable[[pl.DataFrame], pl.DataFrame],
    allocations: pl.DataFrame,
    catalogue: Catalogue,
    population: pl.DataFrame,
    *,
    indicators: Iterable[str] | None = None,
) -> pl.DataFrame:
    """As `judgements`, of observations that were shortened a few indicators at a time.

    Args:
        shortened: From `shorten`, at least one; no two have an indicator in common.
        whole: Gives all rows again of the indicators in its frame (column indicator), as they were shortened.
        allocations: As for `derive`.
        catalogue: As for `derive`.
        population: As for `derive`.
        indicators: As for `derive`.
    """
    lines, cutoffs = pl.concat(one.lines for one in shortened), pl.concat(one.cutoffs for one in shortened)
    kept = pl.concat(one.kept for one in shortened)
    series, with_money = series_of(kept, allocations, catalogue, population)
    if indicators is None:
        indicators = sorted({*with_money}.union(*(one.indicators for one in shortened)))
    found = judge(series, catalogue, indicators)
    doubtful = _doubtful(found, lines, cutoffs)
    if doubtful.is_empty():
        return found
    series, _ = series_of(known_rows(whole(doubtful), catalogue), allocations, catalogue, population)
    redone = judge(series, catalogue, doubtful["indicator"].to_list())
    redone = redone.join(found.select("indicator").unique(), on="indicator", how="semi")
    return pl.concat([found.join(doubtful, on="indicator", how="anti"), redone]).sort(
        "indicator", "age", "target", "division", "area", nulls_last=False
    )


class _Rows(NamedTuple):
    """Observations told apart by what may be left out of them.

    Attributes:
        plain: Those of indicators whose rows are all real or all examples, as published.
        mixed: `known_rows` of the others, without the examples that real figures cover.
        dated: What both say of dates: columns indicator, age, area, sex, period_type, period_start, example.
    """

    plain: pl.DataFrame
    mixed: pl.DataFrame
    dated: pl.DataFrame


def _told_apart(observations: pl.DataFrame, catalogue: Catalogue) -> _Rows:
    example = frames.is_example(pl.col("origin"))
    classes = observations.group_by("indicator").agg((example.n_unique() > 1).alias("mixed"))
    names = classes.filter("mixed")["indicator"].to_list()
    is_mixed = pl.col("indicator").is_in(names)
    plain = observations.filter(~is_mixed) if names else observations
    mixed = known_rows(observations.filter(is_mixed) if names else observations.clear(), catalogue)
    dated = [*_LINE, "sex", "period_type", "period_start"]
    return _Rows(
        plain,
        mixed,
        pl.concat(
            [plain.select(*dated, example.alias("example")), mixed.select(*dated, "example")],
        ),
    )


def _cutoffs(dated: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """For the indicators whose older periods may be left out.

    Returns:
        Columns indicator, cutoff, update_interval_months.
    """
    money = {item.indicator for item in catalogue.agreements.values()}
    month = pl.when(pl.col("period_type").is_in(frames.SEASONAL)).then(_SEASONAL_MONTHS)
    months = month.otherwise(_YEARLY_MONTHS) + pl.col("update_interval_months")
    return (
        dated.group_by("indicator")
        .agg(
            pl.col("period_start").filter(pl.col("sex") == "total").max().alias("newest"),
            pl.col("period_type").first(),
            (pl.col("period_type").n_unique() == 1).alias("one_type"),
            (pl.col("example").n_unique() == 1).alias("one_class"),
        )
        .filter("one_type", "one_class", pl.col("newest").is_not_null())
        .filter(~pl.col("indicator").is_in(sorted(money)))
        .join(frames.rules(catalogue).select("indicator", "update_interval_months"), on="indicator")
        .select(
            "indicator",
            "update_interval_months",
            pl.col("newest")
            .dt.offset_by(pl.concat_str(pl.lit("-"), months.cast(pl.String), pl.lit("mo")))
            .alias("cutoff"),
        )
    )


def _cutoff(cutoffs: pl.DataFrame) -> pl.Expr:
    """Each row's cutoff; null where all rows of its indicator are used."""
    known = dict(cutoffs.select("indicator", "cutoff").rows())
    return pl.col("indicator").replace_strict(known, default=None, return_dtype=pl.Date)


def _recent(rows: pl.DataFrame, cutoffs: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """The rows from the cutoff on and of the targets' baselines.

    Women and men stay, though judgements are of both together: what is hidden of both depends on them.
    """
    baselines = (
        targets(catalogue)
        .drop_nulls("baseline_start")
        .select("indicator", pl.col("baseline_start").alias("period_start"))
        .unique()
    )
    cutoff, start = _cutoff(cutoffs), pl.col("period_start")
    first = rows.filter(cutoff.is_null() | (start >= cutoff))
    older = rows.filter(start.is_in(baselines["period_start"].unique().implode()) & (start < cutoff))
    return pl.concat([first, older.join(baselines, on=["indicator", "period_start"], how="semi")])


def _lines(dated: pl.DataFrame) -> pl.DataFrame:
    start = pl.col("period_start")
    return (
        dated.filter(pl.col("sex") == "total")
        .group_by(_LINE)
        .agg(start.min().alias("first"), start.max().alias("last"))
    )


def _doubtful(found: pl.DataFrame, lines: pl.DataFrame, cutoffs: pl.DataFrame) -> pl.DataFrame:
    """The indicators of which a left-out row could have changed an answer; column indicator."""
    cut = lines.with_columns(_cutoff(cutoffs).alias("cutoff")).filter(pl.col("first") < pl.col("cutoff"))
    if cut.is_empty():
        return cutoffs.select("indicator").clear()
    gone = cut.filter(pl.col("last") < pl.col("cutoff"))
    judged = found.join(cutoffs, on="indicator").filter(pl.col("period_start").is_not_null())
    unsure = judged.filter(_unsure()).join(cut.select("indicator").unique(), on="indicator", how="semi")
    return pl.concat([gone.select("indicator"), unsure.select("indicator")]).unique().sort("indicator")


def _unsure() -> pl.Expr:
    """Whether an older row could have been this judgement's figure, or what it is compared with."""
    start, cutoff = pl.col("period_start"), pl.col("cutoff")
    has_value = pl.col("value").is_not_null()
    no_earlier = pl.col("previous_start").is_null() | (pl.col("previous_start") < cutoff)
    seasonal = pl.col("period_type").is_in(frames.SEASONAL)
    no_year_before = seasonal & (start.dt.offset_by(_YEAR_BEFORE) < cutoff)
    waiting = ~has_value & (pl.col("flag") == "missing") & pl.col("method").ne_missing(str(Method.DIRECT))
    behind = (pl.col("period_end") - cutoff).dt.total_days() / 31
    late = waiting & (behind <= pl.col("update_interval_months") + 1)
    return (start < cutoff) | (has_value & (no_earlier | no_year_before)) | late.fill_null(value=False)
