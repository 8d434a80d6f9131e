"""The workbook's cell styles: a marked cell gets a clone of its own with another fill.

The fill remembers the one that it stands for in its unused second colour, so that marks of an earlier round are
taken away, and the cell's own colour comes back, when a workbook is marked again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.jobs.marked_workbook.parts import (
    MAIN,
    Edit,
    Element,
    UnexpectedPackageError,
    appended,
    quoted,
    spliced,
    tree,
    with_attributes,
)

if TYPE_CHECKING:
    from schemas.problem import Severity

#: Orange and light yellow, told from any colour of a spreadsheet program's own by their last digits.
FILLS: dict[str, str] = {"error": "FFFFB36B", "warning": "FFFFF2A9"}

#: Excel has room for this many cell styles.
_MAX_STYLES = 64_000

_COLOUR = ("rgb", "theme", "tint", "indexed", "auto")


class Styles:
    """The part of styles, and what is to be added to it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        root = tree(data, "styleSheet", MAIN)
        self._fonts, self._fills, self._styles = (root.needed(name) for name in ("fonts", "fills", "cellXfs"))
        self._p = root.prefix
        self._edits: list[Edit] = []
        self._new: dict[str, list[bytes]] = {"font": [], "fill": [], "xf": []}
        self._clones: dict[tuple[int, str], int] = {}
        self._filled: dict[tuple[bytes, str], int] = {}
        self._own = [self._taken_back(fill) for fill in self._fills.named("fill")]
        if not self._styles.named("xf"):
            raise UnexpectedPackageError("no cell styles")

    def _taken_back(self, fill: Element) -> bytes:
        """The colour attributes of a solid fill, empty for any other; a mark of ours is undone."""
        pattern = fill.child("patternFill")
        if pattern is None or pattern.attributes.get("patternType") != "solid":
            return b""
        colours = {name: item.attributes for name in ("fgColor", "bgColor") if (item := pattern.child(name))}
        front = colours.get("fgColor", {})
        if front.get("rgb") not in FILLS.values():
            return _colour(front)
        own = _colour(colours.get("bgColor", {}))
        own = b"" if own == b' indexed="64"' else own
        self._edits.append((fill.start, fill.end, self._fill(own, b' indexed="64"') if own else self._none()))
        return own

    def _fill(self, front: bytes, back: bytes) -> bytes:
        return (
            b'<%(p)bfill><%(p)bpatternFill patternType="solid"><%(p)bfgColor%(front)b/><%(p)bbgColor%(back)b/>'
            b"</%(p)bpatternFill></%(p)bfill>" % {b"p": self._p, b"front": front, b"back": back}
        )

    def _none(self) -> bytes:
        return b'<%bfill><%bpatternFill patternType="none"/></%bfill>' % (self._p, self._p, self._p)

    def marked(self, style: int, severity: Severity | str) -> int:
        """The style that is as another but with the fill of a mark."""
        key = (style, severity)
        if key not in self._clones:
            known = self._styles.named("xf")
            if style >= len(known) or len(known) + len(self._new["xf"]) >= _MAX_STYLES:
                raise UnexpectedPackageError("a style that isn't there, or too many of them")
            own = known[style]
            fill = self._fill_of(int(own.attributes.get("fillId", "0")), severity)
            tag = with_attributes(self._data[own.start : own.inner], {"fillId": fill, "applyFill": 1})
            self._clones[key] = self._added("xf", tag + self._data[own.inner : own.end])
        return self._clones[key]

    def _fill_of(self, own: int, severity: str) -> int:
        colour = self._own[own] if own < len(self._own) else b""
        key = (colour, severity)
        if key not in self._filled:
            front = b' rgb="%b"' % FILLS[severity].encode()
            self._filled[key] = self._added("fill", self._fill(front, colour or b' indexed="64"'))
        return self._filled[key]

    def plain(
        self, *, bold: bool = False, link: bool = False, wrapped: bool = False, fill: str | None = None
    ) -> int:
        """A new style in the workbook's own first font.

        Args:
            bold: For headings.
            link: For a cell that leads somewhere.
            wrapped: Whether a long text continues below.
            fill: The mark's colour to have, `error` or `warning`.
        """
        font = self._font(bold=bold, link=link) if bold or link else 0
        filled = self._fill_of(-1, fill) if fill else 0
        wrap = b' wrapText="1"' if wrapped else b""
        return self._added(
            "xf",
            b'<%(p)bxf numFmtId="0" fontId="%(font)d" fillId="%(fill)d" borderId="0" applyFont="1" applyFill="1"'
            b' applyAlignment="1"><%(p)balignment vertical="top"%(wrap)b/></%(p)bxf>'
            % {b"p": self._p, b"font": font, b"fill": filled, b"wrap": wrap},
        )

    def _font(self, *, bold: bool, link: bool) -> int:
        fonts = self._fonts.named("font")
        items = fonts[0].children if fonts else []
        kept = {item.name: self._data[item.start : item.end] for item in items if item.name in {"sz", "name"}}
        parts = [
            b"<%bb/>" % self._p if bold else b"",
            b"<%bu/>" % self._p if link else b"",
            kept.get("sz", b'<%bsz val="11"/>' % self._p),
            b'<%bcolor rgb="FF0B57A4"/>' % self._p if link else b"",
            kept.get("name", b'<%bname val="Calibri"/>' % self._p),
        ]
        return self._added("font", b"<%bfont>%b</%bfont>" % (self._p, b"".join(parts), self._p))

    def _added(self, kind: str, data: bytes) -> int:
        into = {"font": self._fonts, "fill": self._fills, "xf": self._styles}[kind]
        self._new[kind].append(data)
        return len(into.named(kind)) + len(self._new[kind]) - 1

    def patched(self) -> bytes:
        """The part with what was added."""
        edits = list(self._edits)
        for into, kind in ((self._fonts, "font"), (self._fills, "fill"), (self._styles, "xf")):
            if not self._new[kind]:
                continue
            count = len(into.named(kind)) + len(self._new[kind])
            if into.empty:
                raise UnexpectedPackageError(f"no {kind}")
            opened = with_attributes(self._data[into.start : into.inner], {"count": count})
            edits.append((into.start, into.inner, opened))
            edits.append(appended(into, self._data, b"".join(self._new[kind])))
        return spliced(self._data, edits)


def _colour(attributes: dict[str, str]) -> bytes:
    return b"".join(
        b' %b="%b"' % (name.encode(), quoted(attributes[name])) for name in _COLOUR if name in attributes
    )
