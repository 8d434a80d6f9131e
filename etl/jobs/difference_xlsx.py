"""A difference as a workbook to take to a meeting or to keep: what changes, from what, to what, and held against what.

Numbers are numbers and dates are dates, so that they can be sorted and counted. Texts are written as texts,
never as formulas or links, and pass `schemas.harmless` besides.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import xlsxwriter

from etl.jobs import difference_words as words
from schemas import clock, swedish
from schemas.harmless import harmless
from schemas.results import Outcome
from schemas.words import OUTCOME_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from etl.jobs.difference import Difference
    from schemas.catalogue import Catalogue

#: Rows that a sheet of the format can hold, heading included.
_SHEET_ROWS = 1_048_576

_CHANGES = {
    "deliver": "Om filen publiceras",
    "publish": "Om leveransen publiceras",
    "withdraw": "Om leveransen återkallas",
    "restore": "Om leveransen återställs",
}

_FLIP_HEADS = (
    "Område", "Indikator", "Mål", "Ändring", "Bedömning före", "Bedömning efter", "Värde före", "Värde efter",
    "Period före", "Period efter", "I översikten",
)  # fmt: skip
_ROW_HEADS = (
    "Betydelse", "Vad", "Indikator", "Ålder", "Kön", "Område", "Områdeskod", "Period", "Periodens första dag",
    "Värde före", "Värde efter", "Ändring", "Säkerställd", "Täljare före", "Nämnare före",
    "Standardavvikelse före", "Täljare efter", "Nämnare efter", "Standardavvikelse efter", "Flagga före",
    "Flagga efter", "Exempeldata", "Blad", "Rad",
)  # fmt: skip
_MONEY_HEADS = (
    "Vad", "Överenskommelse", "År", "Ändamål", "Nivå", "Område", "Mottagare", "Typ", "Belopp före",
    "Belopp efter", "Ändring", "Exempeldata",
)  # fmt: skip
_WIDTHS = {
    "Betydelse": 34, "Område": 26, "Indikator": 32, "Mål": 40, "Ändring": 40, "Överenskommelse": 34,
    "Ändamål": 28, "Mottagare": 30, "Bedömning före": 18, "Bedömning efter": 18,
}  # fmt: skip
_USUAL_WIDTH = 14


@dataclass(frozen=True)
class Provenance:
    """Where an exported difference comes from.

    Attributes:
        file: The delivered file's name.
        made_at: When the workbook was made, with a time zone.
        delivered_at: When the file was delivered; None where it isn't stored.
        delivered_by: Who delivered it.
    """

    file: str
    made_at: datetime
    delivered_at: datetime | None = None
    delivered_by: str | None = None


def difference_xlsx(difference: Difference, provenance: Provenance, catalogue: Catalogue) -> bytes:
    """The workbook: sheets Sammanfattning, Bedömningar, Rader and Medel.

    Args:
        difference: What changes; its rows hold small counts, so only for those who may inspect deliveries.
        provenance: What it is of.
        catalogue: Names, units and decimals.
    """
    target = io.BytesIO()
    options = {
        "in_memory": True, "constant_memory": False, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd",
    }  # fmt: skip
    with xlsxwriter.Workbook(target, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        _write_summary(book, difference, provenance, head)
        _write_table(book, "Bedömningar", _FLIP_HEADS, _flips(difference, catalogue), head)
        _write_table(book, "Rader", _ROW_HEADS, _rows(difference, catalogue), head)
        _write_table(book, "Medel", _MONEY_HEADS, _money(difference, catalogue), head)
    return target.getvalue()


def file_name(difference: Difference) -> str:
    """What the workbook is called: `skillnad-leverans-7.xlsx`."""
    return "skillnad.xlsx" if difference.batch is None else f"skillnad-leverans-{difference.batch}.xlsx"


def _write_summary(book: Workbook, difference: Difference, provenance: Provenance, head: Format) -> None:
    sheet = book.add_worksheet("Sammanfattning")
    counts, money = difference.counts, difference.money_counts
    facts: list[tuple[str, Any]] = [
        (_CHANGES[difference.kind], words.headline(difference)),
        ("Fil", provenance.file),
        ("Leverans", difference.batch),
        ("Levererad", _moment(provenance.delivered_at)),
        ("Levererad av", provenance.delivered_by),
        ("Jämförd med version", difference.version),
        ("Jämförelsen gjord", _moment(provenance.made_at)),
        ("Bedömningar som ändras", difference.flips.height),
        ("Nya tal", counts.new),
        ("Ändrade tal", counts.revised),
        ("Borttagna tal", counts.removed),
        ("Oförändrade tal", counts.unchanged),
        ("Nya belopp", money.new),
        ("Ändrade belopp", money.revised),
        ("Borttagna belopp", money.removed),
        ("Oförändrade belopp", money.unchanged),
        ("Läs så här", "Raderna står med det som betyder mest först. Tal är visade som de levererades, också "
         "små antal som sidorna döljer: sprid inte arbetsboken vidare."),
    ]  # fmt: skip
    wrap = book.add_format({"text_wrap": True, "valign": "top", "align": "left"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    sheet.write_row(0, 0, ("Skillnad", ""), head)
    sheet.freeze_panes(1, 0)
    for place, (name, value) in enumerate(facts, start=1):
        sheet.write_string(place, 0, name)
        _write(sheet, place, 1, value, wrap)


def _moment(when: datetime | None) -> str | None:
    return clock.moment_text(when) if when else None


def _write_table(
    book: Workbook, name: str, heads: Sequence[str], rows: Iterator[Sequence[Any]], head: Format
) -> None:
    sheet = book.add_worksheet(name)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for column, title in enumerate(heads):
        sheet.write_string(0, column, title, head)
        sheet.set_column(column, column, _WIDTHS.get(title, _USUAL_WIDTH))
    sheet.freeze_panes(1, 0)
    place = 0
    for place, row in enumerate(rows, start=1):
        if place == _SHEET_ROWS:
            break
        for column, value in enumerate(row):
            _write(sheet, place, column, value, day if hasattr(value, "year") else None)
    sheet.autofilter(0, 0, min(place, _SHEET_ROWS - 1), len(heads) - 1)


def _write(sheet: Worksheet, row: int, column: int, value: Any, look: Format | None) -> None:
    if value is None or value is False:
        return
    if value is True:
        sheet.write_string(row, column, "ja", look)
    elif isinstance(value, str):
        sheet.write_string(row, column, harmless(value), look)
    elif hasattr(value, "year"):
        sheet.write_datetime(row, column, value, look)
    else:
        sheet.write_number(row, column, value, look)


def _flips(difference: Difference, catalogue: Catalogue) -> Iterator[list[Any]]:
    for flip in difference.flips.iter_rows(named=True):
        target = catalogue.targets.get(flip["target"] or "")
        yield [
            catalogue.areas[flip["area"]].name,
            words.indicator_text(flip, catalogue),
            target.label if target else None,
            words.flip_change(flip),
            *(OUTCOME_WORDS[Outcome(flip[f"{side}_outcome"])] for side in ("old", "new")),
            *(_shown(flip[f"{side}_value"], flip, catalogue) for side in ("old", "new")),
            *(
                words.period_text({**flip, "period_type": flip[f"{side}_period_type"]}, f"{side}_start")
                or None
                for side in ("old", "new")
            ),
            flip["overview"],
        ]


def _shown(value: float | None, row: dict[str, Any], catalogue: Catalogue) -> float | None:
    """A number rounded as the pages show it."""
    known = catalogue.indicators.get(row["indicator"])
    return value if value is None or known is None else swedish.rounded(value, known.decimals)


def _rows(difference: Difference, catalogue: Catalogue) -> Iterator[list[Any]]:
    flags = {"preliminary": "preliminär", "suppressed": "undertryckt", "missing": "saknas"}
    certain = {True: "ja", False: "nej", None: None}
    for row in difference.rows.iter_rows(named=True):
        area = catalogue.areas.get(row["area"])
        yield [
            words.TIER_WORDS[row["tier"]],
            words.WHAT_WORDS[row["what"]],
            words.indicator_text({**row, "age": "total"}, catalogue),
            None if row["age"] == "total" else row["age"],
            words.SEX_WORDS[row["sex"]] or None,
            area.name if area else None,
            row["area"],
            words.period_text(row),
            row["period_start"],
            row["old_figure"],
            row["new_figure"],
            row["change"],
            certain[row["certain"]],
            row["old_numerator"],
            row["old_denominator"],
            row["old_standard_deviation"],
            row["new_numerator"],
            row["new_denominator"],
            row["new_standard_deviation"],
            flags.get(row["old_flag"]),
            flags.get(row["new_flag"]),
            row["example"],
            row["sheet"],
            row["row"],
        ]


def _money(difference: Difference, catalogue: Catalogue) -> Iterator[list[Any]]:
    for row in difference.funds.iter_rows(named=True):
        agreement, area = catalogue.agreements.get(row["agreement"]), catalogue.areas.get(row["area"])
        yield [
            words.WHAT_WORDS[row["what"]],
            agreement.name if agreement else row["agreement"],
            row["year"],
            row["purpose"],
            row["level"],
            area.name if area else row["area"],
            row["recipient"],
            words.KIND_WORDS.get(row["kind"], row["kind"]),
            row["old_amount"],
            row["new_amount"],
            row["change"],
            row["example"],
        ]
