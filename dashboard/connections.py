"""How the server's connections send: every answer at once.

Streamlit makes its socket in a way that asyncio doesn't know as TCP, so that asyncio leaves Nagle's algorithm on: the
second half of an answer then waits until the browser has acknowledged the first, which it does after 40 ms. A first
page is a hundred answers; a filter change is several messages.
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Server

_TCP = frozenset({socket.AF_INET, socket.AF_INET6})


def send_at_once(loop: AbstractEventLoop) -> None:
    """Let every socket that the loop listens on from now send at once; its connections inherit it."""
    listen = loop.create_server

    async def create_server(*args: Any, sock: socket.socket | None = None, **options: Any) -> Server:
        if sock is not None and sock.family in _TCP:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return await listen(*args, sock=sock, **options)

    setattr(loop, "create_server", create_server)  # noqa: B010 - of this loop alone
