"""XML parts read with byte offsets, so that a part can be changed in places and stay byte for byte elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: A part with more elements isn't held as a tree.
MAX_ELEMENTS = 500_000

#: Excel holds no longer text in a cell.
LONGEST_TEXT = 32_000

_TAG = re.compile(rb"<([^\s/>:]+:)?[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_XML_RUST = "[^\t\n\r\\x{20}-\\x{d7ff}\\x{e000}-\\x{fffd}\\x{10000}-\\x{10ffff}]"
_LIKE_ESCAPE = r"_(x[0-9A-Fa-f]{4}_)"

#: A change of a part: first byte, the byte after the last, what stands there instead.
Edit = tuple[int, int, bytes]


class UnexpectedPackageError(Exception):
    """The package is not built like those that can be changed safely; it is written anew instead."""


@dataclass
class Element:
    """One element of a part.

    Attributes:
        name: Its name; with another namespace than its root's, that namespace and a space before it.
        attributes: Name (with its namespace and a space before it, where it has one) → value.
        start: Its first byte.
        inner: The first byte after its opening tag.
        close: The first byte of its closing tag; of an empty element, `inner`.
        end: The byte after its last.
        prefix: The prefix of its name with the colon, as written.
        empty: Whether it is written as one empty tag.
        children: The elements in it.
    """

    name: str
    attributes: dict[str, str]
    start: int
    inner: int
    prefix: bytes
    empty: bool
    close: int = 0
    end: int = 0
    children: list[Element] = field(default_factory=list)

    def child(self, name: str) -> Element | None:
        """The first child of that name."""
        return next((item for item in self.children if item.name == name), None)

    def named(self, name: str) -> list[Element]:
        """The children of that name."""
        return [item for item in self.children if item.name == name]

    def needed(self, name: str) -> Element:
        """The first child of that name, which must be there."""
        found = self.child(name)
        if found is None:
            raise UnexpectedPackageError(f"no {name}")
        return found


def tree(data: bytes, root: str, namespace: str) -> Element:
    """A part's elements.

    Args:
        data: The part, in an encoding that holds ASCII as it is.
        root: The name that its root must have.
        namespace: The namespace that its root must have.
    """
    if b"\0" in data[:4] or b"<!DOCTYPE" in data:
        raise UnexpectedPackageError("encoding or declaration")
    builder = _Builder(data, namespace)
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnexpectedPackageError("not well-formed") from error
    if builder.root is None or builder.root.name != root:
        raise UnexpectedPackageError("another root")
    return builder.root


class _Builder:
    def __init__(self, data: bytes, namespace: str) -> None:
        self.data = data
        self.own = f"{namespace} "
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.finish

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        start = self.parser.CurrentByteIndex
        tag = _TAG.match(self.data, start)
        self.count += 1
        if tag is None or self.count > MAX_ELEMENTS:
            raise UnexpectedPackageError("a tag that can't be read, or too many of them")
        element = Element(
            name.removeprefix(self.own), attributes, start, tag.end(), tag[1] or b"", bool(tag[2])
        )
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def finish(self, _name: str) -> None:
        element = self.open.pop()
        if element.empty:
            element.close = element.end = element.inner
        else:
            element.close = self.parser.CurrentByteIndex
            element.end = self.data.index(b">", element.close) + 1


def well_formed(data: bytes) -> None:
    """Raise where a part isn't well-formed XML."""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except expat.ExpatError as error:
        raise UnexpectedPackageError("not well-formed") from error


def spliced(data: bytes, edits: list[Edit]) -> bytes:
    """A part with its changes; edits at one place stand in the order given."""
    pieces: list[bytes] = []
    done = 0
    for start, end, instead in sorted(edits, key=lambda edit: edit[:2]):
        if start < done:
            raise UnexpectedPackageError("changes that overlap")
        pieces += (data[done:start], instead)
        done = end
    pieces.append(data[done:])
    return b"".join(pieces)


def appended(element: Element, data: bytes, more: bytes) -> Edit:
    """The change that puts `more` last in an element."""
    if not element.empty:
        return element.close, element.close, more
    opened = data[element.start : element.end].rstrip(b"/> \t\r\n")
    name = _name(data, element)
    return element.start, element.end, b"%b>%b</%b>" % (opened, more, name)


def _name(data: bytes, element: Element) -> bytes:
    return re.split(rb"[\s/>]", data[element.start + 1 : element.inner], maxsplit=1)[0]


def with_attributes(tag: bytes, values: Mapping[str, int | str]) -> bytes:
    """An opening tag with attributes set; others stay as they are."""
    for name, value in values.items():
        written = b' %b="%b"' % (name.encode(), quoted(str(value)))
        pattern = rb"\s%b\s*=\s*(?:\"[^\"]*\"|'[^']*')" % name.encode()
        tag, replaced = re.subn(pattern, lambda _, instead=written: instead, tag, count=1)
        if not replaced:
            tag = re.sub(rb"\s*(/?>)$", lambda end, instead=written: instead + end[1], tag, count=1)
    return tag


def escaped(text: str) -> str:
    """A text inside XML, without signs that XML or Excel can't hold."""
    kept = _NOT_XML.sub("\ufffd", text[:LONGEST_TEXT])
    kept = re.sub(_LIKE_ESCAPE, r"_x005F_\1", kept)
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def escaped_texts(text: pl.Expr) -> pl.Expr:
    """The same for a column of texts."""
    return (
        text.str.slice(0, LONGEST_TEXT)
        .str.replace_all(_NOT_XML_RUST, "\ufffd")
        .str.replace_all(_LIKE_ESCAPE, "_x005F_$1")
        .str.replace_all("&", "&amp;", literal=True)
        .str.replace_all("<", "&lt;", literal=True)
        .str.replace_all(">", "&gt;", literal=True)
        .str.replace_all("\r", "&#13;", literal=True)
    )


def ascii_text(text: str) -> bytes:
    """Markup or text in ASCII, whatever the encoding of the part that it goes into."""
    return text.encode("ascii", "xmlcharrefreplace")


def quoted(value: str) -> bytes:
    """A value inside double quotes, in ASCII."""
    return ascii_text(escaped(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;"))


def letters(column: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    said = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(65 + rest) + said
    return said


def column_index(said: str | bytes) -> int:
    """The column of letters: A is 0, AA is 26."""
    text = said.decode() if isinstance(said, bytes) else said
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number - 1
