"""A difference in Swedish sentences, for the pages, the command line and the exported workbook alike.

`headline` and the sentences about judgements rest on figures in which small counts are hidden. Everything about
single rows is for those who may inspect deliveries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from etl.jobs.difference_flips import turned
from schemas import swedish
from schemas.period import Period, PeriodType
from schemas.results import Outcome
from schemas.swedish import NO_VALUE
from schemas.words import OUTCOME_WORDS

if TYPE_CHECKING:
    from etl.jobs.difference import Difference
    from etl.jobs.difference_rows import Counts
    from schemas.catalogue import Catalogue

ARROW = "→"

WHAT_WORDS = {"new": "Nytt", "revised": "Ändrat", "removed": "Borttaget"}

#: What a tier of `etl.jobs.difference_rank` means.
TIER_WORDS = {
    1: "Bakom en bedömning som ändras",
    2: "Säkerställd ändring",
    3: "Försvinner",
    4: "Ändring som kan vara slump",
    5: "Nytt tal",
    6: "Samma tal som visas, annat underlag",
}

SEX_WORDS = {"total": "", "women": "kvinnor", "men": "män"}

KIND_WORDS = {"allocated": "fördelat", "used": "använt", "repaid": "återbetalt"}


def headline(difference: Difference) -> str:
    """What a change would do, in one sentence: `3 bedömningar i översikten ändras och 12 tal revideras.`."""
    if difference.empty and difference.flips.is_empty():
        return nothing(difference)
    parts = [*_judgements(difference.flips), *_figures(difference.counts), *_sums(difference.money_counts)]
    said = swedish.listing(parts)
    return f"{said[:1].upper()}{said[1:]}."


def nothing(difference: Difference) -> str:
    """Why nothing would change."""
    counts = difference.counts
    if difference.covered and not counts.unchanged:
        number = swedish.count_text(difference.covered, "tal", "tal")
        return f"Ingenting ändras: senare leveranser gäller i stället för leveransens {number}."
    same = counts.unchanged + difference.money_counts.unchanged
    if same:
        number = swedish.count_text(same, "uppgift", "uppgifter")
        return f"Ingenting ändras: leveransens {number} stämmer med det som är publicerat."
    return "Ingenting ändras."


def _judgements(flips: pl.DataFrame) -> list[str]:
    """The judgements that change, and the overview's values that change in another way."""
    judged, shown = flips.filter(turned()), pl.col("overview")
    first = judged.filter(shown).height
    others = judged.height - first
    where = "för kommuner och andra indelningar"
    if first:
        more = f" (och {swedish.number(others)} {where})" if others else ""
        said = [f"{_of_judgements(first)} i översikten ändras{more}"]
    else:
        said = [f"{_of_judgements(others)} ändras {where}" if others else "ingen bedömning ändras"]
    kinds = dict(flips.filter(shown & ~turned()).group_by("what").len().rows())
    for what, change in _VALUES.items():
        if what in kinds:
            count = swedish.count_text(kinds[what], "värde", "värden")
            said.append(f"{count} i översikten {change[kinds[what] > 1]}")
    return said


#: What happens to a value whose judgement stays: one, several.
_VALUES = {
    "real": ("blir verkligt i stället för exempeldata", "blir verkliga i stället för exempeldata"),
    "example": ("blir exempeldata", "blir exempeldata"),
    "appears": ("tillkommer", "tillkommer"),
    "disappears": ("försvinner", "försvinner"),
}


def _of_judgements(count: int) -> str:
    return swedish.count_text(count, "bedömning", "bedömningar")


def _figures(counts: Counts) -> list[str]:
    told = (
        (counts.revised, "tal revideras", "tal revideras"),
        (counts.removed, "tal tas bort", "tal tas bort"),
        (counts.new, "tal är nytt", "tal är nya"),
    )
    return [swedish.count_text(count, one, several) for count, one, several in told if count]


def _sums(counts: Counts) -> list[str]:
    told = (
        (counts.revised, "belopp ändras", "belopp ändras"),
        (counts.removed, "belopp tas bort", "belopp tas bort"),
        (counts.new, "belopp är nytt", "belopp är nya"),
    )
    return [swedish.count_text(count, one, several) for count, one, several in told if count]


def flip_texts(flips: pl.DataFrame, catalogue: Catalogue, *, named: int = 8) -> list[str]:
    """The judgements that change as sentences, areas that change alike in one.

    `Skaraborg, MPR dos 1: målet nått → inte på väg`; `Ale, Borås och 3 till, …`.

    Args:
        flips: `etl.jobs.difference_flips.FLIP_SCHEMA`; the sentences come in its order.
        catalogue: Names.
        named: Areas that a sentence names.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for flip in flips.iter_rows(named=True):
        key = (_flip_target(flip, catalogue), flip_change(flip))
        groups.setdefault(key, []).append(catalogue.areas[flip["area"]].name)
    return [f"{_named(areas, named)}, {what}: {change}" for (what, change), areas in groups.items()]


def _named(names: list[str], most: int) -> str:
    if len(names) <= most:
        return swedish.listing(names)
    return swedish.listing([*names[: most - 1], f"{len(names) - most + 1} till"])


def _flip_target(flip: dict[str, Any], catalogue: Catalogue) -> str:
    """Which judgement it is: indicator, age group, and the target where the indicator has several."""
    name = indicator_text(flip, catalogue)
    targets = catalogue.targets_of(flip["indicator"])
    if len(targets) > 1 and flip["target"] in catalogue.targets:
        return f"{name}, {catalogue.targets[flip['target']].label}"
    return name


def indicator_text(row: dict[str, Any], catalogue: Catalogue) -> str:
    """An indicator's short name and age group; its id where the catalogue has lost it."""
    known = catalogue.indicators.get(row["indicator"])
    name = known.short_name if known else row["indicator"]
    return name if row["age"] == "total" else f"{name} {row['age']}"


