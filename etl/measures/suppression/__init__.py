"""Small counts are hidden before a figure leaves the room, and nothing that is hidden can be worked out.

Roll-ups are made from the true counts; hiding is done on the finished series, so that no page, report, export or
judgement ever holds what is hidden. Which figures are small themselves is told in `small`; what else is hidden
with them, and how that is found, in `complement`.

Who is to be kept out
    A reader who has every figure that is published of an indicator, in full precision, knows the limits and all
    equations between the figures (`layout`): areas and their municipalities in every division and the county,
    municipalities and their vårdcentraler, women, men and both, age groups. He is even taken to know which of the
    hidden figures are small themselves and by which rule (so that three counts from 1 to 4 that come to 3 in all
    would be given away), which the pages don't tell. A figure is safe when by all this its numerator, its
    denominator and, for a share, those not counted could each be another whole number.

    Hidden is always the value with both counts: the areas' counts are published, so that one alone would be had
    by subtraction. A value shown with its denominator tells the numerator, and is taken to, to the nearest whole
    one however it was rounded; a value shown alone is taken to tell both, as whoever knows the inhabitants can
    work them out. Means weighted by inhabitants obey the same equations once each value is multiplied by its
    weight, and the weights are public: they are treated as known. Where the denominators are the weights the mean
    times the denominator takes the numerator's place.

One reason for all
    Every hidden figure has the same reason. To tell those that are small from those that were hidden with them
    would tell that the former's count is from 1 to 4 and the latter's isn't, which next to a shown sum can be one
    number too many. The limits themselves are told with each indicator's definition.

Not protected
    * who looks for a reason why just these figures were hidden, and works the method backwards;
    * between periods and period types (a year is the sum of its months), between indicators, and with knowledge
      from elsewhere, such as the source's own tables or what somebody has written down earlier;
    * a narrow range: two possible numbers are enough;
    * what the limits alone tell somebody who knows which figures are small: with a limit of 2 that a count is 1,
      with one of 3 that women, men and both who are all too few are 1, 1 and 2. This is why the pages don't tell;
    * a figure that nobody delivered, worked out from others to be small, is guarded in the indicators and periods
      that something is hidden in, and elsewhere in the plain cases told in `implied`;
    * figures that don't add up as delivered: the equations are then taken as they are for adding and subtracting,
      while ranges are judged from the true counts;
    * what is known of the difference between those who live in a municipality and those listed at its
      vårdcentraler: that they are the same people is taken to be so, which hides more than is needed;
    * ranges of figures whose source hid them, where the areas' counts aren't known.
    For earlier days see `earlier`.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from etl.measures.frames import is_example
from etl.measures.suppression.complement import complement
from etl.measures.suppression.earlier import hidden_keys, hide_as_well
from etl.measures.suppression.implied import implied
from etl.measures.suppression.small import tested
from etl.measures.suppression.spread import without_spread
from etl.measures.suppression.worlds import worlds
from schemas.results import Method

__all__ = ["HIDDEN", "hidden_keys", "hide_as_well", "hide_small", "without_spread"]

HIDDEN = "Dolt för att ingen ska kunna pekas ut"

_BLOCK = ["indicator", "period_start", "period_type", "example"]
_BLANK = ["value", "numerator", "denominator", "standard_deviation"]


def hide_small(
    figures: pl.DataFrame,
    rules: pl.DataFrame,
    members: pl.DataFrame,
    default_division: str,
    centres: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Hide small counts, and what they could be worked out from.

    Args:
        figures: All figures of the indicators, delivered and rolled up, one per area, period and breakdown.
        rules: `etl.measures.frames.rules`.
        members: `etl.measures.frames.members`.
        default_division: The division whose delregioner are spared where one of two areas must be hidden.
        centres: `etl.measures.frames.centres`; none where left out.

    Returns:
        The figures in their order; a hidden one has no value, no counts and no standard deviation, flag
        "suppressed", and a Swedish reason. What the spread of others tells of it is left out by `without_spread`.
    """
    wide = tested(figures, rules)
    if "example" not in wide.columns:
        wide = wide.with_columns(is_example(pl.col("origin")).fill_null(value=False).alias("example"))
    at_source = ((pl.col("flag") == "suppressed") & (pl.col("method") == Method.DIRECT)).fill_null(
        value=False
    )
    guarded = wide.filter((pl.col("_rule") > 0) | at_source).select(_BLOCK)
    blocks = (
        pl.concat([guarded, implied(wide, members, _BLOCK, centres)])
        .unique()
        .sort(_BLOCK)
        .with_row_index("_block")
    )
    if blocks.is_empty():
        return figures
    small = (wide["_rule"] > 0).to_numpy()
    hidden = small.copy()
    within = wide.with_row_index("_row").join(blocks, on=_BLOCK, maintain_order="left")
    for placed in worlds(within, rules, members, default_division, centres):
        hidden[placed.rows[complement(placed.world)]] = True
    return _blanked(figures, hidden)


def _blanked(figures: pl.DataFrame, hidden: np.ndarray) -> pl.DataFrame:
    shown = ~pl.lit(pl.Series(hidden))
    return figures.with_columns(
        *(pl.when(shown).then(pl.col(name)).alias(name) for name in _BLANK if name in figures.columns),
        pl.when(shown).then(pl.col("flag")).otherwise(pl.lit("suppressed")).alias("flag"),
        pl.when(shown).then(pl.col("reason")).otherwise(pl.lit(HIDDEN)).alias("reason"),
    )
