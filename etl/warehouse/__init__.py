"""The only place that knows DuckDB: versions, batches, publishing, history."""

from etl.warehouse.errors import (
    AccessError,
    BusyError,
    DamagedError,
    NewerFormatError,
    NoMemoryError,
    NoSpaceError,
    RowShapeError,
    UnknownBatchError,
    WarehouseError,
    WrongStatusError,
)
from etl.warehouse.model import Comparison, Delivery, Derive, Receipt, Status
from etl.warehouse.reading import DIVISION_KEY, Snapshot
from etl.warehouse.warehouse import WAIT_SECONDS, Warehouse

__all__ = [
    "DIVISION_KEY",
    "WAIT_SECONDS",
    "AccessError",
    "BusyError",
    "Comparison",
    "DamagedError",
    "Delivery",
    "Derive",
    "NewerFormatError",
    "NoMemoryError",
    "NoSpaceError",
    "Receipt",
    "RowShapeError",
    "Snapshot",
    "Status",
    "UnknownBatchError",
    "Warehouse",
    "WarehouseError",
    "WrongStatusError",
]
