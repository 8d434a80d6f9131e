"""A difference on the command line."""

from __future__ import annotations

from decimal import Decimal

from etl.jobs.difference_console import SHOWN, show_difference
from etl.jobs.difference_rows import changed_money
from tests.etl.jobs.differences import KNOWN, PERIODS
from tests.etl.jobs.test_difference_words import difference, flip
from tests.etl.measures import county
from tests.etl.measures.county import counted


def said(*args, **more) -> list[str]:
    lines: list[str] = []
    show_difference(difference(*args, **more), KNOWN, lines.append)
    return lines


def test_what_changes_line_by_line():
    before = [counted("14", 500, 1000)]
    after = [counted("14", 900, 1000), counted("1401", 1, 2)]
    assert said(before, after, told=(flip(), flip("1401", overview=False))) == [
        "1\u00a0bedömning i översikten ändras (och 1 för kommuner och andra indelningar), 1\u00a0tal revideras och "
        "1\u00a0tal är nytt.",
        "Bedömningar i översikten:",
        "  e-norr, andel: målet nått → inte på väg",
        "Andra bedömningar:",
        "  Alfa, andel: målet nått → inte på väg",
        "Tal, de som betyder mest först:",
        "  andel, Länet, 2020: 50,0\u00a0% → 90,0\u00a0% (+40,0\u00a0procentenheter)",
        "  andel, Alfa, 2020: 50,0\u00a0% (nytt)",
    ]


def test_another_standard_deviation_alone_is_told():
    mean = {"area": "14", "indicator": "dagar", "value": 7.5, "numerator": 300.0, "denominator": 40.0}
    lines = said([mean | {"standard_deviation": 8.1}], [mean | {"standard_deviation": 6.25}])
    assert lines[-1] == (
        "  dagar, Länet, 2020: 7,5\u00a0dagar → 7,5\u00a0dagar (300 av 40, standardavvikelse 8,1 → 300 av 40, "
        "standardavvikelse 6,25)"
    )


def test_what_goes_away():
    assert (
        said([counted("14", 1, 2)], [], withdrawn=True)[-1] == "  andel, Länet, 2020: 50,0\u00a0% (tas bort)"
    )


def test_long_lists_are_cut_and_say_so():
    after = [counted(area, 1, 2, period_start=start) for area in county.MUNICIPALITIES for start in PERIODS]
    lines = said([], after)
    assert len(lines) == 2 + SHOWN + 1
    assert lines[-1] == f"  … och {len(after) - SHOWN} till. Alla finns med --json och --xlsx."


def test_nothing_is_one_line():
    assert said([], []) == ["Ingenting ändras."]


def test_money():
    sums, counts = changed_money(
        county.allocations({"area": "14", "amount": Decimal(10)}, {"area": "1401", "amount": Decimal(1)}),
        county.allocations({"area": "14", "amount": Decimal(12)}, {"area": "1402", "amount": Decimal(3)}),
    )
    assert said([], [], funds=sums, money_counts=counts)[1:] == [
        "Belopp:",
        "  avtal, Ändamål, Mottagare, Beta, fördelat: 3\u00a0kr (nytt)",
        "  avtal, Ändamål, Mottagare, Länet, fördelat: 10\u00a0kr → 12\u00a0kr",
        "  avtal, Ändamål, Mottagare, Alfa, fördelat: 1\u00a0kr (tas bort)",
    ]