def flip_change(flip: dict[str, Any]) -> str:
    """How a judgement changes, without saying which."""
    old, new = _judged(flip, "old"), _judged(flip, "new")
    same = "" if flip["target"] is None else f", fortfarande {new}"
    turn = f", {old} {ARROW} {new}" if flip["old_outcome"] != flip["new_outcome"] else same
    told = {
        "outcome": f"{old} {ARROW} {new}{_generated(flip['new_example'])}",
        "appears": f"ingen uppgift {ARROW} {new}{_generated(flip['new_example'])}",
        "disappears": f"{old}{_generated(flip['old_example'])} {ARROW} ingen uppgift",
        "real": f"verkliga tal i stället för exempeldata{turn}",
        "example": f"exempeldata i stället för verkliga tal{turn}",
    }
    return told[flip["what"]]


def _generated(example: bool | None) -> str:
    return " (exempeldata)" if example else ""


def _judged(flip: dict[str, Any], side: str) -> str:
    if flip["target"] is None:
        return "ett värde utan mål"
    return OUTCOME_WORDS[Outcome(flip[f"{side}_outcome"])].lower()


def row_place(row: dict[str, Any], catalogue: Catalogue) -> str:
    """Which figure a row is: `Telefon, Skara, maj 2024, kvinnor`."""
    area = catalogue.areas.get(row["area"])
    parts = [
        indicator_text(row, catalogue),
        area.name if area else row["area"],
        period_text(row),
        SEX_WORDS[row["sex"]],
        "exempeldata" if row["example"] else "",
    ]
    return ", ".join(part for part in parts if part)


def period_text(row: dict[str, Any], start: str = "period_start") -> str:
    """A row's period as a person reads it; empty where it has none."""
    return Period(row[start], PeriodType(row["period_type"])).label if row[start] else ""


def figure_text(row: dict[str, Any], side: str, catalogue: Catalogue) -> str:
    """One side of a row: `81,2 %`, `dold hos källan`, or a dash where there is nothing.

    Args:
        row: A row of `etl.jobs.difference_rows.ROW_SCHEMA`.
        side: `old` or `new`.
        catalogue: Units and decimals.
    """
    flag = {"missing": "uppgift saknas", "suppressed": "dold hos källan"}.get(row[f"{side}_flag"] or "")
    if flag:
        return flag
    known = catalogue.indicators.get(row["indicator"])
    if known is None:
        return NO_VALUE if row[f"{side}_figure"] is None else f"{row[f'{side}_figure']:g}".replace(".", ",")
    return swedish.value_text(row[f"{side}_figure"], known.unit, known.decimals)


def change_text(row: dict[str, Any], catalogue: Catalogue) -> str:
    """A row's change with its sign: `−3,1 procentenheter`; empty where there is none."""
    known = catalogue.indicators.get(row["indicator"])
    if known is None or row["change"] is None:
        return ""
    return swedish.change_text(row["change"], known.unit, known.decimals)


def counts_text(row: dict[str, Any], side: str) -> str:
    """What is behind one side of a row: `724 av 1 000`, `300 av 40, standardavvikelse 8,1`; empty for nothing."""
    numerator, denominator = row[f"{side}_numerator"], row[f"{side}_denominator"]
    deviation = row[f"{side}_standard_deviation"]
    told = (
        [] if numerator is None and denominator is None else [f"{_count(numerator)} av {_count(denominator)}"]
    )
    if deviation is not None:
        told.append(f"standardavvikelse {swedish.deviation_text(deviation)}")
    return ", ".join(told)


def basis_text(row: dict[str, Any]) -> str:
    """What is behind a row before and after, once where it is the same; empty for nothing."""
    old, new = (counts_text(row, side) for side in ("old", "new"))
    return old if old == new else f" {ARROW} ".join(side for side in (old, new) if side)


def _count(number: float | None) -> str:
    if number is None:
        return NO_VALUE
    return swedish.number(number, 0 if float(number).is_integer() else 1)


def most(difference: Difference, catalogue: Catalogue) -> str:
    """The change that means most, as a sentence; empty where no published figure changes."""
    first = difference.ranked(1)
    if first.is_empty() or first["what"][0] == "new":
        return ""
    row = first.row(0, named=True)
    sides = [figure_text(row, side, catalogue) for side in ("old", "new")]
    if row["what"] == "removed":
        return f"Mest ändras {row_place(row, catalogue)}: {sides[0]} tas bort."
    return f"Mest ändras {row_place(row, catalogue)}: {sides[0]} {ARROW} {sides[1]}."


def money_place(row: dict[str, Any], catalogue: Catalogue) -> str:
    """Which sum a row is: agreement, purpose and recipient, and the area where the recipient doesn't tell."""
    agreement = catalogue.agreements.get(row["agreement"])
    area = catalogue.areas.get(row["area"])
    parts = [
        agreement.name if agreement else row["agreement"],
        row["purpose"],
        row["recipient"],
        area.name if area else row["area"],
        KIND_WORDS.get(row["kind"], row["kind"]),
        "exempeldata" if row["example"] else "",
    ]
    return ", ".join(part for part in parts if part)
