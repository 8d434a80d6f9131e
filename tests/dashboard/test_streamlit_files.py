"""Streamlit's own files."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import streamlit
from starlette.responses import PlainTextResponse

from dashboard import streamlit_files
from dashboard.streamlit_files import StreamlitFilesMiddleware

STATIC = Path(streamlit.__file__).parent / "static"
KINDS = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
OURS = [(b"x-frame-options", b"DENY")]


def ask(
    path: str, *, method: str = "GET", kind: str = "http", headers: tuple = ()
) -> tuple[dict[str, str], list[bytes]]:
    """The headers and the pieces that are sent; where the next one answers, it says `next`."""
    sent: list[dict] = []

    async def send(message) -> None:
        sent.append(dict(message))

    async def receive() -> dict:
        return {"type": "http.request"}

    async def following(scope, receive, send) -> None:
        if scope["type"] == "http":
            await PlainTextResponse("next")(scope, receive, send)
        else:
            await send({"type": "other", "body": b"next", "headers": []})

    scope = {"type": kind, "method": method, "path": path, "headers": list(headers)}
    asyncio.run(StreamlitFilesMiddleware(following, headers=OURS)(scope, receive, send))
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    assert not sent[-1].get("more_body")
    return told, [message["body"] for message in sent if "body" in message]


def one(suffix: str, *, largest: bool = False) -> Path:
    found = sorted((STATIC / "static").rglob(f"*{suffix}"), key=lambda file: file.stat().st_size)
    return found[-1 if largest else 0]


def address(file: Path) -> str:
    return f"/{file.relative_to(STATIC).as_posix()}"


@pytest.mark.parametrize("suffix", KINDS)
@pytest.mark.parametrize("largest", [True, False])
def test_a_file_is_given_whole_and_kept(suffix, largest):
    file = one(suffix, largest=largest)
    headers, pieces = ask(address(file))
    assert b"".join(pieces) == file.read_bytes()
    assert headers["content-length"] == str(file.stat().st_size)
    assert headers["content-type"] == KINDS[suffix]
    assert "immutable" in headers["cache-control"]
    assert headers["x-frame-options"] == "DENY"


def test_a_large_file_is_not_held_in_memory():
    _, pieces = ask(address(one(".js", largest=True)))
    assert len(pieces) > 1
    assert all(pieces)


def test_an_empty_file_is_an_answer(tmp_path, monkeypatch):
    nothing = tmp_path / "x.js"
    nothing.touch()
    monkeypatch.setattr(streamlit_files, "_files", lambda: {"/static/js/x.js": (nothing, b"text/javascript")})
    assert ask("/static/js/x.js")[1] == [b""]


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/", {}),
        ("/static/js/none.js", {}),
        ("/static/../index.html", {}),
        ("/static/js/../../index.html", {}),
        ("/static/", {}),
        ("/index.html", {}),
        (address(one(".js")), {"method": "HEAD"}),
        (address(one(".js")), {"method": "POST"}),
        (address(one(".js")), {"kind": "websocket"}),
        (address(one(".js")), {"headers": ((b"range", b"bytes=0-9"),)}),
        (address(one(".js")), {"headers": ((b"if-none-match", b'"x"'),)}),
    ],
)
def test_all_else_is_answered_by_the_next(path, asked):
    assert b"".join(ask(path, **asked)[1]) == b"next"
