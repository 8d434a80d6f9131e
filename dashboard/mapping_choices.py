"""What can be chosen when a file is mapped: each column with examples of what it holds, and what else fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from etl.extract.heads import label_of, period_in
from schemas.mapping import (
    ALLOWED,
    FIGURES,
    LONGEST_TEXT,
    Asked,
    Column,
    Fixed,
    Headings,
    SheetName,
    Spread,
    Title,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from etl.extract.guess import Look
    from etl.extract.guess_columns import Facts, Readings
    from schemas.catalogue import Catalogue
    from schemas.mapping import Mapping, Name, Source

_EXAMPLES = 3
_EXAMPLE_LENGTH = 24

#: Different texts of an indicator's column that are asked about; what the rest mean is told as problems.
MAX_TEXTS = 40

NOTHING = "–"


@dataclass(frozen=True)
class Choice:
    """One thing to choose.

    Attributes:
        key: What tells it from the others of its list.
        label: What is shown, in Swedish.
        source: What it means; None for nothing.
    """

    key: str
    label: str
    source: Source | None


def letter(index: int) -> str:
    """A column as Excel names it: A, B, … Z, AA."""
    name, rest = "", index + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        name = chr(ord("A") + last) + name
    return name


def heading(facts: Facts) -> str:
    """A column's heading, or its letter where it has none."""
    return facts.heading or f"Kolumn {letter(facts.index)}"


def examples(texts: Sequence[str]) -> str:
    """A few texts of a column, cut short."""
    cut = [
        text if len(text) <= _EXAMPLE_LENGTH else f"{text[: _EXAMPLE_LENGTH - 1]}…"
        for text in texts[:_EXAMPLES]
    ]
    return ", ".join(cut)


def columns(look: Look) -> list[Choice]:
    """Each column that holds anything."""
    return [
        Choice(
            f"c{facts.index}", f"{heading(facts)} ({examples(facts.texts)})", look.head.column(facts.index)
        )
        for facts in look.facts
    ]


def choices(name: Name, look: Look, catalogue: Catalogue, *, several_sheets: bool) -> list[Choice]:
    """What a canonical column, other than a figure, can be read from.

    Args:
        name: The canonical column.
        look: The sheet.
        catalogue: The indicators and the county.
        several_sheets: Whether the workbook has more than one sheet.
    """
    nothing = "En och samma för hela filen" if name == "source" else NOTHING
    found = [] if name in ("indicator", "area", "period") else [Choice("none", nothing, None)]
    if name == "indicator":
        found += [
            Choice(f"i:{item.id}", item.name, Fixed(text=item.id)) for item in catalogue.indicators.values()
        ]
        found += [
            Choice(choice.key, f"Står i kolumnen {choice.label}", choice.source)
            for choice, facts in zip(columns(look), look.facts, strict=True)
            if not facts.is_numeric
        ]
    else:
        found += columns(look)
    return found + _elsewhere(name, look, catalogue, several_sheets)


def _elsewhere(name: Name, look: Look, catalogue: Catalogue, several_sheets: bool) -> list[Choice]:
    able = ALLOWED[name]
    found: list[Choice] = []
    if "headings" in able:
        what = {"period": "en kolumn per period", "sex": "en kolumn per kön"}
        told = what.get(name, "en kolumn per indikator")
        found.append(Choice("headings", f"Står i rubrikerna ({told})", Headings()))
    if "title" in able and (title := _title(look)):
        found.append(Choice("title", f"Står ovanför rubrikerna ({title})", Title()))
    if "sheet" in able and (several_sheets or (name == "period" and period_in(look.sheet.name))):
        found.append(Choice("sheet", f"Bladets namn ({look.sheet.name})", SheetName()))
    if name == "area":
        county = catalogue.county
        found.append(Choice("fixed", f"Hela filen gäller {county.name}", Fixed(text=county.id)))
    if "asked" in able:
        found.append(Choice("asked", "Står inte i filen, jag skriver", Asked()))
    return found


def _title(look: Look) -> str | None:
    above = look.sheet.cells.head(look.head.row - 1)
    return next((text for row in above.rows() for cell in row if (text := period_in(cell or ""))), None)


