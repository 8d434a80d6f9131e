"""A Streamlit session over its real WebSocket, without a browser."""

from __future__ import annotations

import time
from contextlib import ExitStack
from types import TracebackType
from typing import NamedTuple, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

SECONDS = 60


class Filter(NamedTuple):
    """A filter as the page sent it.

    Attributes:
        id: Streamlit's id of the widget.
        options: What can be chosen, as the page shows it.
        many: Whether it takes a list.
    """

    id: str
    options: list[str]
    many: bool = False

    def state(self, option: str) -> WidgetState:
        """What the browser says when `option` is chosen."""
        if option not in self.options:
            raise ValueError(f"{option} is not one of {self.options}")
        if self.many:
            state = WidgetState(id=self.id)
            state.string_array_value.data.append(option)
            return state
        return WidgetState(id=self.id, string_value=option)


class Session:
    """One open page.

    Args:
        url: The server's address, `http://127.0.0.1:8501`.
        page: The page's path; "" for the first.
        query: What follows `?` in its address.

    Attributes:
        filters: The page's filters by label.
        sizes: Bytes of the elements of the last run, by the kind of element and, of charts and components, its key.
    """

    def __init__(self, url: str, page: str = "", query: str = "") -> None:
        self.url = url.replace("http://", "ws://") + "/_stcore/stream"
        self.page = page
        self.query = query
        self.hashes: set[str] = set()
        self.filters: dict[str, Filter] = {}
        self.sizes: dict[str, int] = {}
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

    def choose(self, label: str, option: str) -> float:
        """Choose in a filter of the page; seconds until the page is finished."""
        return self._run(self.filters[label].state(option))[0]

    def rerun(self) -> tuple[float, int]:
        """Run the page once; seconds until it is finished, and bytes received."""
        return self._run()

    def _run(self, *states: WidgetState) -> tuple[float, int]:
        message = BackMsg()
        message.rerun_script.page_name = self.page
        message.rerun_script.query_string = self.query
        message.rerun_script.cached_message_hashes.extend(self.hashes)
        message.rerun_script.widget_states.widgets.extend(states)
        started = time.perf_counter()
        self.socket.send(message.SerializeToString())
        received, seen = 0, []
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
                taken = time.perf_counter() - started
                self._look_at(seen)
                return taken, received
            if told.WhichOneof("type") == "delta":
                seen.append((told.delta, len(data)))

    def _look_at(self, seen: list[tuple[Delta, int]]) -> None:
        """Note the filters and the sizes of what came, when the clock has stopped."""
        self.sizes = {}
        for delta, size in seen:
            element = delta.new_element
            kind = element.WhichOneof("type") or delta.WhichOneof("type") or ""
            if kind == "selectbox":
                self.filters[element.selectbox.label] = Filter(
                    element.selectbox.id, list(element.selectbox.options)
                )
            elif kind == "button_group":
                group = element.button_group
                self.filters[group.label] = Filter(
                    group.id, [option.content for option in group.options], many=True
                )
            named = getattr(element, kind, None) if kind else None
            name = f"{kind} {getattr(named, 'id', '')}"
            self.sizes[name] = self.sizes.get(name, 0) + size
