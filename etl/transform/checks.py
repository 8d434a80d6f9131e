"""What can be wrong with a row, as a table of conditions evaluated for whole columns at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from etl.extract.model import HEADING_OF
from etl.transform.names import fold_all, look_up
from etl.transform.suggestions import suggestions
from schemas.problem import Severity, no_problems, problems_from

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from etl.extract.model import Extracted

#: Prefix of the columns that keep a cell as it is in the file.
RAW = "raw_"

#: A cell that shows an Excel error, in Swedish or English: #DIVISION/0!, #SAKNAS!, #N/A, #REF!.
EXCEL_ERROR = r"^#(?:[\p{Lu}/0]{2,16}[!?]|N/A)$"

#: Characters of a cell that a problem shows.
SHOWN_LENGTH = 200


@dataclass(frozen=True)
class Check:
    """One thing that can be wrong.

    Attributes:
        code: Machine name of the problem.
        column: Canonical column that it is about.
        wrong: True for the rows that have it; null counts as right.
        expected: What was expected, in Swedish.
        hint: What to do, in Swedish.
        severity: An error takes the row out of the rows that are handed on.
        value: What was found, where it is more than the column's cell.
    """

    code: str
    column: str
    wrong: pl.Expr
    expected: str | pl.Expr
    hint: str | pl.Expr
    severity: Severity = "error"
    value: pl.Expr | None = None


def apply(
    frame: pl.DataFrame, checks: Sequence[Check], headings: Mapping[str, str]
) -> tuple[pl.Series, pl.DataFrame]:
    """Hold every row against every check.

    A cell that shows an Excel error is told as that, and of nothing else that is wrong with it.

    Args:
        frame: Rows with `sheet`, `row`, and for each canonical column the cell as in the file under `raw_`.
        checks: What to look for.
        headings: Canonical column → heading in the file.

    Returns:
        True for each row that has an error, and the problems.
    """
    masks = frame.select(check.wrong.fill_null(False).alias(str(place)) for place, check in enumerate(checks))
    failed = _excel_errors(frame, {check.column for check in checks})
    found = [no_problems()]
    for column, mask in failed.items():
        found.append(_told(frame.filter(mask), _excel_error(column), headings))
    for place, check in enumerate(checks):
        mask = masks[str(place)]
        if check.column in failed:
            mask &= ~failed[check.column]
        if mask.any():
            found.append(_told(frame.filter(mask), check, headings))
    errors = [str(place) for place, check in enumerate(checks) if check.severity == "error"]
    bad = masks.select(pl.any_horizontal(errors).alias("bad"))["bad"]
    for mask in failed.values():
        bad |= mask
    return bad, pl.concat(found)


def without(frame: pl.DataFrame, bad: pl.Series) -> pl.DataFrame:
    """The rows that are not bad; the frame itself, not a copy, where none is."""
    return frame.filter(~bad) if bad.any() else frame


def _excel_errors(frame: pl.DataFrame, columns: set[str]) -> dict[str, pl.Series]:
    """For each column with cells that show an Excel error: True where they do."""
    found: dict[str, pl.Series] = {}
    for name in frame.columns:
        column = name.removeprefix(RAW)
        if column == name or column not in columns or not frame[name].str.starts_with("#").any():
            continue
        mask = frame[name].str.contains(EXCEL_ERROR).fill_null(False)
        if mask.any():
            found[column] = mask
    return found


def _excel_error(column: str) -> Check:
    return Check(
        "excel_error",
        column,
        pl.lit(True),
        "en cell utan Excel-fel",
        "Cellen visar ett Excel-fel. Rätta formeln, eller skriv in det som ska stå där.",
    )


def _told(rows: pl.DataFrame, check: Check, headings: Mapping[str, str]) -> pl.DataFrame:
    column = heading(check.column, headings)
    own = f"{HEADING_OF}{check.column}"
    return problems_from(
        rows,
        check.code,
        severity=check.severity,
        column=pl.coalesce(own, column) if own in rows.columns else column,
        value=_shown(pl.col(f"{RAW}{check.column}") if check.value is None else check.value),
        expected=check.expected,
        hint=check.hint,
    )


def _shown(value: pl.Expr) -> pl.Expr:
    """What was found, cut short where a cell holds more than anyone reads."""
    cut = pl.concat_str(value.str.slice(0, SHOWN_LENGTH - 1), pl.lit("…"))
    return pl.when(value.str.len_chars() > SHOWN_LENGTH).then(cut).otherwise(value)


def heading(column: str, headings: Mapping[str, str]) -> pl.Expr:
    """The file's heading for a canonical column, by indicator where the file has one column for each."""
    usual = headings.get(column, column)
    prefix = f"{column}/"
    by_indicator = {
        key.removeprefix(prefix): text for key, text in headings.items() if key.startswith(prefix)
    }
    if not by_indicator:
        return pl.lit(usual)
    return pl.col("indicator").replace_strict(by_indicator, default=usual, return_dtype=pl.String)


