"""Corrections in sentences that a citizen understands, a publication at a time, and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard import figures, links, swedish_csv
from dashboard.components import term
from dashboard.components.markup import link, text
from etl.jobs.corrected import Kind
from schemas import clock, swedish
from schemas.period import Period, PeriodType

if TYPE_CHECKING:
    from datetime import datetime

    from schemas.catalogue import Catalogue

#: A publication with more corrections than this is summed up, with as many of the largest told.
TOLD = 4

_WHY = {
    "published": "",
    "withdrawn": "En leverans återkallades. ",
    "restored": "En återkallad leverans återställdes. ",
}
_KINDS = {
    Kind.CHANGED: "ändrades",
    Kind.REMOVED: "togs bort",
    Kind.RETURNED: "visas igen",
    Kind.HIDDEN: "visas inte längre",
}
_HEADS = (
    "Tid", "Version", "Leverans", "Vad", "Indikator", "Område", "Period", "Ålder", "Från", "Till", "Enhet",
    "Skäl", "Förklaring",
)  # fmt: skip


@dataclass(frozen=True)
class Publication:
    """What one publication corrected.

    Attributes:
        at: When.
        version: The version that it made.
        action: What was done: published, withdrawn or restored.
        note: Why.
        figures: The corrected figures, largest change first; rows of `etl.jobs.corrections.CORRECTION_SCHEMA`.
        replaced: Names of the indicators of which real figures replaced examples.
    """

    at: datetime
    version: int
    action: str
    note: str | None
    figures: list[dict[str, Any]]
    replaced: list[str]


def publications(found: pl.DataFrame, catalogue: Catalogue) -> list[Publication]:
    """The corrections, a publication at a time, in the order given.

    Args:
        found: Columns as in `etl.jobs.corrections.CORRECTION_SCHEMA`.
        catalogue: For the indicators' names.
    """
    told = []
    for rows in found.partition_by("version", maintain_order=True):
        first = rows.row(0, named=True)
        is_example = pl.col("kind") == Kind.EXAMPLE_REPLACED
        replaced = rows.filter(is_example)["indicator"].unique().to_list()
        told.append(
            Publication(
                first["at"], first["version"], first["action"], first["note"],
                rows.filter(~is_example).to_dicts(),
                sorted(catalogue.indicators[name].name for name in replaced),
            )
        )  # fmt: skip
    return told


def html(told: list[Publication], catalogue: Catalogue) -> str:
    """All publications, in the order given."""
    return f'<ol class="fp-time fp-corrections">{"".join(_publication(one, catalogue) for one in told)}</ol>'


def _publication(one: Publication, catalogue: Catalogue) -> str:
    parts = []
    if 0 < len(one.figures) <= TOLD:
        parts += [f"<p>{_sentence(row, catalogue)}</p>" for row in one.figures]
    elif one.figures:
        largest = "De största:" if one.figures[0]["kind"] == Kind.CHANGED else "Bland dem:"
        parts.append(f"<p>{_summed_up(one, catalogue)} {largest}</p>")
        items = "".join(f"<li>{_sentence(row, catalogue)}</li>" for row in one.figures[:TOLD])
        parts.append(f'<ul class="fp-list">{items}</ul>')
    if one.replaced:
        names = swedish.listing([text(name) for name in one.replaced])
        parts.append(f"<p>{term.html('exempeldata', 'Exempeldata')} ersattes av verkliga tal: {names}.</p>")
    if one.figures:
        note = text(one.note) if one.note else '<span class="fp-quiet">Inget skäl är angivet.</span>'
        parts.append(f'<p class="fp-said">{_WHY[one.action]}Skäl: {note}</p>')
    day = clock.day_text(clock.in_sweden(one.at).date())
    return f'<li><span class="fp-date">{day}</span>{"".join(parts)}</li>'


def _summed_up(one: Publication, catalogue: Catalogue) -> str:
    """How many figures, of what, and what happened to them: `147 tal för 12 områden ändrades: MPR dos 1.`."""
    counts = {kind: sum(row["kind"] == kind for row in one.figures) for kind in _KINDS}
    kinds = [kind for kind, number in counts.items() if number]
    areas = len({row["area"] for row in one.figures})
    said = (
        f"<strong>{swedish.count_text(len(one.figures), 'tal', 'tal')} för "
        f"{swedish.count_text(areas, 'område', 'områden')}</strong>"
    )
    if len(kinds) == 1:
        said += f" {_KINDS[kinds[0]]}"
    else:
        said += f": {swedish.listing([f'{swedish.number(counts[kind])} {_KINDS[kind]}' for kind in kinds])}"
    names = sorted({catalogue.indicators[row["indicator"]].name for row in one.figures})
    return f"{said}. {text(swedish.listing(names))}."


def _sentence(row: dict[str, Any], catalogue: Catalogue) -> str:
    indicator = catalogue.indicators[row["indicator"]]
    name = link(links.to_indicator(indicator, row["age"]), text(indicator.name))
    age = "" if row["age"] == indicator.headline_age else f", {_age(row['age'])}"
    what = f"{name}, {text(_area(row['area'], catalogue))} {text(_period(row))}{text(age)}"
    old, new = (text(figures.number(row[side], indicator)) for side in ("old", "new"))
    match row["kind"]:
        case Kind.CHANGED:
            return f"{what} ändrades från {old} till <strong>{new}</strong>."
        case Kind.REMOVED:
            return f"{what} togs bort. Det var {old}."
        case Kind.RETURNED:
            return f"{what} visas igen: <strong>{new}</strong>."
        case _:
            why = text(row["reason"] or "").rstrip(".")
            return f"{what} visas inte längre{f': {why[:1].lower()}{why[1:]}' if why else ''}."


def _area(area: str, catalogue: Catalogue) -> str:
    """An area's name; those of a division that isn't the usual one with the division's name."""
    found = catalogue.areas[area]
    if found.division in (None, catalogue.default_division.id):
        return found.name
    return f"{found.name} ({catalogue.divisions[found.division].name.lower()})"


def _period(row: dict[str, Any]) -> str:
    return Period(row["period_start"], PeriodType(row["period_type"])).label


def _age(age: str) -> str:
    return f"{age.removesuffix('+')} år och äldre" if age.endswith("+") else age


def download(found: pl.DataFrame, catalogue: Catalogue) -> bytes:
    """The corrected figures as a Swedish CSV; what replaced examples isn't among them."""
    rows = found.filter(pl.col("kind") != Kind.EXAMPLE_REPLACED)
    return swedish_csv.as_bytes(_HEADS, (_cells(row, catalogue) for row in rows.iter_rows(named=True)))


def _cells(row: dict[str, Any], catalogue: Catalogue) -> list[object]:
    indicator = catalogue.indicators[row["indicator"]]
    old, new = ("" if row[side] is None else repr(row[side]).replace(".", ",") for side in ("old", "new"))
    return [
        f"{clock.in_sweden(row['at']):%Y-%m-%d %H:%M}",
        row["version"],
        ", ".join(str(batch) for batch in row["batches"]),
        _KINDS[Kind(row["kind"])],
        indicator.name,
        _area(row["area"], catalogue),
        Period(row["period_start"], PeriodType(row["period_type"])).code,
        row["age"],
        old,
        new,
        swedish.UNIT_WORDS[indicator.unit][1],
        row["note"] or "",
        row["reason"] or "",
    ]
