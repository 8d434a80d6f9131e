"""How the server's connections send."""

from __future__ import annotations

import asyncio
import socket

import pytest

from dashboard.connections import send_at_once


def listening(family: int) -> socket.socket:
    """A socket made as Streamlit makes its own."""
    made = socket.socket(family=family)
    made.bind(("127.0.0.1", 0))
    made.listen()
    made.setblocking(False)
    return made


async def sends_at_once(prepared: bool) -> int:
    """What the system says of an accepted connection."""
    loop = asyncio.get_running_loop()
    if prepared:
        send_at_once(loop)
    accepted: asyncio.Future[int] = loop.create_future()

    class Answering(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            connection = transport.get_extra_info("socket")
            accepted.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    heard = listening(socket.AF_INET)
    server = await loop.create_server(Answering, sock=heard)
    _, writer = await asyncio.open_connection(*heard.getsockname())
    found = await accepted
    writer.close()
    server.close()
    return found


@pytest.mark.parametrize("prepared", [True, False])
def test_an_answer_in_two_parts_is_sent_at_once(prepared):
    found = asyncio.run(sends_at_once(prepared))
    if not prepared and found:
        pytest.skip("asyncio sends at once by itself here")
    assert bool(found) is prepared


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets here")
def test_other_sockets_are_left_alone(tmp_path):
    async def listen() -> bool:
        loop = asyncio.get_running_loop()
        send_at_once(loop)
        made = socket.socket(socket.AF_UNIX)
        made.bind(str(tmp_path / "s"))
        server = await loop.create_server(asyncio.Protocol, sock=made)
        serving = server.is_serving()
        server.close()
        return serving

    assert asyncio.run(listen())


def test_a_server_may_bind_for_itself():
    async def listen() -> bool:
        loop = asyncio.get_running_loop()
        send_at_once(loop)
        server = await loop.create_server(asyncio.Protocol, host="127.0.0.1", port=0)
        serving = server.is_serving()
        server.close()
        return serving

    assert asyncio.run(listen())
