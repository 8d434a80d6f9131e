"""What pages say is likely to be chosen is worked out once a version, and nothing of it stops the server."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import import_module
from pkgutil import iter_modules
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from dashboard import board, data, kept, looking_ahead, registry, sections
from dashboard.kept import Kept
from dashboard.looking_ahead import Looking
from dashboard.pages import indicator, overview
from tests.dashboard.conftest import run_page

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


@pytest.fixture(autouse=True)
def no_breath(monkeypatch) -> None:
    monkeypatch.setattr(looking_ahead, "BREATH", 0)
    monkeypatch.setattr(looking_ahead, "service", looking_ahead.Service())


def page(*pieces, path: str = "sida") -> SimpleNamespace:
    return SimpleNamespace(path=path, ahead=lambda version: (partial(piece, version) for piece in pieces))


@pytest.fixture
def version(monkeypatch) -> SimpleNamespace:
    live = SimpleNamespace(number=1)
    monkeypatch.setattr(data, "warehouse", lambda: SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(data, "live", lambda: live.number)
    return live


def test_each_version_is_worked_out_once(monkeypatch, version):
    worked: list[int] = []
    monkeypatch.setattr(registry, "PAGES", (page(worked.append), page(worked.append)))
    looking = Looking()
    looking.ahead()
    looking.ahead()
    assert worked == [1, 1]
    version.number = 2
    looking.ahead()
    assert worked == [1, 1, 2, 2]


def test_an_error_is_logged_and_the_other_pages_are_worked_out(monkeypatch, version, caplog):
    def fails(_version: int) -> None:
        raise ValueError("trasig")

    worked: list[int] = []
    monkeypatch.setattr(registry, "PAGES", (page(fails, path="a"), page(worked.append)))
    told: list[dict] = []
    monkeypatch.setattr(looking_ahead.log, "error", lambda event, **more: told.append(more), raising=False)
    Looking().ahead()
    assert worked == [1]
    assert told == [{"page": "a", "error": "ValueError('trasig')"}]


def test_a_page_that_cannot_be_imported_ends_only_itself(monkeypatch, version):
    worked: list[int] = []
    gone = registry.PageSpec("borta", "Borta", "no_such_page")
    monkeypatch.setattr(registry, "PAGES", (gone, page(worked.append)))
    told: list[dict] = []
    monkeypatch.setattr(looking_ahead.log, "error", lambda event, **more: told.append(more), raising=False)
    Looking().ahead()
    assert worked == [1]
    assert [one["page"] for one in told] == ["borta"]


def test_a_warehouse_that_cannot_be_read_ends_nothing(monkeypatch):
    told: list[dict] = []

    def fails() -> int:
        raise OSError("borta")

    monkeypatch.setattr(data, "live", fails)
    monkeypatch.setattr(looking_ahead.log, "error", lambda event, **more: told.append(more), raising=False)
    Looking().ahead()
    assert told == [{"error": "OSError('borta')"}]


def test_nor_does_one_that_cannot_be_closed(monkeypatch, version):
    def fails() -> None:
        raise OSError("borta")

    told: list[dict] = []
    monkeypatch.setattr(registry, "PAGES", ())
    monkeypatch.setattr(data, "warehouse", lambda: SimpleNamespace(close=fails))
    monkeypatch.setattr(looking_ahead.log, "error", lambda event, **more: told.append(more), raising=False)
    Looking().ahead()
    assert told == [{"error": "OSError('borta')"}]


def test_it_stops_with_the_server(monkeypatch, version):
    worked: list[int] = []
    looking = Looking()
    monkeypatch.setattr(
        registry, "PAGES", (page(worked.append, lambda _version: looking.stopped.set(), worked.append),)
    )
    looking.ahead()
    assert worked == [1]


def test_it_waits_while_somebody_is_served_and_a_while_longer(monkeypatch, version):
    worked: list[float] = []
    monkeypatch.setattr(looking_ahead, "QUIET", 0.2)
    monkeypatch.setattr(registry, "PAGES", (page(lambda _version: worked.append(time.monotonic())),))
    with ThreadPoolExecutor(1) as others:
        with looking_ahead.service.somebody():
            at_work = others.submit(Looking().ahead)
            time.sleep(0.5)
            assert worked == []
            left = time.monotonic()
        at_work.result()
    assert worked[0] - left >= 0.2


def test_it_goes_on_when_who_was_served_met_an_error(monkeypatch, version):
    worked: list[int] = []
    monkeypatch.setattr(looking_ahead, "QUIET", 0.01)
    monkeypatch.setattr(registry, "PAGES", (page(worked.append),))
    with pytest.raises(ValueError, match="trasig"), looking_ahead.service.somebody():
        raise ValueError("trasig")
    Looking().ahead()
    assert worked == [1]


def test_what_was_drawn_of_an_earlier_version_is_forgotten(monkeypatch, version):
    drawing: Kept[[int], int] = Kept(lambda number: number, 1)
    monkeypatch.setattr(registry, "PAGES", (page(drawing.ahead),))
    looking = Looking()
    looking.ahead()
    version.number = 2
    looking.ahead()
    assert [key for owner, *key in kept._SHELF._packed if owner is drawing] == [[(2,)]]


def test_what_is_no_longer_live_is_left(monkeypatch, version):
    worked: list[int] = []

    def published(_version: int) -> None:
        version.number = 2

    monkeypatch.setattr(registry, "PAGES", (page(published, worked.append),))
    looking = Looking()
    looking.ahead()
    assert (worked, looking.done) == ([], None)
    looking.ahead()
    assert (worked, looking.done) == ([2], 2)


#: A page, and what somebody chooses on it.
CHOICES = [
    ("", {"amne": "Kontinuitet"}),
    ("", {"delregion": "Fyrbodal"}),
    ("indikator", {"indikator": "vardgaranti-telefon"}),
    ("indikator", {"indikator": "covid19-minst-2-doser", "delregion": "Södra Älvsborg"}),
    ("indikator", {"indikator": "fast-lakarkontakt-register", "delregion": "Skaraborg"}),
    ("indikator", {"indikator": "medel-psykisk-halsa"}),
    ("indikator", {"indelning": "Kommunalförbund"}),
    ("medel", {"indelning": "Delregionala nämnder"}),
    ("medel", {"delregion": "SAMLA"}),
]


def sent(page: AppTest) -> list[tuple[str, str]]:
    """The markup and the charts of a page."""
    markup = [(item.key, item.proto.json) for item in page.get("bidi_component")]
    return markup + [(item.proto.id, item.proto.spec) for item in page.get("plotly_chart")]


def test_what_readers_choose_is_there_before_they_do(monkeypatch, full, catalogue):
    """Of all that the pages keep nothing is worked out that wasn't, and it is what would be worked out now."""
    wanted = {chosen["indikator"] for _, chosen in CHOICES if "indikator" in chosen}
    some = [one for one in board.in_order(catalogue) if one.id in wanted]
    monkeypatch.setattr(board, "in_order", lambda _catalogue: some)
    failed: list[object] = []
    monkeypatch.setattr(looking_ahead.log, "error", lambda *_, **told: failed.append(told), raising=False)
    names = {one.id: one.name for one in some}
    modules = [import_module(f"dashboard.sections.{one.name}") for one in iter_modules(sections.__path__)]
    every = [item for module in (*modules, overview, indicator) for item in vars(module).values()]
    drawings = [item for item in every if isinstance(item, Kept)]
    cached = [item for item in every if hasattr(item, "cache_info") and not isinstance(item, type | Kept)]
    for item in cached:
        item.cache_clear()
    for path in ("", "indikator", "medel"):
        run_page(path)
    for item in drawings:
        item.cache_clear()
    drawn: list[str] = []

    def note(name: str, *_: object, **__: object) -> None:
        drawn.append(name)

    looking = Looking()
    looking.ahead()
    assert (looking.done, failed) == (data.live(), [])
    ahead = []
    for path, chosen in CHOICES:
        drawn.clear()
        before = [item.cache_info().misses for item in cached]
        with pytest.MonkeyPatch.context() as watched:
            for item in drawings:
                watched.setattr(item, "_draw", partial(note, item.__name__))
            query = {key: names.get(value, value) for key, value in chosen.items()}
            ahead.append((path, query, sent(run_page(path, **query))))
        anew = [
            item.__name__
            for item, misses in zip(cached, before, strict=True)
            if item.cache_info().misses > misses
        ]
        assert (path, chosen, drawn, anew) == (path, chosen, [], [])
    for item in (*drawings, *cached):
        item.cache_clear()
    for path, query, seen in ahead:
        assert seen == sent(run_page(path, **query))
    assert sum(len(seen) for _, _, seen in ahead) > 10 * len(CHOICES)


def test_nothing_is_published(empty, monkeypatch):
    failed: list[object] = []
    monkeypatch.setattr(looking_ahead.log, "error", lambda *_, **told: failed.append(told), raising=False)
    looking = Looking()
    looking.ahead()
    assert (looking.done, failed) == (data.live(), [])
