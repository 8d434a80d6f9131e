"""A difference as lines of text, for the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.jobs import difference_words as words
from schemas import swedish

if TYPE_CHECKING:
    from collections.abc import Callable

    from etl.jobs.difference import Difference
    from schemas.catalogue import Catalogue

#: Lines of each kind that are shown; the JSON and the workbook have all of them.
SHOWN = 20


def show_difference(difference: Difference, catalogue: Catalogue, say: Callable[[str], object]) -> None:
    """Tell what changes: a sentence, the judgements, the figures that mean most, the sums.

    Args:
        difference: What changes.
        catalogue: Names, units and decimals.
        say: Called with each line.
    """
    say(words.headline(difference))
    shown = pl.col("overview")
    for heading, flips in (
        ("Bedömningar i översikten:", difference.flips.filter(shown)),
        ("Andra bedömningar:", difference.flips.filter(~shown)),
    ):
        told = words.flip_texts(flips, catalogue)
        _list(heading, told[:SHOWN], len(told), say)
    figures = [_row_text(row, catalogue) for row in difference.ranked(SHOWN).iter_rows(named=True)]
    _list("Tal, de som betyder mest först:", figures, difference.changes.height, say)
    sums = [_money_text(row, catalogue) for row in _first(difference.funds)]
    _list("Belopp:", sums, difference.funds.height, say)


def _first(frame: pl.DataFrame) -> list[dict]:
    return frame.head(SHOWN).to_dicts()


def _list(heading: str, lines: list[str], count: int, say: Callable[[str], object]) -> None:
    if not lines:
        return
    say(heading)
    for line in lines:
        say(f"  {line}")
    if count > len(lines):
        say(f"  … och {swedish.number(count - len(lines))} till. Alla finns med --json och --xlsx.")


def _row_text(row: dict, catalogue: Catalogue) -> str:
    old, new = (words.figure_text(row, side, catalogue) for side in ("old", "new"))
    place = words.row_place(row, catalogue)
    told = {"new": f"{new} (nytt)", "removed": f"{old} (tas bort)"}
    change = words.change_text(row, catalogue)
    more = f" ({change})" if change else ""
    if old == new and words.counts_text(row, "old") != words.counts_text(row, "new"):
        more = f" ({words.basis_text(row)})"
    return f"{place}: {told.get(row['what'], f'{old} {words.ARROW} {new}{more}')}"


def _money_text(row: dict, catalogue: Catalogue) -> str:
    old, new = (swedish.kronor(row[f"{side}_amount"]) for side in ("old", "new"))
    told = {"new": f"{new} (nytt)", "removed": f"{old} (tas bort)"}
    return f"{words.money_place(row, catalogue)}: {told.get(row['what'], f'{old} {words.ARROW} {new}')}"
