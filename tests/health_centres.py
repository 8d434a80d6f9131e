"""Vårdcentraler that nobody can take for real ones, to be read, hidden, drawn and looked at in tests."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import ROOT

#: Two municipalities of Fyrbodal and two of Skaraborg, each with three or four of the twelve.
MUNICIPALITIES = ("1485", "1488", "1495", "1496")
INDICATOR = "vardgaranti-telefon"
PERIOD = "2025-12"
SOURCE = "Exempeldata, påhittade vårdcentraler"

#: The one far outside the limits, and the one with too few to be shown.
FAR, SMALL = "vc-exempel-5", "vc-exempel-7"


def name(number: int) -> str:
    """Long, as names are; the twelfth has the eleventh's, in different municipalities."""
    return f"Exempelvårdcentralen {number if number != 12 else 11} vid Långa exempelgatan"


def municipality(number: int) -> str:
    """Where the one of a number lies."""
    return MUNICIPALITIES[number % len(MUNICIPALITIES)]


def table(number: int = 12) -> str:
    """`health_centres.csv`."""
    rows = [f"vc-exempel-{one};{name(one)};{municipality(one)};" for one in range(1, number + 1)]
    return "\n".join(["id;name;municipality;synonyms", *rows, ""])


def figures(number: int = 12) -> str:
    """A delivery of one month: all near 86 %, but one far below and one with seven people."""
    rows = []
    for one in range(1, number + 1):
        size = 7 if f"vc-exempel-{one}" == SMALL else 300 + 40 * one
        share = 0.5 if f"vc-exempel-{one}" == FAR else 0.86
        rows.append(f"{INDICATOR};vc-exempel-{one};{PERIOD};{round(size * share)};{size};{SOURCE}")
    return "\n".join(["Indikator;Område;Period;Täljare;Nämnare;Källa", *rows, ""])


def data_folder(folder: Path, number: int = 12) -> Path:
    """A copy of `data/` with the vårdcentraler in its catalogue and their figures among its examples."""
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("warehouse"))
    (folder / "catalogue" / "health_centres.csv").write_text(table(number), encoding="utf-8")
    (folder / "examples" / "vardcentraler.csv").write_text(figures(number), encoding="utf-8")
    return folder


def catalogue_folder(folder: Path, number: int = 12) -> Path:
    """A copy of the catalogue alone, with the vårdcentraler."""
    shutil.copytree(ROOT / "data" / "catalogue", folder)
    (folder / "health_centres.csv").write_text(table(number), encoding="utf-8")
    return folder
