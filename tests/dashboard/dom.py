"""Markup read back as a browser would: a tree whose texts and addresses tests can look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_VOID = {"br", "hr", "img", "input", "link", "meta"}


@dataclass
class Node:
    """An element."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is read, the parts apart by one space; no-break spaces are kept.

        A help word is a part of its sentence, and not apart from it.
        """
        read, apart = "", False
        for child in self.children:
            inside = isinstance(child, Node) and "fp-term" in child.css
            read += " " * (apart and not inside) + (child if isinstance(child, str) else child.text)
            apart = not inside
        return " ".join(read.split(" ")).strip()

    @property
    def words(self) -> str:
        """The text with every run of breakable space as one."""
        return " ".join(part for part in self.text.replace("\n", " ").split(" ") if part)

    @property
    def css(self) -> set[str]:
        return set(self.attrs.get("class", "").split())

    def walk(self) -> Iterator[Node]:
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.walk()

    def all(self, *tags: str, css: str | None = None) -> list[Node]:
        return [
            node
            for node in self.walk()
            if (not tags or node.tag in tags) and (css is None or css in node.css)
        ]

    def one(self, *tags: str, css: str | None = None) -> Node:
        found = self.all(*tags, css=css)
        assert len(found) == 1, f"{len(found)} of {tags} {css or ''}"
        return found[0]

    @property
    def links(self) -> dict[str, str]:
        """Text of a link → its address."""
        return {node.words: node.attrs["href"] for node in self.all("a")}

    @property
    def heads(self) -> list[str]:
        """The table's column headings."""
        return [cell.words for cell in self.one("thead").all("th")]

    @property
    def rows(self) -> list[list[str]]:
        """The words of a table's body, row by row."""
        return [[cell.words for cell in row.all("th", "td")] for row in self.one("tbody").all("tr")]


class _Reader(HTMLParser):
    """Builds the tree, and refuses markup whose elements aren't closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("#root")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(markup: str) -> Node:
    """The root of the tree; fails where an element is left open or closed out of order."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is left open"
    return reader.open[0]
