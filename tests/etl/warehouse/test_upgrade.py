"""A warehouse as version 0.1 wrote it, in format 2, read and written by this program."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from etl.bundle import ensure_ready
from etl.catalogue import load_catalogue
from etl.warehouse import View, Warehouse, anyone, connecting, tables, upgrade
from schemas.columns import OBSERVATION_SCHEMA
from tests.conftest import ROOT
from tests.etl.warehouse.doubles import delivery, derive, observation

#: The tables of format 2, as that program made them.
TABLES = """
CREATE TABLE "batch" ("batch" BIGINT, "sha256" VARCHAR, "name" VARCHAR, "size" BIGINT, "jobs" VARCHAR[],
    "shape" VARCHAR, "origin" VARCHAR, "delivered_at" TIMESTAMP, "delivered_by" VARCHAR, "note" VARCHAR,
    "observations" BIGINT, "allocations" BIGINT, "warnings" BIGINT);
CREATE TABLE "event" ("event" BIGINT, "batch" BIGINT, "action" VARCHAR, "status" VARCHAR, "at" TIMESTAMP,
    "by" VARCHAR, "note" VARCHAR, "version" BIGINT);
CREATE TABLE "problem" ("batch" BIGINT, "code" VARCHAR, "severity" VARCHAR, "sheet" VARCHAR, "row" BIGINT,
    "column" VARCHAR, "value" VARCHAR, "expected" VARCHAR, "hint" VARCHAR);
CREATE TABLE "observation" ("batch" BIGINT, "indicator" VARCHAR, "area" VARCHAR, "period_start" DATE,
    "period_type" VARCHAR, "sex" VARCHAR, "age" VARCHAR, "value" DOUBLE, "numerator" DOUBLE,
    "denominator" DOUBLE, "flag" VARCHAR, "origin" VARCHAR, "source" VARCHAR, "sheet" VARCHAR, "row" BIGINT);
CREATE TABLE "allocation" ("batch" BIGINT, "agreement" VARCHAR, "year" INTEGER, "purpose" VARCHAR,
    "level" VARCHAR, "area" VARCHAR, "recipient" VARCHAR, "kind" VARCHAR, "amount" DECIMAL(18, 2),
    "origin" VARCHAR, "source" VARCHAR, "sheet" VARCHAR, "row" BIGINT);
CREATE TABLE "series" ("indicator" VARCHAR, "another_shape" DOUBLE);
CREATE TABLE "judgement" ("indicator" VARCHAR, "another_shape" DOUBLE);
CREATE TABLE "meta" ("key" VARCHAR, "value" VARCHAR);
INSERT INTO meta VALUES ('format', '2'), ('derived_key', 'gammal');
"""
ROWS = """
INSERT INTO batch VALUES (1, '{first}', 'a.csv', 1, ['vaccination'], 'template-observations', 'uploaded',
    TIMESTAMP '2024-05-01 12:00:00', 'Åsa', 'hej', 1, 1, 0),
    (2, '{second}', 'b.csv', 1, ['vaccination'], 'template-observations', 'uploaded',
    TIMESTAMP '2024-06-01 12:00:00', 'Bo', NULL, 1, 0, 0);
INSERT INTO event VALUES (1, 1, 'staged', 'staged', TIMESTAMP '2024-05-01 12:00:00', 'Åsa', 'hej', 1),
    (2, 1, 'published', 'published', TIMESTAMP '2024-05-01 12:00:00', 'Åsa', NULL, 1),
    (3, 2, 'staged', 'staged', TIMESTAMP '2024-06-01 12:00:00', 'Bo', NULL, 2),
    (4, 2, 'published', 'published', TIMESTAMP '2024-07-01 12:00:00', 'Eva', 'godkänd', 3);
INSERT INTO observation VALUES
    (1, 'a', '1480', DATE '2024-01-01', 'year', 'total', 'total', 1.0, NULL, NULL, NULL, 'uploaded', NULL, NULL, 2),
    (2, 'a', '1480', DATE '2024-01-01', 'year', 'total', 'total', 2.0, NULL, NULL, NULL, 'uploaded', NULL, NULL, 2);
INSERT INTO allocation VALUES
    (1, 'avtal', 2021, 'syfte', 'kommun', '1490', 'Borås', 'allocated', 10.50, 'uploaded', NULL, NULL, 2);
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "o'lager"
    hashes = {}
    for name, content in (("first", b"a"), ("second", b"b")):
        sha256 = hashes[name] = hashlib.sha256(content).hexdigest()
        path = folder / "originals" / sha256[:2] / sha256
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    with duckdb.connect(str(folder / "000003.duckdb")) as connection:
        connection.execute(TABLES)
        connection.execute(ROWS.format(**hashes))
    (folder / "CURRENT").write_text("000003.duckdb\n")
    return folder


