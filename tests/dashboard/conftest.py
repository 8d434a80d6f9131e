"""Warehouses to look at, and the pages run without a browser."""

from __future__ import annotations

import importlib
import json
import logging
import pkgutil
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import streamlit as st
from plotly.graph_objects import Figure
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.runtime.scriptrunner import RerunData
from streamlit.testing.v1 import AppTest, local_script_runner

import dashboard
from dashboard import data
from dashboard.charts.drawn import Drawn
from etl.bundle import ensure_ready
from etl.catalogue import Knowledge, load_catalogue
from etl.settings import settings
from etl.warehouse import Warehouse
from tests.conftest import ROOT
from tests.dashboard.dom import Node, parse

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue

#: Seconds that a page may take before its test fails; generous, for a busy machine.
PATIENCE = 60

logging.getLogger("streamlit").setLevel(logging.ERROR)


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """Streamlit's test runner leaves its script behind as `__main__`, which other tests' processes start from."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(autouse=True)
def no_cookies(monkeypatch) -> None:
    """A browser that sends none; Streamlit's test runner has a stand-in for one, whose cookies are no text."""
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: {}))


@pytest.fixture(autouse=True)
def checked_figures(monkeypatch) -> None:
    """Every figure that a test draws is one that plotly knows."""
    keep = Drawn.__init__

    def check(self: Drawn, figure: dict[str, Any]) -> None:
        Figure(figure)
        keep(self, figure)

    monkeypatch.setattr(Drawn, "__init__", check)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_catalogue(ROOT / "data" / "catalogue")


@pytest.fixture(scope="session")
def catalogue(knowledge) -> Catalogue:
    return knowledge.catalogue


@pytest.fixture(scope="session")
def bundled(tmp_path_factory, knowledge) -> Path:
    """A warehouse with everything that comes with the program; only looked at."""
    folder = tmp_path_factory.mktemp("bundled") / "warehouse"
    ensure_ready(Warehouse(folder), knowledge, ROOT / "data")
    return folder


def _forget() -> None:
    """Empty the caches of every module of the dashboard, of which each belongs to one warehouse."""
    data.forget()
    for found in pkgutil.walk_packages(dashboard.__path__, "dashboard."):
        if found.name.startswith(("dashboard.entry.", "dashboard.app", "dashboard.__main__")):
            continue
        for item in vars(importlib.import_module(found.name)).values():
            if hasattr(item, "cache_clear") and not isinstance(item, type):
                item.cache_clear()


@pytest.fixture(scope="session")
def looked_at() -> Iterator[list[Path]]:
    """The warehouse that the caches belong to, last in the list."""
    yield []
    _forget()


@pytest.fixture
def look_at(monkeypatch, knowledge, looked_at) -> Callable[[Path], None]:
    """Point the pages to a warehouse; what is cached of the one before is kept only if it is the same."""
    monkeypatch.setattr(data, "knowledge", lru_cache(lambda: knowledge))

    def point(folder: Path) -> None:
        monkeypatch.setenv("FARDPLAN_WAREHOUSE", str(folder))
        # A test that points nowhere may have filled the caches with what stands where nobody points.
        if looked_at[-1:] != [folder] or {settings().warehouse, data.warehouse().folder} != {folder}:
            _forget()
        looked_at.append(folder)

    return point


@pytest.fixture
def full(look_at, bundled) -> None:
    """The pages show what comes with the program."""
    look_at(bundled)


@pytest.fixture
def empty(look_at, tmp_path) -> None:
    """The pages show a warehouse in which nothing is published."""
    look_at(tmp_path / "empty")


@pytest.fixture
def own(look_at, bundled, tmp_path) -> Path:
    """The pages show a copy of the bundled warehouse that a test may change."""
    folder = tmp_path / "warehouse"
    shutil.copytree(bundled, folder)
    look_at(folder)
    return folder


def _script(path: str) -> None:
    from dashboard import filters
    from dashboard.registry import PAGES
    from dashboard.sections import past

    filters.begin(path)
    past.banner(path, past.choose())
    next(page for page in PAGES if page.path == path).show()


