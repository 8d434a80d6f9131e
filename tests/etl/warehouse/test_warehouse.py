from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from filelock import FileLock

from etl.warehouse import (
    AccessError,
    DamagedError,
    NewerFormatError,
    Request,
    RowShapeError,
    UnknownBatchError,
    Warehouse,
    WarehouseError,
    WrongStatusError,
    anyone,
    connecting,
    tables,
)
from etl.warehouse import base as module
from tests.etl.warehouse.doubles import (
    MONEY,
    allocation,
    delivery,
    derive,
    figures,
    observation,
    warning,
)

HERE = ("a", "1480")


def test_an_empty_warehouse_reads_as_empty_and_writes_nothing(warehouse: Warehouse):
    assert warehouse.version == 0
    assert warehouse.derived_key is None
    for frame in (
        warehouse.batches(),
        warehouse.events(),
        warehouse.series(),
        warehouse.judgements(),
        warehouse.observations(),
        warehouse.allocations(),
    ):
        assert frame.is_empty()
    assert not warehouse.folder.exists()


def test_loading_stages_and_publishing_is_a_step_of_its_own(warehouse: Warehouse):
    before = datetime.now(UTC)
    parcel = delivery("x", observation(), problems=warning(4), note="hej")
    receipt = warehouse.load(parcel, publish=False, by="Bo", derive=derive, permit=anyone)
    assert (receipt.batch, receipt.already_delivered, receipt.status) == (1, False, "staged")
    assert receipt.delivered_by == "Åsa"
    assert before - timedelta(seconds=1) <= receipt.delivered_at <= datetime.now(UTC)
    assert warehouse.version == 1
    assert warehouse.series().is_empty()
    assert warehouse.problems(1)["row"].to_list() == [4]
    assert warehouse.original(1) == b"x"
    receipt = warehouse.publish(1, by="Chefen", note="godkänd", derive=derive, permit=anyone)
    assert (receipt.status, receipt.already_delivered) == ("published", False)
    assert warehouse.version == 2
    assert figures(warehouse.series()) == figures(warehouse.judgements()) == {HERE: 1.0}
    facts = warehouse.batches().row(0, named=True)
    assert (facts["published_by"], facts["changed_by"], facts["note"]) == ("Chefen", "Chefen", "hej")
    assert warehouse.events()["note"].to_list() == ["hej", "godkänd"]
    assert warehouse.events()["version"].to_list() == [1, 2]


def test_loading_and_publishing_at_once_is_one_version(warehouse: Warehouse):
    receipt = warehouse.load(
        delivery("x", observation()), publish=True, by="Bo", derive=derive, permit=anyone
    )
    assert receipt.status == "published"
    assert warehouse.version == 1
    assert figures(warehouse.series()) == {HERE: 1.0}
    assert warehouse.events()["action"].to_list() == ["staged", "published"]


@pytest.mark.parametrize("status", ["staged", "published", "withdrawn", "rejected"])
@pytest.mark.parametrize("publish", [False, True])
def test_the_same_bytes_again_are_told_and_store_nothing(warehouse: Warehouse, status: str, publish: bool):
    first = warehouse.load(delivery("x", observation()), publish=False, by="Bo", derive=derive, permit=anyone)
    if status in {"published", "withdrawn"}:
        warehouse.publish(1, by="Bo", derive=derive, permit=anyone)
    if status == "withdrawn":
        warehouse.withdraw(1, by="Bo", derive=derive, permit=anyone)
    if status == "rejected":
        warehouse.reject(1, by="Bo", permit=anyone)
    version, files = warehouse.version, sorted(warehouse.folder.rglob("*"))
    again = delivery("x", observation(value=9.0), name="annat namn.xlsx", delivered_by="Någon annan")
    receipt = warehouse.load(again, publish=publish, by="Eva", derive=derive, permit=anyone)
    assert receipt.already_delivered
    assert (receipt.batch, receipt.status) == (1, status)
    assert (receipt.delivered_by, receipt.delivered_at) == ("Åsa", first.delivered_at)
    assert warehouse.version == version
    assert sorted(warehouse.folder.rglob("*")) == files


