from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from etl.warehouse import registers, tables
from etl.warehouse.batches import Change


class Word(StrEnum):
    FUNDS = "funds"
    REVIEWER = "granskare"


def test_entries_are_numbered_and_signed(change: Change):
    for email in ("a@x.se", "b@x.se"):
        entry = registers.granted(change.now, email, Word.REVIEWER, Word.FUNDS, None)
        assert entry is not None
        registers.append(change, "role", entry)
    rows = tables.fetch(change.connection, "SELECT * FROM role ORDER BY entry").rows()
    at = datetime(2024, 5, 1, 12)
    assert rows == [
        (1, "granted", "a@x.se", "granskare", "funds", None, at, "Bo", 1),
        (2, "granted", "b@x.se", "granskare", "funds", None, at, "Bo", 1),
    ]


def test_nothing_is_entered_where_it_is_so_already(change: Change):
    entry = registers.granted(change.now, "a@x.se", "läsare", None, None)
    assert entry is not None
    registers.append(change, "role", entry)
    assert registers.granted(change.now, "A@x.se ", "läsare", None, None) is None
    assert registers.granted(change.now, "a@x.se", "läsare", "funds", None) is not None
    assert registers.four_eyes(change.now, "funds", on=False) is None
