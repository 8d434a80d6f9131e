from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

import pytest

from etl.examples.money import sums
from etl.examples.series import Place
from schemas.catalogue import Agreement, Source

PLACES = {
    code: Place(code, "a", people) for code, people in (("1401", 70_000), ("1402", 7_001), ("1403", 5_003))
}
NAMES = {"14": "Länet", "1401": "Ettan", "1402": "Tvåan", "1403": "Trean"}


def agreement(total):
    return Agreement(
        id="pengar", name="Pengar", year=2021, total=Decimal(total), indicator="medel", purposes=["A", "B", "C"],
        decided_by="Någon", decided_on=date(2021, 4, 23), note="Allt.", source=Source(publisher="x", title="y"),
    )  # fmt: skip


@pytest.mark.parametrize("total", [100_003, 81_314_959, 7_777_777])
def test_allocated_sums_add_up_to_the_krona(total):
    rows = list(sums(agreement(total), PLACES, NAMES, 1))
    assert sum(row.kronor for row in rows if row.kind == "fördelat") == total


def test_nobody_uses_or_repays_more_than_was_allocated():
    kinds = defaultdict(int)
    for row in sums(agreement(81_314_959), PLACES, NAMES, 1):
        kinds[row.purpose, row.level, row.recipient, row.kind] += row.kronor
    reported = {key[:3] for key in kinds if key[3] == "använt"}
    assert len(reported) == 3
    for key in reported:
        assert kinds[(*key, "använt")] + kinds[(*key, "återbetalt")] == kinds[(*key, "fördelat")]


def test_all_three_levels_and_kinds_occur():
    rows = list(sums(agreement(81_314_959), PLACES, NAMES, 1))
    assert {row.level for row in rows} == {"länsgemensamt", "region", "kommun"}
    assert {row.kind for row in rows} == {"fördelat", "använt", "återbetalt"}


def test_more_inhabitants_more_money():
    got = Counter[str]()
    for row in sums(agreement(1_000_000), PLACES, NAMES, 1):
        got[row.area] += row.kronor if (row.level, row.kind) == ("kommun", "fördelat") else 0
    assert got["Ettan"] > got["Tvåan"] > got["Trean"] > 0


def test_every_recipient_of_municipal_money_is_called_so():
    rows = sums(agreement(1_000_000), PLACES, NAMES, 1)
    assert {row.recipient for row in rows if row.level == "kommun"} == {
        "Ettans kommun", "Tvåans kommun", "Treans kommun",
    }  # fmt: skip
