"""What is drawn, kept for whoever makes the same choice: the latest as it is, what is drawn ahead compressed."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Hashable
from functools import lru_cache, update_wrapper
from threading import Lock
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from functools import _CacheInfo

#: Bytes of all that is drawn ahead, twice what the bundled figures need. What is likeliest is drawn first, and stays.
ROOM = 32_000_000

#: How hard it is compressed: the quickest makes it a fifth, the hardest a sixth.
_QUICK = 1

P = ParamSpec("P")
R = TypeVar("R")

#: The function, and what it is asked.
_Key = tuple[Hashable, ...]


class _Shelf:
    """Packed values by key, until there is no room for one.

    Attributes:
        is_full: A value had no room. Nothing more is put here before something is removed.
    """

    def __init__(self) -> None:
        self.is_full = False
        self._lock = Lock()
        self._packed: dict[_Key, bytes] = {}
        self._size = 0

    def get(self, key: _Key) -> bytes | None:
        with self._lock:
            return self._packed.get(key)

    def put(self, key: _Key, packed: bytes) -> None:
        with self._lock:
            size = self._size + len(packed) - len(self._packed.get(key, b""))
            self.is_full = self.is_full or size > ROOM
            if not self.is_full:
                self._packed[key], self._size = packed, size

    def remove(self, owner: object = None) -> None:
        with self._lock:
            for key in [key for key in self._packed if owner is None or key[0] is owner]:
                self._size -= len(self._packed.pop(key))
            self.is_full = False


_SHELF = _Shelf()


def forget() -> None:
    """Forget what was drawn ahead, of a version that has passed."""
    _SHELF.remove()


class Kept(Generic[P, R]):
    """A function whose results are kept, as `functools.lru_cache` does; and those drawn ahead beside, compressed.

    Its arguments tell all that a result depends on, the version among them. Results are not to be changed.
    """

    def __init__(self, draw: Callable[P, R], latest: int) -> None:
        """Keep a function's results.

        Args:
            draw: The function. What it returns can be pickled.
            latest: How many results are kept as they are.
        """
        update_wrapper(self, draw)
        self._draw = draw
        self._latest = lru_cache(maxsize=latest)(self._found)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """The result, drawn now where it isn't kept."""
        return self._latest(*args, **kwargs)  # ty: ignore[invalid-argument-type]

    def ahead(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Draw what is likely to be asked for, while there is room for it."""
        key = self._key(args, kwargs)
        if not _SHELF.is_full and _SHELF.get(key) is None:
            _SHELF.put(key, zlib.compress(pickle.dumps(self._draw(*args, **kwargs)), _QUICK))

    def _found(self, *args: P.args, **kwargs: P.kwargs) -> R:
        packed = _SHELF.get(self._key(args, kwargs))
        # It was packed by this process, and has never left it.
        return self._draw(*args, **kwargs) if packed is None else pickle.loads(zlib.decompress(packed))  # noqa: S301

    def _key(self, args: tuple[object, ...], kwargs: Mapping[str, object]) -> _Key:
        return (self, args, *sorted(kwargs.items()))

    def cache_clear(self) -> None:
        """Forget everything."""
        self._latest.cache_clear()
        _SHELF.remove(self)

    def cache_info(self) -> _CacheInfo:
        """How often a result was among the latest, and how often not."""
        return self._latest.cache_info()


def kept(latest: int) -> Callable[[Callable[P, R]], Kept[P, R]]:
    """Keep a function's results; see `Kept`.

    Args:
        latest: How many are kept as they are.
    """
    return lambda draw: Kept(draw, latest)