def test_bytes_that_another_writer_brought_meanwhile_are_told(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
):
    other = Warehouse(warehouse.folder)
    real = module.locking.writing

    def late(*args: Any, **options: Any) -> Any:
        monkeypatch.setattr(module.locking, "writing", real)
        other.load(delivery("x", observation()), publish=True, by="Eva", derive=derive, permit=anyone)
        return real(*args, **options)

    monkeypatch.setattr(module.locking, "writing", late)
    receipt = warehouse.load(
        delivery("x", observation()), publish=False, by="Bo", derive=derive, permit=anyone
    )
    assert (receipt.batch, receipt.already_delivered, receipt.status) == (1, True, "published")
    assert warehouse.version == 1
    other.close()


def test_withdrawing_brings_back_what_was_replaced_and_can_be_undone(warehouse: Warehouse):
    for number in (1, 2, 3):
        parcel = delivery(
            f"{number}", observation(value=float(number)), money=(allocation(amount=f"{number}"),)
        )
        warehouse.load(parcel, publish=True, by="Bo", derive=derive, permit=anyone)
    both = (HERE, (MONEY, "14"))

    def shown() -> list[float | None]:
        return [figures(warehouse.series()).get(key) for key in both]

    assert shown() == [3, 3]
    warehouse.withdraw(3, by="Bo", note="fel", derive=derive, permit=anyone)
    assert shown() == [2, 2]
    warehouse.withdraw(1, by="Bo", derive=derive, permit=anyone)
    assert shown() == [2, 2]
    warehouse.withdraw(2, by="Bo", derive=derive, permit=anyone)
    assert shown() == [None, None]
    warehouse.restore(1, by="Bo", derive=derive, permit=anyone)
    assert shown() == [1, 1]
    warehouse.restore(3, by="Bo", derive=derive, permit=anyone)
    assert shown() == [3, 3]
    # Restored last, but first published before batch 3: it does not come to the top.
    warehouse.restore(2, by="Bo", derive=derive, permit=anyone)
    assert shown() == [3, 3]
    assert warehouse.version == 9


