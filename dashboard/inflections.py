"""The terms of the glossary as they stand in a sentence: how a word that is met on a page is known again."""

from __future__ import annotations

import re
from functools import lru_cache

from dashboard.glossary import TERMS

#: Endings of Swedish nouns. A compound that begins with the term is another word, and is not matched.
_ENDINGS = "(?:e?[nt]|e?[nt]s|s|e?r|erna|ernas|ar|arna|arnas|na)?"

#: Terms that are bent otherwise, that only mean this in some forms, or that are written together with another word.
_FORMS: dict[str, str] = {
    "intervall": r"(?:osäkerhets|95\s%-)?intervall(?:en?|et|ens)?",
    "ungefarligt": "ungefärlig(?:t|a|en)?(?: värde(?:t|n)?)?",
    "standardiserat": "(?:ålders)?standardiser(?:at|ade) värde(?:t|n|na)?",
    "dolt": "(?:dold|dolda|dolt)(?: uppgift(?:er)?)?",
    # An indicator is also about medical assessments, and a delivery has an origin of its own.
    "bedomning": "(?<!medicinsk )(?<!medicinska )(?<!gör )bedömning(?:en|ens|ar|arna)?",
    "ursprung": "målets ursprung",
    "vag": "målets väg",
    # `1 nått` stands in a tally, where the number is a piece of its own.
    "natt": "(?:målet nått|nådda|(?<=^ )nått$)",
    # On the way to be missed is another way.
    "pa-vag": "på väg(?! att)",
    "inte-pa-vag": "inte på väg(?! att)",
    "fel-hall": "(?:åt )?fel håll",
    "kan-inte-bedomas": "kan inte bedömas",
    "sakerstalld": "säkerställ(?:d|da|t)(?: skillnad(?:er|en)?)?",
    "styrdiagram": "styrdiagram(?:met|mets)?",
    "vanlig-variation": "vanliga? variation(?:en)?",
    "variation": "(?:bättre|sämre|högre|lägre)(?: eller (?:sämre|lägre))? än vanligt",
    "klarar-malet": "(?:brukar målet nås|målet brukar nås|brukar nås)",
    "tratt": "(?:trattdiagram(?:met|mets)?|tratten)",
    "register": "(?:register|registret)",
    "preliminar": "(?:preliminära? uppgift(?:er)?|preliminär|preliminärt)",
    "huvudman": "huvudm[aä]n(?:nen|nens)?",
    "delregional-namnd": "delregional(?:a)? nämnd(?:en|er|erna)?",
    "fast-lakarkontakt": "fast(?:a)? läkarkontakt(?:er)?",
    "fordelat": "fördela(?:t|de|des)",
    "anvant": "använt",
    "aterbetalat": "återbetal(?:at|t|ades|ade)",
    "lansgemensamt": "länsgemensam(?:t|ma)?",
}


@lru_cache(maxsize=1)
def pattern() -> re.Pattern[str]:
    """One pattern for all terms, with a group each; where two begin together the longer one is found."""
    ways = sorted(((_form(key), key) for key in TERMS), key=lambda way: -len(TERMS[way[1]].word))
    either = "|".join(f"(?P<{_group(key)}>{form})" for form, key in ways)
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")


def key_of(match: re.Match[str]) -> str:
    """The term that a match of `pattern` is of."""
    return _KEYS[match.lastgroup or ""]


def _form(key: str) -> str:
    """A term's forms; one of capitals alone is only known in capitals, another may begin a sentence."""
    word = TERMS[key].word
    if word[1:] != word[1:].lower():
        return re.escape(word)
    form = _FORMS.get(key) or re.escape(word.lower()) + _ENDINGS
    return f"(?i:{form})"


def _group(key: str) -> str:
    return key.replace("-", "_")


_KEYS = {_group(key): key for key in TERMS}
