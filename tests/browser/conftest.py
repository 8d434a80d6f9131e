"""A headless Chromium to look at a server with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.login import context, guarded, provider
from tests.browser.server import Server, copy_bundled, on_its_first_day, start_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

__all__ = ["context", "guarded", "provider"]

#: Quiet, and no look-ups of anybody's hosts.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=sv-SE",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def chromium() -> str:
    """The browser's path; where there is none, skip with a reason, and fail in CI."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    reason = "no Chromium here; install Debian's package chromium"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for one module's tests: while it is open, no other test can start an event loop."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start_server(tmp_path_factory.mktemp("site") / "warehouse")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with what comes with the program, for tests that only look."""
    folder = copy_bundled(tmp_path_factory.mktemp("look") / "warehouse")
    running = start_server(folder, before=on_its_first_day(folder))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def somebody(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that keeps what it has loaded between a module's tests."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="sv-SE")
    yield context
    context.close()


@pytest.fixture
def page(somebody: BrowserContext) -> Iterator[Page]:
    """A new tab, of somebody who is remembered nowhere."""
    opened = somebody.new_page()
    yield opened
    opened.close()
    somebody.clear_cookies()
