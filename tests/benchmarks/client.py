"""A Streamlit session over its real WebSocket, without a browser."""

from __future__ import annotations

import time
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

SECONDS = 60


class Session:
    """One open page.

    Args:
        url: The server's address, `http://127.0.0.1:8501`.
        page: The page's path; "" for the first.
        query: What follows `?` in its address.
    """

    def __init__(self, url: str, page: str = "", query: str = "") -> None:
        self.url = url.replace("http://", "ws://") + "/_stcore/stream"
        self.page = page
        self.query = query
        self.hashes: set[str] = set()
        self.socket: ClientConnection

    def __enter__(self) -> Self:
        self.open = ExitStack()
        self.socket = self.open.enter_context(
            connect(self.url, subprotocols=["streamlit"], max_size=None, compression=None)
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.open.close()

    def rerun(self) -> tuple[float, int]:
        """Run the page once; seconds until it is finished, and bytes received."""
        message = BackMsg()
        message.rerun_script.page_name = self.page
        message.rerun_script.query_string = self.query
        message.rerun_script.cached_message_hashes.extend(self.hashes)
        started = time.perf_counter()
        self.socket.send(message.SerializeToString())
        received = 0
        while True:
            data = self.socket.recv(timeout=SECONDS)
            received += len(data)
            told = ForwardMsg()
            told.ParseFromString(data if isinstance(data, bytes) else data.encode())
            if told.metadata.cacheable and told.hash:
                self.hashes.add(told.hash)
            if told.WhichOneof("type") == "script_finished":
                if told.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise RuntimeError(f"the page stopped with {told.script_finished}")
                return time.perf_counter() - started, received
