"""The words of columns with few words: sex, age, flag, level of money, kind of money."""

from __future__ import annotations

import polars as pl

from etl.transform.names import folded, spread, table_of

#: What an empty age or sex cell means, and `Totalt` in either.
TOTAL = "total"


def _words(meanings: dict[str, str]) -> dict[str, str]:
    return table_of(
        (word, meaning) for meaning, words in meanings.items() for word in (meaning, *words.split("|"))
    )


SEXES = _words(
    {
        "total": "Totalt|Alla|Samtliga|Båda|Bägge|Båda könen|Kvinnor och män|T",
        "women": "Kvinnor|Kvinna|K|Flickor|Flicka",
        "men": "Män|Man|M|Pojkar|Pojke",
    }
)
FLAGS = _words(
    {
        "preliminary": "Preliminär|Preliminärt|Prel|Prel.|P",
        "suppressed": "Undertryckt|Undertryckt värde|Sekretess|Skyddad|Skyddat",
        "missing": "Saknas|Saknat|Bortfall|Uppgift saknas",
    }
)
LEVELS = _words(
    {
        "länsgemensamt": "Länsgemensam|Länsgemensamma|Länsgemensamma medel|Gemensamt",
        "region": "Regionen|Regional|Regionalt",
        "kommun": "Kommunen|Kommuner|Kommunal|Kommunalt",
    }
)
KINDS = _words(
    {
        "allocated": "Fördelat|Fördelad|Fördelade|Tilldelat|Tilldelade",
        "used": "Använt|Använd|Använda|Förbrukat|Förbrukade",
        "repaid": "Återbetalt|Återbetalat|Återbetald|Återbetalade",
    }
)

#: What each meaning is called in a hint.
SHOWN_SEXES = {"total": "Totalt", "women": "Kvinnor", "men": "Män"}
SHOWN_FLAGS = {"preliminary": "preliminär", "suppressed": "undertryckt", "missing": "saknas"}
SHOWN_LEVELS = {name: name for name in ("länsgemensamt", "region", "kommun")}
SHOWN_KINDS = {"allocated": "fördelat", "used": "använt", "repaid": "återbetalt"}

_ALL_AGES = table_of((word, TOTAL) for word in (TOTAL, "Totalt", "Alla", "Alla åldrar", "Samtliga"))
_FROM = r"^(?:från )?([0-9]{1,3})(?: ?år)? ?(?:\+|-|(?:och|eller|och/eller|o) (?:äldre|över))$"
_BAND = r"^([0-9]{1,3}) ?(?:-|till|t\.o\.m\.) ?([0-9]{1,3})(?: ?år)?$"
_SINGLE = r"^([0-9]{1,3})(?: ?år| ?-åringar)?$"


def ages(texts: pl.Series) -> pl.Series:
    """Age groups in canonical form: `total`, `18+`, `18-29`, `12`; null where it is none.

    `18 år och äldre`, `18 eller äldre`, `18 +` and `18-` are all `18+`; `18–29 år` is `18-29`.
    """
    distinct = texts.drop_nulls().unique().to_frame("text")
    age = folded(pl.col("text"))
    found = distinct.select(
        "text",
        pl.coalesce(
            age.replace_strict(_ALL_AGES, default=None, return_dtype=pl.String),
            pl.concat_str(age.str.extract(_FROM, 1), pl.lit("+")),
            pl.concat_str(age.str.extract(_BAND, 1), pl.lit("-"), age.str.extract(_BAND, 2)),
            age.str.extract(_SINGLE, 1),
        ).alias("age"),
    )
    return spread(texts, found["text"], found["age"])
