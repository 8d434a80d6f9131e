"""What the server does around the pages: language, security headers, health, warm-up and memory."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import gzip
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

import structlog
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import BaseRoute, Route

from dashboard import front, login, looking_ahead
from dashboard.connections import send_at_once
from dashboard.login_middleware import LoginMiddleware
from dashboard.streamlit_files import StreamlitFilesMiddleware
from dashboard.without_pandas import without_pandas
from etl.settings import settings

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, MutableMapping

    from starlette.requests import Request

    Message = MutableMapping[str, Any]

log = structlog.get_logger(__name__)

#: Seconds between garbage collections; the collection after every rerun is switched off.
COLLECT_EVERY = 60

#: Seconds between looks whether a delivery is to be published now.
PUBLISH_EVERY = 20

#: Seconds that the browser has the processor for itself after the first page is made, before the other pages are
#: imported; they are imported after so many times as long where nobody comes.
FIRST_PAGE_SECONDS = 2
_NOBODY_CAME = 5

#: Seconds between looks whether somebody has come.
_SOON = 0.05

#: The C library's number for how many pools of memory there are, and how many are enough.
_POOLS, _ENOUGH = -8, 2

_ready = threading.Event()

#: What is worked out before anybody chooses it.
_looking = looking_ahead.Looking()

#: Set when a page has been made for somebody.
page_made = threading.Event()

#: Set when the server stopped because there was nothing to show.
failed = threading.Event()

#: What the browser may do with our pages. Streamlit needs inline styles, eval'd chart code and blobs.
_HEADERS = {
    b"content-security-policy": (
        b"default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
        b"script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src 'self' blob:; "
        b"font-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'self'; "
        b"form-action 'self'; object-src 'none'"
    ),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
}


_TEXT_HEADERS = {name.decode(): value.decode() for name, value in _HEADERS.items()}


class PageMiddleware:
    """Adds security headers, and says `lang="sv"` where Streamlit says English (WCAG 3.1.1)."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self.app = app

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        elsewhere = _canonical(scope)
        if elsewhere:
            await RedirectResponse(elsewhere, status_code=302, headers=_TEXT_HEADERS)(scope, receive, send)
            return
        start: Message = {}
        body = bytearray()

        async def rewrite(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in _HEADERS.items() if name not in names),
                ]
                if scope["method"] != "HEAD" and _is_page(message):
                    start.update(message)
                    return
            elif start and message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if message.get("more_body"):
                    return
                for part in _in_swedish(start, bytes(body)):
                    await send(part)
                return
            await send(message)

        await self.app(scope, receive, rewrite)


def _canonical(scope: MutableMapping[str, Any]) -> str | None:
    """Where an address of a page leads that names things by id; None where it stays as it is."""
    if scope["method"] not in ("GET", "HEAD") or not scope.get("query_string") or not _ready.is_set():
        return None
    from dashboard import links  # noqa: PLC0415
    from dashboard.registry import PAGES  # noqa: PLC0415

    page = scope["path"].strip("/")
    if page not in {spec.path for spec in PAGES}:
        return None
    return links.canonical(f"/{page}", scope["query_string"].decode("latin-1"))


def _is_page(start: Message) -> bool:
    headers = {name.lower(): value for name, value in start["headers"]}
    return (
        start["status"] == 200  # noqa: PLR2004
        and headers.get(b"content-type", b"").startswith(b"text/html")
        and headers.get(b"content-encoding", b"gzip") == b"gzip"
    )


def _in_swedish(start: Message, body: bytes) -> tuple[Message, Message]:
    """The page with its language told, unpacked where Streamlit had packed it: it is a few kilobytes."""
    headers = {name.lower(): value for name, value in start["headers"]}
    plain = gzip.decompress(body) if b"content-encoding" in headers else body
    page = front.into(plain)
    kept = [
        (name, str(len(page)).encode() if name.lower() == b"content-length" else value)
        for name, value in start["headers"]
        if name.lower() != b"content-encoding"
    ]
    return {**start, "headers": kept}, {"type": "http.response.body", "body": page}


