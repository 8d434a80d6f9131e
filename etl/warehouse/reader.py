"""Readers of the live version: one connection for all threads, a cursor each, moving on with `CURRENT`."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from etl.warehouse import connecting
from etl.warehouse.errors import told_in_swedish
from etl.warehouse.reading import Snapshot

if TYPE_CHECKING:
    from collections.abc import Generator

    from etl.warehouse.versions import Versions


@dataclass
class _Opened:
    connection: duckdb.DuckDBPyConnection
    number: int
    users: int = 0
    retired: bool = False


class Reader:
    """Gives out snapshots of the live version, without any lock that a writer would notice.

    A version that was left behind is closed when its last user is done.
    """

    def __init__(self, versions: Versions):
        self._versions = versions
        self._lock = threading.Lock()
        self._opened: _Opened | None = None

    @contextmanager
    def snapshot(self) -> Generator[Snapshot]:
        """The live version, the same one as long as the block lasts."""
        folder = self._versions.folder
        with told_in_swedish(folder):
            opened = self._take()
        try:
            cursor = opened.connection.cursor()
            try:
                yield Snapshot(cursor, opened.number, folder)
            finally:
                cursor.close()
        finally:
            self._leave(opened)

    def close(self) -> None:
        """Let go of the file; the next snapshot opens it again."""
        with self._lock:
            self._retire()

    def _take(self) -> _Opened:
        with self._lock:
            number = self._versions.live()
            if self._opened is None or self._opened.number != number:
                fresh = self._connect(number)
                self._retire()
                self._opened = fresh
            self._opened.users += 1
            return self._opened

    def _leave(self, opened: _Opened) -> None:
        with self._lock:
            opened.users -= 1
            if opened.retired and opened.users == 0:
                opened.connection.close()

    def _retire(self) -> None:
        opened, self._opened = self._opened, None
        if opened is None:
            return
        opened.retired = True
        if opened.users == 0:
            opened.connection.close()

    def _connect(self, number: int) -> _Opened:
        """Open a version; when it was pruned meanwhile there is a newer one."""
        while True:
            try:
                path = self._versions.file(number)
                connection = connecting.connect(path, read_only=True) if number else connecting.empty()
                return _Opened(connection, number)
            except duckdb.IOException:
                newer = self._versions.live()
                if newer == number:
                    if not self._versions.file(number).exists():
                        raise self._versions.missing(number) from None
                    raise
                number = newer