def run_page(path: str, **query: str) -> AppTest:
    """A page as it is when it is opened with these filters in its address."""
    test = _with_components(AppTest.from_function(_script, args=(path,), default_timeout=PATIENCE))
    test.query_params.update(query)
    return sound(test.run())


def sound(test: AppTest) -> AppTest:
    """The page, if nothing went wrong in it."""
    assert not test.exception, [item.value for item in test.exception]
    return test


@pytest.fixture
def time_passes(monkeypatch) -> Callable[[int], None]:
    """Let days go by: what is done from then on is done then, and the day on the pages is that day."""
    from etl.warehouse import base
    from schemas import clock

    begun, moment = clock.today(), base._moment

    def pass_by(days: int) -> None:
        monkeypatch.setattr(clock, "today", lambda: begun + timedelta(days=days))
        monkeypatch.setattr(base, "_moment", lambda connection: moment(connection) + timedelta(days=days))

    return pass_by


@pytest.fixture
def page(full) -> Callable[..., AppTest]:
    """Runs a page that shows what comes with the program."""
    return run_page


@pytest.fixture
def empty_page(empty) -> Callable[..., AppTest]:
    """Runs a page where nothing is published."""
    return run_page


def keys(test: AppTest) -> list[str]:
    """The keys of the markup on a page."""
    return [str(item.key) for item in test.get("bidi_component") if "html" in (item.proto.json or "")]  # type: ignore[union-attr]


def shown(test: AppTest, key: str) -> Node:
    """The markup that a page shows under a key."""
    found = [item for item in test.get("bidi_component") if item.key == key]  # type: ignore[union-attr]
    assert len(found) == 1, f"{key} is not one of {keys(test)}"
    return parse(json.loads(found[0].proto.json)["html"])  # type: ignore[union-attr]


def click(test: AppTest, key: str, address: str) -> AppTest:
    """Click a link in a page's markup, as the component's script does it: by telling of it, or by going there."""
    found = next(item for item in test.get("bidi_component") if item.key == key)  # type: ignore[union-attr]
    if "tell" in json.loads(found.proto.json):  # type: ignore[union-attr]
        return _told(test, found.proto.id, address)  # type: ignore[union-attr]
    return follow(test, address)


def _told(test: AppTest, component: str, address: str) -> AppTest:
    from streamlit.components.v2.bidi_component.main import _make_trigger_id

    states = test._tree.get_widget_states()
    event = states.widgets.add()
    event.id = _make_trigger_id(component, "events")
    event.json_trigger_value = json.dumps([{"event": "go", "value": address}])
    return sound(test._run(states))


def follow(test: AppTest, address: str) -> AppTest:
    """The page that an address leads to, in the same session: as links, search, back and forward do it."""
    parts = urlsplit(address)
    test.query_params.clear()
    test.query_params.update(parse_qsl(parts.query, keep_blank_values=True))
    pages = {page.get("url_pathname"): key for key, page in test._registered_pages.items()}
    # A page that is run by itself has no others to go to.
    test._page_hash = pages[parts.path.strip("/")] if len(pages) > 1 else ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "RerunData", partial(RerunData, is_history_navigation=True))
        test.run()
    test._page_hash = ""
    return sound(test)


def chosen(test: AppTest, key: str) -> str:
    """What a filter stands at, as it reads."""
    box = test.selectbox(key=key)
    return box.format_func(box.value)


def option(test: AppTest, key: str, label: str) -> AppTest:
    """Choose what reads `label` in a filter."""
    return sound(test.selectbox(key=key).select(label).run())


def session() -> AppTest:
    """The script that a session runs, with its menu."""
    return _with_components(
        AppTest.from_file(ROOT / "dashboard" / "entry" / "session.py", default_timeout=PATIENCE)
    )


@lru_cache(maxsize=1)
def _components() -> BidiComponentManager:
    return BidiComponentManager()


def _with_components(test: AppTest) -> AppTest:
    """One registry of components for all tests: looking through every package for them takes most of a second."""
    test._bidi_component_manager = _components()
    return test
