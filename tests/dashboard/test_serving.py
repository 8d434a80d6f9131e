"""What the server puts around the pages."""

from __future__ import annotations

import asyncio
import gc
import gzip
import json
import signal
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from dashboard import data, front, serving
from etl.catalogue import CatalogueError
from etl.warehouse import WarehouseError

PAGE = (
    '<!doctype html><html lang="en"><head></head><body><noscript>\nYou need <b>JavaScript</b>.\n</noscript>'
    'Åäö <html lang="en"</body></html>'
)
SWEDISH = front.into(PAGE.encode())


def answer(
    app, *, method: str = "GET", kind: str = "http", path: str = "/", query: str = ""
) -> tuple[int, dict[str, str], bytes, list[dict]]:
    """Status, headers, body and every message of one request through the middleware."""
    sent: list[dict] = []

    async def receive() -> dict:
        await asyncio.Event().wait()  # a browser that stays
        return {}

    async def send(message) -> None:
        sent.append(dict(message))

    scope = {"type": kind, "method": method, "path": path, "headers": [], "query_string": query.encode()}
    asyncio.run(serving.PageMiddleware(app)(scope, receive, send))
    if kind != "http":
        return 0, {}, b"", sent
    headers = [(name.decode().lower(), value.decode()) for name, value in sent[0]["headers"]]
    assert len({name for name, _ in headers}) == len(headers), "a header twice"
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], dict(headers), body, sent


def test_a_page_says_that_it_is_in_swedish():
    status, headers, body, _ = answer(HTMLResponse(PAGE))
    assert status == 200
    assert body == SWEDISH
    assert headers["content-length"] == str(len(SWEDISH))


def test_a_packed_page_says_so_too():
    packed = gzip.compress(PAGE.encode())
    page = Response(
        packed, media_type="text/html", headers={"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    )
    _, headers, body, _ = answer(page)
    assert body == SWEDISH
    assert "content-encoding" not in headers
    assert headers["content-length"] == str(len(SWEDISH))
    assert headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_page_that_comes_in_pieces(size):
    content = PAGE.encode()

    async def pieces():
        for start in range(0, len(content), size):
            yield content[start : start + size]

    _, headers, body, sent = answer(StreamingResponse(pieces(), media_type="text/html"))
    assert body == SWEDISH
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert not sent[-1].get("more_body")
    assert "content-length" not in headers


@pytest.mark.parametrize(
    "other",
    [
        JSONResponse({"page": PAGE}),
        Response(PAGE, media_type="text/plain"),
        Response(PAGE, media_type="application/javascript"),
        HTMLResponse(PAGE, status_code=404),
        HTMLResponse(PAGE, headers={"Content-Encoding": "br"}),
    ],
    ids=["json", "text", "script", "not-found", "other-packing"],
)
def test_everything_else_goes_through_untouched(other):
    _, headers, body, _ = answer(other)
    assert body == other.body
    assert headers["content-length"] == str(len(other.body))


@pytest.mark.parametrize(
    ("path", "query", "location"),
    [
        ("/indikator", "amne=vaccination", "/indikator?amne=Vaccination"),
        ("/", "delregion=vs-simba", "/?delregion=SIMBA"),
        ("/delregion/", "delregion=vs-simba", "/delregion?delregion=SIMBA"),
    ],
)
def test_an_address_with_ids_leads_to_the_one_with_names(full, monkeypatch, path, query, location):
    monkeypatch.setattr(serving, "_ready", threading.Event())
    serving._ready.set()
    status, headers, _, _ = answer(HTMLResponse(PAGE), path=path, query=query)
    assert (status, headers["location"]) == (302, location)
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("method", "path", "ready"),
    [("GET", "/indikator", False), ("POST", "/indikator", True), ("GET", "/_stcore/stream", True)],
)
def test_every_other_request_stays(full, monkeypatch, method, path, ready):
    monkeypatch.setattr(serving, "_ready", threading.Event())
    if ready:
        serving._ready.set()
    assert answer(HTMLResponse(PAGE), method=method, path=path, query="delregion=vs-simba")[0] == 200


def test_a_stream_that_is_no_page_is_not_held_up():
    async def pieces():
        yield b"a"
        yield b"b"

    _, _, body, sent = answer(StreamingResponse(pieces(), media_type="text/plain"))
    assert body == b"ab"
    assert [message.get("body") for message in sent[1:3]] == [b"a", b"b"]


def test_a_question_for_the_headers_alone_tells_the_pages_own_length():
    async def head(scope, receive, send):
        page = HTMLResponse(PAGE)
        await send({"type": "http.response.start", "status": 200, "headers": page.raw_headers})
        await send({"type": "http.response.body", "body": b""})

    _, headers, body, _ = answer(head, method="HEAD")
    assert body == b""
    assert headers["content-length"] == str(len(PAGE.encode()))


@pytest.mark.parametrize("other", [HTMLResponse(PAGE), JSONResponse({}), Response(status_code=304)])
def test_security_headers_on_every_answer(other):
    _, headers, _, _ = answer(other)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["object-src"] == "'none'"
    assert not any("*" in sources or "http:" in sources or "https:" in sources for sources in policy.values())


def test_a_header_that_is_there_already_is_kept():
    _, headers, _, _ = answer(HTMLResponse(PAGE, headers={"X-Frame-Options": "SAMEORIGIN"}))
    assert headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize("kind", ["websocket", "lifespan"])
def test_other_conversations_are_left_alone(kind):
    async def app(scope, receive, send):
        await send({"type": f"{kind}.something", "headers": []})

    assert answer(app, kind=kind)[3] == [{"type": f"{kind}.something", "headers": []}]


def test_an_error_in_a_page_is_told_in_swedish_and_without_its_details(monkeypatch):
    import streamlit as st

    told: list[str] = []
    monkeypatch.setattr(st, "error", told.append)
    assert serving.report_script_error(ValueError("lösenordet är 1234")) is True
    assert len(told) == 1
    assert told[0].startswith("Sidan kunde inte visas")
    assert "1234" not in told[0]


@pytest.fixture
def starting(monkeypatch) -> Iterator[None]:
    """A server that hasn't warmed up."""
    monkeypatch.setattr(serving, "_ready", threading.Event())
    monkeypatch.setattr(serving, "failed", threading.Event())
    monkeypatch.setattr(serving, "FIRST_PAGE_SECONDS", 0.01)
    yield
    gc.unfreeze()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.001)