def figure_choices(look: Look, says: Collection[str]) -> list[Choice]:
    """What a figure can be read from.

    Args:
        look: The sheet.
        says: What is read from headings; where anything is, figures stand in several columns each.
    """
    none = Choice("none", NOTHING, None)
    if not says:
        return [none, *columns(look)]
    spread: dict[str, list[str]] = {}
    alone = []
    for choice, facts in zip(columns(look), look.facts, strict=True):
        label = label_of(facts.heading, says) if facts.heading else None
        # A column of names is never a figure; a heading that says nothing of what is asked stands for itself.
        if label is None:
            alone.append(choice)
        elif facts.is_numeric or not facts.filled:
            spread.setdefault(label, []).append(facts.heading)
    together = [
        Choice(f"s:{label}", f"Kolumnerna {_first_and_last(found)}", Spread(label=label))
        for label, found in spread.items()
    ]
    return [none, *together, *alone]


def _first_and_last(found: list[str]) -> str:
    return found[0] if len(found) == 1 else f"{found[0]} … {found[-1]} ({len(found)} stycken)"


def preset(found: Sequence[Choice], source: Source | None, look: Look) -> int | None:
    """The place of the choice that means a source; None where none does."""
    if isinstance(source, Column):
        place = look.head.place(source)
        source = None if place is None else look.head.column(place)
        if source is None:
            return None
    known = [choice.source for choice in found]
    if isinstance(source, Fixed) and source not in known:
        # Written by hand: asked for where that can be chosen, else beside the choice of nothing.
        source = Asked() if Asked() in known else None
    return next((place for place, choice in enumerate(found) if choice.source == source), None)


def texts_of(
    source: Source | None,
    look: Look,
    readings: Readings,
    says: Collection[str],
    taken: Collection[int | None] = (),
) -> dict[str, str]:
    """The texts that name an indicator and aren't an indicator's name.

    Args:
        source: Where the indicator stands.
        look: The sheet.
        readings: How texts are read.
        says: What is read from headings.
        taken: Columns that are read as something else.

    Returns:
        The text as a mapping keeps it → as it stands in the file.
    """
    if isinstance(source, Headings):
        found: dict[str, str] = {}
        for facts in look.facts:
            label = label_of(facts.heading, says)
            if facts.is_numeric and facts.index not in taken and label is not None:
                found.setdefault(label, facts.heading)
        return dict(list(found.items())[:MAX_TEXTS])
    place = look.head.place(source) if isinstance(source, Column) else None
    if place is None:
        return {}
    cells = look.sheet.cells[f"c{place}"].slice(look.head.row).str.strip_chars()
    texts = _short(cells)
    unknown = texts.filter(readings.indicator(texts).is_null()).head(MAX_TEXTS).to_list()
    return dict(zip(unknown, unknown, strict=True))


def marks_in(look: Look, mapping: Mapping) -> list[str]:
    """The texts that stand where numbers are missing, in the columns that figures are read from."""
    alone = {
        look.head.place(source) for name in FIGURES if isinstance(source := mapping.fields.get(name), Column)
    }
    spread = {
        facts.index
        for facts in look.facts
        if mapping.is_spread and facts.is_numeric and label_of(facts.heading, mapping.said) is not None
    }
    figures = [facts for facts in look.facts if facts.index in alone | spread]
    return list(dict.fromkeys(text for facts in figures for text in facts.marks))


def distinct(look: Look, index: int, most: int = 100) -> list[str]:
    """The different texts of a column, in their order."""
    cells = look.sheet.cells[f"c{index}"].slice(look.head.row).str.strip_chars()
    return _short(cells).head(most).to_list()


def _short(cells: pl.Series) -> pl.Series:
    """The different texts of some cells that a mapping can keep."""
    texts = cells.drop_nulls()
    return texts.filter((texts != "") & (texts.str.len_chars() <= LONGEST_TEXT)).unique(maintain_order=True)


def name_of(file: str) -> str:
    """What to call the mapping of a file: its name without its ending, dates and numbers."""
    stem = file.rsplit(".", 1)[0]
    words = (
        pl.Series([stem]).str.replace_all(r"[_\d\-().]+", " ").str.replace_all(r"\s+", " ").str.strip_chars()
    )
    return words[0][:80] or stem[:80] or "Egen fil"