def test_several_deliveries_come_in_as_one_version(warehouse: Warehouse):
    calls = []

    def counted(rows: pl.DataFrame, money: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        calls.append(rows.height)
        return derive(rows, money)

    parcels = [delivery("1", observation(value=1.0)), delivery("2", observation(value=2.0), observation("b"))]
    receipts = warehouse.load_all(parcels, publish=True, by="Bo", derive=counted, key="nyckel", permit=anyone)
    assert [receipt.batch for receipt in receipts] == [1, 2]
    assert warehouse.version == 1
    assert warehouse.derived_key == "nyckel"
    assert calls == [2]
    assert figures(warehouse.series()) == {HERE: 2.0, ("b", "1480"): 1.0}
    more = [*parcels, delivery("3", observation("c"))]
    receipts = warehouse.load_all(more, publish=True, by="Bo", derive=derive, permit=anyone)
    assert [receipt.already_delivered for receipt in receipts] == [True, True, False]
    assert warehouse.version == 2


def test_deliveries_take_the_place_of_batches_in_one_version(warehouse: Warehouse):
    for name, rows in (("1", [observation(), observation("b")]), ("2", [observation("c")])):
        warehouse.load(delivery(name, *rows), publish=True, by="Bo", derive=derive, permit=anyone)
    warehouse.withdraw(2, by="Bo", derive=derive, permit=anyone)
    asked = []

    def watching(_now: Any, request: Request) -> None:
        asked.append((request.action, request.indicators))

    new = delivery("3", observation(value=3.0))
    reasons = {1: "Ny utgåva", 2: "Borta redan"}
    warehouse.load_all([new], publish=True, by="Bo", derive=derive, permit=watching, instead_of=reasons)
    assert warehouse.version == 4
    assert dict(warehouse.batches().select("batch", "status").iter_rows()) == {
        3: "published", 2: "withdrawn", 1: "withdrawn"
    }  # fmt: skip
    assert figures(warehouse.series()) == {HERE: 3.0}
    assert warehouse.events(1)["note"].to_list()[-1] == "Ny utgåva"
    assert warehouse.events(2).height == 3, "what was withdrawn stays as it was"
    assert {("withdraw", frozenset({"a", "b"})), ("deliver", frozenset({"a"}))} <= set(asked)
    warehouse.load_all([new], publish=True, by="Bo", derive=derive, permit=anyone, instead_of=reasons)
    assert warehouse.version == 4, "nothing is new"


def test_money_is_derived_anew_when_it_is_replaced(warehouse: Warehouse):
    warehouse.load(delivery("1", money=(allocation(),)), publish=True, by="Bo", derive=derive, permit=anyone)
    warehouse.load_all(
        [delivery("2", observation())], publish=True, by="Bo", derive=derive, permit=anyone, instead_of={1: "Bort"}
    )  # fmt: skip
    assert figures(warehouse.series()) == {HERE: 1.0}


def test_a_delivery_that_fails_in_the_middle_leaves_nothing(warehouse: Warehouse):
    warehouse.load(delivery("1", observation()), publish=True, by="Bo", derive=derive, permit=anyone)

    def failing(rows: pl.DataFrame, money: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        raise ZeroDivisionError

    for attempt in (
        lambda: warehouse.load(
            delivery("2", observation()), publish=True, by="Bo", derive=failing, permit=anyone
        ),
        lambda: warehouse.withdraw(1, by="Bo", derive=failing, permit=anyone),
        lambda: warehouse.rederive("x", failing),
    ):
        with pytest.raises(ZeroDivisionError):
            attempt()
    wrong = delivery("3", observations=delivery("x", observation()).observations.drop("age"))
    with pytest.raises(RowShapeError, match="observation: kolumn age"):
        warehouse.load(wrong, publish=False, by="Bo", derive=derive, permit=anyone)
    assert warehouse.version == 1
    assert warehouse.batches().height == 1
    assert warehouse.derived_key is None


def test_rederiving_is_a_version_with_the_new_key(warehouse: Warehouse):
    warehouse.rederive("tom", derive)
    assert (warehouse.version, warehouse.derived_key) == (1, "tom")
    warehouse.load(delivery("1", observation()), publish=True, by="Bo", derive=derive, permit=anyone)
    warehouse.rederive("ny", lambda rows, money: (derive(rows, money)[0], derive(rows, money)[1].clear()))
    assert (warehouse.version, warehouse.derived_key) == (3, "ny")
    assert figures(warehouse.series()) == {HERE: 1.0}
    assert warehouse.judgements().is_empty()


def test_refusals_are_told_and_make_no_version(warehouse: Warehouse):
    warehouse.load(delivery("1", observation()), publish=False, by="Bo", derive=derive, permit=anyone)
    with pytest.raises(WrongStatusError, match="Leverans 1 kan inte återkallas: den väntar på publicering"):
        warehouse.withdraw(1, by="Bo", derive=derive, permit=anyone)
    for ask in (
        warehouse.original,
        warehouse.problems,
        lambda n: warehouse.publish(n, by="Bo", derive=derive, permit=anyone),
    ):
        with pytest.raises(UnknownBatchError, match="nummer 2"):
            ask(2)
    assert warehouse.version == 1


def test_rows_are_never_removed_or_changed(warehouse: Warehouse):
    warehouse.load(delivery("1", observation(value=1.0)), publish=True, by="Bo", derive=derive, permit=anyone)
    warehouse.load(delivery("2", observation(value=2.0)), publish=True, by="Bo", derive=derive, permit=anyone)
    warehouse.withdraw(1, by="Bo", derive=derive, permit=anyone)
    warehouse.restore(1, by="Bo", derive=derive, permit=anyone)
    warehouse.rederive("x", derive)
    with connecting.opened(warehouse.folder / "000005.duckdb", read_only=True) as connection:
        rows = tables.fetch(connection, "SELECT batch, value FROM observation ORDER BY batch").rows()
    assert rows == [(1, 1.0), (2, 2.0)]


def test_another_program_sees_the_change_at_once(warehouse: Warehouse):
    other = Warehouse(warehouse.folder)
    assert other.version == 0
    warehouse.load(delivery("1", observation()), publish=True, by="Bo", derive=derive, permit=anyone)
    assert other.version == 1
    assert other.batches()["name"].to_list() == ["1.csv"]
    warehouse.withdraw(1, by="Bo", derive=derive, permit=anyone)
    assert other.batches()["status"].to_list() == ["withdrawn"]
    other.close()


@pytest.mark.parametrize("content", [b"", b"inte en databas", b"\x00" * 5000])
def test_a_damaged_version_is_told_with_the_way_back(warehouse: Warehouse, content: bytes):
    for number in ("1", "2"):
        warehouse.load(
            delivery(number, observation(area=number)), publish=True, by="Bo", derive=derive, permit=anyone
        )
    warehouse.close()
    (warehouse.folder / "000002.duckdb").write_bytes(content)
    for attempt in (
        warehouse.batches,
        lambda: warehouse.load(
            delivery("3", observation()), publish=True, by="Bo", derive=derive, permit=anyone
        ),
    ):
        with pytest.raises(DamagedError, match=r"000001\.duckdb.*CURRENT"):
            attempt()
    (warehouse.folder / "CURRENT").write_text("000001.duckdb\n")
    assert warehouse.batches()["name"].to_list() == ["1.csv"]
    warehouse.load(delivery("3", observation()), publish=True, by="Bo", derive=derive, permit=anyone)
    assert warehouse.version == 3


def test_a_version_cut_short_is_told(warehouse: Warehouse):
    warehouse.load(delivery("1", observation()), publish=True, by="Bo", derive=derive, permit=anyone)
    warehouse.close()
    path = warehouse.folder / "000001.duckdb"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(DamagedError, match="skadat"):
        warehouse.batches()


def test_a_later_format_is_neither_read_nor_written(warehouse: Warehouse):
    warehouse.load(delivery("1", observation()), publish=True, by="Bo", derive=derive, permit=anyone)
    warehouse.close()
    with connecting.opened(warehouse.folder / "000001.duckdb", read_only=False) as connection:
        tables.set_meta(connection, "format", "99")
    for attempt in (warehouse.batches, lambda: warehouse.publish(1, by="Bo", derive=derive, permit=anyone)):
        with pytest.raises(NewerFormatError, match="format 99"):
            attempt()
    assert warehouse.version == 1


def test_a_folder_that_is_a_file_is_told(tmp_path: Path):
    (tmp_path / "file").touch()
    warehouse = Warehouse(tmp_path / "file")
    for attempt in (
        lambda: warehouse.version,
        warehouse.batches,
        lambda: warehouse.load(delivery("1"), publish=False, by="Bo", derive=derive, permit=anyone),
    ):
        with pytest.raises(WarehouseError, match="är inte en mapp"):
            attempt()


def test_a_folder_that_cannot_be_written_is_told_and_still_read(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
):
    warehouse.load(delivery("1", observation()), publish=True, by="Bo", derive=derive, permit=anyone)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(FileLock, "acquire", refuse)
    with pytest.raises(AccessError, match="får inte läsa eller skriva"):
        warehouse.withdraw(1, by="Bo", derive=derive, permit=anyone)
    assert figures(warehouse.series()) == {HERE: 1.0}
    assert warehouse.load(
        delivery("1"), publish=True, by="Bo", derive=derive, permit=anyone
    ).already_delivered


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden for root")
def test_a_read_only_folder_is_read_and_not_written(warehouse: Warehouse):
    warehouse.load(delivery("1", observation()), publish=True, by="Bo", derive=derive, permit=anyone)
    warehouse.close()
    warehouse.folder.chmod(0o500)
    try:
        assert figures(warehouse.series()) == {HERE: 1.0}
        with pytest.raises(AccessError):
            warehouse.withdraw(1, by="Bo", derive=derive, permit=anyone)
    finally:
        warehouse.folder.chmod(0o700)
