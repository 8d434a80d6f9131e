"""Tables as an analyst, a careless one or a hostile one might have them; every choice comes from one generator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.etl import files

if TYPE_CHECKING:
    from random import Random

Table = list[list[str]]

AREAS = [
    "1480", "Göteborg", "göteborgs kommun", "Lilla Edet", "1462 Lilla Edet", "Skaraborg", "14", "0014",
    "Västra Götaland", "Riket", "00 Riket", "| Sverige |", "Alla kommuner", "Mariestad ",
    "\u00a0Skövde", "Åmål", "A\u030amål", "Amal", "9999",
    "1480.0", "Kungsbacka", "Okänd",
]  # fmt: skip
PERIODS = [
    "2024", "2024-05", "2024 maj", "maj 2024", "2024M05", "2024-13", "2024K1", "2024-W05", "2023/2024",
    "2024-05-01",
    "2024-01-31 00:00:00", "45000", "0000", "9999-12", "-2024", "20233", "2024.0", "v. 15 2021",
]  # fmt: skip
NUMBERS = [
    "85,5", "85.5", "1 234,5", "1\u00a0234", "1\u202f234", "1.234.567,8", "−3", "-", "..", ".", "–", "",
    "100", "101", "0",
    "85,5 %", "0,855", "1e3", "1e400", "NaN", "inf", "-inf", "12,3,4", "<5", "X", "#DIV/0!",
    "9" * 400, "٣", "½", "0x1F",
    "85,5\n", "TRUE", "1'234",
]  # fmt: skip
NASTY = [
    "=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "<script>alert(1)</script>",
    "'; DROP TABLE batch; --",
    "../../../etc/passwd", "C:\\x\\y", "\x00", "\x0b", "\ufeff", "\u202e", "\ud7ff",
    "💉" * 50, "a" * 40_000, '"', '""', "'", ";",
    "\n\n\n", "{{7*7}}", "%s%n", "\\N", "null", "None", "#REF!", "=HYPERLINK(\"http://example.org\")",
    "\u0000\u0001",
]  # fmt: skip
HEADINGS = [
    *files.HEADINGS, *files.MONEY_HEADINGS, "Nyckeltal", "Kommun", "Region", "År", "Andel (%)", "Antal",
    "Befolkning", "2021",
    "2022", "2023", "region", "kön", "KnKod", "KnNamn", "Antal_dos1", "Län", "", " ", "Värde", "värde (%)",
]  # fmt: skip


def table(random: Random) -> Table:
    """A table of some sort: mostly one of ours, mended or broken."""
    made = random.choice([_sound, _template, _money, _kolada, _wide, _scb, _anything])(random)
    for _ in range(random.choice([0, 0, 0, 1, 1, 2, 5])):
        random.choice(_MISHAPS)(random, made)
    return made


def _sound(random: Random) -> Table:
    """A template without mistakes."""
    months = random.sample([f"{year}-{month:02d}" for year in range(2015, 2026) for month in range(1, 13)], 9)
    rows = [
        files.row(area=random.choice(["1480", "14", "Skövde"]), period=month, value="85,5")
        for month in months
    ]
    return [list(files.HEADINGS), *rows[: random.randrange(1, 10)]]


def _template(random: Random) -> Table:
    rows = [
        files.row(
            random.choice(["vardgaranti-telefon", "N79179", "mpr-dos-1", "influensa-65", "Okänd indikator"]),
            random.choice(AREAS),
            random.choice(PERIODS),
            random.choice(NUMBERS),
            numerator=random.choice(["", "5", "900", "x"]),
            denominator=random.choice(["", "10", "1000", "0"]),
        )
        for _ in range(random.randrange(8))
    ]
    return [list(files.HEADINGS), *rows]


def _money(random: Random) -> Table:
    rows = [files.money(amount=random.choice(NUMBERS)) for _ in range(random.randrange(5))]
    return [list(files.MONEY_HEADINGS), *rows]


def _kolada(random: Random) -> Table:
    names = ["MPR-vaccinerade 2-åringar (dos 1), andel (%)", "Okänt nyckeltal (-2023)"]
    rows = [
        [random.choice(names), random.choice(AREAS), random.choice(PERIODS), random.choice(NUMBERS)]
        for _ in range(random.randrange(8))
    ]
    return [["Nyckeltal", "Område", "Period", "Värde"], *rows]


def _wide(random: Random) -> Table:
    years = [str(year) for year in range(2018, 2018 + random.randrange(1, 7))]
    rows = [
        [random.choice(["N01481", "Indikator"]), random.choice(AREAS), *random.choices(NUMBERS, k=len(years))]
        for _ in range(random.randrange(6))
    ]
    return [["Titel"], [], [random.choice(["Indikator", ""]), random.choice(["Område", ""]), *years], *rows]


def _scb(random: Random) -> Table:
    rows = [
        [random.choice(AREAS), "totalt", *random.choices(NUMBERS, k=3)] for _ in range(random.randrange(6))
    ]
    return [["Befolkning efter region och tid"], [], ["region", "kön", "2021", "2022", "2023"], *rows]


def _anything(random: Random) -> Table:
    words = [*AREAS, *PERIODS, *NUMBERS, *NASTY, *HEADINGS]
    return [random.choices(words, k=random.randrange(1, 9)) for _ in range(random.randrange(12))]


def _swap_cell(random: Random, rows: Table) -> None:
    row = random.choice(rows) if rows else []
    if row:
        row[random.randrange(len(row))] = random.choice([*NASTY, *NUMBERS, *AREAS, *PERIODS])


def _drop_cell(random: Random, rows: Table) -> None:
    row = random.choice(rows) if rows else []
    if row:
        row.pop(random.randrange(len(row)))


def _longer(random: Random, rows: Table) -> None:
    if rows:
        random.choice(rows).extend([random.choice(NASTY)] * random.choice([1, 3, 600]))


def _titles(random: Random, rows: Table) -> None:
    rows[:0] = [
        [random.choice(["Rapport", "", "Uttag 2024-05-01", *NASTY])] for _ in range(random.choice([1, 3, 40]))
    ]


def _double(random: Random, rows: Table) -> None:
    if rows:
        rows.insert(random.randrange(len(rows) + 1), list(random.choice(rows)))


def _blank(random: Random, rows: Table) -> None:
    rows.insert(random.randrange(len(rows) + 1), [""] * random.randrange(4))


def _swap_columns(random: Random, rows: Table) -> None:
    width = min((len(row) for row in rows), default=0)
    if width > 1:
        one, other = random.sample(range(width), 2)
        for row in rows:
            row[one], row[other] = row[other], row[one]


def _rename(random: Random, rows: Table) -> None:
    if rows and rows[0]:
        rows[0][random.randrange(len(rows[0]))] = random.choice([*HEADINGS, *NASTY])


_MISHAPS = [_swap_cell, _swap_cell, _drop_cell, _longer, _titles, _double, _blank, _swap_columns, _rename]