async def _health(_request: Request) -> JSONResponse:
    """The live version, and the one that all likely choices are worked out for; 503 until a page can be drawn."""
    if not _ready.is_set():
        return JSONResponse({"status": "starting"}, status_code=503)
    from dashboard import data  # noqa: PLC0415

    told = {"status": "ok", "version": data.warehouse().version, "ahead": _looking.done}
    return JSONResponse(told)


def routes() -> list[BaseRoute]:
    """Our own routes beside Streamlit's."""
    return [Route("/halsa", _health), *front.routes()]


def middleware() -> list[Middleware]:
    """Our own middleware, outside Streamlit's."""
    return [
        Middleware(StreamlitFilesMiddleware, headers=_HEADERS.items()),
        Middleware(PageMiddleware),
        Middleware(LoginMiddleware),
    ]


@contextlib.asynccontextmanager
async def lifespan(_app: object) -> AsyncGenerator[dict[str, object]]:
    """Warm up while the browser loads Streamlit's own files, then collect garbage and publish on timers."""

    async def work() -> None:
        await asyncio.to_thread(_make_ready)
        await _until(page_made, _NOBODY_CAME * FIRST_PAGE_SECONDS)
        await asyncio.sleep(FIRST_PAGE_SECONDS)
        await asyncio.to_thread(_load_the_rest)
        timers = [_every(COLLECT_EVERY, gc.collect), _every(PUBLISH_EVERY, publish_due)]
        if settings().work_ahead:
            timers.append(_every(looking_ahead.EVERY, _looking.ahead))
        await asyncio.gather(*timers)

    _looking.stopped.clear()
    send_at_once(asyncio.get_running_loop())
    task = asyncio.create_task(work())
    try:
        with without_pandas():
            yield {}
    finally:
        _looking.stopped.set()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def share_pools() -> None:
    """Let the threads share their memory: a pool of its own keeps what its thread once needed, 20 MB in all.

    It has no effect once there are several pools, so it is called before any thread is started.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_POOLS, _ENOUGH)


async def _until(event: threading.Event, seconds: float) -> None:
    """Wait for an event, at most so long; a thread that waited would keep a server that stops from stopping."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not event.is_set():
                await asyncio.sleep(_SOON)


async def _every(seconds: float, act: Callable[[], object]) -> None:
    while True:
        await asyncio.sleep(seconds)
        await asyncio.to_thread(act)


def publish_due() -> None:
    """Publish what is to be published now; an error is logged, and it is tried again the next time."""
    from dashboard import data  # noqa: PLC0415
    from etl.jobs import schedule  # noqa: PLC0415

    try:
        for receipt in schedule.publish_due(data.warehouse(), data.knowledge()):
            log.info("published on time", batch=receipt.batch)
    except Exception as error:
        log.error("not published on time", error=repr(error))


def _make_ready() -> None:
    """Make ready what the first page needs.

    Where there is nothing to show, say why and stop the server.
    """
    from dashboard import data  # noqa: PLC0415

    try:
        login.configuration()
        data.prepare()
    except Exception as error:
        log.debug("nothing to show", exc_info=error)
        sys.stderr.write(f"{error}\n")
        failed.set()
        signal.raise_signal(signal.SIGTERM)
        return
    _ready.set()


def _load_the_rest() -> None:
    """Import the other pages, and keep all that was loaded out of the garbage collector's way."""
    from dashboard.registry import PAGES  # noqa: PLC0415

    for page in PAGES:
        page.load()
    gc.collect()
    gc.freeze()


def report_script_error(error: Exception) -> bool:
    """Log an error in a page and show the reader one Swedish sentence instead of a traceback."""
    import streamlit as st  # noqa: PLC0415

    log.error("page failed", error=repr(error), exc_info=error if sys.stderr.isatty() else None)
    st.error(
        "Sidan kunde inte visas på grund av ett fel i programmet. Ladda om sidan. "
        "Om felet kvarstår: hör av dig till den som driver tjänsten och ange tidpunkten."
    )
    return True
