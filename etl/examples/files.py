"""The example files in the shape of the program's own templates."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import polars as pl

from etl.examples.money import sums
from etl.examples.recipes import RECIPES
from etl.examples.series import Figure, Place, figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from etl.catalogue import Knowledge

SEED = 2030
SOURCE = f"Exempeldata, fast frö {SEED}"

OBSERVATION_HEADINGS = (
    "Indikator", "Område", "Period", "Kön", "Ålder", "Värde", "Täljare", "Nämnare", "Flagga", "Källa",
)  # fmt: skip
ALLOCATION_HEADINGS = (
    "Överenskommelse", "År", "Ändamål", "Nivå", "Område", "Mottagare", "Typ", "Belopp", "Källa",
)  # fmt: skip

#: Neighbours are alike by kommunalförbund, the one division that no source disputes, so that moving a
#: contested municipality to another delregion leaves the example files as they are.
_PARTS = "kommunalforbund"

_MONEY = "psykisk-halsa-2021"


def generate(knowledge: Knowledge) -> dict[str, bytes]:
    """Every example file.

    Args:
        knowledge: The catalogue; its municipalities and their population decide the rows.

    Returns:
        File name → content: `;`, decimal comma, UTF-8 with a byte-order mark.
    """
    places = _places(knowledge)
    files = {
        f"{subject}.csv": _table(
            OBSERVATION_HEADINGS,
            (_cells(figure) for recipe in recipes for figure in figures(recipe, places, SEED)),
        )
        for subject, recipes in RECIPES.items()
    }
    agreement = knowledge.catalogue.agreements[_MONEY]
    names = {area.id: area.name for area in knowledge.catalogue.areas.values()}
    by_code = {place.code: place for place in places}
    files[f"allokering-{_MONEY}.csv"] = _table(
        ALLOCATION_HEADINGS,
        (
            (
                agreement.id, str(agreement.year), row.purpose, row.level, row.area, row.recipient, row.kind,
                str(row.kronor), f"{SOURCE}, inte den verkliga fördelningen",
            )
            for row in sums(agreement, by_code, names, SEED)
        ),
    )  # fmt: skip
    return files


def write(folder: Path, knowledge: Knowledge) -> list[Path]:
    """Write every example file into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = generate(knowledge)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def _places(knowledge: Knowledge) -> list[Place]:
    population = knowledge.population
    latest = population.filter(
        pl.col("sex").eq("total") & pl.col("age").eq("total") & pl.col("year").eq(pl.col("year").max())
    )
    people = dict(latest.select("area", "population").iter_rows())
    parts = {row.municipality: row.area for row in knowledge.catalogue.memberships if row.division == _PARTS}
    codes = sorted(area.id for area in knowledge.catalogue.municipalities)
    return [Place(code, parts[code], people[code]) for code in codes]


def _cells(figure: Figure) -> tuple[str, ...]:
    value = "" if figure.value is None else f"{figure.value:.3f}".replace(".", ",")
    numerator = "" if figure.numerator is None else str(figure.numerator)
    return (
        figure.indicator, figure.area, figure.period, "", "", value, numerator, str(figure.denominator), "",
        SOURCE,
    )  # fmt: skip


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
