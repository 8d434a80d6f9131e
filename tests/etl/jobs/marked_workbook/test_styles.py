from __future__ import annotations

import pytest

from etl.jobs.marked_workbook.parts import MAIN, UnexpectedPackageError, tree
from etl.jobs.marked_workbook.styles import FILLS, Styles

STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><b/><sz val="9"/><name val="Arial"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="4" tint="0.5"/><bgColor indexed="64"/></patternFill>'
    '</fill></fills><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="2" borderId="0" applyFill="0"><alignment wrapText="1"/></xf></cellXfs>'
    "</styleSheet>"
).encode()


def parts(styles: Styles) -> dict[str, list]:
    root = tree(styles.patched(), "styleSheet", MAIN)
    assert all(
        int(root.needed(name).attributes["count"]) == len(root.needed(name).children)
        for name in ("fonts", "fills", "cellXfs")
    )
    return {name: root.needed(name).children for name in ("fonts", "fills", "cellXfs")}


def test_a_marked_cell_keeps_its_format():
    styles = Styles(STYLES)
    number = styles.marked(1, "error")
    assert number == 2
    assert styles.marked(1, "error") == number
    found = parts(styles)
    clone = found["cellXfs"][number]
    assert clone.attributes == {
        "numFmtId": "14",
        "fontId": "0",
        "fillId": "3",
        "borderId": "0",
        "applyFill": "1",
    }
    assert clone.child("alignment").attributes == {"wrapText": "1"}
    front, back = found["fills"][3].children[0].children
    assert front.attributes == {"rgb": FILLS["error"]}
    assert back.attributes == {"theme": "4", "tint": "0.5"}, "the fill that it stands for"


def test_errors_and_warnings_have_fills_of_their_own():
    styles = Styles(STYLES)
    numbers = [styles.marked(0, "error"), styles.marked(0, "warning"), styles.marked(1, "warning")]
    assert numbers == [2, 3, 4]
    fills = [item.attributes["fillId"] for item in parts(styles)["cellXfs"][2:]]
    assert len(set(fills)) == 3


def test_marks_of_an_earlier_round_are_taken_back():
    first = Styles(STYLES)
    first.marked(0, "error"), first.marked(1, "warning")
    again = Styles(first.patched())
    fills = [item.children[0] for item in parts(again)["fills"]]
    assert fills[3].attributes == {"patternType": "none"}
    assert fills[4].child("fgColor").attributes == {"theme": "4", "tint": "0.5"}
    again.marked(3, "error")
    newest = parts(again)["fills"][-1].children[0]
    assert newest.child("bgColor").attributes == {"theme": "4", "tint": "0.5"}


def test_styles_of_the_list_are_in_the_workbooks_own_font():
    styles = Styles(STYLES)
    numbers = [styles.plain(), styles.plain(bold=True), styles.plain(link=True), styles.plain(fill="error")]
    assert numbers == [2, 3, 4, 5]
    found = parts(styles)
    names = [[item.name for item in font.children] for font in found["fonts"][1:]]
    assert names == [["b", "sz", "name"], ["u", "sz", "color", "name"]]
    assert found["fonts"][1].child("name").attributes == {"val": "Arial"}


def test_nothing_added_changes_nothing():
    assert Styles(STYLES).patched() == STYLES


@pytest.mark.parametrize("style", [2, 999_999])
def test_a_style_that_is_not_there_is_refused(style):
    with pytest.raises(UnexpectedPackageError):
        Styles(STYLES).marked(style, "error")


@pytest.mark.parametrize("cut", [b"fonts", b"fills", b"cellXfs"])
def test_a_part_that_lacks_something_is_refused(cut):
    with pytest.raises(UnexpectedPackageError):
        Styles(STYLES.replace(b"<" + cut, b"<x" + cut).replace(b"</" + cut, b"</x" + cut))
