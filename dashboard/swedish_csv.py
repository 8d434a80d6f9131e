"""Files to download: CSV as Swedish spreadsheets open it, and nothing in it that they would run."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"[+-]?\d[\d\u00a0\u202f .,]*(e[+-]?\d+)?\s*%?", re.IGNORECASE)


def harmless(cell: object) -> str:
    """A cell as text; what a spreadsheet would take for a formula gets an apostrophe, a number stays one."""
    said = "" if cell is None else str(cell)
    if said.startswith(_STARTS_FORMULA) and not _NUMBER.fullmatch(said):
        return f"'{said}"
    return said


def as_bytes(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Heads and rows with `;` between cells, in UTF-8 with a byte-order mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
