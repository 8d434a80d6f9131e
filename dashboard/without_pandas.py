"""The server runs without pandas, which nothing of ours uses.

DuckDB loads it for every query with parameters, and pandera when it is imported, just to ask whether a value is one of
its own. It takes 40 MB, and time of the first page. Both do without where it isn't installed.
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

_REFUSED = "pandas"


class _Refusal:
    """A finder that says that pandas isn't installed."""

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        if name == _REFUSED:
            raise ModuleNotFoundError(f"No module named {name!r}: the server runs without it", name=name)


@contextlib.contextmanager
def without_pandas() -> Generator[None]:
    """As if pandas weren't installed; where it is loaded already, all is as it was."""
    refusal = _Refusal()
    sys.meta_path.insert(0, refusal)
    try:
        yield
    finally:
        sys.meta_path.remove(refusal)
