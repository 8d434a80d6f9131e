from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from etl.warehouse import Warehouse, connecting
from etl.warehouse.batches import Change

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = Warehouse(tmp_path / "warehouse", wait=5)
    yield opened
    opened.close()


@pytest.fixture
def change(tmp_path: Path) -> Iterator[Change]:
    """A version being made, in memory."""
    connection = connecting.empty()
    yield Change(connection, 1, "Bo", datetime(2024, 5, 1, 12), tmp_path)
    connection.close()