def check_history(warehouse: Warehouse) -> None:
    assert warehouse.batches().select("batch", "status", "published_by", "due", "comments").rows() == [
        (2, "published", "Eva", None, 0),
        (1, "published", "Åsa", None, 0),
    ]
    assert warehouse.events().select("event", "action", "note", "due", "trusted").rows()[:4] == [
        (1, "staged", "hej", None, None),
        (2, "published", None, None, None),
        (3, "staged", None, None, None),
        (4, "published", "godkänd", None, None),
    ]
    assert warehouse.observations().select("value", "batch").rows() == [(2.0, 2)]
    june = View(at=datetime(2024, 6, 15, tzinfo=UTC))
    assert warehouse.observations(view=june).select("value", "batch").rows() == [(1.0, 1)]
    assert warehouse.allocations()["recipient"].to_list() == ["Borås"]
    assert warehouse.rows_of(1)[0]["value"].to_list() == [1.0]
    assert [warehouse.original(batch) for batch in (1, 2)] == [b"a", b"b"]
    assert warehouse.verify() == []


def test_it_is_read_as_it_is_without_being_changed(old: Path):
    content = (old / "000003.duckdb").read_bytes()
    warehouse = Warehouse(old)
    check_history(warehouse)
    assert (warehouse.version, warehouse.derived_key) == (3, None)
    assert warehouse.grants().is_empty()
    assert warehouse.four_eyes() == frozenset()
    assert warehouse.series().is_empty()
    warehouse.close()
    assert (old / "000003.duckdb").read_bytes() == content
    assert sorted(path.name for path in old.iterdir()) == ["000003.duckdb", "CURRENT", "originals"]


def test_the_first_write_brings_it_up_to_date_as_one_version(old: Path):
    warehouse = Warehouse(old)
    warehouse.comment(1, "sett", by="Eva", permit=anyone)
    assert warehouse.version == 4
    assert warehouse.batches()["comments"].to_list() == [0, 1]
    with duckdb.connect(str(old / "000004.duckdb"), read_only=True) as connection:
        assert connection.sql("SELECT value FROM meta WHERE key = 'format'").fetchone() == ("5",)
    with duckdb.connect(str(old / "000003.duckdb"), read_only=True) as connection:
        assert connection.sql("SELECT value FROM meta WHERE key = 'format'").fetchone() == ("2",)
    warehouse.grant("bo@exempel.se", "granskare", by="Eva", permit=anyone)
    warehouse.withdraw(2, by="Eva", derive=derive, key="ny", permit=anyone)
    assert warehouse.observations()["value"].to_list() == [1.0]
    assert warehouse.series()["value"].to_list() == [1.0, 10.5]
    assert warehouse.events()["event"].to_list() == list(range(1, 7))
    assert warehouse.verify() == []
    warehouse.close()


def test_a_standard_deviation_is_kept_beside_rows_that_came_before_there_were_any(old: Path):
    warehouse = Warehouse(old)
    mean = observation(value=7.5, denominator=40.0, standard_deviation=8.1, period_start=date(2025, 1, 1))
    warehouse.load(delivery("ny", mean), publish=True, by="Eva", derive=derive, permit=anyone)
    shown = warehouse.observations().sort("period_start").select("value", "standard_deviation").rows()
    assert shown == [(2.0, None), (7.5, 8.1)]
    assert [warehouse.rows_of(batch)[0]["standard_deviation"].to_list() for batch in (1, 3)] == [
        [None],
        [8.1],
    ]
    assert warehouse.rows_of(3)[0].columns == list(OBSERVATION_SCHEMA)
    assert warehouse.verify() == []
    warehouse.close()


def test_making_ready_brings_it_up_to_date_and_derives_anew(old: Path, tmp_path: Path):
    warehouse = Warehouse(old)
    knowledge = load_catalogue(ROOT / "data" / "catalogue")
    ensure_ready(warehouse, knowledge, tmp_path)
    assert (warehouse.version, warehouse.derived_key) == (4, knowledge.key)
    check_history(warehouse)
    ensure_ready(warehouse, knowledge, tmp_path)
    assert warehouse.version == 4
    warehouse.close()


def test_every_table_ends_as_a_new_one_begins(old: Path):
    with (
        connecting.opened(old / "000003.duckdb", read_only=False) as upgraded,
        connecting.opened(old / "ny.duckdb", read_only=False) as fresh,
    ):
        for table in tables.TABLES:
            described = f'DESCRIBE "{table}"'
            assert upgraded.sql(described).fetchall() == fresh.sql(described).fetchall()
        names = "SELECT table_name FROM duckdb_tables() ORDER BY table_name"
        assert upgraded.sql(names).fetchall() == fresh.sql(names).fetchall()


def test_what_was_derived_in_the_same_shape_is_kept(tmp_path: Path):
    path = tmp_path / "000001.duckdb"
    with connecting.opened(path, read_only=False) as connection:
        numbered = pl.lit(1, pl.Int64()).alias("batch")
        parcel = delivery("x", observation())
        series, _ = derive(
            parcel.observations.with_columns(numbered), parcel.allocations.with_columns(numbered)
        )
        tables.insert(connection, "series", series)
        for table in ("role", "setting", "mapping"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("ALTER TABLE event DROP COLUMN due")
        connection.execute("ALTER TABLE event DROP COLUMN trusted")
        connection.execute("ALTER TABLE observation DROP COLUMN standard_deviation")
        tables.set_meta(connection, "format", "2")
        tables.set_meta(connection, "derived_key", "gammal")
        upgrade.bring_up_to_date(connection, 2)
        assert tables.fetch(connection, "SELECT value FROM series")["value"].to_list() == [1.0]
        assert tables.get_meta(connection, "derived_key") is None
