from __future__ import annotations

from xml.etree import ElementTree

import pytest

from etl.jobs.marked_workbook.drawing import Comment, Prefixes, drawing, with_boxes, without_boxes

X = "{urn:schemas-microsoft-com:office:excel}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741


def cells(data: bytes) -> list[tuple[int, int]]:
    shapes = ElementTree.fromstring(data).iter(f"{X}ClientData")
    return [(int(item.find(f"{X}Row").text), int(item.find(f"{X}Column").text)) for item in shapes]


def ids(data: bytes) -> list[int]:
    return [
        int(item.attrib["id"].removeprefix("_x0000_s"))
        for item in ElementTree.fromstring(data).iter(f"{V}shape")
    ]


def blocks(data: bytes) -> list[int]:
    return [
        int(part) for part in next(ElementTree.fromstring(data).iter(f"{O}idmap")).attrib["data"].split(",")
    ]


def comments(count: int) -> list[Comment]:
    return [Comment(number, 2, "Fel.\nRätta.") for number in range(1, count + 1)]


def test_a_comment_knows_its_cell():
    assert Comment(7, 27, "x").reference == "AB7"


@pytest.mark.parametrize("count", [1, 1023, 1024, 3000])
def test_a_new_drawing_has_a_box_for_each_with_an_id_in_its_blocks(count):
    data = drawing(comments(count), 3)
    assert cells(data) == [(number - 1, 2) for number in range(1, count + 1)]
    assert len(set(ids(data))) == count
    assert {number // 1024 for number in ids(data)} <= set(blocks(data))


def test_boxes_are_put_beside_those_that_are_there():
    data = with_boxes(drawing(comments(5), 1), [Comment(50, 0, "x")])
    assert cells(data)[-1] == (49, 0)
    assert len(cells(data)) == len(set(ids(data))) == 6
    assert {number // 1024 for number in ids(data)} <= set(blocks(data))


@pytest.mark.parametrize("prefix", ["v", "ns1"])
def test_boxes_are_taken_away(prefix):
    data = (
        drawing(comments(5), 1).replace(b"v:", prefix.encode() + b":").replace(b":v=", f":{prefix}=".encode())
    )
    assert cells(without_boxes(data, {"C2", "C5", "A1"})) == [(0, 2), (2, 2), (3, 2)]
    assert len(cells(with_boxes(data, [Comment(9, 9, "x")]))) == 6


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<xml/>",
        drawing(comments(1), 1).replace(b"</xml>", b""),
        drawing(comments(1), 1).replace(b"idmap", b"map"),
    ],
)
def test_a_drawing_of_another_kind_has_no_room(data):
    assert with_boxes(data, comments(1)) is None


def test_another_drawing_is_left_as_it_is():
    assert Prefixes.of(b"<xml/>") is None
    assert without_boxes(b"<xml/>", {"A1"}) == b"<xml/>"