def with_raw(extracted: Extracted, columns: Sequence[str]) -> pl.DataFrame:
    """The extracted rows with their cells under `raw_`, beside sheet and row."""
    return extracted.rows.rename({name: f"{RAW}{name}" for name in columns})


@dataclass(frozen=True)
class Known:
    """A column of names that must be known.

    Attributes:
        column: Canonical column.
        table: Folded name → id.
        shown: Id → name in a hint.
        code: Machine name of the problem.
        expected: What was expected, in Swedish.
        otherwise: The hint where no known name is near.
        shared: Folded name that is known of several → the hint that asks which one it is.
        marked: A word, and the hint for names that have it where no known name is near.
    """

    column: str
    table: Mapping[str, str]
    shown: Mapping[str, str]
    code: str
    expected: str
    otherwise: str
    shared: Mapping[str, str] = field(default_factory=dict)
    marked: tuple[str, str] | None = None

    def ids(self, frame: pl.DataFrame) -> pl.Series:
        """The ids of the column's names."""
        return look_up(frame[f"{RAW}{self.column}"], self.table).alias(self.column)

    def check(self, frame: pl.DataFrame) -> Check:
        """The check for names that are not known; `frame` has the ids already."""
        raw = f"{RAW}{self.column}"
        unknown = frame.filter(pl.col(raw).is_not_null() & pl.col(self.column).is_null())[raw]
        hint: str | pl.Expr = self.otherwise
        if not unknown.is_empty():
            near = suggestions(unknown, self.table, self.shown, self.otherwise)
            hints = [
                self._better(name, told)
                for name, told in zip(fold_all(near["name"]), near["hint"], strict=True)
            ]
            hint = pl.col(raw).replace_strict(
                near["name"], hints, default=self.otherwise, return_dtype=pl.String
            )
        wrong = pl.col(raw).is_not_null() & pl.col(self.column).is_null()
        return Check(self.code, self.column, wrong, self.expected, hint)

    def _better(self, folded: str, hint: str) -> str:
        if folded in self.shared:
            return self.shared[folded]
        if self.marked and hint == self.otherwise and self.marked[0] in folded:
            return self.marked[1]
        return hint


def empty_cell(column: str, wrong: pl.Expr | None = None) -> Check:
    """The check for a cell that must be filled in."""
    return Check(
        "missing_value",
        column,
        pl.col(f"{RAW}{column}").is_null() if wrong is None else wrong,
        "en ifylld cell",
        "Fyll i cellen.",
    )


def unknown_word(
    column: str, expected: str, frame: pl.DataFrame, words: Mapping[str, str], shown: Mapping[str, str]
) -> Check:
    """The check for a word that the column doesn't have.

    Args:
        column: Canonical column.
        expected: The words that it has, in Swedish.
        frame: The rows, with what each word means already.
        words: Folded word → meaning.
        shown: Meaning → word in a hint.
    """
    otherwise = "Välj ett av orden ur mallens förklaringsblad."
    return Known(column, words, shown, f"unknown_{column}", expected, otherwise).check(frame)


def bad_number(column: str, expected: str = "ett tal, som 1 299,5") -> Check:
    """The check for a text that is no number; the column `bad_…` says which."""
    return Check(
        "bad_number",
        column,
        pl.col(f"bad_{column}"),
        expected,
        "Skriv talet med siffror och decimalkomma, utan enhet. "
        "Lämna cellen tom och skriv ”saknas” i Flagga om det inte finns.",
    )
