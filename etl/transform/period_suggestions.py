"""What a period that can't be read most likely was meant to be, where there is one reading only.

A text is rewritten as people mistype periods: an O for a zero, other signs between the numbers, the month before
the year, two digits of a year, a misspelt month. Where every rewriting that can be read says the same period, and
it is as long as the indicator's usual one, that is suggested. Numbers are never changed: for `2023-13` the hint
says only that there is no such month.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from etl.transform import periods
from etl.transform.checks import RAW
from etl.transform.names import fold_all
from etl.transform.suggestions import LONGEST_NAME, MAX_SUGGESTED, Candidates
from schemas.period import MONTHS, Period, PeriodType

if TYPE_CHECKING:
    from collections.abc import Iterator

OTHERWISE = "Skriv perioden på något av sätten i mallens förklaringsblad."

_WORDS = Candidates(
    dict(zip(words := (*MONTHS, "kvartal", "vecka", "halvår", "säsong", "säsongen"), words, strict=True))
)
_WORD = re.compile(r"[a-zåäöé]{4,}")
_LETTER_O = re.compile(r"(?<=\d)o|(?<![a-zåäö])o(?=\d)")
_LETTER_L = re.compile(r"(?<=\d)[li](?![a-zåäö])|(?<![a-zåäö])[li](?=\d)")
_BETWEEN = re.compile(r"[\s._/,:;\\-]+")
_MONTH_FIRST = re.compile(r"(\d{1,2})-(\d{4})")
_SHORT_YEAR = re.compile(r"([a-zåäö]+)[ -]'?(\d{2})")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d)")

#: Of each usual period: how its number is written after the year, and which can't be the first digit of two.
_NUMBERED = {
    PeriodType.MONTH: ("-0", "23456789"),
    PeriodType.QUARTER: ("K", "1234"),
    PeriodType.HALF_YEAR: ("H", "12"),
    PeriodType.WEEK: ("V0", "6789"),
}
_IMPOSSIBLE = (
    (PeriodType.MONTH, re.compile(r"\d{4}[- ]?m?(?:00|1[3-9]|[2-9]\d)"), "Månaderna är 01–12."),
    (PeriodType.QUARTER, re.compile(r"\d{4}[- ]?(?:k|q|kv|kvartal) ?[05-9]"), "Kvartalen är 1–4."),
    (
        PeriodType.WEEK,
        re.compile(r"\d{4}[- ]?(?:v|w|vecka)\.? ?(?:00|5[3-9]|[6-9]\d)"),
        "Året har inte den veckan.",
    ),
)


def period_hint(frame: pl.DataFrame) -> pl.Expr:
    """What to do about each row's period.

    Args:
        frame: Rows with raw_period, period_start and usual_period.
    """
    keys = ["raw_period", "usual_period"]
    unread = frame.filter(pl.col(f"{RAW}period").is_not_null() & pl.col("period_start").is_null())
    pairs = unread.select(keys).unique(maintain_order=True).head(MAX_SUGGESTED)
    hints = {
        f"{usual or ''}\n{text}": hint
        for text, usual in pairs.iter_rows()
        if (hint := hint_for(text, usual)) != OTHERWISE
    }
    if not hints:
        return pl.lit(OTHERWISE)
    key = pl.concat_str(pl.col("usual_period").fill_null(""), pl.lit("\n"), pl.col("raw_period"))
    return key.replace_strict(
        list(hints), list(hints.values()), default=OTHERWISE, return_dtype=pl.String
    ).fill_null(OTHERWISE)


def hint_for(text: str, usual: str | None) -> str:
    """What to do about one period.

    Args:
        text: As in the file.
        usual: The usual type of the indicator's periods, where the indicator is known.
    """
    if len(text) > LONGEST_NAME:
        return OTHERWISE
    (folded,) = fold_all([text])
    meant = _meant(folded, usual)
    if meant is not None:
        return f"Menade du {meant.code}?"
    for kind, pattern, said in _IMPOSSIBLE:
        if usual == kind and pattern.fullmatch(folded):
            return f"{said} {OTHERWISE}"
    return OTHERWISE


def _meant(folded: str, usual: str | None) -> Period | None:
    forms = list(dict.fromkeys(_rewritten(folded, usual)))
    read = periods.parse(pl.Series(forms, dtype=pl.String)).drop_nulls().unique()
    if read.height != 1:
        return None
    start, kind = read.row(0)
    return Period(start, PeriodType(kind)) if usual in {None, kind} else None


def _rewritten(folded: str, usual: str | None) -> Iterator[str]:
    text = _LETTER_L.sub("1", _LETTER_O.sub("0", folded))
    text = _WORD.sub(lambda word: _WORDS.nearest(word[0]) or word[0], text)
    yield text
    plain = _BETWEEN.sub("-", text).strip("-")
    yield plain
    yield plain.replace("-", " ")
    if turned := _MONTH_FIRST.fullmatch(plain):
        yield f"{turned[2]}-{turned[1]}"
    if short := _SHORT_YEAR.fullmatch(plain.replace("-", " ")):
        yield f"{short[1]} 20{short[2]}"
    numbered = _NUMBERED.get(PeriodType(usual)) if usual else None
    together = _RUN_TOGETHER.fullmatch(plain)
    if numbered and together and together[2] in numbered[1]:
        yield f"{together[1]}{numbered[0]}{together[2]}"
