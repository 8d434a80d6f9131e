"""What Streamlit's own routes for login lack: secure cookies, Swedish, and the way back to the page one came from."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from dashboard import login

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    Message = MutableMapping[str, Any]
    Headers = list[tuple[bytes, bytes]]

#: Set in the address of the page that is shown when somebody could not be logged in.
FAILED = "inloggning"

_START = "/auth/login"
_BACK = "fardplan_back"
_BACK_SECONDS = 900
_LONGEST_BACK = 1000
_USER = b"_streamlit_user="

_NO_ANSWER = """<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Det gick inte att logga in</title></head>
<body style="font-family: sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem">
<h1>Det gick inte att logga in</h1>
<p>Inloggningstjänsten svarar inte. Försök igen om en stund.</p>
<p><a href="/">Tillbaka till sidorna</a></p>
</body></html>
""".encode()


class LoginMiddleware:
    """Marks cookies as secure where login is over TLS, and looks after the way to the provider and back."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self.app = app

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not login.configured():
            await self.app(scope, receive, send)
            return
        replaced = False

        async def changed(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                if scope["path"] == _START and message["status"] >= 400:  # noqa: PLR2004
                    replaced = True
                    await _tell_no_answer(message["status"], send)
                    return
                headers = _on_the_way(scope, list(message["headers"]))
                message = {**message, "headers": _secured(headers)}
            elif replaced:
                return
            await send(message)

        await self.app(scope, receive, changed)


async def _tell_no_answer(status: int, send: Callable[[Message], Awaitable[None]]) -> None:
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", b"%d" % len(_NO_ANSWER))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": _NO_ANSWER})


def _secured(headers: Headers) -> Headers:
    """The headers with `Secure` on each cookie, where the pages are reached over TLS."""
    try:
        found = login.configuration()
    except login.LoginError:
        return headers
    if found is None or not found.secure:
        return headers
    return [
        (name, value + b"; Secure")
        if name.lower() == b"set-cookie" and b"; secure" not in value.lower()
        else (name, value)
        for name, value in headers
    ]


def _on_the_way(scope: Message, headers: Headers) -> Headers:
    """The headers with the page to come back to noted on the way out, and gone back to on the way in."""
    asked = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    if scope["path"] == _START:
        back = _own_path(asked.get(b"referer", ""), asked.get(b"host", ""))
        return [*headers, _cookie(back, _BACK_SECONDS)] if back else headers
    answered = parse_qs(scope["query_string"].decode("latin-1")).keys() & {"code", "error", "state"}
    if scope["path"] != login.CALLBACK or not answered:
        return headers
    back = _noted(asked.get(b"cookie", "")) or "/"
    if not any(name.lower() == b"set-cookie" and _is_login(value) for name, value in headers):
        back = f"/?{FAILED}=misslyckades"
    kept = [(name, value) for name, value in headers if name.lower() != b"location"]
    return [*kept, (b"location", back.encode("latin-1")), _cookie("", 0)]


def _is_login(cookie: bytes) -> bool:
    return cookie.startswith(_USER) and not cookie.startswith((_USER + b'""', _USER + b";"))


def _cookie(value: str, seconds: int) -> tuple[bytes, bytes]:
    text = f"{_BACK}={quote(value, safe='')}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}"
    return b"set-cookie", text.encode("latin-1")


def _own_path(referer: str, host: str) -> str:
    """Path and query of the page that sent the browser here, if it is one of ours."""
    try:
        parts = urlsplit(referer)
    except ValueError:
        return ""
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if parts.netloc == host and _is_safe(path) else ""


def _noted(cookies: str) -> str:
    """The page that was noted on the way out."""
    try:
        found = SimpleCookie(cookies).get(_BACK)
    except CookieError:
        return ""
    path = unquote(found.value) if found else ""
    return path if _is_safe(path) else ""


def _is_safe(path: str) -> bool:
    """Whether a path stays on this host: a browser takes two slashes, of either kind, for another host."""
    return (
        path.startswith("/")
        and path[1:2] not in ("/", "\\")
        and path.isascii()
        and path.isprintable()
        and len(path) < _LONGEST_BACK
    )
