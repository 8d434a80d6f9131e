"""Roles as tables."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

from dashboard.components import roles_table
from tests.dashboard.build import HOSTILE
from tests.dashboard.dom import parse

#: Winter: one hour after UTC in Sweden, and another day there already.
AT = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
TEXTS = {"subject": pl.String, "indicator": pl.String}


def grants(*told: dict) -> pl.DataFrame:
    usual = {
        "email": "anna@exempel.se", "role": "granskare", "subject": None, "indicator": None,
        "granted_at": AT, "granted_by": "bo@exempel.se",
    }  # fmt: skip
    return pl.DataFrame([{**usual, **row} for row in told], schema_overrides=TEXTS)


def granted(version: int, **changed: object) -> dict:
    usual = {
        "entry": version, "action": "granted", "email": "anna@exempel.se", "role": "granskare",
        "subject": None, "indicator": None, "at": AT, "by": "bo@exempel.se", "version": version,
    }  # fmt: skip
    return {**usual, **changed}


def decided(version: int, *, value: bool) -> dict:
    return {
        "entry": version, "setting": "four_eyes", "subject": "funds", "value": value, "at": AT,
        "by": "bo@exempel.se", "version": version,
    }  # fmt: skip


def events(*rows: dict) -> pl.DataFrame:
    empty = granted(1) if not rows or "role" in rows[0] else decided(1, value=True)
    frame = pl.DataFrame(list(rows) or [empty], schema_overrides=TEXTS if "role" in empty else None)
    return frame if rows else frame.clear()


def test_what_each_role_may_do():
    rows = parse(roles_table.explained()).rows
    assert [row[0] for row in rows] == ["Läsare", "Analytiker", "Granskare", "Administratör"]
    assert rows[0][1] == "Se sidorna."
    assert "leverera," in rows[1][1]
    assert "publicera" not in rows[1][1]
    assert "publicera" in rows[2][1]
    assert rows[3][1].endswith("ändra behörigheter och inställningar.")


def test_a_row_a_grant_by_person_with_everything_first(catalogue):
    table = parse(
        roles_table.held(
            grants(
                {"email": "bo@exempel.se", "role": "administratör"},
                {"indicator": "mpr-dos-1"},
                {"subject": "funds"},
                {},
            ),
            catalogue,
        )
    )
    name = catalogue.indicators["mpr-dos-1"].name
    assert [row[:3] for row in table.rows] == [
        ["anna@exempel.se", "granskare", "allt"],
        ["anna@exempel.se", "granskare", f"indikatorn {name}"],
        ["anna@exempel.se", "granskare", "ämnet Medel"],
        ["bo@exempel.se", "administratör", "allt"],
    ]
    assert table.rows[0][3:] == ["2027-01-01", "bo@exempel.se"]
    assert table.one("caption").text == "2\u00a0personer med 4\u00a0roller"


def test_the_history_has_both_kinds_newest_first(catalogue):
    rows = parse(
        roles_table.history(
            events(granted(1, subject="funds"), granted(4, action="revoked", subject="funds")),
            events(decided(2, value=True), decided(3, value=False)),
            catalogue,
        )
    ).rows
    assert [row[1] for row in rows] == [
        "anna@exempel.se förlorade rollen granskare för ämnet Medel",
        "Fyra ögon krävs inte längre för ämnet Medel",
        "Fyra ögon krävs för ämnet Medel",
        "anna@exempel.se fick rollen granskare för ämnet Medel",
    ]
    assert {row[0] for row in rows} == {"2027-01-01 00.30"}
    assert {row[2] for row in rows} == {"bo@exempel.se"}


def test_a_long_history_says_that_it_is_cut(catalogue):
    many = [granted(number) for number in range(1, roles_table.SHOWN + 21)]
    table = parse(roles_table.history(events(*many), events(decided(999, value=True)), catalogue))
    assert len(table.rows) == roles_table.SHOWN
    assert table.one("caption").text.endswith("(de senaste 100 av 121)")
    assert table.rows[0][1].startswith("Fyra ögon")


def test_text_from_outside_is_never_markup(catalogue):
    hostile = {"email": HOSTILE, "granted_by": HOSTILE, "indicator": HOSTILE}
    held = roles_table.held(grants(hostile), catalogue)
    entry = granted(1, email=HOSTILE, by=HOSTILE, indicator=HOSTILE)
    for html in (held, roles_table.history(events(entry), events().clear(), catalogue)):
        assert "<script" not in html
        assert "<img" not in html
        assert HOSTILE in parse(html).words
