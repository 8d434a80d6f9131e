"""What is likely to be chosen is worked out before anybody chooses it, so that a first choice needn't wait for it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from threading import Event, Lock
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

log = structlog.get_logger(__name__)

#: Seconds between looks whether there is a new version.
EVERY = 5

#: Seconds that nobody has been served before a piece of the work is begun: whoever chooses has the processor.
QUIET = 2.0

#: Seconds between two pieces of the work, in which somebody may come.
BREATH = 0.02


class Service:
    """Who is served in this process, and until when somebody was."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._being_served = 0
        self._until = float("-inf")

    @contextmanager
    def somebody(self) -> Generator[None]:
        """Somebody is served for as long as the block takes."""
        with self._lock:
            self._being_served += 1
        try:
            yield
        finally:
            with self._lock:
                self._being_served -= 1
                self._until = time.monotonic()

    def busy(self) -> float:
        """Seconds that it takes until nobody has been served for `QUIET`, if nobody comes; 0 when it is quiet."""
        with self._lock:
            return QUIET if self._being_served else max(0.0, self._until + QUIET - time.monotonic())


#: One for all sessions.
service = Service()


class Looking:
    """The work of one server.

    Attributes:
        stopped: Set when the server stops.
        done: The version that everything is worked out for; None before.
    """

    def __init__(self) -> None:
        self.stopped = Event()
        self.done: int | None = None

    def ahead(self) -> None:
        """Work out what each page says is likely to be chosen; once for each version.

        It ends when the server stops or another version is published. An error is logged, and ends nothing but its
        page: whoever makes that choice is told of it.
        """
        try:
            self._ahead()
        except Exception as error:
            log.error("nothing worked out ahead", error=repr(error))

    def _ahead(self) -> None:
        from dashboard import data, kept  # noqa: PLC0415 - once the server runs
        from dashboard.registry import PAGES  # noqa: PLC0415

        version = data.live()
        if version != self.done:
            kept.forget()
            pages = [(page.path, page.ahead(version)) for page in PAGES]
            if self._work(pages, lambda: data.live() == version):
                # What the database keeps of all that was read takes twenty megabytes, and few will ask for it again.
                data.warehouse().close()
                self.done = version

    def _work(
        self, pages: Iterable[tuple[str, Iterable[Callable[[], object]]]], is_wanted: Callable[[], bool]
    ) -> bool:
        """Work out a piece of each page by turns; whether it came to its end while it was wanted."""
        left = [(path, iter(pieces)) for path, pieces in pages]
        while left:
            for page in left.copy():
                if self.stopped.wait(BREATH) or self._wait_for_quiet():
                    return False
                path, pieces = page
                try:
                    if not is_wanted():
                        return False
                    next(pieces)()
                except StopIteration:
                    left.remove(page)
                except Exception as error:
                    log.error("not worked out ahead", page=path, error=repr(error))
                    left.remove(page)
        return True

    def _wait_for_quiet(self) -> bool:
        """Wait until nobody has been served for a while; whether the server stops."""
        while (left := service.busy()) > 0:
            if self.stopped.wait(left):
                return True
        return False
