"""What headings are called in Swedish tables and the English ones of public interfaces."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from etl.extract.headings import fold

#: What a column can be guessed to be.
Role: TypeAlias = Literal[
    "indicator",
    "area",
    "period",
    "sex",
    "age",
    "value",
    "numerator",
    "denominator",
    "standard_deviation",
    "flag",
    "source",
]

_ASCII = str.maketrans("åäöéü", "aaoeu")


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{'|'.join(patterns)})(?![a-z])")


#: Patterns over headings without diacritics, since databases write them so: `matperiod`, `taljare`.
_ROLES: dict[Role, re.Pattern[str]] = {
    "indicator": _words(
        "indikator(?:er|id|namn|kod)?", "nyckeltal(?:et|skod|s id|sid)?", "matt(?:et)?", "matetal", "kpi",
        "variabel", "measure", "indicator", "tabellinnehall", "vaccin(?:ation|typ)?",
    ),
    "area": _words(
        r"(?:\w*)kommun(?:er|en|namn|kod)?", "kn ?kod", "kn ?namn", "region(?:er|en|kod|namn)?",
        "omrade(?:n|t|skod|snamn)?", "delregion(?:er|en)?", "lan(?:skod|snamn)?", "enhet(?:er)?", "ort", "lkf",
        "municipality(?: id| code| name)?", "geografi\\w*", "area", "stad", "vardsamverkansomrade",
    ),
    "period": _words(
        r"\w*period(?:er)?", r"(?:mat|redovisnings|statistik|kalender)?ar(?:tal)?", r"\w*manad(?:er)?", "kvartal",
        "vecka", "veckonummer", "halvar", "sasong(?:en)?", r"\w*datum", "tid", "tidpunkt", "year", "month", "date",
        "week", "quarter",
    ),
    "sex": _words("kon", "sex", "gender"),
    "age": _words("alder", r"aldersgrupp\w*", "aldersklass", "aldersintervall", "aldrar", "age(?: group)?"),
    "value": _words(
        "varde", r"andel\w*", r"procent\w*", "resultat", "utfall", r"\w*tackning(?:sgrad)?", r"\w*grad",
        "maluppfyllelse", r"\w*index", r"medel(?!fel)\w*", r"median\w*", "value", "share", "kvot", "rate",
    ),
    "denominator": _words(
        "namnare", "denominator", r"befolkning(?:en)?(?:smangd)?", "folkmangd", r"\w*invanare", "population",
        "totalt antal", "antal totalt", "antal (?:barn|personer|alla|berattigade|elever)", "underlag",
        "malgrupp(?:en)?", "samtliga", "totalt",
    ),
    "numerator": _words("taljare", "numerator", "varav", r"antal\w*", "n", "count", r"\w*vaccinerade"),
    "standard_deviation": _words(
        r"standardavvikelse\w*", "std(?:av|avv|avvikelse|dev)?", "sd", "standard deviation",
        "spridning(?:en)?(?! av)",
    ),
    "flag": _words("flagga", "status", "anmarkning"),
    "source": _words("kalla", r"datakalla\w*", "uppgiftslamnare", "source"),
}  # fmt: skip

#: `Enhetsid`, `Enhetid` and `Patientid` name something; `Vårdtid`, `Väntetid` and `Svarstid` are times.
_CODE = re.compile(r"(?:^|[ a-z])(?:kod|code|(?<!\bt)(?<![ds]t)(?<![^h]et)id|hsaid|nr|nummer|lopnr)$")
_PARTS: dict[Literal["month", "quarter", "week", "half_year"], re.Pattern[str]] = {
    "month": _words(r"\w*manad(?:er)?", "month"),
    "quarter": _words("kvartal", "quarter", "kv"),
    "week": _words("vecka", "veckonummer", "week"),
    "half_year": _words("halvar", "termin"),
}


def plain(heading: str) -> str:
    """A heading folded and without diacritics; a per cent sign is the word for it."""
    return fold(heading.replace("%", " procent ")).translate(_ASCII)


def likeness(heading: str, role: Role) -> float:
    """How like a role's usual name a heading is: 1 where it is one, less where one stands among other words."""
    text = plain(heading)
    found = _ROLES[role].search(text)
    if found is None:
        return 0.0
    # `Antal vaccinerade` says more of what it is at its beginning than at its end.
    return 1.0 if found.group() == text else 0.8 if found.start() == 0 else 0.6


def has_a_role(heading: str) -> bool:
    """True where a heading is like that of any role."""
    text = plain(heading)
    return any(pattern.search(text) for pattern in _ROLES.values())


def is_code(heading: str) -> bool:
    """True where a heading says that numbers below it name something."""
    return bool(_CODE.search(plain(heading)))


def part_of_year(heading: str) -> Literal["month", "quarter", "week", "half_year"] | None:
    """Which part of a year a heading is about; None where it says none."""
    text = plain(heading)
    return next((part for part, pattern in _PARTS.items() if pattern.search(text)), None)
