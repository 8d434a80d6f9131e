from __future__ import annotations

import os
import re
import threading
import time
from pathlib import Path

import pytest

from etl.warehouse import locking
from etl.warehouse.errors import BusyError


def test_a_second_writer_waits_and_is_then_told_who_holds_the_lock(tmp_path: Path):
    told: list[str] = []

    def second() -> None:
        try:
            with locking.writing(tmp_path, wait=0.2, doing="väntar"):
                told.append("came in")
        except BusyError as error:
            told.append(str(error))

    with locking.writing(tmp_path, wait=1, doing="publicerar leverans 7"):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert re.fullmatch(
        rf"Datalagret är upptaget: process {os.getpid()} på \S+ publicerar leverans 7 sedan "
        r"\d{4}-\d\d-\d\d kl\. \d\d\.\d\d\.\d\d\. Väntade i 0,2\u00a0sekunder\. "
        r"Vänta tills den är klar, eller avsluta den processen, och försök igen\. Inget har ändrats\.",
        told[0],
    )


def test_the_lock_goes_when_the_writer_fails(tmp_path: Path):
    with pytest.raises(ZeroDivisionError), locking.writing(tmp_path, wait=1, doing="räknar"):
        raise ZeroDivisionError
    with locking.writing(tmp_path, wait=0, doing="räknar"):
        assert (tmp_path / "lock.json").exists()
    assert not (tmp_path / "lock.json").exists()


@pytest.mark.parametrize("left", ["", "[]", "{}", '{"pid": 1, "since": "i går"}', '{"pid": 1'])
def test_what_cannot_be_told_is_not_guessed(tmp_path: Path, left: str):
    told: list[str] = []

    def second() -> None:
        try:
            with locking.writing(tmp_path, wait=0, doing="väntar"):
                told.append("came in")
        except BusyError as error:
            told.append(str(error))

    with locking.writing(tmp_path, wait=1, doing="x"):
        (tmp_path / "lock.json").write_text(left, encoding="utf-8")
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert told[0].startswith(
        "Datalagret är upptaget: en annan process skriver i det. Väntade i 0\u00a0sekunder."
    )


def test_writers_in_threads_come_one_after_the_other(tmp_path: Path):
    inside, most = [0], [0]

    def write() -> None:
        for _ in range(5):
            with locking.writing(tmp_path, wait=30, doing="skriver"):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                time.sleep(0.002)
                inside[0] -= 1

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
