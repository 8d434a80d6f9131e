"""What is drawn is kept: the latest as it is, what is drawn ahead packed, and never more than there is room for."""

from __future__ import annotations

import pytest

from dashboard import kept
from dashboard.kept import Kept


@pytest.fixture(autouse=True)
def shelf(monkeypatch) -> kept._Shelf:
    own = kept._Shelf()
    monkeypatch.setattr(kept, "_SHELF", own)
    return own


@pytest.fixture
def asked() -> list[tuple[int, str]]:
    return []


@pytest.fixture
def drawing(asked) -> Kept[..., list[str]]:
    @kept.kept(2)
    def draw(version: int, *, place: str = "län") -> list[str]:
        """A picture."""
        asked.append((version, place))
        return [place] * version

    return draw


def test_the_latest_are_drawn_once(drawing, asked):
    assert drawing(3) is drawing(3)
    assert drawing(3, place="ort") == ["ort"] * 3
    assert drawing(3) == ["län"] * 3
    assert asked == [(3, "län"), (3, "ort")]
    drawing(4)
    drawing(3, place="ort")
    assert asked == [(3, "län"), (3, "ort"), (4, "län"), (3, "ort")]


def test_what_is_drawn_ahead_is_drawn_once_and_stays(drawing, asked):
    for version in range(10):
        drawing.ahead(version, place="ort")
        drawing.ahead(version, place="ort")
    assert [version for version, _ in asked] == list(range(10))
    assert [drawing(version, place="ort") for version in range(10)] == [["ort"] * n for n in range(10)]
    assert len(asked) == 10
    drawing(1)
    assert asked[-1] == (1, "län")


def test_two_functions_of_the_same_arguments_are_kept_apart(drawing):
    other: Kept[[int], str] = Kept(str, 2)
    drawing.ahead(5)
    other.ahead(5)
    assert (drawing(5), other(5)) == (["län"] * 5, "5")


def test_what_was_drawn_first_stays_and_no_more_is_drawn_when_there_is_no_room(
    monkeypatch, drawing, asked, shelf
):
    monkeypatch.setattr(kept, "ROOM", 200)
    for version in range(50):
        drawing.ahead(version)
    assert 0 < shelf._size <= 200
    assert shelf._size == sum(map(len, shelf._packed.values()))
    drawn = len(asked)
    assert drawn == len(shelf._packed) + 1
    drawing(0)
    assert len(asked) == drawn
    drawing(49)
    assert asked[-1] == (49, "län")


def test_there_is_room_again_when_it_has_been_forgotten(monkeypatch, drawing, asked, shelf):
    monkeypatch.setattr(kept, "ROOM", 1)
    drawing.ahead(1)
    assert (shelf.is_full, shelf._packed) == (True, {})
    monkeypatch.undo()
    monkeypatch.setattr(kept, "_SHELF", shelf)
    kept.forget()
    drawing.ahead(1)
    assert len(shelf._packed) == 1


def test_it_can_be_forgotten(drawing, asked, shelf):
    other: Kept[[int], str] = Kept(str, 2)
    other.ahead(1)
    drawing.ahead(1)
    drawing(1)
    drawing.cache_clear()
    assert [key[0] for key in shelf._packed] == [other]
    assert shelf._size == len(next(iter(shelf._packed.values())))
    drawing(1)
    assert asked == [(1, "län"), (1, "län")]
    assert drawing.cache_info().misses == 1


def test_what_was_drawn_ahead_can_be_forgotten(drawing, asked, shelf):
    other: Kept[[int], str] = Kept(str, 2)
    other.ahead(1)
    drawing.ahead(1)
    kept.forget()
    assert (shelf._size, len(shelf._packed)) == (0, 0)
    drawing(1)
    assert asked == [(1, "län"), (1, "län")]


def test_it_is_known_by_the_name_of_what_it_keeps(drawing):
    assert (drawing.__name__, drawing.__doc__) == ("draw", "A picture.")
