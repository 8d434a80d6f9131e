"""How the guess of a mapping reads texts: with the catalogue's names and the transform's own parsers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from etl.extract.guess_columns import Readings
from etl.transform import columns, numbers, periods
from etl.transform.areas import area_table
from etl.transform.indicators import indicator_table
from etl.transform.names import fold_all, look_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemas.catalogue import Catalogue

#: A name shorter than this stands in too many titles by chance.
_SHORTEST_NAMED = 8

#: Words that say nothing of which indicator it is, and how long one must be to say it alone.
_EMPTY = frozenset({"andel", "antal", "procent", "värde", "resultat", "utfall", "och", "i", "av"})
_SHORTEST_TELLING = 7


def readings(catalogue: Catalogue) -> Readings:
    """How texts are read with this catalogue."""
    areas, indicators = area_table(catalogue), indicator_table(catalogue)
    long_names = sorted((name for name in indicators if len(name) >= _SHORTEST_NAMED), key=len, reverse=True)

    def named(title: str) -> str | None:
        (text,) = fold_all([title[:500]])
        return next((indicators[name] for name in long_names if name in text), None)

    return Readings(
        area=lambda texts: look_up(texts, areas),
        period=lambda texts: periods.parse(texts)["period_type"],
        sex=lambda texts: look_up(texts, columns.SEXES),
        age=columns.ages,
        flag=lambda texts: look_up(texts, columns.FLAGS),
        indicator=lambda texts: look_up(texts, indicators),
        number=_numbers,
        named=named,
        like=_like(catalogue),
    )


def _like(catalogue: Catalogue) -> Callable[[str], str | None]:
    known = {
        item.id: _words(item.id, item.name, item.short_name, item.kolada_id or "", item.kolada_title or "")
        for item in catalogue.indicators.values()
    }

    def like(text: str) -> str | None:
        said = _words(text[:200]) - _EMPTY
        telling = len(said) > 1 or any(len(word) >= _SHORTEST_TELLING for word in said)
        able = [key for key, words in known.items() if said <= words] if telling else []
        return able[0] if len(able) == 1 else None

    return like


def _words(*texts: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", " ".join(texts).lower()))


def _numbers(texts: pl.Series) -> pl.Series:
    found = numbers.evidence([texts.drop_nulls()])
    return numbers.parse(texts, point_is_thousands=found.point_is_thousands(whole=False)).as_float()