def test_what_was_loaded_is_kept_from_the_collector_while_the_server_runs(starting, monkeypatch):
    prepared: list[bool] = []
    collected: list[bool] = []
    collect = gc.collect
    monkeypatch.setattr(data, "prepare", lambda: prepared.append(True))
    monkeypatch.setattr(serving, "COLLECT_EVERY", 0.001)
    monkeypatch.setattr(gc, "collect", lambda: collected.append(True) or collect())

    async def serve() -> None:
        async with serving.lifespan(None):
            await until(lambda: len(collected) > 2)  # on a timer
            assert gc.get_freeze_count() > 0
        at_the_end = len(collected)
        await asyncio.sleep(0.05)
        assert len(collected) <= at_the_end + 1, "the timer stops with the server"

    asyncio.run(serve())
    assert prepared == [True]
    assert not serving.failed.is_set()


def test_health_waits_for_the_first_page(starting, monkeypatch):
    may_go_on = threading.Event()
    monkeypatch.setattr(data, "prepare", may_go_on.wait)
    monkeypatch.setattr(data, "warehouse", lambda: SimpleNamespace(version=7))
    health = serving.routes()[0].endpoint

    async def serve() -> list[Response]:
        async with serving.lifespan(None):
            before = await health(None)
            may_go_on.set()
            await until(serving._ready.is_set)
            return [before, await health(None)]

    before, after = asyncio.run(serve())
    assert (before.status_code, json.loads(before.body)) == (503, {"status": "starting"})
    assert (after.status_code, json.loads(after.body)) == (200, {"status": "ok", "version": 7, "ahead": None})


@pytest.mark.parametrize("error", [WarehouseError("Mappen går inte att läsa."), CatalogueError([])])
def test_a_server_with_nothing_to_show_says_why_and_stops(starting, monkeypatch, capsys, error):
    signals: list[int] = []

    def fails() -> None:
        raise error

    monkeypatch.setattr(data, "prepare", fails)
    monkeypatch.setattr(signal, "raise_signal", signals.append)

    async def serve() -> None:
        async with serving.lifespan(None):
            await until(serving.failed.is_set)
            await until(lambda: bool(signals))

    asyncio.run(serve())
    assert signals == [signal.SIGTERM]
    assert str(error) in capsys.readouterr().err
    assert not serving._ready.is_set()


def test_what_is_due_is_published_while_the_server_runs_and_an_error_does_not_end_that(starting, monkeypatch):
    asked: list[int] = []

    def look(_warehouse, _knowledge) -> list[SimpleNamespace]:
        asked.append(len(asked))
        if len(asked) == 1:
            raise RuntimeError("busy")
        return [SimpleNamespace(batch=7)]

    monkeypatch.setattr(data, "prepare", lambda: None)
    monkeypatch.setattr(data, "warehouse", lambda: None)
    monkeypatch.setattr(data, "knowledge", lambda: None)
    monkeypatch.setattr("etl.jobs.schedule.publish_due", look)
    monkeypatch.setattr(serving, "FIRST_PAGE_SECONDS", 0)
    monkeypatch.setattr(serving, "PUBLISH_EVERY", 0.001)

    async def serve() -> None:
        async with serving.lifespan(None):
            await until(lambda: len(asked) > 2)

    asyncio.run(serve())


@pytest.mark.parametrize(("platform", "asked"), [("linux", [(-8, 2)]), ("darwin", []), ("win32", [])])
def test_threads_share_their_memory_where_the_library_can(monkeypatch, platform, asked):
    said: list[tuple[int, int]] = []
    library = SimpleNamespace(mallopt=lambda name, value: said.append((name, value)))
    monkeypatch.setattr(serving.sys, "platform", platform)
    monkeypatch.setattr(serving.ctypes, "CDLL", lambda _name: library)
    serving.share_pools()
    assert said == asked


@pytest.mark.parametrize("fault", [OSError, AttributeError])
def test_another_library_of_c_is_left_as_it_is(monkeypatch, fault):
    def refuse(_name: None) -> None:
        raise fault

    monkeypatch.setattr(serving.sys, "platform", "linux")
    monkeypatch.setattr(serving.ctypes, "CDLL", refuse)
    serving.share_pools()
