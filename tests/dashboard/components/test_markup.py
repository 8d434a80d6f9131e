"""Markup in the page: text that stays text, and links that come back to Python."""

from __future__ import annotations

import re

import pytest

from dashboard.components import markup
from tests.dashboard.build import HOSTILE
from tests.dashboard.dom import parse


@pytest.mark.parametrize("said", [HOSTILE, "a & b", "'", '"', "<", "&lt;", "Åmål", "", 7])
def test_text_is_read_back_as_it_was(said):
    inside = parse(f'<p title="{markup.text(said)}">{markup.text(said)}</p>').one("p")
    assert inside.text == str(said)
    assert inside.attrs["title"] == str(said)


def test_a_link_of_our_own():
    drawn = parse(markup.link("/indikator?a=1&b=2", "<b>MPR</b>", css="fp-x", aria='Säger "så"')).one("a")
    assert drawn.attrs == {
        "href": "/indikator?a=1&b=2", "data-go": "", "class": "fp-x", "aria-label": 'Säger "så"',
    }  # fmt: skip
    assert drawn.one("b").text == "MPR"
    assert parse(markup.link("/", "x")).one("a").attrs == {"href": "/", "data-go": ""}


def test_a_link_that_explains_itself():
    assert parse(markup.link("/", "x", title='Därför "så"')).one("a").attrs["title"] == 'Därför "så"'


@pytest.mark.parametrize(
    "said",
    ["![x](https://x.test)", "*a* _b_ `c`", ":red[x] :material/home:", "$x$", "# x", "1. x", "a\\b", "<b>"],
)
def test_markdown_is_text(said):
    escaped = markup.plain(said)
    marks = re.compile(r"[\\`*_{}\[\]()<>#+.!|~$:-]")
    # Every mark has a backslash of its own in front, and nothing else is changed.
    assert re.sub(r"\\(.)", r"\1", escaped) == said
    assert not marks.search(re.sub(r"\\.", "", escaped))
