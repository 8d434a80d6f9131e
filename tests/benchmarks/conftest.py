"""The browser of the browser tests, and the servers that are measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.servers import streamlit_run, with_defaults
from tests.browser.conftest import browser, server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser.server import Server

__all__ = ["browser", "server"]


@pytest.fixture(scope="module")
def empty_script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    script = tmp_path_factory.mktemp("empty") / "empty.py"
    script.write_text('import streamlit as st\nst.title("Tom sida")\n', encoding="utf-8")
    return script


@pytest.fixture(scope="module")
def empty_page(empty_script: Path) -> Iterator[str]:
    with streamlit_run(empty_script) as url:
        yield url


@pytest.fixture(scope="module")
def defaults(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same pages of the same warehouse, with Streamlit's defaults."""
    with with_defaults(server.warehouse, tmp_path_factory.mktemp("defaults") / "server.log") as url:
        yield url
