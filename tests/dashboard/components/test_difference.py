"""A difference as markup."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard.components import difference
from etl.jobs.difference_rank import ranked, with_tier
from etl.jobs.difference_rows import changed_money, changed_rows
from tests.dashboard.build import HOSTILE
from tests.dashboard.dom import parse
from tests.etl.jobs.differences import KNOWN
from tests.etl.jobs.test_difference_rank import NO_FLIPS
from tests.etl.measures import county
from tests.etl.measures.county import counted, observations

NBSP = "\u00a0"


def drawn(before: list[dict], after: list[dict], total: int | None = None, **options):
    rows, _ = changed_rows(observations(*before), observations(*after), KNOWN, **options)
    shown = ranked(with_tier(rows, NO_FLIPS, KNOWN))
    return parse(difference.rows(shown, KNOWN, total=shown.height if total is None else total))


def test_figures_stand_under_what_makes_them_matter():
    before = [counted("14", 500, 1000), counted("1401", 5, 10)]
    after = [counted("14", 900, 1000), counted("1401", 6, 10), counted("1402", 1, 2)]
    table = drawn(before, after)
    assert table.heads == ["Uppgift", "Nu", "Blir", "Ändring", "Underlag"]
    assert table.rows == [
        ["Säkerställd ändring"],
        [
            "andel, Länet, 2020", f"50,0{NBSP}%", f"90,0{NBSP}%", f"+40,0{NBSP}procentenheter",
            f"500 av 1{NBSP}000 → 900 av 1{NBSP}000",
        ],
        ["Ändring som kan vara slump"],
        ["andel, Alfa, 2020", f"50,0{NBSP}%", f"60,0{NBSP}%", f"+10,0{NBSP}procentenheter", "5 av 10 → 6 av 10"],
        ["Nytt tal"],
        ["andel, Beta, 2020", "–", f"50,0{NBSP}%", "nytt", "1 av 2"],
    ]  # fmt: skip


def test_what_goes_away_and_what_reads_the_same():
    gone = drawn([counted("14", 1, 2)], [], withdrawn=True)
    assert gone.rows[1] == ["andel, Länet, 2020", f"50,0{NBSP}%", "–", "tas bort", "1 av 2"]
    same = drawn([counted("14", 1, 2)], [{"area": "14", "value": 50.0}])
    assert same.rows[1][3:] == [f"0,0{NBSP}procentenheter", "1 av 2"]
    silent = drawn([{"area": "14", "flag": "missing"}], [{"area": "14", "flag": "suppressed"}])
    assert silent.rows[1][1:] == ["uppgift saknas", "dold hos källan", "samma tal", "–"]


@pytest.mark.parametrize(("total", "said"), [(1, "Det som betyder mest först"), (900, "De 1 tal av 900")])
def test_a_table_that_is_cut_says_so(total, said):
    assert drawn([], [counted("14", 1, 2)], total).one("caption").text.startswith(said)


def test_a_narrow_window_reads_each_cell_with_its_heading():
    cells = drawn([], [counted("14", 1, 2)]).all("td")
    assert [cell.attrs["data-head"] for cell in cells] == ["Nu", "Blir", "Ändring", "Underlag"]
    assert ["fp-blank" in cell.css for cell in cells] == [True, False, False, False]


def test_money():
    rows, _ = changed_money(
        county.allocations({"area": "14", "amount": Decimal(10)}),
        county.allocations({"area": "14", "amount": Decimal(4)}, {"area": "1401", "amount": Decimal(2)}),
    )
    table = parse(difference.money(rows, KNOWN, total=2))
    assert table.heads == ["Belopp", "Nu", "Blir", "Ändring"]
    assert [row[1:] for row in table.rows] == [
        [f"10{NBSP}kr", f"4{NBSP}kr", f"−6{NBSP}kr"], ["–", f"2{NBSP}kr", f"+2{NBSP}kr"],
    ]  # fmt: skip


def test_sentences_and_names_are_text_and_never_markup():
    assert parse(difference.sentences([HOSTILE])).one("li").text == HOSTILE
    rows, _ = changed_money(
        county.allocations(), county.allocations({"area": "14", "recipient": HOSTILE, "amount": Decimal(2)})
    )
    table = parse(difference.money(rows, KNOWN, total=1))
    assert not table.all("script", "img")
    assert HOSTILE in table.text
    lost = drawn([], [{"area": HOSTILE, "indicator": HOSTILE, "value": 1.0}])
    assert not lost.all("script", "img")
