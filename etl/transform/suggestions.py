"""What an unknown name most likely was meant to be, where that is safe to say.

A suggestion is made for a slip of the pen only: letters left out, doubled, swapped or taken from the next key, an
accent forgotten, a name of several words cut short. It must be the only known name near the text, by a clear
margin, and its digits must be the same: a figure is never corrected. So `Götebrg` is Göteborg, while Linköping,
a letter from Lidköping but a town of its own, gets no suggestion, nor does a short code, near as it is to many.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl

from etl.transform.names import fold_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Suggestions are sought for this many different unknown names; a file with more is wrong in another way.
MAX_SUGGESTED = 200

#: No known name is nearly as long; for a longer text nothing is sought.
LONGEST_NAME = 200

#: Letters that a text must have to be a name and no code.
FEWEST_LETTERS = 4

#: Letters from which on a word may have this many slips; shorter ones none. All words together at most `_MOST`.
_ALLOWED = ((11, 2), (5, 1))
_MOST = 3

#: The next best name must lie this much further away.
_MARGIN = 2

#: A letter that is neither beside the right one nor sounds like it is no slip.
_FAR = 3

#: Letters that a name cut short must have.
_BEGINNING = 10

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE = ("ae", "ao", "ck", "cs", "sz", "vw", "iy", "ij", "fv", "kq", "dt", "bp", "gj")
_DIGITS = re.compile(r"\d+")
_BETWEEN = re.compile(r"[\s\-/,.()&]+")


def _near_letters() -> frozenset[tuple[str, str]]:
    """Pairs of letters that are easily taken for each other: beside each other on the keys, or alike in sound."""
    pairs = {(two[0], two[1]) for two in _ALIKE}
    for row in _KEYS:
        pairs |= set(pairwise(row))
    for upper, lower in pairwise(_KEYS):
        pairs |= set(zip(upper, lower, strict=False)) | set(zip(upper[1:], lower, strict=False))
    return frozenset(pairs | {(second, first) for first, second in pairs})


_NEAR = _near_letters()


def bare(text: str) -> str:
    """A folded text without accents: `trollhättan` is `trollhattan`."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


class Candidates:
    """Known names, ready to be compared with."""

    def __init__(self, table: Mapping[str, str]) -> None:
        """Take the names.

        Args:
            table: Folded name → id.
        """
        self._names: list[tuple[str, str]] = []
        self._alike: dict[tuple[object, ...], list[tuple[list[str], str]]] = {}
        self._joined: dict[str, set[str]] = {}
        for name, target in table.items():
            plain = bare(name)
            words = _words(plain)
            self._names.append((plain, target))
            self._alike.setdefault(_kind(words), []).append((words, target))
            self._joined.setdefault("".join(words), set()).add(target)

    def nearest(self, folded: str) -> str | None:
        """The id of the one known name that a text most likely was meant to be; None where none is, or several are.

        Args:
            folded: A text folded as the names are.
        """
        text = bare(folded)
        letters = sum(sign.isalpha() for sign in text)
        if letters < FEWEST_LETTERS or len(text) > LONGEST_NAME:
            return None
        words = _words(text)
        same = self._joined.get("".join(words), set())
        if same:
            return next(iter(same)) if len(same) == 1 else None
        return self._by_slips(words) or self._cut_short(text, letters)

    def _by_slips(self, words: list[str]) -> str | None:
        reach = _MOST + _MARGIN
        costs: dict[str, int] = {}
        for others, target in self._alike.get(_kind(words), ()):
            cost = _slips_of_words(words, others, reach)
            if cost < costs.get(target, reach):
                costs[target] = cost
        best, *others = sorted(costs.items(), key=lambda item: item[1]) or [("", reach)]
        clear = not others or others[0][1] >= best[1] + _MARGIN
        return best[0] if best[1] <= _MOST and clear else None

    def _cut_short(self, text: str, letters: int) -> str | None:
        if letters < _BEGINNING or " " not in text:
            return None
        begun = {target for name, target in self._names if name.startswith(text)}
        return begun.pop() if len(begun) == 1 else None


def _words(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(text) if word]


def _kind(words: Sequence[str]) -> tuple[object, ...]:
    """What must be the same: the number of words, and of each its digits and its first sign."""
    return tuple((word[0], *_DIGITS.findall(word)) for word in words)


def _slips_of_words(words: Sequence[str], others: Sequence[str], most: int) -> int:
    """The slips of all words together; `most` where some word has more than its length allows."""
    total = 0
    for word, other in zip(words, others, strict=True):
        allowed = next((slips for least, slips in _ALLOWED if len(word) >= least), 0)
        cost = slips(word, other, allowed)
        total += cost if cost <= allowed else most
    return min(total, most)


def slips(text: str, name: str, most: int) -> int:
    """How many slips turn one text into the other; more than `most` are told as one more than that.

    A letter left out, put in, swapped with the next or taken for a near one is one slip; another letter is three.
    """
    before: list[int] = []
    row = list(range(len(name) + 1))
    for i, sign in enumerate(text):
        last, before, row = before, row, [i + 1]
        for j, other in enumerate(name):
            cost = min(before[j + 1] + 1, row[j] + 1, before[j] + _cost(sign, other))
            if i and j and sign == name[j - 1] and other == text[i - 1]:
                cost = min(cost, last[j - 1] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _cost(sign: str, other: str) -> int:
    if sign == other:
        return 0
    return 1 if (sign, other) in _NEAR else _FAR


@lru_cache(maxsize=8)
def _candidates(known: tuple[tuple[str, str], ...]) -> Candidates:
    return Candidates(dict(known))


def suggestions(
    unknown: pl.Series, table: Mapping[str, str], shown: Mapping[str, str], otherwise: str
) -> pl.DataFrame:
    """A hint for each distinct unknown name: `Menade du …?` where one known name is near.

    Args:
        unknown: Unknown names as in the file.
        table: Folded name → id.
        shown: Id → name to show.
        otherwise: The hint where nothing is near.

    Returns:
        Columns name, hint; the first `MAX_SUGGESTED` names only.
    """
    names = unknown.drop_nulls().unique(maintain_order=True).head(MAX_SUGGESTED).to_list()
    known = _candidates(tuple(table.items())) if names else Candidates({})
    near = [known.nearest(text) for text in fold_all(names)]
    hints = [otherwise if target is None else f"Menade du {shown[target]}?" for target in near]
    return pl.DataFrame({"name": names, "hint": hints}, schema={"name": pl.String, "hint": pl.String})
