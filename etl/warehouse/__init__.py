"""The only place that knows DuckDB: versions, batches, publishing, history."""

from etl.warehouse.base import WAIT_SECONDS
from etl.warehouse.errors import (
    AccessError,
    BusyError,
    DamagedError,
    FourEyesError,
    NewerFormatError,
    NoMemoryError,
    NoSpaceError,
    NotAllowedError,
    NotScheduledError,
    OlderFormatError,
    RowShapeError,
    UnknownBatchError,
    WarehouseError,
    WrongStatusError,
)
from etl.warehouse.model import Delivery, Derive, Receipt, Status, View
from etl.warehouse.originals import sha256_of
from etl.warehouse.permits import Permit, Request, anyone
from etl.warehouse.queries import DIVISION_KEY
from etl.warehouse.reading import Snapshot
from etl.warehouse.warehouse import Warehouse

__all__ = [
    "DIVISION_KEY",
    "WAIT_SECONDS",
    "AccessError",
    "BusyError",
    "DamagedError",
    "Delivery",
    "Derive",
    "FourEyesError",
    "NewerFormatError",
    "NoMemoryError",
    "NoSpaceError",
    "NotAllowedError",
    "NotScheduledError",
    "OlderFormatError",
    "Permit",
    "Receipt",
    "Request",
    "RowShapeError",
    "Snapshot",
    "Status",
    "UnknownBatchError",
    "View",
    "Warehouse",
    "WarehouseError",
    "WrongStatusError",
    "anyone",
    "sha256_of",
]
