"""Periods as Swedish files write them → first day and type, read as whole columns.

| type | written as |
|---|---|
| year | `2024`, `år 2024` |
| half-year | `2024H1`, `HT2024`, `VT 2024`, `våren 2018`, `första halvåret 2024` |
| quarter | `2024K1`, `2024Q1`, `kv 1 2024`, `kvartal 1 2024` |
| month | `2024-05`, `2024M05`, `202405`, `maj 2024` |
| week | `2024 v.15`, `2024V15`, `2024-W15`, `v15 2024`, `vecka 15 2024` |
| season | `2022/2023`, `2022–2023`, `2022/23`, `säsongen 2022–2023` |
| date | `2022-10-27` with or without a time, `27.10.2022`, `20221027`, `27 oktober 2022` |

`2022-10` is a month and `2022-23` a season: with a hyphen, two digits are a month wherever they can be one, so
the season 2011–12 has to be written `2011/12` or `2011–2012`. A season's years follow upon each other; a span
of several years (`2019–2023`) is no period. A spring (VT) is the first half-year, an autumn (HT) the second.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from etl.transform.names import folded, spread
from schemas.period import MONTHS, SEASON_START_MONTH, PeriodType

#: Years outside these are mistakes of typing.
YEARS = (1990, 2100)

_MONTH_NAMES = "|".join(f"{name}|{name[:4]}|{name[:3]}" for name in MONTHS)
_MONTH_NUMBERS = {name[:3]: index + 1 for index, name in enumerate(MONTHS)}
_NAME = rf"(?P<name>{_MONTH_NAMES})\.?"
_Y = r"(?P<y>[0-9]{4})"
_TIME = r"(?:[t ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:z|[+-][0-9]{2}:?[0-9]{2})?)?"
_HALF = r"(?P<term>vt|ht|vår|våren|höst|hösten|vårterminen|höstterminen)"
_ORDINAL = r"(?P<first>första|1:a|andra|2:a) halvåret"

#: Type and patterns, tried in this order: the first that gives a day decides.
_FORMS: tuple[tuple[PeriodType, str], ...] = (
    (PeriodType.YEAR, rf"^(?:år |året |helår |helåret )?{_Y}(?:\.0+)?$"),
    (PeriodType.MONTH, rf"^{_Y}-(?P<m>[0-9]{{1,2}})$"),
    (PeriodType.MONTH, rf"^{_Y} ?m ?(?P<m>[0-9]{{1,2}})$"),
    (PeriodType.MONTH, rf"^{_Y}(?P<m>[0-9]{{2}})$"),
    (PeriodType.MONTH, rf"^{_NAME}[ -]{_Y}$"),
    (PeriodType.MONTH, rf"^{_Y}[ -]{_NAME}$"),
    (PeriodType.DATE, rf"^{_Y}-(?P<m>[0-9]{{1,2}})-(?P<d>[0-9]{{1,2}}){_TIME}$"),
    (PeriodType.DATE, rf"^{_Y}(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})$"),
    (PeriodType.DATE, rf"^(?P<d>[0-9]{{1,2}})\.(?P<m>[0-9]{{1,2}})\.{_Y}$"),
    (PeriodType.DATE, rf"^(?:den )?(?P<d>[0-9]{{1,2}}) {_NAME} {_Y}$"),
    (PeriodType.QUARTER, rf"^{_Y}[ -]?(?:k|q|kv|kvartal)\.? ?(?P<q>[1-4])$"),
    (PeriodType.QUARTER, rf"^(?:k|q|kv|kvartal)\.? ?(?P<q>[1-4]),?[ -]?{_Y}$"),
    (PeriodType.HALF_YEAR, rf"^{_Y}[ -]?(?:h|halvår) ?(?P<h>[12])$"),
    (PeriodType.HALF_YEAR, rf"^(?:h|halvår) ?(?P<h>[12]),?[ -]?{_Y}$"),
    (PeriodType.HALF_YEAR, rf"^{_HALF}[ -]?{_Y}$"),
    (PeriodType.HALF_YEAR, rf"^{_Y}[ -]?{_HALF}$"),
    (PeriodType.HALF_YEAR, rf"^{_ORDINAL} {_Y}$"),
    (PeriodType.WEEK, rf"^{_Y}[ -]?(?:v|w|vecka)\.? ?(?P<w>[0-9]{{1,2}})$"),
    (PeriodType.WEEK, rf"^(?:v|w|vecka)\.? ?(?P<w>[0-9]{{1,2}}),?[ -]?{_Y}$"),
    (PeriodType.SEASON, rf"^(?:säsong |säsongen )?{_Y} ?[-/] ?(?P<y2>[0-9]{{4}}|[0-9]{{2}})$"),
)

_PARTS = ("m", "d", "q", "h", "w", "y2", "name", "term", "first")


def parse(texts: pl.Series) -> pl.DataFrame:
    """Read a column of period texts.

    Args:
        texts: Cells as in the file; null where empty.

    Returns:
        Columns period_start (Date) and period_type (String), both null where the text is no period.
    """
    distinct = texts.drop_nulls().unique().to_frame("text")
    found = distinct.with_columns(folded(pl.col("text")).alias("folded"))
    starts, read_of_starts = _reading()
    read = found.select("text", *starts).select("text", *read_of_starts)
    return pl.DataFrame(
        {
            "period_start": spread(texts, read["text"], read["start"]),
            "period_type": spread(texts, read["text"], read["kind"]),
        }
    )


@cache
def _reading() -> tuple[list[pl.Expr], list[pl.Expr]]:
    """The day by each form from a folded text; from those, start and kind. Made once: they are many."""
    season = pl.col("folded").str.starts_with("säsong")
    starts = [
        _start(kind, pattern, season).alias(f"s{index}") for index, (kind, pattern) in enumerate(_FORMS)
    ]
    found = [pl.col(f"s{index}") for index in range(len(_FORMS))]
    kinds = [
        pl.when(start.is_not_null()).then(pl.lit(str(kind)))
        for start, (kind, _) in zip(found, _FORMS, strict=True)
    ]
    return starts, [pl.coalesce(*found).alias("start"), pl.coalesce(*kinds).alias("kind")]


def _start(kind: PeriodType, pattern: str, season: pl.Expr) -> pl.Expr:
    """The first day that one form gives, null where the text has another form or there is no such day."""
    groups = pl.col("folded").str.extract_groups(pattern)
    part = {name: groups.struct.field(name) for name in ("y", *_PARTS) if f"(?P<{name}>" in pattern}
    start = _day(kind, part)
    likely = part["y"].cast(pl.Int32).is_between(*YEARS)
    if kind is PeriodType.SEASON:
        likely &= _follows(part["y"], part["y2"])
    elif kind is PeriodType.MONTH:
        likely &= ~season
    return pl.when(likely).then(start)


def _day(kind: PeriodType, part: dict[str, pl.Expr]) -> pl.Expr:
    year = part["y"]
    if kind is PeriodType.WEEK:
        week = pl.concat_str(year, pl.lit("-W"), part["w"].str.zfill(2), pl.lit("-1"))
        return week.str.to_date("%G-W%V-%u", strict=False)
    month = _first_month(kind, part)
    day = part["d"].str.zfill(2) if kind is PeriodType.DATE else pl.lit("01")
    text = pl.concat_str(year, pl.lit("-"), month, pl.lit("-"), day)
    return text.str.to_date("%Y-%m-%d", strict=False)


def _first_month(kind: PeriodType, part: dict[str, pl.Expr]) -> pl.Expr:
    """The number of the month in which a period starts, as two digits."""
    if "m" in part:
        return part["m"].str.zfill(2)
    if "name" in part:
        number = part["name"].str.slice(0, 3).replace_strict(_MONTH_NUMBERS, default=None)
        return number.cast(pl.String).str.zfill(2)
    if "q" in part:
        return part["q"].replace_strict({"1": "01", "2": "04", "3": "07", "4": "10"}, default=None)
    if kind is PeriodType.HALF_YEAR:
        return pl.when(_is_first_half(part)).then(pl.lit("01")).otherwise(pl.lit("07"))
    return pl.lit(f"{SEASON_START_MONTH:02d}" if kind is PeriodType.SEASON else "01")


def _is_first_half(part: dict[str, pl.Expr]) -> pl.Expr:
    if "h" in part:
        return part["h"] == "1"
    if "term" in part:
        return part["term"].str.starts_with("v")
    return part["first"].is_in(["första", "1:a"])


def _follows(first: pl.Expr, second: pl.Expr) -> pl.Expr:
    """True where a season's second year, in two digits or four, is the one after its first."""
    after = (first.cast(pl.Int32) + 1).cast(pl.String)
    return after.str.ends_with(second)
