"""What is added to Streamlit's own routes for login."""

from __future__ import annotations

import asyncio
from http.cookies import SimpleCookie
from typing import Any

import pytest

from dashboard import login
from dashboard.login_middleware import LoginMiddleware

ORIGIN = "fardplan.exempel.se"
LOGGED_IN = (b"set-cookie", b'_streamlit_user="abc"; Path=/; HttpOnly; SameSite=lax')
CLEARED = (b"set-cookie", b'_streamlit_user=""; expires=Thu; Max-Age=0; Path=/')


def ask(path: str, *, query: str = "", status: int = 302, answer: Any = (), **asked: str) -> Any:
    """What the browser gets when Streamlit answers with this."""
    sent: list[dict[str, Any]] = []

    async def streamlit(_scope: Any, _receive: Any, send: Any) -> None:
        headers = [(b"location", b"/"), *answer]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"Authentication error"})

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(name.encode(), value.encode()) for name, value in {"host": ORIGIN, **asked}.items()]
    scope = {"type": "http", "path": path, "query_string": query.encode(), "headers": headers}
    asyncio.run(LoginMiddleware(streamlit)(scope, None, send))  # type: ignore[arg-type]
    return sent


def header(sent: Any, name: bytes) -> list[str]:
    return [value.decode() for key, value in sent[0]["headers"] if key == name]


@pytest.fixture(params=["https", "http"])
def scheme(request) -> str:
    return request.param


@pytest.fixture(autouse=True)
def set_up(monkeypatch, scheme):
    monkeypatch.setattr(login, "configuration", lambda: login.Login(f"{scheme}://{ORIGIN}"))


def test_cookies_are_sent_over_tls_only_where_login_is(scheme):
    cookies = header(ask("/", status=200, answer=[LOGGED_IN, (b"Set-Cookie", b"x=1; secure")]), b"set-cookie")
    assert cookies[0].endswith("; Secure") is (scheme == "https")
    both = ask("/", status=200, answer=[LOGGED_IN, (b"set-cookie", b"x=1; secure")])
    assert header(both, b"set-cookie")[1] == "x=1; secure"


def test_one_comes_back_to_the_page_that_one_left():
    out = ask("/auth/login", referer=f"https://{ORIGIN}/granska?leverans=7")
    noted = SimpleCookie(header(out, b"set-cookie")[-1])["fardplan_back"]
    assert noted["httponly"]
    assert noted["samesite"] == "Lax"
    back = ask(
        "/oauth2callback", query="code=1&state=2", answer=[LOGGED_IN], cookie=f"fardplan_back={noted.value}"
    )
    assert header(back, b"location") == ["/granska?leverans=7"]
    assert "Max-Age=0" in header(back, b"set-cookie")[-1]


@pytest.mark.parametrize(
    "referer",
    ["", "https://annan.exempel.se/x", f"https://{ORIGIN}", f"https://{ORIGIN}//annan.exempel.se",
     f"https://{ORIGIN}/\\annan.exempel.se", "https://[fel/x", f"https://{ORIGIN}/{'x' * 2000}"],
)  # fmt: skip
def test_no_other_place_is_noted(referer):
    assert header(ask("/auth/login", referer=referer), b"set-cookie") == []


@pytest.mark.parametrize(
    "cookie",
    ["", "fardplan_back=", "fardplan_back=%2F%2Fannan.exempel.se", "fardplan_back=https%3A%2F%2Fannan.se",
     "fardplan_back=%2F%5Cannan.se", "fardplan_back=%2Fx%0D%0ASet-Cookie:%20a", "fardplan_back=%2F%C3%A5", ";;=;"],
)  # fmt: skip
def test_no_other_place_is_gone_to(cookie):
    back = ask("/oauth2callback", query="code=1&state=2", answer=[LOGGED_IN], cookie=cookie)
    assert header(back, b"location") == ["/"]


@pytest.mark.parametrize("answer", [[], [CLEARED]])
@pytest.mark.parametrize("query", ["error=access_denied&state=2", "error=access_denied", "code=1&state=2"])
def test_a_login_that_came_to_nothing_is_told(answer, query):
    back = ask("/oauth2callback", query=query, answer=answer)
    assert header(back, b"location") == ["/?inloggning=misslyckades"]


def test_the_way_back_from_logging_out_is_no_failure():
    assert header(ask("/oauth2callback", answer=[CLEARED]), b"location") == ["/"]


@pytest.mark.parametrize("status", [400, 500])
def test_a_provider_that_does_not_answer_is_told_in_swedish(status):
    sent = ask("/auth/login", status=status)
    assert sent[0]["status"] == status
    assert len(sent) == 2
    page = sent[1]["body"].decode()
    assert "Inloggningstjänsten svarar inte." in page
    assert header(sent, b"content-length") == [str(len(sent[1]["body"]))]
    assert "Authentication" not in page


def test_other_errors_pass(scheme):
    assert ask("/halsa", status=503)[1]["body"] == b"Authentication error"


def test_nothing_is_touched_where_no_login_is_set_up(monkeypatch):
    monkeypatch.setattr(login, "configuration", lambda: None)
    sent = ask("/auth/login", status=400, answer=[LOGGED_IN])
    assert sent[1]["body"] == b"Authentication error"
    assert header(sent, b"set-cookie") == [LOGGED_IN[1].decode()]


def test_other_than_http_passes():
    passed = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        passed.append(scope["type"])

    asyncio.run(LoginMiddleware(app)({"type": "websocket"}, None, None))  # type: ignore[arg-type]
    assert passed == ["websocket"]
